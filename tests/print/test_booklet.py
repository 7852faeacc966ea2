"""The booklet as it is printed: nothing cropped or on top of another, every condition there, every link right."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from made_up import IN_WORDS, SIGNS
from made_up import library as made_up

from goldenthread.draw import UnknownDrawingError, place
from goldenthread.draw.layout import laid_out
from goldenthread.print import booklet, sheet
from goldenthread.print.booklet import publication
from goldenthread.print.chart import chart
from goldenthread.print.furniture import DRAFT
from leaves import Leaves, overlapping, squeezed
from small import shipped_library

SHIPPED = shipped_library()
EDGE = 28
"""Points: nearer to the edge of the paper nothing is printed; 10 mm."""
DAY = "2026-03-02"


@pytest.fixture(scope="module")
def blob():
    return booklet(SHIPPED, sheet(), date=DAY)


@pytest.fixture(scope="module")
def leaves(blob):
    return Leaves(blob)


@pytest.fixture(scope="module", params=[100, 300])
def made(request, tmp_path_factory):
    """Give a library of so many steps, labels of every kind among them, and its booklet."""
    library = made_up(tmp_path_factory.mktemp("made"), nodes=request.param)
    return library, Leaves(booklet(library, sheet(), date=DAY))


def sound(leaves, least):
    """Hold every page against its paper."""
    for number in range(1, len(leaves) + 1):
        letters = leaves.letters(number)
        wide, tall = leaves.size(number)
        assert letters, f"page {number} is empty"
        assert min(letter.size for letter in letters) >= least - 0.01, number
        assert min(letter.left for letter in letters) >= EDGE, number
        assert max(letter.right for letter in letters) <= wide - EDGE, number
        assert min(letter.bottom for letter in letters) >= EDGE, number
        assert max(letter.top for letter in letters) <= tall - EDGE, number
        assert not overlapping(letters), number


def linked(leaves):
    """Hold every link that names a page against the page that it leads to. Give how many there are."""
    count = 0
    for number in range(1, len(leaves) + 1):
        for link in leaves.links(number):
            named = re.search(r"(?:page|p\.|,|^)(\d+)[;.]?$", link.text)
            if named:
                assert int(named[1]) == link.page, (number, link)
                count += 1
    return count


def test_no_page_but_the_last_of_a_drawing_is_under_half_full():
    paper = sheet()
    for flowchart in SHIPPED.flowcharts.values():
        *before, _ = chart(SHIPPED, flowchart, paper, set(SHIPPED.flowcharts)).pages
        for number, part in enumerate(before, 1):
            taken = part.factor * part.drawing.height / paper.room(turned=part.turned)[1]
            assert taken >= 0.5, (flowchart.id, number)


def test_nothing_is_cropped_or_too_small_or_on_top_of_another(leaves):
    sound(leaves, 8)


@pytest.mark.parametrize(
    ("paper", "large", "least"),
    [("letter", False, 8), ("a3", False, 8), ("tabloid", False, 8), ("a4", True, 12)],
)
def test_nor_on_other_paper_and_in_large_print(paper, large, least):
    found = Leaves(booklet(SHIPPED, sheet(paper, large_print=large), only=["risk", "safety"], date=DAY))
    sound(found, least)
    assert linked(found) > 50


def test_nor_with_steps_that_were_made_up(made):
    library, found = made
    sound(found, 8)
    assert linked(found) > 3 * len(list(library.nodes()))


def test_labels_of_every_kind_come_out_right(made):
    library, found = made
    whole = found.whole()
    for node in library.nodes():
        words = node.text.replace(SIGNS, IN_WORDS)
        if re.search("[\u0590-\u06ff]", words):
            # It is read from the right: its letters are there, in whichever order a reader of the file gives them.
            assert set(squeezed(words)) <= set(whole), node.key
        else:
            assert squeezed(words) in whole, node.key


def test_every_condition_of_what_was_made_up_is_there(made):
    library, found = made
    whole = found.whole()
    for node in library.nodes():
        for edge in node.edges:
            assert squeezed(edge.say()) in whole, (node.key, edge.say())


def test_every_link_leads_to_the_page_that_it_names(leaves):
    assert linked(leaves) > 1500


def test_every_connector_is_on_both_pages_and_names_page_and_number(leaves):
    printed = set(SHIPPED.flowcharts)
    count = 0
    for flowchart in SHIPPED.flowcharts.values():
        laid = chart(SHIPPED, flowchart, sheet(), printed)
        labels = laid.labels()
        for n in range(len(laid.pages)):
            here = leaves.targets[laid.label_of(n)]
            assert squeezed(laid.title) in leaves.squeezed(here)
            links = leaves.links(here)
            for lead in laid.pages[n].piece.leads:
                there = leaves.targets[labels[lead.to]]
                words = squeezed(f"{lead.words} on page {there}" if lead.numbered else lead.words)
                assert any(link.text == words and link.page == there for link in links), (here, lead)
                count += lead.numbered
    assert count > 150


def test_the_ways_between_flowcharts_name_their_pages(leaves):
    for node in SHIPPED.nodes():
        if node.visit:
            there = leaves.targets[f"chart:{node.visit}"]
            drawn = [key for key in leaves.targets if key.startswith(f"chart:{node.flowchart}")]
            pages = {leaves.targets[key] for key in drawn}
            said = [link for page in pages for link in leaves.links(page)]
            assert (f"onpage{there}", there) in said, node.key
            entered = leaves.links(there)
            assert any(link.text.startswith(f"from{node.number}onpage") for link in entered), node.key


def test_every_condition_is_in_the_drawing_and_in_the_words(leaves):
    for flowchart in SHIPPED.flowcharts.values():
        drawn = [
            leaves.targets[key]
            for key in leaves.targets
            if re.fullmatch(rf"chart:{flowchart.id}(:\d+)?", key)
        ]
        first = leaves.targets[f"node:{next(iter(flowchart.nodes.values())).key}"]
        pictures = "".join(leaves.squeezed(number) for number in range(min(drawn), max(drawn) + 1))
        words = _plain(leaves.between(first, first + 12))
        for node in flowchart.nodes.values():
            for edge in node.edges:
                said = squeezed(re.sub(r"\{.*?\}", "", edge.say()))
                assert said in pictures, (node.key, edge.say())
                if edge.when is not None:
                    assert _plain(edge.when.say()) in words, (node.key, edge.say())


def test_every_step_is_told_with_both_wordings_options_why_and_sources(leaves):
    for node in SHIPPED.nodes():
        here = leaves.targets[f"node:{node.key}"]
        said = _plain(leaves.between(here, here + 3))
        role = SHIPPED.roles.get(node.role)
        options = (role.options if role else node.options).values() if node.verb == "ask" else ()
        words = [node.ask, node.why, *(option.label[1:] for option in options)]
        words.append(node.say)
        words += [SHIPPED.references[source.ref].cite() for source in node.sources]
        words += [source.says for source in node.sources]
        for each in filter(None, words):
            for part in re.split(r"\{.*?\}", each):
                assert _plain(part) in said, (node.key, each)
        assert "{" not in said, node.key


def test_an_end_of_which_no_more_is_to_be_said_takes_one_line(leaves):
    ends = [
        node for node in SHIPPED.nodes() if node.verb == "end" and not (node.stop or node.why or node.sources)
    ]
    assert len(ends) > 10
    for node in ends:
        here = leaves.targets[f"node:{node.key}"]
        assert f"End:{squeezed(node.end)},drawnonpage" in squeezed(leaves.between(here, here + 1)), node.key


def _plain(text):
    return re.sub(r"[\"“”‘’']", "", squeezed(text))


def test_the_contents_list_each_flowchart_with_its_page(leaves):
    links = {link.text.rstrip("0123456789").rstrip("."): link.page for link in leaves.links(1)}
    for flowchart in SHIPPED.flowcharts.values():
        title = squeezed(f"{flowchart.number} {flowchart.title}")
        assert links[title.rstrip(".")] == leaves.targets[f"chart:{flowchart.id}"]
    assert {"Thephases", "Indexofsteps", "Indexoffactors", "Indexofgoals", "References"} <= links.keys()


def test_the_index_leads_to_the_drawing_and_to_the_step(leaves):
    first, last = leaves.targets["index"], leaves.targets["references"]
    text = "".join(leaves.squeezed(number) for number in range(first, last + 1))
    for factor in SHIPPED.factors.values():
        assert squeezed(factor.name[1:]) in text
    for goal in SHIPPED.goals.values():
        assert squeezed(goal.name[1:]) in text
    node = SHIPPED.node("risk.risk_words")
    assert node is not None
    drawn = next(
        link.page
        for link in leaves.links(leaves.targets["node:risk.risk_words"])
        if "drawnonpage" in link.text
    )
    told = leaves.targets["node:risk.risk_words"]
    assert squeezed(f"{node.number} {node.text[:30]}") in text
    entries = [link for number in range(first, last) for link in leaves.links(number)]
    assert any(link == (f"{drawn};", drawn) or link == (str(drawn), drawn) for link in entries)
    assert (str(told), told) in entries


def test_the_references_are_those_that_the_steps_cite(leaves):
    cited = {source.ref for node in SHIPPED.nodes() for source in node.sources}
    first = leaves.targets["references"]
    text = _plain(leaves.between(first, len(leaves)))
    for ref, work in SHIPPED.references.items():
        assert (_plain(f"{work.cite()}. {work.full()}") in text) == (ref in cited), ref
    works = {squeezed(SHIPPED.references[ref].cite()) for ref in cited}
    led = [link for number in range(1, first) for link in leaves.links(number) if link.text in works]
    assert {link.text for link in led} == works
    assert all(link.page >= first for link in led)


def test_the_phases_are_on_one_page_with_their_flowcharts(leaves):
    page = leaves.targets["chart:phases"]
    said = leaves.squeezed(page)
    for flowchart in SHIPPED.flowcharts.values():
        if flowchart.phase != "planning":
            assert squeezed(f"{flowchart.number} {flowchart.title}") in said
            assert leaves.targets[f"chart:{flowchart.id}"] in {link.page for link in leaves.links(page)}
    assert "newround" in said


def test_every_page_has_its_furniture(leaves):
    for number in range(1, len(leaves) + 1):
        said = leaves.squeezed(number)
        for words in (
            SHIPPED.digest,
            "2 March 2026",
            DRAFT,
            f"page {number} of {len(leaves)}",
        ):
            assert squeezed(words) in said


def test_headings_are_in_order_and_each_drawing_is_told_in_words(leaves):
    tags = leaves.tags()
    levels = [int(tag.name[2]) for tag in tags if re.fullmatch(r"/H\d", tag.name)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    figures = [tag for tag in tags if tag.name == "/Figure"]
    assert all(tag.alt for tag in figures)
    assert "page 000" not in "".join(tag.alt for tag in figures)
    pages = [tag.page for tag in tags if tag.page]
    assert pages == sorted(pages), "what is read aloud follows the pages"
    for node in SHIPPED.nodes():
        if node.verb == "decide":
            assert any(node.text in tag.alt for tag in figures), node.key


def test_the_same_library_gives_the_same_bytes(blob, monkeypatch):
    # Of what was laid out before, nothing is kept.
    monkeypatch.setattr(place, "_remembered", laid_out)
    assert blob == booklet(SHIPPED, sheet(), date=DAY)
    one = [booklet(SHIPPED, sheet(), only=["goals"], date=day) for day in (DAY, DAY, "2026-03-03")]
    assert one[0] == one[1] != one[2]


def test_some_flowcharts_alone_name_no_page_that_is_not_there():
    found = Leaves(booklet(SHIPPED, sheet(), only=["goals", "risk"], date=DAY))
    assert "chart:planning" not in found.targets
    said = found.whole()
    assert "from 0.5".replace(" ", "") in said.lower()
    assert "13 Goals".replace(" ", "") in said
    assert linked(found) > 50


def test_the_drawings_alone_have_no_steps_in_words():
    found = Leaves(booklet(SHIPPED, sheet(), only=["risk"], told=False, date=DAY))
    assert not [key for key in found.targets if key.startswith(("node:", "work:"))]
    assert "The steps of" not in found.whole()
    assert linked(found) > 20


def test_a_flowchart_that_there_is_not_is_named():
    with pytest.raises(UnknownDrawingError, match="did you mean `risk`"):
        booklet(SHIPPED, sheet(), only=["rsik"])


def test_progress_is_told_to_the_end():
    told = []
    publication(SHIPPED, sheet(), only=["goals", "modality"], progress=lambda *each: told.append(each))
    assert [done for _, done, _ in told] == [1, 2, 1]
    assert told[-1][1] == told[-1][2]
