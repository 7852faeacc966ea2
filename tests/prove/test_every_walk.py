"""What is proven of a random small library is what every walk through it shows, and each witness is a real one."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml
from every_walk import TooManyError
from holding import compared, named
from hypothesis import Phase, assume, given, note, settings
from hypothesis import strategies as st
from random_library import load_texts, rounds_of, texts

from goldenthread.cli.replay import read_answers
from goldenthread.diagnostics import Report
from goldenthread.prove import Replayed, prove
from goldenthread.session import Guide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goldenthread.prove import Case, Verdict
    from goldenthread.walk import Round, Walk

MOST = 700
"""The walks through one library that a test walks; a library with more is passed over."""


@given(st.integers(0, 1_000_000))
@settings(max_examples=100, derandomize=True, phases=[Phase.generate])
def test_verdicts_are_what_every_walk_shows(seed: int) -> None:
    note(f"seed {seed}")
    written = texts(random.Random(seed))
    library, rounds = load_texts(written), rounds_of(written)
    try:
        found = list(compared(library, rounds=rounds, most=MOST))
    except TooManyError:
        assume(False)
    wrong = [named(v.claim) for v, shown in found if v.done is not None and v.done is not shown]
    assert not wrong
    # Several runs of one flowchart, and what earlier rounds left behind, may leave a claim open.
    if not {"risk", "item"} & library.flowcharts.keys() and rounds == 1:
        assert not [named(verdict.claim) for verdict, _ in found if verdict.done is None]


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
    for opened in round_.opened:
        yield replace(round_, opened=tuple(other for other in round_.opened if other != opened))
    for key, raw in round_.answers.items():
        yield replace(round_, answers={k: v for k, v in round_.answers.items() if k != key})
        for option in raw if isinstance(raw, list) and len(raw) > 1 else ():
            kept = [other for other in raw if other != option]
            yield replace(round_, answers={**round_.answers, key: kept})


@pytest.mark.parametrize(
    ("seed", "what"),
    [
        (26, "only an alert opens the flowchart, not the clinician's hand"),
        (28, "the run for an item asks for the list again"),
        (33, "a condition over items where no item has been looked at"),
        (95, "a flowchart runs for goals that no condition counts"),
        (216, "the run for an item has forgotten what was asked before"),
        (280, "a visit does not come back"),
        (377, "a visit stops the walk"),
    ],
)
def test_a_library_that_was_once_judged_wrongly(seed: int, what: str) -> None:
    written = texts(random.Random(seed))
    found = compared(load_texts(written), rounds=rounds_of(written), most=4000)
    assert not [named(v.claim) for v, shown in found if v.done is not None and v.done is not shown], what
