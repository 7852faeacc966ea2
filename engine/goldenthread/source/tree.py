"""A YAML file as plain dicts, lists and scalars, with the place of every key and value beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goldenthread.diagnostics import Span

Mark = Any
"""One of the parser's: it has a `line` and a `column`, from 0."""
Marks = tuple[Mark, Mark, Mark, Mark]
_HOLDERS = (dict, list)


@dataclass(slots=True)
class Tree:
    """The data of one file. Places are kept by the identity of the container, so the data stays plain.

    `marks[id(container)][key]` is where the key begins and ends and where its value does, as the parser
    gives it: few places are ever asked for. A list's items have their index for key.
    `raw` holds a scalar as written where its value would print otherwise: `3.10`, `007`, `~`.
    """

    file: str
    data: Any = None
    marks: dict[int, dict[Any, Marks]] = field(default_factory=dict)
    raw: dict[tuple[int, Any], str] = field(default_factory=dict)
    quoted: set[tuple[int, Any]] = field(default_factory=set)

    def key(self, container: Any, key: Any) -> Span:
        """Give the place of a key (of an item, where the container is a list)."""
        start, end, _, _ = self.marks[id(container)][key]
        return self._span(start, end)

    def value(self, container: Any, key: Any) -> Span:
        """Give the place of the value under a key: of a map or list, where it begins."""
        _, _, start, end = self.marks[id(container)][key]
        return self._span(start, start if isinstance(container[key], _HOLDERS) else end)

    def _span(self, start: Mark, end: Mark) -> Span:
        """Give a place; what runs over several lines is shown by its first character."""
        line, column = start.line, start.column
        stop = end.column if end.line == line else 0
        return Span(self.file, line + 1, column + 1, max(stop, column + 1) + 1)

    def text(self, container: Any, key: Any) -> Span | None:
        """Give the place of a text whose characters stand one for one on a single line, else None."""
        _, _, start, end = self.marks[id(container)][key]
        line, column, stop = start.line, start.column, end.column
        shift = 1 if (id(container), key) in self.quoted else 0
        if end.line != line or stop - column != len(container[key]) + 2 * shift:
            return None
        return Span(self.file, line + 1, column + 1 + shift, stop + 1 - shift)

    def path(self, steps: list[str | int], *, on_key: bool = False) -> Span:
        """Give the place at the end of a path from the root; as near as the file reaches."""
        span, data = Span(self.file, 1, 1, 2), self.data
        for n, step in enumerate(steps):
            places = self.marks.get(id(data), {})
            if step not in places:
                break
            last = n == len(steps) - 1
            span = self.key(data, step) if last and on_key else self.value(data, step)
            data = data[step]
        return span
