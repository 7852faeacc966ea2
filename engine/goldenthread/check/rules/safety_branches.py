"""G006: a branch that reads a safety fact and does not say where unknown goes. Missing is not safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find branches over safety facts without `unknown:`."""
    for node in library.nodes():
        if any(edge.kind == "unknown" for edge in node.edges):
            continue
        for edge in node.edges:
            if edge.when is None or not edge.when.bound:
                continue
            facts = [fact for fact in edge.when.facts if fact.safety]
            # A condition that can never be unknown (answered, known) needs no way for it.
            if facts and edge.when.truth({}, {}) is None:
                message = f"`{node.id}` reads {facts[0].label}, which bears on safety, and does not say where to go when it is not known"
                yield error("G006", edge.span, message, "add `unknown: NODE` to the branch")
                break
