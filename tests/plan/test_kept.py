"""What a new round takes over without asking stands in its plan: since when, and whether it was confirmed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from goldenthread.export import as_json, as_text, field
from goldenthread.loading import schemas
from goldenthread.loading.files import shipped as shipped_folder
from small import shipped

THEN, NOW = "2026-03-02", dt.date(2026, 6, 1)
AGE, PAST_MANIA, TREATED = "problem.age", "diagnosis_screen.past_mania", "problem.earlier_treatment"


@pytest.fixture(scope="module")
def second():
    """Give a whole case in its second round: all is answered again but what is taken over."""
    path = shipped_folder() / "flowcharts" / "vignettes" / "depression_after_separation.yaml"
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    steps = shipped().program.steps
    first = {
        key: {"value": raw, "date": THEN} if steps[key].carry == "keep" else raw
        for key, raw in answers.items()
    }
    again = {key: raw for key, raw in answers.items() if steps[key].carry != "keep"}
    return shipped().from_answers(
        {"answers": first, "rounds": [{"answers": again}], "client": "Linden"}, today=NOW
    )


def by_key(walk):
    return {one.key: one for one in walk.kept}


def test_all_that_was_not_asked_again_is_there_with_its_day(second):
    found = by_key(second)
    assert set(found) == {
        trace.question for trace in second.walk.trail if trace.round and trace.how == "kept"
    }
    assert len(found) > 5
    assert not any(one.stands or one.confirmed for one in found.values())
    assert {one.since for one in found.values()} == {THEN}
    assert (found[AGE].label, found[AGE].said, found[AGE].number) == ("age", "41 years", "1.4")
    assert found[PAST_MANIA].said == "no"


def test_a_first_round_takes_nothing_over(second):
    first = shipped().resume(second.walk.rounds[:1], today=NOW)
    assert first.kept == ()
    assert "kept" not in as_json(first.plan())
    assert "Taken over" not in as_text(first.plan())


def test_all_is_confirmed_at_once_or_one_by_one(second):
    one = second.confirm([AGE])
    assert (by_key(one)[AGE].stands, by_key(one)[AGE].confirmed) == (True, "2026-06-01")
    assert by_key(one)[AGE].since == THEN
    assert not by_key(one)[PAST_MANIA].stands
    rest = one.confirm()
    assert all(found.stands for found in rest.kept)
    assert set(by_key(rest)) == set(by_key(second))
    assert rest.plan().status == second.plan().status == "whole"


def test_what_is_answered_otherwise_is_taken_over_no_more(second):
    changed = second.revise(AGE, 42)
    assert AGE not in by_key(changed)
    assert AGE in by_key(second.revise(AGE, 41)), "the same answer is a confirmation"


def test_the_thread_of_the_plan_says_what_was_confirmed_and_when(second):
    said = " ".join(field(second.plan(), "threads").split())
    assert "Not confirmed in this round, answered on 2 March 2026: age (41 years); when it began; " in said
    assert "Confirmed" not in said
    assert "what helps and protects." in said or "what helps and protects;" in said, (
        "long answers stand elsewhere"
    )
    said = " ".join(field(second.confirm([AGE, TREATED]).plan(), "threads").split())
    confirmed, _, rest = said.partition("Not confirmed in this round")
    assert (
        "Confirmed on 1 June 2026, answered on 2 March 2026: age (41 years); earlier treatment." in confirmed
    )
    assert "past mania or hypomania (no)" in rest
    assert "age" not in rest


def test_the_data_of_the_plan_says_the_same(second):
    schema = json.loads((schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    data = as_json(second.confirm([AGE]).plan())
    assert Draft202012Validator(schema).is_valid(data)
    assert data["kept"][0] == {
        "key": AGE, "label": "age", "answer": "41 years", "since": THEN, "stands": True, "confirmed": "2026-06-01",
    }  # fmt: skip
    assert {one["stands"] for one in data["kept"][1:]} == {False}
