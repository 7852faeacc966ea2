"""What is wrong, as values: a Diagnostic has a place, and a Report holds all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goldenthread.diagnostics.span import Span

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what (`message`), where (`span`), and what to do (`help`); `related` is a place it speaks of."""

    level: Level
    code: str
    message: str
    span: Span
    help: str = ""
    note: str = ""
    related: Span | None = None
    answers: Mapping[str, Any] | None = field(default=None, compare=False)
    """Answers that show it, as an answers file has them; bare facts under `facts`."""

    @property
    def key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by place, then by code and words."""
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


@dataclass(slots=True)
class Report:
    """All findings about a library, sorted and without repeats when read."""

    found: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, diagnostic: Diagnostic) -> None:
        """Put one finding in."""
        self.found.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Put several findings in."""
        self.found.extend(diagnostics)

    def error(self, code: str, span: Span, message: str, help: str = "", note: str = "") -> None:  # noqa: A002 -- the anatomy of a diagnostic names this part help
        """Put an error in."""
        self.found.append(Diagnostic("error", code, message, span, help, note))

    def warning(self, code: str, span: Span, message: str, help: str = "", note: str = "") -> None:  # noqa: A002 -- as above
        """Put a warning in."""
        self.found.append(Diagnostic("warning", code, message, span, help, note))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(set(self.found), key=lambda d: d.key))

    def __len__(self) -> int:
        return len(set(self.found))

    @property
    def errors(self) -> list[Diagnostic]:
        """The findings that stop a library from being used."""
        return [d for d in self if d.level == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The findings that do not."""
        return [d for d in self if d.level == "warning"]
