"""The order in which a route passes nodes: who enters which flowchart, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.prove.charts import Charts
from goldenthread.prove.formula import FALSE, TRUE

if TYPE_CHECKING:
    from goldenthread.prove.formula import Formula
    from goldenthread.walk import Program


class Order:
    """A literal for each node's being passed in a round, and what they say of the order.

    A flowchart runs once a round, so that its nodes stand once. Here the literals are only named; what a route is has
    yet to be demanded of them.
    """

    def __init__(self, program: Program, root: str, formula: Formula) -> None:
        self.program, self.root, self.formula = program, root, formula
        self.charts = Charts(program, root)
        self.visited = {key: formula.new() for key in self.charts.keys}
        self.opened = {
            chart: {key: formula.new() for key in self.charts.askers_outside(chart)}
            for chart in self.charts.opened
        }
        """By flowchart that can be opened, the literals of its being opened at a question."""
        self.some_item = {
            visit: formula.new()
            for visits in self.charts.visits.values()
            for visit in visits
            if self.by_item(visit)
        }
        """By visit with `each`, the literal of its running its flowchart for one item at least."""
        self._precedes: dict[tuple[str, str], int] = {}
        self._entered: dict[str, int] = {}

    def by_item(self, visit: str) -> bool:
        """Say whether a visit runs its flowchart once an item."""
        return bool(self.program.steps[visit].node.each)

    def entries(self, chart: str) -> dict[str, int]:
        """Give the literals of a flowchart's being entered, by the node it is entered from."""
        visits = {visit: self.entered(visit) for visit in self.charts.visits.get(chart, ())}
        return visits | self.opened.get(chart, {})

    def entered(self, visit: str) -> int:
        """Give the literal of a visit's running its flowchart, not passing it by."""
        if visit in self.some_item:
            return self.some_item[visit]
        found = self._entered.get(visit)
        if found is None:
            formula, chart = self.formula, self.program.steps[visit].node.visit
            others = [v for v in self.charts.visits[chart] if v != visit and not self.by_item(v)]
            done = formula.any([formula.both(self.visited[v], self.precedes(v, visit)) for v in others])
            found = self._entered[visit] = formula.both(self.visited[visit], -done)
        return found

    def precedes(self, one: str, other: str) -> int:
        """Give the literal of one node's being passed before another, where both are passed."""
        key = (one, other)
        found = self._precedes.get(key)
        if found is None:
            found = self._precedes[key] = self._find_order(one, other)
        return found

    def _find_order(self, one: str, other: str) -> int:
        charts = self.charts
        first, second = charts.chart_of(one), charts.chart_of(other)
        if first == second:
            return TRUE if other in charts.after(one) else FALSE
        if charts.rank[first] < charts.rank[second]:
            # The later flowchart was entered from somewhere: that place comes after `one`, or is it.
            ways = [
                (entry, TRUE if visit == one else self.precedes(one, visit))
                for visit, entry in self.entries(second).items()
            ]
        else:
            ways = [
                (entry, TRUE if visit == other else self.precedes(visit, other))
                for visit, entry in self.entries(first).items()
            ]
        certain = {order for _, order in ways}
        if len(certain) <= 1:
            return certain.pop() if certain else FALSE
        return self.formula.any([self.formula.both(entry, order) for entry, order in ways])

    def before(self, writer: str, place: str, *, after: bool) -> int:
        """Give the literal of a question's being passed before a place. An empty place is the end of the round."""
        if writer == place:
            return TRUE if after else FALSE
        return self.precedes(writer, place) if place else TRUE
