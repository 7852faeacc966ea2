"""Runs the rounds of a walk from the beginning, with what was opened by hand where its question has left the path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from goldenthread.walk.run import Round, Settings, begin, next_round, run, unopened

if TYPE_CHECKING:
    from goldenthread.walk.program import Program
    from goldenthread.walk.state import State

    Openings = frozenset[tuple[int, int]]
    """Openings by hand: the round of each, and its number there, from 1."""


def replayed(
    program: Program, root: str, rounds: tuple[Round, ...], settings: Settings, stop_at: str = ""
) -> State:
    """Give the state that answers lead to; where `stop_at` names a question, as the walk stands back there."""
    off: Openings = frozenset()
    if stop_at and any(round_.opened for round_ in rounds):
        off = _off_the_path(program, root, rounds, settings)
    state = _run_rounds(program, root, rounds, settings, stop_at, off)
    # What was told when a flowchart was opened by hand stands, also where the question it stood at does not.
    while lost := _lost(state, rounds, stop_at):
        state = _run_rounds(program, root, rounds, settings, stop_at, state.displaced | lost)
    return state


def _run_rounds(
    program: Program,
    root: str,
    rounds: tuple[Round, ...],
    settings: Settings,
    stop_at: str,
    displaced: Openings,
) -> State:
    endless, state = Endless(rounds), begin(program, root)
    state.displaced = displaced
    state.heard = set() if settings.listens else None
    state = run(program, state, endless, settings, stop_at)
    while state.end is not None and state.round + 1 < len(rounds):
        # A round that is written was begun, also where the one before it had ended.
        next_round(program, root, state, endless)
        state = run(program, state, endless, settings, stop_at)
    return state


def _off_the_path(program: Program, root: str, rounds: tuple[Round, ...], settings: Settings) -> Openings:
    """Give the openings by hand at questions that are on no path any more: they come first, wherever one stands."""
    found: Openings = frozenset()
    state = _run_rounds(program, root, rounds, settings, "", found)
    while lost := _lost(state, rounds, ""):
        found = state.displaced | lost
        state = _run_rounds(program, root, rounds, settings, "", found)
    return found


def as_far_as(state: State, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    """Give the rounds with an empty one for each that was begun without an answer: one answer may close several."""
    return (*rounds, *(Round({}) for _ in range(state.round + 1 - len(rounds))))


def _lost(state: State, rounds: tuple[Round, ...], stop_at: str) -> Openings:
    """Give the openings by hand that the walk did not come to; not those that lie ahead of where it stands back."""
    lost = state.lost
    standing_back = bool(stop_at) and state.at is not None and state.at.key == stop_at.partition("@")[0]
    if not standing_back and state.round < len(rounds):
        lost |= unopened(state, rounds)
    return lost - state.displaced


class Endless(Sequence[Round]):
    """Rounds, with an empty one wherever no more were written."""

    __slots__ = ("rounds",)

    def __init__(self, rounds: Sequence[Round]) -> None:
        self.rounds = rounds

    def __len__(self) -> int:
        return len(self.rounds)

    def __getitem__(self, n: Any) -> Any:
        return self.rounds[n] if n < len(self.rounds) else _EMPTY


_EMPTY = Round({})
