"""What holds a whole bank: obligations not met, and alerts not cleared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.advise.reasons import to_ask

if TYPE_CHECKING:
    from goldenthread.advise.advice import Ask, Facts
    from goldenthread.language import Condition
    from goldenthread.model import Alert, Library

HELD_BY_ALERTS = ("goals", "interventions", "modalities")


STOPPED, UNPROTECTED = "stopped", "unprotected"
"""What holds a bank without being an entry: the end at which a walk was stopped, the library itself."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a bank is held, and what has to be asked or done first."""

    why: str
    ask_first: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds a bank: the id of an obligation or alert, its words, and the condition that frees the bank."""

    id: str
    why: str
    until: Condition | None = None


def gates(library: Library, facts: Facts, kind: str) -> tuple[Gate, ...]:
    """Give what holds the bank of that kind; nothing where it is free."""
    return tuple(
        Gate(found.why, to_ask(found.until, facts, library) if found.until is not None else ())
        for found in held_by(library, facts, kind)
    )


def held_by(library: Library, facts: Facts, kind: str) -> list[Holding]:
    """Give what holds the bank of that kind."""
    found = [
        Holding(obligation.id, obligation.text, obligation.until)
        for obligation in library.obligations.values()
        if kind in obligation.hold and obligation.until is not None and not _holds(obligation.until, facts)
    ]
    if kind not in HELD_BY_ALERTS:
        return found
    if facts.stopped:
        found.append(Holding(STOPPED, f"The walk stopped at “{facts.stopped}”: no routine plan follows."))
    found += [Holding(alert.id, alert.text, alert.cleared_when) for alert in open_alerts(library, facts)]
    if not library.protected:
        why = "This library was loaded without the shipped alerts and obligations, and so plans nothing."
        found.append(Holding(UNPROTECTED, why))
    return found


def _holds(condition: Condition, facts: Facts) -> bool:
    return condition.truth(facts.known, facts.asked) is True


def open_alerts(library: Library, facts: Facts) -> tuple[Alert, ...]:
    """Give the alerts that are raised and not cleared.

    A walk knows which of its alerts its own runs have cleared. From bare facts, one is cleared where its condition
    for clearing is true.
    """
    if facts.open_alerts is not None:
        return tuple(library.alerts[id_] for id_ in facts.open_alerts)
    return tuple(
        alert
        for alert in library.alerts.values()
        if alert.raise_when.truth(facts.known, facts.asked) is True
        and alert.cleared_when.truth(facts.known, facts.asked) is not True
    )
