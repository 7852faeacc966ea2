"""What becomes of each edit: a case that shows it, or the proof that no answers make a difference of it.

Walks that are made up find most of what changes; what lies deep in a rare branch they may never come to. So each place
where an edit can make a difference is asked of the prover, on the routes of either library, and the answers that come
to it are walked over both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from goldenthread.model import ADVISED
from goldenthread.prove import Prover
from goldenthread.trial.differ import LATER_SETTINGS
from goldenthread.trial.places import places
from goldenthread.trial.ways import Sides
from goldenthread.walk import LATER, Round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goldenthread.prove import Replayed
    from goldenthread.prove.routes import Routes
    from goldenthread.trial.content import Edit
    from goldenthread.trial.differ import Differ, Trial
    from goldenthread.trial.places import Place
    from goldenthread.walk import Settings

    _Make = Callable[[str, Sequence[Round], Settings], Trial]

Follows = Literal["outcome", "nothing", "unknown"]
"""What follows from an edit: an outcome that some case shows, nothing, or nothing that a case was found for."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One edit, what follows from it, and the cases that show it."""

    edit: Edit
    follows: Follows
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Differs:
    """Some answers come to a place so that an edit can make a difference there, and make one."""

    place: Place
    shows: Callable[[Replayed], bool]
    wanted: bool = True

    def literal(self, routes: Routes) -> int:
        """Give the literal of the place."""
        return self.place.literal(routes)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether an outcome of the case is another."""
        return self.shows(replayed)


def settled(differ: Differ, edits: Sequence[Edit]) -> Iterator[Settled]:
    """Say what follows from each edit that an outcome can follow from."""
    return _Asked(differ).run(edits)


def unsettled(edits: Sequence[Edit]) -> Iterator[Settled]:
    """Say of each edit that nothing is known of what follows from it."""
    return (Settled(edit, "unknown") for edit in edits)


class _Asked:
    def __init__(self, differ: Differ) -> None:
        self.differ = differ
        before, after, names = differ.before, differ.after, differ.renames
        one, other = before.library, after.library
        self.sides = (
            (Prover(one, beside=(other,)), Sides(before, after, names.node, names.entry), differ.forward),
            (
                Prover(other, beside=(one,)),
                Sides(after, before, names.node_back, names.entry_back),
                differ.backward,
            ),
        )

    def run(self, edits: Sequence[Edit]) -> Iterator[Settled]:
        # Where names are others, what one library reads of the other's answers is no longer known for certain.
        named_alike = not any(edit.sort == "renamed" for edit in edits)
        for edit in edits:
            if edit.settles:
                trials, certain = self._of(edit)
                follows: Follows = (
                    "outcome" if trials else "nothing" if certain and named_alike else "unknown"
                )
                yield Settled(edit, follows, tuple(trials))

    def _of(self, edit: Edit) -> tuple[list[Trial], bool]:
        trials: list[Trial] = []
        certain = True
        for prover, sides, make in self.sides:
            for place in places(edit, sides, self._named(edit, sides)):
                if trials and not place.exact:
                    break
                done, found = self._asked(edit, place, prover, make)
                trials += found
                certain &= done is False
        return trials, certain

    def _asked(
        self, edit: Edit, place: Place, prover: Prover, make: _Make
    ) -> tuple[bool | None, list[Trial]]:
        """Say whether some answers make a difference at a place, and give the case that shows it."""
        only = {edit.id} if edit.thing in ADVISED else None
        found: list[Trial] = []

        def shows(replayed: Replayed) -> bool:
            trial = self._trial(replayed, make, place.left)
            if trial is None or not self.differ.changes(trial, only):
                return False
            found.append(trial)
            return True

        verdict = prover.decide(Differs(place, shows))
        return verdict.done, found[-1:] if verdict.done else []

    def _named(self, edit: Edit, sides: Sides) -> str:
        """Give the id of what an edit is about, by its name in the library looked at."""
        if sides.here is self.differ.after:
            return edit.id
        names = self.differ.renames
        back = {"node": names.node_back, "flowchart": names.chart_back}.get(edit.thing, names.entry_back)
        return back(edit.id)

    def _trial(self, replayed: Replayed, make: _Make, left: str) -> Trial | None:
        """Make a case of both libraries; None where the other has no such flowchart to begin with."""
        case = replayed.case
        names = self.differ.renames
        forward = make == self.differ.forward
        other = names.chart(case.root) if forward else names.chart_back(case.root)
        if other not in (self.differ.after if forward else self.differ.before).charts:
            return None
        rounds = list(case.rounds or (Round({}),))
        for trace in replayed.trail if left else ():
            if trace.key == left and trace.how == "later" and trace.round < len(rounds):
                name = f"{left}@{trace.item}" if trace.item else left
                answers = {**rounds[trace.round].answers, name: dict(LATER)}
                rounds[trace.round] = replace(rounds[trace.round], answers=answers)
        return replace(make(case.root, rounds, LATER_SETTINGS), sought=True)
