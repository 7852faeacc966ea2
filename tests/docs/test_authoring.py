"""docs/authoring.md is followed from its first line to its last: files written, names mended, commands run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import HTTPCookieProcessor, build_opener

import yaml
from click.testing import CliRunner

from browsing import free_port
from goldenthread.cli import COMMANDS, main

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
    if words[:2] == ["cp", "-r"]:
        shutil.copytree(words[2], words[3])
        return
    assert words[0] == "goldenthread"
    if words[1] == "preview":
        _preview(words[1:], shown)
        return
    typed = "".join(f"{line}\n" for line in re.findall(r"^> (.+)$", shown, re.MULTILINE))
    result = CliRunner().invoke(main, words[1:], input=typed, prog_name="goldenthread")
    assert "internal error" not in result.output
    assert _fits(shown, result.output) if shown else not result.output, f"$ {command}\n{result.output}"


def _preview(words: list[str], shown: str) -> None:
    """Run the preview until its page can be had, and hold what it says until then against what is shown."""
    command = [sys.executable, "-m", "goldenthread", *words, "--no-browser", "--port", str(free_port())]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as running:  # noqa: S603 -- our own program
        assert running.stdout is not None
        printed = ""
        while "Ctrl-C" not in printed and (line := running.stdout.readline()):
            printed += line
        (link,) = re.findall(r"http://\S+", printed)
        opener = build_opener(HTTPCookieProcessor())
        with opener.open(link, timeout=30) as page:
            assert "did you mean <code>wakes</code>?" in page.read().decode()
        running.terminate()
    assert _fits(shown, printed), printed


def _patch(edit: str) -> None:
    """Put the lines with a plus in place of those with a minus."""
    file = Path("flowcharts/sleep_clinic.yaml")
    old, new = (
        "".join(f"{line[1:]}\n" for line in edit.splitlines() if line.startswith(sign)) for sign in "-+"
    )
    written = file.read_text(encoding="utf-8")
    assert old in written
    file.write_text(written.replace(old, new), encoding="utf-8")


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
        elif language == "diff":
            _patch(text)
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


def _of(language: str) -> list[str]:
    return [text for found, text, *_ in PARTS if found == language]


def test_the_settings_for_editors_start_the_server() -> None:
    """What the guide gives for VS Code, Neovim and Helix names a command that there is, for YAML files."""
    code, tasks = map(json.loads, _of("json"))
    assert code["glspc.server.command"] == "goldenthread"
    assert code["glspc.server.languageId"] == ["yaml"]
    (helix,) = map(tomllib.loads, _of("toml"))
    server = helix["language-server"]["goldenthread"]
    assert server["command"] == "goldenthread"
    assert helix["language"][0]["language-servers"][0] == "goldenthread"
    (neovim,) = _of("lua")
    words = re.findall(r'cmd = \{ "(\w+)", "(\w+)" \}', neovim)
    assert words == [("goldenthread", "lsp")]
    assert code["glspc.server.commandArguments"] == server["args"] == ["lsp"]
    assert "lsp" in COMMANDS
    assert tasks["tasks"][0]["command"] == "goldenthread check ."


def test_the_task_finds_what_check_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = json.loads(_of("json")[1])["tasks"][0]["problemMatcher"]["pattern"]
    monkeypatch.chdir(tmp_path)
    Path("flowcharts").mkdir()
    Path("flowcharts/wrong.yaml").write_text("flowchart: wrong\nstart: here\nnodes: {}\n", encoding="utf-8")
    printed = CliRunner().invoke(main, ["check", "."], prog_name="goldenthread").output
    found = [match for line in printed.splitlines() if (match := re.match(pattern["regexp"], line))]
    data = json.loads(CliRunner().invoke(main, ["check", ".", "--format", "json"]).output)["diagnostics"]
    keys = {"severity": "level", "file": "file", "line": "line", "column": "column", "code": "code"}
    assert len(found) == len(data) > 1
    for match, one in zip(found, data, strict=True):
        assert {key: match[pattern[key]] for key in keys} == {key: str(one[keys[key]]) for key in keys}
        assert match[pattern["message"]] == one["message"]
