"""Schemas and code cannot drift: each authored field is a property of its schema, and the other way round."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from goldenthread.loading import schema, schemas
from goldenthread.loading.schema import KINDS as FILE_KINDS
from goldenthread.model import (
    KINDS,
    Band,
    Blank,
    Cutoff,
    Flowchart,
    Measure,
    Node,
    Option,
    Review,
    RiskItem,
    Rule,
    Scale,
    Source,
    Suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERLAY = {"replaces", "digest", "extends", "removes"}
APART = {"roles": {"sources", "basis"}, "references": {"sources", "basis"}}
"""What the model has for every kind, and these kinds do not write."""
COMMON = json.loads((schemas() / "common.schema.json").read_text(encoding="utf-8"))["$defs"]


def authored(cls: type) -> set[str]:
    return {f.metadata["key"] or f.name for f in fields(cls) if f.metadata.get("reader")}


def entry(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = schema(kind)["properties"]["entries"]["additionalProperties"]
    return found


def properties(*forms: dict[str, Any]) -> set[str]:
    return {key for form in forms for key in form["properties"]}


NODE = schema("flowchart")["properties"]["nodes"]["additionalProperties"]
SCALE = entry("instruments")["properties"]["scales"]["additionalProperties"]
GOAL = entry("goals")["properties"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_of_an_entry_are_those_of_its_schema(kind: str) -> None:
    assert authored(KINDS[kind]) - APART.get(kind, set()) == properties(entry(kind)) - OVERLAY
    assert properties(entry(kind)) >= OVERLAY


@pytest.mark.parametrize(
    ("cls", "forms", "apart"),
    [
        (Node, [NODE], {"next"}),
        (Flowchart, [schema("flowchart")], OVERLAY | {"flowchart", "nodes"}),
        (Option, [COMMON["option"]["oneOf"][1]], set()),
        (Rule, [COMMON["rule"]], set()),
        (Suggestion, [COMMON["suggest_rule"]], set()),
        (Source, [COMMON["source"]], set()),
        (Review, [COMMON["review"]], set()),
        (Scale, [SCALE], set()),
        (Band, [SCALE["properties"]["bands"]["items"]], set()),
        (Cutoff, [SCALE["properties"]["cutoffs"]["items"]], set()),
        (RiskItem, [entry("instruments")["properties"]["risk"]["items"]], set()),
        (Blank, [GOAL["blanks"]["additionalProperties"]], set()),
        (Measure, GOAL["measure"]["oneOf"], set()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_fields_of_a_part_are_those_of_its_schema(
    cls: type, forms: list[dict[str, Any]], apart: set[str]
) -> None:
    assert authored(cls) == properties(*forms) - apart


def objects(part: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every schema with properties of its own, and where it stands."""
    if isinstance(part, dict):
        if part.get("type") == "object" and "properties" in part:
            yield where, part
        for key, inner in part.items():
            yield from objects(inner, f"{where}/{key}")
    elif isinstance(part, list):
        for n, inner in enumerate(part):
            yield from objects(inner, f"{where}/{n}")


EVERY = sorted(schemas().glob("*.schema.json"))
FILES = [path for path in EVERY if not path.name.startswith(("out_", "plan."))]
"""The schemas of what people write; those of what the commands print stand beside them."""
OBJECTS = [
    pytest.param(part, id=where)
    for path in FILES
    for where, part in objects(json.loads(path.read_text(encoding="utf-8")), path.name.partition(".")[0])
]


@pytest.mark.parametrize("part", OBJECTS)
def test_every_property_is_described_and_no_other_is_allowed(part: dict[str, Any]) -> None:
    assert part.get("additionalProperties") is False
    for name, described in part["properties"].items():
        target = COMMON.get(str(described.get("$ref", "")).rpartition("/")[2], {})
        text = described.get("description") or target.get("description")
        assert text, name
        assert re.match(r"[A-Z0-9`]|[a-z_]+[: ]", text), text
    assert set(part.get("required", ())) <= set(part["properties"])


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_schema_is_a_schema(path: Any) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, inner in part.items():
            if key == "$ref":
                yield inner
            else:
                yield from refs(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from refs(inner)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_whole_once_it_is_read(kind: str) -> None:
    whole = schema(kind)
    Draft202012Validator.check_schema(whole)
    for ref in refs(whole):
        assert ref.removeprefix("#/$defs/") in whole["$defs"]


def test_there_is_a_schema_for_every_kind_and_a_kind_for_every_schema() -> None:
    assert {path.name.removesuffix(".schema.json") for path in FILES} == {*FILE_KINDS, "common"}
    assert set(KINDS) < set(FILE_KINDS)


def test_the_first_key_of_a_schema_names_its_kind() -> None:
    for kind in FILE_KINDS:
        assert next(iter(schema(kind)["properties"])) == kind
        assert kind in schema(kind)["required"]
