"""A session as text, and in the data of a plan."""

from __future__ import annotations

import dataclasses
import json

import pytest
from export_plans import shipped_plan, small_plan
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from goldenthread.case import SessionNote
from goldenthread.export import as_json, session_note_text
from goldenthread.loading import schemas
from goldenthread.plan import Course, Mark, Sessions

PLAN = shipped_plan("depression_after_separation")
FULL = SessionNote(
    round=0,
    date="2026-03-09",
    mode="telephone",
    present=("the client", "the sister"),
    goals=("depression_lift", "own_3"),
    interventions=("activity_planning", "a_new_one"),
    response="The walk was good, “even in rain”",
    ratings={"depression_lift": 4},
    safety="no_change",
    next_step="Soup on Sunday",
    note="Late by ten minutes.\n\nCall the school",
)


def test_a_full_note_reads_as_a_record_does():
    said = session_note_text(FULL, PLAN, {"activity_planning": "Planning activities"})
    assert said == (
        "Session of 9 March 2026, by telephone.\n"
        "Present: the client and the sister.\n"
        "Worked on: goal 1 (Lift the low mood, enjoy two things); own 3.\n"
        "Done: Planning activities and a new one.\n"
        "In the client's words: \"The walk was good, 'even in rain'\"\n"
        "How far each goal is reached in the client's eyes, 0 to 10: goal 1 (Lift the\n"
        "low mood, enjoy two things) 4.\n"
        "A change in safety was asked about: none.\n"
        "Next step: Soup on Sunday.\n"
        "Late by ten minutes.\n"
        "Call the school.\n"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Session of 9 March 2026, in the room.\nA change in safety was not asked about.\n"),
        ({"mode": "missed"}, "The session of 9 March 2026 was missed.\n"),
        (
            {"mode": "missed", "safety": "changed", "safety_note": "A call at night"},
            "The session of 9 March 2026 was missed.\nThere is a change in safety: A call at night.\n",
        ),
        (
            {"safety": "changed"},
            "Session of 9 March 2026, in the room.\nThere is a change in safety: what changed is not written down.\n",
        ),
    ],
)
def test_what_was_not_written_is_not_said_but_for_safety(more, said):
    assert session_note_text(SessionNote(round=0, date="2026-03-09", **more), PLAN, {}) == said


words = st.text(max_size=40)
notes = st.builds(
    SessionNote,
    round=st.just(0),
    date=st.just("2026-03-09"),
    mode=st.sampled_from(["in_person", "video", "telephone", "home_visit", "written", "missed", "other"]),
    response=words,
    safety=st.sampled_from(["not_asked", "no_change", "changed"]),
    safety_note=words,
    next_step=words,
    note=words,
)


@given(notes)
def test_any_note_can_be_pasted(note):
    said = session_note_text(note, PLAN, {})
    assert said.endswith("\n")
    assert "\n\n" not in said
    assert all(char == "\n" or char.isprintable() for char in said)


def test_sessions_stand_in_the_data_of_the_plan_and_only_there_where_some_are_noted():
    schema = json.loads((schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    plan = small_plan("full")
    assert "sessions" not in as_json(plan)
    course = Course("a", "A goal", (Mark("2026-03-09", 4, "session"), Mark("", 5, "review")), 1, 2)
    found = Sessions(3, 1, "2026-03-20", (course,), (), "")
    data = as_json(dataclasses.replace(plan, sessions=found))
    assert [error.message for error in validator.iter_errors(data)] == []
    assert data["sessions"]["goals"][0]["ratings"][1] == {"date": "", "rating": 5, "source": "review"}
