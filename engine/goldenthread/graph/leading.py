"""What leads to a node: the steps of matched routes, through the visits that its flowchart is entered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goldenthread.graph.calls import returning
from goldenthread.graph.reach import backwards, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Flowchart, Library, Node


class Leading(NamedTuple):
    """What is on some route to a node, within one round."""

    nodes: frozenset[str]
    """Full names. A visit among them is passed over, or entered where it is among the calls too."""
    steps: frozenset[tuple[str, str]]
    """The steps from node to node of one flowchart."""
    calls: frozenset[str]
    """The visits that a route enters and has not come back from when it reaches the node."""
    flowcharts: tuple[str, ...]
    """The flowcharts that the routes go through, the node's own last."""


def leading_to(library: Library, key: str) -> Leading:
    """Give what is on the matched routes to a node, from the start of each flowchart that leads there.

    A route enters a flowchart by a visit of it, passes over a visit only where its flowchart can come back, and is not
    in a new round. Raises KeyError for a node that there is not.
    """
    node = library.node(key)
    if node is None:
        raise KeyError(key)
    back = returning(library)
    callers: dict[str, list[Node]] = {}
    for visit in library.nodes():
        if visit.visit:
            callers.setdefault(visit.visit, []).append(visit)
    goals: dict[str, set[str]] = {node.flowchart: {node.id}}
    found: dict[str, tuple[set[str], set[tuple[str, str]]]] = {}
    waiting = [node.flowchart]
    calls: set[str] = set()
    while waiting:
        id_ = waiting.pop(0)
        flowchart = library.flowcharts[id_]
        last = node.id if id_ == node.flowchart else ""
        found[id_] = _within(library, flowchart, goals[id_], last, back)
        if flowchart.start not in found[id_][0]:
            continue
        for visit in callers.pop(id_, ()):
            calls.add(visit.key)
            goals.setdefault(visit.flowchart, set()).add(visit.id)
            if visit.flowchart not in waiting:
                waiting.append(visit.flowchart)
    nodes = {f"{id_}.{name}" for id_, (names, _) in found.items() for name in names}
    steps = {(f"{id_}.{a}", f"{id_}.{b}") for id_, (_, pairs) in found.items() for a, b in pairs}
    return Leading(
        frozenset(nodes),
        frozenset(steps),
        frozenset(calls & nodes),
        tuple(reversed([id_ for id_ in found if found[id_][0]])),
    )


def _within(
    library: Library, flowchart: Flowchart, goals: set[str], last: str, back: set[str]
) -> tuple[set[str], set[tuple[str, str]]]:
    """Give the nodes and steps on the routes through one flowchart to any of its goals."""
    following = _passed(library, flowchart, last, back)
    found = spread([flowchart.start], following) & spread(goals, backwards(following))
    steps = {(id_, target) for id_ in found for target in following[id_] if target in found}
    return found, steps


def _passed(library: Library, flowchart: Flowchart, last: str, back: set[str]) -> Mapping[str, list[str]]:
    """Give, by node, those that a route goes on to: from the last, and past a visit of no return, to none."""
    nodes = flowchart.nodes
    return {
        id_: []
        if id_ == last or (node.visit in library.flowcharts and node.visit not in back)
        else list(dict.fromkeys(edge.go for edge in node.edges if edge.go in nodes and not edge.again))
        for id_, node in nodes.items()
    }
