"""The plan of an earlier round can still be read once a new round has begun, whether it was signed or not."""

from __future__ import annotations

import pytest
from visiting import main

WHOLE = "depression_after_separation"
THEN, NOW = "My head teacher asked me", "A quieter spring has come."


@pytest.fixture
def again(visit):
    """Give a case in its second round, whose first words are others than they were."""
    case = visit(WHOLE)
    sitting = case.desk.sit(case.id)
    sitting = case.desk.keep(sitting, sitting.walk.begin_round())
    case.desk.keep(sitting, sitting.walk.revise("problem.opening_words", NOW))
    return case


def test_a_case_in_its_first_round_has_no_earlier_plan(visit):
    case = visit(WHOLE)
    assert "The plan of round" not in main(case.get("plan"))
    assert [case.get(f"plan/round/{n}").status_code for n in (0, 1, 2)] == [404, 404, 404]


def test_the_plan_of_the_round_before_stands_as_its_answers_left_it(again):
    assert "The plan of round 1" in main(again.get("plan"))
    then, now = main(again.get("plan/round/1")), main(again.get("plan"))
    assert THEN in then
    assert NOW not in then
    assert NOW in now
    assert THEN not in now
    assert again.get("plan/round/2").status_code == 404


def test_sessions_are_read_in_it_as_far_as_its_round_goes(again):
    note = {"date": "2026-03-01", "mode": "in_person", "safety": "not_asked"}
    again.post("sessions/note", note)
    assert again.desk.plan_of(again.desk.sit(again.id), 0).sessions is None
    assert again.desk.plan_of(again.desk.sit(again.id), 1).sessions is not None
