"""Files of the store, written whole or not at all, readable by their owner only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from goldenthread.source import whole
from goldenthread.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it takes the place of `path` when all went well. Raises StoreError where it cannot."""
    try:
        with whole.replacing(path) as file:
            yield file
    except OSError as error:
        raise StoreError(*whole.unwritten(str(path), error)) from None
