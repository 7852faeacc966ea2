"""The thread and the formulation, drawn: every box leads back to its question; no word becomes a tag."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import pytest
from visiting import controls_of, main, source

SVG = "{http://www.w3.org/2000/svg}"
WHOLE = ["depression_after_separation", "panic_chef", "ocd_contamination_family", "insomnia_archivist"]
ATTACK = "<script>alert(1)</script>&\"'<i>"


def drawings(page):
    return [ElementTree.fromstring(text) for text in re.findall(r"<svg.*?</svg>", source(page), re.DOTALL)]  # noqa: S314


def boxes(drawing):
    """Give the boxes of a drawing by their ids, each with where it leads."""
    found = {}
    for one in drawing.iter():
        link = one.get("href") or one.get("{http://www.w3.org/1999/xlink}href")
        name = one.get("id") or next((inner.get("id") for inner in one if inner.get("id")), "")
        if re.match(r"(thread|formulation)-(?!title|about|desc)", name):
            found[name] = link or found.get(name, "")
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_every_box_leads_back_to_its_question(visit, name):
    case = visit(name)
    page = case.get("thread")
    thread, formulation = drawings(page)
    seen = set()
    for drawing in (thread, formulation):
        found = boxes(drawing)
        assert found
        for box, link in found.items():
            assert link, box
            seen.add(html.unescape(link))
    for link in sorted(seen):
        key = re.search(r"at=([\w.@]+)", link)[1]
        asked = case.client.get(link)
        assert asked.status_code == 200
        assert controls_of(asked)["key"] == [key], link
        assert controls_of(asked)["from"] == ["answers"]
    assert len(seen) > 6


def test_a_loop_leads_to_the_questions_about_its_own_factor(visit):
    case = visit(WHOLE[0])
    _, formulation = drawings(case.get("thread"))
    found = boxes(formulation)
    for factor in ("inactivity", "isolation", "lost_routine"):
        for part in ("trigger", "relief", "cost"):
            assert f"at=factor_detail.factor_{part}@{factor}&" in found[f"formulation-{part}/{factor}"]


def test_a_loose_end_leads_to_where_it_is_tied_up(visit):
    case = visit(WHOLE[0])
    goals = case.given("goals.chosen_goals")
    case.send([goal for goal in goals if goal["id"] != "depression_see_people"], at="goals.chosen_goals")
    page = case.get("thread")
    assert "Loose ends" in main(page)
    found = boxes(drawings(page)[0])
    loose = {box: link for box, link in found.items() if "loose" in box}
    assert loose
    assert all("at=goals.chosen_goals" in link for link in loose.values()), loose


def test_the_thread_begins_with_the_problem(visit):
    case = visit(WHOLE[0], until="problem.concern")
    page = case.get("thread")
    assert "the presenting problem: no goal is for it" in main(page)
    assert len(drawings(page)) == 2


def test_no_word_of_a_client_becomes_a_tag_on_any_page(visit):
    case = visit(WHOLE[0], change=lambda text: f"{text} {ATTACK}")
    case.post(
        "sessions/note", {"date": "2026-03-02", "response": ATTACK, "next_step": ATTACK, "note": ATTACK}
    )
    case.post("plan/word", {"field": "problem", "text": ATTACK})
    case.post("plan/sign", {"by": ATTACK})
    keys = case.walk().walk.questions_passed()
    pages = [
        "",
        "answers",
        "thread",
        "plan",
        "plan?edit=problem",
        "plan/signed/1",
        "plan/versions",
        "sessions",
    ]
    pages += ["sessions?correct=0", "review", "client?here", *(f"?at={key}" for key in keys)]
    pages += [f"together?at={key}" for key in keys[::5]]
    shown = 0
    for page in pages:
        said = source(case.client.get(case.path(page)))
        assert "<script>alert" not in said, page
        assert "'<i>" not in said, page
        shown += "&lt;script&gt;alert" in said
    assert shown > 15
