"""Words as they are printed: signs that no font has in words, and quotation marks curled, however they were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.draw.spelled import retold, spelled, spelled_text

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Diagram

_STRAIGHT = re.compile("[\"']")
_CURLED = {'"': ("“", "”"), "'": ("‘", "’")}
_BEFORE_OPENING = "([{“‘/—–-"


def lettered(diagram: Diagram) -> Diagram:
    """Give a diagram with its words as they are printed."""
    return retold(spelled(diagram), curled)


def lettered_text(text: str) -> str:
    """Give a text as it is printed."""
    return curled(spelled_text(text))


def curled(text: str) -> str:
    """Give a text with quotation marks that open and close, and apostrophes."""

    def curl(mark: re.Match[str]) -> str:
        before = text[mark.start() - 1 : mark.start()]
        opens = not before or before.isspace() or before in _BEFORE_OPENING
        return _CURLED[mark[0]][not opens]

    return _STRAIGHT.sub(curl, text)
