"""G009: a root flowchart that never asks for what the plan reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error, warning
from goldenthread.graph import reachable_in
from goldenthread.plan.roles import ENGINE_ROLES, OPTIONAL_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find roles that a root which plans lacks, roles of another type than the engine reads, and roles nobody asks for."""
    for id_, kind in {**ENGINE_ROLES, **OPTIONAL_ROLES}.items():
        role = library.roles.get(id_)
        if role is not None and role.answer != kind:
            yield error("G009", role.span, f"the engine reads `{id_}` as {kind}, and this role is answered by {role.answer}", f"write `answer: {kind}`")
    for flowchart in library.flowcharts.values():
        if not flowchart.root or flowchart.phase != "planning":
            continue
        filled = {node.role for key in reachable_in(library, flowchart.id) if (node := library.node(key)) and node.role}
        for id_ in ENGINE_ROLES:
            if id_ not in filled:
                message = f"no question on any route from `{flowchart.id}` fills the role `{id_}`, which the plan reads"
                yield error("G009", flowchart.span, message, f"write `as: {id_}` at the question that asks for it")
    asked = {node.role for node in library.nodes() if node.role}
    for role in library.roles.values():
        if role.id not in asked:
            yield warning("G011", role.span, f"no question fills the role `{role.id}`", "ask for it, or take the role out")
