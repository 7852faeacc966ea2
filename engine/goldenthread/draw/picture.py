"""A diagram as one SVG picture, in UTF-8; several flowcharts are laid out apart and set in columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import split
from goldenthread.draw.embedded import style
from goldenthread.draw.ladder import ladder
from goldenthread.draw.legend import place_legend
from goldenthread.draw.letters import width, wrapped
from goldenthread.draw.looks import FOOT, LINE, TITLE
from goldenthread.draw.outline import outline_text
from goldenthread.draw.place import MARGIN, place
from goldenthread.draw.placed import shifted, together
from goldenthread.draw.svg import ground, grouped, moved, opening, parts, text_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.draw.diagram import Diagram
    from goldenthread.draw.placed import Placed, Point

_GAP = 28.0
_WIDE = 1.5
"""How much wider than tall the whole is to be."""
_NARROWEST = 300.0
_TITLE_LEADING, _FOOT_LEADING = 20.0, 14.0


def placed(diagram: Diagram) -> Placed:
    """Lay out a diagram: in one piece, or its flowcharts apart, each below its title."""
    apart = split(diagram)
    if len(apart) == 1:
        beside = any(group.column for group in diagram.groups)
        return (ladder(diagram) if beside else None) or place(diagram)
    done = [_titled(place(part)) for part in apart]
    return together(diagram.title, done, places([(part.width, part.height) for part in done]))


def _titled(part: Placed) -> Placed:
    """Set the title of a part above it."""
    lower = shifted(part, 0, _TITLE_LEADING + MARGIN)
    wide = max(part.width, width(part.title, TITLE, bold=True) + 2 * MARGIN)
    return replace(
        lower,
        width=wide,
        height=part.height + _TITLE_LEADING + MARGIN,
        headings=((MARGIN, MARGIN + TITLE, part.title),),
    )


def to_picture(diagram: Diagram, *, titled: bool = True) -> bytes:
    """Draw a diagram as SVG; `titled`, a file of its own: title above, legend and footer below, fonts in it."""
    drawing = placed(diagram)
    return _sheet(drawing, diagram) if titled else svg_of(drawing, diagram)


def svg_of(drawing: Placed, diagram: Diagram) -> bytes:
    """Write a drawing that is laid out as SVG, without anything around it."""
    return _svg(drawing.width, drawing.height, diagram, parts(drawing))


def _sheet(drawing: Placed, diagram: Diagram) -> bytes:
    wide = max(drawing.width, _NARROWEST)
    heads = wrapped(diagram.title, wide - 2 * MARGIN, TITLE, bold=True)
    top = len(heads) * _TITLE_LEADING + MARGIN
    key = place_legend(diagram, wide - 2 * MARGIN)
    wide = max(wide, key.width + 2 * MARGIN)
    foot = wrapped(diagram.footer, wide - 2 * MARGIN, FOOT) if diagram.footer else []
    under = top + drawing.height + MARGIN
    low = under + key.height + MARGIN
    start = ' text-anchor="start"'
    look = f' font-size="{TITLE:g}" font-weight="bold"{start}'
    out = [text_at(MARGIN, MARGIN + TITLE + n * _TITLE_LEADING, line, look) for n, line in enumerate(heads)]
    out += moved((wide - drawing.width) / 2, top, parts(drawing))
    out += moved(MARGIN, under, parts(key))
    look = f' font-size="{FOOT:g}" fill="{LINE}"{start}'
    out += [text_at(MARGIN, low + FOOT + n * _FOOT_LEADING, line, look) for n, line in enumerate(foot)]
    return _svg(wide, low + len(foot) * _FOOT_LEADING + MARGIN, diagram, out, style(out))


def _svg(wide: float, tall: float, diagram: Diagram, inner: Iterable[str], fonts: str = "") -> bytes:
    head = opening(wide, tall, diagram.title, outline_text(diagram))
    return f"{head}{fonts}{ground(wide, tall)}\n{grouped(inner)}".encode()


def places(sizes: Sequence[Point]) -> list[Point]:
    """Give the upper left corners: one below the other in the order given, then on in the next column."""
    area = sum((wide + _GAP) * (tall + _GAP) for wide, tall in sizes)
    deep = max((area / _WIDE) ** 0.5, *(tall + _GAP for _, tall in sizes))
    found = []
    x = y = column = 0.0
    for wide, tall in sizes:
        if y and y + tall > deep:
            x, y, column = x + column + _GAP, 0.0, 0.0
        found.append((x, y))
        y += tall + _GAP
        column = max(column, wide)
    return found
