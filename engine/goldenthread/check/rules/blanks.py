"""K002 and K003: a goal's blanks, its text and its words for the client hold together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.check.rule import error, warning
from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Goal, Library

_NAME = re.compile(r"\{([^{}]*)\}")


def check(library: Library) -> Iterator[Diagnostic]:
    """Find blanks that are not there, are not used, or differ between the two texts."""
    for goal in library.goals.values():
        yield from _goal(goal)


def _goal(goal: Goal) -> Iterator[Diagnostic]:
    texts = {"text": set(_NAME.findall(goal.text)), "say": set(_NAME.findall(goal.say))}
    for where, names in texts.items():
        for name in sorted(names - {"client"} - set(goal.blanks)):
            message = f"the {where} of `{goal.id}` has the blank {{{name}}}, which it does not describe"
            yield error("K002", goal.span, message, did_you_mean(name, goal.blanks) or "describe it under `blanks:`")
    used = texts["text"] | texts["say"] | {goal.measure.start, goal.measure.target, goal.time}
    for name in goal.blanks:
        if name not in used:
            yield warning("K002", goal.span, f"the blank `{name}` of `{goal.id}` stands nowhere in its text", "use it, or take it out")
    for name in sorted((texts["text"] - {"client"}) ^ (texts["say"] - {"client"})):
        if name in goal.blanks:
            where = "say" if name in texts["text"] else "text"
            yield warning("K003", goal.span, f"the {where} of `{goal.id}` lacks the blank {{{name}}} that its other text has", "the client should read the same goal")
