"""On paper: nothing smaller than 8 points, nothing off the page, every condition in the text of the PDF."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise

import pypdf
import pytest
from generated import chance_library

from goldenthread.draw import draw, extract
from goldenthread.draw.diagram import Arrow, Box, Diagram
from goldenthread.draw.looks import LEAST
from goldenthread.draw.paper import LARGEST, MARGIN, PAPERS, fit
from goldenthread.draw.sheet import to_sheet
from leaves import Leaves, squeezed
from small import shipped_library

LIBRARY = shipped_library()
_BELOW = frozenset("gjpqyQ,;_|/$@()[]{}")
"""Letters that reach below the line on which they stand."""
VIEWS = ["overview", "factor:avoidance", "to:2.10", "around:2.10", "phase:goals"]


def sound(pdf):
    """Check every letter of a PDF: large enough, and within the margins. Give what is on its pages."""
    leaves = Leaves(pdf)
    for number in range(1, len(leaves) + 1):
        letters, (wide, tall) = leaves.letters(number), leaves.size(number)
        assert letters
        for letter in letters:
            assert letter.size >= LEAST - 0.01, letter
            assert MARGIN - 1 <= letter.left <= letter.right <= wide - MARGIN + 1, letter
            low = letter.size / 3 if letter.char in _BELOW else 0
            assert MARGIN - 1 - low <= letter.bottom <= letter.top <= tall - MARGIN + 1, letter
    return leaves


@pytest.mark.parametrize("paper", ["", *PAPERS])
@pytest.mark.parametrize("what", LIBRARY.flowcharts)
def test_every_shipped_flowchart(what, paper):
    pdf = draw(LIBRARY, what, format="pdf", paper=paper, footer="2026-03-02")
    assert len(sound(pdf)) == 1


@pytest.mark.parametrize("what", VIEWS)
def test_views(what):
    for landscape in (False, True):
        sound(draw(LIBRARY, what, format="pdf", paper="a3", landscape=landscape))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_overview_fits_one_upright_sheet(paper):
    said = []
    pdf = draw(LIBRARY, "overview", format="pdf", paper=paper, footer="2026-03-02", tell=said.append)
    assert not said
    leaves = sound(pdf)
    assert len(leaves) == 1
    assert leaves.size(1) == pytest.approx(PAPERS[paper], abs=0.1)


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("nodes", [100, 300])
def test_many_nodes(nodes, direction, tmp_path):
    library = chance_library(tmp_path, nodes, 2)
    diagram = extract(library, "chance", direction=direction)
    said = []
    pdf = to_sheet(diagram, "pdf", "a4", tell=said.append)
    leaves = sound(pdf)
    assert len(leaves) == 1
    assert "does not fit on A4" in said[0]
    assert (max(leaves.size(1)) > LARGEST) == any("some readers of PDF" in line for line in said)
    every_condition(diagram, leaves)


def every_condition(diagram, leaves):
    text = leaves.whole()
    for arrow in diagram.arrows:
        assert squeezed(arrow.text) in text, arrow
    for box in diagram.boxes:
        assert squeezed("".join((box.heading, *box.text))) in text, box


@pytest.mark.parametrize("what", [*LIBRARY.flowcharts, *VIEWS])
def test_every_condition_and_every_box_is_in_the_text(what):
    every_condition(extract(LIBRARY, what), Leaves(draw(LIBRARY, what, format="pdf")))


def test_it_is_tagged_with_its_outline_in_words():
    reader = pypdf.PdfReader(io.BytesIO(draw(LIBRARY, "safety", format="pdf", paper="a3")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    tags, alts = [], []

    def walk(element):
        element = element.get_object()
        if isinstance(element, list):
            for one in element:
                walk(one)
        elif isinstance(element, dict):
            tags.append(element.get("/S"))
            alts.append(element.get("/Alt", ""))
            if "/K" in element:
                walk(element["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    assert "/H1" in tags
    assert tags.count("/Figure") == 2
    assert any("2.1 How is this session held?\n    If a remote session, go to 2.2." in alt for alt in alts)
    assert reader.metadata.title == "2 Risk screen"


class TestFit:
    def test_it_stays_as_it_is_where_it_fits(self):
        assert fit((300, 300), 50, "a4") == (*PAPERS["a4"], 1.0, False)

    def test_it_turns_the_sheet_where_that_is_better(self):
        found = fit((700, 300), 50, "a4")
        assert (found.width, found.height) == PAPERS["a4"][::-1]
        assert found.factor == 1

    def test_it_is_made_smaller_but_not_too_small(self):
        found = fit((600, 600), 50, "a4")
        assert 0.8 <= found.factor < 1
        assert found.width - 2 * MARGIN == pytest.approx(600 * found.factor)

    def test_a_page_grows_only_as_far_as_it_must(self):
        found = fit((300, 3000), 50, "a4")
        assert found.grown
        assert found.width == PAPERS["a4"][0]
        assert found.height == pytest.approx(3000 * 0.8 + 50 + 2 * MARGIN)


def labelled(text):
    boxes = tuple(Box(f"n{n}", kind, "1.1", (text,)) for n, kind in enumerate(("ask", "decide", "tell")))
    return Diagram("t", boxes, tuple(Arrow(a.id, b.id, text) for a, b in pairwise(boxes)), footer=text)


class TestLetters:
    @pytest.mark.parametrize(
        "text", ['"quotes" & <angles>', "ünïcödé Ωμέγα", "щука и ёж", "x" * 400, "word " * 80]
    )
    def test_come_out_as_they_are(self, text):
        every_condition(labelled(text), Leaves(to_sheet(labelled(text), "pdf")))

    def test_signs_that_no_font_has_are_named(self):
        said = []
        pdf = to_sheet(labelled("😀👩‍👧 🂡"), "pdf", tell=said.append)
        text = squeezed(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
        assert text.count("[playing") == 6
        assert not said

    @pytest.mark.parametrize(
        ("text", "font"),
        [
            ("שלום עולם", b"Arimo"),
            ("مرحبا بالعالم", b"NotoSansArabic"),
            ("हिन्दी", b"NotoSansDevanagari"),
            ("日本語 한국어", b"NotoSansCJKjp"),
            ("😀", b"NotoEmoji"),
        ],
    )
    def test_every_script_is_set_in_fonts_of_the_installation(self, text, font):
        said = []
        pdf = to_sheet(labelled(text), "pdf", tell=said.append)
        assert font in {
            name.partition(b"-")[0] for name in re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", pdf)
        }
        assert not said
        found = set(squeezed(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()))
        assert set(squeezed(text)) <= found

    def test_a_box_stands_for_a_letter_that_no_font_has_and_it_is_said(self):
        said = []
        pdf = to_sheet(labelled("so ᏣᎳᎩ or ཀ"), "pdf", tell=said.append)
        (line,) = said
        assert "“ཀᎩᎳᏣ” (in “so ᏣᎳᎩ or ཀ”)" in line
        assert "goldenthread[cjk]" in line
        text = squeezed(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
        assert text.count("so□□□or□") == 6


def test_a_picture_too_small_to_read_is_said(tmp_path):
    said = []
    to_sheet(extract(LIBRARY, "planning", depth=9), "png", tell=said.append)
    assert any("too small to be read" in line for line in said)


def test_the_same_bytes_in_two_processes():
    code = (
        "import hashlib; from goldenthread.loading import load; from goldenthread.draw import FORMATS, draw;"
        "library = load()[0]; views = ['goals', 'overview', 'factor:avoidance', 'to:2.10', 'around:2.10'];"
        "print([hashlib.sha256(draw(library, v, format=f)).hexdigest() for v in views for f in FORMATS])"
    )
    made = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
