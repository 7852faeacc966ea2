"""`goldenthread draw`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from goldenthread.loading import load, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

CASE = shipped() / "flowcharts" / "vignettes" / "quick_panic.yaml"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.svg", b"<?xml"),
        ("a.pdf", b"%PDF"),
        ("a.png", b"\x89PNG"),
        ("a.dot", b"digraph"),
        ("a.mmd", b""),
        ("a.gv", b"digraph"),
    ],
)
def test_the_ending_says_the_format(
    name: str, begins: bytes, tmp_path: Path, run: Callable[..., Result]
) -> None:
    path = tmp_path / name
    run("draw", "safety", "-o", path)
    assert path.read_bytes().lstrip().startswith((begins, b"<svg") if name == "a.svg" else begins)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_stdout_holds_the_drawing_and_nothing_else(run: Callable[..., Result]) -> None:
    assert run("draw", "safety", "-o", "-", "--format", "dot").stdout.startswith("digraph")


def test_the_date_at_the_foot_is_this_day_or_one_that_is_named_or_none(run: Callable[..., Result]) -> None:
    args = ("draw", "safety", "-o", "-")
    day = f"{dt.date.today():%-d %B %Y}"  # noqa: DTZ011 -- as the command reads it
    assert f"{day} · draft" in run(*args).stdout
    named = run(*args, "--today", "2026-03-02", "--footer", "handout").stdout
    assert "2 March 2026 · handout · draft" in named
    assert f"content {load()[0].digest} · draft" in run(*args, "--today", "none").stdout
    assert run(*args, "--today", "2026-03-02", "--footer", "handout").stdout == named


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--around", "2.6"], "2 steps around 2.6"),
        (["--around", "safety.self_harm", "--steps", "1"], "1 step around 2.5"),
        (["--to", "2.10"], "What leads to 2.10"),
        (["--factor", "avoidance"], "The thread from avoidance of feared situations"),
        (["around:2.6"], "2 steps around 2.6"),
        (["conceptualization", "--open", "1"], "11.6 visits 12 One thing that keeps it going"),
        (
            ["conceptualization", "--open", "all", "--direction", "LR"],
            "11.6 visits 12 One thing that keeps it going",
        ),
    ],
)
def test_what_can_be_drawn(args: list[str], said: str, run: Callable[..., Result]) -> None:
    assert said in run("draw", *args, "-o", "-").stdout


def test_what_does_not_fit_its_paper_is_drawn_larger_and_said(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    path = tmp_path / "a.pdf"
    result = run("draw", "safety", "-o", path, "--paper", "A4")
    assert "does not fit on A4 with letters of 8 points" in result.stderr
    assert "goldenthread print poster" in result.stderr
    assert path.read_bytes().startswith(b"%PDF")
    assert run("draw", "goal_follow_up", "-o", path, "--paper", "tabloid", "--landscape").stderr == ""


def test_a_path_is_laid_over(tmp_path: Path, run: Callable[..., Result]) -> None:
    args = ("draw", "problem", "-o", "-", "--format", "dot", "--today", "none")
    assert run(*args, "--path", CASE).stdout != run(*args).stdout
    assert "no path is laid over" in run("draw", "diagnosis_sleep", "-o", "-", "--path", CASE).stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ([], 2, "say what to draw"),
        (["safety"], 2, "say where to write it: -o safety.svg"),
        (["safety", "-o", "a.doc"], 2, "says no format"),
        (["safty", "-o", "-"], 1, "did you mean `safety`?"),
        (["safety", "-o", "-", "--paper", "a4"], 2, "--paper is for pdf and png"),
        (["safety", "-o", "a.pdf", "--landscape"], 2, "name it with --paper"),
        (["safety", "--to", "2.5", "-o", "-"], 2, "safety and --to: name one thing to draw"),
        (["--to", "2.5"], 2, "say where to write it: -o to_2.5.svg"),
        (["--to", "99.9", "-o", "-"], 1, "there is nothing to draw named `99.9`"),
        (["--factor", "avoidence", "-o", "-"], 1, "did you mean `factor:avoidance`?"),
        (["--factor", "avoidance", "-o", "-", "--path", "x.yaml"], 2, "--path is laid over flowcharts"),
        (["overview", "-o", "-", "--open", "1"], 2, "name the flowchart"),
        (["safety", "-o", "-", "--open", "deep"], 2, "neither a number of levels nor `all`"),
        (["safety", "-o", "-", "--today", "soon"], 2, "neither a day as in 2026-03-02 nor `none`"),
        (["safety", "-o", "no/where.svg"], 1, "there is no folder no"),
        (["safety", "-o", "-", "--path", "none.yaml"], 1, "error[S001]"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    args: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("draw", *args, code=code)
    assert said in result.stderr
    assert result.stdout == ""


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "a.svg").mkdir()
    assert "is a folder" in run("draw", "safety", "-o", tmp_path / "a.svg", code=1).stderr


def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    # The account that tests run under may write anywhere, so the system's own refusal is played.
    monkeypatch.setattr("tempfile.mkstemp", refused)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refused)
    assert "cannot be written" in run("draw", "safety", "-o", tmp_path / "a.svg", code=1).stderr


def test_what_was_there_keeps_its_permissions(tmp_path: Path, run: Callable[..., Result]) -> None:
    path = tmp_path / "a.dot"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    run("draw", "safety", "-o", path)
    assert path.read_text(encoding="utf-8").startswith("digraph")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_can_be_drawn_is_listed(run: Callable[..., Result]) -> None:
    names = run("draw", "--list").stdout.split()
    assert {"planning", "all", "overview", "phase:goals"} <= set(names)
