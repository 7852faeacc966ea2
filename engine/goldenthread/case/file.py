"""A case file: read with care, written whole or not at all, readable by its owner only."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.case import text
from goldenthread.case.errors import CaseError, ConflictError, NoCaseError
from goldenthread.case.events import apply
from goldenthread.source import whole
from goldenthread.source.text import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.case.events import Event
    from goldenthread.case.model import Case


class CaseFile:
    """A case and the file that it is kept in, with the fingerprint of what was last read or written there."""

    def __init__(self, path: Path, case: Case, fingerprint: str) -> None:
        self.path = path
        self.case = case
        self.fingerprint = fingerprint

    @classmethod
    def open(cls, path: str | Path) -> CaseFile:
        """Read a case file. Raises NoCaseError where there is none, CaseError where it cannot be read."""
        path = Path(path).absolute()
        blob = _bytes(path)
        return cls(path, text.read(blob, path.name), _fingerprint(blob))

    @classmethod
    def create(cls, path: str | Path, case: Case) -> CaseFile:
        """Write a new case file. Raises ConflictError where something is at that path already."""
        path = Path(path).absolute()
        blob = text.write(case).encode()
        with _locked(path.parent) as locked:
            if os.path.lexists(path):
                message = f"{path.name} is there already, and was left as it is"
                raise ConflictError(message, "give another name")
            _write(path, blob, alone=locked)
        return cls(path, case, _fingerprint(blob))

    def save(self, case: Case) -> None:
        """Write the case. Raises ConflictError, and writes nothing, where the file is not what was read."""
        blob = text.write(case).encode()
        target = self.path.resolve()
        with _locked(target.parent) as locked:
            self._must_be_unchanged()
            _write(target, blob, alone=locked)
        self.case, self.fingerprint = case, _fingerprint(blob)

    def add(self, *events: Event) -> Case:
        """Apply events to the case and write it; give the case. Raises as `save` and `apply` do."""
        case = self.case
        for event in events:
            case = apply(case, event)
        self.save(case)
        return case

    def _must_be_unchanged(self) -> None:
        try:
            now = _fingerprint(_bytes(self.path))
        except NoCaseError:
            message = f"{self.path.name} is no longer there; nothing was written"
            raise ConflictError(message, "put it back, or save under another name") from None
        if now != self.fingerprint:
            raise ConflictError(
                f"{self.path.name} was changed by somebody else since it was opened; nothing was written",
                "open it again, and answer there what was answered here",
            )


def _fingerprint(blob: bytes) -> str:
    return hashlib.sha256(blob).hexdigest()


def _bytes(path: Path) -> bytes:
    """Read a whole file, and nothing that is not one: a pipe would be waited for without end."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise CaseError(f"{path.name} is a folder, not a case file", "give the path of a case file in it")
        if not stat.S_ISREG(found.st_mode):
            raise CaseError(f"{path.name} is not a file", "give the path of a case file")
        if found.st_size > LARGEST_FILE:
            message = f"{path.name} is too large for a case file: it has {found.st_size:,} bytes"
            raise CaseError(message, "check the path")
        return path.read_bytes()
    except FileNotFoundError:
        raise NoCaseError(f"there is no case file {path.name}", "check the path, or begin a case") from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise CaseError(f"{path.name} cannot be read: {reason}", "check its permissions") from None


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Keep other writers out of a folder while a file in it is checked and replaced.

    Gives whether that was possible: where it is not (Windows, some network drives), the check still stands,
    with a moment between it and the writing.
    """
    handle = -1
    try:
        import fcntl  # noqa: PLC0415 -- not on every platform

        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        locked = True
    except (ImportError, OSError):
        locked = False
    try:
        yield locked
    finally:
        if handle >= 0:
            os.close(handle)


def _write(path: Path, blob: bytes, *, alone: bool) -> None:
    try:
        if alone:
            whole.clear(path)  # what a killed writer left holds a client's words
        with whole.replacing(path) as file:
            file.write(blob)
    except OSError as error:
        raise CaseError(*whole.unwritten(path.name, error)) from error
