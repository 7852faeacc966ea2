"""What the commands print as JSON is what the schemas say."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from samples import PANIC, SCREEN

from goldenthread.loading import schemas, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = (
    "advise",
    "score",
    "check",
    "test",
    "goals",
    "facts",
    "bank",
    "sources",
    "explain",
    "reviews",
    "diff",
    "cover",
)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((schemas() / f"out_{name}.schema.json").read_text(encoding="utf-8"))
    return found


def fits(name: str, out: Any) -> None:
    Draft202012Validator(schema(name)).validate(out)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_a_schema_and_describes_every_property(name: str) -> None:
    whole = schema(name)
    Draft202012Validator.check_schema(whole)
    assert whole["$id"] == f"out_{name}.schema.json"
    for key, part in _properties(whole):
        assert part.get("description"), key


def _properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        for key, inner in part.get("properties", {}).items():
            yield key, inner
        for inner in part.values():
            yield from _properties(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _properties(inner)


@pytest.mark.parametrize("kind", ["diagnoses", "factors", "goals", "interventions", "modalities"])
@pytest.mark.parametrize(
    "text", [PANIC + SCREEN, PANIC, "suicidal_thoughts: yes\nphq9: {total: 17, item_9: 1}\n", ""]
)
def test_advise(kind: str, text: str, data: Callable[..., Any], facts: Callable[[str], Path]) -> None:
    fits("advise", data("advise", facts(text), "--for", kind))


@pytest.mark.parametrize(
    "args",
    [
        ["phq9", "--items", "1,1,1,1,1,1,1,1,1", "--before", "20"],
        ["dass21", "--items", ",".join("1" * 21)],
        ["pcl5", "--total", "30", "--before", "30"],
        ["edeq", "--total", "2.5"],
    ],
)
def test_score(args: list[str], data: Callable[..., Any]) -> None:
    fits("score", data("score", *args))


def test_check(data: Callable[..., Any], tmp_path: Path) -> None:
    fits("check", data("check", tmp_path / "none.yaml", code=1))


def test_test(data: Callable[..., Any]) -> None:
    fits("test", data("test", "quick_panic"))


@pytest.mark.parametrize(
    "args",
    [
        ["goals"],
        ["facts"],
        ["bank"],
        ["sources"],
        ["sources", "kroenke_2001"],
        ["sources", "--superseded"],
        ["explain"],
        ["reviews"],
    ],
)
def test_listings(args: list[str], data: Callable[..., Any]) -> None:
    fits(args[0], data(*args))


def test_diff(run: Callable[..., Any], tmp_path: Path) -> None:
    for name in ("flowcharts", "goalbank"):
        shutil.copytree(shipped() / name, tmp_path / name)
    path = tmp_path / "flowcharts" / "problem.yaml"
    text = path.read_text(encoding="utf-8").replace("why: ", "why: So. ", 1)
    path.write_text(text.replace("when: age < 18", "when: age < 21"), encoding="utf-8")
    out = json.loads(run("diff", tmp_path, "--walks", "30", "--format", "json", code=1).stdout)
    fits("diff", out)
    assert out["outcomes"][0]["further"]


def test_cover(data: Callable[..., Any]) -> None:
    out = data("cover", "--walks", "40")
    fits("cover", out)
    assert out["cases"]
