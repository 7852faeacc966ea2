"""A new round keeps the last review and the plan before in sight until it has its own."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
import yaml

from goldenthread.export import client_page, field
from goldenthread.loading.files import shipped as shipped_folder
from small import shipped

FIRST = {"id": "depression_lift", "for": ["problem"], "blanks": {"target": 7, "weeks": 12}}


@cache
def data():
    path = shipped_folder() / "flowcharts" / "vignettes" / "review_after_twelve_weeks.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def plan(**more):
    return shipped().from_answers({**data(), **more, "today": "2026-06-01"}).plan()


def test_the_review_that_opened_a_round_is_kept_with_the_round_it_was_made_in():
    found = plan()
    assert found.version == 2
    assert found.progress.round == 1
    assert found.progress.client_verdict == "about the same"
    assert found.progress.to_change
    assert [(rating.goal, rating.value) for rating in found.progress.ratings] == [
        ("depression_lift", 2),
        ("depression_see_people", 5),
    ]
    assert "version 1, which opened this one" in " ".join(field(found, "measures").split())


def test_the_goals_before_are_to_be_confirmed_until_new_ones_are_chosen():
    found = plan()
    assert found.goals == ()
    assert [goal.id for goal in found.before.goals] == ["depression_lift", "depression_see_people"]
    assert found.before.treatments
    assert found.before.perpetuating
    assert "to be confirmed" in field(found, "goals")
    assert found.before.goals[0].text.split(",")[0] not in client_page(found, force=True)
    rounds = [{"answers": {**data()["rounds"][0]["answers"], "goals.chosen_goals": [FIRST]}}]
    later = plan(rounds=rounds, rest="later")
    assert [goal.id for goal in later.goals] == ["depression_lift"]
    assert later.before.goals == ()


def test_a_later_score_is_progress_and_no_new_baseline():
    (goal, _) = plan().before.goals
    assert goal.baseline == 14
    assert plan().measures[0].scores[-1][1] == 12


def test_in_the_first_round_nothing_stood_before():
    answers = {
        key: value for key, value in data()["answers"].items() if key != "progress_review.change_needed"
    }
    found = plan(answers=answers, rounds=[])
    assert found.before is None
    assert found.progress.round == 1


@pytest.mark.parametrize("today", ["2026-06-01", dt.date(2026, 6, 1), dt.datetime(2026, 6, 1, 12)])  # noqa: DTZ001
def test_a_day_may_be_written_as_a_date(today):
    assert shipped().from_answers({"answers": {}, "today": today}).today == dt.date(2026, 6, 1)


@pytest.mark.parametrize("today", ["soon", 20260231, ["2026-06-01"]])
def test_what_is_no_date_is_refused_by_name(today):
    with pytest.raises(ValueError, match="`today` is no date"):
        shipped().from_answers({"answers": {}, "today": today})
