"""A drawing on a page: PDF or PNG, with title, legend and footer, in the fonts of the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.diagram import split
from goldenthread.draw.legend import place_legend
from goldenthread.draw.letters import wrapped
from goldenthread.draw.looks import LEAST, SMALLEST
from goldenthread.draw.outline import outline_text
from goldenthread.draw.paper import LARGEST, MARGIN, fit, grown_words, too_large_words
from goldenthread.draw.picture import placed, svg_of
from goldenthread.draw.scripts import apart
from goldenthread.draw.setting import SHARP, set_pages
from goldenthread.draw.spelled import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.draw.diagram import Diagram
    from goldenthread.draw.paper import Fit, Paper
    from goldenthread.draw.placed import Placed

_NARROWEST = 380.0
_TITLE, _TITLE_LEADING, _FOOT_LEADING, _BETWEEN = 15.0, 20.0, 11.0, 6.0
_PIXELS_A_SIDE = 10_000
_LEGIBLE = 56
_TEMPLATE = """
#let given = json(bytes(sys.inputs.given))
#set document(title: given.title, date: none)
#set text(font: sys.inputs.font, size: 8pt, fill: rgb("#1b2733"), lang: "en")
#set par(leading: 0.5em)
#show heading: it => text(size: 15pt, weight: "bold", top-edge: "ascender", it.body)
#let picture(it) = drawn(it, it.width * 1pt, it.height * 1pt, it.scale, alt: it.alt)
#for sheet in given.sheets {
  page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: given.margin * 1pt)[
    #block(above: 0pt, below: 0pt, height: sheet.title-height * 1pt,
      heading(level: 1, sheet.title-lines.join(linebreak())))
    #block(above: 0pt, below: 0pt, width: 100%, height: 1fr, align(center + horizon, picture(sheet.drawing)))
    #if sheet.legend != none { block(above: 6pt, below: 0pt, picture(sheet.legend)) }
    #line(length: 100%, stroke: 0.5pt + rgb("#b9c0c6"))
    #block(above: 4pt, below: 0pt, text(fill: rgb("#46535f"), sheet.foot-lines.join(linebreak())))
  ]
}
"""


def to_sheet(
    diagram: Diagram,
    form: Literal["pdf", "png"],
    paper: Paper = "",
    *,
    landscape: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Set a diagram on a page as large as it needs, or on a paper, made smaller to fit, but never too small to read.

    In a PDF each flowchart of several has a page of its own. `tell` is called with what whoever asked should know:
    that a page had to be larger than the paper, or is too large for some programs.
    """
    diagram = spelled(diagram)
    apart = split(diagram) if form == "pdf" else [diagram]
    sheets = [_sheet(part, paper, tell, landscape=landscape) for part in apart]
    longest = max(max(sheet["width"], sheet["height"]) for sheet in sheets)
    sharp = min(SHARP, 72 * _PIXELS_A_SIDE / longest)
    if form == "png" and sharp * SMALLEST < _LEGIBLE:
        tell("the picture is too small to be read: draw it as PDF or SVG, or draw less")
    given = {"title": diagram.title, "margin": MARGIN, "sheets": sheets}
    made: bytes = set_pages(_TEMPLATE, given, form=form, sharp=sharp, tell=tell)
    return made


def _sheet(
    diagram: Diagram, paper: Paper, tell: Callable[[str], None], *, landscape: bool
) -> Mapping[str, Any]:
    """Give what the template reads of a page; lengths are points."""
    drawing = placed(diagram)
    wide = max(drawing.width, _NARROWEST)
    key, heads, foot = _around(diagram, wide)
    around = _height(heads, foot)
    wide = max(wide, key.width)
    found = fit((wide, drawing.height + key.height), around, paper, landscape=landscape)
    for _ in range(2):
        # On its page the legend, the title and the footer have other lines: they fit when these are settled.
        inner = (found.width - 2 * MARGIN) / found.factor
        key, heads, foot = _around(diagram, inner, found.factor)
        around = _height(heads, foot)
        content = (max(drawing.width, key.width), drawing.height + key.height)
        again = fit(content, around, paper, landscape=landscape) if paper else found
        if not paper:
            height = content[1] + around + 2 * MARGIN
            again = found._replace(width=max(found.width, content[0] + 2 * MARGIN), height=height)
        found = again
    _warn(diagram.title, found, paper, tell)
    return {
        "width": found.width,
        "height": found.height,
        "title-lines": heads,
        "title-height": len(heads) * _TITLE_LEADING,
        "drawing": _picture(drawing, diagram, outline_text(diagram), found.factor),
        "legend": _picture(key, diagram, "Legend of the shapes", found.factor) if key.height else None,
        "foot-lines": foot,
    }


def _around(diagram: Diagram, wide: float, factor: float = 1.0) -> tuple[Placed, list[str], list[str]]:
    """Give what stands around a drawing: the legend, the lines of the title, and of the footer."""
    key = place_legend(diagram, wide)
    heads = wrapped(diagram.title, wide * factor, _TITLE, bold=True)
    return key, heads, wrapped(diagram.footer, wide * factor, LEAST)


def _height(heads: list[str], foot: list[str]) -> float:
    return len(heads) * _TITLE_LEADING + 4 * _BETWEEN + len(foot) * _FOOT_LEADING


def _warn(title: str, found: Fit, paper: Paper, tell: Callable[[str], None]) -> None:
    if found.grown:
        tell(grown_words(title, found, paper))
    if max(found.width, found.height) > LARGEST:
        tell(too_large_words(title, found))


def _picture(drawing: Placed, diagram: Diagram, alt: str, factor: float) -> Mapping[str, Any]:
    size = {"width": drawing.width * factor, "height": drawing.height * factor, "scale": factor}
    return {**apart(svg_of(drawing, diagram).decode()), "alt": alt, **size}
