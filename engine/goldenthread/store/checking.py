"""The store looked through: the database by its own check, every case decrypted and replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connections

from goldenthread.case.errors import CaseError
from goldenthread.store.cases import CaseStore
from goldenthread.store.errors import KeyNeededError, StoreError
from goldenthread.store.faults import told
from goldenthread.store.models import CaseRow, EventRow

if TYPE_CHECKING:
    from goldenthread.store.keys import Keys


class Wrong(NamedTuple):
    """What is wrong, and with which case; no case where it is with the store as a whole."""

    case_id: str
    error: CaseError


class Checked(NamedTuple):
    """What was looked at, and what was found wrong."""

    cases: int
    events: int
    wrong: tuple[Wrong, ...]


def check(keys: Keys) -> Checked:
    """Look through the whole store. Raises KeyNeededError where the key is not at hand."""
    wrong = [Wrong("", error) for error in _structure(keys.using)]
    with told():
        owned = list(CaseRow.objects.using(keys.using).order_by("id").values_list("id", "owner"))
        events = EventRow.objects.using(keys.using).count()
    for case_id, owner in owned:
        try:
            CaseStore(keys, owner, using=keys.using).load(case_id)
        except KeyNeededError:
            raise
        except CaseError as error:
            wrong.append(Wrong(case_id, error))
    return Checked(len(owned), events, tuple(wrong))


def _structure(using: str) -> list[StoreError]:
    """Have SQLite look through its file. PostgreSQL does that by itself, with checksums."""
    if connections[using].vendor != "sqlite":
        return []
    with told(), connections[using].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        found = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        loose = cursor.fetchall()
    help_ = (
        "keep a copy of the file, and restore the newest backup: goldenthread store restore FILE --replace"
    )
    wrong = [StoreError(f"the store's file is damaged: {line}", help_) for line in found if line != "ok"]
    if loose:
        wrong.append(StoreError(f"{len(loose)} rows belong to no case", help_))
    return wrong
