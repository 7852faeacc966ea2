"""The flowcharts that one flowchart can come to: who enters whom, from where, in which order."""

from __future__ import annotations

from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from goldenthread.walk.program import ASK, END, MEASURE, VISIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.language import Condition
    from goldenthread.model import Edge
    from goldenthread.walk import Program, Step


def edges_of(step: Step) -> list[tuple[Edge, Step]]:
    """Give a node's edges as authored, each with where it leads."""
    made = [(edge, target) for _, edge, target in step.branches]
    made += [pair for pair in (step.unknown, step.otherwise) if pair is not None]
    return made


class Charts:
    """The part of a program that is come to from one flowchart."""

    def __init__(self, program: Program, root: str) -> None:
        self.program, self.root = program, root
        self._nodes: dict[str, list[Step]] = {}
        for step in program.steps.values():
            self._nodes.setdefault(step.node.flowchart, []).append(step)
        hand = sorted(chart for chart in program.opened_by_alerts if chart in program.charts)
        self.ids = self._come_to([root, *hand])
        self.opened = tuple(chart for chart in hand if chart != root)
        """Flowcharts that alerts and the clinician's hand open."""
        self.keys = tuple(step.key for chart in self.ids for step in self._nodes[chart])
        self._below: dict[str, frozenset[str]] = {}
        self.visits: dict[str, list[str]] = {}
        for key in self.keys:
            node = program.steps[key].node
            if node.visit:
                self.visits.setdefault(node.visit, []).append(key)
        self.measures: dict[str, list[str]] = {}
        for key in self.keys:
            if program.steps[key].kind == MEASURE:
                self.measures.setdefault(program.steps[key].node.measure, []).append(key)
        self.each = frozenset(
            program.steps[v].node.visit
            for vs in self.visits.values()
            for v in vs
            if program.steps[v].node.each
        )
        self.listed = frozenset(name for key in self.keys for name in program.steps[key].node.lists)
        """What holds a list that some flowchart runs for each of."""
        self.afresh = self.each | frozenset(self.opened)
        """Flowcharts that may run more than once; each run begins with nothing known of what they ask."""
        self.unsteady = frozenset().union(*(self.below(chart) for chart in self.afresh))
        """Those, and what they come to: what they tell may come from another run than the one looked at."""
        self.again = tuple(
            (key, edge, target)
            for key in self.keys
            for edge, target in self.edges(program.steps[key])
            if edge.again
        )
        self._after: dict[str, frozenset[str]] = {}
        self._tellers: dict[str, frozenset[str]] = {}
        self._writers = self._all_writers()
        self.rank = self._ranks()

    def _come_to(self, begin: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = list(reversed(begin))
        while waiting:
            chart = waiting.pop()
            if chart in found:
                continue
            found[chart] = None
            waiting += [s.node.visit for s in self._nodes[chart] if s.node.visit]
        return tuple(found)

    def below(self, chart: str) -> frozenset[str]:
        """Give a flowchart and those that it comes to by visits."""
        if chart not in self._below:
            self._below[chart] = frozenset(self._come_to([chart]))
        return self._below[chart]

    def apart(self, chart: str) -> frozenset[str]:
        """Give the flowcharts that the first one comes to by visits without another."""
        found: set[str] = set()
        waiting = [self.root]
        while waiting:
            one = waiting.pop()
            if one not in found and one != chart:
                found.add(one)
                waiting += [s.node.visit for s in self._nodes[one] if s.node.visit]
        return frozenset(found)

    def _ranks(self) -> Mapping[str, int]:
        """Give the flowcharts numbers, one that enters another before that other."""
        callers: dict[str, list[str]] = {chart: [] for chart in self.ids}
        for chart in self.ids:
            for called in (step.node.visit for step in self._nodes[chart] if step.node.visit):
                callers[called].append(chart)
        for chart in self.opened:
            callers[chart] += [other for other in self.ids if self._opens_from(chart, other)]
        return {chart: n for n, chart in enumerate(TopologicalSorter(callers).static_order())}

    def _opens_from(self, chart: str, other: str) -> bool:
        """Say whether a flowchart can be opened by hand at questions of another, which is not opened itself."""
        return not any(other in self.below(opened) for opened in (chart, *self.opened))

    def askers_outside(self, chart: str) -> list[str]:
        """Give where a flowchart can be opened by hand, or be raised in what is: questions, and visits with some."""
        if not self.by_hand(chart) and not self._raised_by_hand(chart):
            return []
        return [*self._outside(chart), *self._visits_within(chart)]

    def by_hand(self, chart: str) -> bool:
        """Say whether the clinician can open a flowchart."""
        return self.program.library.flowcharts[chart].opened_by_hand

    def _raised_by_hand(self, chart: str) -> bool:
        """Say whether an answer within what is opened by hand can open a flowchart."""
        within = frozenset().union(*(self.below(other) for other in self.opened if self.by_hand(other)))
        raising = (self.program.steps[key] for key in self.keys if self.chart_of(key) in within)
        return any(alert.opens == chart for step in raising for alert in step.alerts)

    def _outside(self, chart: str) -> list[str]:
        return [
            key
            for key in self.keys
            if self.program.steps[key].waits and self._opens_from(chart, self.chart_of(key))
        ]

    def _visits_within(self, chart: str) -> list[str]:
        """Give the visits to what a flowchart that can be opened comes to itself, from elsewhere."""
        inside = frozenset().union(*(self.below(opened) for opened in self.opened)) - {chart}
        visits = [visit for called in sorted(inside) for visit in self.visits.get(called, ())]
        return [visit for visit in visits if self._opens_from(chart, self.chart_of(visit))]

    def raisers_outside(self, chart: str) -> list[str]:
        """Give the nodes after which alerts can open a flowchart: their questions, and visits in which they are put."""
        alerts = [alert for alert in self.program.library.alerts.values() if alert.opens in self.opened]
        inside = frozenset().union(*(self.below(opened) for opened in self.opened))
        raising = {
            key for key in self.keys if any(alert in self.program.steps[key].alerts for alert in alerts)
        }
        outside = [key for key in self._outside(chart) if key in raising]
        if any(self.chart_of(key) in inside for key in raising):
            visited = [visit for called in sorted(inside) for visit in self.visits.get(called, ())]
            outside += [visit for visit in visited if self.chart_of(visit) not in inside]
        return outside

    def tellers(self, key: str) -> frozenset[str]:
        """Give the flowcharts in which a fact is told."""
        if key not in self._tellers:
            self._tellers[key] = frozenset(self.chart_of(writer) for writer in self.writers(key))
        return self._tellers[key]

    def chart_of(self, key: str) -> str:
        """Give the flowchart of a node."""
        return self.program.steps[key].node.flowchart

    def edges(self, step: Step) -> list[tuple[Edge, Step]]:
        """Give a node's edges as authored, each with where it leads."""
        return edges_of(step)

    @cached_property
    def into(self) -> Mapping[str, tuple[Step, ...]]:
        """The nodes whose edges lead to each node within the round."""
        made: dict[str, list[Step]] = {}
        for key in self.keys:
            step = self.program.steps[key]
            for edge, target in self.edges(step):
                if not edge.again:
                    made.setdefault(target.key, []).append(step)
        return {key: tuple(steps) for key, steps in made.items()}

    def standing(self, place: str, *, after: bool) -> str:
        """Name where a walk stands at a place: the same name wherever nothing can be answered in between."""
        step = self.program.steps.get(place)
        if step is None:
            return ""
        if after and (step.waits or step.kind == VISIT):
            return f"after {place}"
        if step.waits and self.opened:
            # What is opened at a question, before it is answered, is told there.
            return f"before {place}"
        before = self.into.get(place, ())
        if step is self.program.charts[step.node.flowchart].start:
            visit = self._only_visit(step.node.flowchart) if not before else ""
            return self.standing(visit, after=False) if visit else f"before {place}"
        if len(before) != 1 or before[0].waits:
            return f"before {place}"
        return self.standing(before[0].key, after=True)

    def _only_visit(self, chart: str) -> str:
        """Give the one visit through which a flowchart is entered, once a round; an empty text where there is none."""
        visits = self.visits.get(chart, [])
        once = len(visits) == 1 and chart not in self.afresh and chart != self.root
        begins_a_round = any(target.node.flowchart == chart for _, _, target in self.again)
        return visits[0] if once and not begins_a_round else ""

    def after(self, key: str) -> frozenset[str]:
        """Give the nodes of the same flowchart that some route comes to after a node, within the round."""
        if key not in self._after:
            found: set[str] = set()
            waiting = [self.program.steps[key]]
            while waiting:
                for edge, target in self.edges(waiting.pop()):
                    if not edge.again and target.key not in found:
                        found.add(target.key)
                        waiting.append(target)
            self._after[key] = frozenset(found)
        return self._after[key]

    def returns(self, chart: str) -> list[str]:
        """Give the ends of a flowchart that lead back to its visit."""
        return [s.key for s in self._nodes[chart] if s.kind == END and not s.node.stop]

    def _all_writers(self) -> Mapping[str, tuple[str, ...]]:
        made: dict[str, list[str]] = {}
        for key in self.keys:
            step = self.program.steps[key]
            if step.kind == END:
                made.setdefault(f"{step.node.flowchart}.outcome", []).append(key)
            elif step.kind in {ASK, MEASURE}:
                for fact in (key, step.role):
                    if fact:
                        made.setdefault(fact, []).append(key)
                if step.kind == MEASURE:
                    made.setdefault(f"{step.node.measure}.*", []).append(key)
        return {key: tuple(writers) for key, writers in made.items()}

    def writers(self, key: str) -> tuple[str, ...]:
        """Give the questions, measures and ends that give a fact its value."""
        found = self._writers.get(key)
        if found is None:
            found = self._writers.get(f"{key.partition('.')[0]}.*", ())
        return found

    def narrowing(self, key: str) -> tuple[Mapping[str, Condition], str, bool]:
        """Give what hides a question's options, the role that they were chosen for, and whether it takes own words."""
        node = self.program.steps[key].node
        role = self.program.library.roles.get(node.role)
        asked = role or node
        hidden = {o.id: o.when for o in asked.options.values() if o.when is not None}
        chosen_in = asked.options_from if asked.options_from in self.program.library.roles else ""
        return hidden, chosen_in, asked.other
