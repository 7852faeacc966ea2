"""Where a case stands: made from the case alone, small, and the same after it was kept as data."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from functools import cache

import pytest
import yaml

from goldenthread.case import (
    Answered,
    Archived,
    Began,
    RoundBegun,
    SessionNote,
    SessionNoted,
    Signed,
    apply,
    replay,
)
from goldenthread.loading.files import shipped as shipped_folder
from goldenthread.loading.files import vignette_files
from goldenthread.plan import Personal
from goldenthread.session import UnknownFlowchartError
from goldenthread.session.changed import changes
from goldenthread.session.standing import from_data, standing, to_data
from goldenthread.walk import UnknownQuestionError, rounds_from
from small import shipped

TODAY = dt.date(2026, 4, 20)
VIGNETTES = {path.stem: path for path in vignette_files(shipped_folder() / "flowcharts")}


@cache
def case(name, date="2026-03-02"):
    data = yaml.safe_load(VIGNETTES[name].read_text(encoding="utf-8"))
    made = replay([Began(on=date, client="quiet-fox", flowchart="planning", content=shipped().model.digest)])
    return replace(made, rounds=rounds_from(data, shipped().program))


def stand(made, at=""):
    return standing(shipped().take_up(made, today=TODAY, at=at), made)


def test_a_case_with_a_plan_stands_where_its_plan_does():
    made = case("depression_after_separation")
    found = stand(made)
    assert (found.client, found.content) == ("quiet-fox", shipped().model.digest)
    assert (found.phase, found.phase_number, found.at, found.number) == ("Review", 7, "", "")
    assert (found.status, found.open, found.loose, found.alert) == ("whole", 0, 0, False)
    assert (found.review, found.review_agreed) == ("2026-05-25", True), (
        "12 weeks from when the case was begun"
    )
    assert not found.overdue(dt.date(2026, 5, 25))
    assert found.overdue(dt.date(2026, 5, 26))
    assert (found.rounds, found.signed, found.sessions, found.session) == (1, 0, 0, "")
    assert found.goals[0].id == "depression_lift"
    assert "choir" in found.goals[0].words
    assert "behavioural_activation_therapy" in found.offers["modalities"]


def test_sessions_signing_and_archiving_show():
    made = case("depression_after_separation")
    walk = shipped().take_up(made, today=dt.date(2026, 3, 9))
    assert walk.to_sign().review_date == "2026-06-01", "as it will stand once it is signed"
    made = apply(made, Signed.next(made, "The plan.", "", on="2026-03-09", by="B.", fields=()))
    for day, safety in (("2026-03-16", "no_change"), ("2026-03-23", "changed")):
        note = SessionNote(round=0, date=day, goals=("depression_lift",), safety=safety)
        made = apply(made, SessionNoted(on=day, note=note))
    made = apply(made, Archived(on="2026-03-24", archived=True))
    found = stand(made)
    assert (found.signed, found.signed_on, found.review) == (1, "2026-03-09", "2026-06-01")
    assert (found.sessions, found.session, found.risk_due) == (2, "2026-03-23", "2026-03-23")
    assert (found.archived, found.changed) == (True, "2026-03-24")


def test_standing_back_at_a_question_is_no_other_standing():
    made = case("depression_after_separation")
    assert stand(made, at="problem.age") == stand(made)


def test_a_case_under_way_says_what_waits_and_has_no_review_yet():
    made = replace(case("depression_after_separation"), rounds=case("depression_after_separation").rounds)
    answers = {key: raw for key, raw in made.rounds[0].answers.items() if key.startswith("problem.")}
    found = stand(replace(made, rounds=(replace(made.rounds[0], answers=answers),)))
    assert (found.phase, found.at, found.number) == ("Safety", "safety.session_place", "2.1")
    assert (found.status, found.review, found.goals) == ("held", "", ())


def test_an_open_alert_shows():
    made = case("depression_after_separation")
    told = apply(made, Answered(on="2026-03-03", round=0, key="safety.suicidal_thoughts", value=True))
    assert stand(told).alert
    assert not stand(made).alert


def test_treatment_that_has_ended_has_no_review():
    made = case("review_after_twelve_weeks")
    end = Answered(on="2026-05-25", round=0, key="progress_review.change_needed", value=["finish"])
    one = replace(made, rounds=made.rounds[:1])
    assert stand(apply(one, end)).review == ""
    on = Answered(
        on="2026-05-25",
        round=0,
        key="progress_review.change_needed",
        value={"value": ["nothing"], "date": "2026-05-25"},
    )
    assert stand(apply(one, on)).review == "2026-08-17", "a review that changes nothing sets the next one"


def test_a_new_round_keeps_the_goals_of_the_plan_before():
    found = stand(case("review_after_twelve_weeks"))
    assert found.rounds == 2
    assert [goal.id for goal in found.goals] == ["depression_lift", "depression_see_people"]
    assert "Lift the low mood, enjoy two things" in found.names


@pytest.mark.parametrize(
    "words", ["quiet", "FOX depression", "behavioural activation", "lift mood", "review"]
)
def test_it_is_found_by_code_and_by_what_it_is_about(words):
    assert stand(case("depression_after_separation")).found_by(words)


@pytest.mark.parametrize("words", ["quiet panic", "choir", "head teacher"])
def test_it_is_not_found_by_what_was_said(words):
    assert not stand(case("depression_after_separation")).found_by(words)


@pytest.mark.parametrize("name", VIGNETTES)
def test_it_comes_back_from_data_as_it_was(name):
    found = stand(case(name))
    data = json.loads(json.dumps(to_data(found)))
    assert from_data(data) == found
    assert set(data) == {"standing", *(part.name for part in fields(found))}


def test_one_of_another_form_is_made_again():
    data = to_data(stand(case("depression_after_separation")))
    assert from_data({**data, "standing": 0}) is None
    assert from_data({**data, "colour": "red"}) is None
    assert from_data({key: value for key, value in data.items() if key != "loose"}) is None
    assert from_data({}) is None


def test_what_is_suggested_now_and_what_no_longer_is_said():
    made = case("depression_after_separation")
    walk = shipped().take_up(made, today=TODAY)
    before = standing(walk, made)
    assert changes(before, walk) == ()
    modalities = [id_ for id_ in before.offers["modalities"] if id_ != "ipt"]
    then = replace(before, offers={**before.offers, "modalities": ("a_withdrawn_one", *modalities)})
    name = shipped().model.modalities["ipt"].name
    assert changes(then, walk) == (
        f"Suggested now: {name} (treatment).",
        "No longer suggested: a withdrawn one (treatment).",
    )
    left_out = next(out for out in walk.advice("modalities").left_out)
    then = replace(
        before, offers={**before.offers, "modalities": (*before.offers["modalities"], left_out.id)}
    )
    assert changes(then, walk) == (f"No longer suggested: {left_out.entry.name} (treatment).",)


def test_a_case_is_taken_up_where_it_stands():
    made = case("depression_after_separation")
    walk = shipped().take_up(made, today=TODAY)
    assert (walk.client, walk.finished, walk.walk.rounds) == ("quiet-fox", True, made.rounds)
    assert shipped().take_up(made, today=TODAY, at="problem.age").walk.at == "problem.age"
    assert shipped().take_up(replace(made, quick=True), today=TODAY).walk.settings.quick
    with pytest.raises(UnknownQuestionError):
        shipped().take_up(made, at="problem.gone")
    with pytest.raises(UnknownFlowchartError):
        shipped().take_up(replace(made, flowchart="gone"))


def test_the_days_of_a_round_are_its_own():
    made = apply(case("review_after_twelve_weeks"), RoundBegun(on="2026-06-01"))
    walk = shipped().take_up(made, today=TODAY)
    assert [days.begun for days in walk.days] == ["2026-03-02", "", "2026-06-01"]


def test_another_clients_goal_is_told_apart_by_its_words():
    goals = stand(case("depression_after_separation")).goals
    assert all(isinstance(goal, Personal) for goal in goals)
    assert not {word for goal in goals for word in goal.words if any(char.isdigit() for char in word)}
