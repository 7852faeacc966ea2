"""The rest of a phase as an earlier round left it: what would be said again, and where somebody has to look."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Offer, advise
from goldenthread.plan import as_kept, read
from goldenthread.session.question import PHASE_NAMES
from goldenthread.walk import ahead
from goldenthread.walk.run import earlier

if TYPE_CHECKING:
    from goldenthread.plan import Kept
    from goldenthread.walk import Walk
    from goldenthread.walk.ahead import Stop

_RESTS_ON = ("goals", "modalities", "interventions")
"""What a plan rests on: none of it is taken unseen where it is not offered any more."""
_WHY: dict[Stop, str] = {
    "afresh": "asked afresh",
    "new": "not answered before",
    "open": "left without an answer before",
    "answered": "answered in this round",
    "misfit": "whose earlier answer no longer fits",
    "alert": "whose earlier answer raises an alert",
    "told": "with something new to read before it",
    "round": "which closes the round",
}
_HELD = "whose earlier answer is not offered now"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What can be confirmed at once. `then` names the question at which it stops, and says why; nothing at an end."""

    answers: tuple[Kept, ...]
    passed: tuple[tuple[Walk, Any], ...]
    """The walk that stands at each of these questions, and what it is answered."""
    walk: Walk
    """The walk once all of it is confirmed."""
    then: str

    @property
    def until(self) -> str:
        """The last question of it; nothing where there is none."""
        return self.answers[-1].key if self.answers else ""


def look_ahead(walk: Walk, date: str) -> Ahead:
    """Say what could be said again on a day from the question that waits to the end of its phase."""
    found = ahead(walk, date)
    passed, after, why = found.passed, found.walk, _WHY.get(found.stop, "")
    for n, (at, following) in enumerate(pairwise([*(at for at, _ in passed), after])):
        if _held(at, following):
            passed, after, why = passed[:n], at, _HELD
            break
    reading = read(after)
    answers = tuple(as_kept(reading, at.at, earlier(at.rounds, at.round, at.at)) for at, _ in passed)
    return Ahead(answers, passed, after, _then(after, why))


def _held(at: Walk, after: Walk) -> bool:
    """Say whether an answer would take goals or treatments that are not offered where it is given."""
    node, step, library = at.node, at.step, at.program.library
    if node is None or step is None or step.type is None:
        return False
    role = library.roles.get(node.role)
    kind = "goals" if step.type.kind == "goals" else (role or node).options_from
    if kind not in _RESTS_ON:
        return False
    value = after.known.get(at.at, ())
    advice = advise(library, read(at).facts, kind)
    found = (advice.find(id_) for id_ in ((value,) if isinstance(value, str) else value))
    return any(one is not None and not isinstance(one, Offer) for one in found)


def _then(walk: Walk, why: str) -> str:
    step = walk.step
    if step is None:
        return ""
    fact = walk.program.library.facts.get(step.key)
    label = fact.label if fact else "a note to be read" if step.node.verb == "tell" else step.key
    why = why or f"where {PHASE_NAMES.get(step.phase, 'another phase')} begins"
    return f"{step.node.number} {label}, {why}".strip()
