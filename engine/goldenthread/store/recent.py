"""The cases that were loaded last, so that the next page reads only what has happened since."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from goldenthread.case.model import Case


class Seen(NamedTuple):
    """A case at a version. `wrapped_key` tells whether it is still that case: every restoring wraps anew."""

    version: int
    wrapped_key: bytes
    case: Case


class Recent:
    """Some cases, in memory alone. What is found here is held against the database before it is used."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._seen: OrderedDict[str, Seen] = OrderedDict()
        self._lock = Lock()

    def get(self, case_id: str) -> Seen | None:
        """Give a case that was seen."""
        with self._lock:
            return self._seen.get(case_id)

    def put(self, case_id: str, seen: Seen) -> None:
        """Remember a case in place of what was seen longest ago."""
        with self._lock:
            self._seen[case_id] = seen
            self._seen.move_to_end(case_id)
            while len(self._seen) > self._most:
                self._seen.popitem(last=False)

    def drop(self, case_id: str) -> None:
        """Forget a case."""
        with self._lock:
            self._seen.pop(case_id, None)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._seen.clear()
