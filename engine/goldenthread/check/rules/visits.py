"""G004 and G010: flowcharts that visit each other in a circle, and flowcharts that nothing opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error, warning
from goldenthread.graph import recursive_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find recursive visits, and flowcharts that no walk opens."""
    for circle in recursive_visits(library):
        route = " → ".join([*circle, circle[0]])
        span = library.flowcharts[circle[0]].span
        yield error("G004", span, f"these flowcharts visit each other in a circle: {route}", "take one of the visits out")
    opened = {node.visit for node in library.nodes() if node.visit} | {alert.opens for alert in library.alerts.values()}
    for flowchart in library.flowcharts.values():
        if not (flowchart.root or flowchart.opened_by_hand or flowchart.id in opened):
            message = f"nothing opens the flowchart `{flowchart.id}`"
            yield warning("G010", flowchart.span, message, "visit it from another, or write `root: true` if it is walked on its own")
