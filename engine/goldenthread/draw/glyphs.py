"""The fonts of the installation: which of them has a letter, and how wide the letter is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGES = ("fontpkg_arimo", "manimgx_fonts", "noto_cjk_sans_jp_regular")
"""Latin, Greek, Cyrillic and Hebrew; signs, smileys and twenty scripts; and, where it is asked for, East Asia."""
_ENDINGS = {".ttf", ".otf"}


@dataclass(frozen=True)
class Face:
    """A font that stands upright, in all its weights."""

    path: Path

    @cached_property
    def widths(self) -> Mapping[int, int]:
        """How far each letter that it has takes the pen, in thousandths of the type size, by character."""
        from fontTools.ttLib import TTFont  # noqa: PLC0415 -- a heavy import, made for letters that are not English

        # Read at once and closed: several threads may ask.
        with TTFont(self.path, lazy=True) as font:
            wide, em = font["hmtx"], font["head"].unitsPerEm
            return {code: round(wide[glyph][0] * 1000 / em) for code, glyph in font.getBestCmap().items()}


@cache
def faces() -> tuple[Face, ...]:
    """Give the fonts in the order in which letters are looked for in them."""
    return tuple(Face(path) for package in PACKAGES for path in _files(package))


def _files(package: str) -> list[Path]:
    found = find_spec(package)
    if found is None or found.origin is None:
        return []
    every = Path(found.origin).parent.rglob("*")
    upright = [path for path in every if path.suffix in _ENDINGS and "Italic" not in path.name]
    # Text before signs: a tick and a digit are in both.
    return sorted(upright, key=lambda path: ("Emoji" in path.name, path.name))


@cache
def face_with(char: str) -> Face | None:
    """Give the first font that has a letter."""
    return next((face for face in faces() if ord(char) in face.widths), None)


def advance(char: str) -> int | None:
    """Give how wide a letter is in thousandths of the type size; None where no font of the installation has it."""
    face = face_with(char)
    return None if face is None else face.widths[ord(char)]
