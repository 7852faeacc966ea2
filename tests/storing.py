"""Stores for tests: each an empty database of its own, SQLite or what GOLDENTHREAD_DATABASE_URL names."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest

from goldenthread.case import Answered, Began
from goldenthread.store import passphrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

    from goldenthread.case import Event
    from goldenthread.store import CaseStore

URL = os.environ.get("GOLDENTHREAD_DATABASE_URL", "")
DAY = "2026-03-01"
FIRST = Began(on=DAY, client="Wren", flowchart="planning", content="abc")


def answer(n: int, words: str = "so it is") -> Answered:
    """Give an answer to the question of that number."""
    return Answered(on=DAY, round=0, key=f"planning.q{n}", value={"value": f"{words} {n}"})


def many(count: int) -> list[Event]:
    """Give the events of a case with so many answers."""
    return [FIRST, *(answer(n) for n in range(count))]


@dataclass(frozen=True)
class Ground:
    """Where a test's store lies: its data folder, and the environment in which a process finds it."""

    data: Path
    env: dict[str, str]

    def open(self, owner: str = "local") -> CaseStore:
        """Open the store anew, as another process would."""
        from goldenthread.store import open_store  # noqa: PLC0415 -- Django is set up by then

        return open_store(owner)

    @property
    def key_file(self) -> Path:
        """The file of the only key."""
        (path,) = (self.data / "keys").iterdir()
        return path


@pytest.fixture(scope="session")
def empty_database(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Path], None]]:
    """Give what makes an empty database for a test, in a folder or on the server."""
    from django.db import connection  # noqa: PLC0415 -- Django is set up by then

    from goldenthread.store.database import migrate  # noqa: PLC0415 -- as above

    settings = connection.settings_dict
    home, name = settings["NAME"], f"gt_{secrets.token_hex(6)}"
    template = tmp_path_factory.mktemp("empty") / "store.sqlite3"

    def at_home(statement: str) -> None:
        connection.close()
        settings["NAME"] = home
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def copied(data: Path) -> None:
        settings["NAME"] = data / "store.sqlite3"
        shutil.copy(template, settings["NAME"])

    def emptied(_: Path) -> None:
        # To make a database and drop it costs a server a second, where its disk is busy.
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        migrate("default")

    with django_db_blocker.unblock():
        if URL:
            at_home(f"CREATE DATABASE {name}")
        settings["NAME"] = name if URL else template
        migrate("default")
        connection.close()
        yield emptied if URL else copied
        if URL:
            at_home(f"DROP DATABASE {name} WITH (FORCE)")
        settings["NAME"] = home


@pytest.fixture
def ground(
    empty_database: Callable[[Path], None],
    tmp_path: Path,
    settings: SettingsWrapper,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Ground]:
    """Give an empty store's place, with its key in a file."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up by then

    settings.DATA = tmp_path / "data"
    # Nobody guesses here: what a passphrase costs in earnest is held by one test of its own.
    monkeypatch.setitem(passphrase._WORK, "n", 2**10)
    monkeypatch.setenv("GOLDENTHREAD_KEY", "file")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("GOLDENTHREAD_PASSPHRASE", "GOLDENTHREAD_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    settings.DATA.mkdir(mode=0o700)
    empty_database(settings.DATA)
    name = connections["default"].settings_dict["NAME"]
    whole = {
        **os.environ,
        "GOLDENTHREAD_DATABASE_URL": urlunsplit(urlsplit(URL)._replace(path=f"/{name}")) if URL else "",
        "GOLDENTHREAD_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "goldenthread.store.settings",
    }
    yield Ground(settings.DATA, whole)
    connections.close_all()


@pytest.fixture
def store(ground: Ground) -> CaseStore:
    """Give an empty store."""
    return ground.open()
