"""G005: branches that cannot be followed: `otherwise` twice or not last; an end that leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Finding]:
    """Find ends that lead on, and parts of branches that are never read."""
    for node in library.nodes():
        if node.verb == "end":
            if node.edges:
                where = at(node, "next", on_key=True)
                yield error(
                    "G005",
                    where,
                    f"`{node.id}` is an end and leads on",
                    "take `next:` out, or use another verb",
                )
        elif node.edges and node.edges[0].kind != "next":
            yield from _branch(node)


def _branch(node: Node) -> Iterator[Finding]:
    kinds = [edge.kind for edge in node.edges]
    for kind in ("otherwise", "unknown"):
        if kinds.count(kind) > 1:
            second = [edge for edge in node.edges if edge.kind == kind][1]
            yield error("G005", second.span, f"`{node.id}` says `{kind}` twice", "keep one of the two")
    if "otherwise" not in kinds:
        return  # whether the branch is complete without it is a matter of proof
    first = kinds.index("otherwise")
    after = [n for n, kind in enumerate(kinds) if kind == "when" and n > first]
    if after:
        where = at(node, "next", after[0], "when", on_key=True)
        yield error(
            "G005", where, "this `when` stands after `otherwise` and is never read", "put `otherwise` last"
        )
