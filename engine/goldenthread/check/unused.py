"""P008: something is asked, and nothing reads the answer: no condition, no text, no part of the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.check.rule import at, warning
from goldenthread.plan.roles import ENGINE_ROLES, NO_PART_OF_THE_PLAN, OPTIONAL_ROLES
from goldenthread.prove.reading import conditions_of, followed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library

_NAME = re.compile(r"\{([^{}]*)\}")
_TEXTS = ("ask", "say", "why", "tell", "decide")
_READ_BY_THE_PLAN = ENGINE_ROLES.keys() | OPTIONAL_ROLES.keys() | NO_PART_OF_THE_PLAN


def check(library: Library) -> Iterator[Finding]:
    """Find questions that nothing uses. What the safety part of the plan lists, and every score, is used."""
    read = {key.removeprefix("previous.") for condition in conditions_of(library) for key in condition.reads}
    read = (read | _in_texts(library) | followed(library)) - {""}
    for node in library.nodes():
        safe = library.flowcharts[node.flowchart].phase == "safety"
        if node.verb != "ask" or safe or node.role in _READ_BY_THE_PLAN or {node.key, node.role} & read:
            continue
        message = f"nothing reads what `{node.id}` asks: no condition, no text, no part of the plan"
        help_ = "give it a role that the plan reads, read it in a condition, or take it out"
        yield warning("P008", at(node), message, help_)


def _in_texts(library: Library) -> set[str]:
    texts = [getattr(node, key) for node in library.nodes() for key in _TEXTS]
    texts += [text for goal in library.goals.values() for text in (goal.text, goal.say)]
    texts += [alert.text for alert in library.alerts.values()]
    named = {name for text in texts for name in _NAME.findall(text)}
    return named | {blank.fact for goal in library.goals.values() for blank in goal.blanks.values()}
