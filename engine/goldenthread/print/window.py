"""What of a drawing can be seen through a window: its boxes, arrows and frames that reach into it, and no others.

So each sheet of a poster holds what lies on it, and the poster is little larger than the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.draw.letters import width
from goldenthread.draw.looks import TITLE, WORDS, WORDS_LEADING

if TYPE_CHECKING:
    from goldenthread.draw.placed import Placed, PlacedArrow

_STROKE = 3.0
"""How far a line reaches beyond its points, at most."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a drawing, in the drawing's own measure."""

    left: float
    top: float
    width: float
    height: float

    def shows(self, left: float, top: float, right: float, low: float) -> bool:
        """Say whether anything within these sides can be seen."""
        return (
            left - _STROKE <= self.left + self.width
            and right + _STROKE >= self.left
            and top - _STROKE <= self.top + self.height
            and low + _STROKE >= self.top
        )


def through(placed: Placed, window: Window) -> Placed:
    """Give a drawing as it is seen through a window; its size and its places stay."""
    return replace(
        placed,
        boxes=tuple(
            box for box in placed.boxes if window.shows(*_around(box.x, box.y, box.width, box.height))
        ),
        arrows=tuple(arrow for arrow in placed.arrows if window.shows(*_reach(arrow))),
        frames=tuple(
            frame
            for frame in placed.frames
            if window.shows(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
        ),
        headings=tuple(
            (x, y, text)
            for x, y, text in placed.headings
            if window.shows(x, y - TITLE, x + width(text, TITLE, bold=True), y + TITLE / 2)
        ),
    )


def _around(x: float, y: float, wide: float, tall: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _reach(arrow: PlacedArrow) -> tuple[float, float, float, float]:
    """Give the sides within which an arrow lies, with its words."""
    xs = [x for x, _ in (*arrow.points, arrow.tip)]
    ys = [y for _, y in (*arrow.points, arrow.tip)]
    if arrow.lines:
        half = max(width(line, WORDS) for line in arrow.lines) / 2
        xs += [arrow.x - half, arrow.x + half]
        ys += [arrow.y - WORDS, arrow.y + len(arrow.lines) * WORDS_LEADING]
    return min(xs), min(ys), max(xs), max(ys)
