"""The review: what was measured, what the client says, what has to change and where that leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
import yaml

from goldenthread.case import Answered, Began, SessionNote, SessionNoted, apply, replay
from goldenthread.loading.files import shipped as shipped_folder
from goldenthread.model import PHASES
from goldenthread.session.review import TOO_FEW, WALKED_AGAIN, review
from goldenthread.walk import rounds_from
from small import shipped


@cache
def case():
    path = shipped_folder() / "flowcharts" / "vignettes" / "review_after_twelve_weeks.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    begun = Began(on="2026-03-02", client="A.", flowchart="planning", content=shipped().model.digest)
    return replace(replay([begun]), rounds=rounds_from(data, shipped().program))


def seen(made, today=dt.date(2026, 6, 1)):
    return review(shipped().take_up(made, today=today))


def first_round(**answers):
    """The case before its review: with the answers given, and without those that the review asked for."""
    kept = {
        key: raw
        for key, raw in case().rounds[0].answers.items()
        if not key.startswith(("progress_review.", "goal_follow_up.", "planning.review_now"))
    }
    made = replace(case(), rounds=(replace(case().rounds[0], answers=kept),))
    for key, value in answers.items():
        made = apply(made, Answered(on="2026-05-25", round=0, key=key.replace("__", "."), value=value))
    return made


def test_a_scale_over_time_has_its_bands_and_a_verdict_that_does_not_flatter():
    (scale,) = seen(case()).scales
    assert (scale.instrument, scale.first, scale.latest) == ("phq9", 14, 12)
    assert scale.verdict == "changed, but not reliably"
    assert (scale.reliable, scale.better, scale.within) == (6, "lower", (0, 27))
    assert scale.bands[0] == ("minimal", 0)
    assert [start for _, start in scale.bands] == sorted(start for _, start in scale.bands)


def test_one_score_is_too_few_to_say_anything():
    found = seen(first_round())
    assert [scale.verdict for scale in found.scales] == [f"{TOO_FEW}: one score"]
    assert [goal.verdict for goal in found.goals] == [f"{TOO_FEW}: one score", f"{TOO_FEW}: no rating"]


def test_a_goal_stands_between_its_baseline_and_its_target():
    lift, people = seen(case()).goals
    assert (lift.baseline, lift.target, lift.latest, lift.reached) == (14, 7, 12, False)
    assert lift.verdict == "changed, but not reliably"
    assert (people.baseline, people.target, people.latest, people.reached) == (0, 2, None, None)
    assert people.verdict == f"{TOO_FEW}: one rating"
    assert [mark.value for mark in people.course.marks] == [5]
    good = first_round(
        planning__review_now="review",
        progress_review__safety_again="none_told",
        progress_review__depression_again={"total": 6, "item_9": 0, "date": "2026-05-25"},
    )
    skipped = shipped().take_up(good, today=dt.date(2026, 6, 1))
    while skipped.walk.at and skipped.walk.at != "progress_review.change_needed":
        skipped = skipped.later()
    assert [goal.reached for goal in review(skipped).goals] == [True, None]


def test_ratings_of_sessions_stand_beside_those_of_the_review():
    made = case()
    for day, rating in (("2026-03-16", 1), ("2026-04-13", 3)):
        note = SessionNote(
            round=0, date=day, goals=("depression_see_people",), ratings={"depression_see_people": rating}
        )
        made = apply(made, SessionNoted(on=day, note=note))
    _, people = seen(made).goals
    assert [mark.value for mark in people.course.marks] == [1, 3, 5]
    assert people.verdict == "rated 1 at first and 5 now"


def test_the_clients_own_verdict_stands_beside_the_scores():
    found = seen(case())
    assert found.version == 1
    assert found.client_verdict == "about the same"
    assert "armchair" not in found.different
    assert found.stuck.startswith("The book.")
    assert seen(first_round()).version == 0
    assert seen(first_round()).client_verdict == ""


def test_what_the_review_wanted_changed_leads_to_its_phase():
    wanted = {change.option: change for change in seen(case()).changes if change.wanted}
    assert set(wanted) == {"method", "dose"}
    assert {change.phase for change in wanted.values()} == {"modality"}
    assert {change.at for change in wanted.values()} == {"modality.training"}


def test_every_option_of_the_shipped_review_leads_somewhere_or_says_that_it_does_not():
    options = shipped().model.roles["change_needed"].options
    assert set(options) == set(WALKED_AGAIN)
    changes = seen(case()).changes
    assert [change.option for change in changes] == list(options)
    for change in changes:
        assert change.phase in {"", *PHASES}
        assert bool(change.at) == bool(change.phase) == bool(change.phase_name)
        if change.at:
            step = shipped().program.steps[change.at]
            assert step.waits
            assert step.phase == change.phase


@pytest.mark.parametrize(("today", "overdue"), [(dt.date(2026, 5, 25), False), (dt.date(2026, 5, 26), True)])
def test_it_is_overdue_the_day_after(today, overdue):
    found = seen(first_round(), today)
    assert (found.due, found.overdue) == ("2026-05-25", overdue)
