"""Text in lines short enough for a box."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Arrow, Box

NARROW, MIDDLE, WIDE = 28, 36, 46
_ON_ARROW = _NAME = 26
_JOINER = "\u200d"
_MARKS = {"Mn", "Me", "Mc"}
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def lines(text: str, width: int = 0) -> list[str]:
    """Break a text into lines of about 28 characters, longer for a long text: no box becomes a tower."""
    plain = text
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    width = width or _width(len(plain))
    broken = _broken(plain, width)
    if len(broken) == 1 or 2 * len(broken[-1]) > width:
        return broken
    # Lines of about one length look better than a last line of one word.
    for spare in (3, 6):
        even = _broken(plain, min(width, len(plain) // len(broken) + spare))
        if len(even) == len(broken):
            return even
    return broken


def _broken(text: str, width: int) -> list[str]:
    """Break between words, as textwrap does in many times the time; a word too long is left to that."""
    out = []
    start, last = 0, len(text) - width
    while start < last:
        end = text.rfind(" ", start, start + width + 1)
        if end < 0:
            return _cut(text, width)
        out.append(text[start:end])
        start = end + 1
    return [*out, text[start:]]


def _cut(text: str, width: int) -> list[str]:
    """Break where words are too long for a line, too, but never before a mark that belongs to the letter before it."""
    out: list[str] = []
    for line in textwrap.wrap(text, width, break_on_hyphens=False):
        start = 0
        while start < len(line) and out and _joined(line[start], out[-1][-1]):
            start += 1
        if start:
            out[-1] += line[:start]
        if line[start:]:
            out.append(line[start:])
    return out


def _joined(char: str, before: str) -> bool:
    return _JOINER in {char, before} or unicodedata.category(char) in _MARKS or char in _TONES


def _width(length: int) -> int:
    if length <= 5 * NARROW:
        return NARROW
    return MIDDLE if length <= 8 * MIDDLE else WIDE


def box_lines(box: Box) -> tuple[list[str], int]:
    """Give the lines of a box, its heading first, and how many of them are the heading's."""
    longest = max(map(len, box.text), default=0)
    width = _width(longest)
    if box.kind == "decide":
        # A diamond is twice as wide as its text.
        width = 20 if longest <= 80 else NARROW
    if box.kind == "alert":
        width = MIDDLE
    out = lines(box.heading, _NAME if box.kind == "visit" else WIDE) if box.heading else []
    bold = len(out)
    for text in box.text:
        out += lines(text, width)
    return out, bold


def arrow_lines(arrow: Arrow) -> list[str]:
    """Give the lines of the words on an arrow."""
    if not arrow.text:
        return []
    return lines(arrow.text, _ON_ARROW if len(arrow.text) < 5 * _ON_ARROW else 0)
