"""Every command in docs/print.md is run, and writes a PDF."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from goldenthread.cli import main
from goldenthread.cli.print import SHEETS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "print.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (goldenthread (?!draw ).*)$", TEXT, re.MULTILINE)
DRAWINGS = re.findall(r"^\$ (goldenthread draw .*)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_on_printing_writes_a_pdf(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    words = [str(tmp_path / word) if word.endswith(".pdf") else word for word in shlex.split(command)[1:]]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert result.output == ""
    (written,) = (word for word in words if word.endswith(".pdf"))
    assert Path(written).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("command", DRAWINGS)
def test_a_command_of_the_page_that_draws_writes_a_drawing(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    words = shlex.split(command)[1:]
    at = words.index("-o") + 1
    words[at] = str(tmp_path / words[at])
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert Path(words[at]).read_bytes().startswith((b"%PDF", b"<svg"))


def test_every_kind_of_sheet_that_the_page_names_is_printed_on_it() -> None:
    named = set(re.findall(r"^\$ goldenthread print (\w+)", TEXT, re.MULTILINE))
    assert named == SHEETS.keys()
