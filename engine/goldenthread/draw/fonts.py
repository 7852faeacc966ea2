"""The fonts that pages are set in: those that come with packages; the machine's own only for whoever asks."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from goldenthread.draw.glyphs import PACKAGES, faces


@lru_cache(maxsize=2)
def fonts(*, of_the_machine: bool = False) -> tuple[Any, str]:
    """Give the fonts for typst, and the families to set in: Arimo, as wide as the ones that drawings name.

    Letters that it lacks come from the other packages, and from the fonts of the machine where that is asked for.
    """
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    folders = sorted({str(face.path.parent) for face in faces()})
    family = "Arimo" if PACKAGES[0] in " ".join(folders) else "Libertinus Serif"
    return typst.Fonts(include_system_fonts=of_the_machine, font_paths=folders), family
