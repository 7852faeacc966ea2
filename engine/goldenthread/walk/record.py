"""What an answer makes known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.score import change
from goldenthread.walk.program import ACKNOWLEDGE, MEASURE

if TYPE_CHECKING:
    from goldenthread.walk.program import Step
    from goldenthread.walk.state import State


def record(state: State, step: Step, item: str, value: Any) -> None:
    """Make an answer known: by its question, by its role, and by the item it was given for."""
    known, role = state.known, step.role
    if step.kind == MEASURE:
        _score(state, step, value)
        value = value.main
    elif step.kind == ACKNOWLEDGE:
        return
    known[step.key] = value
    state.asked.pop(step.key, None)
    if role:
        known[role] = value
        state.asked.pop(role, None)
    if item:
        known[f"{step.key}@{item}"] = value
        if role:
            known[f"{role}@{item}"] = value


def _score(state: State, step: Step, score: Any) -> None:
    id_ = step.node.measure
    for key, value in score.facts():
        state.known[key] = value
        state.asked.pop(key, None)
    for number in (*score.not_known, *score.left_out):
        # What an earlier score said of it is no answer now.
        state.known.pop(f"{id_}.item_{number}", None)
    for number in score.not_known:
        state.asked[f"{id_}.item_{number}"] = "not_known"
    series = (*state.scores.get(id_, ()), score)
    state.scores[id_] = series
    for name, total in score.totals.items():
        stem = id_ if name == "total" else f"{id_}.{name}"
        first, *later = (s.totals[name] for s in series if name in s.totals)
        state.known[f"{stem}.first"], state.known[f"{stem}.latest"] = first, total
        if later:
            found = change(score.instrument.scales[name], first, total)
            state.known[f"{stem}.change"] = found.amount
            state.known.pop(f"{stem}.reliable", None)
            if found.verdict != "not_established":
                state.known[f"{stem}.reliable"] = found.verdict


def record_nothing(state: State, step: Step, item: str, why: str) -> None:
    """Not known and declined were asked; later was not. Neither takes away what another question made known."""
    if why == "later" or step.kind == ACKNOWLEDGE:
        return
    for key in (step.key, step.role):
        if key and key not in state.known:
            state.asked[key] = why
            if item:
                state.asked[f"{key}@{item}"] = why
