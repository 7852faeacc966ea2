"""What stays answered at the end of a round once a flowchart that alerts open has run, and where nothing does."""

from __future__ import annotations

import pytest

from goldenthread.prove.stays import once_cleared, once_run
from goldenthread.walk import compile_library
from random_library import load_texts
from small import REFERENCE, ROLE_NOTHING, bank, chart

ROLES = {
    "danger": {"label": "danger", "answer": "yes_no"},
    "step": {"label": "step", "answer": "choice", "options": {"call": "call", "wait": "wait"}},
}
MAIN = """
  low: {ask: Low?, as: danger_first, next: done}
  done: {end: Done}
"""
RISK = """
  danger: {ask: Is it, as: danger, required: true, next: [{when: danger, go: step}, {unknown: step}, {otherwise: talk}]}
  step: {ask: Step?, as: step, required: true, next: talk}
  talk: {visit: talk, next: back}
  back: {end: Back}
"""
TALK = """
  how: {ask: How?, answer: text, next: over}
  over: {end: Over}
"""
CLEARED = "(danger or step == call) and known(step) and not (danger_first and previous.danger)"


def stays(main: str = MAIN, risk: str = RISK, talk: str = TALK, cleared: str = CLEARED) -> tuple[str, str]:
    """Give what stays answered once an alert was cleared, and once its flowchart has run."""
    first = {"label": "danger first", "answer": "yes_no"}
    alert = {"raise_when": "danger_first", "opens": "risk", "cleared_when": cleared}
    made = [
        chart("main", main, root=True),
        chart("risk", risk, phase="safety", opened_by_hand=True),
        chart("talk", talk),
        bank("roles", {**ROLES, "danger_first": first, **ROLE_NOTHING}),
        bank(
            "alerts",
            {"low": {**alert, "text": "Low.", "because": "It matters.", "basis": "clinical_consensus"}},
        ),
        bank("goals", {"goal": {}}),
        REFERENCE,
    ]
    program = compile_library(load_texts(made))
    facts = once_cleared(program, program.library.alerts["low"]), once_run(program, "risk")
    return tuple(" ".join(sorted(fact.key for fact in found)) for found in facts)  # type: ignore[return-value] -- two


def test_what_clears_an_alert_and_what_is_asked_on_every_route_stays_answered() -> None:
    assert stays() == ("danger risk.danger step", "danger risk.danger")


@pytest.mark.parametrize(
    ("cleared", "stay"),
    [
        ("danger and step == call", "step"),
        ("danger or step == call", ""),
        ("(danger and known(step)) or (step == wait and not danger)", "step"),
        ("not (danger or step == call)", "step"),
        ("not (danger and known(step))", ""),
        ("answered(step)", ""),
        ("not (danger or not known(step))", "step"),
    ],
)
def test_what_a_condition_needs(cleared: str, stay: str) -> None:
    # What is asked on every route stays besides.
    assert stays(cleared=cleared)[0] == f"danger risk.danger {stay}".rstrip()


@pytest.mark.parametrize(
    "change",
    [
        {"risk": RISK.replace("required: true, ", "")},
        {
            "risk": RISK.replace(
                "talk: {visit: talk, next: back}", "talk: {visit: talk, next: [{when: danger, go: back}]}"
            )
        },
        {"talk": TALK.replace("Over", "Over, stop: true")},
    ],
)
def test_nothing_stays_where_it_may_be_left_or_a_walk_may_end_within_a_run(change: dict[str, str]) -> None:
    assert stays(**change) == ("", "")


def test_what_is_told_elsewhere_too_is_left_out() -> None:
    main = MAIN.replace("next: done", "next: again").replace(
        "done:", "again: {ask: Step?, as: step, next: done}\n  done:"
    )
    assert stays(main=main) == ("danger risk.danger", "danger risk.danger")
