"""A file put in the place of another in one step: after a crash there is the old one or the new, whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER_ONLY = 0o600


@contextmanager
def replacing(path: Path, mode: int = OWNER_ONLY) -> Iterator[BinaryIO]:
    """Give a file to write; it takes the place of `path` where all went well. Raises OSError where it cannot.

    `mode` says who may read it, in the bits that chmod takes. Where anything fails, what was there stays.
    """
    # mkstemp makes the file readable by its owner only.
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=_SUFFIX, dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode != OWNER_ONLY:
            fresh.chmod(mode)
        fresh.replace(path)
        _sync(path.parent)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def unwritten(name: str, error: OSError) -> tuple[str, str]:
    """Say that a file could not be replaced and why, and what to do."""
    reason = error.strerror or "the disk did not take it"
    help_ = "what was there is as it was; make room, or check the folder and its permissions"
    return f"{name} cannot be written: {reason}", help_


def clear(path: Path) -> None:
    """Take away what a writer of `path` left that was killed. No other may be writing it."""
    for left in path.parent.iterdir():
        if left.name.startswith(_prefix(path)) and left.name.endswith(_SUFFIX):
            with suppress(OSError):
                left.unlink()


_SUFFIX = ".tmp"


def _prefix(path: Path) -> str:
    return f".{path.name}."


def _sync(folder: Path) -> None:
    """Have the folder remember the new name, where the platform lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
