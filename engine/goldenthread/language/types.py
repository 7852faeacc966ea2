"""What a fact can be, and whether a condition fits it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from goldenthread.diagnostics import did_you_mean
from goldenthread.language import ast
from goldenthread.language.parse import ConditionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["text", "number", "duration", "date", "yes_no", "choice", "choices", "goals"]


@dataclass(frozen=True, slots=True)
class Type:
    """What may be answered: the kind, and for choices the options in order with their labels."""

    kind: Kind
    options: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    low: float | None = None
    high: float | None = None
    unit: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A name that a condition may read: where its value is kept (`key`), its type, and its words."""

    key: str
    type: Type
    label: str
    yes: str = ""
    no: str = ""
    safety: bool = False
    each: str = ""
    """The flowchart that is run once an item, where the fact belongs to one."""
    definition: ast.Expression | None = None
    """A derived fact's own condition."""
    scope: Scope | None = None
    """Where that condition's names are looked up."""


class Scope(Protocol):
    """Looks names up for conditions that stand in one place of the library."""

    def find(self, name: str) -> Fact | None:
        """Give the fact of that name, or None."""

    def names(self) -> Iterable[str]:
        """Give every name there is, for `did you mean`."""


def require(name: ast.Name, scope: Scope) -> Fact:
    """Give the fact of that name; raise ConditionError with the nearest right name."""
    fact = scope.find(name.path)
    if fact is None:
        message = f"there is no fact, role or instrument value `{name.path}`"
        raise ConditionError("C002", name.start, name.end, message, did_you_mean(name.path, scope.names()))
    return fact


def check(expression: ast.Expression, scope: Scope) -> Iterable[ConditionError]:
    """Give everything in a condition that does not fit the types of its facts."""
    try:
        match expression:
            case ast.And(parts=parts) | ast.Or(parts=parts):
                for part in parts:
                    yield from check(part, scope)
            case ast.Not(inner=inner):
                yield from check(inner, scope)
            case ast.Name():
                _yes_no(expression, scope)
            case ast.Compare():
                _compare(expression, scope)
            case ast.Between():
                _between(expression, scope)
            case ast.In():
                _in(expression, scope)
            case ast.Call(condition=inner) if inner is not None:
                yield from check(inner, scope)
                _over_each(expression, inner, scope)
            case ast.Call():
                _call(expression, scope)
    except ConditionError as error:
        yield error


_COMPARED = {
    "number": "compare it with a number",
    "duration": "compare it with a length of time, e.g. `4 weeks`",
    "text": "free words can only be `known(…)` or `answered(…)`",
    "date": "a date can only be `known(…)` or `answered(…)`",
    "goals": "goals can be counted: `count(…) >= 1`",
}


def _yes_no(name: ast.Name, scope: Scope) -> None:
    fact = require(name, scope)
    if fact.type.kind == "yes_no":
        return
    hints = {
        "choice": f"write `{name.path} == option`",
        "choices": f"write `option in {name.path}`, or `known({name.path})`",
        "number": f"compare it, e.g. `{name.path} >= 1`",
        "duration": f"compare it, e.g. `{name.path} >= 4 weeks`",
    }
    help_ = hints.get(fact.type.kind, f"write `known({name.path})`")
    raise ConditionError(
        "C003", name.start, name.end, f"`{name.path}` is a {_named(fact.type)}, not yes or no", help_
    )


def _named(type_: Type) -> str:
    return {"yes_no": "yes-no answer", "choices": "list of choices", "goals": "list of goals"}.get(
        type_.kind, type_.kind
    )


def _option(option: ast.Name, fact: Fact, path: str) -> None:
    if option.path not in fact.type.options:
        message = f"`{option.path}` is not an option of `{path}`"
        raise ConditionError(
            "C004",
            option.start,
            option.end,
            message,
            did_you_mean(option.path, fact.type.options),
            of=fact.key,
        )


def _number_fits(number: ast.Number, type_: Type, path: str) -> None:
    low, high = type_.low, type_.high
    if (low is not None and number.value < low) or (high is not None and number.value > high):
        message = f"{number.value:g} is outside what `{path}` can be"
        limits = [f"{word} {limit:g}" for word, limit in (("from", low), ("to", high)) if limit is not None]
        raise ConditionError("C005", number.start, number.end, message, f"it runs {' '.join(limits)}")


def _quantity_fits(quantity: ast.Number | ast.Span, side: ast.Name | ast.Call, scope: Scope) -> None:
    if isinstance(side, ast.Call):
        _count_fits(quantity, side, scope)
        return
    fact = require(side, scope)
    if isinstance(quantity, ast.Span):
        if fact.type.kind != "duration":
            message = f"`{side.path}` is a {_named(fact.type)} and cannot be compared with a length of time"
            raise ConditionError("C003", quantity.start, quantity.end, message)
        return
    if fact.type.kind == "duration":
        message = f"`{side.path}` is a duration; a number alone says no unit"
        raise ConditionError("C003", quantity.start, quantity.end, message, "write a unit, e.g. `4 weeks`")
    if fact.type.kind != "number":
        message = f"`{side.path}` is a {_named(fact.type)} and cannot be compared with a number"
        raise ConditionError("C003", quantity.start, quantity.end, message)
    _number_fits(quantity, fact.type, side.path)


def _count_fits(quantity: ast.Number | ast.Span, call: ast.Call, scope: Scope) -> None:
    if call.function != "count" or call.fact is None:
        raise ConditionError(
            "C003",
            call.start,
            call.end,
            f"`{call.function}(…)` cannot be compared",
            "only `count(x)` gives a number",
        )
    fact = require(call.fact, scope)
    if fact.type.kind not in {"choices", "goals"}:
        raise ConditionError(
            "C003",
            call.fact.start,
            call.fact.end,
            f"`{call.fact.path}` is a {_named(fact.type)} and has nothing to count",
        )
    if isinstance(quantity, ast.Span) or quantity.value != int(quantity.value):
        raise ConditionError("C003", quantity.start, quantity.end, "a count is compared with a whole number")


def _compare(part: ast.Compare, scope: Scope) -> None:
    left, right = part.left, part.right
    if isinstance(left, ast.QUANTITIES):
        left, right = right, left
    if isinstance(left, ast.QUANTITIES):
        raise ConditionError(
            "C003",
            part.start,
            part.end,
            "two numbers are compared; nothing can change that",
            "name a fact on one side",
        )
    if isinstance(right, ast.QUANTITIES):
        _quantity_fits(right, left, scope)
        return
    if isinstance(left, ast.Call) or isinstance(right, ast.Call):
        raise ConditionError("C003", part.start, part.end, "a count is compared with a number")
    _compare_names(part, left, right, scope)


def _compare_names(part: ast.Compare, left: ast.Name, right: ast.Name, scope: Scope) -> None:
    fact, other = scope.find(left.path), scope.find(right.path)
    if fact is None and other is not None and left.path in other.type.options:
        raise ConditionError(
            "C003",
            left.start,
            left.end,
            "the fact stands first, the option after it",
            f"write `{right.path} {part.op} {left.path}`",
        )
    fact = require(left, scope)
    if fact.type.kind == "choice":
        _option(right, fact, left.path)
        if part.op not in {"==", "!="} and not fact.type.ordered:
            message = f"the options of `{left.path}` stand in no order"
            raise ConditionError("C003", part.start, part.end, message, "use `==`, `!=` or `in [a, b]`")
        return
    if fact.type.kind == "choices":
        raise ConditionError(
            "C003",
            part.start,
            part.end,
            f"`{left.path}` holds several options",
            f"write `{right.path} in {left.path}`",
        )
    if fact.type.kind == "yes_no":
        raise ConditionError(
            "C003",
            part.start,
            part.end,
            f"`{left.path}` is yes or no",
            f"write `{left.path}` or `not {left.path}`",
        )
    if other is None:
        message = f"`{left.path}` is a {_named(fact.type)} and has no option `{right.path}`"
        raise ConditionError("C003", right.start, right.end, message, _COMPARED.get(fact.type.kind, ""))
    raise ConditionError(
        "C003",
        part.start,
        part.end,
        "two facts are not compared with each other",
        "compare each with a number",
    )


def _between(part: ast.Between, scope: Scope) -> None:
    _quantity_fits(part.low, part.fact, scope)
    _quantity_fits(part.high, part.fact, scope)
    low = part.low.days if isinstance(part.low, ast.Span) else part.low.value
    high = part.high.days if isinstance(part.high, ast.Span) else part.high.value
    if low > high or (low == high and "<" in {part.low_op, part.high_op}):
        raise ConditionError(
            "C005", part.start, part.end, "nothing lies in this range", "write the lower limit first"
        )


def _in(part: ast.In, scope: Scope) -> None:
    right = part.right
    if isinstance(right, ast.Items):
        fact = require(part.left, scope)
        if fact.type.kind == "choices":
            raise ConditionError(
                "C003",
                part.start,
                part.end,
                f"`{part.left.path}` holds several options",
                f"write `any({part.left.path}, [a, b])`",
            )
        if fact.type.kind != "choice":
            raise ConditionError(
                "C003",
                part.left.start,
                part.left.end,
                f"`{part.left.path}` is a {_named(fact.type)} and has no options",
            )
        for name in right.names:
            _option(name, fact, part.left.path)
        return
    if isinstance(right, ast.Call):
        assert right.fact is not None  # noqa: S101 -- the parser lets only groups(x) stand here
        grouped = require(right.fact, scope).type.groups.values()
        groups = sorted({group for names in grouped for group in names})
        if part.left.path not in groups:
            message = f"`{part.left.path}` is not a group of `{right.fact.path}`"
            raise ConditionError(
                "C004", part.left.start, part.left.end, message, did_you_mean(part.left.path, groups)
            )
        return
    fact = require(right, scope)
    if fact.type.kind == "choice":
        raise ConditionError(
            "C003",
            part.start,
            part.end,
            f"`{right.path}` is a single option",
            f"write `{right.path} == {part.left.path}`",
        )
    if fact.type.kind != "choices":
        raise ConditionError(
            "C003", right.start, right.end, f"`{right.path}` is a {_named(fact.type)} and has no options"
        )
    _option(part.left, fact, right.path)


def _call(part: ast.Call, scope: Scope) -> None:
    if part.fact is None:
        return
    fact = require(part.fact, scope)
    if part.items is None:
        return
    if fact.type.kind != "choices":
        help_ = f"write `{part.fact.path} in [a, b]`" if fact.type.kind == "choice" else ""
        raise ConditionError(
            "C003",
            part.fact.start,
            part.fact.end,
            f"`{part.fact.path}` is a {_named(fact.type)}, not a list of choices",
            help_,
        )
    for name in part.items.names:
        _option(name, fact, part.fact.path)


def _over_each(part: ast.Call, inner: ast.Expression, scope: Scope) -> None:
    visited = {fact.each for fact in facts_of(inner, scope) if fact.each}
    if len(visited) > 1:
        message = (
            f"`{part.function}(…)` reads questions of {len(visited)} flowcharts that are asked once an item"
        )
        raise ConditionError("C003", part.start, part.end, message, "write one of these for each flowchart")
    if not visited:
        message = f"nothing in `{part.function}(…)` is asked once an item"
        raise ConditionError(
            "C003",
            part.start,
            part.end,
            message,
            "name a question of a flowchart that is visited with `each`",
        )


def names_of(expression: ast.Expression) -> Iterable[ast.Name]:
    """Give the names of facts in a condition (not those of options)."""
    match expression:
        case ast.And(parts=parts) | ast.Or(parts=parts):
            for part in parts:
                yield from names_of(part)
        case ast.Not(inner=inner):
            yield from names_of(inner)
        case ast.Call(condition=inner) if inner is not None:
            yield from names_of(inner)
        case _:
            name = _fact_of(expression)
            if name is not None:
                yield name


def _fact_of(part: ast.Expression) -> ast.Name | None:
    """Give the one fact that an atom of a condition reads."""
    side: object = part
    match part:
        case ast.Compare(left=left, right=right):
            side = left if isinstance(left, ast.SIDES) else right
        case ast.Between(fact=fact):
            side = fact
        case ast.In(left=left, right=right):
            side = left if isinstance(right, ast.Items) else right
    if isinstance(side, ast.Call):
        return side.fact
    return side if isinstance(side, ast.Name) else None


def fact_of(part: ast.Expression, scope: Scope) -> Fact | None:
    """Give the one fact that a part of a condition reads; None where there is none, or the part is made of parts."""
    name = _fact_of(part)
    return scope.find(name.path) if name is not None else None


def facts_of(expression: ast.Expression, scope: Scope) -> Iterable[Fact]:
    """Give the facts that a condition reads, those behind derived facts included."""
    for name in names_of(expression):
        fact = scope.find(name.path)
        if fact is None:
            continue
        if fact.definition is not None and fact.scope is not None:
            yield from facts_of(fact.definition, fact.scope)
        else:
            yield fact
