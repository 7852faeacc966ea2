"""G010: a flowchart that nothing opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find flowcharts that no walk comes to."""
    opened = {node.visit for node in library.nodes()} | {alert.opens for alert in library.alerts.values()}
    for flowchart in library.flowcharts.values():
        if not (flowchart.root or flowchart.opened_by_hand or flowchart.id in opened):
            help_ = "visit it from another, or write `root: true` if it is walked on its own"
            yield warning("G010", at(flowchart), f"nothing opens the flowchart `{flowchart.id}`", help_)
