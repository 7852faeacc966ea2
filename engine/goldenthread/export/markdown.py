"""The plan as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Document, Item, Para, Section, Sub
from goldenthread.export.sheet import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import Plan

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_POINT = re.compile(r"(?:(\d+)\.|-) ")
_UNDER = re.compile(r" +- ")
_SHOWN = re.compile(r"\\(.)")
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


def read(text: str) -> Document:
    """Read back a document that `render` laid out; the sections have their headings for names."""
    title = ""
    lead: list[Block] = []
    foot: list[Block] = []
    sections: list[tuple[str, list[Block]]] = []
    blocks: list[Block] = lead
    for line in text.splitlines():
        if line.startswith("# "):
            title = _plain(line[2:])
        elif line.startswith("## "):
            blocks = []
            sections.append((_plain(line[3:]), blocks))
        elif line == "---":
            blocks = foot
        elif line:
            _take(line, blocks)
    made = tuple(Section(heading, heading, tuple(found)) for heading, found in sections)
    return Document(title, tuple(lead), made, tuple(foot))


def _take(line: str, blocks: list[Block]) -> None:
    last = blocks[-1] if blocks else None
    if line.startswith("### "):
        blocks.append(Sub(_plain(line[4:])))
    elif (under := _UNDER.match(line)) and isinstance(last, Item):
        blocks[-1] = Item(last.text, (*last.under, _plain(line[under.end() :])), last.number)
    elif point := _POINT.match(line):
        blocks.append(Item(_plain(line[point.end() :]), number=int(point[1] or 0)))
    else:
        blocks.append(Para(_plain(line)))


def _plain(text: str) -> str:
    return _SHOWN.sub(r"\1", text).replace("&amp;", "&")
