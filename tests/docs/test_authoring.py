"""docs/authoring.md is followed from its first line to its last: files written, names mended, commands run."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from click.testing import CliRunner

from goldenthread.cli import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
PARTS = re.findall(
    r"^```(\w+)\n(.*?)^```|[Ww]rite\s`([^`]+)` in place of `([^`]+)`", GUIDE, re.DOTALL | re.MULTILINE
)


def _fits(shown: str, printed: str) -> bool:
    """Say whether what was printed is what is shown; a line of `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"[ ]*\n"
        for line in shown.rstrip("\n").split("\n")
    )
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def _run(command: str, shown: str) -> None:
    """Run a command, with what is typed after `>` in what is shown, and hold its output against that."""
    words = shlex.split(command)
    if words[0] == "cd":
        os.chdir(words[1])
        return
    assert words[0] == "goldenthread"
    typed = "".join(f"{line}\n" for line in re.findall(r"^> (.+)$", shown, re.MULTILINE))
    result = CliRunner().invoke(main, words[1:], input=typed, prog_name="goldenthread")
    assert "internal error" not in result.output
    assert _fits(shown, result.output) if shown else not result.output, f"$ {command}\n{result.output}"


def test_the_guide_can_be_followed_from_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    ran = 0
    for language, text, new, old in PARTS:
        if new:
            file = Path("flowcharts/sleep_clinic.yaml")
            written = file.read_text(encoding="utf-8")
            assert written.count(old) == 1
            file.write_text(written.replace(old, new), encoding="utf-8")
        elif language == "text":
            assert text in Path("flowcharts/sleep_clinic.yaml").read_text(encoding="utf-8")
        elif language == "console":
            for command, shown in re.findall(r"^\$ (.*?)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
                _run(command, shown)
                ran += 1
        elif text.startswith("# yaml-language-server"):
            kind, id_ = re.findall(r"^(flowchart|vignette): (\w+)", text, re.MULTILINE)[0]
            path = Path("flowcharts" if kind == "flowchart" else "flowcharts/vignettes") / f"{id_}.yaml"
            assert f"`{path.as_posix()}`" in GUIDE
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assert ran >= 12
    for name in ("sleep_clinic.svg", "case.svg"):
        assert Path(name).stat().st_size > 1000
    (lines,) = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    _succeed([shlex.split(line)[1:] for line in lines.splitlines()])


def _succeed(commands: list[list[str]]) -> None:
    for words in commands:
        result = CliRunner().invoke(main, words, prog_name="goldenthread")
        assert result.exit_code == 0, (words, result.output)


def test_the_recipes_run_what_the_hooks_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    recipes = [yaml.safe_load(text) for language, text, *_ in PARTS if language == "yaml"]
    (wanted,) = [recipe["repos"][0]["hooks"] for recipe in recipes if "repos" in recipe]
    assert {hook["id"] for hook in wanted} == hooks.keys()
    (job,) = [recipe["jobs"]["check"] for recipe in recipes if "jobs" in recipe]
    steps = [shlex.split(step["run"])[1:] for step in job["steps"] if "goldenthread " in step.get("run", "")]
    monkeypatch.chdir(tmp_path)
    _succeed([["new", "library", "Own"], ["new", "vignette", "Young", "--into", "own"]])
    monkeypatch.chdir("own")
    files = [str(path) for path in sorted(Path().rglob("*")) if path.is_file()]
    for hook in hooks.values():
        passed = [file for file in files if re.search(hook["files"], Path(file).as_posix())]
        assert len(passed) == 2
        named = passed if hook.get("pass_filenames", True) else []
        steps.append([*shlex.split(hook["entry"])[1:], *named])
    _succeed([step for step in steps if step[0] in {"check", "fmt", "test"}])
