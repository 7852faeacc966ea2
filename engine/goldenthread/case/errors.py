"""What can go wrong with a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.diagnostics import Diagnostic


class CaseError(Exception):
    """A case cannot be read or kept; the message says why, `help` what to do, `found` where in `text`."""

    def __init__(
        self, message: str, help_: str = "", found: tuple[Diagnostic, ...] = (), text: str | None = None
    ) -> None:
        super().__init__(message)
        self.help = help_
        self.found = found
        self.text = text


class ConflictError(CaseError):
    """The case was changed by somebody else since it was loaded; nothing was written."""


class NoCaseError(CaseError):
    """There is no case of that name."""


class EventError(ValueError):
    """An event does not follow from the case that it is applied to."""
