"""`goldenthread cover`: what is left uncrossed is listed at its line, and written as vignettes that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.source import read
from small import ROLES_NONE, bank, chart

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

VIGNETTE = """\
vignette: grown_up
about: A case.
rest: later
answers: {planning.age: 70}
expect: {ends: planning.done}
"""
FILES = {
    "flowcharts/planning.yaml": chart(
        "planning",
        """
        age: {number: 1.1, ask: Age?, as: age, next: [{when: age >= 18, go: signs}, {otherwise: child}]}
        signs:
          number: 1.2
          ask: Which?
          as: signs
          next:
            - {when: a in signs and not a in signs, go: child}
            - {otherwise: done}
        child: {end: A child, stop: true}
        done: {end: Done}
        """,
        root=True,
    ),
    "flowcharts/vignettes/grown_up.yaml": VIGNETTE,
    "goalbank/roles.yaml": bank(
        "roles",
        {
            "age": {"answer": "number", "between": [0, 120]},
            "signs": {"answer": "choices", "options": {"a": "A", "b": "B"}},
        },
    ),
    "goalbank/none.yaml": ROLES_NONE,
    "goalbank/goals.yaml": bank("goals", {"go_out": {"suggest": "b in signs", "rule_out": "age >= 65"}}),
}
IMPOSSIBLE = "flowcharts/planning.yaml:15"


@pytest.fixture
def cover(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *args, code=0: run(
        "cover", "--library", ".", "--only", "--walks", "40", "--seed", "2", *args, code=code
    )


def test_what_the_vignettes_leave_is_listed_at_its_line(cover: Callable[..., Result]) -> None:
    said = cover().stdout
    assert said.startswith("1 vignette crosses 2 of 4 edges and 1 of 2 rules.")
    found, none = said.split("No walk can cross it")
    assert "flowcharts/planning.yaml:9  planning.age, edge: 1.1 otherwise to child" in found
    assert "goalbank/goals.yaml:5  go_out, suggest: " in found
    assert IMPOSSIBLE in none
    assert "2 walks cross what can be crossed of these; --into DIR writes them" in said


def test_walks_are_written_as_vignettes_in_the_house_form_that_hold(
    cover: Callable[..., Result], run: Callable[..., Result]
) -> None:
    data = json.loads(cover("--into", ".", "--format", "json").stdout)
    files = [case["file"] for case in data["cases"]]
    assert files == [f"flowcharts/vignettes/cover_0{n}.yaml" for n in (1, 2)]
    for file in files:
        tree, wrong, text = read(Path(file), file)
        assert tree is not None
        assert not wrong
        assert "to be reviewed" in " ".join(str(text).split())
        assert tree.data["review"] == {"status": "draft"}
    run("fmt", "--check", *files)
    run("test", "--library", ".", "--only")
    run("check", ".", "--only", code=None)
    again = json.loads(cover("--into", ".", "--format", "json").stdout)
    assert again["cases"] == []
    assert [one["walk"] for one in again["uncrossed"]] == [False]


def test_nothing_is_written_over(cover: Callable[..., Result]) -> None:
    there = Path("flowcharts/vignettes/cover_07.yaml")
    there.write_text(VIGNETTE.replace("grown_up", "cover_07"), encoding="utf-8")
    kept = there.read_text(encoding="utf-8")
    data = json.loads(cover("--into", ".", "--format", "json").stdout)
    assert [case["id"] for case in data["cases"]] == ["cover_08", "cover_09"]
    assert there.read_text(encoding="utf-8") == kept


def test_all_is_crossed_afresh_where_that_is_asked_for(cover: Callable[..., Result]) -> None:
    data = json.loads(cover("--all", "--format", "json").stdout)
    assert data["vignettes"] == 0
    assert data["edges"] == {"whole": 4, "vignettes": 0, "walks": 3}
    assert data["rules"] == {"whole": 2, "vignettes": 0, "walks": 2}


def test_no_folder_to_write_into(cover: Callable[..., Result]) -> None:
    assert cover("--into", "nowhere", code=1).stderr.startswith("goldenthread: there is no folder nowhere")


def test_a_flowchart_that_there_is_not(cover: Callable[..., Result]) -> None:
    assert "did you mean `planning`?" in cover("--flowchart", "planing", code=1).stderr
