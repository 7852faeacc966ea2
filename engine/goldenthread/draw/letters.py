"""How wide a text is, and where its lines break. The letters of English stand here; others are read from the fonts."""

from __future__ import annotations

import re
import unicodedata

from goldenthread.draw.glyphs import advance, face_with

_WIDTHS = {
    "'": 191,
    "|": 260,
    '"': 355,
    "*": 389,
    "°": 400,
    "^": 469,
    "%": 889,
    "W": 944,
    "@": 1015,
    **dict.fromkeys("ijl‘’", 222),
    **dict.fromkeys(" .,:;!/\\ft[]I", 278),
    **dict.fromkeys("()-r“”·`", 333),
    **dict.fromkeys("{}", 334),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("abdeghnopquL0123456789#$?_–", 556),
    **dict.fromkeys("+<=>~", 584),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("—…→", 1000),
}
_NO_BOLDER = frozenset(" .,-–—…→%MWOQG@0123456789$_/\\")
_BOLDER, _MUCH_BOLDER, _QUOTES_BOLDER = 57, 85, 170
BOX = "\u25a1"
"""Stands for a letter that no font has."""
_NO_GLYPH, _ELSE = 1370, 833
"""What no font here has is left to the reader's own; pictures are as wide as this."""
_UNSEEN = {"Mn", "Me", "Cf"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EVEN = (0.92, 0.85, 0.78)


def printable(text: str) -> str:
    """Give a text with a space for each character that no document can hold."""
    return _CONTROL.sub(" ", text)


def by_name(char: str) -> str:
    """Name a sign that fonts lack: a smiley says what it shows. Letters stay as they are."""
    if unicodedata.category(char) == "So":
        return f"[{unicodedata.name(char, 'sign').lower()}]"
    # What only changes how a sign looks goes with the sign.
    return "" if unicodedata.category(char) == "Sk" else char


def boxed(char: str) -> str:
    """Give what is set in the place of a letter that no font has."""
    # What stands on another letter has no place of its own, and what is blank stays blank.
    return {"M": "", "Z": " "}.get(unicodedata.category(char)[0], BOX)


def lacking(text: str) -> set[str]:
    """Give the letters of a text that no font of the installation has."""
    if text.isascii():
        return set()
    return {char for char in set(text) if not (char.isascii() or _ignored(char) or face_with(char))}


def _ignored(char: str) -> bool:
    """Say whether a character only says how others are shown, or stands in no document."""
    return unicodedata.category(char) in {"Cf", "Cc", "Cs"} or "\ufe00" <= char <= "\ufe0f"


class _Letters(dict[str, int]):
    """How wide each letter is; letters that were not met yet are looked up in the fonts."""

    def __missing__(self, char: str) -> int:
        self[char] = wide = _look_up(char)
        return wide


class _BoldLetters(dict[str, int]):
    """The same in bold type, rounded up."""

    def __missing__(self, char: str) -> int:
        more = _BOLDER if char.isascii() else _MUCH_BOLDER
        more = 0 if char in _NO_BOLDER else _QUOTES_BOLDER if char in '“”„"^' else more
        wide = _REGULAR[char]
        self[char] = wide = wide + more if wide else 0
        return wide


def _look_up(char: str) -> int:
    if unicodedata.category(char) in _UNSEEN:
        return 0
    found = advance(char)
    if found is not None:
        return found
    wide = unicodedata.east_asian_width(char) in {"W", "F"} or unicodedata.category(char) == "So"
    return _NO_GLYPH if wide else _ELSE


_REGULAR = _Letters(_WIDTHS)
_IN_BOLD = _BoldLetters()


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Give how wide a text is at a size; in bold type, at most."""
    return sum(map((_IN_BOLD if bold else _REGULAR).__getitem__, text)) * size / 1000


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
