"""Places within what was loaded: found by reading a file again, and so only once something in it is wrong.

The model keeps where an entry, a flowchart or a node begins. To keep a place for each of its values as well
would slow every load for the sake of the few places that a report names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Span
from goldenthread.source.text import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.source.tree import Tree

Step = str | int
"""A key, an index, or, in a list, the item itself."""


class Places:
    """Finds what stands below a known place, in the texts of a report."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._files: dict[str, tuple[Tree | None, dict[tuple[int, int], Any]]] = {}

    def find(self, things: Iterable[Span], *steps: Step, on_key: bool = False, part: str = "") -> Span | None:
        """Give the place at the end of a path, from the first of the things that reaches it, or None.

        Each thing is where a map was named: the key of a node or an entry, the id of a flowchart. With
        `on_key`, the place is that of the last key and not of its value; with `part`, that of some words in
        the value.
        """
        for thing in things:
            tree, named = self._file(thing.file)
            if tree is None:
                continue
            held = named.get((thing.line, thing.column))
            span = _follow(tree, held, steps, on_key=on_key)
            if span is not None:
                return self._part(span, part) if part else span
        return None

    def _part(self, span: Span, part: str) -> Span:
        lines = self._texts[span.file].splitlines()
        for n, line in enumerate(lines[span.line - 1 :]):
            start = line.find(part, 0 if n else span.column - 1)
            if start >= 0:
                return Span(span.file, span.line + n, start + 1, start + len(part) + 1)
        return span

    def _file(self, file: str) -> tuple[Tree | None, dict[tuple[int, int], Any]]:
        if file not in self._files:
            text = self._texts.get(file)
            tree = parse(text, file)[0] if text is not None else None
            self._files[file] = (tree, _named(tree) if tree else {})
        return self._files[file]


def _named(tree: Tree) -> dict[tuple[int, int], Any]:
    """Give every map by the line and column at which it is named."""
    first = next(iter(tree.data))
    at = tree.value(tree.data, first)
    named = {(at.line, at.column): tree.data}
    waiting = [tree.data]
    while waiting:
        holder = waiting.pop()
        for key, held in holder.items():
            if isinstance(held, dict):
                at = tree.key(holder, key)
                named[at.line, at.column] = held
                waiting.append(held)
    return named


def _follow(tree: Tree, held: Any, steps: tuple[Step, ...], *, on_key: bool) -> Span | None:
    span = None
    for n, step in enumerate(steps):
        places = tree.marks.get(id(held), {})
        key: Any = held.index(step) if isinstance(held, list) and step in held else step
        if key not in places:
            return None
        at_key = on_key and n == len(steps) - 1
        span = tree.key(held, key) if at_key else tree.value(held, key)
        held = held[key]
    return span
