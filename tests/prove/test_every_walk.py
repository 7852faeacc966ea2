"""What is proven of a random small library is what every walk through it shows, and each witness is a real one."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml
from holding import ALARMED, DEEP, TOLD, judged, replays

from every_walk import TooManyError
from goldenthread.cli.replay import read_answers
from goldenthread.diagnostics import Report
from goldenthread.prove import Case, Replayed, prove
from goldenthread.prove.witness import unopened
from goldenthread.session import Guide
from goldenthread.walk import Round, rounds_from
from random_library import load_texts, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goldenthread.prove import Verdict
    from goldenthread.walk import Walk

BLOCKS, FEW, MANY = 44, 4, 140
"""Blocks of random libraries, one in four each of deep, alarmed and told ones, and how many are judged: a few, with
`--sweep` all."""
MOST = {FEW: 700, MANY: 3000}
"""The walks through one library that a test walks; a library with more is passed over."""


@pytest.mark.parametrize("block", range(BLOCKS))
def test_verdicts_are_what_every_walk_shows(block: int, request: pytest.FixtureRequest) -> None:
    size = MANY if request.config.getoption("--sweep") else FEW
    left = {}
    first = block * MANY + (0, DEEP, ALARMED, TOLD)[block % 4]
    for seed in range(first, first + size):
        with suppress(TooManyError):
            wrong, undecided = judged(seed, MOST[size])
            assert not wrong, f"seed {seed}"
            left |= {seed: undecided} if undecided else {}
    # A few go round for so long, and in so many ways, that not every kind of walk is walked.
    assert len(left) <= size // 70, left


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_a_witness_replays_from_its_file_and_nothing_of_it_can_be_left_out(seed: int, tmp_path: Path) -> None:
    library = load_texts(texts(random.Random(seed)))
    proof = prove(library)
    guide = Guide(replace(library, protected=True), Report())
    program = proof.prover.program
    shown = [verdict for verdict in proof.verdicts if verdict.case is not None]
    for verdict in shown[::4]:
        least = proof.prover.fewest(verdict)
        for case in (verdict.case, least.case):
            assert case is not None
            shown_by = [_step(trace) for trace in case.walk(program).trail]
            # A file leaves what is required too; a case stands there.
            read = [_step(trace) for trace in _from_file(case, guide, tmp_path).trail]
            assert read[: len(shown_by)] == shown_by
            assert verdict.claim.seen(Replayed(program, case))
        assert not [case for case in _with_less(least) if verdict.claim.seen(Replayed(program, case))]


def test_a_made_up_walk_that_stands_in_a_round_that_was_only_begun_keeps_its_answers() -> None:
    # Too many walks lead through it for all of them to be walked.
    proof = prove(load_texts(texts(random.Random(100116), wide=True, deep=True)))
    assert all(replays(verdict, proof) for verdict in proof.verdicts)


@pytest.mark.parametrize(
    "answers", [{"main.q0@one": 1, "main.q0@two": 2}, {"main.q0@one": 1, "main.q0": 2}, {"main.q0": 2}]
)
def test_answers_are_written_by_item_and_without(answers: dict[str, int]) -> None:
    program = prove(load_texts(texts(random.Random(0)))).prover.program
    case = Case("main", (Round(answers),))
    assert rounds_from(case.as_answers(), program) == case.rounds


def _from_file(case: Case, guide: Guide, folder: Path) -> Walk:
    path = folder / "answers.yaml"
    path.write_text(yaml.safe_dump(case.as_answers(), sort_keys=False), encoding="utf-8")
    data, _, report = read_answers(path)
    assert data is not None, report
    return guide.from_answers(data).walk


def _step(trace: object) -> tuple[object, ...]:
    return tuple(getattr(trace, name) for name in ("round", "key", "item", "how", "depth"))


def _with_less(verdict: Verdict) -> Iterator[Case]:
    """Give a case without each of its answers, options and openings by hand in turn."""
    case = verdict.case
    assert case is not None
    for n, round_ in enumerate(case.rounds):
        for less in _less(round_):
            yield replace(case, rounds=(*case.rounds[:n], less, *case.rounds[n + 1 :]))


def _less(round_: Round) -> Iterator[Round]:
    yield from (unopened(round_, n) for n in range(1, len(round_.opened) + 1))
    for key, raw in round_.answers.items():
        yield replace(round_, answers={k: v for k, v in round_.answers.items() if k != key})
        for option in raw if isinstance(raw, list) and len(raw) > 1 else ():
            kept = [other for other in raw if other != option]
            yield replace(round_, answers={**round_.answers, key: kept})


@pytest.mark.parametrize(
    ("seed", "wide", "what"),
    [
        (26, False, "only an alert opens the flowchart, not the clinician's hand"),
        (28, False, "the run for an item asks for the list again"),
        (33, False, "a condition over items where no item has been looked at"),
        (95, False, "a flowchart runs for goals that no condition counts"),
        (216, False, "the run for an item has forgotten what was asked before"),
        (280, False, "a visit does not come back"),
        (377, False, "a visit stops the walk"),
        (1626, False, "a run for one item puts another on the list"),
        (20160, False, "own words chosen from a list before anything was said there"),
        (30191, False, "a score of which one part is not told by a total alone"),
        (30256, False, "own words again, where no branch leads on with them"),
        (417, True, "a claim whose literal is negated was asked for again without end"),
        (775, True, "a walk that stops in the run for an item has not forgotten it"),
        (1061, True, "a first score tells no change"),
        (1174, True, "an option that is shown once its own role was asked"),
        (1219, True, "the guide is opened within a flowchart that it visits itself"),
        (1368, True, "a flowchart is opened by hand, and not come to by its visit"),
        (2297, True, "the guide runs a flowchart a second time within its first run"),
        (2374, True, "what a run of its own has forgotten was not answered before"),
        (156, True, "what bare facts leave open no route does"),
        (6356, True, "a role was told, and forgotten before it was asked for again"),
        (6606, True, "own words are counted where facts have no route"),
        (204656, True, "what is opened at a question leads to it, and no walk comes to it without"),
        (12646, True, "a list of goals may have been told by another run, too"),
        (300059, True, "a flowchart runs once an item, and otherwise too"),
        (300406, True, "two items in own words, which no condition counts"),
        (100511, True, "rounds that go round without end, with what earlier ones kept"),
        (100632, True, "what is opened by hand, again and again, with what was told in each"),
        (200145, True, "a run that is opened by hand can only be told by what another came to"),
        (200649, True, "options that two runs choose together"),
        (200790, True, "a flowchart is opened at a question, and what another run told was read before it"),
        (200869, True, "a total is scored after items, and a reason reads both"),
    ],
)
def test_a_library_that_was_once_judged_wrongly(seed: int, wide: bool, what: str) -> None:
    wrong, undecided = judged(seed, 4000, wide=wide)
    assert not wrong, what
    assert not undecided, what
