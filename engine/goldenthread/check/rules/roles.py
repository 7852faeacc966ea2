"""G009: a root flowchart that never asks for what the plan reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import reachable_in
from goldenthread.plan.roles import ENGINE_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library

_SHOWN = 6


def check(library: Library) -> Iterator[Finding]:
    """Find roots that plan and leave roles unfilled that the plan reads."""
    for flowchart in library.flowcharts.values():
        if not flowchart.root or flowchart.phase != "planning":
            continue
        nodes = (library.node(key) for key in reachable_in(library, flowchart.id))
        filled = {node.role for node in nodes if node is not None}
        lacking = [id_ for id_ in ENGINE_ROLES if id_ not in filled]
        if lacking:
            several = len(lacking) > 1
            named = ", ".join(f"`{id_}`" for id_ in lacking[:_SHOWN])
            if len(lacking) > _SHOWN:
                named += f" and {len(lacking) - _SHOWN} more"
            message = (
                f"no question on any route from `{flowchart.id}` fills the "
                f"role{'s' if several else ''} {named}, which the plan reads"
            )
            help_ = "write `as: ROLE` at the question that asks for " + ("each" if several else "it")
            yield error("G009", at(flowchart), message, help_)
