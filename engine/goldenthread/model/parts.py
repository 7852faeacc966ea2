"""Parts that entries and nodes share: sources, rules, options, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.model.fields import authored

if TYPE_CHECKING:
    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim stands: a reference, the place in it, and what it says there."""

    span: Span
    ref: str = authored()
    at: str = authored()
    says: str = authored()
    grade: str = authored(default="")
    kept: str = authored(default="")
    """Why the claim still rests on a work that was superseded."""


@dataclass(frozen=True, slots=True)
class Review:
    """The state of the clinical review. `reviewed` names who and when."""

    status: str = authored(default="draft")
    by: str = authored(default="")
    on: str = authored(default="")
    due: str = authored(default="")


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with its reason."""

    span: Span
    when: Condition = authored("condition")
    because: str = authored()
    sources: tuple[Source, ...] = authored("sources", default=())
    basis: str = authored(default="")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule that offers an entry, with its strength, certainty and whether the entry must come first."""

    span: Span
    when: Condition = authored("condition")
    because: str = authored()
    strength: str = authored(default="conditional")
    certainty: str = authored(default="consensus")
    first: bool = authored(default=False)
    sources: tuple[Source, ...] = authored("sources", default=())
    basis: str = authored(default="")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question."""

    id: str
    label: str = authored()
    note: str = authored(default="")
    say: str = authored(default="")
    when: Condition | None = authored("condition")
    exclusive: bool = authored(default=False)
    was: tuple[str, ...] = authored("words", default=())
