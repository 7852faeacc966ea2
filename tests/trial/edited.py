"""Copies of the shipped library in which one text is replaced, and witnesses replayed by nothing but the walk."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.advise import Held, Offer, advise, gates
from goldenthread.cli.diff_data import answers
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import Workspace, shipped, vignette_files
from goldenthread.plan import read
from goldenthread.trial import read_vignettes
from goldenthread.trial.difference import difference
from goldenthread.walk import Settings, Walk, compile_library, rounds_from
from small import shipped_program

if TYPE_CHECKING:
    from goldenthread.trial.difference import Difference, Finding
    from goldenthread.walk import Program

VIGNETTES = read_vignettes(vignette_files(shipped()))[0]


_HOME = Path(os.path.realpath(shipped()))
_WORKSPACE = Workspace([shipped()], only=True)
"""Reads what was not edited once for all copies."""


def edited(*edits: tuple[str, str, str]) -> Program:
    """Give the program of a copy of the shipped library, in a file of which one text stands in place of another."""
    texts: dict[Path, str] = {}
    for file, old, new in edits:
        path = _HOME / file
        text = texts.get(path) or path.read_text(encoding="utf-8")
        assert old in text, old
        texts[path] = text.replace(old, new, 1)
    library, report = _WORKSPACE.load(texts)
    assert not report.errors, "\n" + as_text(report)
    return compile_library(replace(library, protected=True))


def compared(after: Program, walks: int = 30, seed: int = 0) -> Difference:
    """Hold the shipped library against another, and each witness against the walk."""
    found = difference(shipped_program(), after, (VIGNETTES, VIGNETTES), walks=walks, seed=seed)
    for finding in found.findings:
        shows(finding, found.before, found.after)
    return found


def replayed(program: Program, finding: Finding, *, after: bool) -> Walk:
    """Replay the answers of a witness as a file would have them."""
    trial = finding.witness
    root, rounds = (trial.root_after, trial.after) if after else (trial.root_before, trial.before)
    data = answers(root, rounds, trial.settings)
    settings = Settings(quick=bool(data.get("quick")), rest_later=data.get("rest") == "later")
    return Walk.replay(
        program, data.get("flowchart", "planning"), rounds_from(data, program), settings=settings
    )


def shows(finding: Finding, before: Program, after: Program) -> None:
    """Fail unless each change of a finding can be seen in the two walks alone. Names are those after."""
    then, now = replayed(before, finding, after=False), replayed(after, finding, after=True)
    trial = finding.witness
    for change, _ in finding.changes:
        if change.sort == "misfit" and trial.refused:
            # What was taken out for the library before is refused by it as it was given after.
            then = Walk.replay(before, trial.root_before, trial.after, settings=trial.settings)
        seen = [seen_in(walk, change) for walk in (then, now)]
        assert seen[0] != seen[1], (change, seen)


def seen_in(walk: Walk, change) -> object:
    """Give what one walk has to say of what changes."""
    if change.sort == "asks":
        return sum(trace.key == change.id for trace in walk.trail) + (walk.at.partition("@")[0] == change.id)
    if change.sort == "ends":
        return walk.end and walk.end.key
    if change.sort == "alerts":
        return [(raised.alert.id, raised.cleared) for raised in walk.alerts if raised.alert.id == change.id]
    if change.sort == "misfit":
        # The answer may have closed its round.
        told = [walk.known.get(key) for key in (change.id, f"previous.{change.id}")]
        return walk.problem and walk.problem.key, told
    advice = advise(walk.program.library, read(walk).facts, change.kind)
    if change.sort == "holds":
        return bool(gates(walk.program.library, read(walk).facts, change.kind))
    found = advice.find(change.id)
    if change.sort == "offers" or not isinstance(found, Offer):
        shown = isinstance(found, Held) and (found.suggested or change.kind in {"diagnoses", "factors"})
        return "held" if shown else "offered" if isinstance(found, Offer) else "left out"
    if change.sort == "cautions":
        return [str(caution) for caution in found.cautions]
    return found.rank, found.band, found.strength, found.certainty
