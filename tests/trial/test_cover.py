"""Few walks across all that there is; each does what the vignette made of it expects, and no answer can be spared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.trial.cover import coverage, expected
from goldenthread.walk import Walk
from small import NEVER, ROLES_NONE, bank, chart, guide, shipped_program

ROLES = bank(
    "roles",
    {
        "age": {"answer": "number", "between": [0, 120]},
        "signs": {"answer": "choices", "options": {"a": "A", "b": "B", "c": "C"}},
    },
)
SMALL = (
    chart(
        "planning",
        """
        age: {ask: Age?, as: age, next: [{when: age >= 18, go: signs}, {unknown: signs}, {otherwise: child}]}
        signs: {ask: Which?, as: signs, next: [{when: a in signs and not a in signs, go: child}, {otherwise: done}]}
        child: {end: A child, stop: true}
        done: {end: Done}
        """,
    ),
    ROLES,
    ROLES_NONE,
    bank(
        "goals",
        {
            "go_out": {"suggest": "b in signs", "rule_out": "age >= 65", "caution": "c in signs"},
            "other": {"suggest": [NEVER, "a in signs and age >= 40"]},
        },
    ),
)
NEVER_CROSSED = {("edge", "planning.signs", 0), ("suggest", "other", 0)}


def small(seed=0):
    return coverage(guide(*SMALL).program, [], walks=100, seed=seed)


def test_all_is_crossed_but_what_no_walk_can_cross():
    found = small()
    assert found.crossings.all.keys() - found.by_walks == NEVER_CROSSED
    crossed = {one.key for case in found.cases for one in case.crosses}
    assert crossed == found.by_walks
    assert not found.by_vignettes


def test_few_walks_are_enough():
    found = small()
    assert len(found.cases) <= 5
    for n, case in enumerate(found.cases):
        before = {one.key for earlier in found.cases[:n] for one in earlier.crosses}
        assert case.crosses
        assert before.isdisjoint({one.key for one in case.crosses}), "it is there for what is new alone"


@pytest.mark.parametrize("make", [small, lambda: coverage(shipped_program(), [], walks=60)])
def test_no_answer_can_be_spared(make):
    found = make()
    for case in found.cases[:2]:
        walk, wanted = case.walk, {one.key for one in case.crosses}
        for n, round_ in enumerate(walk.rounds):
            for key in round_.answers:
                fewer = replace(round_, answers={k: v for k, v in round_.answers.items() if k != key})
                rounds = (*walk.rounds[:n], fewer, *walk.rounds[n + 1 :])
                again = Walk.replay(walk.program, walk.root, rounds, settings=walk.settings)
                assert not wanted <= found.crossings.of(again), key


def test_what_is_expected_is_what_happens():
    cases = [case for seed in range(3) for case in small(seed).cases]
    for case in cases:
        wanted = expected(case)
        assert wanted["ends"] == case.walk.end.key
        keys = {trace.key for trace in case.walk.trail}
        assert set(wanted.get("passes", ())) <= keys
    held = [expected(case).get("never", {}) for case in cases]
    assert {"goals": ["go_out"]} in held


def test_the_same_library_and_seed_give_the_same_walks():
    one, other = small(), small()
    assert [case.walk.rounds for case in one.cases] == [case.walk.rounds for case in other.cases]
