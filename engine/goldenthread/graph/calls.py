"""Routes through visits: what a route may pass, where a call only ever returns to where it came from.

A route that returns from a flowchart needs only to know whether that flowchart can come back, so each
flowchart is summed up once, and nothing is walked twice. Conditions are not read: a route here may be one
that no answers take.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from goldenthread.graph.alerts import raising
from goldenthread.graph.reach import spread, successors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from goldenthread.model import Flowchart, Library, Node


def returning(library: Library, *, closed: str = "") -> set[str]:
    """Give the ids of the flowcharts that can come back to their visit.

    A route leads from the start to an end that does not stop.     With `closed`, routes through a visit of
    that flowchart do not count. A flowchart that is not there is taken to come back.
    """
    back: set[str] = set()
    held: dict[str, list[Node]] = {}
    seen: set[str] = set()
    waiting: list[Node] = []
    following = {id_: successors(flowchart) for id_, flowchart in library.flowcharts.items()}

    def go(node: Node) -> None:
        for id_ in following[node.flowchart][node.id]:
            take(library.flowcharts[node.flowchart].nodes[id_])

    def take(node: Node | None) -> None:
        if node is not None and node.key not in seen:
            seen.add(node.key)
            waiting.append(node)

    for id_, flowchart in library.flowcharts.items():
        if id_ != closed:
            take(flowchart.nodes.get(flowchart.start))
    while waiting:
        node = waiting.pop()
        if node.verb == "end":
            if not node.stop and node.flowchart not in back:
                back.add(node.flowchart)
                for visit in held.pop(node.flowchart, ()):
                    go(visit)
        elif _passable(node, library, back):
            go(node)
        else:
            held.setdefault(node.visit, []).append(node)
    return back


def _passable(node: Node, library: Library, back: set[str]) -> bool:
    return not node.visit or node.visit in back or node.visit not in library.flowcharts


def reachable_in(
    library: Library, root: str, *, opened: bool = True, but: AbstractSet[str] = frozenset()
) -> set[str]:
    """Give the full names of the nodes that some matched route from a flowchart's start comes to.

    With `opened`, alerts that a reached question can raise open their flowchart, and so can the clinician's
    hand; `but` names flowcharts that neither opens. Raises KeyError for a flowchart that there is not.
    """
    begin = [root]
    if opened:
        by_hand = [id_ for id_, flowchart in library.flowcharts.items() if flowchart.opened_by_hand]
        begin += [id_ for id_ in by_hand if id_ not in {root, *but}]
    found: dict[str, str] = {}
    _search(library, begin, returning(library), found)
    if not opened:
        return set(found)
    openers = [
        (alert.opens, {node.key for node in raising(library, alert)})
        for alert in library.alerts.values()
        if alert.opens in library.flowcharts and alert.opens not in but
    ]
    while True:
        new = {id_ for id_, askers in openers if id_ not in begin and any(key in found for key in askers)}
        if not new:
            return set(found)
        begin += sorted(new)
        _search(library, sorted(new), returning(library), found)


def under_way(library: Library, flowchart: str) -> set[str]:
    """Give the flowcharts in whose run alone a walk comes to another, itself among them: none is opened there anew."""
    charts = library.flowcharts
    visits = {
        id_: [node.visit for node in chart.nodes.values() if node.visit] for id_, chart in charts.items()
    }
    begin = charts.keys() - set().union(*visits.values())
    begin |= {id_ for id_, chart in charts.items() if chart.root or chart.opened_by_hand}
    begin |= {alert.opens for alert in library.alerts.values()}

    def comes_past(chart: str) -> bool:
        without = {id_: [v for v in called if v in charts and v != chart] for id_, called in visits.items()}
        del without[chart]
        return flowchart in spread(begin, without)

    return {chart for chart in charts if not comes_past(chart)}


def _search(
    library: Library,
    begin: list[str],
    back: set[str],
    found: dict[str, str],
    *,
    closed: str = "",
    goal: str = "",
) -> str:
    """Go breadth first from the starts of flowcharts, over matched routes.

    Puts into `found` each node and the one before it. Gives the first visit of the flowchart `goal`, or an
    empty text.
    """
    following: dict[str, Mapping[str, list[str]]] = {}
    waiting: deque[Node] = deque()

    def enter(flowchart: Flowchart, before: str) -> None:
        if flowchart.id not in following:
            following[flowchart.id] = successors(flowchart)
        reach(flowchart, flowchart.start, before)

    def reach(flowchart: Flowchart, id_: str, before: str) -> None:
        node = flowchart.nodes.get(id_)
        if node is not None and node.key not in found:
            found[node.key] = before
            waiting.append(node)

    for id_ in begin:
        enter(library.flowcharts[id_], "")
    while waiting:
        node = waiting.popleft()
        if goal and node.visit == goal:
            return node.key
        if node.visit in library.flowcharts and node.visit != closed:
            enter(library.flowcharts[node.visit], node.key)
        if _passable(node, library, back):
            flowchart = library.flowcharts[node.flowchart]
            for id_ in following[node.flowchart][node.id]:
                reach(flowchart, id_, node.key)
    return ""


def way_around(library: Library, root: str, to: str, through: str) -> tuple[str, ...]:
    """Give a shortest route from the start of `root` to a visit of `to` that passes no visit of `through`.

    Empty where there is none. The route is full node names; a visit that is followed by a node of its own
    flowchart was passed and came back. Routes that an alert or the clinician's hand opens are not among them.
    Raises KeyError for a flowchart that there is not.
    """
    for id_ in (root, to, through):
        if id_ not in library.flowcharts:
            raise KeyError(id_)
    if root == through:
        return ()
    found: dict[str, str] = {}
    last = _search(library, [root], returning(library, closed=through), found, closed=through, goal=to)
    route = []
    while last:
        route.append(last)
        last = found[last]
    return tuple(reversed(route))


def passes_through(library: Library, root: str, to: str, through: str) -> bool:
    """Say whether every route from the start of `root` to a visit of `to` passes a visit of `through` first.

    True also where no route leads there. `way_around` gives the route that shows the contrary.
    """
    return not way_around(library, root, to, through)
