"""A condition as authored, and what can be asked of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.language import ast, english, own
from goldenthread.language.compile import Asked, Known, Truth, compile_condition
from goldenthread.language.options import options_of
from goldenthread.language.parse import ConditionError, parse
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

    def bind(self, scope: Scope) -> list[ConditionError]:
        """Parse, check and compile the condition; give what is wrong with it."""
        try:
            self._expression = parse(self.text)
        except ConditionError as error:
            return [error]
        self._scope = scope
        found = list(check(self._expression, scope))
        self._truth = _nothing if found else None
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
        return tuple(
            {fact.key: fact for fact in _missing(self.expression, self.scope, known, asked)}.values()
        )

    def explain(self, known: Known, asked: Asked) -> list[Atom]:
        """Give the parts that made the condition true, false or unknown; the fewest that the form allows."""
        if not self.bound or self.truth is _nothing:
            return []
        found = _decisive(self.expression, self.scope, known, asked)
        return list(
            {(atom.said, atom.truth, *(fact.key for fact in atom.facts)): atom for atom in found}.values()
        )


def _decisive(expression: ast.Expression, scope: Scope, known: Known, asked: Asked) -> list[Atom]:
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            whole = compile_condition(expression, scope)(known, asked)
            truths = [compile_condition(part, scope)(known, asked) for part in parts]
            alike = [part for part, truth in zip(parts, truths, strict=True) if truth is whole]
            one_is_enough = whole is isinstance(expression, ast.Or)
            chosen = alike[:1] if one_is_enough else alike
            return [atom for part in chosen for atom in _decisive(part, scope, known, asked)]
        case ast.Not(inner=inner) if isinstance(inner, ast.And | ast.Or | ast.Not):
            return _decisive(inner, scope, known, asked)
        case ast.Name(path=path):
            fact = scope.find(path)
            if fact is not None and fact.definition is not None and fact.scope is not None and not fact.label:
                return _decisive(fact.definition, fact.scope, known, asked)
    truth = compile_condition(expression, scope)(known, asked)
    said = own.say(expression, scope, known, truth=truth)
    return [Atom(said, truth, tuple({f.key: f for f in facts_of(expression, scope)}.values()))]


def _missing(
    expression: ast.Expression, scope: Scope, known: Known, asked: Asked, wanted: frozenset[str] = frozenset()
) -> list[Fact]:
    """Give the facts to ask for; what is `wanted` already costs nothing more."""
    if compile_condition(expression, scope)(known, asked) is True:
        return []
    match expression:
        case ast.And(parts=parts):
            found: list[Fact] = []
            for part in parts:
                more = wanted | {fact.key for fact in found}
                found += _missing(part, scope, known, asked, more)
            return found
        case ast.Or(parts=parts):
            ways = [_missing(part, scope, known, asked, wanted) for part in parts]
            return min(
                (way for way in ways if way),
                key=lambda way: len({fact.key for fact in way} - wanted),
                default=[],
            )
        case ast.Not(inner=ast.And(start=start, end=end, parts=parts)):
            return _missing(ast.Or(start, end, tuple(map(_not, parts))), scope, known, asked, wanted)
        case ast.Not(inner=ast.Or(start=start, end=end, parts=parts)):
            return _missing(ast.And(start, end, tuple(map(_not, parts))), scope, known, asked, wanted)
        case ast.Not(inner=ast.Not(inner=inner)):
            return _missing(inner, scope, known, asked, wanted)
    return [fact for fact in facts_of(expression, scope) if fact.key not in known]


def _not(expression: ast.Expression) -> ast.Expression:
    return ast.Not(expression.start, expression.end, expression)
