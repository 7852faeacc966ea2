"""A diagram laid out by Graphviz, which is told how large each box is and gives back where it stands."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from math import ceil, hypot
from typing import TYPE_CHECKING, Any

from goldenthread.draw.diagram import NEW_ROUND
from goldenthread.draw.layout import laid_out
from goldenthread.draw.letters import width
from goldenthread.draw.looks import FRAME, WORDS, WORDS_LEADING
from goldenthread.draw.placed import Placed, PlacedArrow, PlacedBox, PlacedFrame, shifted
from goldenthread.draw.sizes import sized
from goldenthread.draw.statements import Writer
from goldenthread.draw.wording import arrow_lines, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Group
    from goldenthread.draw.placed import Point
    from goldenthread.draw.sizes import Sized

_LETTER = 6.0
"""How wide a letter of the type is that stands for words in the layout: each has the same."""
_FRAME_LETTER = 7.8
_BESIDE = 3.0
"""Between an arrow and its words."""
_POINTS_AN_INCH = 72
_remembered = lru_cache(maxsize=256)(laid_out)
"""A flowchart, or a part of one, is laid out once for all pages that show it, whatever is marked in it."""
_IN_A_FRAME = 60
_HEAD = 7.0
"""How long the head of an arrow is."""
MARGIN = 12.0
"""Around the whole."""


def place(diagram: Diagram) -> Placed:
    """Lay a diagram out. Raises LayoutError where Graphviz cannot."""
    writer = _Sizes(diagram)
    if diagram.groups:
        return _read(diagram, writer, json.loads(_remembered(writer.text(), "json0")))
    return _read_plain(diagram, writer, _remembered(writer.text(), "plain").decode())


class _Sizes(Writer):
    """Writes a diagram as DOT in which boxes have sizes and no words."""

    def __init__(self, diagram: Diagram) -> None:
        super().__init__(diagram)
        self.sizes: list[Sized] = [sized(box) for box in diagram.boxes]
        self.words: list[list[str]] = [arrow_lines(arrow) for arrow in diagram.arrows]
        self.titles = [lines(group.title, _IN_A_FRAME) for group in diagram.groups]
        self.at = {box.id: str(n) for n, box in enumerate(diagram.boxes)}
        self.across = diagram.direction == "LR"
        self.mark = "id" if diagram.groups else "color"
        """What carries the place of an arrow through the layout: the plain form has no other room for it."""

    def name(self, id_: str) -> str:
        return self.at[id_]

    def head(self) -> str:
        return (
            '\tnode [shape=box label="" fixedsize=true]\n'
            "\tedge [fontname=Courier fontsize=10 arrowsize=0.7]\n"
        )

    def node(self, n: int, box: Box) -> str:
        size = self.sizes[n]
        shape = " shape=diamond" if box.kind == "decide" else ""
        wide, tall = size.width / _POINTS_AN_INCH, size.height / _POINTS_AN_INCH
        return f"\t{n} [width={wide:.4f} height={tall:.4f}{shape}]\n"

    def edge(self, n: int, arrow: Arrow, look: str) -> str:
        found = self.words[n]
        label = ""
        if found:
            wide = max(width(line, WORDS) for line in found) + 2 * _BESIDE
            # Across the page the words stand on their arrow: an empty line keeps them off it.
            more = len(found) - 1 + self.across
            stand_in = "x" * ceil(wide / _LETTER) + "\\n " * more
            label = f'label="{stand_in}" '
        tail, head = self.at[arrow.tail], self.at[arrow.head]
        if arrow.dashed and NEW_ROUND in arrow.text:
            # A new round goes back: nothing is to stand below it for that.
            return f"\t{head} -> {tail} [{label}{self.mark}={n} dir=back{look}]\n"
        return f"\t{tail} -> {head} [{label}{self.mark}={n}{look}]\n"

    def frame(self, n: int, group: Group) -> str:  # noqa: ARG002 -- a file for others writes its title
        found = self.titles[n]
        wide = max(width(line, FRAME, bold=True) for line in found)
        label = "x" * ceil(wide / _FRAME_LETTER) + "\\n " * (len(found) - 1)
        return f'\tlabel="{label}" fontname=Courier fontsize=13 margin=9\n'


def _read(diagram: Diagram, writer: _Sizes, laid: Mapping[str, Any]) -> Placed:
    _, _, wide, tall = map(float, laid["bb"].split(","))
    tall += MARGIN
    boxes: dict[int, PlacedBox] = {}
    frames: dict[int, PlacedFrame] = {}
    for found in laid.get("objects", ()):
        name = found["name"]
        if "pos" in found:
            n = int(name)
            x, y = map(float, found["pos"].split(","))
            boxes[n] = PlacedBox(diagram.boxes[n], x + MARGIN, tall - y, *writer.sizes[n])
        elif name.startswith("cluster_g"):
            n = int(name.removeprefix("cluster_g"))
            left, low, right, high = map(float, found["bb"].split(","))
            id_, title = diagram.groups[n].id, tuple(writer.titles[n])
            frames[n] = PlacedFrame(id_, left + MARGIN, tall - high, right - left, high - low, title)
    arrows = [
        _arrow(diagram.arrows, writer.words, found, tall, across=writer.across)
        for found in laid.get("edges", ())
    ]
    arrows.sort(key=lambda pair: pair[0])
    return _whole(
        Placed(
            diagram.title,
            wide + 2 * MARGIN,
            tall + MARGIN,
            tuple(boxes[n] for n in range(len(diagram.boxes))),
            tuple(arrow for _, arrow in arrows),
            tuple(frames[n] for n in sorted(frames)),
        )
    )


def _read_plain(diagram: Diagram, writer: _Sizes, laid: str) -> Placed:
    """Read the plain form of a layout, which knows no frames, in inches: it takes far less time than the other form."""
    first, *rest = laid.splitlines()
    _, _, wide, tall = first.split(" ")
    high = float(tall) * _POINTS_AN_INCH + MARGIN
    boxes: dict[int, PlacedBox] = {}
    arrows: dict[int, PlacedArrow] = {}
    for line in rest:
        kind, *found = line.split(" ")
        if kind == "node":
            n = int(found[0])
            x, y = float(found[1]) * _POINTS_AN_INCH + MARGIN, high - float(found[2]) * _POINTS_AN_INCH
            boxes[n] = PlacedBox(diagram.boxes[n], x, y, *writer.sizes[n])
        elif kind == "edge":
            n = int(found[-1])
            arrows[n] = _plain_arrow(diagram.arrows[n], writer, n, found, high)
    return _whole(
        Placed(
            diagram.title,
            float(wide) * _POINTS_AN_INCH + 2 * MARGIN,
            high + MARGIN,
            tuple(boxes[n] for n in range(len(diagram.boxes))),
            tuple(arrows[n] for n in range(len(diagram.arrows))),
        )
    )


def _plain_arrow(arrow: Arrow, writer: _Sizes, n: int, found: Sequence[str], high: float) -> PlacedArrow:
    """Read an arrow: how many points, the points, its words and where they stand, its style, and its place."""
    end = 3 + 2 * int(found[2])
    xs = [float(x) * _POINTS_AN_INCH + MARGIN for x in found[3:end:2]]
    ys = [high - float(y) * _POINTS_AN_INCH for y in found[4:end:2]]
    if arrow.dashed and NEW_ROUND in arrow.text:
        # It was written the other way round.
        xs.reverse()
        ys.reverse()
    points = tuple(zip(xs, ys, strict=True))
    lines = tuple(writer.words[n])
    if not lines:
        return PlacedArrow(arrow, points, _tip(points), 0.0, 0.0, lines)
    x, y = (float(each) * _POINTS_AN_INCH for each in found[-4:-2])
    y = high - y - (len(lines) - 1 + writer.across) / 2 * WORDS_LEADING
    return PlacedArrow(arrow, points, _tip(points), x + MARGIN, y, lines)


def _tip(points: Sequence[Point]) -> Point:
    """Give the tip of an arrow: its head goes on from its line."""
    x, y = points[-1]
    a, b = next((point for point in reversed(points) if point != points[-1]), (x, y - 1))
    far = hypot(x - a, y - b)
    return x + (x - a) / far * _HEAD, y + (y - b) / far * _HEAD


def _whole(placed: Placed) -> Placed:
    """Make room for arrows that Graphviz leads around the edge of what it says is the drawing."""
    points = [point for arrow in placed.arrows for point in arrow.points]
    if not points:
        return placed
    xs, ys = zip(*points, strict=True)
    left, top = max(0.0, MARGIN / 2 - min(xs)), max(0.0, MARGIN / 2 - min(ys))
    right = max(0.0, max(xs) + MARGIN / 2 - placed.width)
    low = max(0.0, max(ys) + MARGIN / 2 - placed.height)
    if not left + top + right + low:
        return placed
    larger = shifted(placed, left, top) if left or top else placed
    return replace(larger, width=placed.width + left + right, height=placed.height + top + low)


def _arrow(
    arrows: Sequence[Arrow],
    words: Sequence[list[str]],
    found: Mapping[str, str],
    tall: float,
    *,
    across: bool,
) -> tuple[int, PlacedArrow]:
    n = int(found["id"])
    first, *rest = found["pos"].split(" ")
    tip = _point(first[2:], tall)
    if first[0] == "s":
        # It was written the other way round.
        rest.reverse()
    points = tuple([(float(x) + MARGIN, tall - float(y)) for x, y in [at.split(",") for at in rest]])
    lines = tuple(words[n])
    x = y = 0.0
    if lines:
        x, y = _point(found["lp"], tall)
        y -= (len(lines) - 1 + across) / 2 * WORDS_LEADING
    return n, PlacedArrow(arrows[n], points, tip, x, y, lines)


def _point(text: str, tall: float) -> Point:
    x, _, y = text.partition(",")
    return float(x) + MARGIN, tall - float(y)
