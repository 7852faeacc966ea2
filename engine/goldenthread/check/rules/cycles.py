"""G003: a cycle that crosses no `again` edge; a walk could go round it for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import cycles_without_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find cycles within a round, each at the edge that leads back."""
    for flowchart in library.flowcharts.values():
        for cycle in cycles_without_again(flowchart):
            last = flowchart.nodes[cycle[-1]]
            back = next(edge for edge in last.edges if edge.go == cycle[0] and not edge.again)
            route = " → ".join([*cycle, cycle[0]])
            help_ = "lead this edge onward, or write `again: true` at it if it begins a new round"
            yield error("G003", back.span, f"this edge goes round without end: {route}", help_)
