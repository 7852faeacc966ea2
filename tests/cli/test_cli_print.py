"""`goldenthread print`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from goldenthread.cli.print import SHEETS
from goldenthread.cli.progress import progress
from goldenthread.loading import shipped
from small import chart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

VIGNETTES = shipped() / "flowcharts" / "vignettes"
PANIC = str(VIGNETTES / "panic_chef.yaml")
MISSPELT = str(shipped() / "tests" / "docs" / "misspelt.yaml")


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_has_its_line_in_the_table_and_takes_a_library(
    name: str, run: Callable[..., Result]
) -> None:
    command = import_module(f"goldenthread.cli.print.{name}").command
    first = (command.help or "").partition("\n\n")[0]
    assert " ".join(first.split()) == SHEETS[name]
    text = run("print", name, "--help").stdout
    for option in ("--library DIR", "--only", "--paper", "--output FILE", "--date DAY"):
        assert option in text


def test_a_poster_is_written_whole(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("print", "poster", "goals", "-o", tmp_path / "a.pdf", "--sheets", "1x2")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_stdout_holds_the_pdf_and_nothing_else(run: Callable[..., Result]) -> None:
    args = ("print", "poster", "goals", "-o", "-", "--date", "2026-03-02")
    found = run(*args).stdout_bytes
    assert found.startswith(b"%PDF")
    assert found == run(*args).stdout_bytes


def test_a_booklet_is_written_whole(tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run("print", "booklet", "goals", "-o", tmp_path / "a.pdf", "--no-questions", "--large-print")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert result.output == ""


def test_progress_is_told_on_a_terminal_and_wiped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    progress("flowchart", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress("flowchart", 1, 2)
    progress("flowchart", 2, 2)
    assert capsys.readouterr().err == "\r\x1b[Kflowchart 1 of 2\r\x1b[K"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["poster"], 2, "Missing argument 'WHAT'"),
        (["poster", "goals"], 2, "Missing option '-o'"),
        (["poster", "gaols", "-o", "-"], 1, "did you mean `goals`"),
        (["poster", "overview", "-o", "-", "--open", "1"], 2, "name the flowchart"),
        (["booklet", "gaols", "-o", "-"], 1, "did you mean `goals`"),
        (["poster", "goals", "-o", "-", "--sheets", "2by3"], 2, "as 2x3"),
        (["poster", "goals", "-o", "-", "--sheets", "2x3", "--scale", "50"], 2, "give one of them"),
        (["poster", "risk", "-o", "-", "--sheets", "1x1"], 1, "take --sheets 2x5, or larger paper"),
        (["poster", "risk", "-o", "-", "--scale", "9999"], 1, "a smaller --scale"),
        (["postr"], 2, "did you mean `poster`"),
    ],
)
def test_what_cannot_be_printed_is_said(
    args: list[str], code: int, said: str, run: Callable[..., Result]
) -> None:
    result = run("print", *args, code=code)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("worksheet", "factor_detail"),
        ("handout", "five-ps"),
        ("handout", "decision", "safety.nothing_reported", "--large-print"),
        ("formulation", PANIC, "--today", "2026-03-09"),
        ("thread", PANIC, "--paper", "letter"),
    ],
)
def test_sheets_are_written(args: tuple[str, ...], run: Callable[..., Result]) -> None:
    assert run("print", *args, "-o", "-").stdout_bytes.startswith(b"%PDF")


def test_a_vignette_is_read_from_stdin(run: Callable[..., Result]) -> None:
    text = (VIGNETTES / "under_age.yaml").read_text(encoding="utf-8")
    assert run("print", "teaching", "-", "-o", "-", stdin=text).stdout_bytes.startswith(b"%PDF")


def test_a_case_file_is_printed_and_left_as_it_is(tmp_path: Path, run: Callable[..., Result]) -> None:
    case = tmp_path / "K7.yaml"
    run("walk", "--case", case, stdin="quit\n")
    before = case.read_bytes()
    assert run("print", "formulation", case, "-o", "-").stdout_bytes.startswith(b"%PDF")
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["worksheet", "-o", "-"], 2, "Missing argument 'FLOWCHARTS"),
        (["worksheet", "safty", "-o", "-"], 1, "did you mean `safety`"),
        (["handout", "five-p", "-o", "-"], 1, "did you mean `five-ps`"),
        (["handout", "factor", "-o", "-"], 2, "say which factor"),
        (["handout", "smart", "avoidance", "-o", "-"], 2, "`smart` takes no name"),
        (["handout", "factor", "avoidence", "-o", "-"], 1, "did you mean `avoidance`"),
        (["handout", "goals", "zzzz", "-o", "-"], 1, "`goldenthread bank diagnoses` lists them"),
        (["handout", "decision", "2.4", "-o", "-"], 1, "name a step that branches"),
        (["formulation", "nowhere.yaml", "-o", "-"], 1, "nowhere.yaml"),
        (["thread", MISSPELT, "-o", "-"], 1, "misspelt.yaml"),
        (["thread", "panic_cheff", "-o", "-"], 1, "did you mean `panic_chef`"),
        (["thread", "nobody", "-o", "-"], 1, "`goldenthread test` lists the vignettes"),
    ],
)
def test_what_is_no_sheet_is_said(args: list[str], code: int, said: str, run: Callable[..., Result]) -> None:
    result = run("print", *args, code=code)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_answers_alone_are_a_case_and_no_vignette(tmp_path: Path, run: Callable[..., Result]) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("answers: {problem.opening_words: I cannot sleep}\n", encoding="utf-8")
    assert run("print", "thread", file, "-o", "-").stdout_bytes.startswith(b"%PDF")
    assert "is no vignette" in run("print", "teaching", file, "-o", "-", code=1).stderr


def test_a_shipped_vignette_is_named_by_its_id_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    shipped = run("print", "thread", "flowcharts/vignettes/panic_chef.yaml", "-o", "-").stdout_bytes
    monkeypatch.chdir(tmp_path)
    assert run("print", "thread", "panic_chef", "-o", "-").stdout_bytes == shipped
    # A file of that name comes first.
    (tmp_path / "panic_chef").write_text(
        "answers: {problem.opening_words: I cannot sleep}\n", encoding="utf-8"
    )
    assert run("print", "thread", "panic_chef", "-o", "-").stdout_bytes != shipped


def test_what_a_library_adds_is_on_the_sheet(tmp_path: Path, run: Callable[..., Result]) -> None:
    nodes = "one:\n  ask: Who?\n  answer: text\n  next: done\ndone:\n  end: Done"
    (tmp_path / "own.yaml").write_text(chart("own_chart", nodes), encoding="utf-8")
    args = ("print", "worksheet", "own_chart", "-o", "-")
    assert run(*args, "--library", tmp_path).stdout_bytes.startswith(b"%PDF")
    assert "nothing to print named `own_chart`" in run(*args, code=1).stderr


def test_slides_of_a_case_that_does_not_come_there_say_so(tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run("slides", "diagnosis_sleep", "-o", tmp_path / "a.pdf", "--path", PANIC, code=1)
    assert "the case does not come through `diagnosis_sleep`" in result.stderr
    assert not list(tmp_path.iterdir())


MADE = """flowchart: made
number: 1
title: Made up
phase: problem
purpose: To be printed.
root: true
start: one
review: {status: draft}
nodes:
  one:
    number: '1.1'
    ask: How is ཀཁ today?
    answer: text
    next: done
  done:
    end: Done
"""


@pytest.mark.parametrize(
    "args", [("print", "worksheet", "made"), ("print", "poster", "made"), ("draw", "made")]
)
def test_letters_that_no_font_has_are_said_with_their_place(
    tmp_path: Path, run: Callable[..., Result], args: tuple[str, ...]
) -> None:
    (tmp_path / "made.yaml").write_text(MADE, encoding="utf-8")
    result = run(*args, "-o", tmp_path / "made.pdf", "--library", tmp_path, "--only")
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
    assert "goldenthread: no font of the installation has “ཀཁ” (in “How is ཀཁ today?”)" in result.stderr


def test_a_poster_opens_what_is_visited(tmp_path: Path, run: Callable[..., Result]) -> None:
    sizes = []
    for depth in ("0", "all"):
        file = tmp_path / f"{depth}.pdf"
        assert run("print", "poster", "conceptualization", "--open", depth, "-o", file).exit_code == 0
        sizes.append(len(file.read_bytes()))
    assert sizes[1] > sizes[0]
