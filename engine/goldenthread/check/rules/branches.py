"""G005: branches that cannot be read: `otherwise` twice, not last, or lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library, Node


def check(library: Library) -> Iterator[Diagnostic]:
    """Find branches without a way on for every answer."""
    for node in library.nodes():
        if node.edges and node.edges[0].kind != "next":
            yield from _branch(node)
        if node.verb == "end" and node.edges:
            yield error("G005", node.edges[0].span, f"`{node.id}` is an end and leads on", "take `next:` out, or use another verb")


def _branch(node: Node) -> Iterator[Diagnostic]:
    kinds = [edge.kind for edge in node.edges]
    for kind in ("otherwise", "unknown"):
        if kinds.count(kind) > 1:
            second = [edge for edge in node.edges if edge.kind == kind][1]
            yield error("G005", second.span, f"`{node.id}` says `{kind}` twice", "keep one")
    if "otherwise" not in kinds:
        yield error("G005", node.span, f"`{node.id}` has no `otherwise`: an answer that fits no `when` leads nowhere", "end the branch with `otherwise: NODE`")
        return
    after = [edge for edge in node.edges[kinds.index("otherwise") + 1 :] if edge.kind == "when"]
    if after:
        yield error("G005", after[0].span, "this `when` stands after `otherwise` and is never read", "put `otherwise` last")
