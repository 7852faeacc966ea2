"""G007: an obligation that a route of edges breaks, with the route that breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import way_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find routes to one flowchart that pass around another. What is passed around in one place is named once."""
    roots = [flowchart.id for flowchart in library.flowcharts.values() if flowchart.root]
    obliged: dict[str, dict[str, str]] = {}
    for obligation in library.obligations.values():
        if obligation.route:
            obliged.setdefault(obligation.route["through"], {})[obligation.route["to"]] = obligation.id
    said = set()
    for through, targets in obliged.items():
        for root in roots:
            routes = [route for to in targets if (route := way_around(library, root, to, through))]
            if not routes:
                continue
            shortest = min(routes, key=len)
            node = library.node(shortest[-1])
            if node is None or (through, node.key) in said:
                continue
            said.add((through, node.key))
            message = (
                f"a route from `{root}` comes to `{node.visit}` and passes around `{through}`, "
                f"against the obligation `{targets[node.visit]}`"
            )
            help_ = f"visit `{through}` on every way to it"
            yield error("G007", at(node, "visit"), message, help_, " → ".join(shortest))
