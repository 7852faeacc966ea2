"""The names in a condition: facts, and the options that stand opposite them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.language import RESERVED, ConditionError, ast
from goldenthread.language.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Part = tuple[str, str, str, int, int]
    """What a name is (`fact`, `option`, `group`), of which fact, the name, and from where to where it stands."""

_NAME = re.compile(r"(?<![0-9A-Za-z_.])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")


def in_condition(text: str) -> Iterator[Part]:
    """Give the names in a condition. In one that cannot be read, each word is taken for a fact."""
    try:
        expression = parse(text)
    except ConditionError:
        for match in _NAME.finditer(text):
            if match[0] not in RESERVED:
                yield ("fact", "", match[0], *match.span())
        return
    yield from _names(expression)


def _names(part: ast.Expression) -> Iterator[Part]:
    match part:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            for inner in parts:
                yield from _names(inner)
        case ast.Not(inner=inner):
            yield from _names(inner)
        case ast.Call(condition=inside) if inside is not None:
            yield from _names(inside)
        case ast.Name():
            yield _fact(part)
        case ast.Compare(left=ast.Name() as fact, right=ast.Name() as option):
            yield from _with_options(fact, (option,))
        case ast.Compare(left=left, right=right):
            yield from (*_side(left), *_side(right))
        case ast.Between(fact=side):
            yield from _side(side)
        case ast.In():
            yield from _in(part)
        case ast.Call(fact=ast.Name() as fact, items=items):
            yield from _with_options(fact, items.names if items else ())


def _in(part: ast.In) -> Iterator[Part]:
    left, right = part.left, part.right
    if isinstance(right, ast.Items):
        yield from _with_options(left, right.names)
    elif isinstance(right, ast.Name):
        yield from _with_options(right, (left,))
    elif right.fact is not None:
        # What is left of `groups(…)` is a group.
        yield _fact(right.fact)
        yield "group", right.fact.path, left.path, left.start, left.end


def _fact(name: ast.Name) -> Part:
    return "fact", "", name.path, name.start, name.end


def _side(side: object) -> Iterator[Part]:
    if isinstance(side, ast.Call):
        side = side.fact
    if isinstance(side, ast.Name):
        yield _fact(side)


def _with_options(fact: ast.Name, options: Iterable[ast.Name]) -> Iterator[Part]:
    yield _fact(fact)
    for option in options:
        yield "option", fact.path, option.path, option.start, option.end
