"""What the round before had come to: kept in sight until this round has its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.plan.goals import GoalLine, goal_lines
from goldenthread.plan.reading import PREVIOUS

if TYPE_CHECKING:
    import datetime

    from goldenthread.plan.reading import Reading


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in the plan of an earlier round and has not been chosen again. `round` is counted from 1."""

    round: int
    perpetuating: tuple[str, ...]
    goals: tuple[GoalLine, ...]
    treatments: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.perpetuating or self.goals or self.treatments)


def before(reading: Reading, client: str, today: datetime.date) -> Before | None:
    """Give what is still to be confirmed from the round before; None where nothing is."""
    agreed = reading.agreed
    lines = () if reading.goals else goal_lines(reading, agreed.goals, client, today)
    # The day on which they were due was counted from a plan whose date is not known here.
    goals = tuple(replace(line, due="") for line in lines)
    found = Before(
        agreed.round + 1 if goals else reading.walk.round,
        _earlier(reading, "perpetuating"),
        goals,
        _earlier(reading, "chosen_modality"),
    )
    return found or None


def _earlier(reading: Reading, role: str) -> tuple[str, ...]:
    known = reading.facts.known
    if role in known:
        return ()
    return tuple(reading.option(role, option) for option in known.get(f"{PREVIOUS}{role}", ()))
