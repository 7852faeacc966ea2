"""A document as PDF: tagged, numbered pages, the same bytes for the same document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.letters import printable
from goldenthread.draw.setting import NoFontError, set_record
from goldenthread.export.document import Block, Document, Item, Para, Sub

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAPERS = {"a4": "a4", "letter": "us-letter"}
_TEMPLATE = """
#let given = json(bytes(sys.inputs.given))
#set document(title: given.title, date: none)
#set text(font: sys.inputs.font, size: 10pt, fill: rgb("#1b2733"), lang: "en", region: "GB")
#set par(leading: 0.6em, spacing: 0.9em)
#set list(indent: 0.4em, spacing: 0.6em)
#set enum(indent: 0.4em, spacing: 0.6em)
#set page(
  paper: given.paper,
  margin: (x: 22mm, top: 20mm, bottom: 22mm),
  footer: context {
    set text(size: 8pt, fill: rgb("#46535f"))
    grid(columns: (1fr, auto), column-gutter: 1em, given.footer,
      [page #counter(page).display() of #counter(page).final().first()])
  },
)
#show heading.where(level: 1): it => block(above: 1.5em, below: 0.7em, text(size: 12.5pt, it.body))
#show heading.where(level: 2): it => block(above: 1.1em, below: 0.6em, text(size: 10.5pt, it.body))
#show title: set text(size: 17pt)
#show title: set block(below: 1em)
#let point(it) = { it.text; if it.under.len() > 0 { list(..it.under) } }
#let body(blocks) = for it in blocks {
  if it.kind == "para" { par(it.text) }
  else if it.kind == "sub" { heading(level: 2, it.text) }
  else if it.kind == "points" { list(..it.items.map(point)) }
  else { enum(start: it.start, ..it.items.map(point)) }
}
#title()
#body(given.lead)
#for section in given.sections {
  heading(level: 1, section.heading)
  body(section.blocks)
}
#v(1em)
#line(length: 100%, stroke: 0.5pt + rgb("#b9c0c6"))
#body(given.foot)
"""


def to_pdf(document: Document, footer: str, *, paper: Literal["a4", "letter"] = "a4") -> bytes:
    """Set a document on pages; `footer` stands on each, with its number. Raises NoFontError."""
    given = {
        "title": printable(document.title),
        "paper": _PAPERS[paper],
        "footer": printable(footer),
        "lead": list(_blocks(document.lead)),
        "sections": [
            {"heading": printable(section.heading), "blocks": list(_blocks(section.blocks))}
            for section in document.sections
        ],
        "foot": list(_blocks(document.foot)),
    }
    try:
        return set_record(_TEMPLATE, given, "the plan")
    except NoFontError as error:
        error.help = "write it for Word (.docx) or as text, or install a font for that script"
        raise


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Give blocks as the template reads them, the points of one list together."""
    points: dict[str, Any] | None = None
    for block in blocks:
        if isinstance(block, Item):
            kind = "numbers" if block.number else "points"
            if points is None or points["kind"] != kind:
                if points is not None:
                    yield points
                points = {"kind": kind, "start": block.number, "items": []}
            points["items"].append(
                {"text": printable(block.text), "under": list(map(printable, block.under))}
            )
            continue
        if points is not None:
            yield points
            points = None
        match block:
            case Para(text):
                yield {"kind": "para", "text": printable(text)}
            case Sub(text):
                yield {"kind": "sub", "text": printable(text)}
    if points is not None:
        yield points


__all__ = ["NoFontError", "to_pdf"]
