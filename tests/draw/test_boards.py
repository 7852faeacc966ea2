"""The thread and the formulation drawn: every part of the plan at its place, loose ends where they are."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import SPACE, contrasts, ids, links, parsed, squeezed, words

from goldenthread.draw import formulation, thread
from goldenthread.draw.formulation import formulation_svg
from goldenthread.draw.letters import width, wrapped
from goldenthread.draw.thread import thread_svg
from goldenthread.plan import Loose

sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
from export_plans import ALL, plan_of, shipped_plan

PLANS = [pytest.param(which, id="-".join(which)) for which in ALL]
DRAWINGS = {"thread": (thread, thread_svg), "formulation": (formulation, formulation_svg)}


def address(box):
    return f"#{box}"


@cache
def worried():
    return shipped_plan("depression_with_worry")


def said(svg):
    return squeezed(words(parsed(svg)))


def loose(svg):
    """Give the boxes that are marked as loose, by id, with what they say."""
    found = links(parsed(svg))
    return {id_: words(box) for id_, box in found.items() if "loose" in box.get("class").split()}


@pytest.mark.parametrize("kind", DRAWINGS)
@pytest.mark.parametrize("which", PLANS)
def test_a_drawing_fits_a_page_and_can_be_pressed_and_read(which, kind):
    module, drawn = DRAWINGS[kind]
    plan = plan_of(which)
    board = module.board(plan)
    root = parsed(drawn(plan, links=address, prefix=f"{kind}-1-"))
    found = links(root)
    assert len(ids(root)) == len(set(ids(root)))
    assert len(found) == len(board.cards)
    for box in found.values():
        assert squeezed(words(box)) in squeezed(box.get("aria-label")).replace(".", "") + squeezed(
            box.get("aria-label")
        )
    assert board.width <= 1000
    assert all(ratio >= 4.5 for ratio, _ in contrasts(root))
    assert root.get("role") == "group"
    assert root.find(f"{SPACE}desc").text
    alone = parsed(drawn(plan))
    assert alone.get("role") == "img"
    assert not links(alone)


@pytest.mark.parametrize("kind", DRAWINGS)
@pytest.mark.parametrize("which", PLANS)
def test_no_box_covers_another_or_leaves_the_picture_and_words_stay_in_their_box(which, kind):
    board = DRAWINGS[kind][0].board(plan_of(which))
    for one, other in combinations(board.cards, 2):
        apart = one.right <= other.x or other.right <= one.x or one.foot <= other.y or other.foot <= one.y
        assert apart, (one.id, other.id)
    for card in board.cards:
        assert card.x >= 0
        assert card.right <= board.width
        assert card.foot <= board.height
        assert all(width(line, 13, bold=bold) <= card.width - 16 for line, bold in card.lines)


@pytest.mark.parametrize("which", PLANS)
def test_every_station_and_every_loose_end_of_a_plan_is_drawn(which):
    plan = plan_of(which)
    svg = thread_svg(plan, links=address, prefix="")
    text, boxes = said(svg).casefold(), links(parsed(svg))
    for line in plan.threads:
        assert f"factor/{line.factor}" in boxes
        for goal in line.goals:
            assert f"goal/{goal}/{line.factor}" in boxes
            assert f"measure/{goal}/{line.factor}" in boxes
        for part in (line.factor_name, *line.treatments, *line.measures):
            assert squeezed(part).casefold() in text
    ends = [end for line in plan.threads for end in line.loose] + list(plan.strays)
    assert bool(ends) == bool(loose(svg))
    assert len({(end.place, end.goal) for end in ends}) <= len(loose(svg))


@pytest.mark.parametrize(
    ("place", "goal", "box"),
    [
        ("factor", False, "factor/worry"),
        ("goal", False, "loose/goal/worry"),
        ("treatment", True, "loose/treatment/GOAL/worry"),
        ("measure", True, "measure/GOAL/worry"),
        ("review", False, "review"),
    ],
)
def test_a_loose_end_is_marked_at_its_place_and_nowhere_else(place, goal, box):
    plan = worried()
    first = next(line for line in plan.threads if line.factor == "worry" or "worry" in line.factor)
    end = Loose(place, "it is broken here", first.goals[0] if goal else "")
    broken = replace(first, loose=(end,), goals=() if place == "goal" else first.goals)
    lines = tuple(broken if line is first else line for line in plan.threads)
    assert not loose(thread_svg(plan, links=address, prefix=""))
    found = loose(thread_svg(replace(plan, threads=lines), links=address, prefix=""))
    expected = box.replace("GOAL", first.goals[0]).replace("worry", first.factor)
    assert list(found) == [expected]
    assert "Loose end: " in found[expected]


def test_loose_ends_on_no_thread_stand_apart():
    plan = worried()
    first, second, *rest = plan.goals
    goals = (replace(first, for_=()), second, *rest)
    ends = (
        Loose("goal", "it is for nothing", first.id),
        Loose("goal", "it was not worked on", first.id),
        Loose("goal", "that one neither", second.id),
        Loose("treatment", "Mindfulness serves none of the goals"),
        Loose("session", "the session of 2026-03-02 worked on no goal"),
    )
    found = loose(thread_svg(replace(plan, goals=goals, strays=ends), links=address, prefix=""))
    assert list(found) == [
        f"loose/goal/{first.id}",
        f"goal/{first.id}",
        f"goal/{second.id}",
        "loose/treatment/1",
        "loose/session/2",
    ]
    said = [
        "for nothing",
        "it was not worked on",
        "that one neither",
        "serves none",
        "session of 2 March 2026",
    ]
    assert all(part in words for part, words in zip(said, found.values(), strict=True))


def test_a_goal_left_untouched_is_marked_in_its_own_box():
    plan = worried()
    line = plan.threads[0]
    broken = replace(line, loose=(Loose("goal", "it was not worked on", line.goals[0]),))
    found = loose(thread_svg(replace(plan, threads=(broken, *plan.threads[1:])), links=address, prefix=""))
    assert list(found) == [f"goal/{line.goals[0]}/{line.factor}"]


@pytest.mark.parametrize("which", PLANS)
def test_the_five_ps_are_drawn_with_the_clients_examples_and_loops(which):
    plan = plan_of(which)
    svg = formulation_svg(plan, links=address, prefix="")
    text, boxes = said(svg).casefold(), links(parsed(svg))
    for role in ("predisposing", "precipitating", "perpetuating", "protective"):
        for line in getattr(plan, role):
            own = squeezed(words(boxes[f"{role}/{line.id}"])).casefold()
            assert squeezed(line.name).casefold() in own
            assert (
                squeezed(line.example).strip(".").casefold() in own.replace("‘", '"').replace("’", '"') + own
            )
    for line in plan.perpetuating:
        for part in ("trigger", "relief", "cost"):
            assert (f"{part}/{line.id}" in boxes) == bool(getattr(line, part))
    for name in plan.targeted:
        assert squeezed(name).casefold() in text


def test_a_loop_leads_from_the_problem_and_back_to_it():
    board = formulation.board(worried())
    problem = next(card for card in board.cards if card.id == "presenting")
    back = [wire for wire in board.wires if wire.head and wire.points[-1] == (problem.right, problem.middle)]
    assert len(back) == 1
    assert any(wire.points[0] == (problem.x, problem.middle) for wire in board.wires)
    for line in worried().perpetuating:
        row = [card for card in board.cards if card.id.partition("/")[2] == line.id and card.y > problem.foot]
        row = [
            card for card in row if card.id.partition("/")[0] in {"trigger", "perpetuating", "relief", "cost"}
        ]
        assert [card.id.partition("/")[0] for card in row] == ["trigger", "perpetuating", "relief", "cost"]
        for tail, head in pairwise(row):
            assert any(w.points == ((tail.right, tail.middle), (head.x, head.middle)) for w in board.wires)


def test_what_the_clinician_keeps_private_is_not_drawn():
    plan = replace(worried(), own_view="PRIVATE", own_hypothesis="PRIVATE")
    assert "PRIVATE" not in formulation_svg(plan) + thread_svg(plan)


AWKWARD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)


@given(AWKWARD, st.floats(40, 400))
def test_lines_fit_and_no_letter_is_lost(text, room):
    lines = wrapped(text, room, 13)
    kept = "".join(" " if unicodedata.category(c) == "Cc" or c in "\ufffe\uffff" else c for c in text)
    assert squeezed("".join(lines)) == squeezed(kept)
    assert all(width(line, 13) <= room or len(line) == 1 for line in lines)


@given(AWKWARD)
def test_whatever_a_client_says_stays_words(text):
    plan = worried()
    lines = tuple(replace(line, example=text, trigger=text) for line in plan.perpetuating)
    parsed(formulation_svg(replace(plan, perpetuating=lines, strength=text)))
    parsed(thread_svg(replace(plan, goals=tuple(replace(goal, name=text) for goal in plan.goals))))
