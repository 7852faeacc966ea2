"""Every walk through a small library before and after an edit, held against the same answers over the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edited import shows
from random_edits import edited

from every_walk import EveryWalk
from goldenthread.prove.prove import roots_of
from goldenthread.trial.content import edits
from goldenthread.trial.differ import LATER_SETTINGS, Differ
from goldenthread.trial.difference import difference
from goldenthread.trial.renames import Renames
from goldenthread.walk import Walk, compile_library

if TYPE_CHECKING:
    from goldenthread.walk import Program


class EveryDifference(EveryWalk):
    """Walks everything through one of two libraries, and holds each walk that ends against the other."""

    def __init__(self, differ: Differ, program: Program, root: str, *, rounds: int, most: int) -> None:
        super().__init__(program, root, rounds=rounds, most=most)
        self.differ = differ
        self.make = differ.forward if program is differ.before else differ.backward
        self.changed: list[Walk] = []

    def _note_trail(self, walk: Walk) -> None:
        trial = self.make(self.root, walk.rounds, LATER_SETTINGS)
        if self.differ.changes(trial):
            self.changed.append(walk)


def judged(seed: int, most: int) -> tuple[list[str], bool]:
    """Give what was said wrongly of an edit, and whether it was left undecided. Raises TooManyError."""
    *libraries, rounds = edited(seed)
    before, after = (compile_library(replace(library, protected=True)) for library in libraries)
    changed = _changed(before, after, rounds=rounds, most=most)
    found = difference(before, after, roots=("main",), walks=0)
    for finding in found.findings:
        shows(finding, before, after)
    wrong = []
    if found.certain and changed:
        wrong.append(f"no outcome changes, it says, but {changed[0].rounds} shows one")
    if bool(found.findings) != any(one.follows == "outcome" for one in found.follows):
        wrong.append(f"{len(found.findings)} findings, and {[one.follows for one in found.follows]} follows")
    return wrong, bool(found.undecided) and not found.findings


def _changed(before: Program, after: Program, *, rounds: int, most: int) -> list[Walk]:
    """Give walks that come out otherwise in the other library."""
    renames = Renames(before, after)
    edits_ = {edit.id for edit in edits(before.library, after.library, renames)}
    differ = Differ(before, after, renames, edits_)
    changed: list[Walk] = []
    for program in (before, after):
        for root in roots_of(program):
            walked = EveryDifference(differ, program, root, rounds=rounds, most=most)
            walked.run()
            changed += walked.changed
    return changed
