"""G013: a list that is asked for in the run for one of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import reachable_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Finding]:
    """Find questions that would change the list over which their own flowchart, or one that visits it, is run."""
    found: set[str] = set()
    for visit in library.nodes():
        for node in _asking_within(library, visit):
            if node.key in found:
                continue
            found.add(node.key)
            message = f"`{node.key}` asks for the list `{visit.each}` in the run for one of its items"
            help_ = f"ask for it before `{visit.key}`, or after it and run what is new by a second visit"
            yield error("G013", at(node, "as" if node.role in visit.lists else "ask"), message, help_)


def _asking_within(library: Library, visit: Node) -> Iterator[Node]:
    """Give the questions for the list of a visit that a route in one of its runs comes to."""
    if not visit.each or visit.visit not in library.flowcharts:
        return
    within = reachable_in(library, visit.visit, opened=False)
    for node in library.nodes():
        if node.key in within and not {node.role, node.key}.isdisjoint(visit.lists):
            yield node
