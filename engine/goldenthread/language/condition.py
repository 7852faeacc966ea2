"""A condition as authored, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.language import ast, english, own
from goldenthread.language.compile import Asked, Known, Truth, compile_condition
from goldenthread.language.options import options_of
from goldenthread.language.parse import ConditionError
from goldenthread.language.parse import parse as parse_condition
from goldenthread.language.types import Fact, Scope, check, facts_of

if TYPE_CHECKING:
    from goldenthread.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Atom:
    """One part of a condition that decided its truth: which facts it read, and what it came to."""

    said: str
    truth: bool | None
    facts: tuple[Fact, ...]


def _nothing(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- a condition that is not yet bound knows nothing
    return None


@dataclass(slots=True, eq=False)
class Condition:
    """A condition: its text and place; after `bind` its parts, its facts and its truth over what is known."""

    text: str
    span: Span
    exact: bool = True
    _truth: Truth | None = field(default=_nothing, repr=False)
    _expression: ast.Expression | None = field(default=None, repr=False)
    _scope: Scope | None = field(default=None, repr=False)
    _explain: Explain | None = field(default=None, repr=False)
    _seek: Seek | None = field(default=None, repr=False)
    _reads: frozenset[str] | None = field(default=None, repr=False)

    def bind(
        self, scope: Scope, parse: Callable[[str], ast.Expression] = parse_condition
    ) -> list[ConditionError]:
        """Parse and check the condition; give what is wrong with it. `parse` may remember texts that it has read."""
        try:
            self._expression = parse(self.text)
        except ConditionError as error:
            return [error]
        self._scope = scope
        found = list(check(self._expression, scope))
        self._truth, self._explain, self._seek = _nothing if found else None, None, None
        return found

    @property
    def truth(self) -> Truth:
        """The condition as a function, compiled when it is first asked for."""
        if self._truth is None:
            self._truth = _nothing
            # A derived fact that is itself at fault is reported where it stands; what reads it stays unknown.
            with suppress(ConditionError):
                self._truth = compile_condition(self.expression, self.scope)
        return self._truth

    @property
    def expression(self) -> ast.Expression:
        """The parts. Raises ValueError where the condition could not be read."""
        if self._expression is None:
            raise ValueError(f"the condition at {self.span} has not been read")
        return self._expression

    @property
    def scope(self) -> Scope:
        """Where the names are looked up. Raises ValueError where the condition could not be read."""
        if self._scope is None:
            raise ValueError(f"the condition at {self.span} has not been bound")
        return self._scope

    @property
    def bound(self) -> bool:
        """Whether the condition was read."""
        return self._expression is not None and self._scope is not None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it reads, without repeats, those behind derived facts included."""
        if not self.bound:
            return ()
        return tuple({fact.key: fact for fact in facts_of(self.expression, self.scope)}.values())

    @property
    def reads(self) -> frozenset[str]:
        """The keys of its facts, found once: to be asked for when the library is whole."""
        if self._reads is None:
            self._reads = frozenset(fact.key for fact in self.facts)
        return self._reads

    @property
    def options(self) -> tuple[tuple[Fact, str], ...]:
        """The options that it names, each with its fact, without repeats."""
        if not self.bound:
            return ()
        named = options_of(self.expression, self.scope)
        return tuple({(fact.key, option): (fact, option) for fact, option in named}.values())

    def say(self) -> str:
        """Say the condition in English."""
        return english.say(self.expression, self.scope) if self.bound else self.text

    def missing(self, known: Known, asked: Asked) -> tuple[Fact, ...]:
        """Give what has to be asked for the condition to come true, by its shortest way; nothing where none is left."""
        if not self.bound:
            return ()
        if self._seek is None:
            self._seek = _seeker(self.expression, self.scope)
        return tuple({fact.key: fact for fact in self._seek(known, asked, frozenset())}.values())

    def explain(self, known: Known, asked: Asked) -> list[Atom]:
        """Give the parts that made the condition true, false or unknown; the fewest that the form allows."""
        if not self.bound or self.truth is _nothing:
            return []
        if self._explain is None:
            self._explain = _explainer(self.expression, self.scope)
        found = self._explain(known, asked)
        return list(
            {(atom.said, atom.truth, *(fact.key for fact in atom.facts)): atom for atom in found}.values()
        )


Explain = Callable[[Known, Asked], list[Atom]]
"""Gives the parts that decided a condition."""


def _explainer(expression: ast.Expression, scope: Scope) -> Explain:
    """Compile what explains a condition, so that an answer that decides hundreds of them compiles none."""
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            return _junction(
                expression, [(compile_condition(p, scope), _explainer(p, scope)) for p in parts], scope
            )
        case ast.Not(inner=inner) if isinstance(inner, ast.And | ast.Or | ast.Not):
            return _explainer(inner, scope)
        case ast.Name(path=path):
            fact = scope.find(path)
            if fact is not None and fact.definition is not None and fact.scope is not None and not fact.label:
                return _explainer(fact.definition, fact.scope)
    truth = compile_condition(expression, scope)
    facts = tuple({f.key: f for f in facts_of(expression, scope)}.values())
    plain: dict[bool, str] = {}
    """Its words as the rule has them, by whether they are denied: put together when they are first wanted."""

    def atom(known: Known, asked: Asked) -> list[Atom]:
        found = truth(known, asked)
        denied = found is False
        if denied not in plain:
            plain[denied] = (english.deny if denied else english.say)(expression, scope)
        return [Atom(own.say(expression, scope, known, plain[denied], truth=found), found, facts)]

    return atom


def _junction(expression: ast.Expression, parts: list[tuple[Truth, Explain]], scope: Scope) -> Explain:
    truth, is_or = compile_condition(expression, scope), isinstance(expression, ast.Or)

    def decisive(known: Known, asked: Asked) -> list[Atom]:
        whole = truth(known, asked)
        alike = [explain for part, explain in parts if part(known, asked) is whole]
        # One part is enough to make `or` true, and `and` false.
        chosen = alike[:1] if whole is is_or else alike
        return [atom for explain in chosen for atom in explain(known, asked)]

    return decisive


Seek = Callable[[Known, Asked, frozenset[str]], list[Fact]]
"""Gives the facts to ask for until a condition is true; what is wanted already costs nothing more."""


def _seeker(expression: ast.Expression, scope: Scope) -> Seek:
    """Compile what looks for what is missing: each bank that is held is asked for it at every answer."""
    match expression:
        case ast.And(parts=parts):
            return _of_all(compile_condition(expression, scope), [_seeker(part, scope) for part in parts])
        case ast.Or(parts=parts):
            return _of_one(compile_condition(expression, scope), [_seeker(part, scope) for part in parts])
        case ast.Not(inner=ast.And(start=start, end=end, parts=parts)):
            return _seeker(ast.Or(start, end, tuple(map(_not, parts))), scope)
        case ast.Not(inner=ast.Or(start=start, end=end, parts=parts)):
            return _seeker(ast.And(start, end, tuple(map(_not, parts))), scope)
        case ast.Not(inner=ast.Not(inner=inner)):
            return _seeker(inner, scope)
    truth, facts = compile_condition(expression, scope), list(facts_of(expression, scope))

    def seek(known: Known, asked: Asked, wanted: frozenset[str]) -> list[Fact]:  # noqa: ARG001 -- one shape for all
        return [] if truth(known, asked) is True else [fact for fact in facts if fact.key not in known]

    return seek


def _of_all(truth: Truth, parts: list[Seek]) -> Seek:
    def seek(known: Known, asked: Asked, wanted: frozenset[str]) -> list[Fact]:
        found: list[Fact] = []
        for part in parts if truth(known, asked) is not True else ():
            found += part(known, asked, wanted | {fact.key for fact in found})
        return found

    return seek


def _of_one(truth: Truth, parts: list[Seek]) -> Seek:
    def seek(known: Known, asked: Asked, wanted: frozenset[str]) -> list[Fact]:
        if truth(known, asked) is True:
            return []
        ways = filter(None, (part(known, asked, wanted) for part in parts))
        return min(ways, key=lambda way: len({fact.key for fact in way} - wanted), default=[])

    return seek


def _not(expression: ast.Expression) -> ast.Expression:
    return ast.Not(expression.start, expression.end, expression)
