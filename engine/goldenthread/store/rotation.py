"""Another master key: the data keys of all cases are wrapped anew, in one transaction. Nothing is sealed anew."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction

from goldenthread.store.blobs import Blobs
from goldenthread.store.cipher import MasterKey
from goldenthread.store.database import empty_log
from goldenthread.store.errors import StoreError
from goldenthread.store.faults import told
from goldenthread.store.models import CaseRow, MetaRow

if TYPE_CHECKING:
    from goldenthread.store.keys import Keys
    from goldenthread.store.places import Kind


def rotate(keys: Keys, kind: Kind, *, forget_old: bool = False) -> tuple[str, str]:
    """Take a new master key into use; give the fingerprints of the old one and the new.

    The new key is kept before anything is wrapped under it, and the old one at least until that is done: a process
    that is killed between leaves a store that opens. Raises StoreError, and DamagedError where a case's key does
    not open; both change nothing.
    """
    old, new = keys.current(), MasterKey.new()
    locked = keys.keep(new, kind)
    try:
        with told(), transaction.atomic(using=keys.using):
            meta = MetaRow.objects.using(keys.using).select_for_update().get()
            _wrap_anew(keys, new)
            meta.fingerprint, meta.locked_key = new.fingerprint, locked
            meta.save(using=keys.using)
    except BaseException:
        _forget_unused(keys, new.fingerprint)
        raise
    with told():
        empty_log(keys.using)
    if forget_old:
        keys.forget(old.fingerprint)
    return old.fingerprint, new.fingerprint


def _forget_unused(keys: Keys, fingerprint: str) -> None:
    """Take a key away, if it is certain that the store does not need it: a server may fail after it has written."""
    with suppress(StoreError), told():
        if not MetaRow.objects.using(keys.using).filter(fingerprint=fingerprint).exists():
            keys.forget(fingerprint)


def _wrap_anew(keys: Keys, new: MasterKey) -> None:
    rows = list(CaseRow.objects.using(keys.using).select_for_update().only("id", "wrapped_key", "wrapped_by"))
    for row in rows:
        blobs = Blobs.of(row.id, row.wrapped_key, keys.find(row.wrapped_by))
        row.wrapped_key, row.wrapped_by = blobs.wrapped(new), new.fingerprint
    CaseRow.objects.using(keys.using).bulk_update(rows, ["wrapped_key", "wrapped_by"], batch_size=200)
