"""Sheets of paper: their sizes and the margins that printers keep, in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Paper = Literal["a4", "letter", "a3", "tabloid"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
MM = 72 / 25.4
_SIZES: dict[Paper, tuple[float, float]] = {
    "a4": (210 * MM, 297 * MM),
    "letter": (612, 792),
    "a3": (297 * MM, 420 * MM),
    "tabloid": (792, 1224),
}
PRINTABLE = 12 * MM
"""Nearer to the edge than this no printer is asked to print; office printers leave 4 to 6 mm white, some 10."""
_SIDE, _ABOVE, _BELOW = 18 * MM, 20 * MM, 20 * MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet upright, and the type that is set on it."""

    width: float
    height: float
    type_size: float = 10
    """The size of running text."""
    least: float = 8
    """The smallest type anywhere on it, words in drawings included."""
    turns: tuple[bool, ...] = (False, True)
    """How it may lie for a drawing: upright, then turned."""

    @property
    def margins(self) -> tuple[float, float, float]:
        """The margins at the sides, above and below; head and foot stand in those above and below."""
        more = max(0, self.type_size - 10)
        return _SIDE, _ABOVE + 1.5 * more, _BELOW + 5 * more

    def room(self, *, turned: bool = False) -> tuple[float, float]:
        """Give the width and height within the margins."""
        wide, tall = (self.height, self.width) if turned else (self.width, self.height)
        side, above, below = self.margins
        return wide - 2 * side, tall - above - below


def screen() -> Sheet:
    """Give what is projected: 16 to 9, lying, with nothing smaller than can be read from the last row."""
    return Sheet(540, 960, 14, 11, (True,))


def sheet(paper: Paper = "a4", *, large_print: bool = False) -> Sheet:
    """Give a sheet of a paper; large print sets text at 16 points and nothing, drawings included, under 12."""
    width, height = _SIZES[paper]
    return Sheet(width, height, 16, 12) if large_print else Sheet(width, height)
