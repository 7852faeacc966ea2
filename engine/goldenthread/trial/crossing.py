"""What walks can cross: every edge, every alert, every rule of the bank; and what one walk did cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.model import ADVISED
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition
    from goldenthread.model import Edge, Library
    from goldenthread.walk import Program, Walk

    _End = tuple[Mapping[str, Any], Mapping[str, str]]

Sort = Literal["edge", "alert", "suggest", "rule_out", "caution"]
RULES: tuple[Sort, ...] = ("suggest", "rule_out", "caution")
Key = tuple[Sort, str, int]
"""What is crossed: its sort, the node or entry that has it, and which of them it is, from 0."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One edge, alert or rule: where it stands, and what it says."""

    key: Key
    span: Span
    said: str
    when: Condition | None
    edge: Edge | None = None


class Crossings:
    """All that there is to cross in a library, or what lies in a part of it.

    A rule is crossed where it is true at the end of a round.
    """

    def __init__(self, program: Program, within: Callable[[Span], bool] | None = None) -> None:
        self.all = {one.key: one for one in _crossings(program.library) if within is None or within(one.span)}
        self._edges = {id(one.edge): one.key for one in self.all.values() if one.edge is not None}
        rules = (one for one in self.all.values() if one.key[0] in RULES)
        self._rules = [(one.key, one.when.truth) for one in rules if one.when is not None]

    def crosses(self, walk: Walk, wanted: Collection[Key]) -> bool:
        """Say whether a walk crosses all of these."""
        ended = _ended(walk)
        if not all(self._true(key, ended) for key in wanted if key[0] in RULES):
            return False
        left = [key for key in wanted if key[0] not in RULES]
        return not left or self._passed(walk).issuperset(left)

    def _passed(self, walk: Walk) -> set[Key]:
        edges = (self._edges.get(id(trace.edge)) for trace in walk.trail)
        alerts: Iterator[Key] = (("alert", raised.alert.id, 0) for raised in walk.alerts_so_far)
        return {key for key in (*edges, *alerts) if key is not None and key in self.all}

    def _true(self, key: Key, ended: list[_End]) -> bool:
        when = self.all[key].when
        return when is not None and any(when.truth(known, asked) is True for known, asked in ended)

    def of(self, walk: Walk) -> frozenset[Key]:
        """Give what a walk crosses."""
        found = self._passed(walk)
        for known, asked in _ended(walk):
            found.update([key for key, truth in self._rules if truth(known, asked) is True])
        return frozenset(found)


def _ended(walk: Walk) -> list[_End]:
    """Give what was known and asked at the end of the last round, and what was known at the end of the one before."""
    lead = len(PREVIOUS)
    before = {key[lead:]: value for key, value in walk.known.items() if key.startswith(PREVIOUS)}
    now: _End = (walk.known, walk.asked)
    return [now, (before, {})] if before else [now]


def _crossings(library: Library) -> Iterator[Crossing]:
    for node in library.nodes():
        for n, edge in enumerate(node.edges):
            said = " ".join(part for part in (node.number, edge.say(), f"to {edge.go}") if part)
            yield Crossing(("edge", node.key, n), edge.span, said, edge.when, edge)
    for alert in library.alerts.values():
        yield Crossing(("alert", alert.id, 0), alert.span, alert.text, alert.raise_when)
    for kind in ADVISED:
        for entry in library.advised(kind).values():
            for sort in RULES:
                for n, rule in enumerate(getattr(entry, sort)):
                    yield Crossing((sort, entry.id, n), rule.span, rule.when.say(), rule.when)
