"""What letters the fonts of the installation have, and how wide each is, read from the fonts themselves."""

from __future__ import annotations

import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGES = ("fontpkg_arimo", "fontpkg_noto_sans_arabic")
"""Latin, Greek, Cyrillic and Hebrew; and Arabic."""
_UNICODE = {(3, 1), (0, 3)}
_MANY = 4


def files(package: str) -> list[Path]:
    """Give the files of fonts that stand upright in a package; none where it is not installed."""
    found = find_spec(package)
    if found is None or found.origin is None:
        return []
    return sorted(
        path for path in (Path(found.origin).parent / "files").glob("*.ttf") if "Italic" not in path.name
    )


@cache
def advances() -> Mapping[int, int]:
    """Give, by character, its width in thousandths of the type size, in the first font that has it."""
    found: dict[int, int] = {}
    for package in PACKAGES:
        for path in files(package):
            for code, wide in _advances(path.read_bytes()).items():
                found.setdefault(code, wide)
    return found


def _advances(font: bytes) -> dict[int, int]:
    """Read a TrueType font: which glyph each character has (`cmap`), and how far it takes the pen (`hmtx`)."""
    count = _short(font, 4)
    tables = {font[n : n + 4]: _long(font, n + 8) for n in range(12, 12 + 16 * count, 16)}
    em = _short(font, tables[b"head"] + 18)
    wide = _short(font, tables[b"hhea"] + 34)
    widths = struct.unpack_from(f">{2 * wide}H", font, tables[b"hmtx"])[::2]
    return {
        code: round(widths[min(glyph, wide - 1)] * 1000 / em)
        for code, glyph in _glyphs(font, tables[b"cmap"]).items()
    }


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """Read a table of segments (format 4), which holds the characters of the first plane."""
    for n in range(_short(font, cmap + 2)):
        entry = cmap + 4 + 8 * n
        at = cmap + _long(font, entry + 4)
        if (_short(font, entry), _short(font, entry + 2)) in _UNICODE and _short(font, at) == _MANY:
            return _segments(font, at)
    return {}


def _segments(font: bytes, at: int) -> dict[int, int]:
    count = _short(font, at + 6) // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, at + 14 + part)
        for part in (0, 2 * count + 2, 4 * count + 2, 6 * count + 2)
    )
    table = at + 16 + 6 * count
    found = {}
    for n in range(count):
        for code in range(starts[n], ends[n] + 1):
            glyph = code
            if offsets[n]:
                glyph = _short(font, table + 2 * n + offsets[n] + 2 * (code - starts[n]))
            if glyph or not offsets[n]:
                found[code] = (glyph + deltas[n]) % 0x10000
    return {code: glyph for code, glyph in found.items() if glyph}


def _short(font: bytes, at: int) -> int:
    return int.from_bytes(font[at : at + 2])


def _long(font: bytes, at: int) -> int:
    return int.from_bytes(font[at : at + 4])
