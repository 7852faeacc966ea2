"""What the store asks of the tables. Each question is one statement, which sees one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import FilteredRelation, Q

from goldenthread.store.models import CaseRow, DraftRow, EventRow, StandingRow

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from goldenthread.store.blobs import Raw


class SealedEvent(NamedTuple):
    """One event as the database holds it."""

    seq: int
    recorded_at: datetime.datetime
    by: str
    sealed: Raw


class SealedCase(NamedTuple):
    """A case as the database holds it, with its events after some version."""

    version: int
    wrapped_key: bytes
    wrapped_by: str
    events: tuple[SealedEvent, ...]


def sealed_case(cases: QuerySet[CaseRow], after: int = 0) -> SealedCase | None:
    """Read one case and its events after a version; None where there is none."""
    later = FilteredRelation("events", condition=Q(events__seq__gt=after))
    rows = list(
        cases.annotate(later=later)
        .order_by("later__seq")
        .values_list(
            "version", "wrapped_key", "wrapped_by",
            "later__seq", "later__recorded_at", "later__by", "later__sealed",
        )
    )  # fmt: skip
    if not rows:
        return None
    version, wrapped, wrapped_by = rows[0][:3]
    # A case without later events has one row, with nothing in it.
    events = tuple(SealedEvent(*row[3:]) for row in rows if row[3] is not None)
    return SealedCase(version, bytes(wrapped), wrapped_by, events)


def erase(using: str, ids: Sequence[str]) -> None:
    """Delete cases with all that is theirs, in a transaction that is open. Triggers let events go after a case."""
    CaseRow.objects.using(using).filter(id__in=ids).delete()
    for table in (EventRow, DraftRow, StandingRow):
        table.objects.using(using).filter(case__in=ids).delete()
