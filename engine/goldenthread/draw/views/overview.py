"""The overview: a box a flowchart, each within its phase, in the order in which planning comes to them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box, Group
from goldenthread.draw.views.names import cap, filled, named
from goldenthread.draw.views.parts import alert_id
from goldenthread.graph import raising
from goldenthread.model.flowchart import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.draw.diagram import Diagram, State
    from goldenthread.model import Edge, Flowchart, Library, Node

_LONG = 6
"""A drawing with more rows than this stands in two columns."""
_WAYS = 3
"""Between two visits: as many ways are said, and where there are more, none."""


def overview(library: Library, frame: Diagram, path: Sequence[str] = ()) -> Diagram:
    """Draw all flowcharts, a box each.

    What a root visits is drawn in the order visited, over what lies between; what others visit hangs below them. An
    alert is one box, with the flowcharts that can raise it and one arrow to the one that it opens. What would be long
    from top to bottom stands in two columns.
    """
    view = _Overview(library, path)
    flowcharts = sorted(library.flowcharts.values(), key=lambda flowchart: flowchart.number)
    boxes = [view.box(flowchart) for flowchart in flowcharts]
    arrows = [arrow for flowchart in flowcharts for arrow in view.arrows(flowchart)]
    alerts, ways = view.alerts()
    return replace(
        frame,
        boxes=(*boxes, *alerts),
        arrows=(*arrows, *ways),
        groups=tuple(view.groups(alerts)),
        numbers=True,
    )


class _Overview:
    def __init__(self, library: Library, path: Sequence[str]) -> None:
        self.library, self.path = library, path
        self.on = {key.partition(".")[0] for key in path}
        visits = {node.key: node.visit for node in library.nodes() if node.visit}
        roots = {flowchart.id for flowchart in library.flowcharts.values() if flowchart.root}
        self.visited = {visit for key, visit in visits.items() if key.partition(".")[0] in roots}
        walked = [visits[key] for key in path if key in visits and key.partition(".")[0] in roots]
        self.steps = set(pairwise(walked))

    def state(self, *ids: str) -> State:
        if not self.path:
            return "plain"
        return "on" if self.on.issuperset(ids) else "off"

    def step(self, tail: str, head: str) -> State:
        if not self.path:
            return "plain"
        return "on" if (tail, head) in self.steps else "off"

    def box(self, flowchart: Flowchart) -> Box:
        questions = sum(node.verb in {"ask", "measure"} for node in flowchart.nodes.values())
        count = f"{questions} question{'' if questions == 1 else 's'}"
        return Box(flowchart.id, "visit", named(flowchart), (count,), state=self.state(flowchart.id))

    def groups(self, alerts: Sequence[Box]) -> Iterator[Group]:
        flowcharts = self.library.flowcharts
        second = self.second(alerts)
        for phase in PHASES:
            own = [flowchart.id for flowchart in flowcharts.values() if flowchart.phase == phase]
            own += [box.id for box in alerts if flowcharts[box.id.rpartition("/")[2]].phase == phase]
            if own:
                spine = tuple(id_ for id_ in own if id_ in self.visited) or own[:1]
                column = int(phase in second)
                yield Group(f"phase/{phase}", cap(phase), tuple(own), column=column, spine=tuple(spine))

    def second(self, alerts: Sequence[Box]) -> Sequence[str]:
        """Give the phases that stand in a second column, so that the two are about equally long."""
        charts = self.library.flowcharts.values()
        opened = {box.id.rpartition("/")[2] for box in alerts}
        rows = dict.fromkeys(("", *PHASES), 0)
        for chart in charts:
            phase = chart.phase if chart.phase in PHASES else ""
            follows = rows[phase] if chart.id in self.visited else 0
            own = 2 if chart.id in opened else 1 if chart.root else 1 + self.hung(chart.id)
            rows[phase] = max(rows[phase], follows + own)
        long = list(rows.values())
        if sum(long) <= _LONG:
            return ()
        cut = min(range(1, len(long)), key=lambda n: max(sum(long[:n]), sum(long[n:])))
        return PHASES[cut - 1 :]

    def arrows(self, flowchart: Flowchart) -> Iterator[Arrow]:
        visits = [node for node in flowchart.nodes.values() if node.visit in self.library.flowcharts]
        if not flowchart.root:
            yield from self._calls(flowchart, visits)
            return
        first = flowchart.nodes.get(flowchart.start)
        if first is not None:
            for to, words in _between(self.library, flowchart, [(first, ())]):
                yield self._arrow(flowchart.id, to, words, self.state(flowchart.id, to.visit))
        for visit in visits:
            after = [
                (flowchart.nodes[edge.go], _said(self.library, edge))
                for edge in visit.edges
                if edge.go in flowchart.nodes
            ]
            for to, words in _between(self.library, flowchart, after):
                arrow = self._arrow(visit.visit, to, words, self.step(visit.visit, to.visit))
                count = self.hung(visit.visit)
                yield arrow._replace(rows=1 - -count // _across(count))

    def _arrow(self, tail: str, to: Node, words: list[str], state: State) -> Arrow:
        said = ", or ".join(dict.fromkeys(words)) if len(words) <= _WAYS and all(words) else ""
        again = any(NEW_ROUND in word for word in words)
        return Arrow(tail, to.visit, ": ".join(filter(None, (to.number, said))), dashed=again, state=state)

    def _calls(self, flowchart: Flowchart, visits: Sequence[Node]) -> Iterator[Arrow]:
        calls: dict[str, list[str]] = {}
        for node in visits:
            calls.setdefault(node.visit, []).append(f"{node.number}, for each" if node.each else node.number)
        for n, (head, numbers) in enumerate(calls.items()):
            words, state = ", ".join(filter(None, numbers)), self.state(flowchart.id, head)
            yield Arrow(flowchart.id, head, words, state=state, rows=1 + n // _across(len(calls)))

    def hung(self, id_: str) -> int:
        """Give how many flowcharts hang below one: what comes after it stands below them."""
        visited = {node.visit for node in self.library.flowcharts[id_].nodes.values()}
        return len(visited & self.library.flowcharts.keys())

    def alerts(self) -> tuple[list[Box], list[Arrow]]:
        flowcharts = self.library.flowcharts
        raised: dict[str, dict[str, None]] = {}
        for alert in self.library.alerts.values():
            if alert.opens in flowcharts:
                own = raised.setdefault(alert.opens, {})
                own.update((node.flowchart, None) for node in raising(self.library, alert))
        boxes, arrows = [], []
        for opens, raisers in raised.items():
            names = [str(flowcharts[id_].number) for id_ in flowcharts if id_ in raisers]
            ways = [f"by an answer in {_listed(names)}"] if names else []
            ways += ["by hand at any question"] if flowcharts[opens].opened_by_hand else []
            text = [", or ".join(ways)] if ways else []
            box = Box(
                alert_id("overview", opens), "alert", f"Alert: opens {named(flowcharts[opens])}", tuple(text)
            )
            boxes.append(box._replace(state=self.state(opens)))
            arrows.append(Arrow(box.id, opens, state=self.state(opens)))
        return boxes, arrows


def _across(count: int) -> int:
    """Give how many flowcharts stand in a row below the one that visits them: no more than there are rows."""
    return max(1, min(count, 2), isqrt(count))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _said(library: Library, edge: Edge) -> tuple[str, ...]:
    said = filled(library, edge.say())
    return (said, f"({NEW_ROUND})") if edge.again else (said,)


def _between(
    library: Library, flowchart: Flowchart, begin: list[tuple[Node, tuple[str, ...]]]
) -> list[tuple[Node, list[str]]]:
    """Give the visits that come next, each with the words on the ways to it over what is no visit."""
    found: dict[str, tuple[Node, list[str]]] = {}
    waiting = [(node, words, frozenset[str]()) for node, words in begin]
    while waiting:
        node, words, passed = waiting.pop(0)
        if node.visit in library.flowcharts:
            ways = found.setdefault(node.id, (node, []))[1]
            if len(ways) <= _WAYS:
                ways.append(" ".join(filter(None, words)))
            continue
        if node.id in passed or len(waiting) > len(flowchart.nodes) * _WAYS:
            continue
        for edge in node.edges:
            if edge.go in flowchart.nodes:
                more = (*words, *_said(library, edge))
                waiting.append((flowchart.nodes[edge.go], more, passed | {node.id}))
    return list(found.values())
