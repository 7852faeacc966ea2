"""What keeps cases: the protocol that a folder of files, a database or a server fulfils."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.case.events import Event
    from goldenthread.case.model import Case

NOTHING = ""
"""The version of a case that is not there yet: the first events are appended to it."""


class Store(Protocol):
    """Cases by their id. Nothing is locked: whoever appends says which version they saw."""

    def load(self, case_id: str) -> tuple[Case, str]:
        """Give a case and its version. Raises NoCaseError for none, CaseError where it cannot be read."""
        ...

    def append(self, case_id: str, events: Sequence[Event], expected: str) -> str:
        """Add events, all or none, and give the new version.

        Raises ConflictError where the version is no longer `expected`, EventError where the events do not
        follow from the case; both write nothing.
        """
        ...
