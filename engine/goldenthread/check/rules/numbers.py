"""G008: numbers as shown on screen and in print: each question has one, and no two are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Diagnostic]:
    """Find questions without a number, and numbers that stand twice."""
    seen: dict[str, Node] = {}
    for node in library.nodes():
        if not node.number:
            if node.asks:
                yield warning("G008", node.span, f"`{node.id}` has no number, so that nobody can refer to it", "write `number: 3.2`")
            continue
        first = seen.setdefault(node.number, node)
        if first is not node:
            message = f"the number {node.number} stands twice; it stands first at {first.span}"
            yield error("G008", node.span, message, "an insertion takes a letter: 3.2a")
