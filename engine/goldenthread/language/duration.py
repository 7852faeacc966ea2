"""A length of time as people say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldenthread.language.parse import DAYS

_WRITTEN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)\Z")


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of a unit; `days` makes lengths comparable (a month is 30.4375 days, a year 365.25)."""

    number: float
    unit: str

    @property
    def days(self) -> float:
        """The length in days."""
        return self.number * DAYS[self.unit]

    def __str__(self) -> str:
        return f"{self.number:g} {self.unit}" + ("" if self.number == 1 else "s")

    @classmethod
    def read(cls, text: str) -> Duration | None:
        """Read `4 weeks`; None where the text is no length of time."""
        match = _WRITTEN.match(text.strip().lower())
        if match is None:
            return None
        unit = match[2].removesuffix("s")
        return cls(float(match[1]), unit) if unit in DAYS else None
