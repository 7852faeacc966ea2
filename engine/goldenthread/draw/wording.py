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
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return textwrap.wrap(plain, width or _width(len(plain)), break_on_hyphens=False) or [""]


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
