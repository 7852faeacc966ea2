"""Ways through the flowcharts to a node or an edge, and what has to be answered to be led along them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from goldenthread.trial.wishes import Wish, wishes

if TYPE_CHECKING:
    from random import Random

    from goldenthread.model import Edge
    from goldenthread.trial.crossing import Crossing
    from goldenthread.walk import Program, Step

_DEEPEST = 8
"""How many flowcharts may stand one within the other."""


class Routes:
    """Finds ways by chance: any of several as good, and the more of them the oftener it is asked."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._visits: dict[str, list[Step]] = {}
        for step in program.steps.values():
            if step.node.visit:
                self._visits.setdefault(step.node.visit, []).append(step)

    def to(self, crossing: Crossing, root: str, random: Random) -> list[Wish]:
        """Give wishes for answers that cross an edge, an alert or a rule."""
        if crossing.edge is None:
            return wishes(crossing.when, True, random) if crossing.when else []
        step = self._program.steps[crossing.key[1]]
        return [*_taking(step, crossing.edge, random), *self._reaching(step, root, random, _DEEPEST)]

    def through(self, key: str, root: str, random: Random) -> list[Wish]:
        """Give wishes for answers that lead to a node."""
        return self._reaching(self._program.steps[key], root, random, _DEEPEST)

    def _reaching(self, step: Step, root: str, random: Random, deep: int) -> list[Wish]:
        chart = step.node.flowchart
        found = self._within(self._program.charts[chart].start, step, random)
        if chart == root or not deep:
            return found
        callers = self._visits.get(chart, [])
        alerts = [alert for alert in self._program.library.alerts.values() if alert.opens == chart]
        if not callers and not alerts:
            return found
        place = random.randrange(len(callers) + len(alerts))
        if place < len(callers):
            return found + self._reaching(callers[place], root, random, deep - 1)
        return found + wishes(alerts[place - len(callers)].raise_when, True, random)

    def _within(self, start: Step, goal: Step, random: Random) -> list[Wish]:
        """Give wishes along one of the short ways from the start of a flowchart to a node in it."""
        came: dict[str, tuple[Step, Edge]] = {}
        waiting = deque([start])
        while waiting and goal.key not in came:
            step = waiting.popleft()
            ways = _ways(step)
            random.shuffle(ways)
            for edge, target in ways:
                if target.key not in came and target is not start:
                    came[target.key] = (step, edge)
                    waiting.append(target)
        found: list[Wish] = []
        key = goal.key
        while key in came:
            step, edge = came[key]
            found += _taking(step, edge, random)
            key = step.key
        return found


def _ways(step: Step) -> list[tuple[Edge, Step]]:
    last = [way for way in (step.unknown, step.otherwise) if way is not None]
    return [*((edge, target) for _, edge, target in step.branches), *last]


def _taking(step: Step, wanted: Edge, random: Random) -> list[Wish]:
    """Give wishes for answers at which a step is left by an edge."""
    found: list[Wish] = []
    branches = [edge for _, edge, _ in step.branches]
    open_ = random.randrange(len(branches)) if wanted.kind == "unknown" and branches else -1
    for n, edge in enumerate(branches):
        assert edge.when is not None  # noqa: S101 -- a branch has a condition
        if edge is wanted:
            return found + wishes(edge.when, True, random)
        found += wishes(edge.when, None if n == open_ else False, random)
    return found
