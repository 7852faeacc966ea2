"""What can go wrong with the store: each says what, where, and what to do, and holds no client's words."""

from __future__ import annotations

from goldenthread.case.errors import CaseError


class StoreError(CaseError):
    """The store cannot do what was asked; nothing was changed. `help` says what to do."""


class BusyError(StoreError):
    """Another process holds the store. The same can be tried again."""


class FullError(StoreError):
    """The disk takes no more."""


class KeyNeededError(StoreError):
    """The key that opens the store is not at hand, or is another one. `fingerprint` names the one needed."""

    def __init__(self, message: str, help_: str, fingerprint: str) -> None:
        super().__init__(message, help_)
        self.fingerprint = fingerprint


class DamagedError(StoreError):
    """A row of a case is not as it was written; `seq` says which, 0 the case itself."""

    def __init__(self, message: str, help_: str, case_id: str, seq: int = 0) -> None:
        super().__init__(message, help_)
        self.case_id = case_id
        self.seq = seq
