"""A library as it stands: what can be drawn, what is wrong with it, what came of its vignettes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from goldenthread.author.lsp.prover import Prover
from goldenthread.check import apply_rules, prove_library
from goldenthread.diagnostics import Report
from goldenthread.loading import Workspace, vignette_files
from goldenthread.model import Library
from goldenthread.preview.placing import Place, places
from goldenthread.trial import read_vignettes, run_vignette

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Flowchart
    from goldenthread.prove import Case
    from goldenthread.trial import Outcome

Stage = Literal["begun", "loaded", "checked", "tried", "proven"]
"""What is known: nothing, what can be drawn, what the rules find, what came of the vignettes, what a proof finds."""
_PROVEN = "P"
"""Codes of what a proof finds."""
_A_WHILE = 0.1
"""Seconds after which it is looked whether anything was saved while a proof is made."""
_FLOWCHART = re.compile(r"^flowchart:[ \t]*([a-z][a-z0-9_]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A flowchart with the library that it is drawn from: an old one where its file cannot be read any more."""

    chart: Flowchart
    library: Library
    own: bool = True
    old: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the vignettes. Where the library has errors, none is run."""

    outcomes: tuple[Outcome, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    ran: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A library at one moment. Until it is checked, tried and proven, what was found before stands."""

    number: int = 0
    stage: Stage = "begun"
    library: Library = field(default_factory=Library)
    shown: Mapping[str, Shown] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    places: Mapping[Diagnostic, Place] = field(default_factory=dict)
    """Which flowchart and node each finding is about."""
    proven: tuple[Diagnostic, ...] = ()
    """Those of the findings that come of the last proof."""
    trial: Trial = field(default_factory=Trial)
    failed: str = ""
    """What went wrong in the program itself, where something did."""


class Builder:
    """Makes one snapshot after the other of the same folders. For one thread at a time.

    With `apart`, proofs are made in a process of their own, so that pages are drawn meanwhile.
    """

    def __init__(self, libraries: Sequence[Path], *, only: bool, apart: bool = False) -> None:
        self._prover = Prover(libraries, only=only) if apart else None
        self._workspace = Workspace(libraries, only=only)
        self.folders = self._workspace.folders
        self._cases: Sequence[Case] = ()
        """The answers that the last proof found; the next begins with them."""
        self._own = [os.path.realpath(path) for path in libraries]

    def build(self, last: Snapshot) -> Iterator[Snapshot]:
        """Give the library as it stands now, as more and more of it is known: soonest what can be drawn.

        While a proof is made in a process of its own, the last is given again and again: a later save can be seen to.
        """
        library, report = self._workspace.load()
        now = replace(last, number=last.number + 1, stage="loaded", library=library, failed="")
        now = replace(now, shown=self._shown(library, report, last))
        yield now
        apply_rules(library, report)
        sound = not report.errors and bool(library.flowcharts)
        yield (now := _found(now, "checked", report, now.proven if sound else ()))
        now = replace(now, number=now.number + 1, stage="tried", trial=self._try(library, sound=sound))
        yield now
        if sound and self._prover is not None:
            self._prover.ask({})
            while (answer := self._prover.answer(_A_WHILE)) is None:
                yield now
            proven = tuple(found for found in answer if found.code[0] == _PROVEN)
        else:
            proven = self._prove(library, report.texts) if sound else ()
        yield _found(now, "proven", report, proven)

    def _prove(self, library: Library, texts: dict[str, str]) -> tuple[Diagnostic, ...]:
        found = Report(texts=texts)
        self._cases = prove_library(library, found, self._cases).cases
        return tuple(found)

    def _shown(self, library: Library, report: Report, last: Snapshot) -> dict[str, Shown]:
        shown = {
            chart.id: Shown(chart, library, self._is_own(chart)) for chart in library.flowcharts.values()
        }
        for id_, before in last.shown.items():
            if id_ not in shown and _broken(id_, before.chart.span.file, report):
                shown[id_] = replace(before, old=True)
        return dict(sorted(shown.items(), key=lambda item: (item[1].chart.number, item[0])))

    def _is_own(self, chart: Flowchart) -> bool:
        files = [os.path.realpath(span.file) for span in (chart.span, *chart.added)]
        return not self._own or any(
            file == own or file.startswith(own + os.sep) for file in files for own in self._own
        )

    def _try(self, library: Library, *, sound: bool) -> Trial:
        from goldenthread.walk import compile_library  # noqa: PLC0415 -- imported when used

        files = [path for folder in self.folders if folder.is_dir() for path in vignette_files(folder)]
        vignettes, found, texts = read_vignettes(files, self._workspace.read)
        if not sound:
            return Trial(found=tuple(found), texts=texts)
        program = compile_library(library)
        outcomes = tuple(run_vignette(program, vignette) for vignette in vignettes)
        return Trial(outcomes, tuple(found), texts, ran=True)


def _found(now: Snapshot, stage: Stage, report: Report, proven: tuple[Diagnostic, ...]) -> Snapshot:
    """Give a snapshot with what is found by now, by the rules and by a proof."""
    every = Report([*report, *proven], report.texts)
    number = now.number + 1
    return replace(now, number=number, stage=stage, report=every, proven=proven, places=places(every))


def _broken(id_: str, file: str, report: Report) -> bool:
    """Say whether a flowchart is still there, in a file that has not the right form."""
    if not any(error.span.file == file for error in report.errors):
        return False
    named = _FLOWCHART.search(report.texts.get(file, ""))
    return named is None or named[1] == id_
