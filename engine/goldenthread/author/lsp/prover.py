"""The proof, in a process of its own: its solver lets no other thread through, and an author waits for answers."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from typing import TYPE_CHECKING

from goldenthread.author.lsp import findings
from goldenthread.loading import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from goldenthread.diagnostics import Diagnostic


class Prover:
    """Proves one library again and again. The process is started for the first proof, and keeps what it learns."""

    def __init__(self, paths: Sequence[Path], *, only: bool) -> None:
        self.paths, self.only = list(paths), only
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._asked = 0

    def prove(self, texts: Mapping[Path, str]) -> list[Diagnostic]:
        """Give what a proof of the library finds, with texts in the place of files. One at a time; it takes long."""
        self.ask(texts)
        return self.answer() or []

    def ask(self, texts: Mapping[Path, str]) -> None:
        """Begin a proof of the library, with texts in the place of files; after what is being proven."""
        if self._process is None or not self._process.is_alive() or self._line is None:
            self._start()
        assert self._line is not None  # noqa: S101 -- it was just made
        with suppress(OSError):
            self._line.send(dict(texts))
            self._asked += 1

    def answer(self, seconds: float | None = None) -> list[Diagnostic] | None:
        """Give what the proof that was asked for last finds; None where it is not there within so many seconds."""
        found: list[Diagnostic] = []
        try:
            while self._asked and self._line is not None:
                if seconds is not None and not self._line.poll(seconds):
                    return None
                found = self._line.recv()
                self._asked -= 1
        except (EOFError, OSError):
            # The process has gone; the next proof starts another.
            self._asked = 0
            return []
        return found

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process = None

    def _start(self) -> None:
        # A process that is begun afresh shares no lock and no thread with this one, on any system.
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, self.paths, self.only), daemon=True)
        self._process.start()
        self._asked = 0
        other.close()


def _work(line: Connection, paths: list[Path], only: bool) -> None:
    space = Workspace(paths, only=only)
    cases: findings.Cases = ()
    # Where the server has gone, or is told to go, there is nobody to tell.
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            found, cases = findings.proven(findings.linked(space, line.recv()), cases)
            line.send(found)
