"""What is sealed of one case: its events, drafts and standing, each bound to its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from goldenthread.case.form import event_data, event_from
from goldenthread.store.cipher import SealError, blind, new_key, seal, unseal
from goldenthread.store.errors import DamagedError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from goldenthread.case.events import Event
    from goldenthread.store.cipher import MasterKey

    Raw = bytes | memoryview
    """What a database gives of a column of bytes; PostgreSQL's driver may give either."""

_HELP = (
    "the other cases open; keep a copy of the store, then take this case from a backup: "
    "goldenthread store restore FILE --case {} --replace"
)


class Blobs:
    """Seals and opens what belongs to one case, with the case's own data key."""

    def __init__(self, case_id: str, data_key: bytes) -> None:
        self.case_id = case_id
        self._key = data_key

    @classmethod
    def new(cls, case_id: str, master: MasterKey) -> tuple[Blobs, bytes]:
        """Make the data key of a new case; give it wrapped, too."""
        data_key = new_key()
        return cls(case_id, data_key), master.wrap(case_id, data_key)

    @classmethod
    def of(cls, case_id: str, wrapped: Raw, master: MasterKey) -> Blobs:
        """Unwrap the data key of a case. Raises DamagedError."""
        try:
            return cls(case_id, master.unwrap(case_id, bytes(wrapped)))
        except SealError:
            raise damaged(case_id, 0, "its key does not open") from None

    def wrapped(self, master: MasterKey) -> bytes:
        """Give the data key wrapped by a master key."""
        return master.wrap(self.case_id, self._key)

    def event(self, seq: int, at: datetime.datetime, by: str, event: Event) -> bytes:
        """Seal an event, with when and by whom it was recorded."""
        return seal(self._key, _bytes(event_data(event)), self._event_place(seq, at, by))

    def open_event(self, seq: int, at: datetime.datetime, by: str, sealed: Raw) -> Event:
        """Give an event. Raises DamagedError, or CaseError where a newer version wrote it."""
        try:
            plain = unseal(self._key, bytes(sealed), self._event_place(seq, at, by))
        except SealError:
            raise damaged(self.case_id, seq, "it is not as it was written") from None
        return event_from(json.loads(plain))

    def draft_key(self, key: str) -> str:
        """Give what stands for a question's key in the table of drafts."""
        return blind(self._key, key)

    def draft(self, key: str, data: Any) -> bytes:
        """Seal a draft."""
        return seal(self._key, _bytes(data), f"draft/{self.case_id}/{key}")

    def open_draft(self, key: str, sealed: Raw) -> Any:
        """Give a draft; None for one that does not open: it was only a draft."""
        return self._opened(sealed, f"draft/{self.case_id}/{key}")

    def standing(self, version: int, data: Mapping[str, Any]) -> bytes:
        """Seal where a case stands."""
        return seal(self._key, _bytes(data), f"standing/{self.case_id}/{version}")

    def open_standing(self, version: int, sealed: Raw) -> dict[str, Any] | None:
        """Give where a case stood; None for what does not open: it can be worked out again."""
        found: dict[str, Any] | None = self._opened(sealed, f"standing/{self.case_id}/{version}")
        return found

    def _opened(self, sealed: Raw, place: str) -> Any:
        try:
            return json.loads(unseal(self._key, bytes(sealed), place))
        except SealError:
            return None

    def _event_place(self, seq: int, at: datetime.datetime, by: str) -> str:
        return f"event/{self.case_id}/{seq}/{at.isoformat()}/{by}"


def damaged(case_id: str, seq: int, what: str) -> DamagedError:
    """Make the error for a row that is not as it was written."""
    where = f"event {seq} of the case {case_id}" if seq else f"the case {case_id}"
    return DamagedError(f"{where} is damaged: {what}", _HELP.format(case_id), case_id, seq)


def _bytes(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
