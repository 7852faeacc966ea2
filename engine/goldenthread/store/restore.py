"""A backup made, tried out in a store of its own, and put back: what is sound of it, all or nothing."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from goldenthread.store.atomic import replacing
from goldenthread.store.backup import opened, write
from goldenthread.store.blobs import Blobs
from goldenthread.store.checking import Checked, check
from goldenthread.store.database import empty_log
from goldenthread.store.errors import StoreError
from goldenthread.store.faults import told
from goldenthread.store.keys import FORMAT
from goldenthread.store.lines import PARTS
from goldenthread.store.models import CaseRow, MetaRow
from goldenthread.store.rows import erase
from goldenthread.store.scratch import scratch

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from goldenthread.store.backup import Backup
    from goldenthread.store.checking import Wrong
    from goldenthread.store.cipher import MasterKey
    from goldenthread.store.keys import Keys
    from goldenthread.store.lines import Row

_BATCH = 500


class Restored(NamedTuple):
    """What a restoring did, by the ids of cases. `left` were there already; `wrong` are damaged in the backup."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    left: tuple[str, ...]
    wrong: tuple[Wrong, ...]


def back_up(keys: Keys, path: Path, made: datetime.datetime) -> Checked:
    """Write a backup, try it out, and put it in its place; give what was found in it.

    An older backup stays where the new one holds damaged cases, as it may hold them whole. Raises StoreError.
    """
    with replacing(path) as file:
        write(file, keys.using, made)
        file.seek(0)
        with opened(file, path.name) as backup:
            checked = verify(backup, keys)
        if checked.wrong and path.exists():
            message = f"{path.name} was left as it was, since damage was found: {checked.wrong[0].error}"
            raise StoreError(
                message, "give another name: the older backup may hold whole what is damaged now"
            )
    return checked


def verify(backup: Backup, keys: Keys) -> Checked:
    """Restore a backup into a store of its own, and decrypt and replay every case there."""
    keys.find(backup.fingerprint, backup.locked_key)
    with scratch() as name:
        with told(), transaction.atomic(using=name):
            for part in PARTS:
                with closing(backup.rows(part)) as rows:
                    _insert(part, rows, name)
            MetaRow.objects.using(name).create(format=FORMAT, fingerprint=backup.fingerprint)
        return check(keys.elsewhere(name))


def restore(backup: Backup, keys: Keys, only: Collection[str] = (), *, replace: bool = False) -> Restored:
    """Put the cases of a backup into the store, or some of them; those that are there stay unless `replace`.

    Everything is tried out first. Raises StoreError, and changes nothing.
    """
    wrong = verify(backup, keys).wrong
    if any(not one.case_id for one in wrong):
        raise StoreError(f"{backup.name} cannot be restored: {wrong[0].error}", "take another backup")
    held = {_case_of(row) for row in backup.rows("cases")}
    missing = sorted(set(only) - held)
    if missing:
        raise StoreError(f"{backup.name} holds no case {missing[0]}", "check the id; nothing was changed")
    wanted = (set(only) or held) - {one.case_id for one in wrong}
    with told(), transaction.atomic(using=keys.using):
        meta = MetaRow.objects.using(keys.using).select_for_update().get()
        master = keys.find(meta.fingerprint)
        there = set(CaseRow.objects.using(keys.using).values_list("id", flat=True)) & wanted
        if replace:
            erase(keys.using, sorted(there))
        else:
            wanted -= there
        for part in PARTS:
            with closing(backup.rows(part)) as rows:
                chosen = (row for row in rows if _case_of(row) in wanted)
                _insert(part, (_wrapped(row, backup, keys, master) for row in chosen), keys.using)
    with told():
        empty_log(keys.using)
    replaced = there if replace else set()
    return Restored(
        added=tuple(sorted(wanted - replaced)),
        replaced=tuple(sorted(replaced)),
        left=tuple(sorted(there - replaced)),
        wrong=tuple(one for one in wrong if not only or one.case_id in only),
    )


def _insert(part: str, rows: Iterator[Row], using: str) -> None:
    table: Any = PARTS[part]
    while batch := list(islice(rows, _BATCH)):
        table.objects.using(using).bulk_create(batch)


def _wrapped(row: Row, backup: Backup, keys: Keys, master: MasterKey) -> Row:
    """Give a row for a store with that master key."""
    if isinstance(row, CaseRow):
        blobs = Blobs.of(row.id, row.wrapped_key, keys.find(row.wrapped_by, backup.locked_key))
        row.wrapped_key, row.wrapped_by = blobs.wrapped(master), master.fingerprint
    return row


def _case_of(row: Row) -> str:
    return row.id if isinstance(row, CaseRow) else row.case_id
