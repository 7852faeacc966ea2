"""Delta reduction: the answers of a case, made as few as still show what they show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.walk import Round

Rounds = tuple["Round", ...]
_Item = tuple[int, str]


def reduced(rounds: Sequence[Round], shows: Callable[[Rounds], bool]) -> Rounds:
    """Give the rounds with no answer, and no option of one, that can be taken away; `shows` says what has to hold.

    What is not answered counts as left for later, so that fewer answers are a case too.
    """
    kept = tuple(rounds)
    while len(kept) > 1 and shows(kept[:-1]):
        kept = kept[:-1]
    kept = _without_openings(kept, shows)
    kept = _fewest(kept, shows)
    # An option that goes may have been what an answer was needed for.
    while (shorter := _shorter(kept, shows)) != kept:
        kept = _fewest(shorter, shows, 1)
    return kept


def _without_openings(rounds: Rounds, shows: Callable[[Rounds], bool]) -> Rounds:
    for n, round_ in enumerate(rounds):
        if round_.opened:
            tried = (*rounds[:n], replace(round_, opened=()), *rounds[n + 1 :])
            rounds = tried if shows(tried) else rounds
    return rounds


def _fewest(rounds: Rounds, shows: Callable[[Rounds], bool], size: int = 0) -> Rounds:
    """Take away halves, then quarters, then single answers, until none can go."""
    items = _items(rounds)
    size = size or max(len(items) // 2, 1)
    while True:
        place, taken = 0, False
        while place < len(items):
            left = [*items[:place], *items[place + size :]]
            if shows(_only(rounds, left)):
                items, taken = left, True
            else:
                place += size
        if size == 1 and not taken:
            return _only(rounds, items)
        size = max(size // 2, 1)


def _items(rounds: Rounds) -> list[_Item]:
    return [(n, key) for n, round_ in enumerate(rounds) for key in round_.answers]


def _only(rounds: Rounds, items: Sequence[_Item]) -> Rounds:
    wanted = set(items)
    return tuple(
        replace(round_, answers={key: raw for key, raw in round_.answers.items() if (n, key) in wanted})
        for n, round_ in enumerate(rounds)
    )


def _shorter(rounds: Rounds, shows: Callable[[Rounds], bool]) -> Rounds:
    """Take options out of lists, one after the other."""
    for n, key in _items(rounds):
        place = 0
        while (
            isinstance(chosen := _plain(rounds[n].answers[key]), list)
            and len(chosen) > 1
            and place < len(chosen)
        ):
            tried = _with(rounds, n, key, [*chosen[:place], *chosen[place + 1 :]])
            if shows(tried):
                rounds = tried
            else:
                place += 1
    return rounds


def _plain(raw: Any) -> Any:
    """Give a map of options to examples as the list of its options."""
    if isinstance(raw, dict) and raw and all(isinstance(text, str) for text in raw.values()):
        return list(raw)
    return raw


def _with(rounds: Rounds, n: int, key: str, raw: Any) -> Rounds:
    changed = replace(rounds[n], answers={**rounds[n].answers, key: raw})
    return (*rounds[:n], changed, *rounds[n + 1 :])
