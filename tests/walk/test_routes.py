"""Verbs and branches: where answers lead, three-valued; what is passed on the way; what never hangs."""

from __future__ import annotations

import pytest

from goldenthread.walk import (
    DECLINED,
    NOT_KNOWN,
    NothingAskedError,
    Round,
    Settings,
    UnknownQuestionError,
    Walk,
)
from small import MOOD3, REFERENCE, bank, chart, guide, walk_of


def keys(walk):
    return [trace.key for trace in walk.trail]


EVERY_VERB = chart(
    "one",
    """
    name: {ask: What happens?, answer: text, next: note}
    note: {tell: Take a note., next: score}
    score: {measure: mood3, next: urgent}
    urgent: {tell: Act now., tone: urgent, next: high}
    high:
      decide: Is the score high?
      next: [{when: score >= 5, go: other}, {otherwise: low}]
    other: {visit: two, next: high_end}
    low: {end: Low}
    high_end: {end: High}
    """,
)
TWO = chart(
    "two",
    """
    q: {ask: Inside?, answer: yes_no, next: done}
    done: {end: Inside done}
    """,
)


def test_every_verb_is_passed_in_its_turn():
    walk = walk_of(EVERY_VERB, TWO, MOOD3, REFERENCE)
    seen = []
    for answer in ("I fall", {"items": [3, 3, 0]}, True, False):
        seen.append(walk.at)
        walk = walk.answer(answer)
    assert seen == ["one.name", "one.score", "one.urgent", "two.q"]
    assert walk.finished
    assert walk.end.end == "High"
    assert [(t.key, t.how, t.depth) for t in walk.trail] == [
        ("one.name", "answered", 1),
        ("one.note", "told", 1),
        ("one.score", "answered", 1),
        ("one.urgent", "answered", 1),
        ("one.high", "passed", 1),
        ("two.q", "answered", 2),
        ("two.done", "ended", 2),
        ("one.other", "visited", 1),
        ("one.high_end", "ended", 1),
    ]
    assert walk.known["two.outcome"] == "done"
    assert walk.known["one.outcome"] == "high_end"
    assert walk.at == ""
    assert walk.node is None


def test_the_other_branch_is_taken_for_another_answer():
    walk = (
        walk_of(EVERY_VERB, TWO, MOOD3, REFERENCE).answer("I fall").answer({"items": [1, 0, 0]}).answer(True)
    )
    assert walk.end.end == "Low"
    assert "one.other" not in keys(walk)


def test_nothing_is_answered_after_the_end_and_unknown_questions_are_refused():
    walk = walk_of(chart("one", "q: {ask: Q?, answer: text, next: done}\ndone: {end: Done}")).answer("x")
    with pytest.raises(NothingAskedError):
        walk.answer("y")
    for ask in (walk.go_to, walk.forget, lambda key: walk.revise(key, "y")):
        with pytest.raises(UnknownQuestionError):
            ask("one.nowhere")
        with pytest.raises(UnknownQuestionError):
            ask("one.done")
    with pytest.raises(KeyError):
        Walk.start(walk.program, "nowhere")


BRANCHES = """
q: {{ask: Is it?, answer: yes_no, next: [{{when: q, go: so}}, {unknown}{{otherwise: other}}]}}
so: {{end: So}}
open: {{end: Open}}
other: {{end: Other}}
"""
NAMED = chart("one", BRANCHES.format(unknown="{unknown: open}, "))
UNNAMED = chart("one", BRANCHES.format(unknown="").replace("open: {end: Open}\n", ""))
LEFT = {"later": True}


@pytest.mark.parametrize(
    ("answer", "named", "unnamed"),
    [
        (True, "So", "So"),
        (False, "Other", "Other"),
        (NOT_KNOWN, "Open", "Other"),
        (DECLINED, "Open", "Other"),
        (LEFT, "Open", "Other"),
    ],
)
def test_otherwise_takes_what_is_not_known_unless_unknown_is_named(answer, named, unnamed):
    answer = dict(answer) if not isinstance(answer, bool) else answer
    assert walk_of(NAMED).answer(answer).end.end == named
    assert walk_of(UNNAMED).answer(answer).end.end == unnamed


def test_branches_are_read_from_the_top_and_a_true_one_wins_over_an_unknown_one_above():
    nodes = """
    a: {ask: A?, answer: yes_no, next: b}
    b: {ask: B?, answer: number, between: [0, 10], next: way}
    way:
      decide: Which?
      next:
        - {when: a, go: first}
        - {when: b >= 5, go: second}
        - {when: b >= 2, go: third}
        - {unknown: open}
        - {otherwise: none}
    first: {end: First}
    second: {end: Second}
    third: {end: Third}
    open: {end: Open}
    none: {end: None of them}
    """
    begun = walk_of(chart("one", nodes))
    table = {
        (True, 7): "First",
        (False, 7): "Second",
        (False, 3): "Third",
        (False, 1): "None of them",
        (None, 7): "Second",
        (None, 1): "Open",
        (False, None): "Open",
        (None, None): "Open",
        (True, None): "First",
    }
    for (a, b), end in table.items():
        walk = begun.later() if a is None else begun.answer(a)
        walk = walk.later() if b is None else walk.answer(b)
        assert walk.end.end == end, (a, b)


def test_a_question_answered_anew_by_another_node_of_its_role_keeps_what_is_known():
    roles = bank("roles", {"drinks": {"answer": "yes_no"}})
    nodes = "a: {ask: A?, as: drinks, next: b}\nb: {ask: B?, as: drinks, next: done}\ndone: {end: Done}"
    begun = walk_of(chart("one", nodes), roles)
    known = begun.answer(True).declined()
    assert known.known["drinks"] is True
    assert "drinks" not in known.asked
    later = begun.declined().answer(False)
    assert later.known["drinks"] is False
    assert "drinks" not in later.asked
    assert begun.declined().later().asked["drinks"] == "declined"


CYCLE = """
a: {{ask: A?, answer: yes_no, next: b}}
b: {{{verb}, next: {target}}}
"""


@pytest.mark.parametrize(
    "verb", ["decide: Round again?", "tell: Round again.", "ask: Round again?, answer: text"]
)
def test_a_cycle_without_again_stops_and_says_so(verb):
    walk = walk_of(chart("one", CYCLE.format(verb=verb, target="a"))).answer(True)
    if verb.startswith("ask"):
        walk = walk.answer("x")
    assert not walk.finished
    assert "goes round" in walk.problem.message
    assert "again: true" in walk.problem.help


LONG = 5_000


def long_chart():
    nodes = "\n".join(f"q{n}: {{ask: Q?, answer: yes_no, next: q{n + 1}}}" for n in range(LONG))
    return chart("long", f"{nodes}\nq{LONG}: {{end: Done}}")


def test_a_chart_of_five_thousand_questions_replays_without_recursion():
    program = guide(long_chart()).program
    whole = Walk.replay(program, "long", [Round({f"long.q{n}": n % 2 == 0 for n in range(LONG)})])
    assert whole.finished
    assert len(whole.trail) == LONG + 1
    assert len(whole.questions_passed()) == LONG
    assert whole.revise("long.q0", False).finished
    assert whole.go_to(f"long.q{LONG - 1}").back().at == f"long.q{LONG - 2}"
    left = Walk.start(program, "long", settings=Settings(rest_later=True))
    assert left.finished
    assert len(left.left_for_later()) == LONG


def test_the_work_of_an_answer_does_not_grow_with_the_trail(monkeypatch):
    """Each question has one branch; what an answer evaluates is counted, early and late in a long walk."""
    count = 300
    nodes = "\n".join(
        f"q{n}: {{ask: Q?, answer: yes_no, next: [{{when: q{n}, go: q{n + 1}}}, {{otherwise: q{n + 1}}}]}}"
        for n in range(count)
    )
    begun = walk_of(chart("counted", f"{nodes}\nq{count}: {{end: Done}}"))
    calls = []
    for step in begun.program.steps.values():
        step.branches = tuple(
            (_counting(truth, calls), edge, target) for truth, edge, target in step.branches
        )
        if step.waits:
            step.fit = _counting(step.fit, calls)
    walk, spent = begun, []
    for _ in range(count):
        calls.clear()
        walk = walk.answer(True)
        spent.append(len(calls))
    assert walk.finished
    assert set(spent) == {2}, "one fit and one branch, at the first question as at the last"


def _counting(function, calls):
    def counted(*arguments):
        calls.append(1)
        return function(*arguments)

    return counted


def test_the_quick_path_asks_core_and_required_questions_alone():
    nodes = """
    a: {ask: A?, answer: text, next: b}
    b: {ask: B?, answer: text, core: true, next: c}
    c: {ask: C?, answer: text, required: true, next: d}
    d: {tell: Urgent., tone: urgent, next: e}
    e: {ask: E?, answer: text, next: done}
    done: {end: Done}
    """
    program = walk_of(chart("one", nodes)).program
    walk = Walk.start(program, "one", settings=Settings(quick=True))
    asked = []
    while walk.at:
        asked.append(walk.at)
        walk = walk.answer(True if walk.at == "one.d" else "x")
    assert asked == ["one.b", "one.c", "one.d"]
    assert walk.left_for_later() == ["one.a", "one.e"]


def test_what_is_not_answered_can_all_be_left_for_later_also_what_is_required():
    nodes = "a: {ask: A?, answer: text, required: true, next: done}\ndone: {end: Done}"
    program = walk_of(chart("one", nodes)).program
    walk = Walk.start(program, "one", settings=Settings(rest_later=True))
    assert walk.finished
    assert walk.left_for_later() == ["one.a"]


def test_a_branch_that_leads_nowhere_stops_and_says_so():
    nodes = "q: {ask: Q?, answer: yes_no, next: [{when: q, go: done}]}\ndone: {end: Done}"
    walk = walk_of(chart("one", nodes)).answer(False)
    assert not walk.finished
    assert walk.at == "one.q", "what leads nowhere is not kept"
    assert walk.rounds[0].answers == {}
    assert "no branch leads on" in walk.problem.message
