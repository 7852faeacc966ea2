"""What was deleted is nowhere in the files."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from django.db import connections

from goldenthread.store.models import CaseRow, DraftRow, EventRow, StandingRow
from storing import FIRST, answer, many

if TYPE_CHECKING:
    from pathlib import Path

    from goldenthread.store import CaseStore
    from storing import Ground


def _held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("store.sqlite3*")))


def _sealed() -> list[bytes]:
    blobs = [bytes(row.sealed) for table in (EventRow, DraftRow, StandingRow) for row in table.objects.all()]
    # A long blob may lie on several pages: what is sought is a piece of each.
    return [blob[:40] for blob in [*blobs, *(bytes(row.wrapped_key) for row in CaseRow.objects.all())]]


def test_a_deleted_case_is_gone_from_the_file_and_its_log(store: CaseStore, ground: Ground) -> None:
    stays = store.begin(many(40))
    kept = _sealed()
    case_id = store.begin(many(200))
    store.append(case_id, [answer(1, "long " * 3000)], "201")
    store.keep_standing(case_id, "202", {"client": "Wren"})
    store.keep_draft(case_id, "a.b", "typed " * 50)
    store.keep_draft(case_id, "a.c", "typed " * 50)
    gone = [blob for blob in _sealed() if blob not in kept]
    assert len(gone) == 202 + 1 + 2 + 1
    assert all(blob in _held(ground.data) for blob in gone)
    assert store.delete(case_id) is True
    left = _held(ground.data)
    assert not [blob for blob in gone if blob in left]
    assert case_id.encode() not in left
    assert all(blob in left for blob in kept)
    assert store.load(stays)[1] == "41"


def test_a_draft_that_was_replaced_is_gone_with_the_log(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin([FIRST])
    store.keep_draft(case_id, "a.b", "first " * 20)
    first = bytes(DraftRow.objects.get().sealed)
    store.keep_draft(case_id, "a.b", "second " * 20)
    ground.open()
    assert first not in _held(ground.data)


def test_where_a_reader_holds_the_log_it_is_said_and_made_good_later(
    store: CaseStore, ground: Ground
) -> None:
    case_id = store.begin(many(20))
    gone = _sealed()
    connections["default"].cursor().execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(ground.data / "store.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM store_event").fetchone()
    assert store.delete(case_id) is False
    reader.close()
    connections.close_all()
    ground.open()
    left = _held(ground.data)
    assert not [blob for blob in gone if blob in left]
