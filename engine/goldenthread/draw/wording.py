"""Text in lines short enough for a box."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Box

NARROW, MIDDLE, WIDE = 28, 36, 46


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
            return textwrap.wrap(text, width, break_on_hyphens=False)
        out.append(text[start:end])
        start = end + 1
    return [*out, text[start:]]


def _width(length: int) -> int:
    if length <= 5 * NARROW:
        return NARROW
    return MIDDLE if length <= 8 * MIDDLE else WIDE


def box_lines(box: Box) -> list[str]:
    """Give the lines of a box, its heading first."""
    longest = max(map(len, box.text), default=0)
    width = _width(longest)
    if box.kind == "decide":
        # A diamond is twice as wide as its text.
        width = 20 if longest <= 80 else NARROW
    if box.kind == "alert":
        width = MIDDLE
    out = [box.heading] if box.heading else []
    for text in box.text:
        out += lines(text, width)
    return out
