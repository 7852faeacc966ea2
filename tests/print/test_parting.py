"""Cutting: every box on one page, every cut arrow with its connector on both, all large enough to be read."""

from __future__ import annotations

import pytest
from made_up import library as made_up

from goldenthread.draw import extract
from goldenthread.print import parting
from goldenthread.print.connectors import lead, name
from goldenthread.print.content import shortened
from goldenthread.print.drawing import SMALLEST
from goldenthread.print.paper import sheet
from goldenthread.print.parting import parted
from small import shipped_library

SHIPPED = shipped_library()


def checked(diagram, paper):
    """Cut a diagram, and hold the parts against it. Give them."""
    parts = parted(diagram, paper, first=90, above=40)
    home = {}
    for n, part in enumerate(parts):
        for box in part.piece.diagram.boxes:
            if box.kind != "more":
                assert box.id not in home, f"{box.id} is drawn twice"
                home[box.id] = n
    asides = {arrow.head for part in parts for arrow in part.piece.ways if arrow.side}
    assert home.keys() | asides == {box.id for box in diagram.boxes}
    for n, part in enumerate(parts):
        wide, tall = paper.room(turned=part.turned)
        assert part.factor * SMALLEST >= paper.least
        assert part.drawing.width * part.factor <= wide + 0.01
        assert part.drawing.height * part.factor <= tall - (40 if n else 90) + 0.01
        for arrow in part.piece.diagram.arrows:
            # Nothing leads into the void.
            ids = {box.id for box in part.piece.diagram.boxes}
            assert {arrow.tail, arrow.head} <= ids
    _both_ways(diagram, parts, home)
    return parts


def _both_ways(diagram, parts, home):
    boxes = {box.id: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        if arrow.side and arrow.head not in home:
            assert arrow in parts[home[arrow.tail]].piece.ways
            continue
        tail, head = parts[home[arrow.tail]].piece, parts[home[arrow.head]].piece
        if tail is head:
            assert arrow in tail.diagram.arrows
            continue
        gone = [
            a
            for a in tail.diagram.arrows
            if a.head == f"to/{arrow.tail}/{arrow.head}" and a.text == arrow.text
        ]
        assert gone or arrow in tail.ways
        if gone:
            own = [each for each in tail.leads if each.box == gone[0].head]
            assert " ".join(each.words for each in own).strip() == f"to {name(boxes[arrow.head])}"
            assert {each.to for each in own} == {arrow.head}
        came = [each for each in head.leads if each.box == f"from/{arrow.head}" and each.to == arrow.tail]
        assert came or arrow in head.ways
        if came:
            assert (f"from/{arrow.head}", arrow.head) in {(a.tail, a.head) for a in head.diagram.arrows}


@pytest.mark.parametrize("paper", ["a4", "letter", "a3"])
@pytest.mark.parametrize("what", SHIPPED.flowcharts)
def test_every_shipped_flowchart_is_cut_soundly(what, paper):
    checked(extract(SHIPPED, what), sheet(paper))


@pytest.mark.parametrize("what", ["risk", "safety", "progress_review"])
def test_every_shipped_flowchart_is_cut_soundly_in_large_print(what):
    checked(extract(SHIPPED, what), sheet(large_print=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_three_hundred_steps_that_were_made_up_are_cut_soundly(tmp_path, seed):
    parts = checked(extract(made_up(tmp_path, seed), "made"), sheet())
    assert sum(bool(part.piece.ways) for part in parts) >= 1, "the step with forty ways on is told"


def test_a_small_flowchart_is_not_cut():
    (part,) = parted(extract(SHIPPED, "goals"), sheet(), first=90, above=40)
    assert part.piece.diagram.arrows == extract(SHIPPED, "goals").arrows


def test_larger_paper_takes_fewer_pages():
    diagram = extract(SHIPPED, "risk")
    counts = [len(parted(diagram, sheet(paper), first=90, above=40)) for paper in ("a4", "a3")]
    assert counts[1] < counts[0]


def test_fewer_arrows_are_cut_than_by_filling_pages(monkeypatch):
    def cuts():
        made = [parted(extract(SHIPPED, what), sheet(), first=90, above=40) for what in SHIPPED.flowcharts]
        return sum(
            box.id.startswith("to/") for parts in made for part in parts for box in part.piece.diagram.boxes
        )

    chosen = cuts()
    monkeypatch.setattr(parting, "_FULL", 1.0)
    assert chosen < cuts()


@pytest.mark.parametrize("before", ["to 3.7", "to “Not finished: the kind of risk or the step…”", ""])
def test_a_lead_keeps_its_words_and_room_for_its_page(before):
    lines = lead("box", before, "there")
    assert " ".join(line.words for line in lines).strip() == before
    assert lines[-1].line.endswith("on page 000")
    assert all(len(line.line) <= 28 for line in lines)
    assert [line.numbered for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_text_is_shortened_between_words():
    assert shortened("one two three", 20) == "one two three"
    assert shortened("one two three", 10) == "one two…"
    assert shortened("x" * 30, 10) == "x" * 9 + "…"
