"""From a condition and the truth that is wanted of it, to what single answers have to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.language import ast
from goldenthread.language.compile import compile_condition
from goldenthread.language.options import options_of
from goldenthread.language.types import facts_of
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from goldenthread.language import Condition, Scope
    from goldenthread.language.compile import Truth

Wanted = bool | None
"""True, False, or None for unknown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A comparison with the facts that it reads, what it should come to, and the options that it names."""

    keys: frozenset[str]
    truth: Truth
    wanted: Wanted
    options: tuple[str, ...]

    def granted(self, known: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
        """Say whether these answers make it so."""
        return self.truth(known, asked) is self.wanted


def wishes(
    condition: Condition, wanted: Wanted, random: Random, unlike: Condition | None = None
) -> list[Wish]:
    """Give what makes a condition true, false or unknown; where there are several ways, one of them by chance.

    The ways are found part by part, so that two wishes may contradict each other. The walk shows it. Where the same is
    wanted to tell it from a condition that it is `unlike`, the way goes by a part that the other has not.
    """
    if not condition.bound:
        return []
    expression = condition.expression
    other = _parts(unlike) if unlike is not None and unlike.bound else set()
    if other and isinstance(expression, ast.And | ast.Or) and wanted is isinstance(expression, ast.Or):
        own = [part for part in expression.parts if _text(condition, part) not in other]
        if own:
            return list(_wishes(random.choice(own), condition.scope, wanted, random))
    return list(_wishes(expression, condition.scope, wanted, random))


def _parts(condition: Condition) -> set[str]:
    expression = condition.expression
    parts = expression.parts if isinstance(expression, ast.And | ast.Or) else (expression,)
    return {_text(condition, part) for part in parts}


def _text(condition: Condition, part: ast.Expression) -> str:
    return " ".join(condition.text[part.start : part.end].split())


def _wishes(expression: ast.Expression, scope: Scope, wanted: Wanted, random: Random) -> Iterator[Wish]:
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            decisive = isinstance(expression, ast.Or)
            if wanted is (not decisive):
                chosen: dict[int, Wanted] = dict.fromkeys(range(len(parts)), wanted)
            elif wanted is decisive:
                chosen = {random.randrange(len(parts)): wanted}
            else:
                chosen = dict.fromkeys(range(len(parts)), not decisive)
                chosen[random.randrange(len(parts))] = None
            for n, want in chosen.items():
                yield from _wishes(parts[n], scope, want, random)
        case ast.Not(inner=inner):
            yield from _wishes(inner, scope, None if wanted is None else not wanted, random)
        case ast.Call(condition=inner) if inner is not None:
            yield from _wishes(inner, scope, wanted, random)
        case ast.Name(path=path):
            fact = scope.find(path)
            if fact is not None and fact.definition is not None and fact.scope is not None:
                yield from _wishes(fact.definition, fact.scope, wanted, random)
            else:
                yield _wish(expression, scope, wanted)
        case _:
            yield _wish(expression, scope, wanted)


def _wish(atom: ast.Expression, scope: Scope, wanted: Wanted) -> Wish:
    keys = frozenset(fact.key.removeprefix(PREVIOUS) for fact in facts_of(atom, scope))
    options = tuple(dict.fromkeys(option for _, option in options_of(atom, scope)))
    match atom:
        case ast.In(left=group, right=ast.Call(fact=ast.Name() as name)):
            fact = scope.find(name.path)
            grouped = fact.type.groups if fact is not None else {}
            options = tuple(option for option, groups in grouped.items() if group.path in groups)
    return Wish(keys, compile_condition(atom, scope), wanted, options)
