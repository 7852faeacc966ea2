"""What of a drawing can be seen through a window: its boxes, arrows and frames that reach into it, and no others.

So each sheet of a poster holds what lies on it, and the poster is little larger than the drawing.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.letters import width

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r'<g id="[^"]*" class="[^"]*">.*?</g>\n?', re.DOTALL)
_PLACE = re.compile(r'<svg [^>]*?\bx="([-\d.]+)" y="([-\d.]+)"|translate\(([-\d.]+)[ ,]([-\d.]+)\)')
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_TEXT = re.compile(r'<text [^>]*?\bx="([-\d.]+)" y="([-\d.]+)" font-size="([\d.]+)"[^>]*>(.*?)</text>')
_STROKE = 3
"""How far a line may reach beyond its points."""


class Shard(NamedTuple):
    """A piece of an SVG; one without an extent is needed in every window."""

    text: str
    left: float = float("-inf")
    top: float = float("-inf")
    right: float = float("inf")
    bottom: float = float("inf")


def shards(svg: str) -> list[Shard]:
    """Break a drawing into what can be left out, and what holds it together."""
    return list(_shards(svg))


def through(parts: list[Shard], x: float, y: float, wide: float, tall: float) -> str:
    """Give the drawing as it is seen through a window, in the drawing's own measure and of its own size."""
    return "".join(
        part.text
        for part in parts
        if part.left <= x + wide and part.right >= x and part.top <= y + tall and part.bottom >= y
    )


def _shards(svg: str) -> Iterator[Shard]:
    at = 0
    svg_place, moved = (0.0, 0.0), (0.0, 0.0)
    for part in _PART.finditer(svg):
        between = svg[at : part.start()]
        for place in _PLACE.finditer(between):
            if place[1] is not None:
                svg_place = (float(place[1]), float(place[2]))
            else:
                moved = (float(place[3]), float(place[4]))
        yield Shard(between)
        yield _extent(part[0], svg_place[0] + moved[0], svg_place[1] + moved[1])
        at = part.end()
    yield Shard(svg[at:])


def _extent(text: str, dx: float, dy: float) -> Shard:
    xs, ys = [], []
    for point in _POINT.finditer(text):
        xs += [float(point[1]) - _STROKE, float(point[1]) + _STROKE]
        ys += [float(point[2]) - _STROKE, float(point[2]) + _STROKE]
    for words in _TEXT.finditer(text):
        x, y, size = float(words[1]), float(words[2]), float(words[3])
        half = 0.55 * width(unescape(words[4]), size, bold=True)
        xs += [x - half, x + half]
        ys += [y - size, y + size / 2]
    if not xs:
        return Shard(text)
    return Shard(text, min(xs) + dx, min(ys) + dy, max(xs) + dx, max(ys) + dy)
