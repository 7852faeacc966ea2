"""What only PostgreSQL can do to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from storing import many

if TYPE_CHECKING:
    from goldenthread.store import CaseStore


def test_the_events_are_not_emptied_at_one_stroke(store: CaseStore) -> None:
    case_id = store.begin(many(2))
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE store_event, store_case CASCADE")
    assert len(store.history(case_id)) == 3
