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
_STYLES = (*_SIZES, "List Bullet", "List Bullet 2", "List Number")
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
    write = _Writer(made)
    write.line(document.title, "Title")
    write.blocks(document.lead)
    for section in document.sections:
        write.line(section.heading, "Heading 1")
        write.blocks(section.blocks)
    write.blocks(document.foot)
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


class _Writer:
    """Writes lines one below the other. Styles are looked up once: python-docx would search them for every line."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.styles = {name: made.styles[name].style_id for name in _STYLES}

    def line(self, text: str, style: str = "") -> Any:
        """Write a paragraph in a style."""
        line = self.made.add_paragraph(printable(text))
        if style:
            line._p.style = self.styles[style]
        return line

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks; the numbers of each list begin anew."""
        numbers = 0
        for block in blocks:
            match block:
                case Para(text):
                    self.line(text)
                case Sub(text):
                    self.line(text, "Heading 2")
                case Item(text, under, number):
                    point = self.line(text, "List Number" if number else "List Bullet")
                    if number:
                        numbers = numbers or self._new_numbers(number)
                        point._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbers
                    for line in under:
                        self.line(line, "List Bullet 2")

    def _new_numbers(self, first: int) -> int:
        """Begin a numbered list anew: without it, one list would go on through the whole document."""
        style = self.made.styles["List Number"].element
        numbering = self.made.part.numbering_part.element
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
