"""The plan as PDF, read back: every word, tagged headings, numbered pages, the same bytes."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pypdf
import pytest
import typst
from export_plans import ALL, plan_of, small_plan

from goldenthread.draw import setting
from goldenthread.export import pdf
from goldenthread.export.document import Document, Item, Para, Section, Sub
from goldenthread.export.pdf import NoFontError, to_pdf
from goldenthread.export.record import footer, record
from leaves import tags_of

PLANS = [pytest.param(which, id="-".join(which)) for which in ALL]


def read(blob):
    return pypdf.PdfReader(io.BytesIO(blob))


def letters(text):
    """Give the letters and figures of a text; a PDF breaks lines and joins letters as it likes."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def written(plan, **choices):
    return to_pdf(record(plan).document, footer(plan), **choices)


def tags(reader):
    """Give the names of the tags of the document's structure, in order."""
    return [tag.name for tag in tags_of(reader)]


@pytest.mark.parametrize("which", PLANS)
def test_every_word_of_the_record_is_there(which):
    plan = plan_of(which)
    document = record(plan).document
    pages = read(written(plan)).pages
    foot = footer(plan)
    said = ""
    for n, page in enumerate(pages, 1):
        text = letters(page.extract_text())
        below = letters(f"{foot} page {n} of {len(pages)}")
        assert below in text
        said += text.replace(below, "")
    for section in document.sections:
        assert letters(section.heading) in said
        for block in section.blocks:
            assert all(letters(text) in said for text in (block.text, *getattr(block, "under", ())))
    assert letters(document.title) in said


@pytest.mark.parametrize("which", PLANS)
def test_headings_and_lists_are_tagged(which):
    plan = plan_of(which)
    document = record(plan).document
    reader = read(written(plan))
    found = tags(reader)
    blocks = [block for section in document.sections for block in section.blocks]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.count("/H1") == len(document.sections)
    assert found.count("/H2") == sum(isinstance(block, Sub) for block in blocks)
    points = [block for block in (*document.lead, *blocks) if isinstance(block, Item)]
    assert found.count("/LI") == sum(1 + len(point.under) for point in points)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_pages_are_numbered_and_each_says_that_it_is_a_draft():
    plan = replace(small_plan("full"), draft=True)
    document = record(plan).document
    long = replace(document, sections=document.sections * 3)
    pages = read(to_pdf(long, footer(plan))).pages
    assert len(pages) > 2
    for n, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert f"page {n} of {len(pages)}" in text
        assert "version 1 · 2 March 2026 · not signed · draft content" in text


@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper(paper, points):
    box = read(written(small_plan("full"), paper=paper)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_the_same_plan_gives_the_same_bytes_and_nobodys_name():
    blob = written(small_plan("full"))
    assert blob == written(small_plan("full"))
    about = read(blob).metadata
    assert about.title == "Treatment plan for K7"
    assert not about.author
    assert about.creation_date is None


def test_numbers_go_on_as_they_are_given():
    document = Document("T", (), (Section("s", "S", (Item("three", number=3), Item("four", number=4))),))
    said = " ".join(read(to_pdf(document, "")).pages[0].extract_text().split())
    assert "3. three" in said
    assert "4. four" in said


MARKS = '#set page(fill: red) $x$ *bold* _it_ `code` @ref <label> \\ "quoted" // comment [x] = heading'


def test_nothing_that_was_typed_is_taken_for_a_mark():
    document = Document(MARKS, (Para(MARKS),), (Section("s", MARKS, (Item(MARKS, (MARKS,)),)),))
    reader = read(to_pdf(document, MARKS))
    said = letters(reader.pages[0].extract_text())
    assert said.count(letters(MARKS)) == 6
    assert tags(reader).count("/H1") == 1


def test_a_sign_is_said_in_words_where_no_font_shows_it():
    document = Document("T", (Para("I drew \N{PLAYING CARD ACE OF SPADES} and \x07\ud800 won"),), ())
    said = " ".join(read(to_pdf(document, "f")).pages[0].extract_text().split())
    assert "I drew [playing card ace of spades] and won" in said


def test_letters_that_no_font_has_are_refused_in_plain_words(monkeypatch):
    own = setting.fonts()
    monkeypatch.setattr(setting, "fonts", lambda **_: own)
    with pytest.raises(NoFontError, match="letters that no font on this machine can show") as caught:
        to_pdf(Document("T", (Para("ཀཁག"),), ()), "")
    assert ".docx" in caught.value.help


def test_what_else_goes_wrong_is_not_taken_for_a_missing_font(monkeypatch):
    monkeypatch.setattr(pdf, "_TEMPLATE", "#panic()")
    with pytest.raises(typst.TypstError, match="panicked"):
        to_pdf(Document("T", (), ()), "")
