"""`goldenthread check`, `test` and `explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.diagnostics.codes import CODES
from goldenthread.loading import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

ROLE = """\
roles: own
review: {status: draft}
entries:
  own_role:
    label: a role
    about: About it.
    answer: text
"""
VIGNETTE = """\
vignette: own
about: A case.
review: {status: draft}
answers:
  problem.opening_words: I cannot sleep
expect:
  passes: [problem.opening_words]
"""


@pytest.fixture
def role(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(ROLE.replace("answer: text", "answer: txt"), encoding="utf-8")
    return path


def test_the_shipped_library_is_clean(run: Callable[..., Result]) -> None:
    assert run("check").stdout == "No errors, no warnings.\n"


def test_a_fault_is_shown_with_its_place_line_caret_and_help(role: Path, run: Callable[..., Result]) -> None:
    text = run("check", role, code=1).stdout
    assert f"{role}:7:13: error[F004]" in text
    assert " 7 |     answer: txt\n   |             ^^^" in text
    assert "help: did you mean `text`?" in text


def test_json_and_annotations_say_the_same(
    role: Path, run: Callable[..., Result], data: Callable[..., Any]
) -> None:
    out = data("check", role, code=1)
    assert [(d["line"], d["column"]) for d in out["diagnostics"] if d["file"] == str(role)] == [(7, 13)]
    assert f"::error file={role},line=7,col=13," in run("check", role, "--format", "github", code=1).stdout


def test_a_folder_is_laid_over_the_shipped_library(tmp_path: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "own.yaml").write_text(ROLE.replace("own_role", "age"), encoding="utf-8")
    assert "the id `age` stands twice" in run("check", tmp_path, code=1).stdout
    assert "stands twice" not in run("check", tmp_path, "--only", code=None).stdout


def test_a_file_of_the_shipped_library_is_not_laid_over_itself(run: Callable[..., Result]) -> None:
    path = shipped() / "flowcharts" / "problem.yaml"
    assert run("check", path, code=None).stdout == run("check", code=None).stdout


def test_a_path_that_is_not_there_is_an_error(run: Callable[..., Result], tmp_path: Path) -> None:
    text = run("check", tmp_path / "none.yaml", code=1).stdout
    assert "error[S001]: there is no such file or folder" in text
    assert "help: check the path" in text


def test_a_vignette_is_checked(tmp_path: Path, run: Callable[..., Result]) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(VIGNETTE, encoding="utf-8")
    assert str(path) not in run("check", path, code=None).stdout
    path.write_text(
        VIGNETTE.replace("problem.opening_words: I", "problem.opening_wrods: I"), encoding="utf-8"
    )
    text = run("check", path, code=1).stdout
    assert "no question is called `problem.opening_wrods`" in text
    assert "did you mean `problem.opening_words`?" in text


def test_warnings_count_where_strict_is_asked_for(tmp_path: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "own.yaml").write_text(ROLE, encoding="utf-8")
    assert "warning[" in run("check", tmp_path, "--only").stdout
    run("check", tmp_path, "--only", "--strict", code=1)


BROKEN = """\
flowchart: broken
number: 90
title: Broken
phase: problem
purpose: It is for a test.
root: true
start: pain
review: {status: draft}
nodes:
  pain:
    number: 90.1
    ask: How strong is the pain?
    answer: number
    between: [0, 10]
    next:
      - {when: pain > 5, go: strong}
      - {when: pain > 8, go: worse}
      - {when: pain < 5, go: mild}
      - unknown: mild
  strong: {end: Strong}
  worse: {end: Worse}
  mild: {end: Mild}
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A library with a flowchart that is broken at two places."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


def test_answers_that_show_a_fault_replay_to_the_spot(
    broken: Path, tmp_path: Path, run: Callable[..., Result], data: Callable[..., Any]
) -> None:
    out = run("check", broken, "--witness", tmp_path / "answers", code=1)
    stuck, shadowed = sorted((tmp_path / "answers").iterdir(), reverse=True)
    assert (shadowed.name, stuck.name) == ("P002-broken-17.yaml", "P003-broken-15.yaml")
    assert f"{stuck} written: goldenthread walk --answers {stuck} --library {broken}" in out.stderr
    assert stuck.read_text(encoding="utf-8").startswith("# P003: there are answers with which no branch")
    text = run("walk", "--answers", stuck, "--library", broken, code=1)
    assert text.stdout.rstrip().endswith("The walk stops at broken.pain: no branch leads on from here")
    assert "broken.pain: 5" in stuck.read_text(encoding="utf-8")
    assert "`broken.pain`: no branch leads on from here" in text.stderr
    walked = data("walk", "--answers", shadowed, "--library", broken)
    assert walked["trail"][0]["edge"] == "pain is over 5"
    assert walked["facts"]["broken.pain"] > 8
    assert (walked["at"], walked["finished"]) == ("broken.strong", True)


def test_answers_are_in_every_form_of_a_report(
    broken: Path, run: Callable[..., Result], data: Callable[..., Any]
) -> None:
    found = {d["code"]: d["answers"] for d in data("check", broken, "--only", code=1)["diagnostics"]}
    assert found["P003"] == {"flowchart": "broken", "rest": "later", "answers": {"broken.pain": 5}}
    text = run("check", broken, "--only", code=1).stdout
    assert "= these answers show it, and none of them can be taken away:" in text
    assert "         broken.pain: 5\n" in text
    assert "%0A  broken.pain: 5\n" in run("check", broken, "--only", "--format", "github", code=1).stdout
    sarif = json.loads(run("check", broken, "--only", "--format", "sarif", code=1).stdout)
    shown = {result["ruleId"]: result["properties"]["answers"] for result in sarif["runs"][0]["results"]}
    assert shown == found


def test_bare_facts_that_show_a_fault_are_for_advise(tmp_path: Path, run: Callable[..., Result]) -> None:
    """Where no flowchart asks, facts show it; what is offered from them is what must not be."""
    folder = tmp_path / "own"
    folder.mkdir()
    entry, chart = CODES["P015"].fails, CODES["P008"].passes
    assert isinstance(entry.text, str)
    assert isinstance(chart.text, str)
    for name, text in {"entry": entry.text, "roles": entry.others[0], "chart": chart.text}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    out = run("check", folder, "--only", "--witness", tmp_path / "facts", code=1)
    (file,) = (tmp_path / "facts").iterdir()
    assert f"{file} written: goldenthread advise {file} --library {folder} --only" in out.stderr
    assert "= these facts show it, and none of them can be taken away:\n       outings: 3\n" in out.stdout
    assert "goes_out" in run("advise", file, "--library", folder, "--only", "--for", "factors").stdout


def test_answers_are_never_written_into_a_library(broken: Path, run: Callable[..., Result]) -> None:
    for words in (["check", broken], ["check", "--library", broken]):
        text = run(*words, "--witness", broken / "answers", code=2).stderr
        assert "lies within the library that is checked: name a folder beside it" in text
    run("check", "--witness", shipped() / "goalbank" / "answers", code=2)
    assert not (broken / "answers").exists()
    assert not (shipped() / "goalbank" / "answers").exists()


def test_wrong_usage_is_two(run: Callable[..., Result]) -> None:
    run("check", "--format", "xml", code=2)
    run("check", "--only", code=2)


def test_a_vignette_by_its_name(run: Callable[..., Result], data: Callable[..., Any]) -> None:
    assert "ok      quick_panic" in run("test", "quick_panic").stdout
    out = data("test", "quick_panic")
    assert (out["passed"], out["failed"], out["vignettes"][0]["id"]) == (1, 0, "quick_panic")


def test_every_shipped_vignette_comes_out_as_expected(run: Callable[..., Result]) -> None:
    assert "FAILED" not in run("test").stdout


def test_a_failure_is_shown_at_its_place(
    tmp_path: Path, run: Callable[..., Result], data: Callable[..., Any]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        VIGNETTE.replace("passes: [problem.opening_words]", "alerts: [risk_suicide]"), encoding="utf-8"
    )
    text = run("test", path, code=1).stdout
    assert "FAILED  own" in text
    assert f"{path}:7:12: error[V003]: the alert `risk_suicide` is not raised" in text
    assert data("test", path, code=1)["failed"] == 1
    assert run("test", path, "--format", "github", code=1).stdout.startswith("::error file=")


def test_a_file_that_is_no_vignette_is_said_so(
    role: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    assert "this is no vignette" in run("test", role, code=1).stdout
    assert "did you mean `quick_panic`?" in run("test", "quick_panik", code=1).stderr
    (tmp_path / "empty").mkdir()
    assert "no vignettes to run" in run("test", tmp_path / "empty", code=1).stderr


def test_vignettes_can_be_listed(run: Callable[..., Result]) -> None:
    assert "quick_panic\n  26, three attacks a week" in run("test", "--list").stdout


def test_a_code_is_explained(run: Callable[..., Result], data: Callable[..., Any]) -> None:
    assert run("explain", "r001").stdout.startswith("R001: ")
    assert data("explain", "R001")["codes"][0]["code"] == "R001"
    assert "R001  an id that names nothing" in run("explain").stdout
    assert "`goldenthread explain` lists every code" in run("explain", "Z999", code=1).stderr
