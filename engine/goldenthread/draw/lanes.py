"""Arrows between two columns, each led along a lane of its own in the space between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.letters import width
from goldenthread.draw.looks import WORDS, WORDS_LEADING
from goldenthread.draw.placed import PlacedArrow
from goldenthread.draw.wording import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from goldenthread.draw.diagram import Arrow
    from goldenthread.draw.placed import Placed, PlacedBox, Point

CLEAR = 6.0
"""Between an arrow and what it passes, and between its line and its words."""
HEAD = 7.0
"""How long the head of an arrow is."""
_HEIGHTS = (0.5, 0.25, 0.75, 0.12, 0.88)
"""Where on the side of a box an arrow may leave it or come to it, tried in turn."""
_LEAST, _ON_LANE = 16.0, 15
"""How wide a lane is at least, and how many letters there are about to a line of its words."""
_ROUND = 8.0
"""How far from a corner an arrow begins to turn."""


class Lane(NamedTuple):
    """An arrow with its words, and where it leaves and comes to."""

    arrow: Arrow
    lines: tuple[str, ...]
    start: Point = (0, 0)
    end: Point = (0, 0)

    @property
    def wide(self) -> float:
        """How much room it takes, with its words."""
        return max([_LEAST, *(width(line, WORDS) + 2 * CLEAR for line in self.lines)])


def lanes_of(arrows: Iterable[Arrow]) -> list[Lane]:
    """Give a lane for each arrow, without its ends; its words in short lines."""
    return [Lane(arrow, tuple(lines(arrow.text, _ON_LANE)) if arrow.text else ()) for arrow in arrows]


def led(whole: Placed, lanes: Sequence[Lane], first: AbstractSet[str], x: float) -> Placed | None:
    """Lead arrows along lanes from `x` on; `first` is what stands to the left of them.

    None where an arrow would run through a box or through words.
    """
    ways = list(_ended(whole, lanes, first))
    return replace(whole, arrows=(*whole.arrows, *_drawn(ways, x))) if len(ways) == len(lanes) else None


def _ended(whole: Placed, lanes: Iterable[Lane], first: AbstractSet[str]) -> Iterator[Lane]:
    """Give the lanes whose ends have a free height at the sides of their boxes that face the lanes."""
    boxes = {box.box.id: box for box in whole.boxes}
    taken: set[Point] = set()
    for lane in lanes:
        ends = []
        for id_ in (lane.arrow.tail, lane.arrow.head):
            box, ahead = boxes[id_], 1 if id_ in first else -1
            x = box.x + ahead * box.width / 2
            free = (
                (x, y)
                for y in (box.y + (share - 0.5) * box.height for share in _HEIGHTS)
                if (x, y) not in taken and _is_free(whole, first, box, y)
            )
            ends += [point for point in (next(free, None),) if point is not None]
        taken.update(ends)
        if len(ends) == 2:
            yield lane._replace(start=ends[0], end=ends[1])


def _is_free(whole: Placed, first: AbstractSet[str], box: PlacedBox, y: float) -> bool:
    """Say whether neither boxes nor words stand between a box and the lanes, at a height."""
    left = box.box.id in first
    ahead = 1 if left else -1
    own = (other for other in whole.boxes if (other.box.id in first) == left and other is not box)
    words = (arrow for arrow in whole.arrows if arrow.lines and (arrow.arrow.tail in first) == left)
    return not any(
        (other.x - box.x) * ahead > 0 and abs(other.y - y) < other.height / 2 + CLEAR for other in own
    ) and not any(
        (arrow.x - box.x) * ahead > 0 and -WORDS <= y - arrow.y <= len(arrow.lines) * WORDS_LEADING
        for arrow in words
    )


def _drawn(ways: Sequence[Lane], x: float) -> Iterator[PlacedArrow]:
    """Draw each along its lane, with its words to the right of it where no other passes."""
    for way in ways:
        (x0, y0), (x1, y1) = way.start, way.end
        # What turns back on the side that it came from goes out and in again.
        into = HEAD if x1 < x else -HEAD
        corners = [(x0, y0), (x, y0), (x, y1), (x1 + into, y1)]
        others = [y for other in ways if other is not way for y in (other.start[1], other.end[1])]
        y = _between(y0, y1, len(way.lines) * WORDS_LEADING, others)
        middle = x + CLEAR + max((width(line, WORDS) for line in way.lines), default=0) / 2
        yield PlacedArrow(way.arrow, turned(corners), way.end, middle, y, way.lines)
        x += way.wide


def _between(start: float, end: float, tall: float, others: Sequence[float]) -> float:
    """Give where the first line of words stands: near the middle of a line, where nothing else passes."""
    low, high = sorted((start, end))
    places = [low + share * (high - low) for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)]
    clear = (y for y in places if all(abs(other - y) > tall / 2 + CLEAR for other in others))
    return next(clear, places[0]) - tall / 2 + WORDS_LEADING / 2


def turned(corners: Sequence[Point]) -> tuple[Point, ...]:
    """Give the curve along a line whose corners are turned in a short bow."""
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_ROUND, *(_far(corner, other) / 2 for other in (before, after)))
        into, out = _towards(corner, before, radius), _towards(corner, after, radius)
        points += [points[-1], into, into, corner, corner, out]
    return (*points, points[-1], corners[-1], corners[-1])


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: Point, b: Point, by: float) -> Point:
    far = _far(a, b) or 1.0
    return a[0] + (b[0] - a[0]) / far * by, a[1] + (b[1] - a[1]) / far * by
