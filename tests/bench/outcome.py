"""Walks made up, an edit's outcomes found, and a cover chosen: each beside the bare replay of as many walks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

from tests.bench.measure import Pair, paired

if TYPE_CHECKING:
    from goldenthread.walk import Program

WALKS = 300


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of times, and how much of the shipped library the walks cross."""

    made: Pair
    compared: Pair
    covered: Pair
    crossed: int
    whole: int


def bench() -> Measured:
    """Measure over the shipped library, with one threshold edited."""
    from goldenthread.loading import load
    from goldenthread.trial.cover import coverage
    from goldenthread.trial.difference import difference
    from goldenthread.trial.generate import Generator
    from goldenthread.walk import Walk, compile_library

    library, report = load()
    assert not report.errors, report.errors[0].message
    program, edited = compile_library(library), _edited()
    generator = Generator(program, "planning")
    rounds = [walk.rounds for walk, _ in generator.walks(WALKS)]

    def replayed() -> None:
        for walk in rounds:
            Walk.replay(program, "planning", walk)

    return Measured(
        paired(lambda: list(Generator(program, "planning").walks(WALKS)), replayed, runs=3),
        paired(lambda: difference(program, edited, walks=WALKS), replayed, runs=3),
        paired(lambda: coverage(program, [], walks=WALKS), replayed, runs=1),
        len(generator.crossed),
        len(generator.crossings.all),
    )


def _edited() -> Program:
    from goldenthread.loading import load, shipped
    from goldenthread.walk import compile_library

    with tempfile.TemporaryDirectory() as name:
        for folder in ("flowcharts", "goalbank"):
            copytree(shipped() / folder, Path(name) / folder)
        path = Path(name) / "goalbank" / "goals" / "panic.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("[psychosis, mania]", "[psychosis]", 1), encoding="utf-8")
        library, report = load([name], only=True)
    assert not report.errors, report.errors[0].message
    return compile_library(replace(library, protected=True))
