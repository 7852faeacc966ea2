"""The fonts that pages are set in: those that come with packages; the system's only where letters are lacking."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PACKAGE = "fontpkg_arimo"


@lru_cache(maxsize=2)
def fonts(*, of_the_system: bool = False) -> tuple[Any, str]:
    """Give the fonts for typst, and the family: Arimo, as wide as the one measured, if it is there.

    Those of the system come in where a text has letters that the others lack.
    """
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    package = find_spec(_PACKAGE)
    folders = [Path(package.origin).parent / "files"] if package and package.origin else []
    family = "Arimo" if folders else "Libertinus Serif"
    paths = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=of_the_system, font_paths=paths), family
