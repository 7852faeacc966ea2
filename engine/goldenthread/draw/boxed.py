"""Letters of scripts that no font of the installation has: a box stands for each, and whoever asked is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from goldenthread.draw.letters import boxed, lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWN = re.compile(r">([^<]*)</text>")
_LONGEST = 40
_MORE = "Chinese, Japanese and Korean come with `pip install 'goldenthread[cjk]'`"


def in_boxes(text: str) -> str:
    """Give a text with a box for each letter that no font has."""
    own = lacking(text)
    return "".join(boxed(char) if char in own else char for char in text) if own else text


def missing_words(given: Any) -> str:
    """Say which letters of what is to be set no font has, and where the first stands; nothing if all are there."""
    place, found = "", set[str]()
    for text in _texts(given):
        own = lacking(text)
        place = place or (text if own else "")
        found |= own
    if not found:
        return ""
    short = place if len(place) <= _LONGEST else f"{place[:_LONGEST].rstrip()}…"
    letters = "".join(sorted(found))
    return f"no font of the installation has “{letters}” (in “{short}”): a box stands for each. {_MORE}"


def _texts(given: Any) -> Iterator[str]:
    """Give all the texts of plain data, those of drawings in it each by itself."""
    if isinstance(given, str):
        yield from map(unescape, _DRAWN.findall(given)) if "</text>" in given else (given,)
    elif isinstance(given, Mapping):
        for value in given.values():
            yield from _texts(value)
    elif isinstance(given, list | tuple):
        for value in given:
            yield from _texts(value)
