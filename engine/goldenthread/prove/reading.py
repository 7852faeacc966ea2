"""Conditions taken apart into atoms: parts that read one fact each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from goldenthread.language import Condition, ast
from goldenthread.language.compile import compile_condition
from goldenthread.language.types import fact_of
from goldenthread.loading.scope import BankScope
from goldenthread.model import ADVISED, Diagnosis
from goldenthread.prove.formula import UNKNOWN, Formula, Truth
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.language import Fact, Scope
    from goldenthread.language.compile import Truth as Function
    from goldenthread.model import Library, Obligation


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A part of a condition that reads one fact, with its truth over values and the numbers it compares with."""

    expression: ast.Expression
    fact: Fact
    truth: Function
    cuts: tuple[float, ...]


class Place(Protocol):
    """Where a condition is read: what its atoms come to there."""

    def atom(self, atom: Atom) -> Truth:
        """Give the truth of one atom."""

    def known(self, fact: Fact) -> int:
        """Give the literal of the fact's having a value."""

    def answered(self, fact: Fact) -> int:
        """Give the literal of the fact's having been asked, with a value or without."""

    def over_each(self, call: ast.Call, scope: Scope, atoms: Atoms) -> Truth:
        """Give the truth of `any_of` or `all_of`."""


class Atoms:
    """The atoms of every condition of one library or several, by the key of the fact that they read."""

    def __init__(self, *libraries: Library) -> None:
        self.by_key: dict[str, list[Atom]] = {}
        self._made: dict[tuple[int, str], Atom] = {}
        self._held: list[ast.Expression] = []
        for condition in (condition for library in libraries for condition in conditions_of(library)):
            if condition.bound:
                self._collect(condition.expression, condition.scope)

    def _collect(self, expression: ast.Expression, scope: Scope) -> None:
        match expression:
            case ast.And(parts=parts) | ast.Or(parts=parts):
                for part in parts:
                    self._collect(part, scope)
            case ast.Not(inner=inner):
                self._collect(inner, scope)
            case ast.Call(condition=inner) if inner is not None:
                self._collect(inner, scope)
            case _:
                fact = fact_of(expression, scope)
                if fact is None:
                    return
                if fact.definition is not None and fact.scope is not None:
                    self._collect(fact.definition, fact.scope)
                else:
                    self.of(expression, scope, fact)

    def of(self, expression: ast.Expression, scope: Scope, fact: Fact) -> Atom:
        """Give the atom of an expression; the same each time."""
        key = (id(expression), fact.key)
        found = self._made.get(key)
        if found is None:
            found = Atom(expression, fact, compile_condition(expression, scope), tuple(_cuts(expression)))
            self._made[key] = found
            self._held.append(expression)  # an id is good for as long as its object lives
            self.by_key.setdefault(fact.key, []).append(found)
            if fact.key.startswith(PREVIOUS):
                # What is read of the round before has to be told apart where it is answered.
                now = fact.key.removeprefix(PREVIOUS)
                self.by_key.setdefault(now, []).append(self.about(found, now))
        return found

    def about(self, atom: Atom, key: str) -> Atom:
        """Give an atom as if it read another fact of the same type."""
        cached = (id(atom), key)
        if cached not in self._made:

            def truth(known: Mapping[str, Any], asked: Mapping[str, str]) -> bool | None:
                return atom.truth({atom.fact.key: known[key]} if key in known else {}, asked)

            self._made[cached] = Atom(atom.expression, replace(atom.fact, key=key), truth, atom.cuts)
        return self._made[cached]


def conditions_of(library: Library) -> Iterator[Condition]:
    """Give every condition that a walk or advice reads, or an obligation is about."""
    for node in library.nodes():
        yield from (edge.when for edge in node.edges if edge.when is not None)
        yield from (option.when for option in node.options.values() if option.when is not None)
    for role in library.roles.values():
        yield from (option.when for option in role.options.values() if option.when is not None)
    for alert in library.alerts.values():
        yield alert.raise_when
        yield alert.cleared_when
    for obligation in library.obligations.values():
        yield from obligation.conditions.values()
        if obligation.leads is not None and obligation.leads.when is None:
            yield from risk_items(library, obligation)
    for kind in ADVISED:
        for entry in library.advised(kind).values():
            yield from (reason.when for reason in entry.suggest)
            yield from (rule.when for rule in (*entry.rule_out, *entry.caution))
            if isinstance(entry, Diagnosis):
                yield from (sign.when for sign in (*entry.speaks_for, *entry.speaks_against))


def risk_items(library: Library, obligation: Obligation) -> Iterator[Condition]:
    """Give, of every risk item, the condition of its being above its limit, where an obligation asks for that."""
    scope = BankScope(library.facts, frozenset(library.flowcharts))
    for instrument in library.instruments.values():
        for risk in instrument.risk:
            condition = Condition(f"{instrument.id}.item_{risk.item} > {risk.above:g}", obligation.span)
            if not condition.bind(scope):
                yield condition


def _cuts(expression: ast.Expression) -> Iterator[float]:
    match expression:
        case ast.Compare(left=left, right=right):
            for side in (left, right):
                if isinstance(side, ast.QUANTITIES):
                    yield side.days if isinstance(side, ast.Span) else side.value
        case ast.Between(low=low, high=high):
            for side in (low, high):
                yield side.days if isinstance(side, ast.Span) else side.value


def truth_at(formula: Formula, atoms: Atoms, condition: Condition, place: Place) -> Truth:
    """Give the truth of a condition at a place."""
    return (
        truth_of(formula, atoms, condition.expression, condition.scope, place) if condition.bound else UNKNOWN
    )


def truth_of(formula: Formula, atoms: Atoms, expression: ast.Expression, scope: Scope, place: Place) -> Truth:
    """Give the truth of an expression at a place."""
    match expression:
        case ast.And(parts=parts):
            found = [truth_of(formula, atoms, part, scope, place) for part in parts]
            return formula.all(t for t, _ in found), formula.any(f for _, f in found)
        case ast.Or(parts=parts):
            found = [truth_of(formula, atoms, part, scope, place) for part in parts]
            return formula.any(t for t, _ in found), formula.all(f for _, f in found)
        case ast.Not(inner=inner):
            true, false = truth_of(formula, atoms, inner, scope, place)
            return false, true
        case ast.Call(condition=inner) if inner is not None:
            return place.over_each(expression, scope, atoms)
    fact = fact_of(expression, scope)
    if fact is None:
        return UNKNOWN
    if fact.definition is not None and fact.scope is not None:
        true, false = truth_of(formula, atoms, fact.definition, fact.scope, place)
        if isinstance(expression, ast.Call):
            decided = formula.any((true, false))
            return decided, -decided
        return true, false
    if isinstance(expression, ast.Call) and expression.function in {"known", "answered"}:
        literal = place.known(fact) if expression.function == "known" else place.answered(fact)
        return literal, -literal
    return place.atom(atoms.of(expression, scope, fact))


def read_as_told(condition: Condition) -> Iterator[tuple[Fact, ast.Expression]]:
    """Give the facts that a condition reads as they stand, not item by item, each with the part that reads it."""
    if condition.bound:
        yield from _as_told(condition.expression, condition.scope)


def _as_told(expression: ast.Expression, scope: Scope) -> Iterator[tuple[Fact, ast.Expression]]:
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            for part in parts:
                yield from _as_told(part, scope)
        case ast.Not(inner=inner):
            yield from _as_told(inner, scope)
        case ast.Call(condition=inner) if inner is not None:
            yield from ((fact, part) for fact, part in _as_told(inner, scope) if not fact.each)
        case _:
            fact = fact_of(expression, scope)
            if fact is not None and fact.definition is not None and fact.scope is not None:
                yield from ((told, expression) for told, _ in _as_told(fact.definition, fact.scope))
            elif fact is not None:
                yield fact, expression


def followed(library: Library) -> set[str]:
    """Give the roles that give others their options, and the lists over which flowcharts are run."""
    nodes = list(library.nodes())
    lists = {name for node in nodes for name in node.lists}
    options = {role.options_from for role in library.roles.values()}
    return lists | options | {node.options_from for node in nodes}
