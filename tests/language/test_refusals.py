"""What conditions refuse: every slip at its columns with a code, and all that reaches beyond the facts."""

from __future__ import annotations

import ast as python
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from expressions import conditions
from hypothesis import given, settings
from hypothesis import strategies as st
from scope import SCOPE

import goldenthread.language.compile as compiler
from goldenthread.diagnostics import Span
from goldenthread.language import Condition, ConditionError
from goldenthread.language.parse import DEEPEST, LONGEST, parse

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent


def errors(text: str) -> list[ConditionError]:
    return Condition(text, Span("x.yaml", 1, 1)).bind(SCOPE)


def shown(text: str) -> str:
    """Give a condition with what is wrong with it, each under its characters."""
    lines = [text]
    for error in errors(text):
        lines.append(" " * error.start + "^" * (error.end - error.start))
        lines.append(f"  {error.code} {error.message}" + (f" [{error.help}]" if error.help else ""))
    return "\n".join(lines)


def test_golden_errors(golden: Callable[[Path, str], None]) -> None:
    texts = (HERE / "golden" / "errors.txt").read_text(encoding="utf-8").splitlines()
    golden(HERE / "golden" / "errors.out", "\n\n".join(shown(text) for text in texts))


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("ag >= 18", "C002", "ag"),
        ("phq9.totl > 3", "C002", "phq9.totl"),
        ("known(agee)", "C002", "agee"),
        ("avoids in perpetuatin", "C002", "perpetuatin"),
        ("anxious in groups(diagnose)", "C002", "diagnose"),
        ("age", "C003", "age"),
        ("severity", "C003", "severity"),
        ("alone and perpetuating", "C003", "perpetuating"),
        ("words", "C003", "words"),
        ("age == mild", "C003", "mild"),
        ("age == severity", "C003", "age == severity"),
        ("severity == 3", "C003", "3"),
        ("age >= 4 weeks", "C003", "4 weeks"),
        ("onset >= 4", "C003", "4"),
        ("onset == mild", "C003", "mild"),
        ("words == mild", "C003", "mild"),
        ("alone == 1", "C003", "1"),
        ("alone == manic", "C003", "alone == manic"),
        ("mild == severity", "C003", "mild"),
        ("setting < clinic", "C003", "setting < clinic"),
        ("perpetuating == avoids", "C003", "perpetuating == avoids"),
        ("perpetuating in [avoids]", "C003", "perpetuating in [avoids]"),
        ("age in [mild]", "C003", "age"),
        ("mild in severity", "C003", "mild in severity"),
        ("mild in age", "C003", "age"),
        ("any(severity, [mild])", "C003", "severity"),
        ("any(age, [mild])", "C003", "age"),
        ("count(age) > 1", "C003", "age"),
        ("count(aims) > 1.5", "C003", "1.5"),
        ("count(aims) > 2 weeks", "C003", "2 weeks"),
        ("count(aims) == mild", "C003", "count(aims) == mild"),
        ("known(age) == 1", "C003", "known(age)"),
        ("3 < 4", "C003", "3 < 4"),
        ("any_of(alone)", "C003", "any_of(alone)"),
        ("severity == mil", "C004", "mil"),
        ("setting in [clinic, vidio]", "C004", "vidio"),
        ("avoid in perpetuating", "C004", "avoid"),
        ("any(diagnoses, [panic, ptsd])", "C004", "ptsd"),
        ("angry in groups(diagnoses)", "C004", "angry"),
        ("age > 121", "C005", "121"),
        ("-1 < age", "C005", "-1"),
        ("phq9.change < -28", "C005", "-28"),
        ("20 <= age < 10", "C005", "20 <= age < 10"),
        ("10 < age <= 10", "C005", "10 < age <= 10"),
    ],
)
def test_ill_typed_conditions_are_refused_at_their_columns(text: str, code: str, at: str) -> None:
    (error,) = errors(text)
    assert (error.code, text[error.start : error.end]) == (code, at)


def test_every_part_is_checked() -> None:
    found = errors("ag > 3 and (severity == mil or not age) and alone")
    assert [(error.code, error.start) for error in found] == [("C002", 0), ("C004", 24), ("C003", 35)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("aeg > 3", "age"),
        ("severity == mlid", "mild"),
        ("nown(age)", "known"),
        ("Age > 3", "age"),
        ("avoid in perpetuating", "avoids"),
    ],
)
def test_the_nearest_right_name_is_given(text: str, right: str) -> None:
    (error,) = errors(text)
    assert f"`{right}`" in error.help


def test_a_condition_reads_one_flowchart_asked_once_an_item() -> None:
    twice = {**SCOPE.facts}
    twice["other.hours"] = type(twice["detail.hours"])(
        "other.hours", twice["detail.hours"].type, "x", each="other"
    )
    condition = Condition("any_of(detail.hours > 3 or other.hours > 3)", Span("x.yaml", 1, 1))
    assert [error.code for error in condition.bind(type(SCOPE)(twice))] == ["C003"]


ATTEMPTS = [
    "__import__('os').system('true')",
    "alone.__class__",
    "alone.__class__.__mro__",
    "age.real",
    "(alone).__class__",
    "perpetuating.__len__()",
    "alone()",
    "known(alone)(alone)",
    "known.__globals__",
    "eval(alone)",
    "exec(alone)",
    "open(alone)",
    "getattr(alone, age)",
    "lambda x: x",
    "(lambda: alone)()",
    "import os",
    "[x for x in perpetuating]",
    "{alone}",
    "alone; manic",
    "alone\nimport os",
    "alone if manic else age",
    "alone := manic",
    "f'{alone}'",
    '"alone"',
    "`alone`",
    "$alone",
    "alone # manic",
    "alone \\ manic",
    "perpetuating[0]",
    "not",
    "known",
    "known()",
    "known(known(alone))",
    "known(1)",
    "item",
    "previous",
    "each detail",
    "detail.hours@avoids > 3",
    "true",
    "None",
    "True or alone",
    "age > 1e3",
    "age > 0x10",
    "age > 1_0",
    "age > ١٨",
    "age > ½",
    "\u0430lone",
    "\uff41lone",
    "alone аnd manic",
    "alone\u00a0and\u00a0manic",
    "alone\u00a0",
    "alone\u200b",
    "\ufeffalone",
    "alone\u2028and manic",
    "alone\x00",
    "age ≥ 18",
    "age > 18",
    "age == 18 == 18",
    "age − 1 > 3",
    "age > 3 + 4",
    "age ** 9 > 3",
    "alone & manic",
    "alone || manic",
    "!alone",
    "~alone",
    "alone ^ manic",
    "",
    " \t\n",
    "(",
    ")",
    "()",
    "[",
    "alone and",
    "and",
    "age >",
    "10 <= age < 15 < 20",
    "🙂",
]
SAFE = {"age > 18"}


@pytest.mark.parametrize("text", [text for text in ATTEMPTS if text not in SAFE], ids=repr)
def test_attempts_to_escape_are_errors_with_a_place(text: str) -> None:
    found = errors(text)
    assert found
    for error in found:
        assert isinstance(error, ConditionError)
        assert error.code in {"C001", "C002", "C003", "C006"}
        assert 0 <= error.start < error.end
        assert error.start <= len(text)
        assert error.message


def test_what_looks_like_an_attempt_and_is_none_is_read() -> None:
    assert [text for text in sorted(SAFE) if errors(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "(" * 900 + "alone" + ")" * 900,
        "not " * 400 + "alone",
        "any_of(" * 200 + "alone" + ")" * 200,
        "alone and " * 190 + "alone" + " " * 100,
        "a" * 100_000,
        "age > " + "9" * 1_900,
        "count(aims) > " + "9" * 1_900,
        "onset > " + "9" * 1_900 + " weeks",
        "9" * 1_900 + " < count(aims) < 3",
        "age > 1." + "0" * 1_900,
    ],
    ids=lambda text: text[:20],
)
def test_huge_and_deep_conditions_are_errors(text: str) -> None:
    found = errors(text)
    assert {error.code for error in found} <= {"C001", "C002", "C005", "C006"}
    assert found or len(text) <= LONGEST


def test_the_limits_are_where_they_are_said_to_be() -> None:
    inside = "(" * (DEEPEST - 1) + "alone" + ")" * (DEEPEST - 1)
    assert errors(inside) == []
    assert [error.code for error in errors(f"({inside})")] == ["C006"]
    assert errors("alone" + " " * (LONGEST - 5)) == []
    assert [error.code for error in errors("alone" + " " * (LONGEST - 4))] == ["C006"]
    deepest_not = "not " * (DEEPEST - 1) + "alone"
    assert errors(deepest_not) == []
    assert [error.code for error in errors("not " + deepest_not)] == ["C006"]


@given(st.text(max_size=200))
@settings(max_examples=500)
def test_no_text_makes_it_crash(text: str) -> None:
    for error in errors(text):
        assert error.code.startswith("C")


PARTS = [
    "alone",
    "age",
    "perpetuating",
    "severity",
    "mild",
    "detail.worst",
    "and",
    "or",
    "not",
    "in",
    "is",
    "(",
    ")",
    "[",
    "]",
    ",",
    "<",
    "<=",
    "==",
    "!=",
    "=",
    "3",
    "-3",
    "4 weeks",
    "weeks",
    "known",
    "count",
    "groups",
    "any",
    "any_of",
    "true",
    ".",
    "x.",
    "_x",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
@settings(max_examples=600)
def test_no_run_of_words_makes_it_crash(words: list[str]) -> None:
    text = " ".join(words)
    condition = Condition(text, Span("x.yaml", 1, 1))
    found = condition.bind(SCOPE)
    for error in found:
        assert 0 <= error.start < error.end <= len(text) + 1
    if not found:
        assert condition.truth({}, {}) in {True, False, None}
        assert condition.say()


@given(conditions(asking=True), st.integers(0, 200), st.sampled_from(["", " ", "x", "(", "\u00a0", "'", "="]))
@settings(max_examples=300)
def test_no_slip_of_the_finger_makes_it_crash(text: str, at: int, typed: str) -> None:
    at = at % (len(text) + 1)
    for error in errors(text[:at] + typed + text[at + 1 :]):
        assert error.code.startswith("C")


class Watched(dict[str, object]):
    """A map that remembers which keys were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def get(self, key: str, default: object = None) -> object:
        self.read.add(key)
        return default

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return False


@given(conditions(asking=True))
def test_nothing_is_read_but_the_facts_of_the_condition(text: str) -> None:
    condition = Condition(text, Span("x.yaml", 1, 1))
    condition.bind(SCOPE)
    known, asked = Watched(), Watched()
    condition.truth(known, asked)  # type: ignore[arg-type]
    allowed = {fact.key for fact in condition.facts} | {
        f"each {fact.each}" for fact in condition.facts if fact.each
    }
    assert known.read | asked.read <= allowed


def test_the_language_calls_nothing_that_runs_text() -> None:
    folder = Path(compiler.__file__).parent
    calls = {
        call.func.id
        for path in folder.glob("*.py")
        for call in python.walk(python.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, python.Call) and isinstance(call.func, python.Name)
    }
    assert calls & {"eval", "exec", "compile", "getattr", "setattr", "open", "__import__"} == set()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("alone and manic or risky", "(alone and manic) or risky"),
        ("not alone and manic", "(not alone) and manic"),
        ("not avoids in perpetuating", "not (avoids in perpetuating)"),
        ("alone or manic and risky", "alone or (manic and risky)"),
        ("alone\n  and\tmanic", "alone and manic"),
        ("((alone))", "alone"),
    ],
)
def test_what_binds_closer(text: str, same: str) -> None:
    def shape(part: object) -> object:
        if isinstance(part, tuple):
            return tuple(map(shape, part))
        slots = [slot for cls in type(part).__mro__ for slot in getattr(cls, "__slots__", ())]
        kept = [slot for slot in slots if slot not in {"start", "end"}]
        return (type(part).__name__, *(shape(getattr(part, slot)) for slot in kept)) if slots else part

    assert shape(parse(text)) == shape(parse(same))


@given(conditions(asking=True))
def test_every_part_knows_its_characters(text: str) -> None:
    def check(part: object) -> None:
        start, end = getattr(part, "start"), getattr(part, "end")  # noqa: B009 -- of any part
        assert 0 <= start < end <= len(text)
        if hasattr(part, "path"):
            assert text[start:end] == part.path
        for slot in (slot for cls in type(part).__mro__ for slot in getattr(cls, "__slots__", ())):
            value = getattr(part, slot)
            for inner in value if isinstance(value, tuple) else (value,):
                if hasattr(inner, "start"):
                    check(inner)

    check(parse(text))
