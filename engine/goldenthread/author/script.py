"""A file as it is written: its keys, values and comments, without the layout.

YAML libraries hang a comment on the end of what stands before it, so that it stays behind when keys change their
order. Here each comment belongs to what it speaks of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.source import Tree


class Comment(NamedTuple):
    """A comment with its `#`; `spaced` where a blank line stands before it."""

    text: str
    spaced: bool = False


@dataclass(slots=True)
class Scalar:
    """A value that is no map and no list; `spelt` is how a number or a word such as `true` was written."""

    value: Any
    spelt: str = ""


@dataclass(slots=True)
class Block:
    """A map or a list. `below` holds the comments after its last item."""

    is_map: bool
    flow: bool
    start: int
    column: int
    end: int = 0
    items: list[Item] = field(default_factory=list)
    below: list[Comment] = field(default_factory=list)

    def get(self, key: str) -> Item | None:
        """Give the item under a key of a map."""
        return next((item for item in self.items if item.key == key), None)


@dataclass(slots=True)
class Item:
    """A key with its value, or an item of a list, whose key is None."""

    key: str | None
    value: Scalar | Block
    start: int = 0
    value_start: int = 0
    end: int = 0
    above: list[Comment] = field(default_factory=list)
    beside: str = ""
    spaced: bool = False

    @property
    def spaced_off(self) -> bool:
        """Whether a blank line parts it, with its comments, from what stands before."""
        return self.above[0].spaced if self.above else self.spaced


_CLOSES = re.compile(r"(?:[\s,]|#[^\n]*)*[\]}]")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\n]*)?")


class Script:
    """Reads what the tree and the text of a file hold. Line ends have to be plain line feeds."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.text = text
        self._tree = tree
        self.scalars: list[tuple[int, int]] = []
        """Where keys and scalars begin and end, in order: what lies between them is layout and comments."""
        first = next(iter(tree.marks[id(tree.data)].values()))[0].index
        in_brackets = text.rfind("{", 0, first) if _opens_with_bracket(text, first) else -1
        self.root = self._block(tree.data, in_brackets if in_brackets >= 0 else first)

    def spaced(self, place: int) -> bool:
        """Say whether a blank line stands before the line of a place."""
        line = self.text.rfind("\n", 0, place) + 1
        before = self.text.rfind("\n", 0, max(line - 1, 0)) + 1
        return line > 0 and not self.text[before:line].strip()

    def column(self, place: int) -> int:
        """Give the column of a place, from 0."""
        return place - (self.text.rfind("\n", 0, place) + 1)

    def _block(self, data: Any, start: int) -> Block:
        flow = self.text[start] in "[{"
        block = Block(isinstance(data, dict), flow, start, self.column(start), start + 1)
        for key, (begins, ends, value, stop) in self._tree.marks[id(data)].items():
            item = Item(key if block.is_map else None, Scalar(None), begins.index, value.index)
            item.spaced = self.spaced(begins.index)
            if block.is_map:
                self.scalars.append((begins.index, ends.index))
            held = data[key]
            if isinstance(held, dict | list):
                item.value = self._block(held, value.index)
                item.end = item.value.end
            else:
                self._scalar(item, held, stop.index)
            block.items.append(item)
            block.end = item.end
        if flow:
            closes = _CLOSES.match(self.text, block.end)
            block.end = closes.end() if closes else block.end
        return block

    def _scalar(self, item: Item, held: Any, stop: int) -> None:
        start = item.value_start
        written = self.text[start:stop].rstrip()
        item.value = Scalar(held, "" if isinstance(held, str) else written)
        item.end = start + len(written)
        self.scalars.append((start, item.end))
        header = _HEADER.match(written)
        if header and header[1]:
            item.beside = header[1].rstrip()


def _opens_with_bracket(text: str, first: int) -> bool:
    """Say whether a document is one map in brackets, whose own place no key tells."""
    lines = text[:first].split("\n")
    return any(line.lstrip().startswith("{") or line.startswith("--- {") for line in lines)


def items(block: Block, chain: tuple[Block, ...] = ()) -> Iterator[tuple[Item, tuple[Block, ...]]]:
    """Give every item in the order of the text, each with the maps and lists around it, the outermost first."""
    chain = (*chain, block)
    for item in block.items:
        yield item, chain
        if isinstance(item.value, Block):
            yield from items(item.value, chain)
