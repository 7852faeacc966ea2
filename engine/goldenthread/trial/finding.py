"""The changes that cases show, put together by what they follow from, each with the fewest answers that show it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from goldenthread.trial.causes import Cause, causes
from goldenthread.trial.change import SORTS, Change
from goldenthread.trial.reduce import reduced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.trial.differ import Differ, Trial
    from goldenthread.walk import Round

_CANDIDATES = 2
"""Of the cases that show a change, so many of the smallest are reduced."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcomes that change for one cause: those that the fewest answers show, and those that other cases show."""

    changes: tuple[tuple[Change, tuple[Cause, ...]], ...]
    further: tuple[Change, ...]
    witness: Trial
    vignettes: tuple[str, ...]
    walks: int
    """How many of the walks made up show any of it."""

    @property
    def sort(self) -> str:
        """What kind of outcome it is."""
        return self.changes[0][0].sort


@dataclass(slots=True)
class Group:
    """The changes that follow from one thing, each with the cases that show it."""

    changes: dict[Change, list[int]] = field(default_factory=dict)

    @property
    def main(self) -> Change:
        """The change that comes first: by its sort, then by how much it is, then by how many show it."""
        return min(self.changes, key=lambda c: (SORTS.index(c.sort), -_steps(c), -len(self.changes[c])))

    @property
    def places(self) -> list[int]:
        """The cases that show any of the changes."""
        return sorted({place for places in self.changes.values() for place in places})


def grouped(shown: dict[Change, list[int]]) -> list[Group]:
    """Put together what follows from the same."""
    groups: dict[str, Group] = {}
    for change, places in shown.items():
        cause = change.cause or f"{change.sort} {change.kind} {change.id}"
        groups.setdefault(cause, Group()).changes[change] = places
    return sorted(groups.values(), key=lambda group: (SORTS.index(group.main.sort), -len(group.places)))


_LADDER = ("", "left_out", "cleared", "held", "more often", "open", "offered", "asked")
"""States by how much they are: what is asked, raised, offered."""


def _steps(change: Change) -> int:
    if change.before not in _LADDER or change.after not in _LADDER:
        return 0
    return abs(_LADDER.index(change.after) - _LADDER.index(change.before))


def _alike(change: Change) -> tuple[str, ...]:
    """Give what two changes have in common of which one is the other, but less of it."""
    if change.sort not in {"asks", "alerts", "offers"}:
        return change.sort, change.kind, change.id, change.before, change.after
    more = _LADDER.index(change.after) > _LADDER.index(change.before)
    return change.sort, change.kind, change.id, "more" if more else "less"


def finding_of(differ: Differ, group: Group, trials: Sequence[Trial]) -> Finding:
    """Find the fewest answers that show what a group holds, and why."""
    main = group.main
    smallest = sorted((trials[place] for place in group.changes[main]), key=lambda trial: trial.size)
    made = [_reduced(differ, trial, main) for trial in smallest[:_CANDIDATES]]
    witness = min(made, key=lambda trial: trial.size)
    sides = differ.observed(witness)
    seen = [change for change in differ.changes(witness) if change.cause == main.cause]
    alike = {_alike(change) for change in seen}
    further: dict[tuple[str, ...], Change] = {}
    for change in sorted(
        group.changes, key=lambda c: (SORTS.index(c.sort), -_steps(c), -len(group.changes[c]))
    ):
        if _alike(change) not in alike:
            further.setdefault(_alike(change), change)
    shown_by = [trials[place] for place in group.places]
    return Finding(
        tuple((change, causes(change, differ, *sides)) for change in seen),
        tuple(further.values()),
        witness,
        tuple(trial.vignette for trial in shown_by if trial.vignette),
        sum(not trial.vignette and not trial.sought for trial in shown_by),
    )


def _reduced(differ: Differ, trial: Trial, main: Change) -> Trial:
    """Give a case with the fewest answers; whole where it no longer shows the change with the rest left for later.

    Where walks part, any question or end that differs shows it: which ones do hangs on what else is answered.
    """
    make = differ.forward if trial.forward else differ.backward
    root, rounds = (trial.root_before, trial.before) if trial.forward else (trial.root_after, trial.after)
    path = main.sort in {"asks", "ends", "alerts"}

    def again(tried: tuple[Round, ...]) -> Trial:
        return make(root, tried, replace(trial.settings, rest_later=True), trial.vignette)

    def shows(tried: tuple[Round, ...]) -> bool:
        if main.sort == "holds":
            return main in differ.changes(again(tried), ())
        if path:
            return any(found.cause == main.cause for found in differ.changes(again(tried), ()))
        return main in differ.changes(again(tried), {main.id} if main.id else None)

    if not shows(rounds):
        return trial
    return again(reduced(rounds, shows))
