"""The command line as a whole: lazy, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

import goldenthread
from goldenthread import cli
from goldenthread.cli import COMMANDS, main
from goldenthread.loading import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

ENGINE = Path(goldenthread.__file__).parents[1]
HEAVY = (
    "networkx",
    "jsonschema",
    "jsonschema_rs",
    "yaml",
    "prompt_toolkit",
    "goldenthread.loading",
    "goldenthread.walk",
)


# Without a buffer, Python does not notice a reader that went away in the middle of a write.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
ENVIRONMENT["PYTHONPATH"] = str(ENGINE)


def python(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)  # noqa: S603 -- our own program


def test_the_help_names_every_command_with_its_line(run: Callable[..., Result]) -> None:
    text = " ".join(run("--help").stdout.split())
    for name, line in COMMANDS.items():
        assert f"{name} {line}" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_table_is_the_first_of_the_commands_own_help(name: str) -> None:
    command = import_module(f"goldenthread.cli.{name}").command
    first = (command.help or "").partition("\n\n")[0]
    assert " ".join(first.split()) == COMMANDS[name]


@pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in {"open", "store", "fmt", "new", "print"}]
)
def test_every_command_takes_a_library_and_says_so(name: str, run: Callable[..., Result]) -> None:
    text = run(name, "--help").stdout
    assert "--library DIR" in text
    assert "--only" in text


@pytest.mark.parametrize("args", [[], ["--help"], ["--version"]])
def test_help_imports_nothing_heavy_and_no_command(args: list[str]) -> None:
    code = (
        "import sys\nfrom goldenthread.cli import main\n"
        "try:\n    main(prog_name='goldenthread')\nexcept SystemExit:\n    pass\n"
        f"heavy = [name for name in sys.modules if name.split('.')[0] in {HEAVY!r} or name in {HEAVY!r}]\n"
        "commands = [name for name in sys.modules if name.startswith('goldenthread.cli.')]\n"
        "print(heavy + commands, file=sys.stderr)"
    )
    done = python(code, *args)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "walk"])
def test_the_help_of_a_command_imports_nothing_heavy(name: str) -> None:
    code = (
        "import sys\nfrom goldenthread.cli import main\n"
        "try:\n    main(prog_name='goldenthread')\nexcept SystemExit:\n    pass\n"
        f"print([name for name in sys.modules if name in {HEAVY!r}], file=sys.stderr)"
    )
    assert python(code, name, "--help").stderr.splitlines()[-1] == "[]"


def test_the_version_is_printed(run: Callable[..., Result]) -> None:
    assert goldenthread.__version__ in run("--version").stdout


def test_the_package_runs_as_a_module() -> None:
    args = [sys.executable, "-m", "goldenthread", "--version"]
    done = subprocess.run(args, capture_output=True, text=True, env=ENVIRONMENT, check=False)  # noqa: S603 -- our own program
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_names_the_nearest(run: Callable[..., Result]) -> None:
    result = run("chek", code=2)
    assert "there is no command `chek`; did you mean `check`?" in result.stderr


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Make `explain` fail in a way that nobody foresaw."""

    def breaks(error: BaseException) -> None:
        @click.command("explain")
        def command() -> None:
            raise error

        monkeypatch.setattr(import_module("goldenthread.cli.explain"), "command", command)

    return breaks


def test_what_nobody_foresaw_ends_as_one_line(
    run: Callable[..., Result], broken: Callable[[BaseException], None]
) -> None:
    broken(KeyError("x\ny"))
    result = run("explain", code=70)
    assert result.stderr == "goldenthread: internal error: KeyError: 'x\\ny'; please report it\n"
    assert result.stdout == ""


def test_a_traceback_is_there_for_those_who_ask(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[BaseException], None]
) -> None:
    broken(KeyError("x"))
    monkeypatch.setenv("GOLDENTHREAD_DEBUG", "1")
    with pytest.raises(KeyError):
        main(["explain"], prog_name="goldenthread")


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (BrokenPipeError(), 141)]
)
def test_ctrl_c_and_a_closed_pipe_are_quiet(
    error: BaseException,
    code: int,
    run: Callable[..., Result],
    broken: Callable[[BaseException], None],
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(cli, "_stop_writing", lambda: None)
    broken(error)
    assert run("explain", code=code).output == ""


def test_a_full_disk_is_no_internal_error(
    run: Callable[..., Result], broken: Callable[[BaseException], None]
) -> None:
    broken(OSError(28, "No space left on device"))
    assert run("explain", code=1).stderr == "goldenthread: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_reader_that_goes_away_ends_it_without_a_word() -> None:
    args = [sys.executable, "-m", "goldenthread", "bank", "--format", "json"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as running:  # noqa: S603 -- our own program
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
def test_ctrl_c_while_it_waits_is_quiet() -> None:
    code = (
        # What is started in the background may have been told to pass over the signal.
        "import signal, sys, time\nfrom goldenthread.cli import explain, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def wait():\n    print('waits', flush=True)\n    time.sleep(60)\n"
        "explain.command.callback = lambda **options: wait()\nmain(['explain'], prog_name='goldenthread')"
    )
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=ENVIRONMENT) as running:  # noqa: S603 -- our own program
        assert running.stdout
        assert running.stdout.readline() == b"waits\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (130, b"", b"")


def test_a_terminal_without_the_signs_gets_others() -> None:
    env = {**ENVIRONMENT, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    for args in (["bank", "modalities", "cbt_panic"], ["bank", "modalities", "--format", "json"]):
        command = [sys.executable, "-m", "goldenthread", *args]
        done = subprocess.run(command, capture_output=True, env=env, check=False)  # noqa: S603 -- our own program
        assert (done.returncode, done.stderr) == (0, b"")
        if "json" in args:
            assert json.loads(done.stdout.decode("ascii"))["count"] > 30
        else:
            assert "includes ?Panic disorder?".encode("latin-1") in done.stdout


def test_only_needs_a_library(run: Callable[..., Result]) -> None:
    assert "--only leaves the shipped library out" in run("bank", "--only", code=2).stderr


def test_a_library_that_is_not_there_is_said_so(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("bank", "--library", tmp_path / "nowhere", code=1)
    assert "there is no such file or folder" in result.stderr
    assert result.stdout == ""


def test_the_shipped_library_named_again_is_not_laid_over_itself(run: Callable[..., Result]) -> None:
    assert "phq9" in run("bank", "instruments", "--library", shipped()).stdout
