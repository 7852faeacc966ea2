"""The plan for Word, read back as Word would: headings, lists, footer, properties."""

from __future__ import annotations

import getpass
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from export_plans import ALL, plan_of, small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.export.client import client_document
from goldenthread.export.document import Document, Item, Para, Section, Sub
from goldenthread.export.docx import to_docx
from goldenthread.export.extra import MissingExtraError
from goldenthread.export.record import footer, record

PLANS = [pytest.param(which, id="-".join(which)) for which in ALL]


def read(blob):
    return docx.Document(io.BytesIO(blob))


def written(plan, **choices):
    return to_docx(record(plan).document, footer(plan), plan.date, **choices)


def outline(document):
    """Give what stands in a document, with the styles that it is to have."""

    def blocks(found):
        for block in found:
            match block:
                case Para(text):
                    yield "Normal", text
                case Sub(text):
                    yield "Heading 2", text
                case Item(text, under, number):
                    yield ("List Number" if number else "List Bullet"), text
                    yield from (("List Bullet 2", line) for line in under)

    yield "Title", document.title
    yield from blocks(document.lead)
    for section in document.sections:
        yield "Heading 1", section.heading
        yield from blocks(section.blocks)
    yield from blocks(document.foot)


@pytest.mark.parametrize("which", PLANS)
def test_every_word_of_the_record_is_there_in_its_style(which):
    document = record(plan_of(which)).document
    made = read(written(plan_of(which)))
    assert [(p.style.name, p.text) for p in made.paragraphs] == list(outline(document))
    assert made.tables == []


def test_numbers_begin_anew_in_each_list():
    lists = [Section(n, n, (Item("a", ("x",), 1), Item("b", (), 2))) for n in "pq"]
    made = read(
        to_docx(Document("T", (), (*lists, Section("r", "r", (Item("e", number=5),)))), "f", "2026-03-02")
    )
    points = [p for p in made.paragraphs if p.style.name == "List Number"]
    ids = [p._p.pPr.numPr.numId.val for p in points]
    assert ids[0] == ids[1] != ids[2] == ids[3] != ids[4]
    numbering = made.part.numbering_part.element
    starts = [
        numbering.num_having_numId(id_).lvlOverride_lst[0].startOverride.val
        for id_ in (ids[0], ids[2], ids[4])
    ]
    assert starts == [1, 1, 5]


def test_each_page_says_whose_plan_which_version_and_that_it_is_a_draft():
    plan = replace(small_plan("full"), draft=True)
    line = read(written(plan)).sections[0].footer.paragraphs[0]
    assert line.text.startswith(
        "Treatment plan for K7 · version 1 · 2 March 2026 · not signed · draft content · page "
    )
    assert [code.text for code in line._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("paper", "millimetres"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_the_paper(paper, millimetres):
    page = read(written(small_plan("full"), paper=paper)).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == millimetres


def test_the_properties_name_the_plan_and_nobody(monkeypatch):
    for name in ("USER", "USERNAME", "LOGNAME"):
        monkeypatch.setenv(name, "machineuser")
    assert getpass.getuser() == "machineuser"
    blob = written(small_plan("full"))
    about = read(blob).core_properties
    assert about.title == "Treatment plan for K7"
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert str(about.created)[:10] == str(about.modified)[:10] == "2026-03-02"
    parts = zipfile.ZipFile(io.BytesIO(blob))
    everything = b"".join(parts.read(name) for name in parts.namelist())
    assert not re.search(rb"machineuser|python-docx", everything)


def test_the_same_plan_gives_the_same_bytes():
    assert written(small_plan("full")) == written(small_plan("full"))


def test_the_clients_page_can_be_written_too():
    page = client_document(replace(small_plan("full"), copy_safe="yes"))
    made = read(to_docx(page, "", "2026-03-02"))
    assert "What happens next" in [p.text for p in made.paragraphs if p.style.name == "Heading 1"]


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_whatever_was_said_is_written(words):
    document = Document(
        words, (Para(words),), (Section("s", words, (Item(words, (words,), 1),)),), (Sub(words),)
    )
    made = read(to_docx(document, words, "2026-03-02"))
    letters = sorted(c for c in words if c.isalnum())
    assert all(sorted(c for c in p.text if c.isalnum()) == letters for p in made.paragraphs)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingExtraError, match="a Word document needs the library docx") as caught:
        written(small_plan("full"))
    assert "pip install 'goldenthread[web]'" in caught.value.help
