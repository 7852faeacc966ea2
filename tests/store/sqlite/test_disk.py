"""A disk that is full, a file that is no store: said plainly, and nothing lost."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from goldenthread.case import Answered, CaseError, replay
from goldenthread.store import open_store
from goldenthread.store.backup import opened
from goldenthread.store.checking import check
from goldenthread.store.errors import FullError, StoreError
from goldenthread.store.restore import back_up, restore
from storing import DAY, FIRST, answer, many

if TYPE_CHECKING:
    from goldenthread.store import CaseStore
    from storing import Ground

TESTS = Path(__file__).parent.parent.parent
LONG = Answered(on=DAY, round=0, key="a.long", value="so long a story " * 4000)


def test_a_full_disk_is_said_and_what_was_there_stays(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin(many(3))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(FullError, match="disk is full") as full:
        store.append(case_id, [LONG], "4")
    assert "make room" in full.value.help
    with pytest.raises(FullError):
        store.begin([FIRST, LONG])
    assert store.load(case_id) == (replay(many(3)), "4")
    connections.close_all()
    assert store.append(case_id, [answer(3), LONG], "4") == "6"
    assert check(ground.open().keys) == (1, 6, ())


def test_a_disk_that_fills_while_a_backup_is_restored_changes_nothing(
    store: CaseStore, tmp_path: Path
) -> None:
    stays, large = store.begin(many(3)), store.begin(many(900))
    path = tmp_path / "all.backup"
    back_up(store.keys, path, datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))
    store.append(stays, [answer(9)], "4")
    store.delete(large)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(FullError), opened(path, path.name) as backup:
        restore(backup, store.keys, replace=True)
    assert store.load(stays)[0] == replay([*many(3), answer(9)])
    assert [kept.id for kept in store.all()] == [stays]
    connections.close_all()
    with opened(path, path.name) as backup:
        assert restore(backup, store.keys).added == (large,)


LIMITED = """
import resource, sys
import resource, sys
from goldenthread.store import open_store
from goldenthread.store.errors import FullError
from storing import answer
store, case_id, count = open_store(), sys.argv[1], 0
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    while True:
        version = store.load(case_id)[1]
        store.append(case_id, [answer(int(version), "word " * 200)], version)
        count += 1
except FullError as error:
    print(count, error.help)
"""


def test_a_file_system_that_takes_no_more_costs_no_answer_that_was_taken(
    store: CaseStore, ground: Ground
) -> None:
    case_id = store.begin([FIRST])
    env = {**ground.env, "PYTHONPATH": str(TESTS)}
    command = [sys.executable, "-c", LIMITED, case_id]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)  # noqa: S603 -- this very interpreter
    count, _, help_ = done.stdout.partition(" ")
    assert int(count) > 10
    assert "make room" in help_
    expected = [FIRST, *(answer(n, "word " * 200) for n in range(1, int(count) + 1))]
    assert store.load(case_id) == (replay(expected), str(len(expected)))
    assert store.append(case_id, [answer(0)], str(len(expected))) == str(len(expected) + 1)
    assert check(ground.open().keys).wrong == ()


def test_a_file_that_is_no_store_is_left_alone(ground: Ground) -> None:
    path = ground.data / "store.sqlite3"
    path.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(StoreError, match="damaged, or is no store") as found:
        ground.open()
    assert "restore" in found.value.help
    assert path.read_bytes() == b"Dear diary, " * 500


def test_a_torn_file_is_found_by_the_check(store: CaseStore, ground: Ground) -> None:
    for _ in range(5):
        store.begin(many(20))
    store.delete(store.begin([FIRST]))
    connections.close_all()
    path = ground.data / "store.sqlite3"
    blob = path.read_bytes()
    # The last pages are those of the events.
    path.write_bytes(blob[:-8192] + b"\0" * 8192)
    try:
        found = check(ground.open().keys).wrong
    except StoreError as error:
        found = (error,)  # type: ignore[assignment]
    assert found


def test_folder_and_files_are_their_owners_alone(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin([FIRST])
    ground.data.chmod(0o755)
    (ground.data / "store.sqlite3").chmod(0o644)
    ground.open().append(case_id, [answer(1)], "1")
    modes = {path.name: path.stat().st_mode & 0o777 for path in [ground.data, *ground.data.rglob("*")]}
    assert {"store.sqlite3", "store.sqlite3-wal", "keys"} < modes.keys()
    assert all(mode == (0o700 if name in {"data", "keys"} else 0o600) for name, mode in modes.items()), modes


def test_a_folder_that_cannot_be_made_is_named(ground: Ground, settings: object) -> None:
    path = ground.data / "a file"
    path.touch()
    settings.DATA = path / "below"  # type: ignore[attr-defined]
    with pytest.raises(CaseError, match="below"):
        open_store()


def test_an_answer_is_on_the_disk_before_it_is_acknowledged(store: CaseStore) -> None:
    with connection.cursor() as cursor:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
        ):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,)
