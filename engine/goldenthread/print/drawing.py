"""A diagram as a picture to be printed, with its outline in words beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.draw.looks import TEXT, WORDS
from goldenthread.draw.outline import outline, outline_text
from goldenthread.draw.picture import placed, svg_of
from goldenthread.print.content import Heading, Para, Points
from goldenthread.print.lettering import lettered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.diagram import Diagram
    from goldenthread.draw.placed import Placed
    from goldenthread.print.content import Block

SMALLEST = min(TEXT, WORDS)
"""The smallest type in a drawing at its own size."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram laid out."""

    diagram: Diagram
    placed: Placed

    @property
    def width(self) -> float:
        """Its width, in points."""
        return self.placed.width

    @property
    def height(self) -> float:
        """Its height, in points."""
        return self.placed.height

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        return outline_text(self.diagram)

    def svg(self, placed: Placed | None = None) -> str:
        """Write it, or what is given of it, as SVG of its size; without the words that `alt` says."""
        titled = replace(self.diagram, boxes=(), arrows=(), groups=())
        return svg_of(placed or self.placed, titled).decode()


def drawn(diagram: Diagram) -> Drawing:
    """Lay a diagram out, without its title. Raises LayoutError."""
    diagram = lettered(diagram)
    return Drawing(diagram, placed(diagram))


def in_blocks(diagram: Diagram, level: int = 2) -> Iterator[Block]:
    """Tell a diagram in words: each step, and under it the ways on."""
    for section in outline(lettered(diagram)):
        if section.title:
            yield Heading(section.title, level, listed=False)
        for step in section.steps:
            yield Para(step.text)
            if step.ways:
                yield Points(step.ways)
