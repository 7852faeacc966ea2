"""What advice is made of: every entry of a bank is offered, held or left out, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.model import Advisable, Source


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, and what was asked and has no value.

    `open_alerts` are the ids of alerts that a walk knows not to be cleared (None: judge by the facts alone);
    `own` gives the client's own options their words, by `role own_1`.
    """

    known: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    open_alerts: tuple[str, ...] | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    stopped: str = ""
    """The words of the end at which a walk was stopped."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to be asked first: the fact, its words, and the numbers of the questions that ask for it."""

    fact: str
    label: str
    numbers: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f" ({self.numbers[0]})" if self.numbers else ""
        return f"{self.label}{where}"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: the rule's own sentence, the client's answers that made it so, and its sources."""

    text: str
    since: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    basis: str = ""
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} Since {'; '.join(self.since)}." if self.since else self.text


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry that is offered. Offers of the same `rank` are equal."""

    entry: Advisable
    rank: int
    band: str
    strength: str
    certainty: str
    because: tuple[Because, ...]
    cautions: tuple[Because, ...]
    first: bool = False
    against: tuple[Because, ...] = ()
    not_asked: tuple[Ask, ...] = ()

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that rests on something not asked. `suggested` says whether a reason to offer it is there already."""

    entry: Advisable
    ask_first: tuple[Ask, ...]
    why: str
    suggested: bool

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


@dataclass(frozen=True)
class LeftOut:
    """An entry that is not offered, and why. `ruled_out` where a reason against it was true.

    Most of a bank is left out, and few of it are asked about: the reasons are put into words when they are.
    """

    entry: Advisable
    reasons: Callable[[], tuple[Because, ...]] = field(compare=False, repr=False)
    ruled_out: bool

    @cached_property
    def because(self) -> tuple[Because, ...]:
        """The reasons, the first of which says most."""
        return self.reasons()

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that there is to say about one bank."""

    kind: str
    offers: tuple[Offer, ...]
    held: tuple[Held, ...]
    left_out: tuple[LeftOut, ...]

    def find(self, id_: str) -> Offer | Held | LeftOut | None:
        """Give what is said of one entry, or None where the bank has none of that id."""
        for group in (self.offers, self.held, self.left_out):
            for found in group:
                if found.entry.id == id_:
                    return found
        return None
