"""G002: a node from which no end can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import dead_ends, reachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Diagnostic]:
    """Find nodes after which a walk can never end. One cause, one message: the place where it stops."""
    for flowchart in library.flowcharts.values():
        stuck = set(dead_ends(flowchart))
        reached = reachable(flowchart) if flowchart.start in flowchart.nodes else set()
        for id_ in sorted(stuck & reached):
            node = flowchart.nodes[id_]
            if node.edges and any(edge.go not in flowchart.nodes for edge in node.edges):
                continue  # its missing target was reported
            if not node.edges:
                yield error("G002", node.span, f"`{id_}` leads nowhere", "write `next:`, or make it an `end`")
            elif all(edge.go in stuck for edge in node.edges) and not _leads_to_stop(id_, flowchart.nodes, stuck):
                yield error("G002", node.span, f"no end can be reached from `{id_}`", "lead one of its edges to an `end`")


def _leads_to_stop(id_: str, nodes: Mapping[str, Node], stuck: set[str]) -> bool:
    """Say whether the node only leads on to another dead end, which is reported instead."""
    seen, todo = {id_}, [id_]
    while todo:
        node = nodes[todo.pop()]
        if not node.edges:
            return True
        for edge in node.edges:
            if edge.go not in nodes:
                return True
            if edge.go not in seen:
                seen.add(edge.go)
                todo.append(edge.go)
    return id_ != min(s for s in seen if s in stuck)
