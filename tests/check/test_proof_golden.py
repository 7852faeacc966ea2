"""What a proof says, word for word, with the answers that show it: of the catalogue's samples, and of a few more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.check import check_library
from goldenthread.diagnostics.codes import CODES
from goldenthread.diagnostics.printers import as_github, as_json, as_text
from goldenthread.diagnostics.sarif import as_sarif
from goldenthread.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.diagnostics import Report

GOLDEN = Path(__file__).parent / "proof"
CASES = sorted(GOLDEN.glob("*.yaml"))
_FILE = re.compile(r"^# ---- (\S+)$\n", re.MULTILINE)


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Report]:
    """Check a library of a few files, and prove it."""

    def check(files: dict[str, str]) -> Report:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        monkeypatch.chdir(folder)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        library, report = load([folder], only=True)
        check_library(library, report)
        return report

    return check


def sample(code: str) -> dict[str, str]:
    """Give the files of a sample that has a fault."""
    fails = CODES[code].fails
    assert isinstance(fails.text, str)
    return {"sample.yaml": fails.text} | {f"beside_{n}.yaml": text for n, text in enumerate(fails.others)}


def test_the_samples_of_the_catalogue(
    checked: Callable[[dict[str, str]], Report], golden: Callable[[Path, str], None]
) -> None:
    printed = [f"# {code}\n{as_text(checked(sample(code)))}" for code in CODES if code.startswith("P")]
    golden(GOLDEN / "catalogue.out", "\n\n####\n".join(printed))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_said_of_more(
    path: Path, checked: Callable[[dict[str, str]], Report], golden: Callable[[Path, str], None]
) -> None:
    printed = []
    for text in path.read_text(encoding="utf-8").split("####\n"):
        title, *files = _FILE.split(text)
        printed.append(title + as_text(checked(dict(zip(files[::2], files[1::2], strict=True)))))
    golden(path.with_suffix(".out"), "\n\n####\n".join(printed))


def test_the_answers_in_every_form(
    checked: Callable[[dict[str, str]], Report], golden: Callable[[Path, str], None]
) -> None:
    report = checked(sample("P002"))
    golden(GOLDEN / "github.out", as_github(report))
    golden(GOLDEN / "json.out", as_json(report))
    golden(
        GOLDEN / "sarif.out", json.dumps(json.loads(as_sarif(report, "1"))["runs"][0]["results"], indent=2)
    )
