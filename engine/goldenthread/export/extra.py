"""Libraries that come with the extra `web`: imported when used, and asked for in plain words where they are missing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class MissingExtraError(RuntimeError):
    """A format cannot be written before something is installed; `help` says what."""

    help = "install it with: pip install 'goldenthread[web]'"

    def __init__(self, what: str, library: str) -> None:
        super().__init__(f"{what} needs the library {library}, which is not installed")


@contextmanager
def needed_for(what: str) -> Iterator[None]:
    """Import inside: what is missing is said as a MissingExtraError that names what it is needed for."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(what, error.name or "") from error
