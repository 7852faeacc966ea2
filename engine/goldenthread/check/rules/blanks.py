"""K002 and K003: a goal's blanks, its text and its words for the client hold together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error, warning
from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Goal, Library

_NAME = re.compile(r"\{([^{}]*)\}")


def check(library: Library) -> Iterator[Finding]:
    """Find blanks that are not there, are not used, or differ between the two texts."""
    for goal in library.goals.values():
        yield from _goal(goal)


def _goal(goal: Goal) -> Iterator[Finding]:
    measured = {goal.measure.start, goal.measure.target, goal.time} - {""}
    text, say = (dict.fromkeys(_NAME.findall(words)) for words in (goal.text, goal.say))
    unknown = [name for name in text | say if name != "client" and name not in goal.blanks]
    for name in unknown:
        if name in measured:
            continue  # it was said where it is measured
        key = "text" if name in text else "say"
        message = f"the {key} of `{goal.id}` has the blank {{{name}}}, which it does not describe"
        help_ = did_you_mean(name, goal.blanks) if _near(name, goal) else f"describe `{name}` under `blanks:`"
        yield error("K002", at(goal, key, part=f"{{{name}}}"), message, help_)
    if unknown or not measured <= set(goal.blanks):
        return  # what is not used, or lacks in one text, may be what was misspelt
    for name in goal.blanks:
        where = at(goal, "blanks", name, on_key=True)
        if name not in text and name not in say and name not in measured:
            message = f"the blank `{name}` of `{goal.id}` stands nowhere in its text"
            yield warning("K002", where, message, f"write {{{name}}} into `text` and `say`, or take it out")
        elif goal.say and (name in text) != (name in say):
            lacks, has = ("say", "text") if name in text else ("text", "say")
            message = f"the `{lacks}` of `{goal.id}` lacks the blank {{{name}}} that its `{has}` has"
            help_ = f"write {{{name}}} into `{lacks}` too: the client reads the same goal"
            yield warning("K003", at(goal, lacks, on_key=True), message, help_)


def _near(name: str, goal: Goal) -> bool:
    return did_you_mean(name, goal.blanks).startswith("did")
