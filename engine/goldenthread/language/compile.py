"""A condition as a function of what is known: True, False, or None for unknown.

The functions are closures over keys and constants; they reach nothing but the two maps they are given.
`known` maps a fact's key to its value. `asked` holds the keys that were asked and have no value
(not known, or declined); a key in neither map was not asked, or left for later.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from goldenthread.language import ast
from goldenthread.language.types import Fact, Scope, facts_of, require

Known = Mapping[str, Any]
Asked = Mapping[str, str]
Truth = Callable[[Known, Asked], bool | None]

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_condition(expression: ast.Expression, scope: Scope) -> Truth:
    """Compile a condition that has passed `check`."""
    match expression:
        case ast.And(parts=parts):
            return _and([compile_condition(part, scope) for part in parts])
        case ast.Or(parts=parts):
            return _or([compile_condition(part, scope) for part in parts])
        case ast.Not(inner=inner):
            return _not(compile_condition(inner, scope))
        case ast.Name():
            return _name(require(expression, scope))
        case ast.Compare():
            return _compare(expression, scope)
        case ast.Between():
            return _between(expression, scope)
        case ast.In():
            return _in(expression, scope)
        case ast.Call(condition=inner) if inner is not None:
            return _over_each(expression.function, inner, scope)
        case ast.Call(fact=fact, items=items):
            assert fact is not None  # noqa: S101 -- the parser gives every such call a fact
            return _call(expression.function, require(fact, scope), items)


def _and(parts: list[Truth]) -> Truth:
    if len(parts) == 2:
        first, second = parts

        def both(known: Known, asked: Asked) -> bool | None:
            a = first(known, asked)
            if a is False:
                return False
            b = second(known, asked)
            if b is False:
                return False
            return None if a is None or b is None else True

        return both

    def every(known: Known, asked: Asked) -> bool | None:
        result: bool | None = True
        for part in parts:
            truth = part(known, asked)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return every


def _or(parts: list[Truth]) -> Truth:
    def some(known: Known, asked: Asked) -> bool | None:
        result: bool | None = False
        for part in parts:
            truth = part(known, asked)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return some


def _not(inner: Truth) -> Truth:
    def negation(known: Known, asked: Asked) -> bool | None:
        truth = inner(known, asked)
        return None if truth is None else not truth

    return negation


def _name(fact: Fact) -> Truth:
    if fact.definition is not None and fact.scope is not None:
        return compile_condition(fact.definition, fact.scope)
    key = fact.key

    def value(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- every condition has one shape
        return known.get(key)

    return value


def _comparing(fact: Fact, op: str, constant: float, *, count: bool) -> Truth:
    key, test = fact.key, _OPERATORS[op]
    if count:

        def counted(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
            value = known.get(key)
            return None if value is None else test(len(value), constant)

        return counted
    if fact.type.kind == "duration":

        def lasting(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
            value = known.get(key)
            return None if value is None else test(value.days, constant)

        return lasting

    def compared(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
        value = known.get(key)
        return None if value is None else test(value, constant)

    return compared


def _side(side: ast.Name | ast.Call, scope: Scope) -> tuple[Fact, bool]:
    if isinstance(side, ast.Call):
        assert side.fact is not None  # noqa: S101 -- `check` lets only count(x) through
        return require(side.fact, scope), True
    return require(side, scope), False


def _constant(part: ast.Number | ast.Span) -> float:
    return part.days if isinstance(part, ast.Span) else part.value


def _compare(part: ast.Compare, scope: Scope) -> Truth:
    left, op, right = part.left, str(part.op), part.right
    if isinstance(left, ast.QUANTITIES):
        left, op, right = right, ast.FLIP[op], left
    assert isinstance(left, ast.SIDES)  # noqa: S101 -- `check` says so
    fact, count = _side(left, scope)
    if isinstance(right, ast.QUANTITIES):
        return _comparing(fact, op, _constant(right), count=count)
    assert isinstance(right, ast.Name)  # noqa: S101 -- `check` says so
    key, option = fact.key, right.path
    if op in {"==", "!="}:
        test = _OPERATORS[op]

        def chosen(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- every condition has one shape
            value = known.get(key)
            return None if value is None else test(value, option)

        return chosen
    rank = {name: n for n, name in enumerate(fact.type.options)}
    limit, order = rank[option], _OPERATORS[op]

    def ordered(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
        # An option in the client's own words stands in no order: unknown, as what was not answered is.
        place = rank.get(known.get(key, ""))
        return None if place is None else order(place, limit)

    return ordered


def _between(part: ast.Between, scope: Scope) -> Truth:
    fact, count = _side(part.fact, scope)
    above = _comparing(fact, ast.FLIP[part.low_op], _constant(part.low), count=count)
    below = _comparing(fact, part.high_op, _constant(part.high), count=count)
    return _and([above, below])


def _in(part: ast.In, scope: Scope) -> Truth:
    right = part.right
    if isinstance(right, ast.Items):
        key = require(part.left, scope).key
        options = frozenset(name.path for name in right.names)

        def one_of(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- every condition has one shape
            value = known.get(key)
            return None if value is None else value in options

        return one_of
    if isinstance(right, ast.Call):
        assert right.fact is not None  # noqa: S101 -- groups(x) has a fact
        fact = require(right.fact, scope)
        members = frozenset(option for option, groups in fact.type.groups.items() if part.left.path in groups)
        return _any(fact.key, members)
    key, option = require(right, scope).key, part.left.path

    def among(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
        value = known.get(key)
        return None if value is None else option in value

    return among


def _any(key: str, options: frozenset[str]) -> Truth:
    def any_among(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- every condition has one shape
        value = known.get(key)
        return (
            None if value is None else not options.isdisjoint((value,) if isinstance(value, str) else value)
        )

    return any_among


def _call(function: str, fact: Fact, items: ast.Items | None) -> Truth:
    key = fact.key
    if fact.definition is not None and fact.scope is not None:
        inner = compile_condition(fact.definition, fact.scope)
        return lambda known, asked: inner(known, asked) is not None
    if function == "known":
        return lambda known, asked: key in known  # noqa: ARG005 -- every condition has one shape
    if function == "answered":
        return lambda known, asked: key in known or key in asked
    options = frozenset(name.path for name in items.names) if items else frozenset()
    if function == "any":
        return _any(key, options)

    def all_among(known: Known, asked: Asked) -> bool | None:  # noqa: ARG001 -- as above
        value = known.get(key)
        return None if value is None else options.issubset(value)

    return all_among


def _over_each(function: str, inner: ast.Expression, scope: Scope) -> Truth:
    facts = [fact for fact in facts_of(inner, scope) if fact.each]
    flowchart, keys = facts[0].each, frozenset(fact.key for fact in facts)
    test = compile_condition(inner, scope)
    decisive = function == "any_of"

    def over_each(known: Known, asked: Asked) -> bool | None:
        items = known.get(f"each {flowchart}")
        if items is None:
            return None
        result: bool | None = not decisive
        for item in items:
            own = {key: known[f"{key}@{item}"] for key in keys if f"{key}@{item}" in known}
            own_asked = {key: asked[f"{key}@{item}"] for key in keys if f"{key}@{item}" in asked}
            rest = {key: value for key, value in known.items() if key not in keys}
            rest_asked = {key: value for key, value in asked.items() if key not in keys}
            truth = test({**rest, **own}, {**rest_asked, **own_asked})
            if truth is decisive:
                return decisive
            if truth is None:
                result = None
        return result

    return over_each
