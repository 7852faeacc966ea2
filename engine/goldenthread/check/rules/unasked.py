"""G011: a role that no question fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find roles that nobody asks for."""
    asked = {node.role for node in library.nodes()}
    for role in library.roles.values():
        if role.id not in asked:
            help_ = f"write `as: {role.id}` at a question, or take the role out"
            yield warning("G011", at(role), f"no question fills the role `{role.id}`", help_)
