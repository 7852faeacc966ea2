"""G002: a node from which no end can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import cycles_without_again, reachable, traps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find where a walk stops for want of an end. Nodes that only lead there are not named as well."""
    for flowchart in library.flowcharts.values():
        nodes = flowchart.nodes
        if flowchart.start not in nodes:
            continue
        found = [
            trap
            for trap in traps(flowchart)
            if not any(e.go not in nodes for id_ in trap for e in nodes[id_].edges)
        ]
        if not found:
            continue
        reached = reachable(flowchart)
        turning = {id_ for circle in cycles_without_again(flowchart) for id_ in circle}
        for trap in found:
            node = nodes[trap[0]]
            if node.id not in reached or not turning.isdisjoint(trap):
                continue  # it is reported as a node that no walk comes to, or as a circle
            if not node.edges:
                help_ = "write `next: NODE`, or make it an `end`"
                yield error("G002", at(node), f"`{node.id}` leads nowhere", help_)
            else:
                help_ = "lead one of the edges in this circle to an `end`"
                yield error(
                    "G002", at(node), f"no end can be reached from `{node.id}`", help_, " → ".join(trap)
                )
