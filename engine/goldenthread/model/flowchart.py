"""Flowcharts: nodes joined by edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.model.fields import authored
from goldenthread.model.parts import Review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition
    from goldenthread.model.parts import Option, Source

VERBS = ("ask", "measure", "decide", "tell", "visit", "end")
PHASES = ("problem", "safety", "diagnosis", "conceptualization", "goals", "modality", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A way on from a node: taken when its condition is true, else by `otherwise`, or by `unknown`."""

    span: Span
    go: str
    kind: str
    """`next` (the only way), `when`, `otherwise` or `unknown`."""
    when: Condition | None = None
    label: str = ""
    again: bool = False

    def say(self) -> str:
        """Give the words on the edge: its label, or its condition in English."""
        if self.label:
            return self.label
        if self.when is not None:
            return self.when.say()
        return {"otherwise": "otherwise", "unknown": "not known"}.get(self.kind, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step of a flowchart."""

    id: str
    flowchart: str
    verb: str
    span: Span
    edges: tuple[Edge, ...] = ()
    number: str = authored("number", default="")
    label: str = authored(default="")
    note: str = authored(default="")
    was: tuple[str, ...] = authored("words", default=())
    why: str = authored(default="")
    sources: tuple[Source, ...] = authored("sources", default=())
    basis: str = authored(default="")
    ask: str = authored(default="")
    say: str = authored(default="")
    role: str = authored(key="as", default="")
    answer: str = authored(default="")
    options: Mapping[str, Option] = authored("options", default={})
    options_from: str = authored(key="from", default="")
    ordered: bool = authored(default=False)
    other: bool = authored(default=False)
    unit: str = authored(default="")
    between: tuple[float, float] | None = authored("between")
    step: float | None = authored()
    at_least: int = authored(default=0)
    at_most: int = authored(default=0)
    example: str = authored(default="")
    required: bool = authored(default=False)
    core: bool = authored(default=False)
    carry: str = authored(default="")
    safety: bool = authored(default=False)
    own_first: bool = authored(default=False)
    measure: str = authored(default="")
    decide: str = authored(default="")
    tell: str = authored(default="")
    tone: str = authored(default="note")
    visit: str = authored(default="")
    each: str = authored(default="")
    max: int = authored(default=0)
    end: str = authored(default="")
    stop: bool = authored(default=False)

    @property
    def key(self) -> str:
        """The node's full name: `flowchart.node`."""
        return f"{self.flowchart}.{self.id}"

    @property
    def text(self) -> str:
        """What the node says, whichever verb it has."""
        return (
            self.ask
            or self.decide
            or self.tell
            or self.end
            or (f"Score the {self.measure}" if self.measure else self.visit)
        )

    @property
    def lists(self) -> tuple[str, ...]:
        """The facts that may hold what it runs for, each in turn: a role or full name, else a question beside it."""
        return (self.each, f"{self.flowchart}.{self.each}") if self.each else ()

    @property
    def asks(self) -> bool:
        """Whether the walk waits here for an answer."""
        return self.verb in {"ask", "measure"} or (self.verb == "tell" and self.tone == "urgent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowchart:
    """A named graph of nodes."""

    id: str
    span: Span
    nodes: Mapping[str, Node]
    added: tuple[Span, ...] = ()
    """Where later libraries add to it."""
    number: int = authored(default=0)
    language: str = authored(default="en")
    title: str = authored(default="")
    phase: str = authored(default="planning")
    purpose: str = authored(default="")
    root: bool = authored(default=False)
    opened_by_hand: bool = authored(default=False)
    start: str = authored(default="")
    facts: Mapping[str, Condition] = authored("facts", default={})
    review: Review = authored("review", default=Review())
    was: tuple[str, ...] = authored("words", default=())
