"""How Django reaches the store: SQLite in the data folder, or the database that GOLDENTHREAD_DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
import platformdirs

from goldenthread.store.errors import StoreError

DATA = Path(os.environ.get("GOLDENTHREAD_DATA") or platformdirs.user_data_path("goldenthread"))
"""The folder of the database and of what belongs to it; GOLDENTHREAD_DATA names another."""

WAIT_SECONDS = 5
"""How long one writer waits for another."""


def sqlite(path: str | Path) -> dict[str, Any]:
    """Give Django's settings for a SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A connection that is kept open spares each page the opening, and the log its emptying.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # An answer that was acknowledged is there after a power cut; what was deleted is overwritten.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            ),
            # Two writers wait for each other from the beginning, and do not fail half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
        },
    }


def database(url: str) -> dict[str, Any]:
    """Give Django's settings for the database of a URL; without one, for SQLite in the data folder.

    Raises StoreError for a text that is no such URL.
    """
    if not url:
        return sqlite(DATA / "store.sqlite3")
    try:
        named: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    except ValueError:
        # Its own words are left out: they may quote a password.
        message = "GOLDENTHREAD_DATABASE_URL cannot be read; nothing was opened"
        raise StoreError(message, "write it as postgresql://USER:PASSWORD@HOST/NAME") from None
    if named["ENGINE"] == "django.db.backends.sqlite3":
        return sqlite(named["NAME"])
    wait = f"-c lock_timeout={WAIT_SECONDS}s"
    options = {"connect_timeout": WAIT_SECONDS, "options": wait, **named.get("OPTIONS", {})}
    return {**named, "OPTIONS": options}


DATABASES = {"default": database(os.environ.get("GOLDENTHREAD_DATABASE_URL", ""))}
INSTALLED_APPS = ["goldenthread.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
