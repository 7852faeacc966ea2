"""The key that opens the store is exchanged: all cases at once, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goldenthread.case import replay
from goldenthread.store.errors import StoreError
from goldenthread.store.keys import Keys
from goldenthread.store.models import CaseRow, EventRow, MetaRow
from goldenthread.store.rotation import rotate
from storing import FIRST, many

if TYPE_CHECKING:
    from goldenthread.store import CaseStore
    from storing import Ground

WORDS = "heron kettle ladder moss"


def test_a_rotation_leaves_every_event_as_it_is(store: CaseStore, ground: Ground) -> None:
    ids = [store.begin(many(n)) for n in range(5)]
    before, events = store.keys.current().fingerprint, list(EventRow.objects.order_by("id").values_list())
    wrapped = set(CaseRow.objects.values_list("wrapped_key", flat=True))
    old, new = rotate(store.keys, "file", forget_old=True)
    assert (old, store.keys.current().fingerprint) == (before, new)
    assert old != new
    assert list(EventRow.objects.order_by("id").values_list()) == events
    assert not wrapped & set(CaseRow.objects.values_list("wrapped_key", flat=True))
    assert ground.key_file.stem == new
    for n, id_ in enumerate(ids):
        assert ground.open().load(id_)[0] == replay(many(n))
        assert store.load(id_)[0] == replay(many(n))


def test_a_server_that_runs_goes_on_after_another_process_has_rotated(
    store: CaseStore, ground: Ground
) -> None:
    old_id = store.begin([FIRST])
    rotate(Keys(), "file", forget_old=True)
    new_id = store.begin(many(1))
    again = ground.open()
    assert again.load(old_id)[0] == replay([FIRST])
    assert again.load(new_id)[0] == replay(many(1))


def test_a_key_moves_from_a_file_under_a_passphrase_and_back(
    store: CaseStore, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = store.begin([FIRST])
    monkeypatch.setenv("GOLDENTHREAD_PASSPHRASE", WORDS)
    old, _ = rotate(store.keys, "passphrase")
    # Older backups open only with it.
    assert ground.key_file.stem == old
    assert ground.open().load(case_id)[0] == replay([FIRST])
    rotate(store.keys, "file")
    monkeypatch.delenv("GOLDENTHREAD_PASSPHRASE")
    assert MetaRow.objects.get().locked_key == ""
    assert ground.open().load(case_id)[0] == replay([FIRST])


def test_a_rotation_that_fails_changes_nothing(
    store: CaseStore, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, damaged = store.begin([FIRST]), store.begin([FIRST])
    row = CaseRow.objects.get(id=damaged)
    CaseRow.objects.filter(id=damaged).update(wrapped_key=bytes(row.wrapped_key)[:-1] + b"\0")
    before = list(CaseRow.objects.order_by("id").values_list())
    key = ground.key_file.name
    with pytest.raises(StoreError, match=damaged):
        rotate(store.keys, "file")
    assert list(CaseRow.objects.order_by("id").values_list()) == before
    assert ground.key_file.name == key
    assert ground.open().load(sound)[0] == replay([FIRST])
    monkeypatch.setenv("GOLDENTHREAD_KEY", "pocket")
    with pytest.raises(StoreError, match="pocket"):
        Keys().kind_chosen()
