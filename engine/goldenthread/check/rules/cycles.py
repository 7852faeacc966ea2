"""G003: a cycle that crosses no `again` edge; a walk could go round it for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import cycles_without_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find cycles within a round."""
    for flowchart in library.flowcharts.values():
        for cycle in cycles_without_again(flowchart):
            span = flowchart.nodes[cycle[0]].span
            route = " → ".join([*cycle, cycle[0]])
            help_ = "lead one of its edges onward, or write `again: true` on the edge that begins a new round"
            yield error("G003", span, f"this goes round without end: {route}", help_)
