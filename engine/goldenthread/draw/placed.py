"""A drawing with everything at its place, in points from the upper left corner; y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.diagram import Arrow, Box

Point = tuple[float, float]


class PlacedBox(NamedTuple):
    """A box: its middle, its size, and the lines in it, the first of them bold."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    bold: int


class PlacedArrow(NamedTuple):
    """An arrow: the points of its curve (the first, then three for each stretch), its tip, and its words."""

    arrow: Arrow
    points: tuple[Point, ...]
    tip: Point
    x: float
    """The middle of the words, and of the first line of them."""
    y: float
    lines: tuple[str, ...]


class PlacedFrame(NamedTuple):
    """A frame with its title in an upper corner."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    right: bool = False
    """Whether its title stands in its right corner."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A diagram laid out."""

    title: str
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    arrows: tuple[PlacedArrow, ...] = ()
    frames: tuple[PlacedFrame, ...] = ()
    headings: tuple[tuple[float, float, str], ...] = ()
    """Titles of the parts of a drawing that is put together: their left ends, and their baselines."""


def shifted(placed: Placed, right: float, down: float) -> Placed:
    """Move all of a drawing; its size stays, so that what it is set into is to be as large as it takes."""

    def at(point: Point) -> Point:
        return point[0] + right, point[1] + down

    return replace(
        placed,
        boxes=tuple(box._replace(x=box.x + right, y=box.y + down) for box in placed.boxes),
        arrows=tuple(
            arrow._replace(
                points=tuple(map(at, arrow.points)), tip=at(arrow.tip), x=arrow.x + right, y=arrow.y + down
            )
            for arrow in placed.arrows
        ),
        frames=tuple(frame._replace(x=frame.x + right, y=frame.y + down) for frame in placed.frames),
        headings=tuple((x + right, y + down, text) for x, y, text in placed.headings),
    )


def together(title: str, parts: Sequence[Placed], places: Sequence[Point]) -> Placed:
    """Set several drawings into one, each at its place."""
    moved = [shifted(part, x, y) for part, (x, y) in zip(parts, places, strict=True)]
    return Placed(
        title,
        max((x + part.width for part, (x, _) in zip(parts, places, strict=True)), default=0),
        max((y + part.height for part, (_, y) in zip(parts, places, strict=True)), default=0),
        tuple(box for part in moved for box in part.boxes),
        tuple(arrow for part in moved for arrow in part.arrows),
        tuple(frame for part in moved for frame in part.frames),
        tuple(heading for part in moved for heading in part.headings),
    )
