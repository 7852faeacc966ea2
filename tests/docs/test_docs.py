"""Every command in README.md is run, and prints what README shows; `…` stands for anything."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner

from goldenthread.cli import main
from goldenthread.export import FIELDS
from goldenthread.export.record import record
from goldenthread.export.tags import FILTERS
from goldenthread.export.template import words_of
from goldenthread.loading import load
from goldenthread.session import load as load_guide

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    (command.strip(), shown)
    for block in BLOCKS
    for command, shown in re.findall(r"^\$ (.*?)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def _fits(shown: str, printed: str) -> bool:
    """Say whether what was printed is what is shown, with `…` for any lines or any end of a line."""
    pattern = ""
    for line in shown.rstrip("\n").split("\n"):
        pattern += r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"[ ]*\n"
    return (
        re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n")))
        is not None
    )


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_a_command_of_the_readme_prints_what_is_shown(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command, comments=True)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return
    assert words[0] == "goldenthread"
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    arguments = [
        str(tmp_path / word) if word.endswith((".svg", ".pdf", ".png")) else word for word in words[1:]
    ]
    result = CliRunner().invoke(main, arguments)
    printed = result.output.replace(str(tmp_path) + "/", "")
    assert "internal error" not in printed
    assert _fits(shown, printed), printed
    for word in arguments:
        if word.endswith((".svg", ".pdf", ".png")):
            assert Path(word).stat().st_size > 1000


def test_the_python_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    written = io.StringIO()
    with redirect_stdout(written):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 -- the README's own lines
    assert "what happens" in written.getvalue()


def test_the_rooms_in_the_architecture_are_the_rooms_there_are() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)/`", table, re.MULTILINE))
    package = ROOT / "engine" / "goldenthread"
    there = {
        path.name for path in package.iterdir() if (path / "__init__.py").is_file() and path.name != "shipped"
    }
    assert named == there


def test_the_examples_in_the_format_are_written_as_the_format_says(tmp_path: Path) -> None:
    """The conditions that docs/format.md shows are bound in a copy of the shipped bank."""
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    section = text[text.index("## Conditions") : text.index("## The bank")]
    conditions = [line.strip().split("  ")[0] for line in section.splitlines() if line.startswith("    ")]
    assert len(conditions) >= 6
    lines = ["factors: tried", "review: {status: draft}", "entries:"]
    for n, condition in enumerate(conditions):
        lines += [
            f"  tried_{n}:",
            "    name: tried",
            "    p: protective",
            "    about: tried",
            "    ask: tried",
            "    say: tried",
            "    suggest:",
            f"      - {{when: '{condition}', because: tried, basis: clinical_consensus}}",
        ]
    (tmp_path / "tried.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _, report = load([tmp_path])
    assert not report.errors, [f"{d.span}: {d.message}" for d in report.errors]


def test_every_tag_of_a_template_that_is_described_is_there_and_described() -> None:
    described = (ROOT / "docs" / "template.md").read_text(encoding="utf-8")
    plan = load_guide()[0].start().plan()
    words = words_of(plan, record(plan).document)
    table = "".join(line for line in described.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`plan\.(\w+)`", table)) == words.keys() - {"lines"}
    assert words["lines"].keys() == FIELDS.keys()
    passed = re.search(r"passed through (.*?)\.\n", described, re.DOTALL)
    assert passed is not None
    short = {"d", "e", "escape", "count", "list"}
    assert set(re.findall(r"`(\w+)`", passed[1])) == set(FILTERS) - short
