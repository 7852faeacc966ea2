"""Runs commands in this process, as a user would type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from goldenthread.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command; fail on an exception that a user would see as an internal error."""

    def ran(*args: object, code: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="goldenthread")
        assert result.exit_code == code, result.output
        return result

    return ran
