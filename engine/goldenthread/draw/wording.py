"""Text in lines short enough for a box."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.diagram import Box

NARROW, MIDDLE, WIDE = 28, 36, 46


def lines(text: str, width: int = 0) -> list[str]:
    """Break a text into lines of about 28 characters, longer for a long text: no box becomes a tower."""
    words = (text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)).split()
    length = sum(map(len, words)) + len(words) - 1
    width = width or _width(length)
    if length <= width:
        return [" ".join(words)]
    if max(map(len, words)) > width:
        return textwrap.wrap(" ".join(words), width, break_on_hyphens=False)
    broken = _broken(words, width)
    # Lines of one length look better than a last line of one word.
    even = _broken(words, length // len(broken) + 3)
    return even if len(even) == len(broken) else broken


def _broken(words: list[str], width: int) -> list[str]:
    """Set as many words on each line as it holds; textwrap does the same in ten times the time."""
    out: list[str] = []
    line = words[0]
    for word in words[1:]:
        if len(line) + len(word) < width:
            line = f"{line} {word}"
        else:
            out.append(line)
            line = word
    return [*out, line]


def _width(length: int) -> int:
    if length <= 5 * NARROW:
        return NARROW
    return MIDDLE if length <= 8 * MIDDLE else WIDE


def box_lines(box: Box) -> list[str]:
    """Give the lines of a box, its heading first."""
    longest = max((len(part) for part in box.text), default=0)
    width = _width(longest)
    if box.kind == "decide":
        # A diamond is twice as wide as its text.
        width = 20 if longest <= 80 else NARROW
    if box.kind == "alert":
        width = MIDDLE
    return [*([box.heading] if box.heading else []), *_all(box.text, width)]


def _all(texts: Iterable[str], width: int) -> list[str]:
    return [line for text in texts for line in lines(text, width)]
