"""The server: one process on the loopback, opened by a link that works once."""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.web.launch import new_link
from goldenthread.web.loopback import HOST, ServeError, installed, listening, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Running", "ServeError", "data_folder", "installed", "running", "serve"]

PORT = 8414
_RUNNING = "server.json"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: where, and what its links are sealed with. Kept in a file that only its owner can read."""

    port: int
    pid: int
    secret: str

    def link(self) -> str:
        """Make a link that opens its page once."""
        return f"http://{HOST}:{self.port}/open/{new_link(self.secret, time.time())}"


def data_folder(named: Path | None = None) -> Path:
    """Give the folder of the store: the one named, that of GOLDENTHREAD_DATA, or the user's own."""
    if named is not None:
        return named.expanduser().absolute()
    import platformdirs  # noqa: PLC0415 -- only where none is named

    return Path(os.environ.get("GOLDENTHREAD_DATA") or platformdirs.user_data_path("goldenthread")).absolute()


def running(data: Path) -> Running | None:
    """Give the server that runs over a data folder, or None."""
    try:
        found = Running(**json.loads((data / _RUNNING).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if _answers(found.port) else None


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _remember(data: Path, server: Running) -> None:
    path = data / _RUNNING
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(server), file)
    fresh.replace(path)


def serve(  # noqa: PLR0913 -- each is an option of the command line
    *,
    data: Path,
    port: int = 0,
    idle: int = 15,
    libraries: Sequence[Path] = (),
    only: bool = False,
    ask: Callable[[str], str] | None = None,
    tell: Callable[[str], None] | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve until interrupted; `ready` is called with the launch link once pages can be had.

    `ask` asks for a passphrase where the store has one; `tell` takes a warning. Raises ServeError where the port is
    taken, StoreError where the store cannot be opened.
    """
    os.environ["GOLDENTHREAD_DATA"] = str(data)
    os.environ["GOLDENTHREAD_IDLE_MINUTES"] = str(idle)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    server, store = listening(port, PORT), None
    try:
        from goldenthread.store import open_store  # noqa: PLC0415 -- Django must know its settings first
        from goldenthread.web import practice  # noqa: PLC0415 -- as above
        from goldenthread.web.launch import Links  # noqa: PLC0415 -- as above
        from goldenthread.web.wsgi import application  # noqa: PLC0415 -- heavy

        store = open_store(ask=ask, tell=tell)
        known = Running(server.getsockname()[1], os.getpid(), secrets.token_urlsafe(32))
        practice.the.store = store
        practice.the.links = Links(known.secret)
        practice.the.libraries, practice.the.only = libraries, only
        _remember(data, known)
        threading.Thread(target=practice.the.warm, daemon=True).start()
        ready(known.link())
        run(application, server)
    finally:
        server.close()
        if store is not None:
            with suppress(OSError):
                (data / _RUNNING).unlink()
