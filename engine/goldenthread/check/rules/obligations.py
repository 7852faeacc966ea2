"""G007: an obligation that a route of edges breaks, with the route that breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.graph import way_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find routes to one flowchart that pass around another."""
    roots = [flowchart.id for flowchart in library.flowcharts.values() if flowchart.root]
    for obligation in library.obligations.values():
        to, through = obligation.route.get("to", ""), obligation.route.get("through", "")
        if to not in library.flowcharts or through not in library.flowcharts:
            continue
        for root in roots:
            route = way_around(library, root, to, through)
            if route:
                node = library.node(route[-1])
                span = node.span if node else library.flowcharts[root].span
                message = f"from `{root}` a route leads to `{to}` and passes around `{through}`, against the obligation `{obligation.id}`"
                yield error("G007", span, message, f"visit `{through}` first", note=" → ".join(route))
