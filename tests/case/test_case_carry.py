"""Content changes under a case: earlier names become present ones, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.case import (
    Aside,
    Began,
    Case,
    CaseError,
    Decision,
    Opened,
    Reworded,
    RoundBegun,
    SessionNote,
    SessionNoted,
    Signed,
    apply,
    carry_over,
    replay,
)
from goldenthread.walk import Program, Round, compile_library

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = """flowchart: intake
number: 1
title: Intake
phase: problem
purpose: A test.
start: happened
review: {status: draft}
nodes:
  happened: {number: 1.1, ask: What happened?, answer: text, next: extra}
  extra: {number: 1.2, ask: Anything else?, answer: text, next: cost}
  cost: {number: 1.3, ask: What does it cost?, answer: text, next: done}
  done: {number: 1.4, end: Done}
"""
NEW = """flowchart: main
number: 1
was: [intake]
title: Main
phase: problem
purpose: A test.
start: what
review: {status: draft}
nodes:
  what: {number: 1.1, was: [happened], ask: What happened?, answer: text, next: cost}
  cost: {number: 1.2, ask: What does it cost?, answer: text, next: done}
  done: {number: 1.3, end: Done}
"""
RISK = """flowchart: risk
number: 2
title: Risk
phase: safety
purpose: A test.
start: plan
opened_by_hand: true
review: {status: draft}
nodes:
  plan: {number: 2.1, ask: Is there a plan?, answer: yes_no, next: done}
  done: {number: 2.2, end: Done}
"""


@pytest.fixture
def programs(lay: Callable[..., Any], tmp_path: Any) -> tuple[Program, Program]:
    made = []
    for text in (OLD, NEW):
        library, report = lay({"main.yaml": text, "risk.yaml": RISK})
        assert not report.errors, list(report)
        made.append(compile_library(library))
    return made[0], made[1]


def case_with(
    old: Program, answers: dict[str, Any], opened: tuple[tuple[str, str], ...] = (), **more: Any
) -> Case:
    return Case(
        client="A.",
        flowchart="intake",
        created="2026-01-01",
        saved="2026-01-01",
        content=old.library.digest,
        rounds=(Round(answers, opened),),
        **more,
    )


def test_over_the_same_content_nothing_changes(programs: tuple[Program, Program]) -> None:
    old, _ = programs
    case = case_with(
        old, {"intake.happened": "lost work", "intake.cost": "sleep"}, (("risk", "intake.cost"),)
    )
    assert carry_over(case, old) == (case, ())


def test_renamed_questions_keep_their_answers_and_lost_ones_are_kept_aside(
    programs: tuple[Program, Program],
) -> None:
    old, new = programs
    case = case_with(old, {"intake.happened": "lost work", "intake.extra": "the dog", "intake.cost": "sleep"})
    carried, notes = carry_over(case, new)
    assert carried.flowchart == "main"
    assert carried.content == new.library.digest
    assert carried.rounds == (Round({"main.what": "lost work", "main.cost": "sleep"}),)
    assert carried.aside == (Aside(round=0, question="intake.extra", answer="the dog"),)
    assert [(note.kind, note.key) for note in notes] == [
        ("content", new.library.digest),
        ("renamed", "main"),
        ("aside", "intake.extra"),
        ("renamed", "main.what"),
        ("renamed", "main.cost"),
    ]
    assert carried.walk(new).finished
    assert carry_over(carried, new) == (carried, ()), "done twice, it changes nothing"


def test_an_answer_comes_back_with_its_question(programs: tuple[Program, Program]) -> None:
    old, _ = programs
    aside = (
        Aside(round=0, question="intake.extra", answer="the dog"),
        Aside(round=0, question="gone.by", answer=1),
    )
    carried, notes = carry_over(case_with(old, {}, aside=aside), old)
    assert carried.rounds[0].answers == {"intake.extra": "the dog"}
    assert carried.aside == aside[1:]
    assert [note.kind for note in notes] == ["returned"]


def test_an_answer_aside_never_takes_the_place_of_a_newer_one(programs: tuple[Program, Program]) -> None:
    old, _ = programs
    aside = (Aside(round=0, question="intake.extra", answer="old words"),)
    carried, _ = carry_over(case_with(old, {"intake.extra": "new words"}, aside=aside), old)
    assert carried.rounds[0].answers == {"intake.extra": "new words"}
    assert carried.aside == aside


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_answers_under_one_name_the_present_one_counts_and_none_is_lost(
    programs: tuple[Program, Program], order: int
) -> None:
    old, new = programs
    answers = dict([("intake.happened", "old words"), ("main.what", "new words")][::order])
    carried, _ = carry_over(case_with(old, answers), new)
    assert carried.rounds[0].answers == {"main.what": "new words"}
    assert carried.aside == (Aside(round=0, question="intake.happened", answer="old words"),)


def test_an_opening_at_a_lost_question_does_not_hold_up_or_mix_up_the_next(
    programs: tuple[Program, Program],
) -> None:
    old, new = programs
    answers = {
        "intake.happened": "lost work",
        "intake.extra": "the dog",
        "risk.plan@opened_1": True,
        "risk.plan@opened_2": False,
    }
    case = case_with(old, answers, (("risk", "intake.extra"), ("risk", "intake.cost")))
    carried, _ = carry_over(case, new)
    assert carried.rounds[0].opened == (("risk", "main.cost"),)
    assert carried.rounds[0].answers["risk.plan@opened_1"] is False, "the answer of the opening that is left"
    assert Aside(round=0, question="risk.plan@opened_1", answer=True) in carried.aside
    assert Aside(round=0, question="intake.extra", opened="risk") in carried.aside
    assert carried.walk(new).at == "main.cost", "the opening was gone through, and led back"
    assert carry_over(carried, new)[0] == carried


def test_answers_of_a_lost_opening_never_pass_for_those_of_a_later_one(
    programs: tuple[Program, Program],
) -> None:
    old, new = programs
    case = case_with(old, {"risk.plan@opened_1": True}, (("risk", "intake.extra"),))
    carried, _ = carry_over(case, new)
    assert carried.rounds == (Round({}),)
    assert carry_over(carried, new) == (carried, ())


def test_what_is_aside_of_a_round_that_is_not_there_stays_aside(programs: tuple[Program, Program]) -> None:
    old, _ = programs
    aside = (Aside(round=3, question="intake.extra", answer="the dog"),)
    assert carry_over(case_with(old, {}, aside=aside), old)[0].aside == aside


def test_a_case_whose_flowchart_is_gone_is_refused(programs: tuple[Program, Program]) -> None:
    _old, new = programs
    lost = Case(client="A.", flowchart="mein", created="2026-01-01", saved="2026-01-01")
    with pytest.raises(CaseError, match="`mein`, which is not in this library") as raised:
        carry_over(lost, new)
    assert "`main`" in raised.value.help


def test_decisions_and_sessions_keep_what_they_say(programs: tuple[Program, Program]) -> None:
    old, new = programs
    decision = Decision(
        round=0,
        kind="goals",
        id="sleep",
        verdict="declined",
        on="2026-01-02",
        facts={"intake.happened": "x", "age": 3},
    )
    note = SessionNote(round=0, date="2026-01-03", goals=("own_1",), ratings={"own_1": 4})
    carried, _ = carry_over(case_with(old, {}, decisions=(decision,), sessions=(note,)), new)
    assert carried.decisions[0].facts == {"main.what": "x", "age": 3}
    assert carried.sessions == (note,)


def test_what_was_signed_and_reworded_and_the_days_of_rounds_stay_as_they_are(
    programs: tuple[Program, Program],
) -> None:
    made = replay(
        [
            Began(on="2026-01-01", client="A.", flowchart="intake"),
            RoundBegun(on="2026-04-01"),
            Reworded.of("goals", "Ours.", "Generated.", on="2026-04-01", round_=1),
        ]
    )
    made = apply(
        made, Signed.next(made, "The plan.", "# The plan", on="2026-04-02", by="B.", fields=("goals",))
    )
    carried, _ = carry_over(made, programs[1])
    assert (carried.signed, carried.wording) == (made.signed, made.wording)
    assert [carried.begun(n) for n in (0, 1)] == ["2026-01-01", "2026-04-01"]


def test_a_change_in_safety_still_counts_the_openings_before_it(programs: tuple[Program, Program]) -> None:
    changed = SessionNote(round=0, date="2026-01-02", safety="changed")
    made = replay(
        [
            Began(on="2026-01-01", client="A.", flowchart="intake"),
            Opened(on="2026-01-01", round=0, flowchart="risk", at="intake.extra"),
            SessionNoted(on="2026-01-02", note=changed),
            Opened(on="2026-01-03", round=0, flowchart="risk", at="intake.cost"),
        ]
    )
    assert made.sessions[0].openings == 1
    carried, _ = carry_over(made, programs[1])
    assert carried.rounds[0].opened == (("risk", "main.cost"),)
    assert carried.sessions[0].openings == 0, "the opening that came after the note is still after it"
    assert carry_over(carried, programs[1])[0] == carried
