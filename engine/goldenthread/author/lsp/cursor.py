"""What stands at a place of a text that may not be whole: found by indents and brackets, line by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.author.lsp.positions import Stretch

if TYPE_CHECKING:
    from goldenthread.author.lsp.shape import Step

_LINE = re.compile(
    r"(?P<lead>[ \t]*(?:-(?:[ \t]+|$))*)(?:(?P<key>\"[^\"]*\"|'[^']*'|[^\s#\-\[\]{},][^\s\[\]{},]*?):(?=[ \t]|$))?"
)
_KIND = re.compile(r"^([a-z]+):", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9_.]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(#.*)?")
_KEPT = 20_000
"""Lines of which the parts are remembered, several long files: from one key to the next nearly all are the same."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a text.

    `path` leads to the value that stands here, or to the map in which a key stands here (`key`); what is only begun
    may be either (`key` and `value`). `before` is what stands of the value up to the place; `word` the word around it;
    `keys` those of the map, as far as they can be seen; `column` where its keys begin, -1 within brackets.
    """

    path: tuple[Step, ...]
    key: bool
    value: bool
    before: str
    word: Stretch
    keys: frozenset[str] = frozenset()
    column: int = -1


class _Line(NamedTuple):
    dashes: tuple[int, ...]
    key: str
    column: int
    """Where the key begins, or whatever stands there."""
    rest: int
    """Where the value begins, counted in the line."""
    blank: bool


def kind_at(text: str) -> str:
    """Give what the first key says of a file, though the rest of it cannot be read."""
    found = _KIND.search(text)
    return found[1] if found else ""


def cursor(text: str, offset: int) -> Cursor | None:
    """Give what stands at a place; None within a comment."""
    lines = _Lines(text)
    row = bisect_right(lines.starts, offset) - 1
    line, start = lines[row], lines.starts[row]
    begun = text[start:offset]
    if _in_comment(begun):
        return None
    word, at = _word(text, offset), offset - start
    holder = _holder(lines, row, text, at)
    if holder is not None and not (line.dashes and line.key):
        one = lines[holder]
        above = _above(lines, holder, one.column)
        return _in_value(text, (*above, one.key) if one.key else above, lines.value(holder), offset, word)
    column = at if line.blank else line.column
    path = _above(lines, row, column)
    if line.key and at >= line.rest and not line.blank:
        return _in_value(text, (*path, line.key), lines.value(row), offset, word)
    bare = not line.key
    if bare and begun.lstrip(" \t-")[:1] in {"[", "{"}:
        return _in_value(text, path, lines.value(row), offset, word)
    keys = frozenset(_beside(lines, row, column))
    return Cursor(path, True, bare, begun[line.rest :] if bare else "", word, keys, column)


class _Lines:
    """The lines of a text, each looked at when it is asked for."""

    def __init__(self, text: str) -> None:
        self._texts = text.splitlines(keepends=True)
        if not self._texts or self._texts[-1][-1] in "\r\n":
            self._texts.append("")
        self.starts = [0, *accumulate(map(len, self._texts))][:-1]

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, n: int) -> _Line:
        return _line(self._texts[n])

    def value(self, n: int) -> int:
        """Give where the value of a line begins in the text."""
        return self.starts[n] + self[n].rest


@lru_cache(_KEPT)
def _line(line: str) -> _Line:
    line = line.rstrip("\r\n")
    match = _LINE.match(line)
    assert match is not None  # noqa: S101 -- the pattern matches the empty text
    lead, key = match["lead"], match["key"] or ""
    dashes = tuple(n for n, sign in enumerate(lead) if sign == "-")
    stripped = line.strip()
    rest = match.end() if key else len(lead)
    rest += len(line[rest:]) - len(line[rest:].lstrip(" \t"))
    blank = not stripped or stripped.startswith("#")
    return _Line(dashes, key.strip("\"'"), len(lead), rest, blank)


def _above(lines: _Lines, row: int, column: int) -> tuple[Step, ...]:
    """Give the way to the map or value that begins at a column of a line."""
    steps: list[Step] = []
    need, count, listing = column, 0, False
    for n in range(row, -1, -1):
        line = lines[n]
        if line.blank and n != row:
            continue
        if n != row and line.key:
            if listing and line.column <= need and not line.dashes[-1:] >= (need,):
                steps += [count, line.key]
                need, count, listing = line.column, 0, False
            elif not listing and line.column < need:
                steps.append(line.key)
                need = line.column
        for dash in reversed(line.dashes):
            if listing and dash == need:
                count += 1
            elif listing and dash < need:
                steps.append(count)
                need, count = dash, 0
            elif not listing and dash < need:
                need, count, listing = dash, 0, True
        if need == 0 and not listing:
            break
    if listing:
        steps.append(count)
    return tuple(reversed(steps))


def _parent(lines: _Lines, row: int, column: int) -> int | None:
    for n in range(row - 1, -1, -1):
        line = lines[n]
        if not line.blank and min((*line.dashes, line.column)) < column:
            return n
    return None


def _holder(lines: _Lines, row: int, text: str, at: int) -> int | None:
    """Give the line whose value goes on in this one: a folded text, or brackets that are still open."""
    line = lines[row]
    column = at if line.blank else min((*line.dashes, line.column))
    n = _parent(lines, row, column)
    while n is not None:
        one = lines[n]
        value = text[lines.value(n) : lines.starts[row]]
        first = value.split("\n", 1)[0].strip()
        if (one.key or one.dashes) and first and not first.startswith("#"):
            if first[0] in "{[":
                return n if _flow(value) else None
            inner = one.column if one.key else one.dashes[-1]
            closed = first[0] in "\"'" and len(first) > 1 and first[-1] == first[0]
            return None if closed or column <= inner else n
        if one.key or one.dashes:
            return None
        n = _parent(lines, n, one.column)
    return None


def _in_value(text: str, path: tuple[Step, ...], start: int, offset: int, word: Stretch) -> Cursor:
    before = text[start:offset]
    header = _HEADER.match(before)
    if header is not None:
        before = before[header.end() :]
    stack = _flow(before)
    if not stack:
        return Cursor(path, False, True, before.lstrip("\"'"), word)
    for one in stack[:-1]:
        path = (*path, one.key)
    last = stack[-1]
    if isinstance(last.key, int) or last.colon:
        # An item of a list may be the word, or a key of a map that stands there without brackets.
        item = isinstance(last.key, int)
        return Cursor((*path, last.key), item, True, before[last.begin :].lstrip(), word)
    return Cursor(path, True, False, "", word, frozenset(last.seen))


@dataclass(slots=True)
class _Open:
    key: Step
    begin: int
    colon: bool
    seen: set[str]


def _flow(text: str) -> list[_Open]:
    """Give the brackets that are open at the end of a text, with the key or item that each is at."""
    stack: list[_Open] = []
    if text.lstrip()[:1] not in {"{", "["}:
        return stack
    quote = ""
    for n, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and text[:n].rstrip()[-1:] in set("{[,:"):
            quote = sign
        elif sign in "{[":
            stack.append(_Open("" if sign == "{" else 0, n + 1, False, set()))
        elif sign in "}]" and stack:
            stack.pop()
        elif sign == "," and stack:
            one = stack[-1]
            one.key, one.colon, one.begin = (one.key + 1 if isinstance(one.key, int) else ""), False, n + 1
        elif sign == ":" and stack and isinstance(stack[-1].key, str) and not stack[-1].colon:
            one = stack[-1]
            one.key, one.colon = text[one.begin : n].strip().strip("\"'"), True
            one.seen.add(one.key)
            one.begin = n + 1
    return stack


def _beside(lines: _Lines, row: int, column: int) -> set[str]:
    """Give the keys of the map whose keys begin at a column, around a line."""
    found = set()
    for step, begin in ((-1, row - 1), (1, row + 1)):
        n = begin
        while 0 <= n < len(lines):
            line = lines[n]
            n += step
            if line.blank:
                continue
            if line.column < column or (step == 1 and line.dashes and line.column == column):
                break
            if line.column == column and line.key:
                found.add(line.key)
            if step == -1 and line.dashes and line.column == column:
                break
            if step == -1 and lines[row].dashes and lines[row].column == column:
                break
    return found


def _word(text: str, offset: int) -> Stretch:
    start = offset
    while start and re.match(r"[A-Za-z0-9_.]", text[start - 1]):
        start -= 1
    found = _WORD.match(text, offset)
    return Stretch(start, found.end() if found else offset)


def _in_comment(begun: str) -> bool:
    quote = ""
    for n, sign in enumerate(begun):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and (not begun[:n].strip() or begun[n - 1] in " [{,:"):
            quote = sign
        elif sign == "#" and (n == 0 or begun[n - 1] in " \t"):
            return True
    return False
