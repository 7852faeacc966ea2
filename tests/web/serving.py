"""A server of the page as a process of its own, and its store, reached beside it."""

from __future__ import annotations

import datetime
import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cases import kept

from browsing import DESKTOP, PHONE, TABLET, eventually, free_port
from goldenthread.export import export
from goldenthread.web import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_django import DjangoDbBlocker

    from goldenthread.session import Guide
    from goldenthread.web.desk import Desk

__all__ = [
    "DAY",
    "DESKTOP",
    "PHONE",
    "TABLET",
    "Seeded",
    "Server",
    "environment",
    "eventually",
    "free_port",
    "seed",
]

HERE = Path(__file__).parent
DAY = datetime.date(2026, 3, 2)
LATER = DAY + datetime.timedelta(days=120)
"""The day on which every vignette stands."""


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a server: its key in a file, no keyring asked, no passphrase but one given here."""
    named = {k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")}
    return {
        **named,
        "GOLDENTHREAD_KEY": "file",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONUNBUFFERED": "1",
        "ON_DAY": DAY.isoformat(),
        **more,
    }


@dataclass
class Server:
    """One server over a data folder; it can be killed and started again, on the same port."""

    data: Path
    guide: Guide
    databases: DjangoDbBlocker
    more: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[str] | None = None

    def start(self) -> Server:
        """Start, and wait until pages can be had."""
        self.port = self.port or free_port()
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE / "on_a_day.py"), "serve", "--no-browser", "--data", str(self.data),
                 "--port", str(self.port), *self.options],
                env=environment(**self.more), stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "/open/" in line:
                self.first_link = line.strip()
                return self
        raise AssertionError(f"the server did not start: {self.said()}")

    @property
    def log(self) -> Path:
        """Where the server's stderr goes."""
        return self.data.with_suffix(".log")

    def said(self) -> str:
        """Give what the server has written to its stderr."""
        return self.log.read_text(encoding="utf-8")

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.port}/"

    def link(self) -> str:
        """Make a link that opens the page once, as `goldenthread open` does; on a busy machine, once it answers."""
        found: serve.Running = eventually(lambda: serve.running(self.data))
        return found.link()

    def kill(self) -> None:
        """Kill the server in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self._gone()

    def stop(self) -> None:
        """End the server."""
        if self.process is not None:
            self.process.terminate()
            self._gone()

    def _gone(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.wait(10)
        self.process.stdout.close()
        self.process = None

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Work on the server's store beside it, whether it runs or not; its key is in a file."""
        from django.db import connections

        from goldenthread.store.cases import CaseStore
        from goldenthread.store.keys import Keys
        from goldenthread.store.places import KeyFiles
        from goldenthread.store.settings import sqlite
        from goldenthread.web.desk import Desk

        name = f"beside-{secrets.token_hex(8)}"
        file = sqlite(self.data / "store.sqlite3")
        connections.settings[name] = {**connections.settings["default"], **file}
        keys = Keys(name)
        keys.files = KeyFiles(self.data / "keys")
        keys.places = (keys.files,)
        try:
            with self.databases.unblock():
                yield Desk(self.guide, CaseStore(keys, using=name), DAY)
        finally:
            connections[name].close()
            del connections[name]
            del connections.settings[name]

    def kept(self, code: str) -> dict[str, Any]:
        """Give a case as the store has it now, by its code: its answers, what was opened, its plan as text."""
        with self.desk() as desk:
            (id_,) = (one.id for one in desk.store.all() if desk.store.load(one.id)[0].client == code)
            sitting = desk.sit(id_)
            case, walk = sitting.case, sitting.walk
            at = walk.walk.at
            return {
                "version": sitting.version,
                "rounds": [{"answers": dict(r.answers), "opened": list(r.opened)} for r in case.rounds],
                "at": at,
                "draft": desk.store.draft(id_, at) if at else None,
                "declined": [d.id for d in case.decisions if d.verdict == "declined"],
                "plan": export(walk.plan()),
            }


class Seeded(NamedTuple):
    """A case that was put into a server's store: its id, and its code."""

    id: str
    code: str


def seed(server: Server, wanted: Mapping[str, tuple[str, str]]) -> dict[str, Seeded]:
    """Put vignettes into a server's store, each up to a question of it; the code of each is its name."""
    with server.desk() as desk:
        return {
            name: Seeded(kept(desk, vignette, name, until), name)
            for name, (vignette, until) in wanted.items()
        }
