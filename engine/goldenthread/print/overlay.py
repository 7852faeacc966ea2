"""Lines of a drawing lifted out of it, to be set over it as words that can be pressed and know their page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.looks import TEXT, look
from goldenthread.draw.svg import baselines
from goldenthread.print.content import Line, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.placed import Placed, PlacedBox

    Lifted = tuple[str, str, Run]
    """The box and the line, as laid out, and what is set instead."""


def lift(placed: Placed, lifted: Iterable[Lifted]) -> tuple[Placed, tuple[Line, ...]]:
    """Take lines out of a drawing; give the rest, and the lines with their places.

    Lines of a box that read the same are taken in their order.
    """
    waiting: dict[str, dict[str, list[Run]]] = {}
    for id_, line, run in lifted:
        waiting.setdefault(id_, {}).setdefault(line, []).append(run)
    found: list[Line] = []
    boxes = tuple(
        _bare(box, waiting[box.box.id], found) if box.box.id in waiting else box for box in placed.boxes
    )
    return replace(placed, boxes=boxes), tuple(found)


def _bare(box: PlacedBox, waiting: dict[str, list[Run]], found: list[Line]) -> PlacedBox:
    """Empty the lines of a box that are set over it."""
    ink = look(box.box.kind, box.box.state, strong=box.box.strong).ink
    lines = []
    for line, y in zip(box.lines, baselines(box), strict=True):
        if waiting.get(line):
            found.append(Line(box.x, y, TEXT, (waiting[line].pop(0),), ink))
            lines.append("")
        else:
            lines.append(line)
    return box._replace(lines=tuple(lines))
