"""A document as Word reads it: headings and lists by their styles, a footer, and nobody's name in its properties."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.draw.letters import printable
from goldenthread.export.document import Block, Document, Item, Para, Sub
from goldenthread.export.extra import needed_for

if TYPE_CHECKING:
    from collections.abc import Iterable

Paper = Literal["a4", "letter"]
_PAPERS: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
_MARGIN, _TYPE, _SIZE = 22, "Arial", 10.5
_SIZES = {"Title": 18, "Heading 1": 13, "Heading 2": 11}
_INK = 0x1B, 0x27, 0x33
_LANGUAGE = "en-GB"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time that the parts of a file have: the same document gives the same bytes."""


def to_docx(document: Document, footer: str, date: str, *, paper: Paper = "a4") -> bytes:
    """Write a document for Word. `footer` stands on every page, `date` (2026-03-02) in the properties.

    Raises MissingExtraError.
    """
    with needed_for("a Word document"):
        import docx  # noqa: PLC0415 -- a heavy import, made when used

    made = docx.Document()
    _looks(made, paper)
    made.add_paragraph(printable(document.title), "Title")
    _blocks(made, document.lead)
    for section in document.sections:
        made.add_paragraph(printable(section.heading), "Heading 1")
        _blocks(made, section.blocks)
    _blocks(made, document.foot)
    _footer(made, footer)
    nameless(made, document.title, date)
    return steady(made)


def _looks(made: Any, paper: Paper) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as above
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415 -- as above

    page = made.sections[0]
    page.page_width, page.page_height = map(Mm, _PAPERS[paper])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    made.styles["Normal"].font.size = Pt(_SIZE)
    for name in ("Normal", *_SIZES):
        style = made.styles[name]
        style.font.name = _TYPE
        style.font.color.rgb = RGBColor(*_INK)
        # The built-in headings name a font of the theme, which goes before the one named here.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name in _SIZES:
            style.font.size = Pt(_SIZES[name])
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _blocks(made: Any, blocks: Iterable[Block]) -> None:
    numbered: Any = None
    for block in blocks:
        match block:
            case Para(text):
                made.add_paragraph(printable(text))
            case Sub(text):
                made.add_paragraph(printable(text), "Heading 2")
            case Item(text, under, number):
                point = made.add_paragraph(printable(text), "List Number" if number else "List Bullet")
                if number:
                    numbered = numbered or _new_numbers(made, number)
                    point._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbered
                for line in under:
                    made.add_paragraph(printable(line), "List Bullet 2")


def _new_numbers(made: Any, first: int) -> int:
    """Begin a numbered list anew: without it, one list would go on through the whole document."""
    style = made.styles["List Number"].element
    numbering = made.part.numbering_part.element
    own = numbering.num_having_numId(style.pPr.numPr.numId.val)
    new = numbering.add_num(own.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(first)
    found: int = new.numId
    return found


def _footer(made: Any, text: str) -> None:
    from docx.shared import Pt  # noqa: PLC0415 -- as above

    line = made.sections[0].footer.paragraphs[0]
    for part in (f"{printable(text)} · page ", "PAGE", " of ", "NUMPAGES"):
        run = line.add_run("" if part.isupper() else part)
        run.font.size = Pt(8.5)
        if part.isupper():
            _field(run, part)


def _field(run: Any, code: str) -> None:
    """Put a field into a run, for Word to fill in."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- as above
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as above

    for kind in ("begin", "", "separate", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = code
        run._r.append(element)


def nameless(made: Any, title: str, date: str) -> None:
    """Give a Word document its title and day, and take away who made it."""
    day = datetime.datetime.combine(datetime.date.fromisoformat(date), datetime.time())
    about = made.core_properties
    about.title, about.language = printable(title), _LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.created = about.modified = day
    about.revision = 1


def steady(made: Any) -> bytes:
    """Write a Word document; the same gives the same bytes."""
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in parts.infolist():
            copy.writestr(zipfile.ZipInfo(part.filename, _BEGINNING), parts.read(part), zipfile.ZIP_DEFLATED)
    return last.getvalue()
