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


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a bank is held, and what has to be asked or done first."""

    why: str
    ask_first: tuple[Ask, ...]


def gates(library: Library, facts: Facts, kind: str) -> tuple[Gate, ...]:
    """Give what holds the bank of that kind; nothing where it is free."""
    found = [
        Gate(obligation.text, to_ask(obligation.until, facts, library))
        for obligation in library.obligations.values()
        if kind in obligation.hold and obligation.until is not None and not _holds(obligation.until, facts)
    ]
    if kind not in HELD_BY_ALERTS:
        return tuple(found)
    if facts.stopped:
        found.append(Gate(f"The walk stopped at “{facts.stopped}”: no routine plan follows.", ()))
    alerts = open_alerts(library, facts)
    found += [Gate(alert.text, to_ask(alert.cleared_when, facts, library)) for alert in alerts]
    if not library.protected:
        why = "This library was loaded without the shipped alerts and obligations, and so plans nothing."
        found.append(Gate(why, ()))
    return tuple(found)


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
