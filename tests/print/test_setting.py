"""Blocks on pages: every word is there, tagged in order, with links that know their page."""

from __future__ import annotations

import pytest

from goldenthread.draw import extract
from goldenthread.draw.diagram import Box, Diagram
from goldenthread.print.content import (
    Break,
    Contents,
    Furniture,
    Heading,
    Line,
    Pairs,
    Para,
    Part,
    Picture,
    Points,
    Publication,
    Room,
    Run,
    Table,
    Title,
    joined,
)
from goldenthread.print.drawing import drawn
from goldenthread.print.furniture import DRAFT, furniture
from goldenthread.print.paper import PAPERS, sheet
from goldenthread.print.setting import to_pdf
from leaves import Leaves, overlapping, squeezed
from small import shipped_library

MARKS = '#set page(fill: red) $x$ *bold* _it_ `code` @ref <label> \\ "quoted" // comment [x] = heading'
SVG = (
    '<svg width="200pt" height="100pt" viewBox="0 0 200 100" xmlns="http://www.w3.org/2000/svg">'
    '<text x="10" y="50" font-family="Arimo" font-size="12">drawn</text></svg>'
)
EVERY = (
    Part((Title("What it is"), Heading("Contents", listed=False), Contents(2))),
    Part(
        (
            Heading("One", label="one"),
            Para("As it is walked.", "lead"),
            Para("Who comes?", "ask"),
            Para("Who is here today?", "say"),
            Para("Never alone.", "note"),
            Para("In passing.", "quiet"),
            Para("Entry, 4", "entry"),
            Points(("a point", (Run("see "), Run("the drawing", "bold", "two", "on")))),
            Points(("a box",), "tick"),
            Points(("first", "second"), "number"),
            Pairs((("Why", ("because",)), ("Options", ("yes", "no")))),
            Table(("Head", "Other"), (("cell", (Run("said", "said"),)),), (1, 2)),
            Room(2),
            Break(),
            Heading("Further", 2),
            Para(joined(("words", (Run("and words"),)))),
        )
    ),
    Part(
        (
            Heading("Two", label="two"),
            Picture(
                SVG,
                "What it shows",
                200,
                100,
                1,
                (Line(100, 20, 12, (Run("to 1", "", "one", "on"),)),),
                fill=True,
            ),
        ),
        turned=True,
    ),
)


@pytest.fixture(scope="module")
def library():
    return shipped_library()


def publication(*parts, title="A title", foot="version 1", draft=""):
    return Publication(title, sheet(), Furniture("A head", foot, draft), parts)


@pytest.fixture(scope="module")
def leaves():
    return Leaves(to_pdf(publication(*EVERY, draft=DRAFT)))


def test_every_word_of_every_block_is_there(leaves):
    said = leaves.whole()
    words = (
        "What it is", "As it is walked.", "Who comes?", "Who is here today?", "Never alone.", "In passing.", "Entry, 4",
        "a point", "see the drawing on page 4", "a box", "1. first", "2. second", "Why because", "Options", "yes",
        "Head", "cell", "said", "words and words", "drawn", "to 1 on page 2",
    )  # fmt: skip
    for each in words:
        assert squeezed(each) in said, each


def test_each_page_has_its_head_its_foot_and_its_number(leaves):
    assert len(leaves) == 4
    for number in range(1, 5):
        said = leaves.squeezed(number)
        for each in ("A head", "version 1", DRAFT, f"page {number} of 4"):
            assert squeezed(each) in said
    assert leaves.squeezed(3).count("One") == 1


def test_links_lead_to_the_page_that_they_name(leaves):
    assert ("thedrawingonpage4", 4) in leaves.links(2)
    assert ("to1onpage2", 2) in leaves.links(4)
    assert [link.page for link in leaves.links(1)] == [2, 3, 4]


def test_the_tags_follow_the_blocks(leaves):
    tags = leaves.tags()
    headings = [(tag.name, tag.page) for tag in tags if tag.name in {"/Title", "/H1", "/H2"}]
    assert headings == [("/Title", 1), ("/H1", 1), ("/H1", 2), ("/H2", 3), ("/H1", 4)]
    assert [(tag.alt, tag.page) for tag in tags if tag.name == "/Figure"] == [("What it shows", 4)]
    names = [tag.name for tag in tags]
    assert names.count("/LI") == 7
    assert names.count("/TH") == 2
    assert names.count("/TD") == 2
    assert names.count("/TOCI") == 3
    root = leaves.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en-GB"
    assert "<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()


def test_the_same_publication_gives_the_same_bytes_and_no_clock():
    blob = to_pdf(publication(*EVERY))
    assert blob == to_pdf(publication(*EVERY))
    about = Leaves(blob).reader.metadata
    assert about.title == "A title"
    assert about.creation_date is None
    assert not about.author


def test_fonts_are_in_the_file(leaves):
    for page in leaves.reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in inner or "/FontFile3" in inner


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_is_as_large_as_its_paper_upright_or_turned(paper):
    chosen = sheet(paper)
    blob = to_pdf(
        Publication("T", chosen, Furniture("", ""), (Part((Heading("x"),)), Part((Para("y"),), turned=True)))
    )
    sizes = [Leaves(blob).size(number) for number in (1, 2)]
    assert sizes[0] == pytest.approx((chosen.width, chosen.height), abs=0.1)
    assert sizes[1] == pytest.approx((chosen.height, chosen.width), abs=0.1)


def test_nothing_is_taken_for_a_mark():
    blocks = (
        Heading(MARKS),
        Para(MARKS),
        Points((MARKS,)),
        Pairs(((MARKS, (MARKS,)),)),
        Table((MARKS,), ((MARKS,),)),
    )
    found = Leaves(to_pdf(publication(Part(blocks), title=MARKS, foot=MARKS)))
    said = found.whole()
    assert said.count(squeezed(MARKS)) == 8
    assert found.reader.metadata.title == MARKS


def test_a_word_longer_than_a_line_stays_on_the_page():
    words = "x" * 400
    found = Leaves(to_pdf(publication(Part((Para(words), Pairs((("Why", (words,)),)), Heading(words))))))
    letters = found.letters(1)
    assert "".join(letter.char for letter in letters).count("x") == 1200 + 59
    assert max(letter.right for letter in letters) < found.size(1)[0] - 30
    assert not overlapping(letters)


def test_signs_that_no_font_of_text_has_are_said_in_words_also_in_drawings(library):
    sign = "\N{PLAYING CARD ACE OF SPADES}"
    diagram = extract(library, "goals")
    boxes = (diagram.boxes[0]._replace(text=(f"So {sign}",)), *diagram.boxes[1:])
    made = drawn(type(diagram)(f"T {sign}", boxes, diagram.arrows))
    picture = Picture(made.svg(), made.alt, made.width, made.height)
    said = Leaves(to_pdf(publication(Part((Heading(f"So {sign}"), picture))))).whole()
    assert said.count("So[playingcardaceofspades]") == 3


def test_a_box_stands_for_a_letter_that_no_font_has_and_it_is_said_where():
    said = []
    made = to_pdf(publication(Part((Heading("A heading"), Para("It is ᏣᎳ")))), said.append)
    assert Leaves(made).whole().count("Itis□□") == 1
    (line,) = said
    assert "“ᎳᏣ” (in “It is ᏣᎳ”)" in line


def test_words_of_every_script_are_joined_and_ordered_in_drawings():
    words = ("مرحبا بالعالم", "हिन्दी", "日本語", "\N{GRINNING FACE}")
    boxes = tuple(Box(f"n{n}", "ask", text=(text,)) for n, text in enumerate(words))
    made = drawn(Diagram("T", boxes, ()))
    picture = Picture(made.svg(), made.alt, made.width, made.height)
    said = []
    leaves = Leaves(to_pdf(publication(Part((Heading("T"), picture))), said.append))
    assert not said
    assert set("".join(words).replace(" ", "")) <= set(leaves.whole())


def test_the_foot_says_version_content_day_and_draft(library):
    made = furniture(library, "T", "2026-03-02", library.flowcharts.values())
    assert library.digest in made.foot
    assert "2 March 2026" in made.foot
    assert made.draft == DRAFT
    assert furniture(library, "T", "", ()).draft == ""
