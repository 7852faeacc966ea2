"""The parts of a parsed condition. Every part knows from which to which character it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Comparator = Literal["==", "!=", "<", "<=", ">", ">="]
FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""Each comparator read from the other side."""
Limit = Literal["<", "<="]


@dataclass(frozen=True, slots=True)
class Part:
    """What every part has: its place in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name(Part):
    """A fact, a role or an option: `age`, `safety.outcome`, `phq9.total`."""

    path: str


@dataclass(frozen=True, slots=True)
class Number(Part):
    """A plain number."""

    value: float


@dataclass(frozen=True, slots=True)
class Span(Part):
    """A duration in days, as written: `4 weeks`."""

    days: float
    text: str


@dataclass(frozen=True, slots=True)
class Items(Part):
    """A list of options: `[a, b]`."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Compare(Part):
    """One comparison."""

    left: Name | Number | Span | Call
    op: Comparator
    right: Name | Number | Span | Call


@dataclass(frozen=True, slots=True)
class Between(Part):
    """A range: `10 <= x < 15`."""

    low: Number | Span
    low_op: Limit
    fact: Name | Call
    high_op: Limit
    high: Number | Span


@dataclass(frozen=True, slots=True)
class In(Part):
    """`option in fact`, or `fact in [option, option]`."""

    left: Name
    right: Name | Items | Call


@dataclass(frozen=True, slots=True)
class Call(Part):
    """`known`, `answered`, `count`, `groups` of a fact, `any`, `all` of options, `any_of`, `all_of` items."""

    function: str
    fact: Name | None
    items: Items | None
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Not(Part):
    """`not x`."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class And(Part):
    """`a and b and …`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Part):
    """`a or b or …`."""

    parts: tuple[Expression, ...]


Expression = Name | Compare | Between | In | Call | Not | And | Or

# Kinds of parts to be told apart by isinstance, which looks through a union more slowly.
QUANTITIES = (Number, Span)
JUNCTIONS = (And, Or)
SIDES = (Name, Call)
