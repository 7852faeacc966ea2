"""Files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from goldenthread.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it takes the place of `path` when all went well. Raises StoreError where it cannot."""
    try:
        # mkstemp makes the file with mode 0600.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the folder remember the new name, where the platform lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError) -> StoreError:
    reason = error.strerror or "the disk did not take it"
    help_ = "what was there is as it was; make room, or check the folder and its permissions"
    return StoreError(f"{path} cannot be written: {reason}", help_)
