"""A drawing on a page: PDF or PNG, with title, legend and footer, without the fonts of the system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box, Diagram, split
from goldenthread.draw.fonts import fonts
from goldenthread.draw.picture import to_picture
from goldenthread.draw.svg import size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.draw.diagram import Kind

Paper = Literal["", "a4", "letter"]
"""The page: as large as the drawing, or a paper that the drawing is made to fit."""

LARGEST = 14_000
"""Points; a PDF page may be no larger."""
_MARGIN = 36
_NARROWEST = 380
_LEGEND_ON_PAPER = 0.65
_PIXELS_A_SIDE = 10_000
_SHARP = 144
_PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
_LEGEND: Mapping[Kind, str] = {
    "ask": "question",
    "measure": "measure",
    "decide": "branch",
    "tell": "to read",
    "visit": "another flowchart",
    "end": "end",
    "alert": "alert",
}
_TEMPLATE = """
#let given = json(bytes(sys.inputs.given))
#let room(height) = if height == none { auto } else { height * 1pt }
#set document(title: given.title, date: none)
#set text(font: given.font, size: 9pt, fill: rgb("#1b2733"), lang: "en")
#set par(leading: 0.5em)
#let picture(it) = image(
  bytes(it.svg), format: "svg", alt: it.alt, width: it.width * 1pt, height: it.height * 1pt,
)
#for sheet in given.sheets {
  page(width: sheet.width * 1pt, height: room(sheet.height), margin: given.margin * 1pt)[
    #text(size: 15pt, weight: "bold", sheet.title)
    #v(4pt)
    #block(
      width: 100%,
      height: if sheet.height == none { auto } else { 1fr },
      align(center + horizon, picture(sheet.drawing)),
    )
    #v(4pt)
    #picture(sheet.legend)
    #line(length: 100%, stroke: 0.5pt + rgb("#b9c0c6"))
    #text(size: 8pt, fill: rgb("#46535f"), given.footer)
  ]
}
"""


def to_sheet(diagram: Diagram, form: Literal["pdf", "png"], paper: Paper = "") -> bytes:
    """Set a diagram on a page as large as it needs, or on a paper, with the drawing made smaller to fit.

    In a PDF each flowchart of several has a page of its own.
    """
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    legend = to_picture(_legend(diagram), titled=False)
    apart = split(diagram) if form == "pdf" else [diagram]
    sheets = [_sheet(part, to_picture(part, titled=False), legend, paper) for part in apart]
    found, family = fonts()
    given = {
        "title": diagram.title,
        "footer": diagram.footer,
        "font": family,
        "margin": _MARGIN,
        "sheets": sheets,
    }
    longest = max(sheet["side"] for sheet in sheets)
    made: bytes = typst.compile(
        _TEMPLATE.encode(),
        format=form,
        font_paths=found,
        sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
        ppi=min(_SHARP, 72 * _PIXELS_A_SIDE / longest),
        timestamp=0,
    )
    return made


def _sheet(diagram: Diagram, drawing: bytes, legend: bytes, paper: Paper) -> dict[str, Any]:
    """Give what the template reads of a page; lengths are points."""
    wide, tall = size(drawing)
    legend_wide, legend_tall = size(legend)
    height: float | None = None
    if paper:
        short, long = _PAPERS[paper]
        width, height = (long, short) if wide > tall else (short, long)
        inner = width - 2 * _MARGIN
        smaller = min(_LEGEND_ON_PAPER, inner / legend_wide)
        factor = min(1.0, inner / wide, (height - 2 * _MARGIN - legend_tall * smaller - 60) / tall)
        side = long
    else:
        factor = min(1.0, (LARGEST - 300) / max(wide, tall))
        inner = max(wide * factor, min(legend_wide, 600), _NARROWEST)
        width = inner + 2 * _MARGIN
        side = max(width, tall * factor + legend_tall + 120)
        smaller = min(1.0, inner / legend_wide)
    return {
        "title": diagram.title,
        "width": width,
        "height": height,
        "side": side,
        "drawing": _picture(drawing, f"Flowchart: {diagram.title}", factor),
        "legend": _picture(legend, "Legend of the shapes", smaller),
    }


def _picture(svg: bytes, alt: str, factor: float) -> dict[str, Any]:
    width, height = size(svg)
    return {"svg": svg.decode(), "alt": alt, "width": width * factor, "height": height * factor}


def _legend(diagram: Diagram) -> Diagram:
    """Give a row of the shapes and arrows that a diagram has."""
    kinds = {box.kind for box in diagram.boxes}
    boxes = [Box(f"legend/{kind}", kind, text=(word,)) for kind, word in _LEGEND.items() if kind in kinds]
    arrows = []

    def arrow(name: str, text: str, **look: Any) -> None:
        ends = (f"legend/{name}/from", f"legend/{name}/to")
        boxes.extend(Box(end, "point") for end in ends)
        arrows.append(Arrow(*ends, text, **look))

    if kinds == {"visit"}:
        boxes = [Box("legend/visit", "visit", text=("flowchart",))]
        if any(not a.dashed for a in diagram.arrows):
            arrow("visited", "visited at this number")
        if any(a.dashed for a in diagram.arrows):
            arrow("opened", "opened by an alert", dashed=True)
    if kinds & {"ask", "decide"} and any(a.text and not a.dashed for a in diagram.arrows):
        arrow("next", "when this is true")
    if any(a.dashed and NEW_ROUND in a.text for a in diagram.arrows):
        arrow("again", NEW_ROUND, dashed=True)
    if any(a.state == "on" for a in diagram.arrows):
        arrow("path", "the path of this case", state="on")
    return Diagram("Legend", tuple(boxes), tuple(arrows), line=False, abreast=True)
