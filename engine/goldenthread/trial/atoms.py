"""Every condition of a library, taken apart into what single facts are compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.language import ast
from goldenthread.language.options import options_of
from goldenthread.language.types import facts_of
from goldenthread.model import Alert, Diagnosis
from goldenthread.model.bank import Advisable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.language import Condition, Scope
    from goldenthread.model import Library

PREVIOUS = "previous."
_TOGETHER = 4
"""At most so many options of one condition are tried together."""


@dataclass(slots=True)
class Compared:
    """What conditions compare one fact with."""

    numbers: dict[float, None] = field(default_factory=dict)
    spans: dict[str, None] = field(default_factory=dict)
    counts: dict[int, None] = field(default_factory=dict)
    together: dict[tuple[str, ...], None] = field(default_factory=dict)
    """Options that one condition names."""


def conditions_of(library: Library) -> Iterator[Condition]:
    """Give every condition that anything follows from."""
    for chart in library.flowcharts.values():
        yield from chart.facts.values()
        for node in chart.nodes.values():
            yield from (edge.when for edge in node.edges if edge.when is not None)
            yield from (option.when for option in node.options.values() if option.when is not None)
    for role in library.roles.values():
        yield from (option.when for option in role.options.values() if option.when is not None)
    for entry in library.entries():
        if isinstance(entry, Advisable):
            more = (*entry.speaks_for, *entry.speaks_against) if isinstance(entry, Diagnosis) else ()
            yield from (rule.when for rule in entry.suggest)
            yield from (rule.when for rule in (*entry.rule_out, *entry.caution, *more))
        elif isinstance(entry, Alert):
            yield from (entry.raise_when, entry.cleared_when)
    yield from (o.until for o in library.obligations.values() if o.until is not None)


def atoms_of(expression: ast.Expression, scope: Scope) -> Iterator[tuple[ast.Expression, Scope]]:
    """Give the comparisons that a condition is made of, those behind derived facts included, each with its scope."""
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            for part in parts:
                yield from atoms_of(part, scope)
        case ast.Not(inner=inner):
            yield from atoms_of(inner, scope)
        case ast.Call(condition=inner) if inner is not None:
            yield from atoms_of(inner, scope)
        case ast.Name(path=path):
            fact = scope.find(path)
            if fact is not None and fact.definition is not None and fact.scope is not None:
                yield from atoms_of(fact.definition, fact.scope)
            else:
                yield expression, scope
        case _:
            yield expression, scope


def compared(libraries: Iterable[Library]) -> dict[str, Compared]:
    """Give for each fact what the conditions of these libraries compare it with."""
    found: dict[str, Compared] = {}
    for library in libraries:
        for condition in conditions_of(library):
            if condition.bound:
                _note(condition, found)
    return found


def _note(condition: Condition, found: dict[str, Compared]) -> None:
    named: dict[str, list[str]] = {}
    for fact, option in options_of(condition.expression, condition.scope):
        named.setdefault(fact.key.removeprefix(PREVIOUS), []).append(option)
    for key, options in named.items():
        together = tuple(dict.fromkeys(options))
        if 1 < len(together) <= _TOGETHER:
            found.setdefault(key, Compared()).together[together] = None
    for atom, scope in atoms_of(condition.expression, condition.scope):
        for fact in facts_of(atom, scope):
            here = found.setdefault(fact.key.removeprefix(PREVIOUS), Compared())
            for quantity, counted in _quantities(atom):
                if counted:
                    here.counts[int(_number(quantity))] = None
                elif isinstance(quantity, ast.Span):
                    here.spans[quantity.text] = None
                else:
                    here.numbers[quantity.value] = None


def _quantities(atom: ast.Expression) -> Iterator[tuple[ast.Number | ast.Span, bool]]:
    """Give the numbers in a comparison, and whether each is the number of options chosen."""
    match atom:
        case ast.Compare(left=left, right=right):
            counted = isinstance(left, ast.Call) or isinstance(right, ast.Call)
            yield from ((side, counted) for side in (left, right) if isinstance(side, ast.Number | ast.Span))
        case ast.Between(low=low, high=high, fact=fact):
            yield from ((side, isinstance(fact, ast.Call)) for side in (low, high))


def _number(quantity: ast.Number | ast.Span) -> float:
    return quantity.days if isinstance(quantity, ast.Span) else quantity.value
