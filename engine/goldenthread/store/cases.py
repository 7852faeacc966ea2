"""Cases in a database, through the protocol of the case room: append-only, sealed, one winner to a version."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from goldenthread.case.errors import CaseError, ConflictError, EventError, NoCaseError
from goldenthread.case.events import apply, replay
from goldenthread.case.store import NOTHING
from goldenthread.store.blobs import Blobs, damaged
from goldenthread.store.database import empty_log
from goldenthread.store.errors import DamagedError
from goldenthread.store.faults import told
from goldenthread.store.models import CaseRow, DraftRow, EventRow, MetaRow, StandingRow

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet

    from goldenthread.case.events import Event
    from goldenthread.case.model import Case
    from goldenthread.store.keys import Keys

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_ID = re.compile(f"[{_LETTERS}]{{26}}")


class Entry(NamedTuple):
    """One event as it was recorded. Order is `seq`, from 1; a clock may have been wrong."""

    seq: int
    recorded_at: datetime.datetime
    by: str
    event: Event


class Kept(NamedTuple):
    """A case in the list of all. `standing` is None where none was kept for it, or it does not open."""

    id: str
    version: str
    standing: dict[str, Any] | None
    standing_version: str
    changed: datetime.datetime
    archived: bool


def new_id() -> str:
    """Make the id of a case: random, so that it says nothing about the client."""
    return "".join(secrets.choice(_LETTERS) for _ in range(26))


class CaseStore:
    """The cases of one owner. Fulfils `goldenthread.case.Store`."""

    def __init__(
        self,
        keys: Keys,
        owner: str = "local",
        *,
        using: str = DEFAULT_DB_ALIAS,
        clock: Callable[[], datetime.datetime] = timezone.now,
    ) -> None:
        self.keys, self.owner, self.using, self._clock = keys, owner, using, clock

    def begin(self, events: Sequence[Event]) -> str:
        """Begin a case with its first events; give its id."""
        case_id = new_id()
        self.append(case_id, events, NOTHING)
        return case_id

    def load(self, case_id: str) -> tuple[Case, str]:
        """Give a case and its version. Raises NoCaseError, DamagedError, KeyNeededError."""
        entries = self.history(case_id)
        try:
            return replay(entry.event for entry in entries), str(len(entries))
        except EventError:
            raise damaged(case_id, 0, "its events do not follow from each other") from None

    def history(self, case_id: str) -> tuple[Entry, ...]:
        """Give every event of a case in order, with when and by whom it was recorded."""
        with told():
            # One statement sees one moment: what another process appends meanwhile is seen whole or not at all.
            rows = list(
                self._cases(case_id)
                .order_by("events__seq")
                .values_list(
                    "version", "wrapped_key", "wrapped_by",
                    "events__seq", "events__recorded_at", "events__by", "events__sealed",
                )
            )  # fmt: skip
        if not rows:
            raise _no_case(case_id)
        version, wrapped, wrapped_by = rows[0][:3]
        blobs = Blobs.of(case_id, wrapped, self.keys.find(wrapped_by))
        if [row[3] for row in rows] != list(range(1, version + 1)):
            raise damaged(case_id, _first_gap([row[3] for row in rows]), "it is not there")
        return tuple(
            Entry(seq, at, by, blobs.open_event(seq, at, by, sealed)) for *_, seq, at, by, sealed in rows
        )

    def append(self, case_id: str, events: Sequence[Event], expected: str) -> str:
        """Add events, all or none; give the new version. Raises ConflictError, EventError, StoreError."""
        if expected == NOTHING:
            return self._begin(case_id, events)
        try:
            case, version = self.load(case_id)
        except NoCaseError:
            raise ConflictError(
                "the case is no longer there; nothing was written", "go back to all cases"
            ) from None
        if version != expected:
            raise _conflict()
        for event in events:
            case = apply(case, event)
        return self._write(case_id, case, events, int(expected)) if events else expected

    def _begin(self, case_id: str, events: Sequence[Event]) -> str:
        if not _ID.fullmatch(case_id):
            raise CaseError("an id of a case is 26 random letters and digits", "let the store make it: begin")
        replay(events)
        now = self._clock()
        with told(), transaction.atomic(using=self.using):
            # Held until the end: the master key is not exchanged between wrapping and writing.
            meta = MetaRow.objects.using(self.using).select_for_update().get()
            master = self.keys.find(meta.fingerprint)
            blobs, wrapped = Blobs.new(case_id, master)
            row, new = CaseRow.objects.using(self.using).get_or_create(
                id=case_id,
                defaults={
                    "owner": self.owner,
                    "version": len(events),
                    "wrapped_key": wrapped,
                    "wrapped_by": master.fingerprint,
                    "created": now,
                    "changed": now,
                },
            )
            if not new:
                raise _conflict()
            self._insert(blobs, events, 0, now)
        return str(row.version)

    def _write(self, case_id: str, case: Case, events: Sequence[Event], before: int) -> str:
        now, after = self._clock(), before + len(events)
        with told(), transaction.atomic(using=self.using):
            # Whoever changes the number holds the row; for the others it is no longer the number they saw.
            won = (
                self._cases(case_id)
                .filter(version=before)
                .update(version=after, changed=now, archived=getattr(case, "archived", False))
            )
            if not won:
                raise _conflict()
            self._insert(self._blobs(case_id), events, before, now)
        return str(after)

    def _insert(self, blobs: Blobs, events: Sequence[Event], before: int, now: datetime.datetime) -> None:
        EventRow.objects.using(self.using).bulk_create(
            EventRow(
                case_id=blobs.case_id,
                seq=seq,
                recorded_at=now,
                by=self.owner,
                sealed=blobs.event(seq, now, self.owner, event),
            )
            for seq, event in enumerate(events, before + 1)
        )

    def all(self, *, archived: bool = False) -> list[Kept]:
        """Give the cases in use, or those that were archived; the one that was changed last comes first."""
        with told():
            rows = list(
                self._cases()
                .filter(archived=archived)
                .order_by("-changed", "id")
                .values_list(
                    "id", "version", "wrapped_key", "wrapped_by", "changed",
                    "standing__version", "standing__sealed",
                )
            )  # fmt: skip
        found = []
        for id_, version, wrapped, by, changed, at, sealed in rows:
            standing = None
            if sealed is not None:
                # A damaged case does not hide the others; it says so itself when it is opened.
                with suppress(DamagedError):
                    standing = Blobs.of(id_, wrapped, self.keys.find(by)).open_standing(at, sealed)
            found.append(Kept(id_, str(version), standing, str(at or ""), changed, archived))
        return found

    def keep_standing(self, case_id: str, version: str, data: Mapping[str, Any]) -> None:
        """Keep where a case stands at a version, in place of what was kept before."""
        sealed = self._blobs(case_id).standing(int(version), data)
        with told():
            StandingRow.objects.using(self.using).update_or_create(
                case_id=case_id, defaults={"version": int(version), "sealed": sealed}
            )

    def draft(self, case_id: str, key: str) -> Any:
        """Give what was typed at a question and not yet answered, or None."""
        blobs = self._blobs(case_id)
        with told():
            row = self._drafts(case_id).filter(key=blobs.draft_key(key)).first()
        return blobs.open_draft(key, row.sealed) if row is not None else None

    def keep_draft(self, case_id: str, key: str, data: Any) -> None:
        """Keep what was typed at a question, in place of what was kept before."""
        blobs = self._blobs(case_id)
        with told():
            DraftRow.objects.using(self.using).update_or_create(
                case_id=case_id,
                key=blobs.draft_key(key),
                defaults={"sealed": blobs.draft(key, data), "changed": self._clock()},
            )

    def drop_draft(self, case_id: str, key: str) -> None:
        """Throw a draft away; quiet where there is none."""
        blobs = self._blobs(case_id)
        with told():
            self._drafts(case_id).filter(key=blobs.draft_key(key)).delete()

    def delete(self, case_id: str) -> bool:
        """Delete a case for good: its rows, and the key without which no copy of them opens.

        Gives False where another reader kept SQLite's log from being emptied; it is when the store is next opened.
        """
        with told(), transaction.atomic(using=self.using):
            if not self._cases(case_id).select_for_update().exists():
                raise _no_case(case_id)
            erase(self.using, [case_id])
        with told():
            return empty_log(self.using)

    def _cases(self, *ids: str) -> QuerySet[CaseRow]:
        mine = CaseRow.objects.using(self.using).filter(owner=self.owner)
        return mine.filter(id__in=ids) if ids else mine

    def _drafts(self, case_id: str) -> QuerySet[DraftRow]:
        return DraftRow.objects.using(self.using).filter(case=case_id)

    def _blobs(self, case_id: str) -> Blobs:
        with told():
            row = self._cases(case_id).values_list("wrapped_key", "wrapped_by").first()
        if row is None:
            raise _no_case(case_id)
        return Blobs.of(case_id, row[0], self.keys.find(row[1]))


def erase(using: str, ids: Sequence[str]) -> None:
    """Delete the rows of cases, in a transaction that is open. The triggers let events go after their case."""
    CaseRow.objects.using(using).filter(id__in=ids)._raw_delete(using)
    for table in (EventRow, DraftRow, StandingRow):
        table.objects.using(using).filter(case__in=ids)._raw_delete(using)


def _first_gap(found: Sequence[int | None]) -> int:
    return next((n for n, seq in enumerate(found, 1) if seq != n), len(found) + 1)


def _no_case(case_id: str) -> NoCaseError:
    return NoCaseError(f"there is no case {case_id}", "go back to all cases")


def _conflict() -> ConflictError:
    message = "the case was changed elsewhere since it was loaded; nothing was written"
    return ConflictError(message, "load it again, and answer there what was answered here")
