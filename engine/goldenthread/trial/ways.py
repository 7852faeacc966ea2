"""Where a node's edges lead in two libraries, as far as it is seen: the ways on, and whether they part.

What only decides tells nothing and shows nothing, so that what is behind it is looked at instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.prove.charts import edges_of
from goldenthread.prove.formula import FALSE
from goldenthread.prove.place import At
from goldenthread.prove.routes import read_edges
from goldenthread.walk.program import DECIDE, END

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Program, Step


@dataclass(frozen=True, slots=True)
class Sides:
    """The program whose routes are looked at, the other, and the names there of what is called so here."""

    here: Program
    there: Program
    node: Callable[[str], str]
    entry: Callable[[str], str]

    def other(self, key: str) -> Step | None:
        """Give a node as the other program has it."""
        return self.there.steps.get(self.node(key))


def parted(routes: Routes, step: Step, sides: Sides) -> int:
    """Give the literal of a node's being left by edges that lead to what is not seen as the same."""
    other = sides.other(step.key)
    if other is None or step.key not in routes.visited:
        return FALSE
    formula, left = routes.formula, At(routes, step.key)
    edges, theirs = _edges(step, left), _edges(other, left)
    apart = _apart(left, edges, theirs, sides)
    raised = formula.any(routes.raises(alert, step.key) for alert in step.alerts)
    if raised != FALSE:
        heard = formula.both(raised, _apart_once_heard(left, edges, theirs, sides))
        apart = formula.any((formula.both(-raised, apart), heard))
    return formula.both(routes.goes_on(step), apart)


def _apart_once_heard(left: At, edges: list[_Edge], theirs: list[_Edge], sides: Sides) -> int:
    """As `_apart`, where what was raised is heard out before the next node is passed, if the round is not closed."""
    routes, formula = left.routes, left.routes.formula
    parts = [_apart(left, [e for e in edges if e.onto is None], [e for e in theirs if e.onto is None], sides)]
    further = [edge for edge in theirs if edge.onto is not None]
    for key in dict.fromkeys(edge.onto.key for edge in edges if edge.onto is not None):
        led = [edge for edge in edges if edge.onto is not None and edge.onto.key == key]
        # What is opened by hand there comes after whatever decides on the way.
        opened = formula.any(places[key] for places in routes.opened.values() if key in places)
        parts.append(formula.both(-opened, _apart(At(routes, key, after=False), led, further, sides)))
    return formula.any(parts)


def _apart(place: At, edges: list[_Edge], theirs: list[_Edge], sides: Sides) -> int:
    """Give the literal of going some of one node's edges, and on from there not as by the other's: read at a place."""
    formula = place.routes.formula
    here, there = _Ways(place, sides.node).behind(edges), _Ways(place, str).behind(theirs)
    # Each way is one of several, so that those which both go alike are all that do not part.
    alike = formula.any(formula.both(literal, there[way]) for way, literal in here.items() if way in there)
    return formula.both(formula.any(here.values()), -alike)


class _Edge(NamedTuple):
    """An edge as it is read at a place; without a target that of no edge's being taken."""

    literal: int
    target: Step | None
    again: bool = False

    @property
    def onto(self) -> Step | None:
        """The node that it leads to within the round."""
        return self.target if not self.again else None


_Way = tuple[object, bool]
"""What an edge leads to, and whether it begins a round."""


class _Ways:
    """The ways on over some edges, read at one place: each with its literal, one of which holds.

    What only decides tells nothing and shows nothing: where it leads, read at the same place, is looked at instead.
    """

    def __init__(self, place: At, name: Callable[[str], str]) -> None:
        self.place, self.name = place, name
        self._found: dict[str, dict[_Way, int]] = {}

    def behind(self, edges: list[_Edge]) -> dict[_Way, int]:
        """Give the ways on over edges of a node."""
        formula = self.place.routes.formula
        ways: dict[_Way, list[int]] = {}
        for edge in edges:
            if edge.onto is not None and edge.onto.kind == DECIDE:
                for way, further in self._out_of(edge.onto).items():
                    ways.setdefault(way, []).append(formula.both(edge.literal, further))
            else:
                ways.setdefault((self._as_seen(edge.target), edge.again), []).append(edge.literal)
        return {way: formula.any(literals) for way, literals in ways.items()}

    def _out_of(self, step: Step) -> dict[_Way, int]:
        if step.key not in self._found:
            self._found[step.key] = self.behind(_edges(step, self.place))
        return self._found[step.key]

    def _as_seen(self, target: Step | None) -> object:
        """Name what an edge leads to: of ends that lead back to a visit, by what conditions read of them."""
        if target is None:
            return ""
        routes = self.place.routes
        chart, end = self.name(target.key).split(".")
        if target.kind != END or target.node.stop or target.node.flowchart == routes.root:
            return f"{chart}.{end}"
        outcome = f"{target.node.flowchart}.outcome"
        read = routes.atoms.by_key.get(outcome, ())
        return (chart, *(atom.truth({outcome: target.node.id}, {}) for atom in read))


def _edges(step: Step, place: At) -> list[_Edge]:
    """Give the edges of a node, read at a place."""
    read = read_edges(step, place)
    return [_Edge(literal, target, edge is not None and edge.again) for literal, edge, target in read]


def leading_to(step: Step, sides: Sides) -> list[Step] | None:
    """Give the nodes of both libraries that come by a new one; None where that shows by itself or begins something."""
    found: dict[str, Step] = {}
    waiting, start = [step], sides.here.charts[step.node.flowchart].start
    passed = {step.key}
    while waiting:
        new = waiting.pop()
        if new.kind != DECIDE or new is start:
            return None
        for before in sides.here.steps.values():
            ways = [edge for edge, target in edges_of(before) if target is new]
            if any(edge.again for edge in ways):
                return None
            if ways and sides.other(before.key) is not None:
                found[before.key] = before
            elif ways and before.key not in passed:
                passed.add(before.key)
                waiting.append(before)
    return list(found.values())
