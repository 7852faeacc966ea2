"""The client's page holds the client's words, and nothing that is the clinician's."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from export_plans import ALL, plan_of, small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from answering import fitting
from goldenthread.export import client_page
from goldenthread.plan import make_plan
from small import shipped

MARK = "a word of the clinician alone"
CODE = re.compile(r"\b[A-Z]\d\d(\.\d+)?\b|\b\d[A-Z]\d\d(\.\d)?\b")


def names(library):
    return [entry.name.lower() for entry in library.diagnoses.values()]


@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_no_diagnosis_no_code_and_nothing_private(which):
    plan = plan_of(which)
    page = " ".join(client_page(plan, force=True).split())
    advice = plan.diagnoses
    for found in (*advice.offers, *advice.held, *advice.left_out):
        assert found.entry.name.lower() not in page.lower()
    assert not CODE.search(page)
    for private in (plan.own_hypothesis, plan.own_view, *(line.about for line in plan.perpetuating)):
        assert not private or private not in page
    for line in plan.predisposing:
        assert line.name not in page
    assert " risk" not in page.lower()


@st.composite
def walks(draw):
    """Walk the shipped library, with a mark in every private text."""
    walk = shipped().start("planning").walk
    roles = shipped().model.roles
    for _ in range(draw(st.integers(0, 120))):
        if not walk.at:
            break
        role = roles.get(walk.node.role)
        private = role is not None and role.private and role.answer == "text"
        walk = walk.answer(MARK if private else draw(fitting(walk)))
        if walk.problem is not None:
            walk = walk.later()
    return walk


@given(walks(), st.dates())
@settings(max_examples=40)
def test_whatever_was_answered_nothing_private_reaches_the_client(walk, today):
    plan = make_plan(walk, today, "K7")
    page = client_page(plan, force=True)
    assert MARK not in " ".join(page.split())
    for name in names(shipped().model):
        assert name not in " ".join(page.lower().split())


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize("said", ["no", ""])
def test_where_a_copy_is_not_known_to_be_safe_there_is_a_refusal_and_no_more(format_, said):
    plan = replace(small_plan("full"), copy_safe=said)
    page = client_page(plan, format_)
    assert "give no copy" in page
    assert plan.statement.wanted not in page
    assert len(page) < 250


def test_a_page_that_is_forced_does_not_say_what_was_answered_about_home():
    pages = {client_page(replace(small_plan("full"), copy_safe=said), force=True) for said in ("no", "")}
    (page,) = pages
    assert page.startswith("My plan\n=======\n\nTo the clinician: this page stays here.")
    assert "not safe" not in page


def test_a_known_yes_gives_the_page_and_says_so_first():
    page = client_page(small_plan("full"))
    assert page == client_page(small_plan("full"), force=True)
    assert page.index("a copy is safe to take home") < page.index("IN MY WORDS")


def test_where_no_safety_plan_is_recorded_there_are_lines_to_fill_in():
    plan = small_plan("full")
    assert "____" not in client_page(replace(plan, goals=()))
    bare = client_page(replace(plan, goals=(), safety=replace(plan.safety, safety_plan=())))
    assert bare.count("_" * 40) == 2
