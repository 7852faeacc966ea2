"""Runs commands in this process, as a user would type them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from goldenthread.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command; fail on an exception that a user would see as an internal error."""

    def ran(*args: object, stdin: str | bytes | None = None, code: int | None = 0) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin, prog_name="goldenthread")
        assert "Traceback" not in result.output
        if code is not None:
            assert result.exit_code == code, result.output
        return result

    return ran


@pytest.fixture
def data(run: Callable[..., Result]) -> Callable[..., Any]:
    """Run a command with `--format json` and give its data."""

    def ran(*args: object, stdin: str | None = None, code: int = 0) -> Any:
        return json.loads(run(*args, "--format", "json", stdin=stdin, code=code).stdout)

    return ran


@pytest.fixture
def facts(tmp_path: Path) -> Callable[[str], Path]:
    """Write a file of facts."""

    def written(text: str) -> Path:
        path = tmp_path / "facts.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written
