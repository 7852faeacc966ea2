"""The database made ready: a private folder and file, its tables, its log emptied of what was deleted."""

from __future__ import annotations

import os
import pkgutil
import time
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError, ProgrammingError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing

from goldenthread.case.folder import private_folder
from goldenthread.store import migrations
from goldenthread.store.errors import StoreError
from goldenthread.store.faults import told


def data_folder() -> Path:
    """Give the folder of the database and of what belongs to it."""
    return Path(settings.DATA)


def file(using: str = DEFAULT_DB_ALIAS) -> Path | None:
    """Give the file of a SQLite store; None for a server or for memory."""
    connection = connections[using]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or "mode=memory" in name:
        return None
    return Path(name)


def prepare(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the folder and the tables, where they are not there. Raises StoreError."""
    private_folder(data_folder())
    path = file(using)
    if path is not None:
        _private_file(path)
    with told():
        migrate(using)
        empty_log(using)


def _private_file(path: Path) -> None:
    """Make the file readable by its owner only; SQLite gives the same to the files beside it."""
    if path.parent != data_folder():
        private_folder(path.parent)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise StoreError(
            f"the store {path} cannot be used: {reason}", "check the folder's permissions"
        ) from None


def migrate(using: str) -> None:
    """Make the tables, or bring them up to date. Raises StoreError for those of a newer version."""
    waits = [0.1, 0.2, 0.4, 0.8, 1.6]
    while not _migrated(using, at_last=not waits):
        time.sleep(waits.pop(0))


def _migrated(using: str, *, at_last: bool) -> bool:
    """Say whether the tables are there; False where another process may be making them at the same moment."""
    if connections[using].vendor != "sqlite":
        # A server that cannot be reached is nothing to wait for.
        connections[using].ensure_connection()
    try:
        _migrate(using)
    except (OperationalError, ProgrammingError, IntegrityError, MigrationSchemaMissing):
        if at_last:
            raise
        return False
    return True


def _migrate(using: str) -> None:
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 -- only when a store is opened

    known = {module.name for module in pkgutil.iter_modules(migrations.__path__)}
    recorded = MigrationRecorder(connections[using]).applied_migrations()
    applied = {name for app, name in recorded if app == "store"}
    if applied - known:
        raise StoreError(
            "the store was written by a newer version of Golden Thread",
            "update Golden Thread to use it; nothing was changed",
        )
    if known - applied:
        from django.core.management import call_command  # noqa: PLC0415 -- only where tables are to be made

        call_command("migrate", "store", verbosity=0, interactive=False, database=using, skip_checks=True)


def empty_log(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Put SQLite's log into its file and empty it. Gives False where a reader still held it."""
    if file(using) is None:
        return True
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    return row is not None and not row[0]
