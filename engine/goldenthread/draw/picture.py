"""A diagram as one SVG picture, in UTF-8; several flowcharts are laid out apart and set in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.diagram import split
from goldenthread.draw.dot import to_dot
from goldenthread.draw.layout import laid_out
from goldenthread.draw.svg import finished, size, together

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Diagram

_GAP = 28
_WIDE = 1.5
"""How much wider than tall the whole is to be."""


def to_picture(diagram: Diagram, *, titled: bool = True) -> bytes:
    """Draw a diagram, without its title where the page around it has one."""
    parts = split(diagram)
    if len(parts) == 1:
        return finished(laid_out(to_dot(diagram, titled=titled)), diagram.title)
    pictures = [finished(laid_out(to_dot(part)), part.title) for part in parts]
    sizes = [size(picture) for picture in pictures]
    return together(pictures, places(sizes), diagram.title if titled else "", diagram.title)


def places(sizes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Give the upper left corners: one below the other in the order given, then on in the next column."""
    area = sum((wide + _GAP) * (tall + _GAP) for wide, tall in sizes)
    deep = max((area / _WIDE) ** 0.5, *(tall + _GAP for _, tall in sizes))
    places = []
    x = y = column = 0.0
    for wide, tall in sizes:
        if y and y + tall > deep:
            x, y, column = x + column + _GAP, 0.0, 0.0
        places.append((x, y))
        y += tall + _GAP
        column = max(column, wide)
    return places
