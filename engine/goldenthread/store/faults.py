"""What a database refuses, said so that somebody can act on it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError

from goldenthread.store.errors import BusyError, FullError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = "what was kept before is as it was"
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40001", "40P01"})
_FULL = frozenset({"SQLITE_FULL", "53100", "53200", "53400"})
_DAMAGED = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"})
_READ_ONLY = frozenset({"SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "25006", "42501"})


@contextmanager
def told() -> Iterator[None]:
    """Turn what the database raises into a StoreError. Its own words are left out: they may quote a row."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise _meaning(error) from None


def reason(error: BaseException) -> str:
    """Give the database's own name for an error: `SQLITE_FULL`, or a state of SQL such as `53100`."""
    cause = error.__cause__ or error
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(name or "")


def _meaning(error: BaseException) -> StoreError:
    name = reason(error)
    # SQLITE_BUSY_SNAPSHOT and its like are kinds of SQLITE_BUSY.
    kinds = {name, "_".join(name.split("_")[:2])}
    if kinds & _BUSY:
        message = "the store is in use by another process, which did not let go of it; nothing was written"
        return BusyError(message, "try again; end what else works on the store if this stays")
    if kinds & _FULL:
        message = f"the disk is full: the store could not be written; {_KEPT}"
        return FullError(message, "make room on the disk, then try again")
    if "SQLITE_IOERR" in kinds:
        message = f"the disk failed to take or give what the store asked of it; {_KEPT}"
        return FullError(message, "make room on the disk, or check it, then try again")
    if kinds & _DAMAGED:
        message = "the store's file is damaged, or is no store"
        return StoreError(
            message, "keep a copy of it, and restore the newest backup: goldenthread store restore"
        )
    if kinds & _READ_ONLY:
        message = "the store cannot be opened for writing"
        return StoreError(message, "check the permissions of the data folder: goldenthread store where")
    if not name or name.startswith(("08", "57P", "28", "3D")):
        message = f"the database cannot be reached; {_KEPT}"
        return StoreError(message, "see that it runs, and check GOLDENTHREAD_DATABASE_URL; then try again")
    return StoreError(
        f"the database refused ({name}); {_KEPT}", "try again; goldenthread store check looks closer"
    )
