"""How far earlier answers lead in a later round: within a phase, past nothing that somebody has to look at."""

from __future__ import annotations

import pytest

from goldenthread.walk import ahead, bare
from small import bank, chart, walk_of

ROLES = bank(
    "roles",
    {
        "concern": {"answer": "choices", "options": {"panic": "Panic", "sleep": "Sleep"}},
        "main": {"answer": "choices", "from": "concern"},
        "retell": {"answer": "yes_no"},
        "worse": {"answer": "yes_no"},
        "safe": {"answer": "yes_no"},
    },
)
ALERTS = bank(
    "alerts",
    {"danger": {"raise_when": "worse", "opens": "risk", "cleared_when": "safe"}},
)
CHARTS = (
    chart(
        "outer",
        "first: {visit: told, next: second}\nsecond: {visit: after, next: done}\ndone: {end: Done}",
        phase="planning",
    ),
    chart(
        "told",
        """
        words: {ask: What is it?, answer: text, next: long}
        long:
          ask: Long?
          answer: yes_no
          next: [{when: previous.retell, go: mind}, {otherwise: which}]
        mind: {tell: Mind this., tone: caution, next: which}
        which: {ask: Which?, as: concern, next: main}
        main: {ask: The main one?, as: main, next: every}
        every: {visit: detail, each: concern, next: last}
        last: {ask: And?, answer: text, next: again}
        again: {ask: Again?, as: retell, carry: never, next: end}
        end: {end: Told}
        """,
    ),
    chart("detail", "where: {ask: Where?, answer: text, next: end}\nend: {end: Detailed}"),
    chart(
        "after",
        """
        worse: {ask: Worse?, as: worse, next: number}
        number: {ask: How many?, answer: number, between: [0, 9], next: once}
        once: {ask: Once more?, answer: yes_no, next: [{when: once, go: worse, again: true}, {otherwise: end}]}
        end: {end: After}
        """,
        phase="modality",
    ),
    chart("risk", "safe: {ask: Safe?, as: safe, next: end}\nend: {end: Safe}", phase="safety"),
    ROLES,
    ALERTS,
)
DATED = {"value": "a fall", "date": "2026-01-05", "source": "mother", "note": "at home", "also": []}
PHASE = [
    "told.words",
    "told.long",
    "told.which",
    "told.main",
    *("detail.where@panic", "detail.where@sleep"),
    "told.last",
]


def first_round(*, words=DATED, again=False, worse=False, number=3, once=False):
    """Answer the first round to the end."""
    walk = walk_of(*CHARTS, root="outer")
    for raw in (words, True, ["panic", "sleep"], ["panic"], "in the shop", "in bed", "no more", again, worse):
        walk = walk.answer(raw)
    if worse:
        walk = walk.answer(True)
    return walk.answer(number).answer(once)


def second_round(**given):
    return first_round(**given).begin_round()


def one_by_one(walk, keys, date):
    """Say each again as the terminal and the page do."""
    for key in keys:
        assert walk.at == key
        before = walk.prefill(key)
        raw = {"value": bare(before), "date": date}
        if isinstance(before, dict):
            raw |= {name: before[name] for name in ("source", "note") if name in before}
        walk = walk.answer(raw)
    return walk


def test_it_goes_through_visits_and_runs_to_what_is_asked_afresh():
    found = ahead(second_round(), "2026-05-05")
    assert list(found.answers) == PHASE
    assert [at.at for at, _ in found.passed] == PHASE
    assert (found.walk.at, found.stop) == ("told.again", "afresh")
    assert found.answers["told.words"] == {
        "value": "a fall",
        "date": "2026-05-05",
        "source": "mother",
        "note": "at home",
    }
    assert bare(found.answers["detail.where@sleep"]) == "in bed"


def test_it_leads_where_answering_one_by_one_leads():
    walk = second_round()
    found = ahead(walk, "2026-05-05").walk
    by_hand = one_by_one(walk, PHASE, "2026-05-05")
    assert found.rounds == by_hand.rounds
    assert (found.known, found.at, found.trail) == (by_hand.known, by_hand.at, by_hand.trail)
    assert walk.rounds[1].answers == {}, "the walk it begins from stays as it is"


def test_without_a_day_answers_are_as_they_were_written():
    found = ahead(second_round(words="a fall"))
    assert found.answers["told.words"] == "a fall"


def test_a_first_round_has_nothing_ahead():
    found = ahead(walk_of(*CHARTS, root="outer"))
    assert (found.passed, found.stop) == ((), "new")


def test_it_begins_at_the_question_that_waits_and_answers_nothing_twice():
    walk = second_round().answer("another fall")
    found = ahead(walk, "2026-05-05")
    assert list(found.answers) == PHASE[1:]
    assert found.walk.raw("told.words") == "another fall"
    assert (ahead(walk.go_to("told.words")).passed, ahead(walk.go_to("told.words")).stop) == ((), "answered")


def test_it_stops_where_another_phase_begins():
    asked = chart("told", "words: {ask: What is it?, answer: text, next: end}\nend: {end: Told}")
    walk = walk_of(CHARTS[0], asked, *CHARTS[2:], root="outer")
    for raw in ("a fall", False, 3, False):
        walk = walk.answer(raw)
    found = ahead(walk.begin_round())
    assert (list(found.answers), found.walk.at, found.stop) == (["told.words"], "after.worse", "phase")


@pytest.mark.parametrize("nothing", [{"later": True}, {"not_known": True}, {"declined": True}])
def test_what_had_no_value_is_no_answer_to_be_said_again(nothing):
    walk = first_round().revise("told.which", nothing).begin_round()
    found = ahead(walk)
    assert (list(found.answers), found.walk.at, found.stop) == (PHASE[:2], "told.which", "open")


def test_what_was_never_asked_is_new():
    fewer = first_round().revise("told.main", ["panic"]).revise("told.which", ["panic"]).forget(PHASE[5])
    found = ahead(fewer.begin_round().answer("x").answer(True).answer(["panic", "sleep"]))
    assert list(found.answers) == PHASE[3:5]
    assert (found.walk.at, found.stop) == (PHASE[5], "new")


def at_after(**given):
    return ahead(second_round(**given)).walk.answer(False)


def test_the_last_phase_leads_to_the_end():
    found = ahead(at_after())
    assert list(found.answers) == ["after.worse", "after.number", "after.once"]
    assert (found.walk.finished, found.stop) == (True, "end")


def test_what_raises_an_alert_is_answered_by_itself():
    found = ahead(at_after(worse=True))
    assert (found.passed, found.walk.at, found.stop) == ((), "after.worse", "alert")
    assert found.walk.alerts == ()
    opened = at_after(worse=True).answer(True)
    assert opened.at == "risk.safe@danger"
    assert ahead(opened).stop == "afresh"


def test_what_does_not_fit_any_more_is_asked():
    walk = second_round().answer("x").answer(True).answer(["sleep"])
    found = ahead(walk)
    assert (found.passed, found.walk.at, found.stop) == ((), "told.main", "misfit")
    assert found.walk.problem is None, "nothing was answered yet"
    both = first_round().revise("told.main", ["panic", "sleep"]).begin_round()
    assert list(ahead(both).answers) == PHASE
    found = ahead(both.answer("x").answer(True).answer(["sleep"]))
    assert (found.passed, found.stop) == ((), "misfit"), "one of two is not what was said"


def test_what_closes_the_round_is_answered_by_itself():
    walk = first_round(once=True)
    assert (walk.round, walk.at) == (1, "after.worse")
    found = ahead(walk)
    assert list(found.answers) == ["after.worse", "after.number"]
    assert (found.walk.round, found.walk.at, found.stop) == (1, "after.once", "round")


def test_what_is_told_for_the_first_time_is_not_passed_over():
    found = ahead(second_round(again=True))
    assert list(found.answers) == PHASE[:2]
    assert (found.walk.at, found.stop) == ("told.which", "told")
    third = found.walk
    for key in (*PHASE[2:], "told.again", "after.worse", "after.number", "after.once"):
        assert third.at == key
        third = third.answer(third.rounds[0].answers[key])
    assert list(ahead(third.begin_round()).answers) == PHASE, "what was told before need not be told again"
