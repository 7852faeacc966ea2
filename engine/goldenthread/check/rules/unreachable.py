"""G001: a node to which no edges lead from the start of its flowchart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find nodes that no walk can come to."""
    for flowchart in library.flowcharts.values():
        if flowchart.start not in flowchart.nodes:
            continue
        for id_ in unreachable(flowchart):
            message = f"no edges lead from the start `{flowchart.start}` to `{id_}`"
            yield error("G001", flowchart.nodes[id_].span, message, "lead an edge to it, or take it out")
