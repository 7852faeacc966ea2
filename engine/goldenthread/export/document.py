"""A document before it has a format: sections of paragraphs, points and small headings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Sub:
    """A small heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, with what hangs under it; numbered where `number` is above 0."""

    text: str
    under: tuple[str, ...] = ()
    number: int = 0


Block = Para | Sub | Item
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part that can be pasted by itself. `name` is its key, `heading` what stands over it."""

    name: str
    heading: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what has to be read first, the sections that hold something, and the last lines."""

    title: str
    lead: Blocks
    sections: tuple[Section, ...]
    foot: Blocks = ()


def points(lines: tuple[str, ...] | list[str]) -> list[Item]:
    """Give lines as the points of a list."""
    return [Item(line) for line in lines if line]
