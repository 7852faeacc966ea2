"""The fonts of a picture, in the picture, so that it looks the same anywhere: the letters of English, and its own."""

from __future__ import annotations

import io
import re
import string
import unicodedata
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

from goldenthread.draw.glyphs import face_with
from goldenthread.draw.svg import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.glyphs import Face

_ENGLISH = frozenset(string.ascii_letters + string.digits + string.punctuation + " “”‘’–—…·→")
"""Always in it: a drawing whose words change keeps its font, and to look for others is quick."""
_OTHER = re.compile("[^\x00-\x7f]")
_FAMILY = FONTS.partition(",")[0]
"""All faces are called by the first name that drawings ask for, so each letter comes from the one that has it."""

_WEIGHTS = "font-weight:400 700"
"""All say the same, whether they have a bold of their own or not: a reader takes only faces that are alike for one."""
_JOINING = {"Cf", "Mn", "Me"}


def style(parts: Iterable[str]) -> str:
    """Give the style that carries the fonts of what is drawn."""
    return _style(frozenset(_OTHER.findall("\n".join(parts))))


@lru_cache(maxsize=16)
def _style(letters: frozenset[str]) -> str:
    every = _ENGLISH | letters
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
