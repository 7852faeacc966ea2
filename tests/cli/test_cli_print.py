"""`goldenthread print`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from goldenthread.cli.print import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


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


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["poster"], 2, "Missing argument 'WHAT'"),
        (["poster", "goals"], 2, "Missing option '-o'"),
        (["poster", "gaols", "-o", "-"], 1, "did you mean `goals`"),
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
