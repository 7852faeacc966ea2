"""Going back, changing answers, and coming on again: nothing is lost, and replay equals stepping."""

from __future__ import annotations

import pytest

from goldenthread.walk import Round, Walk, keyed, path_of, rounds_from
from small import bank, chart, walk_of

NODES = """
work: {ask: In work?, answer: yes_no, next: [{when: work, go: job}, {otherwise: home}]}
job: {ask: Which job?, answer: text, next: hours}
hours: {ask: Hours?, answer: number, between: [0, 80], next: home}
home: {ask: At home?, answer: text, next: done}
done: {end: Done}
"""


@pytest.fixture
def begun():
    return walk_of(chart("one", NODES))


@pytest.fixture
def whole(begun):
    return begun.answer(True).answer("cook").answer(38).answer("a flat")


def test_answers_off_the_path_are_set_aside_and_come_back_when_the_path_does(whole, stands):
    off = whole.revise("one.work", False)
    assert off.finished, "the later answer stays"
    assert off.set_aside == {"one.job": "cook", "one.hours": 38}
    assert "one.job" not in off.known
    assert off.known["one.home"] == "a flat"
    assert stands(off.revise("one.work", True)) == stands(whole)


def test_a_question_that_a_revision_leads_to_is_asked(begun):
    walk = begun.answer(False).answer("a flat").revise("one.work", True)
    assert walk.at == "one.job"
    assert walk.known == {"one.work": True}
    assert walk.set_aside == {"one.home": "a flat"}, "not on the path yet"
    assert walk.answer("cook").answer(38).known["one.home"] == "a flat"


def test_a_revision_that_does_not_fit_changes_nothing(whole, stands):
    after = whole.revise("one.hours", 99)
    assert "out of range" in after.problem.message
    assert stands(after) == stands(whole)
    assert whole.problem is None


def test_an_answer_off_the_path_can_be_revised_and_waits_there(begun):
    walk = begun.answer(False).revise("one.job", "baker")
    assert walk.at == "one.home"
    assert walk.set_aside == {"one.job": "baker"}
    assert walk.revise("one.work", True).known["one.job"] == "baker"


def test_going_back_keeps_every_answer(whole, stands):
    standing = whole.go_to("one.hours")
    assert standing.at == "one.hours"
    assert standing.known == {"one.work": True, "one.job": "cook"}
    assert standing.set_aside == {}, "standing back sets nothing aside"
    assert standing.prefill("one.hours") == 38
    assert stands(standing.onward()) == stands(whole)
    assert standing.back().at == "one.job"
    assert standing.back().back().at == "one.work"
    assert standing.back().back().back().at == "one.work"
    changed = standing.answer(20)
    assert changed.finished
    assert changed.known == {**whole.known, "one.hours": 20}


def test_back_from_the_end_stands_at_the_last_question(whole, stands):
    assert whole.back().at == "one.home"
    assert stands(whole.back().onward()) == stands(whole)


def test_a_misfit_while_standing_back_keeps_the_answer(whole, stands):
    standing = whole.go_to("one.hours").answer("many")
    assert standing.at == "one.hours"
    assert standing.problem
    assert standing.raw("one.hours") == 38
    assert stands(standing.onward()) == stands(whole)


def test_going_to_a_question_off_the_path_stays_at_the_front(begun):
    walk = begun.answer(False)
    assert walk.go_to("one.job").at == "one.home"


def test_forgetting_an_answer_asks_it_again(whole, stands):
    walk = whole.forget("one.job")
    assert walk.at == "one.job"
    assert "one.job" not in walk.rounds[0].answers
    assert walk.set_aside == {"one.hours": 38, "one.home": "a flat"}
    assert stands(walk.answer("cook")) == {**stands(whole), "rounds": stands(walk.answer("cook"))["rounds"]}


def test_leaving_an_answered_question_for_later_takes_the_value_away(whole):
    walk = whole.go_to("one.hours").later()
    assert walk.finished
    assert "one.hours" not in walk.known
    assert walk.left_for_later() == ["one.hours"]


def test_every_walk_stays_as_it_was(begun, stands):
    """Each step gives a new walk; the ones before answer the same afterwards."""
    walks, records = [begun], [stands(begun)]
    for act in (
        lambda w: w.answer(True),
        lambda w: w.answer("cook"),
        lambda w: w.answer("many"),
        lambda w: w.revise("one.work", False),
        lambda w: w.answer("a flat"),
        lambda w: w.go_to("one.work"),
        lambda w: w.answer(True),
        lambda w: w.declined(),
        lambda w: w.begin_round(),
    ):
        walks.append(act(walks[-1]))
        records.append(stands(walks[-1]))
    assert [stands(walk) for walk in walks] == records
    again = walks[2].answer(38)
    assert stands(again) == stands(walks[2].answer(38))


def test_replay_equals_stepping(begun, stands):
    walk = begun
    for answer in (True, {"later": True}, 38, {"declined": True}):
        walk = walk.answer(answer)
        assert stands(Walk.replay(walk.program, "one", walk.rounds)) == stands(walk)


def test_the_order_in_which_answers_were_given_does_not_matter(whole, stands):
    turned = Round(dict(reversed(whole.rounds[0].answers.items())))
    assert stands(Walk.replay(whole.program, "one", [turned])) == stands(whole)


def test_answers_written_beforehand_are_taken_as_far_as_they_fit(begun):
    walk = Walk.replay(
        begun.program, "one", [Round({"one.work": True, "one.job": "cook", "one.hours": 99, "one.home": "x"})]
    )
    assert walk.at == "one.hours"
    assert "99 is out of range" in walk.problem.message
    assert walk.set_aside == {"one.home": "x"}
    assert walk.answer(40).finished


def test_a_question_asked_again_after_too_much_was_hidden():
    nodes = """
    adult: {ask: Adult?, answer: yes_no, next: kind}
    kind: {ask: Kind?, answer: choice, options: {school: {label: School, when: not adult}, work: Work}, next: done}
    done: {end: Done}
    """
    walk = walk_of(chart("one", nodes)).answer(False).answer("school").revise("one.adult", True)
    assert walk.at == "one.kind"
    assert walk.raw("one.kind") == "school"
    assert walk.answer("work").finished
    assert walk.revise("one.adult", False).known["one.kind"] == "school"


OWN = bank("roles", {"keeps": {"answer": "choices", "options": {"avoidance": "staying away"}, "other": True}})


def test_own_words_count_and_are_kept_by_number():
    nodes = """
    q: {ask: Which?, as: keeps, next: [{when: count(keeps) >= 3, go: many}, {otherwise: few}]}
    many: {end: Many}
    few: {end: Few}
    """
    walk = walk_of(chart("one", nodes), OWN).answer([{"own": "the smell"}, "avoidance", {"own": "the noise"}])
    assert walk.end.end == "Many"
    assert walk.known["keeps"] == ("own_1", "avoidance", "own_2")


def test_what_was_called_otherwise_finds_its_question_and_option():
    nodes = """
    colour: {ask: Which?, was: [hue, tint], answer: choice, options: {blue: {label: Blue, was: [azure]}}, next: done}
    done: {end: Done}
    """
    program = walk_of(chart("one", nodes, was=["first"])).program
    assert keyed({"one.hue": "blue", "first.tint": 1}, program) == {"one.colour": 1}
    rounds = rounds_from({"answers": {"first.colour": "azure"}}, program)
    walk = Walk.replay(program, "one", rounds)
    assert walk.finished
    assert walk.known == {"one.colour": "blue", "one.outcome": "done"}


def test_answers_by_item_are_read_from_their_written_form():
    program = walk_of(chart("one", NODES, was=["first"])).program
    given = {"first.work": True, "one.job": {"each": {"a": "cook", "b": "baker"}}, "one.hours@a": 3}
    assert keyed(given, program) == {
        "one.work": True,
        "one.job@a": "cook",
        "one.job@b": "baker",
        "one.hours@a": 3,
    }


def test_the_place_of_an_answer_is_in_the_round_that_the_walk_is_in():
    first, second = (
        {"one.job": {"each": {"a": "cook"}}, "one.work": True},
        {"one.work": False, "one.hours@a": 3},
    )
    data = {"answers": first, "rounds": [{"answers": second}, {}]}
    assert path_of(data, "one.work", 0) == ("answers", "one.work")
    assert path_of(data, "one.work", 1) == ("rounds", 0, "answers", "one.work")
    assert path_of(data, "one.work", 2) == ("answers", "one.work")
    assert path_of(data, "one.job@a", 1) == ("answers", "one.job", "each", "a")
    assert path_of(data, "one.hours@a", 0) == ("rounds", 0, "answers", "one.hours@a")
    assert path_of(data, "one.none", 0) == ("answers",)
    case = {"case": 1, "rounds": [{"answers": first}]}
    assert path_of(case, "one.work", 0) == ("rounds", 0, "answers", "one.work")
