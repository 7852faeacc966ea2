"""What one running server holds: the library, the store that is open, the links that open the page."""

from __future__ import annotations

import datetime
import threading
from typing import TYPE_CHECKING

from goldenthread.web.launch import Links

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.session import Guide
    from goldenthread.store.cases import CaseStore
    from goldenthread.web.desk import Desk


class Practice:
    """The library is loaded once, by whoever asks first; others wait for it."""

    def __init__(self) -> None:
        self.libraries: Sequence[Path] = ()
        self.only = False
        self.today: datetime.date | None = None
        """A day to stand on instead of the clock's, for tests and demonstrations."""
        self.links = Links("")
        self.store: CaseStore | None = None
        self._guide: Guide | None = None
        self._loading = threading.Lock()

    @property
    def guide(self) -> Guide:
        """The library, ready to be walked."""
        with self._loading:
            if self._guide is None:
                from goldenthread.session import load  # noqa: PLC0415 -- the server answers before this is read

                guide, _ = load(self.libraries, only=self.only)
                guide.program  # noqa: B018 -- compiled here, and not in the first answer
                self._guide = guide
            return self._guide

    def warm(self) -> None:
        """Load the library, and what draws, before anybody waits for either."""
        from goldenthread.draw import on_page  # noqa: PLC0415 -- as above

        on_page(self.guide.model, "overview")


the = Practice()


def links() -> Links:
    """Give the links of this server."""
    return the.links


def desk() -> Desk:
    """Give a desk to work on today."""
    from goldenthread.web.desk import Desk  # noqa: PLC0415 -- it needs the whole engine

    return Desk(the.guide, store(), the.today or datetime.date.today())  # noqa: DTZ011 -- the clinician's own day


def store() -> CaseStore:
    """Give the store. Raises RuntimeError before the server has opened it."""
    if the.store is None:
        raise RuntimeError("no store is open")
    return the.store


def has_passphrase() -> bool:
    """Say whether the store is opened by a passphrase."""
    return store().keys.under_passphrase()


def is_passphrase(text: str) -> bool:
    """Say whether a text is the passphrase that opens the store."""
    return bool(text) and store().keys.is_passphrase(text)


def lock() -> None:
    """Keep no case in memory while nobody may look at it."""
    store().forget()
