"""G004: flowcharts that visit each other in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import recursive_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find recursive visits, each at the visit that leads back."""
    for circle in recursive_visits(library):
        last = library.flowcharts[circle[-1]]
        back = next(node for node in last.nodes.values() if node.visit == circle[0])
        if len(circle) == 1:
            message = f"the flowchart `{last.id}` visits itself"
        else:
            message = f"these flowcharts visit each other in a circle: {' → '.join([*circle, circle[0]])}"
        help_ = "take the visit out; a new round is begun with `again: true` on an edge"
        yield error("G004", at(back, "visit"), message, help_)
