"""How far the answers of earlier rounds lead from the question that waits, were each of them said again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.walk.answers import bare, beside, status
from goldenthread.walk.run import earlier

if TYPE_CHECKING:
    from goldenthread.walk.walk import Walk

Stop = Literal["afresh", "new", "open", "answered", "misfit", "alert", "told", "phase", "round", "end"]
"""Why it goes no further. The question that waits then is asked afresh at every review, has never been answered or has
no value (`new`, `open`), is answered in this round, does not take its earlier answer any more, raises an alert, has
something to be read before it that no earlier round told, belongs to another phase, or closes the round; `end`: none
waits."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The questions passed, each as the walk that stood at it with what it was answered, and where that leads."""

    passed: tuple[tuple[Walk, Any], ...]
    walk: Walk
    stop: Stop

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question, in order."""
        return {at.at: raw for at, raw in self.passed}


def ahead(walk: Walk, date: str = "") -> Ahead:
    """Answer with what an earlier round answered, on a day, for as long as the phase of the question that waits lasts.

    It goes on as pressing Answer at each question would, and passes none that somebody has to look at: see `Stop`.
    """
    phase = walk.step.phase if walk.step else ""
    told = {trace.key for trace in walk.trail if trace.how == "told" and trace.round < walk.round}
    passed: list[tuple[Walk, Any]] = []
    while True:
        stop = _stops(walk, phase)
        if stop:
            break
        raw = said_again(earlier(walk.rounds, walk.round, walk.at), date)
        after = walk.answer(raw)
        stop = _closes(walk, after, bare(raw))
        if stop:
            break
        passed.append((walk, raw))
        before, walk = walk, after
        if _told_since(before, after) - told:
            stop = "told"
            break
    return Ahead(tuple(passed), walk, stop)


def said_again(raw: Any, date: str) -> Any:
    """Give an earlier answer as it is said on another day: its source and note stay."""
    kept = {name: text for name, text in beside(raw).items() if name in {"source", "note"} and text}
    kept |= {"date": date} if date else {}
    return {"value": bare(raw), **kept} if kept else bare(raw)


def _stops(walk: Walk, phase: str) -> Stop | None:
    """Say why the question that waits has to be looked at, whatever answering it would do."""
    step = walk.step
    if step is None:
        return "misfit" if walk.problem is not None else "end"
    if step.phase != phase:
        return "phase"
    if walk.raw(walk.at) is not None:
        return "misfit" if walk.problem is not None else "answered"
    if step.carry == "never" or (walk.item and step.opened):
        return "afresh"
    before = earlier(walk.rounds, walk.round, walk.at)
    if before is None:
        return "new"
    return "open" if status(before) else None


def _closes(walk: Walk, after: Walk, value: Any) -> Stop | None:
    """Say why an answer is not to be given unseen, from what came of it."""
    if after.problem is not None and after.problem.key == walk.at:
        return "misfit"
    taken = after.known.get(walk.at)
    if isinstance(taken, tuple) and not isinstance(value, str) and len(taken) < len(value):
        # Options that cannot be chosen any more are left out of it.
        return "misfit"
    if after.round != walk.round:
        return "round"
    return "alert" if after.alerts != walk.alerts else None


def _told_since(before: Walk, after: Walk) -> set[str]:
    """Give what was told between two questions."""
    found, seen = set(), before.state.trail
    chain = after.state.trail
    while chain is not None and chain is not seen:
        (_, step, _, how, _, _), chain = chain
        if how == "told":
            found.add(step.key)
    return found
