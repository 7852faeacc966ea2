"""Which sheet a drawing fits on with no text too small to read; where none is large enough, how large one must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from goldenthread.draw.looks import LEAST, SMALLEST

if TYPE_CHECKING:
    from collections.abc import Mapping

Paper = Literal["", "a4", "letter", "a3", "tabloid"]
"""The page: as large as the drawing, or a paper that the drawing is made to fit."""
PAPERS: Mapping[str, tuple[float, float]] = {
    "a4": (595.28, 841.89),
    "letter": (612.0, 792.0),
    "a3": (841.89, 1190.55),
    "tabloid": (792.0, 1224.0),
}
"""Width and height in points, upright."""
MARGIN = 36.0
"""Half an inch: what every printer keeps free, and more."""
LARGEST = 14_400.0
"""Points a side: a larger page is one that some readers of PDF do not open."""
_A_MILLIMETRE = 72 / 25.4


class Fit(NamedTuple):
    """A page, and by how much what stands on it is made smaller."""

    width: float
    height: float
    factor: float
    grown: bool = False
    """Whether the paper that was asked for is too small, and the page larger than it."""


def fit(content: tuple[float, float], around: float, paper: Paper, *, landscape: bool = False) -> Fit:
    """Choose a page for a content of that width and height; `around` is the height of what does not shrink."""
    wide, tall = content
    if not paper:
        return Fit(wide + 2 * MARGIN, tall + around + 2 * MARGIN, 1.0)
    short, long = PAPERS[paper]
    found = [
        Fit(*page, _factor(content, around, page))
        for page in ([(long, short)] if landscape else [(short, long), (long, short)])
    ]
    # Of two that are as good, the first is upright.
    best = max(found, key=lambda one: one.factor)
    if best.factor >= SMALLEST:
        return best
    width, height = (
        max(length, need + 2 * MARGIN)
        for length, need in zip(best[:2], (wide * SMALLEST, tall * SMALLEST + around), strict=True)
    )
    return Fit(width, height, SMALLEST, grown=True)


def _factor(content: tuple[float, float], around: float, page: tuple[float, float]) -> float:
    wide, tall = content
    return min(1.0, (page[0] - 2 * MARGIN) / wide, (page[1] - 2 * MARGIN - around) / tall)


def grown_words(title: str, found: Fit, paper: Paper) -> str:
    """Say that a drawing does not fit, what was done, and what else can be."""
    name = paper.capitalize() if len(paper) > len("a4") else paper.upper()
    return (
        f"“{title}” does not fit on {name} with letters of {LEAST:g} points: the page is {_size(found)}; "
        "`goldenthread print poster` sets it over several sheets"
    )


def too_large_words(title: str, found: Fit) -> str:
    """Say that a page is larger than some programs can open."""
    return (
        f"the page of “{title}” is {_size(found)}, larger than some readers of PDF open: "
        "`goldenthread print poster` sets it over several sheets, and `-o drawing.svg` has no such limit"
    )


def _size(found: Fit) -> str:
    return f"{found.width / _A_MILLIMETRE:.0f} by {found.height / _A_MILLIMETRE:.0f} mm"
