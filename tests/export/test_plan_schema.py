"""The data of a plan has the form that its schema gives, and the schema knows no more."""

from __future__ import annotations

import json

import pytest
from export_plans import ALL, plan_of, small_plan
from jsonschema import Draft202012Validator

from goldenthread.export import FIELDS, as_json
from goldenthread.export.data import KEYS, record_data
from goldenthread.loading import schemas

OF_A_PART = {key for keys in KEYS.values() for key in keys}
SOMETIMES = {"kept", "private", "sessions"}
MAY_LACK = OF_A_PART | SOMETIMES | {"declined", "parts", "wording"}
SCHEMA = json.loads((schemas() / "plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_every_plan_has_the_form(which, private):
    data = as_json(plan_of(which), private=private)
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []
    assert json.loads(json.dumps(data)) == data
    assert set(data) >= OF_A_PART - SOMETIMES, "of a whole plan no part is left out"


@pytest.mark.parametrize("name", FIELDS)
def test_every_part_of_a_record_has_the_form(name):
    for fields in ([name], FIELDS.keys() - {name}):
        data = record_data(small_plan("full"), fields=fields, private=True, declines=True)
        assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []
        assert sorted(data["parts"]) == sorted(fields)


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
        left_out = set(found["properties"]) - set(found["required"])
        assert left_out <= (MAY_LACK if found is SCHEMA else set())
        for name, described in found["properties"].items():
            assert described.get("description"), name


def test_a_key_that_is_not_known_is_refused():
    data = as_json(small_plan("full"))
    assert not VALIDATOR.is_valid({**data, "mood": "low"})
    assert not VALIDATOR.is_valid({**data, "safety": {**data["safety"], "level": "low"}})
