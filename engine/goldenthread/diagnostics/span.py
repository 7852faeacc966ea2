"""A place in an authored file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Where something stands: lines and columns count from 1; `end` is the column after the last one."""

    file: str
    line: int
    column: int
    end: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def within(self, start: int, end: int) -> Span:
        """Give the part from character `start` to `end` of a text that stands on one line."""
        return Span(self.file, self.line, self.column + start, self.column + max(end, start + 1))
