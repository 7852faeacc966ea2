"""G012: an edge that closes the round within a flowchart that another runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import recursive_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find edges with `again` where the flowchart that is walked is another one."""
    run_by = {alert.opens: f"the alert `{alert.id}`" for alert in library.alerts.values()}
    run_by |= {id_: "the clinician" for id_, chart in library.flowcharts.items() if chart.opened_by_hand}
    # Visits in a circle are found as such (G004); without them another flowchart may run none of these.
    circles = [set(circle) for circle in recursive_visits(library)]
    run_by |= {
        node.visit: f"`{node.key}`"
        for node in library.nodes()
        if node.visit and not any({node.flowchart, node.visit} <= circle for circle in circles)
    }
    for flowchart in library.flowcharts.values():
        for node in flowchart.nodes.values() if flowchart.id in run_by else ():
            for edge in node.edges:
                if edge.again:
                    message = (
                        f"this edge closes the round within a flowchart that {run_by[flowchart.id]} opens"
                    )
                    help_ = "end this flowchart, and close the round where its outcome is read"
                    yield error("G012", edge.span, message, help_)
