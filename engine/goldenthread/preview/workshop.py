"""What one running preview holds: the snapshot that pages are made of, and the thread that makes the next one."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.preview.snapshot import Builder, Snapshot
from goldenthread.preview.watch import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOK_EVERY = 0.3
"""Seconds between two looks at the files, however many pages ask."""
_SETTLE = 0.05
"""Seconds in which a file that is being written is given time to be whole."""
_SETTLES_WITHIN = 20


class Workshop:
    """The pages read `now`, which never changes under them. A thread of its own loads, checks and tries."""

    def __init__(
        self,
        libraries: Sequence[Path] = (),
        *,
        only: bool = False,
        editor: str = "none",
        name: str = "",
        apart: bool = False,
    ) -> None:
        self.libraries, self.only, self.editor, self.name = list(libraries), only, editor, name
        self._builder = Builder(libraries, only=only, apart=apart)
        self._now = Snapshot()
        self._seen: Standing = frozenset()
        self._looked = 0.0
        # Saves are counted: how many were seen, and of how many a snapshot was begun, and was published.
        self._saves, self._begun, self._made = 1, 0, 0
        self._turn = threading.Condition()

    @property
    def now(self) -> Snapshot:
        """The latest snapshot."""
        return self._now

    @property
    def busy(self) -> bool:
        """Whether a later one is being made."""
        return self._made != self._saves or self._now.stage != "proven"

    def look(self, *, at_once: bool = False) -> None:
        """Look whether a file was saved: at once, or unless somebody has just looked."""
        with self._turn:
            just = not at_once and time.monotonic() - self._looked < LOOK_EVERY
            if just or self._begun != self._saves:
                return
            self._looked = time.monotonic()
            if standing(self._builder.folders) != self._seen:
                self._saves += 1
                self._turn.notify_all()

    def wait(self, seconds: float) -> Snapshot:
        """Wait until what was saved is drawn and checked, but no longer than so many seconds; give what there is."""
        with self._turn:
            self._turn.wait_for(self._is_checked, seconds)
            return self._now

    def _is_checked(self) -> bool:
        return self._made == self._saves and self._now.stage in {"checked", "tried", "proven"}

    def work(self) -> None:
        """Make a snapshot whenever a file was saved. Does not return."""
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._begun != self._saves)
            self.make()

    def make(self) -> None:
        """Make a snapshot of the files as they stand."""
        seen = self._settled()
        with self._turn:
            self._seen, self._begun = seen, self._saves
        try:
            for snapshot in self._builder.build(self._now):
                self._publish(snapshot)
                if self._begun != self._saves:  # a later save is worth more than the rest of this one
                    break
        except Exception as error:  # noqa: BLE001 -- the page has to stay, and to say what happened
            self._publish(_failed(self._now, error))

    def _settled(self) -> Standing:
        """Wait until nothing is being written, but not for ever."""
        seen = standing(self._builder.folders)
        for _ in range(_SETTLES_WITHIN):
            time.sleep(_SETTLE)
            if (again := standing(self._builder.folders)) == seen:
                break
            seen = again
        return seen

    def _publish(self, snapshot: Snapshot) -> None:
        with self._turn:
            self._now, self._made = snapshot, self._begun
            self._turn.notify_all()


def _failed(last: Snapshot, error: Exception) -> Snapshot:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = (
        f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    )
    said = f"{type(error).__name__}{place}"
    print(f"goldenthread: internal error: {said}; please report it", file=sys.stderr)
    return replace(last, number=last.number + 1, stage="proven", failed=said)


the = Workshop(only=True)
"""The workshop of this server; one over no files until it is started."""
