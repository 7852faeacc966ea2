"""The fonts of a picture, in the picture: of each only the letters that are in it, so it looks the same anywhere."""

from __future__ import annotations

import io
import re
import unicodedata
from base64 import b64encode
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from goldenthread.draw.glyphs import face_with
from goldenthread.draw.svg import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.glyphs import Face

_TEXT = re.compile(r">([^<]*)</text>")
_FAMILY = FONTS.partition(",")[0]
"""All faces are called by the first name that drawings ask for, so each letter comes from the one that has it."""

_WEIGHTS = "font-weight:400 700"
"""All say the same, whether they have a bold of their own or not: a reader takes only faces that are alike for one."""
_JOINING = {"Cf", "Mn", "Me"}


def style(parts: Iterable[str]) -> str:
    """Give the style that carries the fonts of what is drawn; nothing where no font here has a letter of it."""
    every = {char for part in parts for text in _TEXT.findall(part) for char in unescape(text)}
    joining = {char for char in every if not char.isascii() and unicodedata.category(char) in _JOINING}
    held: dict[Face, set[str]] = {}
    for char in sorted(every - joining):
        face = face_with(char)
        if face is not None:
            held.setdefault(face, set()).add(char)
    # What joins letters comes from the font that they come from.
    rules = [
        _rule(face, frozenset(own | {char for char in joining if ord(char) in face.widths}))
        for face, own in held.items()
    ]
    return "\n".join(["<style>", *rules, "</style>", ""]) if rules else ""


@lru_cache(maxsize=32)
def _rule(face: Face, letters: frozenset[str]) -> str:
    data = b64encode(_subset(face, letters)).decode()
    ranges = ",".join(f"U+{ord(char):X}" for char in sorted(letters))
    return (
        f"@font-face{{font-family:{_FAMILY};{_WEIGHTS};unicode-range:{ranges};"
        f"src:url(data:font/sfnt;base64,{data})}}"
    )


def _subset(face: Face, letters: frozenset[str]) -> bytes:
    """Give a font with no more than these letters."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 -- a heavy import, made when used
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- as above

    out = io.BytesIO()
    # The time of making stays that of the font: the same letters give the same bytes.
    with TTFont(face.path, lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(hinting=False))
        subsetter.populate(unicodes=map(ord, letters))
        subsetter.subset(font)
        font.save(out)
    return out.getvalue()
