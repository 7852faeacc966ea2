"""A condition in plain English, in the words of the questions and options that it reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.language import ast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.language.types import Fact, Scope

_WORDS = {
    "==": "is",
    "!=": "is not",
    "<": "is under",
    "<=": "is at most",
    ">": "is over",
    ">=": "is at least",
}
_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def join(words: Sequence[str], last: str = "and") -> str:
    """Join words as English does: `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def say(expression: ast.Expression, scope: Scope) -> str:
    """Say a condition in English. What cannot be found is said by its own name."""
    return _say(expression, scope, negated=False)


def deny(expression: ast.Expression, scope: Scope) -> str:
    """Say in English that a condition is not so."""
    return _say(expression, scope, negated=True)


def _say(expression: ast.Expression, scope: Scope, *, negated: bool) -> str:
    match expression:
        case ast.Not(inner=inner):
            return _say(inner, scope, negated=not negated)
        case ast.And(parts=parts) | ast.Or(parts=parts):
            conjunction = isinstance(expression, ast.And) is not negated
            said = [_bracketed(part, scope, negated=negated, inside_and=conjunction) for part in parts]
            word = " and " if conjunction else " or "
            return word.join(dict.fromkeys(said))
        case ast.Name():
            return _yes_no(expression, scope, negated=negated)
        case ast.Compare():
            return _compare(expression, scope, negated=negated)
        case ast.Between():
            return _between(expression, scope, negated=negated)
        case ast.In():
            return _in(expression, scope, negated=negated)
        case ast.Call():
            return _call(expression, scope, negated=negated)


def _opened(part: ast.Expression, scope: Scope, *, negated: bool) -> tuple[ast.Expression, bool]:
    """See through `not` and derived facts without words: give what is said, and whether negated."""
    while True:
        if isinstance(part, ast.Not):
            part, negated = part.inner, not negated
            continue
        fact = scope.find(part.path) if isinstance(part, ast.Name) else None
        if fact is None or fact.definition is None or fact.scope is None or fact.label:
            return part, negated
        part, scope = fact.definition, fact.scope


def _bracketed(part: ast.Expression, scope: Scope, *, negated: bool, inside_and: bool) -> str:
    inner, flipped = _opened(part, scope, negated=negated)
    said = _say(part, scope, negated=negated)
    if isinstance(inner, ast.JUNCTIONS):
        is_and = isinstance(inner, ast.And) is not flipped
        if is_and is not inside_and:
            return f"({said})"
    return said


def _label(fact: Fact | None, path: str) -> str:
    return fact.label if fact and fact.label else path.replace("_", " ").replace(".", " ")


def _yes_no(name: ast.Name, scope: Scope, *, negated: bool) -> str:
    fact = scope.find(name.path)
    if fact and fact.definition is not None and fact.scope is not None and not fact.label:
        return _say(fact.definition, fact.scope, negated=negated)
    if fact and not negated and fact.yes:
        return fact.yes
    if fact and negated and fact.no:
        return fact.no
    return f"{_label(fact, name.path)}: {'no' if negated else 'yes'}"


def _side(side: ast.Name | ast.Call, scope: Scope) -> tuple[str, Fact | None]:
    if isinstance(side, ast.Call):
        fact = scope.find(side.fact.path) if side.fact else None
        return f"the number of {_label(fact, side.fact.path if side.fact else '').removeprefix('the ')}", fact
    fact = scope.find(side.path)
    return _label(fact, side.path), fact


def amount(part: ast.Number | ast.Span) -> str:
    """Say a number or a length of time."""
    if isinstance(part, ast.Span):
        number, _, unit = part.text.partition(" ")
        return f"{number} {unit.removesuffix('s')}" + ("" if float(number) == 1 else "s")
    return f"{part.value:g}"


def _quantity(part: ast.Number | ast.Span, fact: Fact | None) -> str:
    if isinstance(part, ast.Span):
        return amount(part)
    unit = f" {fact.type.unit}" if fact and fact.type.unit and fact.type.kind == "number" else ""
    return f"{part.value:g}{unit}"


def _compare(part: ast.Compare, scope: Scope, *, negated: bool) -> str:
    left, op, right = part.left, str(part.op), part.right
    if isinstance(left, ast.QUANTITIES):
        left, op, right = right, ast.FLIP[op], left
    if negated:
        op = _NEGATED[op]
    if isinstance(left, ast.QUANTITIES):
        return "a number is compared with a number"
    label, fact = _side(left, scope)
    if isinstance(right, ast.QUANTITIES):
        return f"{label} {_WORDS[op]} {_quantity(right, fact)}"
    if isinstance(right, ast.Name):
        option = fact.type.options.get(right.path, right.path) if fact else right.path
        ordered = {"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
        return f"{label} {ordered.get(op, _WORDS[op])} “{option}”"
    return f"{label} {_WORDS[op]} {_side(right, scope)[0]}"


def _between(part: ast.Between, scope: Scope, *, negated: bool) -> str:
    label, fact = _side(part.fact, scope)
    low, high = _quantity(part.low, fact), _quantity(part.high, fact)
    if negated:
        under, over = (
            "under" if part.low_op == "<=" else "at most",
            "over" if part.high_op == "<=" else "at least",
        )
        return f"{label} is either {under} {low} or {over} {high}"
    over, under = (
        "at least" if part.low_op == "<=" else "over",
        "at most" if part.high_op == "<=" else "under",
    )
    return f"{label} is {over} {low} and {under} {high}"


def _in(part: ast.In, scope: Scope, *, negated: bool) -> str:
    no = "not " if negated else ""
    if isinstance(part.right, ast.Items):
        fact = scope.find(part.left.path)
        return f"{_label(fact, part.left.path)} is {no}{_options(part.right, fact, 'or')}"
    if isinstance(part.right, ast.Call):
        name = part.right.fact
        fact = scope.find(name.path) if name else None
        kind = part.left.path.replace("_", " ")
        return f"{_label(fact, name.path if name else '')} is {no}of the group “{kind}”"
    fact = scope.find(part.right.path)
    option = fact.type.options.get(part.left.path, part.left.path) if fact else part.left.path
    verb = "do not include" if negated else "include"
    return f"{_plural(_label(fact, part.right.path), verb)} “{option}”"


_SINGULAR = {
    "are": "is",
    "include": "includes",
    "do not include": "does not include",
    "include none of": "includes none of",
    "do not include all of": "does not include all of",
    "are known": "is known",
    "are not known": "is not known",
    "were asked about": "was asked about",
    "were not asked about": "was not asked about",
}
_HEAD = re.compile(r" (?:of|after|to|for|with|about|in|at|a|that|from|and) ")
_CLAUSE = re.compile(r"(?:what|how|whether|who|where|when|why) ")


def agree(label: str, verb: str) -> str:
    """Give the form of a verb that goes with a label: `the concerns include`, `what keeps it going includes`."""
    head = _HEAD.split(label, maxsplit=1)[0]
    plural = not _CLAUSE.match(label) and head.endswith("s") and not head.endswith(("ss", "is", "us"))
    return verb if plural else _SINGULAR[verb]


def _plural(label: str, verb: str) -> str:
    return f"{label} {agree(label, verb)}"


def _options(items: ast.Items, fact: Fact | None, word: str) -> str:
    labels = fact.type.options if fact else {}
    return join([f"“{labels.get(name.path, name.path)}”" for name in items.names], word)


def _call(part: ast.Call, scope: Scope, *, negated: bool) -> str:
    if part.condition is not None:
        inner = say(part.condition, scope)
        some = {"any_of": ("for at least one, ", "for none, "), "all_of": ("for each, ", "not for each, ")}
        return some[part.function][negated] + inner
    path = part.fact.path if part.fact else ""
    fact = scope.find(path)
    label = _label(fact, path)
    if part.function == "known":
        return _plural(label, "are not known" if negated else "are known")
    if part.function == "answered":
        return _plural(label, "were not asked about" if negated else "were asked about")
    assert part.items is not None  # noqa: S101 -- any and all have items
    no, word = ("include none of", "or") if part.function == "any" else ("do not include all of", "and")
    return f"{_plural(label, no if negated else 'include')} {_options(part.items, fact, word)}"
