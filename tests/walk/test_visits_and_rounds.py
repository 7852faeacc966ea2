"""Flowcharts that visit others: once a round, or once an item; rounds, what they carry over and what they never do."""

from __future__ import annotations

import pytest

from goldenthread.walk import Round, Walk, rounds_from
from small import MOOD3, REFERENCE, bank, chart, walk_of

INNER = chart(
    "inner",
    """
    q: {ask: Inside?, answer: yes_no, next: [{when: q, go: good}, {otherwise: bad}]}
    good: {end: Good}
    bad: {end: Bad}
    """,
)


def replayed(walk):
    return Walk.replay(walk.program, walk.root, walk.rounds, settings=walk.settings)


def test_a_flowchart_runs_once_a_round_and_its_outcome_can_be_read():
    outer = chart(
        "outer",
        """
        first: {visit: inner, next: between}
        between: {ask: Between?, answer: text, next: second}
        second: {visit: inner, next: way}
        way: {decide: Which?, next: [{when: inner.outcome == good, go: fine}, {otherwise: not_fine}]}
        fine: {end: Fine}
        not_fine: {end: Not fine}
        """,
    )
    begun = walk_of(outer, INNER)
    walk = begun.answer(True).answer("x")
    assert walk.end.end == "Fine"
    assert [t.key for t in walk.trail].count("inner.q") == 1
    assert begun.answer(False).answer("x").end.end == "Not fine"


def test_an_end_that_stops_ends_the_whole_walk():
    outer = chart(
        "outer",
        "first: {visit: stopping, next: after}\nafter: {ask: After?, answer: text, next: done}\ndone: {end: Done}",
    )
    stopping = chart(
        "stopping",
        """
        q: {ask: Stop?, answer: yes_no, next: [{when: q, go: halt}, {otherwise: on}]}
        halt: {end: Halt, stop: true}
        on: {end: On}
        """,
    )
    begun = walk_of(outer, stopping)
    assert begun.answer(True).end.key == "stopping.halt"
    assert begun.answer(False).at == "outer.after"
    assert begun.answer(False).answer("x").revise("stopping.q", True).set_aside == {"outer.after": "x"}


ROLES = bank(
    "roles",
    {
        "concern": {
            "answer": "choices",
            "options": {"panic": "Panic", "sleep": "Sleep", "grief": "Grief"},
            "other": True,
        },
        "severe": {"answer": "yes_no"},
        "example": {"answer": "text"},
    },
)
EACH = chart(
    "outer",
    """
    all: {ask: Which?, as: concern, next: every}
    every: {visit: detail, each: concern, max: 2, next: way}
    way:
      decide: Is one severe?
      next:
        - {when: all_of(severe), go: all_severe}
        - {when: any_of(severe and known(example)), go: one_severe}
        - {unknown: open}
        - {otherwise: none_severe}
    all_severe: {end: All severe}
    one_severe: {end: One severe}
    none_severe: {end: None severe}
    open: {end: Open}
    """,
)
DETAIL = chart(
    "detail",
    """
    severe: {ask: "Is {item} severe?", as: severe, next: [{when: severe, go: example}, {otherwise: done}]}
    example: {ask: For example?, as: example, next: done}
    done: {end: Done}
    """,
)


@pytest.fixture
def each():
    return walk_of(EACH, DETAIL, ROLES)


def test_each_runs_once_an_item_up_to_its_most_and_keeps_answers_by_item(each):
    walk = each.answer(["sleep", "panic", "grief"])
    assert walk.at == "detail.severe@sleep"
    assert walk.item == "sleep"
    walk = walk.answer(True).answer("awake at four")
    assert walk.at == "detail.severe@panic", "what was said of one is no fact about the next"
    assert "severe" not in walk.known
    assert "example" not in walk.known
    walk = walk.answer(False)
    assert walk.finished, "two at the most"
    assert walk.known["severe@sleep"] is True
    assert walk.known["example@sleep"] == "awake at four"
    assert walk.known["severe@panic"] is False
    assert walk.known["detail.severe@panic"] is False
    assert "severe" not in walk.known
    assert walk.end.end == "One severe"


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        ([True, "x", True, "y"], "All severe"),
        ([True, "x", False], "One severe"),
        ([False, False], "None severe"),
        ([False, {"later": True}], "None severe"),  # without an example it cannot be the one
        ([{"declined": True}, True, "y"], "One severe"),
        ([{"later": True}, {"not_known": True}], "Open"),
    ],
)
def test_conditions_over_every_item_are_three_valued(each, answers, end, stands):
    walk = each.answer(["sleep", "panic"])
    for answer in answers:
        walk = walk.answer(answer)
    assert walk.end.end == end
    assert stands(replayed(walk)) == stands(walk)


def test_each_over_nothing_passes_through(each):
    walk = each.later()
    assert walk.finished
    assert "detail.severe" not in [t.key for t in walk.trail]


def test_own_words_are_items_too(each):
    assert each.answer([{"own": "the dog"}]).at == "detail.severe@own_1"


def test_an_item_taken_out_is_set_aside_and_comes_back(each, stands):
    walk = each.answer(["sleep", "panic"]).answer(True).answer("x").answer(False)
    fewer = walk.revise("outer.all", ["panic"])
    assert fewer.set_aside == {"detail.severe@sleep": True, "detail.example@sleep": "x"}
    assert "severe@sleep" not in fewer.known
    assert stands(fewer.revise("outer.all", ["sleep", "panic"])) == stands(walk)
    turned = walk.revise("outer.all", ["panic", "sleep"])
    assert turned.finished, "answers belong to the item, not to the place"
    assert turned.known["severe@sleep"] is True


ROUNDS = chart(
    "outer",
    """
    lasting: {ask: Lasting?, answer: text, carry: keep, next: current}
    current: {ask: Current?, answer: text, next: fresh}
    fresh: {ask: Fresh?, answer: text, carry: never, next: score}
    score: {measure: mood3, next: detail}
    detail: {visit: inner, next: better}
    better:
      ask: Better?
      answer: choice
      carry: never
      options: {yes_: Yes, no_: No, stay: The same}
      next:
        - {when: better == no_, go: lasting, again: true}
        - {when: better == stay and previous.outer.better == no_, go: twice}
        - {otherwise: done}
    done: {end: Done}
    twice: {end: Nothing moved}
    """,
)


@pytest.fixture
def second():
    """A walk at the beginning of its second round."""
    walk = walk_of(ROUNDS, INNER, MOOD3, REFERENCE)
    for answer in ("long ago", "this week", "today", {"items": [3, 3, 0], "date": "2026-01-05"}, True, "no_"):
        walk = walk.answer(answer)
    return walk


def test_again_closes_the_round_and_nothing_is_a_fact_until_confirmed(second):
    assert second.round == 1
    assert len(second.rounds) == 2
    assert second.at == "outer.current", "what is kept is not asked again"
    assert {k: v for k, v in second.known.items() if not k.startswith("previous.")} == {
        "outer.lasting": "long ago"
    }
    assert second.known["previous.outer.current"] == "this week"
    assert second.known["previous.mood3.total"] == 6
    assert [t.how for t in second.trail if t.round == 1] == ["kept"]


def test_what_is_confirmed_is_put_forward_and_what_is_never_carried_is_not(second):
    assert second.prefill("outer.current") == "this week"
    third = second.answer("last week")
    assert third.at == "outer.fresh"
    assert third.prefill("outer.fresh") is None
    assert third.known["outer.current"] == "last week"
    at_score = third.answer("today again")
    assert at_score.at == "outer.score"
    assert at_score.prefill("outer.score") is None, "a measure is always taken anew"
    assert third.given("outer.lasting") == "long ago"
    assert third.given("outer.fresh") is None


def test_scores_stay_over_rounds_and_their_change_is_known(second, stands):
    walk = second.answer("x").answer("y").answer({"items": [1, 1, 0], "date": "2026-04-05"})
    assert walk.known["mood3.first"] == 6
    assert walk.known["mood3.latest"] == 2
    assert walk.known["mood3.change"] == -4
    assert walk.known["mood3.reliable"] == "improved"
    assert walk.at == "inner.q", "a flowchart runs again in the new round"
    assert stands(replayed(walk)) == stands(walk)
    ended = walk.answer(False).answer("stay")
    assert ended.end.end == "Nothing moved", "a condition can read the round before"
    assert stands(replayed(ended)) == stands(ended)


def test_a_kept_answer_can_be_changed_and_is_a_fact_of_this_round_then(second):
    walk = second.revise("outer.lasting", "yesterday")
    assert walk.known["outer.lasting"] == "yesterday"
    assert walk.rounds[0].answers["outer.lasting"] == "long ago"
    assert walk.at == "outer.current"


def test_what_is_taken_over_is_confirmed_on_a_day_with_what_stood_beside_it(second, stands):
    lasting, at = "outer.lasting", second.at
    before = second.rounds[0]
    said = {"value": "long ago", "date": "2026-01-05", "source": "a sister"}
    first = Round({**before.answers, lasting: said}, before.opened)
    walk = Walk.replay(second.program, second.root, (first, second.rounds[1]))
    assert walk.taken_over(lasting)
    assert not walk.taken_over("outer.current"), "what is put forward is asked"
    confirmed = walk.confirm([lasting, "outer.current", "outer.nowhere"], "2026-05-01")
    assert confirmed.rounds[1].answers == {lasting: {**said, "date": "2026-05-01"}}
    assert confirmed.rounds[0] == first
    assert (confirmed.at, confirmed.known) == (at, walk.known)
    assert [t.how for t in confirmed.trail if t.round == 1] == ["answered"]
    assert stands(replayed(confirmed)) == stands(confirmed)
    assert confirmed.confirm([lasting], "2026-06-01").rounds == confirmed.rounds, "it is confirmed once"


def test_what_is_confirmed_in_one_round_is_taken_over_by_the_next(second):
    walk = second.confirm(["outer.lasting"], "2026-05-01")
    for answer in ("x", "y", {"items": [1, 1, 0]}, True, "no_"):
        walk = walk.answer(answer)
    assert walk.round == 2
    assert walk.given("outer.lasting") == {"value": "long ago", "date": "2026-05-01"}


def test_nothing_is_taken_over_in_a_first_round_or_from_one_that_left_it_open(second):
    first = walk_of(ROUNDS, INNER, MOOD3, REFERENCE).answer("long ago")
    assert not first.taken_over("outer.lasting")
    opened = Walk.replay(
        second.program, second.root, (Round({"outer.lasting": {"not_known": True}}), Round({}))
    )
    assert not opened.taken_over("outer.lasting")


def test_going_back_stays_within_the_round(second, stands):
    walk = second.answer("x").answer("y")
    gone = walk.back()
    assert gone.round == 1
    assert gone.at == "outer.fresh"
    assert stands(gone.onward()) == stands(walk)
    assert walk.go_to("outer.current").round == 1
    assert second.back().at == "outer.lasting"
    assert second.back().back().at == "outer.lasting"


def test_a_round_can_be_begun_by_hand_and_is_replayed_like_any_other(second, stands):
    ended = second
    for answer in ("x", "y", {"items": [1, 1, 0]}, True, "yes_"):
        ended = ended.answer(answer)
    assert ended.finished
    third = ended.begin_round()
    assert third.round == 2
    assert third.at == "outer.current"
    assert third.known["previous.outer.current"] == "x"
    assert stands(replayed(third)) == stands(third)
    on = third.answer("new")
    assert stands(replayed(on)) == stands(on)
    assert on.back().at == "outer.current"
    assert on.revise("outer.current", "newer").known["outer.current"] == "newer"
    assert ended.finished, "the walk before is left as it was"


def test_alerts_prefill_and_answers_of_an_earlier_round_are_found_newest_first(second):
    walk = second.answer("x").answer("y").answer({"items": [1, 1, 0]}).answer(True).answer("no_")
    assert walk.round == 2
    assert walk.prefill("outer.current") == "x"
    assert walk.given("outer.lasting") == "long ago"


def test_rounds_of_a_file_are_walked_one_after_the_other():
    program = walk_of(ROUNDS, INNER, MOOD3, REFERENCE).program
    first = {
        "outer.lasting": "a",
        "outer.current": "b",
        "outer.fresh": "c",
        "outer.score": {"items": [3, 3, 0]},
        "inner.q": True,
        "outer.better": "no_",
    }
    rounds = rounds_from({"answers": first, "rounds": [{"answers": {"outer.current": "d"}}]}, program)
    walk = Walk.replay(program, "outer", rounds)
    assert walk.round == 1
    assert walk.at == "outer.fresh"
    assert walk.known["outer.current"] == "d"
    assert Walk.replay(program, "outer", [Round(first)]).round == 1
