"""A drawing on a page: PDF or PNG, with title, legend and footer, in the fonts of the installation."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.diagram import split
from goldenthread.draw.fonts import fonts
from goldenthread.draw.legend import place_legend
from goldenthread.draw.letters import wrapped
from goldenthread.draw.looks import LEAST, SMALLEST
from goldenthread.draw.outline import outline_text
from goldenthread.draw.paper import LARGEST, MARGIN, fit, grown_words, too_large_words
from goldenthread.draw.picture import placed, svg_of
from goldenthread.draw.spelled import missing_letters, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.draw.diagram import Diagram
    from goldenthread.draw.paper import Fit, Paper
    from goldenthread.draw.placed import Placed

_NARROWEST = 380.0
_TITLE, _TITLE_LEADING, _FOOT_LEADING, _BETWEEN = 15.0, 20.0, 11.0, 6.0
_PIXELS_A_SIDE = 10_000
_SHARP, _LEGIBLE = 144, 56
_NO_GLYPH = "PDF/UA-1 error"
_LEFTWARD = re.compile('(<text[^>]* direction="rtl"[^>]*>)([^<]*[!-~][^<]*)(</text>)')
"""A line that runs from the right and has more than its own letters in it. The typesetter does not read `direction`,
but knows the signs that begin and end what runs from the right."""
_TEMPLATE = """
#let given = json(bytes(sys.inputs.given))
#set document(title: given.title, date: none)
#set text(font: given.font, size: 8pt, fill: rgb("#1b2733"), lang: "en")
#set par(leading: 0.5em)
#show heading: it => text(size: 15pt, weight: "bold", top-edge: "ascender", it.body)
#let picture(it) = image(
  bytes(it.svg), format: "svg", alt: it.alt, width: it.width * 1pt, height: it.height * 1pt,
)
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
    missing = missing_letters(diagram)
    if missing:
        tell(
            f"no font of the installation has “{missing}”: they are set in a font of this machine, if it has one"
        )
    apart = split(diagram) if form == "pdf" else [diagram]
    sheets = [_sheet(part, paper, tell, landscape=landscape) for part in apart]
    longest = max(max(sheet["width"], sheet["height"]) for sheet in sheets)
    sharp = min(_SHARP, 72 * _PIXELS_A_SIDE / longest)
    if form == "png" and sharp * SMALLEST < _LEGIBLE:
        tell("the picture is too small to be read: draw it as PDF or SVG, or draw less")
    given = {"title": diagram.title, "margin": MARGIN, "sheets": sheets}
    return _typeset(given, form, sharp, of_the_system=bool(missing))


def _typeset(
    given: Mapping[str, Any], form: Literal["pdf", "png"], sharp: float, *, of_the_system: bool
) -> bytes:
    import typst  # noqa: PLC0415 -- a heavy import, made when used

    found, family = fonts(of_the_system=of_the_system)
    text = json.dumps({**given, "font": family}, ensure_ascii=False)

    def made(*standards: Literal["ua-1"]) -> bytes:
        blob: bytes = typst.compile(
            _TEMPLATE.encode(),
            format=form,
            font_paths=found,
            sys_inputs={"given": text},
            ppi=sharp,
            pdf_standards=list(standards),
            timestamp=0,
        )
        return blob

    try:
        return made("ua-1") if form == "pdf" else made()
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        # It is tagged all the same; but the standard lets no letter stand that has no name in its font.
        return made()


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
    svg = _LEFTWARD.sub("\\1\u2067\\2\u2069\\3", svg_of(drawing, diagram).decode())
    return {"svg": svg, "alt": alt, "width": drawing.width * factor, "height": drawing.height * factor}
