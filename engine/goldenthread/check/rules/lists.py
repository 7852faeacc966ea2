"""G013: a list that is asked for in the run for one of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.graph import reachable_in, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import At, Finding
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Finding]:
    """Find questions that would change the list over which a flowchart is run, while it is.

    They stand in that flowchart, in one that it visits, or in one that is opened there: that forgets the list as it
    begins, so that the runs that are left are lost.
    """
    found: set[str] = set()
    for visit in library.nodes():
        for node, opened in _asking_within(library, visit):
            if node.key in found:
                continue
            found.add(node.key)
            yield _opened(node, visit) if opened else _asked(node, visit)


def _asked(node: Node, visit: Node) -> Finding:
    message = f"`{node.key}` asks for the list `{visit.each}` in the run for one of its items"
    help_ = f"ask for it before `{visit.key}`, or after it and run what is new by a second visit"
    return error("G013", _where(node, visit), message, help_)


def _opened(node: Node, visit: Node) -> Finding:
    message = (
        f"`{node.key}` asks for the list `{visit.each}`, and what can be opened in the run for one of its items "
        "comes to it"
    )
    help_ = f"ask under another role here: the list is forgotten, and with it the runs of `{visit.key}` that are left"
    return error("G013", _where(node, visit), message, help_)


def _where(node: Node, visit: Node) -> At:
    return at(node, "as" if node.role in visit.lists else "ask")


def _asking_within(library: Library, visit: Node) -> Iterator[tuple[Node, bool]]:
    """Give the questions for the list of a visit that one of its runs can come to, and whether by being opened."""
    if not visit.each or visit.visit not in library.flowcharts:
        return
    run = reachable_in(library, visit.visit, opened=False)
    closed = under_way(library, visit.flowchart)
    # Something is opened only at a question.
    asks = any(
        node.key in run and (node.verb in {"ask", "measure"} or node.tone == "urgent")
        for node in library.nodes()
    )
    within = reachable_in(library, visit.visit, opened=asks, but=closed)
    for node in library.nodes():
        if node.key in within and not {node.role, node.key}.isdisjoint(visit.lists):
            yield node, node.key not in run
