"""The answers to a question that anything can follow from: every option, the edges of every threshold, no answer."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goldenthread.language.options import options_of
from goldenthread.prove.answers import listed
from goldenthread.prove.reading import Atoms, conditions_of
from goldenthread.walk import DECLINED, LATER, NOT_KNOWN, OWN
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Library, Node, Role
    from goldenthread.walk import Program, Step

WORDS = "in the client's own words"
_TOGETHER = 4
"""At most so many options of one condition are tried together."""


class Meaning:
    """What the conditions of libraries tell apart: of single facts, and which options one condition names together."""

    def __init__(self, *libraries: Library) -> None:
        self.atoms = Atoms(*libraries).by_key
        self.together: dict[str, dict[tuple[str, ...], None]] = {}
        for condition in (condition for library in libraries for condition in conditions_of(library)):
            named: dict[str, dict[str, None]] = {}
            for fact, option in options_of(condition.expression, condition.scope) if condition.bound else ():
                named.setdefault(fact.key.removeprefix(PREVIOUS), {})[option] = None
            for key, options in named.items():
                if 1 < len(options) <= _TOGETHER:
                    self.together.setdefault(key, {})[tuple(options)] = None


def answers_to(step: Step, program: Program, meaning: Meaning) -> list[Any]:
    """Give the answers with a value that are worth giving to a question, as they are written in a file.

    Some may not fit with other answers given: an option that is not offered then, say. The walk says so.
    """
    node, library = step.node, program.library
    if node.verb == "tell":
        return [True]
    kind = step.type.kind if step.type is not None else ""
    if kind == "text":
        return [WORDS]
    if kind == "goals":
        return list(_goals(node, library))
    if kind == "choices":
        return list(_choices(step, library, meaning))
    made: list[Any] = []
    for answer in listed(step, library.instruments.get(node.measure), meaning.atoms):
        if answer.raw not in made:
            made.append(answer.raw)
    return made


def without_value(step: Step) -> list[Any]:
    """Give the ways of not answering a question."""
    if step.node.verb == "tell":
        return []
    ways = [dict(NOT_KNOWN), dict(DECLINED)]
    return ways if step.required else [*ways, dict(LATER)]


def calm(step: Step, library: Library) -> Any:
    """Give the answer that reports no danger, or None where the question is not about safety."""
    role = library.roles.get(step.node.role)
    if role is None or not role.safety or step.node.verb != "ask":
        return None
    if role.answer == "yes_no":
        return False
    alone = [option.id for option in role.options.values() if option.exclusive]
    return alone[:1] or None


def _choices(step: Step, library: Library, meaning: Meaning) -> Iterator[list[Any]]:
    node = step.node
    asked: Role | Node = library.roles.get(node.role) or node
    assert step.type is not None  # noqa: S101 -- what is asked has a type
    keys = [key for key in (step.key, step.role) if key]
    alone = {option.id for option in asked.options.values() if option.exclusive}
    several = [option for option in step.type.options if option not in alone]
    yield from ([option] for option in step.type.options)
    for together in (together for key in keys for together in meaning.together.get(key, ())):
        if alone.isdisjoint(together):
            yield list(together)
    yield from (list(pair) for pair in pairwise(several))
    counts = {int(cut) for key in keys for atom in meaning.atoms.get(key, ()) for cut in atom.cuts}
    for count in sorted({n + d for n in counts for d in (-1, 0, 1)}):
        if 1 < count <= len(several):
            yield several[:count]
            yield several[-count:]
    if not node.at_least:
        yield []
    if asked.other:
        yield [{"own": WORDS}]
        yield [*several[:1], {"own": WORDS}]


def _goals(node: Node, library: Library) -> Iterator[list[Any]]:
    goals = [{"id": goal.id, "for": list(goal.targets[:1])} for goal in library.goals.values()]
    yield from ([goal] for goal in goals)
    yield from (list(pair) for pair in pairwise(goals))
    yield [{"own": WORDS}]
    if not node.at_least:
        yield []


def options_in(answer: Any) -> list[str]:
    """Give the options that a written answer chooses; those in own words are left out."""
    if isinstance(answer, str):
        return [answer]
    return (
        [o for o in answer if isinstance(o, str) and not o.startswith(OWN)]
        if isinstance(answer, list)
        else []
    )
