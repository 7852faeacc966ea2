"""What each rule says, word for word, of small libraries with one fault each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread import check
from goldenthread.check import apply_rules
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*.yaml"))
_FILE = re.compile(r"^# ---- (\S+)$\n", re.MULTILINE)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(
    path: Path, golden: Callable[[Path, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = []
    for n, sample in enumerate(path.read_text(encoding="utf-8").split("####\n")):
        title, *files = _FILE.split(sample)
        folder = tmp_path / str(n)
        folder.mkdir()
        monkeypatch.chdir(folder)
        for name, text in zip(files[::2], files[1::2], strict=True):
            (folder / name).write_text(text, encoding="utf-8")
        library, report = load([folder], only=True)
        apply_rules(library, report)
        printed.append(title + as_text(report))
    golden(path.with_suffix(".out"), "\n\n####\n".join(printed))


def test_every_rule_has_its_golden_file() -> None:
    rules = {rule.__module__.rpartition(".")[2] for rule in check.RULES}
    assert {path.stem for path in CASES} == rules
    folder = Path(check.__file__).parent / "rules"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == rules
