"""G006: a branch that reads a safety fact and does not say where unknown goes. Missing is not safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Finding]:
    """Find branches over safety facts without `unknown:`."""
    for node in library.nodes():
        if not any(edge.kind == "unknown" for edge in node.edges):
            yield from _branch(node)


def _branch(node: Node) -> Iterator[Finding]:
    for edge in node.edges:
        if edge.when is None:
            continue
        fact = next((fact for fact in edge.when.facts if fact.safety), None)
        # A condition that can never be unknown (answered, known) needs no way for it.
        if fact is not None and edge.when.truth({}, {}) is None:
            message = (
                f"`{node.id}` reads {fact.label}, which bears on safety, and does not say where unknown goes"
            )
            help_ = "add `- unknown: NODE` to the branch: what is not known is not safe"
            yield error("G006", edge.when.span, message, help_)
            return
