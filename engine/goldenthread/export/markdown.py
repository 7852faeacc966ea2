"""The plan as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Document, Item, Para, Sub
from goldenthread.export.sheet import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import Plan

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_FRONT = re.compile(r"^(\d+)([.)])|^([-+=])")


def as_markdown(plan: Plan, *, private: bool = False) -> str:
    """Give the plan as Markdown. `private` adds the clinician's own hypothesis and view."""
    return render(sheet(plan, private=private))


def render(document: Document) -> str:
    """Lay out a document as Markdown."""
    parts = [f"# {escaped(document.title)}", *_blocks(document.lead)]
    for section in document.sections:
        parts += [f"## {escaped(section.heading)}", *_blocks(section.blocks)]
    if document.foot:
        parts += ["---", *_blocks(document.foot)]
    return "\n\n".join(parts) + "\n"


def _blocks(blocks: Iterable[Block]) -> list[str]:
    """Give the blocks, those of one list together."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Item) and isinstance(before, Item):
            parts[-1] += "\n" + _block(block)
        else:
            parts.append(_block(block))
        before = block
    return parts


def _block(block: Block) -> str:
    match block:
        case Para(text):
            return escaped(text)
        case Sub(text):
            return f"### {escaped(text)}"
        case Item(text, under, number):
            mark = f"{number}. " if number else "- "
            return "\n".join(
                [mark + escaped(text), *(f"{' ' * len(mark)}- {escaped(line)}" for line in under)]
            )


def escaped(text: str) -> str:
    """Give a text in which nothing that somebody typed is taken for a mark."""
    text = " ".join(text.split()).replace("->", "→")
    text = _MARKS.sub(r"\\\1", text).replace("&", "&amp;")
    return _FRONT.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", text)
