"""The data of a plan has the form that its schema gives, and the schema knows no more."""

from __future__ import annotations

import json

import pytest
from export_plans import ALL, plan_of, small_plan
from jsonschema import Draft202012Validator

from goldenthread.export import as_json
from goldenthread.loading import schemas

SCHEMA = json.loads((schemas() / "plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_every_plan_has_the_form(which, private):
    data = as_json(plan_of(which), private=private)
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []
    assert json.loads(json.dumps(data)) == data


def objects(part):
    if isinstance(part, dict):
        if part.get("type") == "object" and "properties" in part:
            yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


def test_every_property_is_described_asked_for_and_no_other_is_allowed():
    Draft202012Validator.check_schema(SCHEMA)
    for found in objects(SCHEMA):
        assert found["additionalProperties"] is False
        assert set(found["properties"]) - set(found["required"]) <= {"kept", "private", "sessions"}
        for name, described in found["properties"].items():
            assert described.get("description"), name


def test_a_key_that_is_not_known_is_refused():
    data = as_json(small_plan("full"))
    assert not VALIDATOR.is_valid({**data, "mood": "low"})
    assert not VALIDATOR.is_valid({**data, "safety": {**data["safety"], "level": "low"}})
