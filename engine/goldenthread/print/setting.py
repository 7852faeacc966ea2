"""Publications as PDF: tagged, with the fonts in it, the same bytes for the same publication."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from goldenthread.draw.setting import set_pages
from goldenthread.print.content import data

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.print.content import Publication

    Tell = Callable[[str], None]
    """Is told what whoever asked for a sheet should know."""

_PAGE = re.compile(rb"/Type\s*/Page\b")


def nobody(said: str) -> None:
    """Say it to nobody."""


def to_pdf(publication: Publication, tell: Tell = nobody) -> bytes:
    """Set a publication; `tell` is called with the letters that no font of the installation has. Raises NoFontError."""
    made: bytes = set_pages(_template(), data(publication), tell=tell)
    return made


def pages(pdf: bytes) -> int:
    """Count the pages of what was set."""
    return len(_PAGE.findall(pdf))


@cache
def _template() -> str:
    return files("goldenthread.print").joinpath("page.typ").read_text(encoding="utf-8")
