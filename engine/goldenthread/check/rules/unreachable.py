"""G001: a node to which no edges lead from the start of its flowchart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import lost_heads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find nodes that no walk can come to. Those that only come after such a node are not named as well."""
    for flowchart in library.flowcharts.values():
        nodes = flowchart.nodes
        if flowchart.start not in nodes:
            continue
        # An edge that leads nowhere may be the one that was to lead here.
        if any(edge.go not in nodes for node in nodes.values() for edge in node.edges):
            continue
        for id_ in lost_heads(flowchart):
            message = f"no edges lead from the start `{flowchart.start}` to `{id_}`"
            yield error("G001", at(nodes[id_]), message, f"lead an edge to `{id_}`, or take it out")
