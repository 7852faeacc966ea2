"""Publications as PDF: tagged, with the fonts in it, the same bytes for the same publication."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from goldenthread.draw.setting import set_pages
from goldenthread.print.content import data

if TYPE_CHECKING:
    from goldenthread.print.content import Publication

_PAGE = re.compile(rb"/Type\s*/Page\b")


def to_pdf(publication: Publication) -> bytes:
    """Set a publication. Raises NoFontError where no font on the machine can show its letters."""
    made: bytes = set_pages(_template(), data(publication))
    return made


def pages(pdf: bytes) -> int:
    """Count the pages of what was set."""
    return len(_PAGE.findall(pdf))


@cache
def _template() -> str:
    return files("goldenthread.print").joinpath("page.typ").read_text(encoding="utf-8")
