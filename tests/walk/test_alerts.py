"""Alerts take the next turn; a flowchart can be opened by hand at any question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.walk import NothingAskedError, Settings, UnderWayError, Walk
from goldenthread.walk.record import record
from goldenthread.walk.run import begin
from small import MOOD3, REFERENCE, bank, chart, shipped, walk_of

ROLES = bank(
    "roles",
    {
        "thoughts": {"answer": "yes_no", "safety": True},
        "threat": {"answer": "yes_no", "safety": True},
        "kind": {"answer": "choices", "safety": True, "options": {"self": "self", "others": "others"}},
        "step": {
            "answer": "choice",
            "safety": True,
            "options": {"plan": "a plan", "emergency": "emergency", "ask_again": "ask again"},
        },
    },
)
RISK = chart(
    "risk",
    """
    kind: {ask: Which kind?, as: kind, next: words}
    words: {ask: What was said?, answer: text, next: step}
    step: {ask: What is done?, as: step, next: [{when: step == emergency, go: stop}, {otherwise: recorded}]}
    stop: {end: Emergency, stop: true}
    recorded: {end: Recorded}
    """,
    phase="safety",
    opened_by_hand=True,
)
ALERTS = bank(
    "alerts",
    {
        "own_risk": {
            "raise_when": "thoughts or (answered(thoughts) and not known(thoughts))",
            "opens": "risk",
            "cleared_when": "self in kind and known(step)",
            "prefill": {"kind": ["self"]},
        },
        "others_risk": {
            "raise_when": "threat",
            "opens": "risk",
            "cleared_when": "others in kind and known(step)",
        },
        "item_three": {
            "raise_when": "mood3.item_3 > 0",
            "opens": "risk",
            "cleared_when": "self in kind and known(step)",
        },
    },
)
OUTER = chart(
    "outer",
    """
    thoughts: {ask: Thoughts?, as: thoughts, next: threat}
    threat: {ask: Threat?, as: threat, next: score}
    score: {measure: mood3, next: other}
    other: {ask: Else?, answer: text, next: done}
    done: {end: Done}
    """,
)
BANKS = (RISK, ALERTS, ROLES, MOOD3, REFERENCE)


def replayed(walk):
    return Walk.replay(walk.program, walk.root, walk.rounds, settings=walk.settings)


def raised(walk):
    return {r.alert.id: r.cleared for r in walk.alerts}


def answered(walk, *answers):
    for answer in answers:
        walk = walk.answer(answer)
        assert walk.problem is None, walk.problem
    return walk


@pytest.fixture
def begun():
    return walk_of(OUTER, *BANKS)


def test_an_alert_takes_the_next_turn_and_comes_back(begun, stands):
    walk = begun.answer(True)
    assert walk.at == "risk.kind@own_risk"
    assert walk.prefill("risk.kind@own_risk") == ["self"]
    assert raised(walk) == {"own_risk": False}
    back = answered(walk, ["self"], "I wish I were gone", "plan")
    assert back.at == "outer.threat"
    assert raised(back) == {"own_risk": True}
    assert back.known["step@own_risk"] == "plan"
    assert stands(replayed(back)) == stands(back)


@pytest.mark.parametrize("word", ["declined", "not_known"])
def test_a_question_asked_without_an_answer_raises_it_too(begun, word):
    assert begun.answer({word: True}).at == "risk.kind@own_risk"


@pytest.mark.parametrize("answer", [False, {"later": True}])
def test_no_and_later_raise_nothing(begun, answer):
    walk = begun.answer(answer)
    assert walk.at == "outer.threat"
    assert raised(walk) == {}


def test_it_is_not_cleared_when_its_step_is_left_for_later_and_does_not_come_round_for_ever(begun):
    walk = answered(begun.answer(True), ["self"], "words", {"later": True})
    assert walk.at == "outer.threat"
    assert raised(walk) == {"own_risk": False}
    assert answered(walk, False, {"items": [0, 0, 0]}, "x").finished


@pytest.mark.parametrize("kind", [["others"], []])
def test_it_is_not_cleared_by_a_run_about_something_else(begun, kind):
    walk = answered(begun.answer(True), kind, "words", "plan")
    assert raised(walk) == {"own_risk": False}


def test_a_later_run_about_it_clears_it(begun):
    walk = answered(begun.answer(True), ["others"], "words", "plan").open("risk")
    assert raised(answered(walk, ["self"], "words", "plan")) == {"own_risk": True}


def test_it_is_cleared_already_by_an_earlier_run_of_this_round(begun, stands):
    walk = answered(begun.open("risk"), ["self"], "words", "plan")
    assert walk.at == "outer.thoughts"
    after = walk.answer(True)
    assert after.at == "outer.threat", "it was followed up before; it does not ask twice"
    assert raised(after) == {"own_risk": True}
    assert stands(replayed(after)) == stands(after)


def test_an_earlier_run_about_something_else_does_not_clear_it(begun):
    walk = answered(begun.open("risk"), ["others"], "words", "plan")
    assert walk.answer(True).at == "risk.kind@own_risk"


def test_two_answers_raise_two_alerts_each_with_its_own_run(begun, stands):
    walk = answered(begun.answer(True), ["self"], "own words", "plan")
    walk = walk.answer(True)
    assert walk.at == "risk.kind@others_risk"
    assert "kind" not in walk.known, "what was said of one risk is no fact about the next"
    assert "step" not in walk.known
    walk = answered(walk, ["others"], "a neighbour", "ask_again")
    assert raised(walk) == {"own_risk": True, "others_risk": True}
    assert (walk.known["step@own_risk"], walk.known["step@others_risk"]) == ("plan", "ask_again")
    assert [run.known["step"] for run in walk.state.runs["risk"]] == ["plan", "ask_again"]
    assert stands(replayed(walk)) == stands(walk)


BOTH_AT_ONCE = bank(
    "alerts",
    {
        "first": {"raise_when": "thoughts", "opens": "risk", "cleared_when": "self in kind and known(step)"},
        "second": {
            "raise_when": "thoughts",
            "opens": "risk",
            "cleared_when": "others in kind and known(step)",
        },
    },
)


def test_two_alerts_at_once_run_one_after_the_other():
    walk = walk_of(OUTER, RISK, BOTH_AT_ONCE, ROLES, MOOD3, REFERENCE).answer(True)
    assert walk.at == "risk.kind@first"
    walk = answered(walk, ["self"], "words", "plan")
    assert walk.at == "risk.kind@second"
    assert raised(answered(walk, ["others"], "words", "plan")) == {"first": True, "second": True}


def test_one_run_that_answers_both_clears_both():
    walk = walk_of(OUTER, RISK, BOTH_AT_ONCE, ROLES, MOOD3, REFERENCE).answer(True)
    walk = answered(walk, ["self", "others"], "words", "plan")
    assert walk.at == "outer.threat"
    assert raised(walk) == {"first": True, "second": True}


INSIDE = bank(
    "alerts",
    {
        "own_risk": {
            "raise_when": "thoughts",
            "opens": "risk",
            "cleared_when": "self in kind and known(step)",
        },
        "from_inside": {
            "raise_when": "others in kind",
            "opens": "risk",
            "cleared_when": "others in kind and step == plan",
        },
    },
)


def test_an_alert_raised_inside_the_flowchart_it_opens_waits_for_its_end():
    begun = walk_of(OUTER, RISK, INSIDE, ROLES, MOOD3, REFERENCE).answer(True)
    inside = begun.answer(["self", "others"])
    assert inside.at == "risk.words@own_risk", "the run under way goes on"
    cleared = answered(inside, "words", "plan")
    assert cleared.at == "outer.threat"
    assert raised(cleared) == {"own_risk": True, "from_inside": True}
    open_ = answered(inside, "words", "ask_again")
    assert open_.at == "risk.kind@from_inside", "and opens it again where it did not clear it"


def test_an_alert_of_the_last_question_is_followed_up_before_the_end():
    outer = chart("outer", "thoughts: {ask: Thoughts?, as: thoughts, next: done}\ndone: {end: Done}")
    walk = walk_of(outer, *BANKS).answer(True)
    assert walk.at == "risk.kind@own_risk"
    assert answered(walk, ["self"], "x", "plan").end.end == "Done"


def test_a_score_raises_an_alert_by_its_item_whatever_its_total(begun):
    walk = answered(begun, False, False)
    assert walk.answer({"items": [3, 3, 0]}).at == "outer.other"
    assert walk.answer({"items": [0, 0, 1]}).at == "risk.kind@item_three"
    assert walk.answer({"total": 1, "item_3": 1}).at == "risk.kind@item_three"


def test_a_run_that_stops_ends_the_walk_with_the_rest_open(begun):
    walk = answered(begun.answer(True), ["self"], "words", "emergency")
    assert walk.finished
    assert walk.end.stop
    assert walk.end.key == "risk.stop"


def test_revising_the_answer_that_raised_it_takes_the_run_off_the_path_and_keeps_its_answers(begun, stands):
    walk = answered(begun.answer(True), ["self"], "words", "plan", False)
    calm = walk.revise("outer.thoughts", False)
    assert raised(calm) == {}
    assert calm.at == "outer.score"
    assert "step" not in calm.known
    assert set(calm.set_aside) == {"risk.kind@own_risk", "risk.words@own_risk", "risk.step@own_risk"}
    assert stands(calm.revise("outer.thoughts", True)) == stands(walk)


def test_a_flowchart_opened_by_hand_is_closed_by_going_back_before_anything_is_said(begun, stands):
    opened = begun.open("risk")
    closed = opened.back()
    assert stands(closed) == stands(begun)
    assert closed.rounds[0].opened == ()
    again = closed.open("risk").answer(["self"])
    back = again.back()
    assert back.at == "risk.kind@opened_1", "what was said stays"
    assert back.back().rounds[0].opened == again.rounds[0].opened
    revised = begun.answer(False).go_to(begun.at).open("risk").back()
    assert revised.at == begun.at
    assert revised.onward().rounds == begun.answer(False).rounds


def test_a_flowchart_opened_by_hand_comes_back_to_the_question(begun, stands):
    walk = answered(begun, False)
    opened = walk.open("risk")
    assert opened.at == "risk.kind@opened_1"
    assert stands(replayed(opened)) == stands(opened)
    back = answered(opened, ["others"], "words", "ask_again")
    assert back.at == "outer.threat"
    assert stands(replayed(back)) == stands(back)
    twice = back.open("risk")
    assert twice.at == "risk.kind@opened_2"
    assert "kind" not in twice.known
    assert stands(replayed(answered(twice, ["self"], "x", "plan"))) == stands(
        answered(twice, ["self"], "x", "plan")
    )
    with pytest.raises(KeyError):
        walk.open("nowhere")


def test_at_the_end_of_a_walk_it_is_opened_at_the_last_question_and_comes_back_to_the_end(begun, stands):
    ended = answered(begun, False, False, {"items": [0, 0, 0]}, "x")
    opened = ended.open("risk")
    assert opened.at == "risk.kind@opened_1"
    assert not opened.finished
    assert opened.rounds[0].opened == (("risk", "outer.other"),)
    assert stands(replayed(opened)) == stands(opened)
    again = answered(opened, ["self"], "words", "plan").onward()
    assert again.finished
    assert again.known["step"] == "plan"
    assert again.raw("outer.other") == "x", "the answer of the question that it was opened at stands"
    assert stands(replayed(again)) == stands(again)
    closed = opened.back().onward()
    assert stands(closed) == stands(ended)
    stopped = answered(opened, ["self"], "words", "emergency")
    assert stopped.end.id == "stop"


def test_where_nothing_was_asked_there_is_no_place_to_open_it():
    silent = chart("silent", 'note: {tell: "Read this.", next: done}\ndone: {end: Done}')
    with pytest.raises(NothingAskedError):
        walk_of(silent, *BANKS).open("risk")


def test_it_can_be_opened_inside_a_run_and_at_every_question(begun):
    walk = begun
    for n, answer in enumerate([False, False, {"items": [0, 0, 0]}, "x"], 1):
        opened = walk.open("risk")
        assert opened.at == f"risk.kind@opened_{n}"
        walk = answered(opened, ["self"], "words", "plan").answer(answer)
    assert walk.finished


def test_it_is_not_opened_within_its_own_run_which_would_forget_what_was_told_there(begun, stands):
    inside = begun.answer(True).answer(["self"])
    with pytest.raises(UnderWayError, match="“Risk” is under way here: go through it to its end"):
        inside.open("risk")
    walk = answered(inside, "words", "plan").open("risk")
    assert walk.at == "risk.kind@opened_1"
    # A case in which it was opened there all the same goes through the one run, and then through the other.
    opened = replace(inside.rounds[0], opened=(("risk", "risk.words@own_risk"),))
    first = replayed(replace(inside, rounds=(opened,)))
    assert first.at == "risk.words@own_risk"
    assert first.known["kind"] == ("self",)
    then = answered(first, "words", "plan")
    assert raised(then) == {"own_risk": True}
    assert then.at == "risk.kind@opened_1"
    done = answered(then, ["others"], "x", "ask_again")
    assert done.known["kind"] == ("self", "others")
    assert stands(replayed(done)) == stands(done)


def test_after_an_end_within_its_run_it_is_opened_at_the_last_question_outside(begun):
    stopped = answered(begun, True, ["self"], "words", "emergency")
    assert stopped.finished
    opened = stopped.open("risk")
    assert opened.at == "risk.kind@opened_1"
    assert opened.rounds[0].opened == (("risk", "outer.thoughts"),)


def test_another_flowchart_opened_within_a_run_leaves_what_earlier_runs_of_the_first_told(stands):
    other = chart(
        "crisis",
        "sign: {ask: Sign?, answer: text, next: ok}\nok: {end: Fine}",
        phase="safety",
        opened_by_hand=True,
    )
    walk = answered(walk_of(OUTER, other, *BANKS).answer(False).open("risk"), ["others"], "words", "plan")
    again = walk.open("risk").answer(["self"]).open("crisis").answer("a sign")
    done = answered(again, "words", "ask_again")
    assert done.known["kind"] == ("others", "self")


def test_what_is_opened_is_asked_afresh_in_a_later_round_and_what_is_visited_is_taken_over(stands):
    outer = chart(
        "outer",
        """
        way: {ask: Again?, answer: yes_no, carry: never, next: [{when: way, go: way, again: true}, {otherwise: look}]}
        look: {visit: risk, next: done}
        done: {end: Done}
        """,
    )
    keeping = RISK.replace("as: kind,", "as: kind, carry: keep,")
    walk = answered(walk_of(outer, keeping, *BANKS[1:]).open("risk"), ["self"], "words", "plan", True)
    opened = walk.open("risk")
    assert (opened.round, opened.at) == (1, "risk.kind@opened_1")
    assert not opened.taken_over(opened.at)
    visited = answered(walk, False, ["others"], "words", "plan").begin_round()
    assert answered(visited, False).at == "risk.words", "what the visit asked is taken over"
    assert stands(replayed(opened)) == stands(opened)


def test_what_can_only_be_chosen_alone_gives_way_to_what_another_run_tells(begun):
    roles = ROLES.replace(
        '"others": "others"', '"others": "others", "unsure": {"label": "not sure", "exclusive": true}'
    )
    assert roles != ROLES
    walk = walk_of(OUTER, RISK, ALERTS, roles, *BANKS[3:]).answer(False).open("risk")
    unsure = answered(walk, ["unsure"], "words", "plan")
    assert answered(unsure.open("risk"), ["unsure"], "words", "plan").known["kind"] == ("unsure",)
    told = answered(unsure.open("risk"), ["self"], "words", "plan")
    assert told.known["kind"] == ("self",)
    assert answered(told.open("risk"), ["unsure"], "words", "plan").known["kind"] == ("self",)


def test_it_can_be_opened_at_an_earlier_question_after_it_was_opened_at_a_later_one(begun, stands):
    walk = answered(answered(begun, False).open("risk"), ["self"], "words", "plan")
    earlier = walk.go_to("outer.thoughts").open("risk")
    assert earlier.at == "risk.kind@opened_2", "danger is told when it is told"
    done = answered(earlier, ["others"], "words", "ask_again")
    assert done.at == "outer.threat"
    assert [run.known["step"] for run in done.state.runs["risk"]] == ["ask_again", "plan"]
    assert stands(replayed(done)) == stands(done)


def test_an_opening_at_a_question_that_left_the_path_does_not_block_later_ones(stands):
    outer = chart(
        "outer",
        """
        way: {ask: Which way?, answer: yes_no, next: [{when: way, go: left}, {otherwise: right}]}
        left: {ask: Left?, answer: text, next: right}
        right: {ask: Right?, answer: text, next: done}
        done: {end: Done}
        """,
    )
    walk = answered(walk_of(outer, *BANKS), True).open("risk")
    walk = answered(walk, ["self"], "words", "plan", "x").revise("outer.way", False)
    assert walk.at == "outer.right"
    opened = walk.open("risk")
    assert opened.at == "risk.kind@opened_2"
    assert stands(replayed(opened)) == stands(opened)


def test_what_was_told_by_hand_stands_when_its_question_leaves_the_path(stands):
    """A danger that was told stays told, whether or not the question at which it was told still stands."""
    outer = chart(
        "outer",
        """
        way: {ask: Which way?, answer: yes_no, next: [{when: way, go: left}, {otherwise: right}]}
        left: {ask: Left?, answer: text, next: right}
        right: {ask: Right?, answer: text, next: again}
        again:
          ask: Again?
          answer: yes_no
          carry: never
          next: [{when: again, go: way, again: true}, {otherwise: done}]
        done: {end: Done}
        """,
    )
    walk = answered(walk_of(outer, *BANKS), True).open("risk")
    walk = answered(walk, ["self"], "words", "ask_again", "x")
    off = walk.revise("outer.way", False)
    assert off.at == "outer.right"
    assert off.known["step@opened_1"] == "ask_again"
    assert off.set_aside == {"outer.left": "x"}
    assert stands(replayed(off)) == stands(off)
    assert stands(off.revise("outer.way", True)) == stands(walk)
    on = answered(off, "y")
    assert stands(replayed(on)) == stands(on)
    assert [t.key for t in on.trail].count("risk.kind") == 1
    over = answered(on, True)
    assert over.round == 1
    assert over.known["previous.step"] == "ask_again"
    assert stands(replayed(over)) == stands(over)
    back = on.go_to("outer.again")
    assert back.at == "outer.again"
    assert back.known["step@opened_1"] == "ask_again", "it was told before, wherever one stands back"
    standing = on.go_to("outer.way")
    assert standing.at == "outer.way"
    assert stands(standing.onward()) == stands(on)
    assert stands(standing.answer(True)) == stands(on.revise("outer.way", True))


def test_the_quick_path_still_runs_what_an_alert_opens():
    risk = RISK.replace("{ask: Which kind?, as: kind,", "{ask: Which kind?, as: kind, core: true,").replace(
        "{ask: What is done?, as: step,", "{ask: What is done?, as: step, core: true,"
    )
    outer = OUTER.replace("{ask: Thoughts?, as: thoughts,", "{ask: Thoughts?, as: thoughts, core: true,")
    program = walk_of(outer, risk, ALERTS, ROLES, MOOD3, REFERENCE).program
    walk = Walk.start(program, "outer", settings=Settings(quick=True))
    walk = answered(walk, True)
    assert walk.at == "risk.kind@own_risk"
    walk = answered(walk, ["self"])
    assert walk.at == "risk.step@own_risk"
    assert raised(answered(walk, "plan")) == {"own_risk": True}


def test_alerts_belong_to_their_round():
    outer = chart(
        "outer",
        """
        thoughts: {ask: Thoughts?, as: thoughts, carry: never, next: again}
        again:
          ask: Again?
          answer: yes_no
          carry: never
          next: [{when: again, go: thoughts, again: true}, {otherwise: done}]
        done: {end: Done}
        """,
    )
    walk = answered(walk_of(outer, *BANKS), True, ["self"], "words", "plan", True)
    assert walk.round == 1
    assert raised(walk) == {}
    assert "step" not in walk.known
    assert walk.prefill("outer.thoughts") is None
    second = walk.answer(True)
    assert second.at == "risk.kind@own_risk", "a run of an earlier round clears nothing in this one"
    assert second.prefill("risk.kind@own_risk") == ["self"], (
        "the alert puts it forward, not the earlier round"
    )
    assert second.prefill("risk.words@own_risk") is None


def test_a_second_answer_that_is_reason_enough_raises_it_again(stands):
    """An alert that was followed up is raised anew by a new answer, and its second run is its own."""
    outer = chart(
        "outer",
        "score: {measure: mood3, next: score_2}\nscore_2: {measure: mood3, next: done}\ndone: {end: Done}",
    )
    walk = answered(walk_of(outer, *BANKS), {"items": [0, 0, 1]}, ["self"], "words", "plan")
    assert walk.at == "outer.score_2"
    again = walk.answer({"items": [0, 0, 2]})
    assert again.at.startswith("risk.kind@item_three")
    assert again.at != "risk.kind@item_three"
    assert [r.cleared for r in again.alerts] == [True, False]
    assert [r.cleared for r in answered(again, ["self"], "worse", "plan").alerts] == [True, True]
    assert stands(replayed(again)) == stands(again)
    assert walk.answer({"items": [0, 0, 0]}).finished


@pytest.mark.parametrize(
    ("later", "items"),
    [
        ({"items": [1, 0, 0]}, {"item_1": 1, "item_2": 0, "item_3": 0}),
        ({"total": 1, "item_3": 0}, {"item_3": 0}),
        ({"total": 1, "item_3": {"not_known": True}}, {}),
    ],
)
def test_an_earlier_score_says_nothing_of_the_items_of_a_later_one(later, items):
    outer = chart(
        "outer",
        "score: {measure: mood3, next: score_2}\nscore_2: {measure: mood3, next: done}\ndone: {end: Done}",
    )
    walk = answered(walk_of(outer, *BANKS), {"items": [3, 2, 0]}, later)
    known = {
        key.partition(".")[2]: value for key, value in walk.known.items() if key.startswith("mood3.item_")
    }
    assert known == items
    assert (walk.known["mood3.total"], walk.known["mood3.change"]) == (1, -4)


def test_a_risk_item_that_a_later_score_leaves_open_is_not_answered_by_an_earlier_one():
    program = shipped().program
    step = program.steps["diagnosis_mood.mood_score"]
    state = begin(program, "planning")
    record(state, step, "", step.fit({"total": 14, "item_9": 0}, {}))
    assert state.known["phq9.item_9"] == 0
    record(state, step, "", step.fit({"total": 15, "item_9": {"not_known": True}}, {}))
    assert "phq9.item_9" not in state.known
    assert state.asked["phq9.item_9"] == "not_known"
    record(state, step, "", step.fit({"total": 15, "item_9": 2}, {}))
    assert state.known["phq9.item_9"] == 2
    assert "phq9.item_9" not in state.asked


def test_an_alert_of_a_round_that_is_closed_stands_as_it_did_then():
    outer = chart(
        "outer",
        """
        asked: {ask: Thoughts of suicide?, as: thoughts, next: more}
        more: {ask: More?, answer: yes_no, next: [{when: more, go: asked, again: true}, {otherwise: done}]}
        done: {end: Done}
        """,
    )
    cleared = answered(walk_of(outer, *BANKS), True, ["self"], "words", "plan", True)
    open_ = answered(walk_of(outer, *BANKS), True, ["others"], "words", "plan", True)
    for walk, was in ((cleared, True), (open_, False)):
        assert (walk.at, walk.round, walk.alerts) == ("outer.asked", 1, ())
        assert [(raised.alert.id, raised.cleared) for raised in walk.alerts_so_far] == [("own_risk", was)]
    again = answered(open_, True)
    assert [raised.alert.id for raised in again.alerts] == ["own_risk"]
    assert [raised.cleared for raised in again.alerts_so_far] == [False, False]
