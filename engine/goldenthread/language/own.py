"""A part of a condition in one client's own answers: not every option of the rule, only those that were given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goldenthread.language import ast, english
from goldenthread.language.duration import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.language.types import Fact, Scope

_HELD = re.compile(r"(?P<stem>.+ (?:is|are) [^“”]*?\d[^,;“”]*), (?:at least|at most|over|under|not) .+")
_INCLUDES = re.compile(r"(?P<stem>.+ includes?) (?P<options>“.+”)")
_SEVERAL = frozenset({"choices", "goals"})
_NO_VALUE = _SEVERAL | {"text", "date"}
"""Kinds of facts that are said by their options, or not repeated at all."""
_QUOTED = re.compile(r"“[^”]*”")


def say(
    expression: ast.Expression, scope: Scope, known: Mapping[str, Any], plain: str, *, truth: bool | None
) -> str:
    """Say a part that is true or false of a client; one that is not known is said as the rule has it: `plain`."""
    if truth is None:
        return plain
    while isinstance(expression, ast.Not):
        expression, truth = expression.inner, not truth
    match expression:
        case ast.Compare() | ast.Between():
            return _measured(expression, scope, known, truth=truth) or plain
        case ast.In(right=ast.Items()):
            fact = scope.find(expression.left.path)
            return _is(fact, known) or plain
        case ast.In(right=ast.Call() as call) if call.fact is not None and truth:
            fact = scope.find(call.fact.path)
            groups = fact.type.groups if fact else {}
            return (
                _includes(fact, known, [id_ for id_ in groups if expression.left.path in groups[id_]])
                or plain
            )
        case ast.Call(function="any" | "all", items=items) if items is not None and call_fact(expression):
            fact = scope.find(call_fact(expression))
            wanted = [name.path for name in items.names]
            if truth:
                return _includes(fact, known, wanted) or plain
            return _lacks(fact, known, wanted) if expression.function == "all" else plain
        case ast.Call(function="known") if truth and call_fact(expression):
            fact = scope.find(call_fact(expression))
            return (
                _includes(fact, known, list(fact.type.options if fact else ())) or _is(fact, known) or plain
            )
    return plain


def call_fact(call: ast.Call) -> str:
    """Give the name of the fact that a call reads."""
    return call.fact.path if call.fact else ""


def together(said: Iterable[str]) -> tuple[str, ...]:
    """Give sayings without repeats: what says the same fact twice is said once."""
    stems: dict[str, list[str]] = {}
    for words in said:
        included, held = _INCLUDES.fullmatch(words), _HELD.fullmatch(words)
        stem = included["stem"] if included else held["stem"] if held else words
        stems.setdefault(stem, []).append(words)
    made = []
    for stem, same in stems.items():
        options = list(dict.fromkeys(option for words in same for option in _quoted(words, stem)))
        if options:
            word = "or" if stem.endswith("not include") else "and"
            made.append(f"{stem} {english.join(options, word)}")
        else:
            made.append(same[0] if len(set(same)) == 1 else stem)
    return tuple(made)


def _quoted(words: str, stem: str) -> Sequence[str]:
    return _QUOTED.findall(words) if words != stem and _INCLUDES.fullmatch(words) else ()


def _given(fact: Fact | None, known: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(known.get(fact.key) or ()) if fact and fact.type.kind in _SEVERAL else ()


def _includes(fact: Fact | None, known: Mapping[str, Any], wanted: Sequence[str]) -> str:
    found = [option for option in _given(fact, known) if option in wanted]
    if fact is None or not found:
        return ""
    labels = [f"“{fact.type.options.get(option, option)}”" for option in found]
    return f"{fact.label} {english.agree(fact.label, 'include')} {english.join(labels)}"


def _lacks(fact: Fact | None, known: Mapping[str, Any], wanted: Sequence[str]) -> str:
    assert fact is not None  # noqa: S101 -- it was true or false, and so was found
    missing = [option for option in wanted if option not in _given(fact, known)]
    labels = [f"“{fact.type.options.get(option, option)}”" for option in missing]
    return f"{fact.label} {english.agree(fact.label, 'do not include')} {english.join(labels, 'or')}"


def _is(fact: Fact | None, known: Mapping[str, Any]) -> str:
    """Say the value itself: a number, a length of time, one option."""
    value = known.get(fact.key) if fact else None
    if fact is None or value is None or fact.type.kind in _NO_VALUE:
        return ""
    if isinstance(value, bool):
        return (fact.yes if value else fact.no) or f"{fact.label}: {'yes' if value else 'no'}"
    verb = english.agree(fact.label, "are")
    if isinstance(value, str):
        return f"{fact.label} {verb} “{fact.type.options.get(value, value)}”"
    return f"{fact.label} {verb} {_amount(value, fact)}"


def _amount(value: Any, fact: Fact) -> str:
    if isinstance(value, Duration):
        return str(value)
    unit = "" if not fact.type.unit or fact.type.unit in fact.label else f" {fact.type.unit}"
    return f"{value:g}{unit}"


_LIMITS = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "!=": "not"}


def _measured(part: ast.Compare | ast.Between, scope: Scope, known: Mapping[str, Any], *, truth: bool) -> str:
    """Say a number or a length of time with its limit beside it, so that it can be checked at a glance."""
    side = part.fact if isinstance(part, ast.Between) else part.left
    if isinstance(part, ast.Compare) and isinstance(side, ast.QUANTITIES):
        side = part.right
    if isinstance(side, ast.Call):
        stem = _counted(side, scope, known)
    elif isinstance(side, ast.Name):
        stem = _is(scope.find(side.path), known)
    else:
        return ""
    limits = _limits(part)
    if limits and not truth:
        limits = "" if limits.startswith("not ") else f"not {limits}"
    return f"{stem}, {limits}" if stem and limits else stem


def _counted(call: ast.Call, scope: Scope, known: Mapping[str, Any]) -> str:
    fact = scope.find(call_fact(call))
    if fact is None or fact.key not in known:
        return ""
    return f"the number of {fact.label.removeprefix('the ')} is {len(_given(fact, known))}"


def _limits(part: ast.Compare | ast.Between) -> str:
    if isinstance(part, ast.Between):
        low = f"{'at least' if part.low_op == '<=' else 'over'} {english.amount(part.low)}"
        return f"{low} and {'at most' if part.high_op == '<=' else 'under'} {english.amount(part.high)}"
    op, limit = str(part.op), part.right
    if isinstance(part.left, ast.QUANTITIES):
        op, limit = ast.FLIP[part.op], part.left
    if not isinstance(limit, ast.QUANTITIES) or op not in _LIMITS:
        return ""
    return f"{_LIMITS[op]} {english.amount(limit)}"
