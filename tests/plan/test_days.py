"""A plan that is read later names the same days."""

from __future__ import annotations

import datetime as dt

import pytest

from goldenthread.plan import Days, make_plan
from goldenthread.plan.days import latest

LATER = dt.date(2026, 3, 20)
AGREED = {"value": "12 weeks", "date": "2026-01-10"}
BEGUN = Days(begun="2026-01-02")
SIGNED = Days(begun="2026-01-02", signed="2026-01-20")


@pytest.mark.parametrize(
    ("interval", "days", "due"),
    [
        (AGREED, None, "2026-04-04"),
        (AGREED, BEGUN, "2026-04-04"),
        (AGREED, SIGNED, "2026-04-14"),
        ({**AGREED, "date": "2026-01-25"}, SIGNED, "2026-04-19"),
        ("12 weeks", BEGUN, "2026-03-27"),
        ("12 weeks", SIGNED, "2026-04-14"),
        ("12 weeks", None, "2026-06-12"),
        ({**AGREED, "date": "soon"}, BEGUN, "2026-03-27"),
        ({"later": True}, BEGUN, "2026-04-02"),
        ({"later": True}, SIGNED, "2026-04-20"),
        ({"later": True}, None, "2026-06-18"),
    ],
)
def test_the_review_is_counted_from_the_day_it_was_agreed(walk, interval, days, due):
    found = make_plan(walk(review_interval=interval), LATER, "", days)
    assert found.review_date == due
    assert found.date == "2026-03-20"


def test_a_review_that_changes_nothing_starts_the_count_anew(walk):
    said = {"value": ["nothing"], "date": "2026-04-04"}
    found = make_plan(walk(review_interval=AGREED, change_needed=said), LATER, "", SIGNED)
    assert found.review_date == "2026-06-27"
    assert "2026-04-04, as agreed" in found.review_words


def test_an_answer_of_the_round_before_is_no_agreement_of_this_one(walk):
    rounds = [{"screen.danger": False, "screen.unwell": False, "case.review_interval": "2 weeks"}]
    again = walk(
        {"case.ask_again": True},
        rounds,
        review_interval=AGREED,
        change_needed={"value": ["goals"], "date": "2026-04-04"},
    )
    assert again.round == 1
    assert make_plan(again, LATER, "", Days(begun="2026-04-05")).review_date == "2026-04-19"


@pytest.mark.parametrize("reading_day", [dt.date(2026, 1, 5), LATER])
def test_a_goal_is_due_from_the_day_it_was_chosen(walk, reading_day):
    goals = {"value": [{"id": "go_out", "blanks": {"base": 1, "weeks": 4}}], "date": "2026-01-05"}
    found = make_plan(walk(chosen_goals=goals), reading_day, "", SIGNED)
    assert found.goals[0].due == "2026-02-02"
    undated = make_plan(walk(chosen_goals=goals["value"]), reading_day, "", SIGNED)
    assert undated.goals[0].due == "2026-01-30", "signing again does not put a goal off"


def test_what_is_no_day_is_passed_over():
    assert latest("", "soon", "2026-01-02", "2025-12-31") == dt.date(2026, 1, 2)
    assert latest("", "32 May") is None
