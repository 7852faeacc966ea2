"""Places in a text, three ways: as the parser counts them, as editors do, and as offsets into the text.

The parser counts characters and ends a line also at U+0085, U+2028 and U+2029. The protocol ends lines at LF, CRLF
and CR alone, and counts a column in the units that client and server agreed on: UTF-16 unless they chose others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from goldenthread.diagnostics import Span

Encoding = Literal["utf-16", "utf-8", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
_EDITOR = re.compile(r"\r\n|\r|\n")
_PARSER = re.compile("\r\n|\r|\n|\x85|\u2028|\u2029")
_BOM = "\ufeff"


class Stretch(NamedTuple):
    """From which to which offset something stands."""

    start: int
    end: int


class Text:
    """A text with its lines."""

    def __init__(self, text: str, encoding: Encoding = "utf-16") -> None:
        self.text, self.encoding = text, encoding

    @cached_property
    def _editor(self) -> list[int]:
        return [0, *(match.end() for match in _EDITOR.finditer(self.text))]

    @cached_property
    def _parser(self) -> list[int]:
        # A byte order mark is taken off before the parser counts.
        return [int(self.text.startswith(_BOM)), *(match.end() for match in _PARSER.finditer(self.text))]

    def offset(self, line: int, column: int) -> int:
        """Give the offset of an editor's position. What lies outside is brought to the nearest place inside."""
        if line < 0:
            return 0
        if line >= len(self._editor):
            return len(self.text)
        start = self._editor[line]
        held = self.line(line)
        if self.encoding == "utf-32" or held.isascii():
            return start + min(max(column, 0), len(held))
        units = 0
        for n, character in enumerate(held):
            units += self._units(character)
            if units > column:
                return start + n
        return start + len(held)

    def position(self, offset: int) -> tuple[int, int]:
        """Give the editor's line and column of an offset."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._editor, offset) - 1
        before = self.text[self._editor[line] : offset]
        return line, len(before) if before.isascii() else sum(map(self._units, before))

    def line(self, line: int) -> str:
        """Give an editor's line without its end."""
        start = self._editor[line]
        end = self._editor[line + 1] if line + 1 < len(self._editor) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def stretch(self, span: Span) -> Stretch:
        """Give where a place of the parser's lies; a place at no character takes one, or the end of its line."""
        line = min(span.line, len(self._parser)) - 1
        start = min(self._parser[line] + span.column - 1, len(self.text))
        end = self._parser[line] + max(span.end, span.column + 1) - 1
        stop = self._parser[line + 1] if line + 1 < len(self._parser) else len(self.text)
        return Stretch(start, max(start, min(end, stop)))

    def _units(self, character: str) -> int:
        if self.encoding == "utf-16":
            return 1 + (ord(character) > 0xFFFF)
        return len(character.encode("utf-8", "surrogatepass")) if self.encoding == "utf-8" else 1
