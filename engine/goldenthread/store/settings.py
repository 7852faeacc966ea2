"""How Django reaches the store: SQLite in the data folder, or the database that GOLDENTHREAD_DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
import platformdirs

DATA = Path(os.environ.get("GOLDENTHREAD_DATA") or platformdirs.user_data_path("goldenthread"))
"""The folder of the database and of what belongs to it; GOLDENTHREAD_DATA names another."""

_URL = os.environ.get("GOLDENTHREAD_DATABASE_URL", "")


def _database() -> dict[str, Any]:
    if _URL:
        return {**dj_database_url.parse(_URL, conn_max_age=600, conn_health_checks=True)}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "store.sqlite3",
        "OPTIONS": {
            # An answer that was acknowledged is there after a power cut; what was deleted is overwritten.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            ),
            # Two writers wait for each other from the beginning, and do not fail half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
        },
    }


DATABASES = {"default": _database()}
INSTALLED_APPS = ["goldenthread.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
