"""What a drawing shows, in words."""

from __future__ import annotations

import re

import pytest

from goldenthread.draw import drawings, extract, outline
from goldenthread.draw.diagram import Arrow, Box, Diagram, Group
from goldenthread.draw.outline import outline_text
from small import shipped_library

LIBRARY = shipped_library()


def told(diagram):
    return {step.box: step for section in outline(diagram) for step in section.steps}


@pytest.mark.parametrize("what", drawings(LIBRARY))
def test_every_box_and_every_condition_is_told(what):
    diagram = extract(LIBRARY, what)
    steps = told(diagram)
    beside = {arrow.head for arrow in diagram.arrows if arrow.side}
    assert set(steps) | beside == {box.id for box in diagram.boxes}
    boxes = {box.id: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        ways = [
            way
            for way in steps[arrow.tail].ways
            if arrow.text in way or arrow.text in {"otherwise", "not known"}
        ]
        head = boxes[arrow.head]
        assert any((head.heading or head.text[0]) in way for way in ways), (arrow, ways)


@pytest.mark.parametrize("what", LIBRARY.flowcharts)
def test_each_step_is_told_after_what_leads_to_it(what):
    diagram = extract(LIBRARY, what)
    steps = list(told(diagram))
    assert steps[0].startswith(f"{what}/")
    for arrow in diagram.arrows:
        if not arrow.dashed and not arrow.side:
            assert steps.index(arrow.tail) < steps.index(arrow.head), arrow


def test_a_heading_and_paragraphs_are_told_apart():
    text = outline_text(extract(LIBRARY, "risk"))
    assert "\n3.4 Urgent: Act now. Danger was reported" in text
    assert "\n3.1 What is the risk about? Choose" in text
    assert "\nEmergency or same-day care comes first: no routine plan now. Everything stops here.\n" in text
    assert "go to “Emergency or same-day care comes first: no routine plan now”.\n" in text


def test_the_words():
    text = outline_text(extract(LIBRARY, "safety"))
    assert "2.1 How is this session held?\n    If a remote session, go to 2.2.\n" in text
    assert re.search(
        r"\n2\.5 .*\n    Go to 2\.6\.\n    Beside it: Alert: opens 3 Risk when there is self-harm", text
    )
    assert text.splitlines()[:2] == ["2 Risk screen", "From 0.2"]


def test_frames_are_sections_and_circles_end():
    boxes = tuple(Box(id_, "ask", id_, (f"Text {id_}",)) for id_ in "cab")
    arrows = (
        Arrow("a", "b", "otherwise"),
        Arrow("b", "a", "not known"),
        Arrow("b", "c", "it is so"),
        Arrow("a", "a"),
    )
    found = outline(Diagram("t", boxes, arrows, (Group("g", "Frame", ("a", "b")),)))
    assert [section.title for section in found] == ["", "Frame"]
    assert [step.box for step in found[1].steps] == ["a", "b"]
    assert found[1].steps[0].ways == ("Otherwise, go to b.", "Go to a.")
    assert found[1].steps[1].ways == ("If it is not known, go to a.", "If it is so, go to c.")
