"""What only several runs of a flowchart can come to is shown, with no run more than it takes."""

from __future__ import annotations

import pytest

from goldenthread.prove import prove
from goldenthread.prove.claims import Taken
from random_library import load_texts
from small import REFERENCE, ROLE_NOTHING, bank, chart

MAIN = """
  first: {ask: First?, as: first, next: second}
  second: {ask: Second?, as: second, next: look}
  look: {decide: Both?, next: [{when: CONDITION, go: both}, {unknown: done}, {otherwise: done}]}
  both: {end: Both}
  done: {end: Done}
"""
RISK = """
  danger: {ask: Is it, as: danger, required: true, next: [{when: danger, go: step}, {unknown: step}, {otherwise: plan}]}
  step: {ask: Step?, as: step, required: true, next: back}
  plan: {ask: Plan?, as: plan, next: [{when: plan, go: means}, {otherwise: step}]}
  means: {ask: Means?, as: means, next: back}
  back: {end: Back}
"""
ROLES = {
    **{name: {"answer": "yes_no"} for name in ("first", "second", "danger", "plan")},
    "step": {"answer": "choice", "options": {"call": "call", "wait": "wait"}},
    "means": {"answer": "choices", "options": {"a": "a", "b": "b", "c": "c"}},
}
LOW = {"opens": "risk", "text": "Low.", "because": "It matters.", "basis": "clinical_consensus"}


def runs_of(condition: str, *, by_hand: bool) -> int:
    """Give how many runs of the guide the fewest answers have with which a condition is true; 0 for no answers."""
    alerts = {
        f"{name}_low": {**LOW, "raise_when": name, "cleared_when": "known(step) or known(means)"}
        for name in ("first", "second")
    }
    library = load_texts(
        [
            chart("main", MAIN.replace("CONDITION", condition), root=True),
            chart("risk", RISK, phase="safety", opened_by_hand=by_hand),
            bank("roles", {**ROLES, **ROLE_NOTHING}),
            bank("alerts", alerts),
            bank("goals", {"goal": {}}),
            REFERENCE,
        ]
    )
    proof = prove(library)
    verdict = next(v for v in proof.verdicts if isinstance(v.claim, Taken) and v.claim.key == "main.look")
    assert verdict.done is not None
    case = proof.prover.fewest(verdict).case
    answers = case.rounds[0].answers if case is not None else ()
    return len({name.partition("@")[2] for name in answers if "@" in name})


@pytest.mark.parametrize(
    ("condition", "by_hand", "by_alerts"),
    [
        ("danger", 1, 1),
        ("plan and step == call", 2, 2),
        ("plan and danger", 2, 2),
        ("plan and not danger and step == call", 2, 2),
        # What has cleared both alerts is not opened again.
        ("plan and danger and step == wait and b in means", 2, 0),
        # A yes is undone by a run that tells no, about the same; then danger is told.
        ("not plan and b in means and c in means and danger", 3, 0),
        ("step == call and step == wait", 0, 0),
    ],
)
def test_what_one_run_does_not_tell_several_do(condition: str, by_hand: int, by_alerts: int) -> None:
    assert runs_of(condition, by_hand=True) == by_hand
    assert runs_of(condition, by_hand=False) == by_alerts
