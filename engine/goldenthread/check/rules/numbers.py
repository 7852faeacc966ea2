"""G008: numbers as shown on screen and in print: each question has one, and no two are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Finding]:
    """Find questions without a number, and numbers that stand twice."""
    seen: dict[str, Node] = {}
    for node in library.nodes():
        if not node.number:
            if node.asks:
                message = f"`{node.id}` has no number, so that nobody can refer to it"
                help_ = "`goldenthread fmt --number` gives it one; or write one, such as `number: 3.2a`"
                yield warning("G008", at(node), message, help_)
            continue
        first = seen.setdefault(node.number, node)
        if first is not node:
            message = f"the number {node.number} stands twice; `{first.key}` has it too"
            help_ = "give one of them another; an insertion takes a letter, as in 3.2a"
            yield error("G008", at(node, "number"), message, help_, f"`{first.key}` is at {first.span}")
