"""Drawings in two columns: all of it there, nothing on top of another, each arrow from its box to its box."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from measured import drawing, faults

from goldenthread.draw.diagram import Arrow, Box, Diagram, Group
from goldenthread.draw.ladder import ladder
from goldenthread.draw.picture import placed, to_picture

WORDS = st.sampled_from(["", "4.2", "0.4: no danger is open", "0.1: something has to change (new round)"])
NAMES = st.sampled_from(["1 Goals", "12 One thing that keeps it going", "x" * 60])


@st.composite
def diagrams(draw):
    """Make up phases with steps that follow each other, what hangs below them, and ways anywhere."""
    boxes, groups, arrows = [Box("root", "visit", "0 Root")], [], []
    before = "root"
    for n in range(draw(st.integers(2, 6))):
        ids = [f"g{n}b{m}" for m in range(draw(st.integers(1, 6)))]
        spine = tuple(ids[: draw(st.integers(1, len(ids)))])
        boxes += [Box(id_, "visit", draw(NAMES), ("3 questions",)) for id_ in ids]
        for id_ in spine:
            arrows.append(Arrow(before, id_, draw(WORDS)))
            before = id_
        arrows += [Arrow(draw(st.sampled_from(spine)), id_, draw(WORDS)) for id_ in ids[len(spine) :]]
        groups.append(Group(f"g{n}", f"Phase {n}", tuple(ids), column=int(n > 1), spine=spine))
    for _ in range(draw(st.integers(0, 3))):
        tail, head = (draw(st.sampled_from(boxes)).id for _ in range(2))
        if tail != head:
            arrows.append(Arrow(tail, head, draw(WORDS), dashed=draw(st.booleans())))
    return Diagram("T", tuple(boxes), tuple(arrows), tuple(groups))


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_all_of_it_is_drawn_and_nothing_on_top_of_another(diagram):
    made = ladder(diagram)
    if made is None:
        made = placed(diagram)
    assert {box.box.id for box in made.boxes} == {box.id for box in diagram.boxes}
    assert sorted((a.arrow.tail, a.arrow.head) for a in made.arrows) == sorted(
        (a.tail, a.head) for a in diagram.arrows
    )
    assert not faults(drawing(to_picture(diagram).decode()))


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_each_arrow_begins_at_its_box_and_ends_at_its_box(diagram):
    made = ladder(diagram)
    at = {box.box.id: box for box in made.boxes} if made else {}
    for arrow in made.arrows if made else ():
        for (x, y), id_ in ((arrow.points[0], arrow.arrow.tail), (arrow.tip, arrow.arrow.head)):
            box = at[id_]
            across, down = abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2
            assert max(across, down) <= 0.01
            assert min(abs(across), abs(down)) <= 0.01


def test_two_that_only_lead_to_each_other_hang_below_the_last_step():
    boxes = tuple(Box(id_, "visit", id_) for id_ in "abcd")
    arrows = (Arrow("c", "d"), Arrow("d", "c"), Arrow("a", "b"))
    groups = (Group("g", "G", ("a", "c", "d"), spine=("a",)), Group("h", "H", ("b",), column=1, spine=("b",)))
    made = ladder(Diagram("T", boxes, arrows, groups))
    assert {box.box.id for box in made.boxes} == set("abcd")
