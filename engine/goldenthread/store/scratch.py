"""A database in memory, gone when it is left: where a backup is tried out."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from goldenthread.store.database import migrate
from goldenthread.store.settings import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def scratch() -> Iterator[str]:
    """Give the name under which Django knows an empty store in memory."""
    name = f"scratch-{secrets.token_hex(8)}"
    whole = ConnectionHandler({DEFAULT_DB_ALIAS: sqlite(":memory:")}).settings
    connections.settings[name] = whole[DEFAULT_DB_ALIAS]
    try:
        migrate(name)
        yield name
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]
