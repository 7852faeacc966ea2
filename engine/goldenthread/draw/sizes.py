"""How large each box is: as large as its words, in its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.letters import width
from goldenthread.draw.looks import TEXT, TEXT_LEADING
from goldenthread.draw.wording import box_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.draw.diagram import Box, Kind

RIM = 4.0
"""Between the two lines of a double box."""
SCALE = 7.0
"""The height of the marks along the foot of a measure."""
_LEAST = 20.0
_PADS: Mapping[Kind, tuple[float, float]] = {
    "start": (9, 4),
    "measure": (10, 6 + SCALE / 2),
    "tell": (12, 7),
    "visit": (10 + RIM, 6 + RIM),
    "modality": (10 + RIM, 6 + RIM),
    "alert": (13, 9),
    "factor": (20, 7),
    "goal": (14, 7),
    "more": (12, 5),
}
_STEEP = (1.3, 1.45, 1.6, 1.8, 2.0, 2.3)
_ROOM = 5.0
"""Between the words in a diamond and its sides."""


class Sized(NamedTuple):
    """The size of a box, and its lines, the first of them bold."""

    width: float
    height: float
    lines: tuple[str, ...]
    bold: int


def sized(box: Box) -> Sized:
    """Give how large a box is."""
    lines, bold = box_lines(box)
    wide = [width(line, TEXT, bold=n < bold) for n, line in enumerate(lines)]
    tall = TEXT_LEADING * len(lines)
    if box.kind == "decide":
        return Sized(*_diamond(wide, tall), tuple(lines), bold)
    across, down = _PADS.get(box.kind, (10, 6))
    return Sized(max([_LEAST, *wide]) + 2 * across, max(tall, TEXT_LEADING) + 2 * down, tuple(lines), bold)


def _diamond(wide: Sequence[float], tall: float) -> tuple[float, float]:
    """Give the smallest diamond with all lines within its sides."""
    half = tall / 2
    ends = [max(abs(n * TEXT_LEADING - half), abs((n + 1) * TEXT_LEADING - half)) for n in range(len(wide))]
    found = []
    for steep in _STEEP:
        height = max(steep * tall, 2 * TEXT_LEADING)
        across = max(
            ((line + 2 * _ROOM) / (1 - 2 * end / height) for line, end in zip(wide, ends, strict=True)),
            default=2 * _LEAST,
        )
        found.append((across * height, across, height))
    _, across, height = min(found)
    return across, height
