"""Faults sown into the shipped library: each is found, at its place, by answers that a walk shows it with.

What is found in no mutant is held against walks: what the proof says that no answers do, none of them does. A few
faults are sown in each run, dozens of every kind in the sweep; `python tests/check/test_seeded_faults.py 40` counts
what became of 40 of each.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from judging import (
    WITNESSED,
    Judged,
    contradicted,
    judge,
    outcome,
    random_case,
    read_back,
    shows,
    without_each,
)
from mutants import KINDS, LIBRARY, Mutant, proof

from goldenthread.trial.difference import difference
from goldenthread.walk import compile_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.prove.case import Case


OF_EACH = 36
"""So many faults of each kind are sown, where the library has as many places for it."""
_FEWER = {
    "swapped": 12,
    "no unknown": 24,
    "demanding": 16,
    "late": 11,
    "unread": 1,
    "silent": 15,
    "uncleared": 15,
    "unmet": 3,
    "missing": 15,
    "deaf": 9,
    "weakened": 16,
    "unguarded": 3,
}
"""The kinds for which it has fewer places."""


@cache
def cases() -> tuple[Case, ...]:
    """Give walks through the shipped library: at random, and those that its proof came upon."""
    rng = Random(1)  # noqa: S311 -- the same walks each time
    return (*(random_case(proof().prover.program, rng) for _ in range(25)), *proof().cases)


@cache
def outcomes() -> tuple[object, ...]:
    """Give what comes of each of the walks as the library is shipped."""
    return tuple(outcome(proof().prover.program, case) for case in cases())


def faults_of(mutant: Mutant, judged: Judged) -> Iterator[str]:
    """Give what is wrong with what was found in a mutant."""
    places = [(d.code, d.span) for d in judged.found]
    if any(not code.startswith("P") for code, _ in places):
        return
    if mutant.code and (mutant.code, mutant.span) not in places:
        yield f"{mutant.code} is not found at {mutant.span}"
    if "P014" in judged.codes:
        yield "something is not decided"
    for finding in judged.found:
        if finding.answers is None:
            if finding.code in WITNESSED:
                yield f"{finding.code} has no answers: {finding.message}"
            continue
        answers = read_back(finding.answers)
        if not shows(finding, mutant.library, answers):
            yield f"{finding.code} is not shown by {answers}: {finding.message}"
        elif any(shows(finding, mutant.library, left) for left in without_each(answers, mutant.library)):
            yield f"{finding.code} is shown by fewer than {answers}: {finding.message}"
    assert judged.proof is not None
    yield from (f"a walk shows it: {claim}" for claim in contradicted(judged.proof, list(cases())))


def kind_of(mutant: Mutant, judged: Judged) -> str:
    """Say what became of a mutant: found, or sound and changed, or proven to be the same whatever is answered."""
    if judged.found:
        return "found" if judged.proof is not None else "found by a rule"
    found = difference(
        compile_library(LIBRARY), compile_library(replace(mutant.library, protected=True)), walks=0
    )
    follows = {one.follows for one in found.follows}
    if "outcome" in follows:
        return "another sound library"
    return "changes nothing" if follows == {"nothing"} else "neither shown nor proven"


@cache
def some(kind: str, count: int) -> list[Mutant]:
    """Give some mutants of a kind, from all over the library."""
    mutants = list(KINDS[kind]())
    return Random(kind).sample(mutants, min(count, len(mutants)))  # noqa: S311 -- the same each time


def is_found_and_shown(mutant: Mutant) -> None:
    judged = judge(mutant.library)
    assert not list(faults_of(mutant, judged)), mutant.name
    assert judged.found or not mutant.code, mutant.name
    became = kind_of(mutant, judged)
    if became == "changes nothing":
        program = compile_library(replace(mutant.library, protected=True))
        same = [outcome(program, case) == was for case, was in zip(cases(), outcomes(), strict=True)]
        assert all(same), mutant.name
    assert became != "neither shown nor proven", mutant.name


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_faults_are_sown_as_there_are_places_for(kind: str) -> None:
    assert len(some(kind, OF_EACH)) == _FEWER.get(kind, OF_EACH)


@pytest.mark.parametrize("first", range(4))
def test_one_fault_of_each_kind_is_found_and_shown(first: int) -> None:
    for kind in list(KINDS)[first::4]:
        is_found_and_shown(some(kind, OF_EACH)[0])


@pytest.mark.parametrize(
    ("kind", "n"), [(kind, n) for kind in KINDS for n in range(1, _FEWER.get(kind, OF_EACH))]
)
def test_a_fault_anywhere_is_found_and_shown(kind: str, n: int) -> None:
    is_found_and_shown(some(kind, OF_EACH)[n])


def test_nothing_is_found_in_what_is_shipped() -> None:
    assert all(verdict.sound for verdict in proof().verdicts)
    assert not contradicted(proof(), list(cases()))


def main(count: int, kinds: list[str]) -> None:
    """Sow each kind of fault in many places, and print what became of them."""
    for kind in kinds or KINDS:
        became: Counter[str] = Counter()
        for mutant in some(kind, count):
            judged = judge(mutant.library)
            wrong = list(faults_of(mutant, judged))
            became["wrong" if wrong else kind_of(mutant, judged)] += 1
            if mutant.code and len(judged.found) > 1:
                became["… with several findings"] += 1
            for fault in wrong:
                print(f"! {mutant.name}: {fault[:600]}", flush=True)
            if mutant.code and len(judged.found) > 1 and not wrong:
                print(
                    f"? {mutant.name}:",
                    *(f"\n    {d.code} {d.span} {d.message}" for d in judged.found),
                    flush=True,
                )
        print(f"{kind}: {dict(became)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
