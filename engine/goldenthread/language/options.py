"""The options that a condition names: `worry` of `perpetuating`, `severe` of `episode_severity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.language import ast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.language.types import Fact, Scope


def options_of(expression: ast.Expression, scope: Scope) -> Iterator[tuple[Fact, str]]:
    """Give each option that a condition names, with its fact; those behind derived facts included."""
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            for part in parts:
                yield from options_of(part, scope)
        case ast.Not(inner=inner):
            yield from options_of(inner, scope)
        case ast.Call(condition=inner) if inner is not None:
            yield from options_of(inner, scope)
        case ast.Name(path=path):
            fact = scope.find(path)
            if fact is not None and fact.definition is not None and fact.scope is not None:
                yield from options_of(fact.definition, fact.scope)
        case ast.Compare(left=ast.Name() as name, right=ast.Name() as option):
            yield from _named(name, (option,), scope)
        case ast.In(left=name, right=ast.Items(names=options)):
            yield from _named(name, options, scope)
        case ast.In(left=option, right=ast.Name() as name):
            yield from _named(name, (option,), scope)
        case ast.Call(fact=ast.Name() as name, items=ast.Items(names=options)):
            yield from _named(name, options, scope)


def _named(name: ast.Name, options: tuple[ast.Name, ...], scope: Scope) -> Iterator[tuple[Fact, str]]:
    fact = scope.find(name.path)
    if fact is not None:
        yield from ((fact, option.path) for option in options if option.path in fact.type.options)
