"""A backup is one file that brings every case back, to either database, or says why it cannot."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import resource
import zipfile
from typing import TYPE_CHECKING

import pytest

from goldenthread.case import replay
from goldenthread.store.backup import opened
from goldenthread.store.checking import check
from goldenthread.store.errors import DamagedError, KeyNeededError, StoreError
from goldenthread.store.keys import Keys
from goldenthread.store.models import CaseRow, MetaRow
from goldenthread.store.restore import back_up, restore, verify
from goldenthread.store.rotation import rotate
from storing import FIRST, answer, many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.store import CaseStore
    from goldenthread.store.restore import Restored
    from storing import Ground

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def _restore(path: Path, keys: Keys, only: Sequence[str] = (), *, replace: bool = False) -> Restored:
    with opened(path, path.name) as backup:
        return restore(backup, keys, only, replace=replace)


def test_what_was_backed_up_comes_back_as_it_was(store: CaseStore, ground: Ground, tmp_path: Path) -> None:
    ids = [store.begin(many(n * 300)) for n in range(3)]
    other = ground.open("ada").begin(many(2))
    store.keep_draft(ids[1], "a.b", {"text": "half"})
    history = store.history(ids[2])
    path = tmp_path / "all.backup"
    assert back_up(store.keys, path, NOW) == (4, 906, ())
    assert path.stat().st_mode & 0o777 == 0o600
    for n, id_ in enumerate(ids):
        store.delete(id_)
        assert n or not store.all(archived=True)
    ground.open("ada").delete(other)
    done = _restore(path, store.keys)
    assert done == (tuple(sorted([*ids, other])), (), (), ())
    again = ground.open()
    assert again.history(ids[2]) == history
    assert [again.load(id_)[0] for id_ in ids] == [replay(many(n * 300)) for n in range(3)]
    assert again.draft(ids[1], "a.b") == {"text": "half"}
    assert ground.open("ada").load(other)[0] == replay(many(2))
    assert again.append(ids[0], [answer(1)], "1") == "2"
    assert check(again.keys) == (4, 907, ())


def test_a_backup_says_nothing_of_a_client(store: CaseStore, tmp_path: Path) -> None:
    case_id = store.begin(many(3))
    store.keep_draft(case_id, "planning.q1", {"text": "so it is"})
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    with zipfile.ZipFile(path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert case_id.encode() in held
    for word in (b"Wren", b"so it is", b"planning"):
        assert word not in held


def test_what_is_there_stays_unless_it_is_to_be_replaced(store: CaseStore, tmp_path: Path) -> None:
    changed, gone = store.begin([FIRST]), store.begin(many(2))
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    store.append(changed, [answer(1)], "1")
    store.delete(gone)
    assert _restore(path, store.keys) == ((gone,), (), (changed,), ())
    assert store.load(changed)[0] == replay([FIRST, answer(1)])
    assert _restore(path, store.keys, [changed], replace=True) == ((), (changed,), (), ())
    assert store.load(changed) == (replay([FIRST]), "1")
    with pytest.raises(StoreError, match="holds no case"):
        _restore(path, store.keys, ["b" * 26])


def test_a_case_that_was_loaded_is_not_mixed_with_the_one_restored(
    store: CaseStore, ground: Ground, tmp_path: Path
) -> None:
    case_id = store.begin(many(3))
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    store.append(case_id, [answer(8), answer(9)], "4")
    store.load(case_id)
    other = ground.open()
    _restore(path, other.keys, replace=True)
    other.append(case_id, [answer(n) for n in range(20, 25)], "4")
    assert store.load(case_id) == (replay([*many(3), *(answer(n) for n in range(20, 25))]), "9")


def test_a_damaged_case_is_restored_from_an_older_backup(
    store: CaseStore, ground: Ground, tmp_path: Path
) -> None:
    case_id, sound = store.begin(many(3)), store.begin([FIRST])
    path, newer = tmp_path / "all.backup", tmp_path / "newer.backup"
    back_up(store.keys, path, NOW)
    before = path.read_bytes()
    CaseRow.objects.filter(id=case_id).update(wrapped_key=b"\0" * 60)
    with pytest.raises(StoreError, match="left as it was"):
        back_up(store.keys, path, NOW)
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []
    assert [wrong.case_id for wrong in back_up(store.keys, newer, NOW).wrong] == [case_id]
    done = _restore(newer, store.keys, replace=True)
    assert (done.replaced, [wrong.case_id for wrong in done.wrong]) == ((sound,), [case_id])
    with pytest.raises(DamagedError):
        ground.open().load(case_id)
    assert _restore(path, store.keys, [case_id], replace=True).replaced == (case_id,)
    assert ground.open().load(case_id)[0] == replay(many(3))
    assert check(store.keys).wrong == ()


def test_a_backup_under_an_older_key_comes_back_under_the_present_one(
    store: CaseStore, ground: Ground, tmp_path: Path
) -> None:
    case_id = store.begin(many(3))
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    old, new = rotate(store.keys, "file")
    store.delete(case_id)
    assert _restore(path, Keys()).added == (case_id,)
    assert CaseRow.objects.get().wrapped_by == new
    (ground.data / "keys" / f"{old}.key").unlink()
    assert ground.open().load(case_id)[0] == replay(many(3))
    ground.open().delete(case_id)
    with pytest.raises(KeyNeededError) as needed:
        _restore(path, Keys())
    assert needed.value.fingerprint == old
    assert not CaseRow.objects.exists()


def test_a_backup_under_a_passphrase_needs_nothing_but_that(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDENTHREAD_KEY", "passphrase")
    monkeypatch.setenv("GOLDENTHREAD_PASSPHRASE", "heron kettle ladder moss")
    store = ground.open()
    case_id = store.begin(many(3))
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    store.delete(case_id)
    # Another machine, with a key of its own.
    MetaRow.objects.all().delete()
    monkeypatch.setenv("GOLDENTHREAD_KEY", "file")
    there = ground.open()
    assert _restore(path, there.keys).added == (case_id,)
    monkeypatch.delenv("GOLDENTHREAD_PASSPHRASE")
    assert ground.open().load(case_id)[0] == replay(many(3))


def _altered(path: Path, name: str, change: object) -> bytes:
    """Give a backup with one part changed, and its manifest left as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            blob = old.read(part)
            new.writestr(part, change(blob) if part == name else blob)  # type: ignore[operator]
    return made.getvalue()


def test_a_file_that_is_no_whole_backup_is_refused_and_changes_nothing(
    store: CaseStore, tmp_path: Path
) -> None:
    case_id = store.begin(many(3))
    path, bad = tmp_path / "all.backup", tmp_path / "bad.backup"
    back_up(store.keys, path, NOW)
    store.append(case_id, [answer(7)], "4")
    blob = path.read_bytes()

    def newer(manifest: bytes) -> bytes:
        return json.dumps({**json.loads(manifest), "goldenthread_backup": 99}).encode()

    tries = {
        b"": "is no backup",
        b"words": "is no backup",
        blob[: len(blob) // 2]: "is no backup",
        _altered(path, "events.jsonl", lambda part: b"\n".join(part.split(b"\n")[1:])): "damaged",
        _altered(path, "events.jsonl", lambda part: part.replace(b'"seq":3', b'"seq":9')): "damaged",
        _altered(path, "manifest.json", lambda _: b"[]"): "damaged",
        _altered(path, "manifest.json", newer): "newer version",
    }
    for wrong, message in tries.items():
        bad.write_bytes(wrong)
        with pytest.raises(StoreError, match=message):
            _restore(bad, store.keys, replace=True)
    with pytest.raises(StoreError, match="cannot be read"):
        _restore(tmp_path / "none.backup", store.keys)
    assert store.load(case_id)[1] == "5"


def test_a_backup_whose_rows_do_not_make_cases_is_found_before_it_is_used(
    store: CaseStore, tmp_path: Path
) -> None:
    case_id, sound = store.begin(many(3)), store.begin([FIRST])
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    blob = _altered(path, "events.jsonl", lambda part: b"".join(part.splitlines(keepends=True)[:-1]))
    made, parts = io.BytesIO(), zipfile.ZipFile(io.BytesIO(blob))
    manifest = json.loads(parts.read("manifest.json"))
    manifest["parts"]["events"]["sha256"] = hashlib.sha256(parts.read("events.jsonl")).hexdigest()
    with zipfile.ZipFile(made, "w") as new:
        for name in parts.namelist():
            new.writestr(name, json.dumps(manifest) if name == "manifest.json" else parts.read(name))
    last = max(case_id, sound)
    with opened(io.BytesIO(made.getvalue()), "crafted") as backup:
        assert [wrong.case_id for wrong in verify(backup, store.keys).wrong] == [last]
        done = restore(backup, store.keys, replace=True)
    assert [wrong.case_id for wrong in done.wrong] == [last]
    assert store.load(case_id)[0] == replay(many(3))
    assert store.load(sound)[0] == replay([FIRST])


def test_a_backup_that_cannot_be_written_leaves_what_was_there(store: CaseStore, tmp_path: Path) -> None:
    store.begin([FIRST])
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(store.keys, tmp_path / "nowhere" / "all.backup", NOW)
    assert not (tmp_path / "nowhere").exists()
    path = tmp_path / "all.backup"
    back_up(store.keys, path, NOW)
    before = path.read_bytes()
    store.begin(many(400))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            back_up(store.keys, path, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []
