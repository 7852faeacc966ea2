"""Twenty questions, two skips and twelve rules: cases replayed a second, by this engine, by closures and by peers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import rate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

QUESTIONS = 20
_KINDS = ("yes_no", "number", "choice", "choices")
_SKIPS = {4: 6, 12: 14}
_RULES = (
    "q{0} and q1 >= 3",
    "q1 >= 4 and a in q3",
    "q2 == b or q0",
    "any(q3, [a, b]) and q1 < 9",
)
ANSWERS: dict[str, Any] = {f"q{n}": (n in _SKIPS, 5, "b", ["a", "c"])[n % 4] for n in range(QUESTIONS)}


def _flowchart() -> str:
    lines = [
        "flowchart: job",
        "title: Job",
        "phase: problem",
        "purpose: Measure.",
        "root: true",
        "start: q0",
        "review: {status: draft}",
        "nodes:",
    ]
    for n in range(QUESTIONS):
        kind = _KINDS[n % 4]
        lines += [f"  q{n}:", f"    number: 1.{n + 1}", f"    ask: Question {n}?", f"    answer: {kind}"]
        lines += ["    between: [0, 10]"] if kind == "number" else []
        lines += ["    options: {a: A, b: B, c: C}"] if kind in {"choice", "choices"} else []
        following = f"q{n + 1}" if n + 1 < QUESTIONS else "done"
        if n in _SKIPS:
            lines += [
                "    next:",
                f"      - when: q{n}",
                f"        go: q{_SKIPS[n]}",
                f"      - otherwise: {following}",
            ]
        else:
            lines.append(f"    next: {following}")
    return "\n".join([*lines, "  done: {end: Done}"]) + "\n"


def rules() -> list[str]:
    """Give the twelve conditions."""
    return [_RULES[n % 4].format(n // 4 * 4) for n in range(12)]


def ours() -> Callable[[], list[bool | None]]:
    """Give the work of replaying one case and deciding its rules with this engine."""
    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition
    from goldenthread.loading import load
    from goldenthread.loading.scope import FlowchartScope
    from goldenthread.walk import Round, Walk, compile_library

    with tempfile.TemporaryDirectory() as name:
        Path(name, "job.yaml").write_text(_flowchart(), encoding="utf-8")
        library, report = load([name], only=True)
    assert not report.errors, report.errors[0].message
    program = compile_library(library)
    conditions = [Condition(text, Span("rules", 1, 1)) for text in rules()]
    for condition in conditions:
        assert not condition.bind(FlowchartScope("job", library.facts, {}))
    truths = [condition.truth for condition in conditions]
    rounds = (Round({f"job.{key}": value for key, value in ANSWERS.items()}),)

    def case() -> list[bool | None]:
        walk = Walk.replay(program, "job", rounds)
        known, asked = walk.known, walk.asked
        return [truth(known, asked) for truth in truths]

    return case


def closures() -> Callable[[], list[bool]]:
    """Give the same work written by hand: no checks, no unknown, no trail, nothing kept."""
    decided: list[Callable[[Mapping[str, Any]], Any]] = []
    for n in range(12):
        key = f"q{n // 4 * 4}"
        decided.append(
            (
                lambda f, k=key: f[k] and f["q1"] >= 3,
                lambda f: f["q1"] >= 4 and "a" in f["q3"],
                lambda f: f["q2"] == "b" or f["q0"],
                lambda f: ("a" in f["q3"] or "b" in f["q3"]) and f["q1"] < 9,
            )[n % 4]
        )

    def case() -> list[bool]:
        facts: dict[str, Any] = {}
        n = 0
        while n < QUESTIONS:
            facts[f"q{n}"] = ANSWERS[f"q{n}"]
            n = _SKIPS[n] if n in _SKIPS and facts[f"q{n}"] else n + 1
        return [bool(rule(facts)) for rule in decided]

    return case


def rule_engine_peer() -> Callable[[], list[bool]]:
    """Give the same twelve rules and two skips with the package rule-engine."""
    import rule_engine

    texts = (
        "q{0} and q1 >= 3",
        "q1 >= 4 and 'a' in q3",
        "q2 == 'b' or q0",
        "('a' in q3 or 'b' in q3) and q1 < 9",
    )
    decided = [rule_engine.Rule(texts[n % 4].format(n // 4 * 4)) for n in range(12)]
    skips = {n: rule_engine.Rule(f"q{n}") for n in _SKIPS}

    def case() -> list[bool]:
        facts: dict[str, Any] = {}
        n = 0
        while n < QUESTIONS:
            facts[f"q{n}"] = ANSWERS[f"q{n}"]
            n = _SKIPS[n] if n in skips and skips[n].matches(facts) else n + 1
        return [rule.matches(facts) for rule in decided]

    return case


def zen_peer() -> Callable[[], list[bool]]:
    """Give the same twelve rules and two skips with the compiled expressions of zen-engine."""
    import zen

    texts = (
        "q{0} == true and q1 >= 3",
        "q1 >= 4 and 'a' in q3",
        "q2 == 'b' or q0 == true",
        "('a' in q3 or 'b' in q3) and q1 < 9",
    )
    decided = [zen.compile_expression(texts[n % 4].format(n // 4 * 4)) for n in range(12)]
    skips = {n: zen.compile_expression(f"q{n} == true") for n in _SKIPS}

    def case() -> list[bool]:
        facts: dict[str, Any] = {}
        n = 0
        while n < QUESTIONS:
            facts[f"q{n}"] = ANSWERS[f"q{n}"]
            n = _SKIPS[n] if n in skips and skips[n].evaluate(facts) else n + 1
        return [bool(rule.evaluate(facts)) for rule in decided]

    return case


def bench() -> dict[str, float]:
    """Give cases a second by each. All agree on what the rules come to, or this fails."""
    works: dict[str, Callable[[], Any]] = {"this engine": ours(), "hand-written closures": closures()}
    for name, make in (("rule-engine", rule_engine_peer), ("zen-engine expressions", zen_peer)):
        works[name] = make()
    expected = [bool(truth) for truth in works["this engine"]()]
    for name, work in works.items():
        found = [bool(truth) for truth in work()]
        assert found == expected, f"{name} decides otherwise: {found} and {expected}"
    return {name: rate(work) for name, work in works.items()}
