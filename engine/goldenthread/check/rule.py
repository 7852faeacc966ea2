"""What a rule is: a function that yields findings about a library, never prints, and reads nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.model import Entry, Flowchart, Library, Node

if TYPE_CHECKING:
    from goldenthread.diagnostics.report import Level
    from goldenthread.prove import Verdict
    from goldenthread.source import Places


@dataclass(frozen=True, slots=True)
class At:
    """A place below a node, an entry or a flowchart; it is looked up only when a finding is printed."""

    things: tuple[Span, ...]
    steps: tuple[str | int, ...] = ()
    on_key: bool = False
    part: str = ""

    def span(self, places: Places) -> Span:
        """Look the place up; where it cannot be found, give the thing's own."""
        found = (
            places.find(self.things, *self.steps, on_key=self.on_key, part=self.part) if self.steps else None
        )
        return found or self.things[0]


def at(thing: Node | Entry | Flowchart, *steps: str | int, on_key: bool = False, part: str = "") -> At:
    """Name a place: the keys that lead there, whether the last key itself is meant, or a part of its text."""
    added = () if isinstance(thing, Node) else thing.added
    return At((thing.span, *added), steps, on_key, part)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, and where."""

    level: Level
    code: str
    where: At | Span
    message: str
    help: str = ""
    note: str = ""
    answers: Mapping[str, Any] | None = None
    """Answers, or bare facts, that show it."""

    def diagnostic(self, places: Places) -> Diagnostic:
        """Give it with its place looked up."""
        span = self.where.span(places) if isinstance(self.where, At) else self.where
        return Diagnostic(
            self.level, self.code, self.message, span, self.help, self.note, answers=self.answers
        )


Rule = Callable[[Library], Iterator[Finding]]


def error(
    code: str,
    where: At | Span,
    message: str,
    help_: str = "",
    note: str = "",
    *,
    shown: Verdict | None = None,
) -> Finding:
    """Make an error; `shown` holds the answers that show it."""
    return Finding("error", code, where, message, help_, note, shown.as_answers() if shown else None)


def warning(code: str, where: At | Span, message: str, help_: str = "", note: str = "") -> Finding:
    """Make a warning."""
    return Finding("warning", code, where, message, help_, note)
