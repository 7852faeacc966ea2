"""What is proven of a library, claim by claim: what some answers must do, and what none may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from goldenthread.prove.formula import FALSE
from goldenthread.prove.reading import read_as_told
from goldenthread.prove.routes import At
from goldenthread.walk import allowed_options
from goldenthread.walk.program import ASK, exclusive_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Fact
    from goldenthread.model import Edge, Library, Node, Role
    from goldenthread.prove.routes import Routes
    from goldenthread.prove.witness import Replayed
    from goldenthread.walk import Program, Step, Walk


class Claim(Protocol):
    """One thing that some answers must do (`wanted`), or that none may."""

    @property
    def wanted(self) -> bool:
        """Whether some answers must do it."""

    def literal(self, routes: Routes) -> int:
        """Give the literal of its being done on a route; FALSE where no route can."""

    def seen(self, replayed: Replayed) -> bool:
        """Say whether a case does it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Some answers come to a node."""

    key: str
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the node."""
        return routes.visited.get(self.key, FALSE)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case passes it."""
        return self.key in replayed.passed


@dataclass(frozen=True, slots=True)
class Taken:
    """Some answers take an edge with a condition."""

    key: str
    place: int
    edge: Edge
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the edge."""
        return routes.taken.get((self.key, self.place), FALSE)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case takes it."""
        return replayed.took(self.edge)


@dataclass(frozen=True, slots=True)
class Shadowed:
    """Answers that make a condition true where an earlier one is taken: what shows why an edge is never taken."""

    key: str
    place: int
    edge: Edge
    wanted: bool = False

    def literal(self, routes: Routes) -> int:
        """Give the literal of the node's being passed with the condition true."""
        if self.key not in routes.visited or self.edge.when is None:
            return FALSE
        on = routes.goes_on(routes.program.steps[self.key])
        return routes.formula.both(on, routes.truth(self.edge.when, self.key, after=True)[0])

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case passes the node by another edge, with the condition true at its end."""
        if self.edge.when is None or self.key not in replayed.passed or replayed.took(self.edge):
            return False
        walk = replayed.walk
        return self.edge.when.truth(walk.known, walk.asked) is True


@dataclass(frozen=True, slots=True)
class Stuck:
    """Answers with which no branch leads on."""

    key: str
    wanted: bool = False

    def literal(self, routes: Routes) -> int:
        """Give the literal of no branch's being taken."""
        return routes.stuck.get(self.key, FALSE)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case ends there for want of a branch."""
        walk = replayed.walk
        return (
            walk.state.at is None
            and not walk.finished
            and walk.problem is not None
            and walk.problem.key == self.key
        )


@dataclass(frozen=True, slots=True)
class Starved:
    """Answers with which a question offers fewer options than it demands."""

    key: str
    wanted: bool = False

    def literal(self, routes: Routes) -> int:
        """Give the literal of too few options' being on offer."""
        step = routes.program.steps[self.key]
        if self.key not in routes.visited or step.type is None:
            return FALSE
        alone = exclusive_options(routes.program.library.roles.get(step.role) or step.node)
        there = {option: routes.allowed(self.key, option) for option in routes.question(self.key).options}
        beside = [literal for option, literal in there.items() if option not in alone]
        ways = [routes.formula.at_least(least(step), beside)]
        if least(step) == 1:
            ways += there.values()
        return routes.formula.both(routes.visited[self.key], -routes.formula.any(ways))

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case comes to the question with too few options."""
        step, library = replayed.program.steps[self.key], replayed.program.library
        return any(_together(there, step, library) < least(step) for there in on_offer(replayed, self.key))


@dataclass(frozen=True, slots=True)
class OnOffer:
    """Some answers lead to a question where an option can be chosen."""

    key: str
    option: str
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the option's being on offer."""
        if self.key not in routes.visited:
            return FALSE
        return routes.formula.both(routes.visited[self.key], routes.allowed(self.key, self.option))

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case comes to the question with the option on offer."""
        return any(self.option in there for there in on_offer(replayed, self.key))


def least(step: Step) -> int:
    """Give how many options a question demands, where an answer is given."""
    return max(step.node.at_least, 1 if step.type is not None and step.type.kind == "choice" else 0)


def on_offer(replayed: Replayed, key: str) -> Iterator[frozenset[str]]:
    """Give the options on offer at a question each time that a case comes to it."""
    step = replayed.program.steps[key]
    allowed = allowed_options(step.node, replayed.program.library)
    for walk in replayed.arriving(key):
        if allowed is not None:
            yield allowed(walk.known, walk.asked)
        elif step.type is not None:
            yield frozenset(step.type.options)


def most(step: Step, library: Library) -> int:
    """Give how many options of a question without own words can be chosen together."""
    return _together(frozenset(step.type.options) if step.type is not None else frozenset(), step, library)


def _together(options: AbstractSet[str], step: Step, library: Library) -> int:
    beside = options - exclusive_options(library.roles.get(step.role) or step.node)
    return max(len(beside), min(len(options), 1))


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """Answers with which a role that has its value is asked for again on the same route."""

    role: str
    first: str
    second: str
    wanted: bool = False

    def literal(self, routes: Routes) -> int:
        """Give the literal of the second question's being passed after the first was answered."""
        if not {self.first, self.second} <= routes.visited.keys():
            return FALSE
        active = routes.active(self.first, self.role, self.second, after=False)
        return routes.formula.both(active, routes.visited[self.second])

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case comes to the second with what the first was answered still known, in one round."""
        return any(
            self.role in walk.known and self._told_last(walk) == self.first
            for walk in replayed.arriving(self.second)
        )

    def _told_last(self, walk: Walk) -> str:
        """Give the question that told the role last in a walk's round."""
        told = (
            trace.key
            for trace in reversed(walk.trail)
            if trace.round == walk.round
            and trace.step.role == self.role
            and trace.how in {"answered", "kept"}
        )
        return next(told, "")


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """Some answers come to a node's conditions with a fact that they read asked before."""

    key: str
    fact: Fact
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the fact's having been asked there."""
        if self.key not in routes.visited:
            return FALSE
        there = routes.goes_on(routes.program.steps[self.key])
        return routes.formula.both(there, At(routes, self.key).answered(self.fact))

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case comes to the conditions with the fact known, or asked in vain."""
        return replayed.heard(self.key, self.fact.key)


@dataclass(frozen=True, slots=True)
class OfferedAfter:
    """Some answers come to a question with a fact asked before that hides or shows one of its options."""

    keys: tuple[str, ...]
    """The questions that have the option: one, or all that ask for a role."""
    option: str
    fact: Fact
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the fact's having been asked at one of the questions."""
        formula, visited = routes.formula, routes.visited
        return formula.any(
            formula.both(visited[key], At(routes, key, after=False).answered(self.fact))
            for key in self.keys
            if key in visited
        )

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case comes to one of them with the fact known, or asked in vain."""
        fact = self.fact.key
        return any(
            fact in walk.known or fact in walk.asked for key in self.keys for walk in replayed.arriving(key)
        )


def claims_of_routes(program: Program) -> Iterator[Claim]:
    """Give what is claimed of the nodes and edges of every flowchart."""
    for key, step in program.steps.items():
        yield Reached(key)
        node = step.node
        for n, edge in enumerate([edge for _, edge, _ in step.branches]):
            yield Taken(key, n, edge)
        if step.otherwise is None and node.verb != "end":
            yield Stuck(key)
        if step.kind == ASK and step.type is not None and step.type.kind in {"choice", "choices"}:
            yield from _options(program, step)
        whens = [edge.when for edge in node.edges if edge.when is not None]
        facts = {fact.key: fact for when in whens for fact in when.facts}
        as_told = {fact.key for when in whens for fact, _ in read_as_told(when)}
        for fact in facts.values():
            if not fact.key.startswith("previous.") and (fact.key in as_told or fact.each == node.flowchart):
                yield AnsweredBefore(key, fact)
    yield from _asked_twice(program)
    yield from _offered_after(program)


def _offered_after(program: Program) -> Iterator[OfferedAfter]:
    library = program.library
    asking = [step for step in program.steps.values() if step.kind == ASK]
    having: list[tuple[Node | Role, tuple[str, ...]]] = [
        (step.node, (step.key,)) for step in asking if step.node.role not in library.roles
    ]
    having += [(role, tuple(s.key for s in asking if s.role == role.id)) for role in library.roles.values()]
    for asked, keys in having:
        for option in asked.options.values() if keys else ():
            facts = {f.key: f for f, _ in read_as_told(option.when)} if option.when is not None else {}
            for fact in facts.values():
                if not fact.key.startswith("previous."):
                    yield OfferedAfter(keys, option.id, fact)


def _options(program: Program, step: Step) -> Iterator[Claim]:
    node = step.node
    role = program.library.roles.get(node.role)
    asked = role or node
    hidden = [option.id for option in asked.options.values() if option.when is not None]
    narrowed = bool(hidden) or asked.options_from in program.library.roles
    if (narrowed or most(step, program.library) < least(step)) and not asked.other and least(step):
        yield Starved(step.key)
    for option in hidden:
        yield OnOffer(step.key, option)


def _asked_twice(program: Program) -> Iterator[Claim]:
    by_role: dict[str, list[Step]] = {}
    afresh = set(program.opened_by_alerts) | {s.node.visit for s in program.steps.values() if s.node.each}
    for step in program.steps.values():
        if step.kind == ASK and step.role and step.node.flowchart not in afresh:
            by_role.setdefault(step.role, []).append(step)
    for role, steps in by_role.items():
        for first in steps:
            for second in steps:
                if first is not second:
                    yield AskedTwice(role, first.key, second.key)
