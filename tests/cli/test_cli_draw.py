"""`goldenthread draw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goldenthread.loading import shipped

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


def test_the_footer_makes_it_the_same_on_every_day(run: Callable[..., Result]) -> None:
    args = ("draw", "safety", "-o", "-", "--footer", "handout")
    assert run(*args).stdout == run(*args).stdout
    assert "handout" in run(*args).stdout


def test_a_path_is_laid_over(tmp_path: Path, run: Callable[..., Result]) -> None:
    args = ("draw", "problem", "-o", "-", "--format", "dot", "--footer", "x")
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
