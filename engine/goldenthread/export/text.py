"""The plan as plain text, to be pasted into a record: no markup, and nothing but letters beyond ASCII."""

from __future__ import annotations

import textwrap
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Document, Item, Para, Sub
from goldenthread.export.sheet import FIELDS, part, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import Plan

WIDTH = 78
_PLAIN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
    "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "→": "->", "≥": ">=", "≤": "<=", "·": "-", "•": "-",
    "×": "x", "±": "+/-", "°": " degrees", "€": "EUR ", "£": "GBP ",
}  # fmt: skip

__all__ = ["FIELDS", "as_text", "field"]


def as_text(plan: Plan, *, private: bool = False) -> str:
    """Give the plan as plain text. `private` adds the clinician's own hypothesis and view."""
    return render(sheet(plan, private=private))


def field(plan: Plan, name: str, *, private: bool = False) -> str:
    """Give one part of the plan as plain text, without its heading, to be pasted by itself.

    Raises KeyError for a name that is not in FIELDS.
    """
    return body(part(plan, name, private=private))


def render(document: Document) -> str:
    """Lay out a document as text."""
    title = plain(document.title)
    parts = ["\n".join(_wrap(title)) + "\n" + "=" * min(len(title), WIDTH), body(document.lead)]
    for section in document.sections:
        heading = plain(section.heading).upper()
        parts.append(f"{heading}\n{'-' * len(heading)}\n{body(section.blocks)}")
    if document.foot:
        parts.append(body(document.foot))
    return "\n\n".join(part for part in parts if part) + "\n"


def body(blocks: Iterable[Block]) -> str:
    """Lay out the blocks of a section."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and _apart(before, block):
            lines.append("")
        lines += _lines(block)
        before = block
    return "\n".join(lines)


def _apart(before: Block, block: Block) -> bool:
    match before, block:
        case Sub(), _:
            return False
        case Para(text), Item():
            return not text.endswith(":")
        case Item(), Item():
            return bool(before.under or block.under)
    return True


def _lines(block: Block) -> list[str]:
    match block:
        case Para(text) | Sub(text):
            return _wrap(plain(text))
        case Item(text, under, number):
            mark = f"{number}. " if number else "- "
            indent = " " * len(mark)
            lines = _wrap(plain(text), mark, indent)
            for line in under:
                lines += _wrap(plain(line), f"{indent}- ", f"{indent}  ")
            return lines


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    # A web address or a long name is never cut in two.
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def plain(text: str) -> str:
    """Give a text that every record system takes: letters as they are, signs as ASCII, an emoji by name."""
    if not text.isascii():
        text = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char in _PLAIN:
        return _PLAIN[char]
    kind = unicodedata.category(char)
    if kind[0] == "L" or (kind[0] == "M" and "VARIATION" not in unicodedata.name(char, "")):
        return char
    if kind[0] in "CM":
        return ""
    if kind[0] == "Z":
        return " "
    near = unicodedata.normalize("NFKD", char).replace("⁄", "/")
    if near.isascii():
        return near
    return f"[{unicodedata.name(char, 'sign').lower()}]"
