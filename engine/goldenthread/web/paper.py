"""A document as a page shows it: sections of paragraphs and lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.export.document import Item, Para

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.export.document import Block, Document


@dataclass(slots=True)
class Part:
    """A paragraph (`p`), a small heading (`h`), or a list (`ul`, `ol`) with its points."""

    kind: str
    text: str = ""
    points: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A section: its name, by which it can be copied, its heading, its parts."""

    name: str
    heading: str
    parts: list[Part]


def parts(blocks: Iterable[Block]) -> list[Part]:
    """Give blocks with the points of one list together."""
    made: list[Part] = []
    for block in blocks:
        if isinstance(block, Item):
            kind = "ol" if block.number else "ul"
            if not made or made[-1].kind != kind:
                made.append(Part(kind))
            made[-1].points.append(block)
        else:
            made.append(Part("p" if isinstance(block, Para) else "h", block.text))
    return made


def pieces(document: Document) -> list[Piece]:
    """Give the sections of a document."""
    return [Piece(section.name, section.heading, parts(section.blocks)) for section in document.sections]
