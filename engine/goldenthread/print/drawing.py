"""A diagram as a picture to be printed, with its outline in words beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.outline import outline, outline_text
from goldenthread.draw.picture import to_picture
from goldenthread.draw.setting import in_words
from goldenthread.draw.svg import size
from goldenthread.print.content import Heading, Para, Points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.diagram import Diagram
    from goldenthread.print.content import Block

SMALLEST = 10
"""The smallest type in a drawing at its own size."""


class Drawing(NamedTuple):
    """A diagram laid out."""

    svg: str
    width: float
    height: float
    alt: str


def worded(diagram: Diagram) -> Diagram:
    """Give a diagram in letters that the fonts here have, so that it is laid out as it will be set."""
    return replace(
        diagram,
        title=in_words(diagram.title),
        boxes=tuple(
            box._replace(heading=in_words(box.heading), text=tuple(map(in_words, box.text)))
            for box in diagram.boxes
        ),
        arrows=tuple(arrow._replace(text=in_words(arrow.text)) for arrow in diagram.arrows),
        groups=tuple(replace(group, title=in_words(group.title)) for group in diagram.groups),
    )


def drawn(diagram: Diagram) -> Drawing:
    """Lay a diagram out, without its title. Raises LayoutError."""
    diagram = worded(diagram)
    svg = to_picture(diagram, titled=False)
    return Drawing(svg.decode(), *size(svg), outline_text(diagram))


def in_blocks(diagram: Diagram, level: int = 2) -> Iterator[Block]:
    """Tell a diagram in words: each step, and under it the ways on."""
    for section in outline(worded(diagram)):
        if section.title:
            yield Heading(section.title, level, listed=False)
        for step in section.steps:
            yield Para(step.text)
            if step.ways:
                yield Points(step.ways)
