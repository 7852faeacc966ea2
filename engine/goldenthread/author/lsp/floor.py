"""Who speaks first: while an editor is answered, what is checked behind the answers waits.

Both are threads of one process, and Python lets one of them run at a time. Left to itself it would give them equal
turns, so that an answer takes twice as long as its work, and longer where a turn cannot be broken off.
"""

from __future__ import annotations

import selectors
import threading


class Floor(selectors.DefaultSelector):
    """The selector of the loop that answers: the floor is free only while the loop waits for something to come."""

    def __init__(self) -> None:
        super().__init__()
        self._free = threading.Event()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for what comes next, and let others work meanwhile."""
        if timeout is None or timeout > 0:
            self._free.set()
        try:
            return super().select(timeout)
        finally:
            self._free.clear()

    def close(self) -> None:
        """Let everybody work: nobody is answered any more."""
        self._free.set()
        super().close()

    def wait(self) -> None:
        """Wait until nobody is being answered. Called between the parts of what takes long, never by the loop."""
        if not self._free.is_set():
            self._free.wait()
