"""Cases kept in a database: append-only, encrypted, SQLite or PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.store.setup import configure

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.store.cases import CaseStore as CaseStore


def open_store(
    owner: str = "local",
    *,
    ask: Callable[[str], str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> CaseStore:
    """Make the store ready, whatever there is of it, and give the cases of an owner. Raises StoreError.

    `ask` asks for a passphrase where the key is under one; `tell` takes a warning that somebody should see.
    """
    configure()
    # Models can be imported only once Django is set up.
    from goldenthread.store.cases import CaseStore  # noqa: PLC0415
    from goldenthread.store.database import prepare  # noqa: PLC0415
    from goldenthread.store.keys import Keys  # noqa: PLC0415

    prepare()
    keys = Keys(ask=ask, tell=tell)
    keys.open()
    return CaseStore(keys, owner)


__all__ = ["configure", "open_store"]
