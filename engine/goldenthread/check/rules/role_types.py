"""K008: a role that the engine reads is answered in another way than it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.plan.roles import ENGINE_ROLES, OPTIONAL_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find roles of another type than the engine reads."""
    for id_, kind in (ENGINE_ROLES | OPTIONAL_ROLES).items():
        role = library.roles.get(id_)
        if role is not None and role.answer != kind:
            message = f"the plan reads `{id_}` as {kind}, and this role is answered by {role.answer}"
            yield error(
                "K008", at(role, "answer"), message, f"write `answer: {kind}`, or use a role of your own"
            )
