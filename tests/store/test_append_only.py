"""The database itself keeps events as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from storing import FIRST, many

if TYPE_CHECKING:
    from goldenthread.store import CaseStore


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_event SET seq = 9 WHERE seq = 2",
        "UPDATE store_event SET sealed = sealed",
        "DELETE FROM store_event WHERE seq = 3",
        "DELETE FROM store_event",
        # The case alone: its events would belong to nobody.
        "DELETE FROM store_case",
        (
            "INSERT INTO store_event (case_id, seq, recorded_at, by, sealed) "
            "SELECT case_id, seq, recorded_at, by, sealed FROM store_event WHERE seq = 3"
        ),
    ],
)
def test_what_is_not_an_append_is_refused(store: CaseStore, statement: str) -> None:
    case_id = store.begin(many(2))
    before = store.history(case_id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert store.history(case_id) == before


def test_events_go_with_their_case(store: CaseStore) -> None:
    case_id, stays = store.begin(many(2)), store.begin([FIRST])
    store.delete(case_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT case_id FROM store_event")
        assert cursor.fetchall() == [(stays,)]
