"""Stores for tests: each an empty database of its own, SQLite or what GOLDENTHREAD_DATABASE_URL names."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from goldenthread.case import Answered, Began

if TYPE_CHECKING:
    from collections.abc import Iterator
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
) -> Iterator[Any]:
    """Make the tables once; each test gets a copy. Gives what makes one: it takes a folder and gives a name."""
    from django.db import connection  # noqa: PLC0415 -- Django is set up by then

    from goldenthread.store.database import migrate  # noqa: PLC0415 -- as above

    settings, whole = connection.settings_dict, dict(connection.settings_dict)
    with django_db_blocker.unblock():
        if URL:
            made = _Server(settings, whole["NAME"])
        else:
            made = _Files(settings, tmp_path_factory.mktemp("empty") / "store.sqlite3")
        made.use(made.template)
        migrate("default")
        connection.close()
        yield made
        made.close()
        settings.update(whole)


class _Files:
    def __init__(self, settings: dict[str, Any], template: Path) -> None:
        self._settings, self.template = settings, template

    def use(self, name: object) -> None:
        self._settings["NAME"] = name

    def copy(self, data: Path) -> dict[str, str]:
        data.mkdir(mode=0o700)
        shutil.copy(self.template, data / "store.sqlite3")
        self.use(data / "store.sqlite3")
        return {}

    def close(self) -> None:
        """Nothing is left to close."""


class _Server:
    def __init__(self, settings: dict[str, Any], home: str) -> None:
        self._settings, self._home = settings, home
        self._made: list[str] = []
        self.template = self._new("")

    def use(self, name: object) -> None:
        self._settings["NAME"] = name

    def copy(self, data: Path) -> dict[str, str]:
        data.mkdir(mode=0o700)
        name = self._new(f" TEMPLATE {self.template}")
        self.use(name)
        return {"GOLDENTHREAD_DATABASE_URL": urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))}

    def close(self) -> None:
        for name in reversed(self._made):
            self._at_home(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self, how: str) -> str:
        name = f"gt_{secrets.token_hex(6)}"
        self._at_home(f"CREATE DATABASE {name}{how}")
        self._made.append(name)
        return name

    def _at_home(self, statement: str) -> None:
        from django.db import connection  # noqa: PLC0415 -- Django is set up by then

        connection.close()
        self.use(self._home)
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


@pytest.fixture
def ground(
    empty_database: Any, tmp_path: Path, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ground]:
    """Give an empty store's place, with its key in a file."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up by then

    settings.DATA = tmp_path / "data"
    monkeypatch.setenv("GOLDENTHREAD_KEY", "file")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("GOLDENTHREAD_PASSPHRASE", "GOLDENTHREAD_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    env = empty_database.copy(settings.DATA)
    whole = {
        **os.environ,
        **env,
        "GOLDENTHREAD_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "goldenthread.store.settings",
    }
    yield Ground(settings.DATA, whole)
    connections.close_all()


@pytest.fixture
def store(ground: Ground) -> CaseStore:
    """Give an empty store."""
    return ground.open()
