"""What can be reached within one flowchart. A visit counts as one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.model import Flowchart


def successors(flowchart: Flowchart) -> dict[str, list[str]]:
    """Give, by node id, the ids of the nodes after it: no repeats, no targets that are not there."""
    nodes = flowchart.nodes
    return {
        id_: list(dict.fromkeys(edge.go for edge in node.edges if edge.go in nodes))
        for id_, node in nodes.items()
    }


def backwards(following: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Turn every edge round."""
    before: dict[str, list[str]] = {id_: [] for id_ in following}
    for id_, targets in following.items():
        for target in targets:
            before[target].append(id_)
    return before


def spread(begin: Iterable[str], following: Mapping[str, Iterable[str]]) -> set[str]:
    """Give what can be reached from any of `begin`, those included."""
    seen = {id_ for id_ in begin if id_ in following}
    waiting = list(seen)
    while waiting:
        for target in following[waiting.pop()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def reachable(flowchart: Flowchart) -> set[str]:
    """Give the ids of the nodes that some route from the start comes to."""
    return spread([flowchart.start], successors(flowchart))


def unreachable(flowchart: Flowchart) -> list[str]:
    """Give the ids of the nodes that no route from the start comes to, as authored."""
    found = reachable(flowchart)
    return [id_ for id_ in flowchart.nodes if id_ not in found]


def dead_ends(flowchart: Flowchart) -> list[str]:
    """Give the ids of the nodes from which no `end` can be reached, as authored."""
    ends = [id_ for id_, node in flowchart.nodes.items() if node.verb == "end"]
    leading = spread(ends, backwards(successors(flowchart)))
    return [id_ for id_ in flowchart.nodes if id_ not in leading]


def routes_to(flowchart: Flowchart, node_id: str) -> set[str]:
    """Give the ids of the nodes on some route from the start to a node, both included.

    None where there is no route.     Raises KeyError for a node that there is not.
    """
    if node_id not in flowchart.nodes:
        raise KeyError(node_id)
    following = successors(flowchart)
    found = spread([flowchart.start], following)
    return found & spread([node_id], backwards(following)) if node_id in found else set()
