"""Does a goal read like another client's? A sign that it was copied, and not filled in for this one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.model import Library
    from goldenthread.walk import Chosen

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.8
"""How much of all the words of two texts they share when one reads like the other."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What of a goal is this client's own: words that were filled in, or the whole of a goal in own words.

    `id` is that of the goal in the bank, and empty for one in own words. `words` holds each word once, without
    figures: a text that differs from another by its numbers alone reads like it.
    """

    id: str
    words: frozenset[str]


def personal(chosen: Chosen, library: Library) -> Personal:
    """Give what of a chosen goal is this client's own. What the bank puts forward is not."""
    goal = library.goals.get(chosen.id)
    if goal is None:
        return Personal("", _words([chosen.own]))
    given = {
        name: str(value)
        for name, value in (chosen.blanks or {}).items()
        if isinstance(value, str) and name in goal.blanks
    }
    own = [
        value
        for name, value in given.items()
        if value not in {goal.blanks[name].text, *goal.blanks[name].choose}
    ]
    return Personal(goal.id, _words(own))


def alike(goal: Personal, others: Iterable[Personal]) -> bool:
    """Say whether a goal reads like one of others. Nobody's text is shown by that."""
    return any(
        goal.id == other.id and _shared(goal.words, other.words) >= _ALIKE
        for other in others
        if goal.words and other.words
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
