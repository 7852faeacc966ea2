"""The order in which a route passes nodes: who enters which flowchart, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goldenthread.prove.charts import Charts
from goldenthread.prove.formula import FALSE, TRUE
from goldenthread.walk.program import VISIT

if TYPE_CHECKING:
    from goldenthread.prove.formula import Formula
    from goldenthread.walk import Program


class Entry(NamedTuple):
    """A way into a flowchart: the node that it is entered at, and where in that node's turn the run stands."""

    place: str
    told: bool = True
    """The node's own answer comes before the run."""
    counts: bool = True
    """What the run tells is known where the node branches."""


class Order:
    """A literal for each node's being passed in a round, and what they say of the order.

    A flowchart's nodes stand once: where it can run more than once in a round, they stand for one of its runs. Here
    the literals are only named; what a route is has yet to be demanded of them.
    """

    def __init__(self, program: Program, root: str, formula: Formula) -> None:
        self.program, self.root, self.formula = program, root, formula
        charts = self.charts = Charts(program, root)
        self.visited = {key: formula.new() for key in charts.keys}
        self.opened = {
            chart: {key: formula.new() for key in charts.askers_outside(chart)} for chart in charts.opened
        }
        """By flowchart that can be opened, the literals of its being opened by hand before a question is answered."""
        self.alerted = {
            chart: {key: formula.new() for key in charts.raisers_outside(chart)} for chart in charts.opened
        }
        """The same for its being opened by an alert, after the answer to a question or after a visit."""
        self.runs = {
            visit: formula.new()
            for chart in charts.ids
            if chart in charts.unsteady
            for visit in charts.visits.get(chart, ())
        }
        """By visit to a flowchart that may run otherwise too, the literal of this run's being the one that stands."""
        self.many = {visit: formula.new() for visit in self.runs if self.by_item(visit)}
        """By visit with `each`, the literal of its running for more items than one."""
        self._precedes: dict[tuple[str, str, bool], int] = {}
        self._turn: dict[str, int] = {}

    def by_item(self, visit: str) -> bool:
        """Say whether a visit runs its flowchart once an item."""
        return bool(self.program.steps[visit].node.each)

    def entries(self, chart: str) -> list[tuple[Entry, int]]:
        """Give the ways into a flowchart, each with its literal."""
        made = [(Entry(visit), self.entered(visit)) for visit in self.charts.visits.get(chart, ())]
        return made + self.openings(chart)

    def openings(self, chart: str) -> list[tuple[Entry, int]]:
        """Give the ways of opening a flowchart, by hand and by alerts."""
        made = [(Entry(key, told=False), literal) for key, literal in self.opened.get(chart, {}).items()]
        for key, literal in self.alerted.get(chart, {}).items():
            made.append((Entry(key, counts=not self.program.steps[key].waits), literal))
        return made

    def entered(self, visit: str) -> int:
        """Give the literal of a visit's running its flowchart, not passing it by."""
        return self.runs.get(visit) or self.turn(visit)

    def turn(self, visit: str) -> int:
        """Give the literal of a visit's being the first to its flowchart."""
        found = self._turn.get(visit)
        if found is None:
            formula, chart = self.formula, self.program.steps[visit].node.visit
            others = [v for v in self.charts.visits[chart] if v != visit and not self.by_item(v)]
            done = formula.any([formula.both(self.visited[v], self.precedes(v, visit)) for v in others])
            found = self._turn[visit] = formula.both(self.visited[visit], -done)
        return found

    def precedes(self, one: str, other: str, *, ran: bool = True) -> int:
        """Give the literal of one node's being passed before another, where both are passed.

        What a visit runs comes before it, since it branches after; unless `ran` says that it has yet to run.
        """
        key = (one, other, ran)
        found = self._precedes.get(key)
        if found is None:
            found = self._precedes[key] = self._find_order(one, other, ran=ran)
        return found

    def _find_order(self, one: str, other: str, *, ran: bool) -> int:
        charts = self.charts
        first, second = charts.chart_of(one), charts.chart_of(other)
        if first == second:
            return TRUE if other in charts.after(one) else FALSE
        if charts.rank[first] < charts.rank[second]:
            # The later flowchart was entered from somewhere: that place comes after `one`, or is it.
            ways = [(literal, self._before_entry(one, entry)) for entry, literal in self.entries(second)]
        else:
            ways = [
                (literal, self._after_entry(entry, other, ran=ran)) for entry, literal in self.entries(first)
            ]
        certain = {order for _, order in ways}
        if len(certain) <= 1:
            return certain.pop() if certain else FALSE
        return self.formula.any([self.formula.both(literal, order) for literal, order in ways])

    def _before_entry(self, one: str, entry: Entry) -> int:
        if one == entry.place:
            return TRUE if entry.told else FALSE
        return self.precedes(one, entry.place)

    def _after_entry(self, entry: Entry, other: str, *, ran: bool) -> int:
        if other == entry.place:
            counts = entry.counts and (ran or self.program.steps[other].kind != VISIT)
            return TRUE if counts else FALSE
        return self.precedes(entry.place, other, ran=ran)

    def before(self, writer: str, place: str, *, after: bool) -> int:
        """Give the literal of a question's being passed before a place. An empty place is the end of the round."""
        if writer == place:
            return TRUE if after else FALSE
        return self.precedes(writer, place, ran=after) if place else TRUE
