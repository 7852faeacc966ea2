"""The fonts that pages are set in: those that come with packages; the system's only where letters are lacking."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from goldenthread.draw.glyphs import PACKAGES, files


@lru_cache(maxsize=2)
def fonts(*, of_the_system: bool = False) -> tuple[Any, str]:
    """Give the fonts for typst, and the family to set in: Arimo, as wide as the ones that drawings name.

    Letters that it lacks come from the other packages, and from the fonts of the system where that is asked for.
    """
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    found = {package: files(package) for package in PACKAGES}
    folders = sorted({str(path.parent) for paths in found.values() for path in paths})
    family = "Arimo" if found[PACKAGES[0]] else "Libertinus Serif"
    return typst.Fonts(include_system_fonts=of_the_system, font_paths=folders), family
