"""From which day the times in a plan run: a plan that is read two weeks later names the same dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.walk import beside

if TYPE_CHECKING:
    from goldenthread.walk import Walk


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are known of a round: when it was begun, and when its plan was last signed. Empty for none."""

    begun: str = ""
    signed: str = ""


def latest(*days: str) -> datetime.date | None:
    """Give the last of the days that are known, or None. What is no date is passed over."""
    found = []
    for day in days:
        try:
            found.append(datetime.date.fromisoformat(day))
        except ValueError:
            continue
    return max(found, default=None)


def answered_on(walk: Walk, role: str) -> str:
    """Give the day that stands beside this round's answer to a role; nothing where none does."""
    found = ""
    for trace in walk.trail:
        if trace.round == walk.round and trace.step.role == role and trace.how in {"answered", "kept"}:
            found = str(beside(walk.given(trace.question)).get("date", ""))
    return found
