"""What a rule is: a function that yields findings about a library, never prints, and reads nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.model import Library

Rule = Callable[[Library], Iterator[Diagnostic]]


def error(code: str, span: Span, message: str, help_: str = "", note: str = "") -> Diagnostic:
    """Make an error."""
    return Diagnostic("error", code, message, span, help_, note)


def warning(code: str, span: Span, message: str, help_: str = "", note: str = "") -> Diagnostic:
    """Make a warning."""
    return Diagnostic("warning", code, message, span, help_, note)
