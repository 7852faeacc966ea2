"""Circles and knots: those that never close a round, that no end follows, or that nothing leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.graph.reach import backwards, dead_ends, successors, unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from goldenthread.model import Flowchart, Library


def cycles_without_again(flowchart: Flowchart) -> list[list[str]]:
    """Give circles that cross no `again` edge, as node ids in the order walked: one for each knot.

    Nodes that can all reach each other make one knot, which can hold very many circles: a shortest one
    through the knot's first node stands for them. When it is broken, the next one shows.
    """
    nodes = flowchart.nodes
    following = {
        id_: [edge.go for edge in node.edges if not edge.again and edge.go in nodes]
        for id_, node in nodes.items()
    }
    return _knots(following)


def recursive_visits(library: Library) -> list[list[str]]:
    """Give circles of flowcharts that visit each other, as ids in the order visited."""
    following = {
        id_: [node.visit for node in flowchart.nodes.values() if node.visit in library.flowcharts]
        for id_, flowchart in library.flowcharts.items()
    }
    return _knots(following)


def traps(flowchart: Flowchart) -> list[list[str]]:
    """Give the nodes at which routes without an end stop: one alone, or a knot that no edge leaves."""
    return _outermost(dead_ends(flowchart), successors(flowchart))


def lost_heads(flowchart: Flowchart) -> list[str]:
    """Give the nodes that no route from the start comes to, but for those that come after another of them."""
    lost = unreachable(flowchart)
    return [knot[0] for knot in _outermost(lost, backwards(successors(flowchart)))] if lost else []


def _outermost(ids: list[str], following: Mapping[str, list[str]]) -> list[list[str]]:
    """Give, among some nodes, the knots from which no edge leads to another of them."""
    if not ids:
        return []
    import networkx as nx  # noqa: PLC0415 -- a heavy import, made when used

    among = dict.fromkeys(ids)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((id_, target) for id_ in ids for target in following[id_] if target in among)
    place = {id_: n for n, id_ in enumerate(ids)}
    found = [
        sorted(knot, key=place.__getitem__)
        for knot in nx.strongly_connected_components(graph)
        if all(target in knot for id_ in knot for target in graph.successors(id_))
    ]
    return sorted(found, key=lambda knot: place[knot[0]])


def _knots(following: Mapping[str, list[str]]) -> list[list[str]]:
    if not _turns(following):
        return []
    import networkx as nx  # noqa: PLC0415 -- a heavy import, made when used

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(following)
    graph.add_edges_from((id_, target) for id_, targets in following.items() for target in targets)
    place = {id_: n for n, id_ in enumerate(following)}
    knots = [
        knot
        for knot in nx.strongly_connected_components(graph)
        if len(knot) > 1 or _turns_on_itself(knot, graph)
    ]
    firsts = sorted((min(knot, key=place.__getitem__) for knot in knots), key=place.__getitem__)
    within = {id_: knot for knot in knots for id_ in knot}
    return [_shortest(first, following, within[first]) for first in firsts]


def _turns(following: Mapping[str, list[str]]) -> bool:
    """Say whether there is a circle at all; there seldom is, and then the graph need not be built."""
    waits = {id_: len(targets) for id_, targets in following.items()}
    before = backwards(following)
    done = [id_ for id_, count in waits.items() if not count]
    for id_ in done:
        for source in before[id_]:
            waits[source] -= 1
            if not waits[source]:
                done.append(source)
    return len(done) < len(waits)


def _turns_on_itself(knot: set[str], graph: nx.DiGraph[str]) -> bool:
    (id_,) = knot
    return graph.has_edge(id_, id_)


def _shortest(first: str, following: Mapping[str, list[str]], knot: set[str]) -> list[str]:
    """Give a shortest circle from `first` back to it, within a knot."""
    came_from: dict[str, str] = {}
    row = [first]
    while row:
        later = []
        for id_ in row:
            for target in following[id_]:
                if target == first:
                    return _back(id_, first, came_from)
                if target in knot and target not in came_from:
                    came_from[target] = id_
                    later.append(target)
        row = later
    raise AssertionError(first)  # pragma: no cover -- a knot holds a circle through each of its nodes


def _back(last: str, first: str, came_from: Mapping[str, str]) -> list[str]:
    circle = [last]
    while circle[-1] != first:
        circle.append(came_from[circle[-1]])
    return circle[::-1]
