"""Random conditions and answers over the small scope, and a slow evaluator to hold compiled ones against."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from scope import BASE, SCOPE

from goldenthread.language import Duration, ast

if TYPE_CHECKING:
    from goldenthread.language import Scope

OPS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ops = st.sampled_from(sorted(OPS))
_low = st.sampled_from(["<", "<="])


def _numbers(name: str, low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    return st.one_of(
        st.builds(lambda op, n: f"{name} {op} {n}", _ops, number),
        st.builds(lambda op, n: f"{n} {op} {name}", _ops, number),
        st.builds(
            lambda a, b, o, p: f"{min(a, b)} {o} {name} {p} {max(a, b) if a != b else max(a, b) + 0}",
            number,
            number,
            _low,
            _low,
        ).filter(lambda text: text.split()[0] != text.split()[-1]),
    )


def _options(name: str, *, least: int = 1) -> st.SearchStrategy[str]:
    ids = sorted(SCOPE.facts[name].type.options)
    return st.lists(st.sampled_from(ids), min_size=least, max_size=3).map(lambda some: f"[{', '.join(some)}]")


def _option(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(SCOPE.facts[name].type.options))


_names = st.sampled_from(["manic", "alone", "risky", "settled", "plain"])
_plain_atoms = st.one_of(
    _names,
    _numbers("age", 0, 120),
    _numbers("phq9.total", 0, 27),
    _numbers("phq9.change", -27, 27),
    st.builds(
        lambda op, n, unit: f"onset {op} {n} {unit}",
        _ops,
        st.integers(0, 5),
        st.sampled_from(["day", "weeks", "months"]),
    ),
    _numbers("count(perpetuating)", 0, 3),
    _numbers("count(aims)", 0, 3),
    st.builds(lambda op, o: f"severity {op} {o}", _ops, _option("severity")),
    st.builds(lambda op, o: f"setting {op} {o}", st.sampled_from(["==", "!="]), _option("setting")),
    _options("setting").map(lambda some: f"setting in {some}"),
    _option("perpetuating").map(lambda o: f"{o} in perpetuating"),
    st.sampled_from(["anxious", "worried", "low_mood"]).map(lambda group: f"{group} in groups(diagnoses)"),
    st.builds(
        lambda f, some: f"{f}(diagnoses, {some})", st.sampled_from(["any", "all"]), _options("diagnoses")
    ),
)
_asking = st.builds(
    lambda f, name: f"{f}({name})",
    st.sampled_from(["known", "answered"]),
    st.sampled_from(sorted(set(SCOPE.facts))),
)


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(
            lambda word, parts: word.join(f"({p})" for p in parts),
            st.sampled_from([" and ", " or "]),
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(lambda word, a, b: f"{a} {word} {b}", st.sampled_from(["and", "or"]), inner, inner),
        inner.map(lambda text: f"not ({text})"),
    )


def _with_each(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    own = st.one_of(_numbers("detail.hours", 0, 24), st.just("detail.worst"))
    inside = st.builds(
        lambda a, word, b, n: f"{a} {word} {b}" if n else a,
        own,
        st.sampled_from(["and", "or"]),
        atoms,
        st.booleans(),
    )
    return st.one_of(
        atoms, st.builds(lambda f, text: f"{f}({text})", st.sampled_from(["any_of", "all_of"]), inside)
    )


def conditions(*, asking: bool) -> st.SearchStrategy[str]:
    """Texts of well-typed conditions, with `known(…)` and `answered(…)` or without."""
    atoms = st.one_of(_plain_atoms, _asking) if asking else _plain_atoms
    return st.recursive(_with_each(atoms), _wider, max_leaves=6)


def _values(key: str) -> st.SearchStrategy[Any]:
    type_ = BASE.facts[key].type
    match type_.kind:
        case "yes_no":
            return st.booleans()
        case "number":
            return st.integers(int(type_.low or 0), int(type_.high or 0))
        case "duration":
            return st.builds(
                Duration, st.integers(0, 40).map(float), st.sampled_from(["day", "week", "month"])
            )
        case "choice":
            return st.sampled_from([*type_.options, "own_1"])
        case "choices":
            some = st.lists(st.sampled_from([*type_.options, "own_1"]), unique=True)
            return st.one_of(some, some.map(lambda ids: dict.fromkeys(ids, "an example")))
        case "goals":
            return st.lists(st.just({"id": "walk"}), max_size=3)
        case _:
            return st.just("words")


@st.composite
def answers(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str]]:
    """Give what is known, and what was asked without an answer."""
    known: dict[str, Any] = {}
    asked: dict[str, str] = {}
    items = draw(st.one_of(st.none(), st.lists(st.sampled_from(["avoids", "worries"]), unique=True)))
    if items is not None:
        known["each detail"] = items
    for key, fact in BASE.facts.items():
        for full in [f"{key}@{item}" for item in items or ()] if fact.each else [key]:
            state = draw(st.sampled_from(["known", "known", "asked", "left"]))
            if state == "known":
                known[full] = draw(_values(key))
            elif state == "asked":
                asked[full] = draw(st.sampled_from(["not_known", "declined"]))
    return known, asked


def slow(part: ast.Expression, scope: Scope, known: dict[str, Any], asked: dict[str, str]) -> bool | None:
    """Evaluate a condition by its meaning alone, one plain step after the other."""
    match part:
        case ast.And(parts=parts):
            truths = [slow(p, scope, known, asked) for p in parts]
            return False if False in truths else None if None in truths else True
        case ast.Or(parts=parts):
            truths = [slow(p, scope, known, asked) for p in parts]
            return True if True in truths else None if None in truths else False
        case ast.Not(inner=inner):
            truth = slow(inner, scope, known, asked)
            return None if truth is None else not truth
        case ast.Name(path=path):
            fact = scope.find(path)
            assert fact is not None
            if fact.definition is not None and fact.scope is not None:
                return slow(fact.definition, fact.scope, known, asked)
            return known.get(fact.key)
        case ast.Compare(left=left, op=op, right=right):
            if isinstance(left, ast.Name) and isinstance(right, ast.Name):
                return _against_option(left, str(op), right.path, scope, known)
            a, b = _quantity(left, scope, known), _quantity(right, scope, known)
            return None if a is None or b is None else OPS[op](a, b)
        case ast.Between(low=low, low_op=first, fact=fact_part, high_op=second, high=high):
            a, x, b = (_quantity(p, scope, known) for p in (low, fact_part, high))
            return None if a is None or b is None or x is None else OPS[first](a, x) and OPS[second](x, b)
        case ast.In(left=left, right=right):
            return _in(left, right, scope, known)
        case ast.Call():
            return _call(part, scope, known, asked)


def _quantity(part: Any, scope: Scope, known: dict[str, Any]) -> float | None:
    if isinstance(part, ast.Number):
        return part.value
    if isinstance(part, ast.Span):
        return part.days
    if isinstance(part, ast.Call):
        assert part.fact is not None
        value = known.get(_key(part.fact, scope))
        return None if value is None else len(list(value))
    value = known.get(_key(part, scope))
    return value.days if isinstance(value, Duration) else value


def _key(name: ast.Name, scope: Scope) -> str:
    fact = scope.find(name.path)
    assert fact is not None
    return fact.key


def _against_option(left: ast.Name, op: str, option: str, scope: Scope, known: dict[str, Any]) -> bool | None:
    fact = scope.find(left.path)
    assert fact is not None
    value = known.get(fact.key)
    if value is None:
        return None
    if op in {"==", "!="}:
        return (value == option) is (op == "==")
    order = list(fact.type.options)
    return None if value not in order else OPS[op](order.index(value), order.index(option))


def _in(left: ast.Name, right: Any, scope: Scope, known: dict[str, Any]) -> bool | None:
    if isinstance(right, ast.Items):
        value = known.get(_key(left, scope))
        return None if value is None else value in [name.path for name in right.names]
    name: Any = right.fact if isinstance(right, ast.Call) else right
    fact = scope.find(name.path)
    assert fact is not None
    chosen = known.get(fact.key)
    if chosen is None:
        return None
    if isinstance(right, ast.Call):
        return any(left.path in fact.type.groups.get(option, ()) for option in chosen)
    return any(option == left.path for option in chosen)


def _call(part: ast.Call, scope: Scope, known: dict[str, Any], asked: dict[str, str]) -> bool | None:
    if part.condition is not None:
        return _over_each(part, scope, known, asked)
    assert part.fact is not None
    fact = scope.find(part.fact.path)
    assert fact is not None
    if part.function in {"known", "answered"}:
        if fact.definition is not None and fact.scope is not None:
            return slow(fact.definition, fact.scope, known, asked) is not None
        return fact.key in known or (part.function == "answered" and fact.key in asked)
    chosen = known.get(fact.key)
    if chosen is None or part.items is None:
        return None
    held = [name.path in chosen for name in part.items.names]
    return any(held) if part.function == "any" else all(held)


def _over_each(part: ast.Call, scope: Scope, known: dict[str, Any], asked: dict[str, str]) -> bool | None:
    assert part.condition is not None
    items = known.get("each detail")
    if items is None:
        return None
    truths = []
    for item in items:
        own = {key.removesuffix(f"@{item}"): value for key, value in known.items()}
        own_asked = {key.removesuffix(f"@{item}"): value for key, value in asked.items()}
        truths.append(slow(part.condition, scope, own, own_asked))
    if part.function == "any_of":
        return True if True in truths else None if None in truths else False
    return False if False in truths else None if None in truths else True
