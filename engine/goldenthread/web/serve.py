"""The server: one process on the loopback, opened by a link that works once."""

from __future__ import annotations

import hmac
import http.client
import json
import os
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.source.whole import replacing
from goldenthread.web.launch import new_link, proof
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
    return found if _answers(found) else None


def _answers(server: Running) -> bool:
    """Say whether it is that server which answers: after a crash, its port may be another program's."""
    asked = secrets.token_hex(12)
    line = http.client.HTTPConnection(HOST, server.port, timeout=2)
    try:
        line.request("GET", f"/open/here/{asked}")
        said = line.getresponse().read(200).decode("ascii", "replace")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return hmac.compare_digest(said.encode(), proof(server.secret, asked).encode())


def _remember(data: Path, server: Running) -> None:
    with replacing(data / _RUNNING) as file:
        file.write(json.dumps(asdict(server)).encode())


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
