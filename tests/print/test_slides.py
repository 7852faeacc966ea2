"""Slides: a drawing for a screen, each step of a case revealed on a slide of its own."""

from __future__ import annotations

import pytest
from made_up import library as made_up

from goldenthread.diagnostics import Report
from goldenthread.draw import UnknownDrawingError, extract
from goldenthread.loading import shipped
from goldenthread.model import PHASES
from goldenthread.print import slides
from goldenthread.print.slides import publication
from goldenthread.session import Guide
from goldenthread.session.summary import summary
from goldenthread.source import read
from leaves import Leaves, overlapping, squeezed
from small import shipped_library

SHIPPED = shipped_library()
DAY = "2026-03-02"
EDGE = 28


def walk():
    tree, _, _ = read(shipped() / "flowcharts" / "vignettes" / "panic_chef.yaml")
    return Guide(SHIPPED, Report()).from_answers(tree.data)


WALK = walk()


def test_each_step_of_a_case_is_a_slide_that_stands_at_it():
    trail = [t.step.node for t in WALK.walk.trail if t.step.node.flowchart == "safety"]
    leaves = Leaves(slides(SHIPPED, "safety", WALK, date=DAY))
    assert len(leaves) == len(trail) + 1
    said = {line.key: line.said for line in summary(WALK)}
    for number, node in enumerate(trail, 2):
        text = leaves.squeezed(number)
        assert squeezed(node.number) in text
        assert squeezed(said.get(node.key, "")[:40]) in text
        assert "page000" not in text


def test_a_step_once_passed_stays_and_what_was_not_taken_is_faded():
    _, *held = publication(SHIPPED, "goals", WALK).parts
    pictures = [block.svg for part in held for block in part.blocks if hasattr(block, "svg")]
    assert len(set(pictures)) == len(pictures), "each slide shows one step more"


@pytest.mark.parametrize("what", [*SHIPPED.flowcharts, "overview"])
def test_every_drawing_fits_the_screen_and_can_be_read(what):
    leaves = Leaves(slides(SHIPPED, what, date=DAY))
    for number in range(1, len(leaves) + 1):
        assert leaves.size(number) == pytest.approx((960, 540), abs=0.5)
        for letter in leaves.letters(number):
            assert letter.size >= 8
            assert EDGE <= letter.left <= letter.right <= 960 - EDGE
            assert EDGE / 2 <= letter.bottom <= letter.top <= 540 - EDGE / 2
        assert not overlapping(leaves.letters(number))
    said = leaves.whole()
    for box in extract(SHIPPED, what).boxes:
        if what != "overview" or box.id in SHIPPED.flowcharts:
            assert squeezed(box.heading.partition(" ")[0]) in said


def test_the_overview_is_the_phases_each_with_its_flowcharts_on_a_few_slides():
    leaves = Leaves(slides(SHIPPED, "overview", date=DAY))
    assert len(leaves) <= 4
    for flowchart in SHIPPED.flowcharts.values():
        if flowchart.phase in PHASES:
            assert squeezed(f"{flowchart.number} {flowchart.title}") in leaves.whole()


def test_a_made_up_flowchart_of_many_nodes_is_projected_whole(tmp_path):
    library = made_up(tmp_path, nodes=60)
    (first, *_) = library.flowcharts
    said = Leaves(slides(library, first, date=DAY)).whole()
    assert all(squeezed(node.number) in said for node in library.flowcharts[first].nodes.values())


def test_the_same_slides_are_the_same_bytes():
    assert slides(SHIPPED, "goals", WALK, date=DAY) == slides(SHIPPED, "goals", walk(), date=DAY)


def test_what_is_not_there_is_not_shown():
    with pytest.raises(UnknownDrawingError):
        slides(SHIPPED, "gaols")
