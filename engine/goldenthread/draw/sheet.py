"""A drawing on a page: PDF or PNG, with a title, a legend and a footer, set by typst without any font of the system."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.diagram import Arrow, Box, Diagram
from goldenthread.draw.dot import to_dot
from goldenthread.draw.layout import to_svg
from goldenthread.draw.svg import finished, size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.draw.diagram import Kind

Paper = Literal["", "a4", "letter"]
"""The page: as large as the drawing, or a paper that the drawing is made to fit."""

LARGEST = 14_000
"""Points; a PDF page may be no larger."""
_MARGIN = 36
_NARROWEST = 380
_PIXELS_A_SIDE = 10_000
_SHARP = 144
_FONT_PACKAGE = "fontpkg_arimo"
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
#let given = sys.inputs
#let points(name) = float(given.at(name)) * 1pt
#set document(title: given.title, date: none)
#set page(width: points("page_width"), height: if given.page_height == "auto" { auto } else { points("page_height") }, \
  margin: points("margin"))
#set text(font: given.font, size: 9pt, fill: rgb("#1b2733"), lang: "en")
#set par(leading: 0.5em)
#let picture(name) = image(bytes(given.at(name)), format: "svg", alt: given.at(name + "_alt"), \
  width: points(name + "_width"), height: points(name + "_height"))
#text(size: 15pt, weight: "bold", given.title)
#v(4pt)
#block(width: 100%, height: if given.page_height == "auto" { auto } else { 1fr }, align(center + horizon, picture("drawing")))
#v(4pt)
#picture("legend")
#line(length: 100%, stroke: 0.5pt + rgb("#b9c0c6"))
#text(size: 8pt, fill: rgb("#46535f"), given.footer)
"""


def to_sheet(diagram: Diagram, form: Literal["pdf", "png"], paper: Paper = "") -> bytes:
    """Set a diagram on a page: one as large as it needs, or a paper with the drawing made smaller to fit."""
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    drawing = finished(to_svg(to_dot(diagram, titled=False)), diagram.title)
    legend = finished(to_svg(to_dot(_legend(diagram), titled=False)), "Legend")
    inputs, side = _measures(size(drawing), size(legend), paper)
    fonts, family = _fonts()
    inputs |= {
        "title": diagram.title,
        "footer": diagram.footer,
        "font": family,
        "drawing": drawing,
        "drawing_alt": f"Flowchart: {diagram.title}",
        "legend": legend,
        "legend_alt": "Legend of the shapes",
    }
    made: bytes = typst.compile(
        _TEMPLATE.encode(),
        format=form,
        font_paths=fonts,
        sys_inputs=inputs,
        ppi=min(_SHARP, 72 * _PIXELS_A_SIDE / side),
        timestamp=0,
    )
    return made


def _measures(drawing: tuple[float, float], legend: tuple[float, float], paper: Paper) -> tuple[dict[str, str], float]:
    """Give the measures that the template reads, in points, and the page's longer side."""
    wide, tall = drawing
    if paper:
        short, long = _PAPERS[paper]
        page = (long, short) if wide > tall else (short, long)
        room = (page[0] - 2 * _MARGIN, page[1] - 2 * _MARGIN - 60 - legend[1])
        factor = min(1.0, room[0] / wide, room[1] / tall)
        inner, side = room[0], max(page)
        height = f"{page[1]:.2f}"
    else:
        factor = min(1.0, (LARGEST - 200) / max(wide, tall))
        inner = max(wide * factor, min(legend[0], 600), _NARROWEST)
        page = (inner + 2 * _MARGIN, tall * factor + legend[1] + 120)
        height, side = "auto", max(page)
    small = min(1.0, inner / legend[0])
    measures = {
        "page_width": page[0],
        "margin": _MARGIN,
        "drawing_width": wide * factor,
        "drawing_height": tall * factor,
        "legend_width": legend[0] * small,
        "legend_height": legend[1] * small,
    }
    return {"page_height": height} | {name: f"{value:.2f}" for name, value in measures.items()}, side


@lru_cache(maxsize=1)
def _fonts() -> tuple[Any, str]:
    """Give the fonts that may be used, and the family: Arimo, as wide as the font measured, where its package is."""
    import typst  # noqa: PLC0415 -- as above

    package = find_spec(_FONT_PACKAGE)
    folders = [Path(package.origin).parent / "files"] if package and package.origin else []
    family = "Arimo" if folders else "Libertinus Serif"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders]), family


def _legend(diagram: Diagram) -> Diagram:
    """Give a row of the shapes and arrows that a diagram has."""
    kinds = {box.kind for box in diagram.boxes}
    boxes = [Box(f"legend/{kind}", kind, text=(word,), scale=("0", "n")) for kind, word in _LEGEND.items() if kind in kinds]
    arrows = []

    def arrow(name: str, text: str, **look: Any) -> None:
        ends = (f"legend/{name}/from", f"legend/{name}/to")
        boxes.extend(Box(end, "point") for end in ends)
        arrows.append(Arrow(*ends, text, **look))

    if any(a.text and not a.dashed for a in diagram.arrows):
        arrow("next", "when this is true")
    if any(a.dashed for a in diagram.arrows):
        arrow("again", "new round, or a jump", dashed=True)
    if any(a.state == "on" for a in diagram.arrows):
        arrow("path", "the path of this case", state="on")
    return Diagram("Legend", tuple(boxes), tuple(arrows))
