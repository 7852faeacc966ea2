"""How wide a text is, and where its lines break: in thousandths of the type size, as sans-serif types have them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW, _WIDE, _ELSE, _CAPITAL = 278, 833, 556, 722
_WIDTHS = {
    **dict.fromkeys("'ijl|‘’", 222),
    **dict.fromkeys(" .,:;!/\\ft[]I", _NARROW),
    **dict.fromkeys('()-r“”"*°·', 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("wCDHNRU", _CAPITAL),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("mM", _WIDE),
    **dict.fromkeys("W@%—…→", 1000),
}
_BOLD = 1.08
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EVEN = (0.92, 0.85, 0.78)


def printable(text: str) -> str:
    """Give a text with a space for each character that no document can hold."""
    return _CONTROL.sub(" ", text)


@lru_cache(maxsize=1024)
def _letter(char: str) -> int:
    base = unicodedata.normalize("NFD", char)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.combining(base):
        return 0
    if unicodedata.east_asian_width(base) in {"W", "F"} or unicodedata.category(base) == "So":
        return 1000
    return _CAPITAL if base.isupper() else _ELSE


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Give about how wide a text is at a size."""
    return sum(map(_letter, text)) * size / 1000 * (_BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit, of about one length; a word that is wider than a line is cut."""
    lines = _filled(text, room, size, bold=bold)
    for narrower in _EVEN if len(lines) > 1 else ():
        if width(lines[-1], size, bold=bold) > room / 3:
            break
        even = _filled(text, room * narrower, size, bold=bold)
        lines = even if len(even) == len(lines) else lines
    return lines


def _filled(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    space = width(" ", size, bold=bold)
    lines: list[str] = []
    line, long = "", 0.0
    for word in printable(text).split():
        wide = width(word, size, bold=bold)
        if line and long + space + wide <= room:
            line, long = f"{line} {word}", long + space + wide
            continue
        if line:
            lines.append(line)
        line, long = word, wide
        if wide > room:
            *whole, line = _cut(word, room, size, bold=bold)
            lines += whole
            long = width(line, size, bold=bold)
    return [*lines, line] if line else lines


def _cut(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces, long = [""], 0.0
    for char in word:
        wide = width(char, size, bold=bold)
        if pieces[-1] and long + wide > room:
            pieces.append("")
            long = 0.0
        pieces[-1] += char
        long += wide
    return pieces
