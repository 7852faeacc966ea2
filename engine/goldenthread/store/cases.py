"""Cases in a database, through the protocol of the case room: append-only, sealed, one winner to a version."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from goldenthread.case import text
from goldenthread.case.errors import CaseError, ConflictError, EventError, NoCaseError
from goldenthread.case.events import Imported, apply, replay
from goldenthread.case.form import event_data
from goldenthread.case.store import NOTHING
from goldenthread.store.blobs import Blobs, damaged
from goldenthread.store.database import empty_log
from goldenthread.store.errors import DamagedError
from goldenthread.store.faults import told
from goldenthread.store.models import CaseRow, DraftRow, EventRow, MetaRow, StandingRow
from goldenthread.store.recent import Recent, Seen
from goldenthread.store.rows import erase, sealed_case

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from goldenthread.case.events import Event
    from goldenthread.case.model import Case
    from goldenthread.store.keys import Keys
    from goldenthread.store.rows import SealedCase

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
        self._recent = Recent()

    def begin(self, events: Sequence[Event]) -> str:
        """Begin a case with its first events; give its id."""
        case_id = new_id()
        self.append(case_id, events, NOTHING)
        return case_id

    def load(self, case_id: str) -> tuple[Case, str]:
        """Give a case and its version. Raises NoCaseError, DamagedError, KeyNeededError."""
        seen = self._recent.get(case_id)
        sealed = self._sealed(case_id, seen.version if seen else 0)
        if seen and (seen.wrapped_key != sealed.wrapped_key or seen.version > sealed.version):
            seen, sealed = None, self._sealed(case_id)
        case, version = (seen.case, seen.version) if seen else (None, 0)
        for entry in self._opened(case_id, sealed, version):
            try:
                case = apply(case, entry.event)
            except EventError:
                raise damaged(case_id, entry.seq, "it does not follow from those before it") from None
        if case is None:
            raise damaged(case_id, 1, "it is not there")
        self._recent.put(case_id, Seen(sealed.version, sealed.wrapped_key, case))
        return case, str(sealed.version)

    def history(self, case_id: str) -> tuple[Entry, ...]:
        """Give every event of a case in order, with when and by whom it was recorded."""
        return tuple(self._opened(case_id, self._sealed(case_id), 0))

    def _sealed(self, case_id: str, after: int = 0) -> SealedCase:
        with told():
            sealed = sealed_case(self._cases(case_id), after)
        if sealed is None:
            self._recent.drop(case_id)
            raise _no_case(case_id)
        return sealed

    def _opened(self, case_id: str, sealed: SealedCase, after: int) -> Iterator[Entry]:
        blobs = Blobs.of(case_id, sealed.wrapped_key, self.keys.find(sealed.wrapped_by))
        expected = range(after + 1, sealed.version + 1)
        for seq, row in zip_longest(expected, sealed.events):
            if row is None or row.seq != seq:
                raise damaged(case_id, seq or row.seq, "it is not there" if seq else "it is one too many")
            yield Entry(seq, row.recorded_at, row.by, blobs.open_event(*row))

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
        _must_be_writable(events)
        return self._write(case_id, case, events, int(expected)) if events else expected

    def _begin(self, case_id: str, events: Sequence[Event]) -> str:
        if not _ID.fullmatch(case_id):
            raise CaseError("an id of a case is 26 random letters and digits", "let the store make it: begin")
        case = replay(events)
        _must_be_writable(events)
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
                    "archived": case.archived,
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
                .update(version=after, changed=now, archived=case.archived)
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

    def standing(self, case_id: str, version: str = "") -> dict[str, Any] | None:
        """Give where a case stood when that was last kept, or None; also where that was not at `version`."""
        blobs = self._blobs(case_id)
        with told():
            row = StandingRow.objects.using(self.using).filter(case_id=case_id).first()
        if row is None or version not in {"", str(row.version)}:
            return None
        return blobs.open_standing(row.version, row.sealed)

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
        self._recent.drop(case_id)
        with told():
            return empty_log(self.using)

    def export_case(self, case_id: str) -> bytes:
        """Give a case as the terminal's case file."""
        return text.write(self.load(case_id)[0]).encode()

    def import_case(self, blob: bytes, name: str = "the case file") -> str:
        """Begin a case with all that a case file holds; give its id. Raises CaseError for a file that is none."""
        return self.take_in(text.read(blob, name))

    def take_in(self, case: Case) -> str:
        """Begin a case with all that a case holds that was kept elsewhere; give its id."""
        return self.begin([Imported(on=self._clock().date().isoformat(), case=case)])

    def has(self, case_id: str) -> bool:
        """Say whether there is a case of that id."""
        with told():
            return self._cases(case_id).exists()

    def named(self, client: str) -> list[str]:
        """Give the ids of the cases of that code name, in use or archived."""
        with told():
            ids = list(self._cases().order_by("id").values_list("id", flat=True))
        return [id_ for id_ in ids if self._client(id_) == client]

    def forget(self) -> None:
        """Take out of memory what was loaded."""
        self._recent.clear()

    def _client(self, case_id: str) -> str | None:
        try:
            return self.load(case_id)[0].client
        except (DamagedError, NoCaseError):
            return None

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


def _must_be_writable(events: Sequence[Event]) -> None:
    """See that the case can be written to a case file, too, as that is how it leaves the store."""
    for event in events:
        text.must_be_writable(event_data(event))


def _no_case(case_id: str) -> NoCaseError:
    return NoCaseError(f"there is no case {case_id}", "go back to all cases")


def _conflict() -> ConflictError:
    message = "the case was changed elsewhere since it was loaded; nothing was written"
    return ConflictError(message, "load it again, and answer there what was answered here")
