"""A vignette walked, and what came of it held against what is expected."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Held, advise
from goldenthread.diagnostics import Diagnostic
from goldenthread.plan import PLANNED, make_plan
from goldenthread.plan import read as reading
from goldenthread.trial.names import EVERY, OPEN, names_in_answers, names_in_expect
from goldenthread.walk import Settings, Walk, path_of, rounds_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goldenthread.advise import Advice
    from goldenthread.plan import Misnamed
    from goldenthread.trial.vignette import Vignette
    from goldenthread.walk import Program
    from goldenthread.walk.written import Steps

_ANY_DAY = datetime.date(2026, 1, 1)
"""Threads and what a statement lacks do not depend on the day."""
_FIRST = 3
Unmet = tuple["Steps", str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a vignette: the walk, and what was not as expected, each at its place."""

    vignette: Vignette
    walk: Walk
    found: tuple[Diagnostic, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.found


def check_vignette(program: Program, vignette: Vignette) -> Outcome:
    """Walk a vignette, and say whether its names and answers fit the library, whatever comes of them."""
    data, tree = vignette.data, vignette.tree
    root = data.get("flowchart", "planning")
    answers = list(names_in_answers(data, program, root))
    found = [_at(vignette, "V002", name) for name in answers]
    found += [_at(vignette, "V005", name) for name in names_in_expect(data["expect"], program)]
    if root not in program.charts:
        return Outcome(vignette, Walk.start(program, next(iter(program.charts))), tuple(found))
    settings = Settings(quick=bool(data.get("quick")), rest_later=data.get("rest") == "later")
    walk = Walk.replay(program, root, rounds_from(data, program), settings=settings)
    problem = walk.problem
    if problem is not None:
        path = path_of(data, problem.key, walk.round)
        if not any(name.path[: len(path)] == path for name in answers):
            message = f"`{problem.key}`: {problem.message}"
            found.append(Diagnostic("error", "V002", message, tree.path(list(path)), problem.help))
    if not any(diagnostic.code == "V002" for diagnostic in found):
        found += _never_asked(vignette, walk)
    return Outcome(vignette, walk, tuple(found))


def run_vignette(program: Program, vignette: Vignette) -> Outcome:
    """Walk a vignette, and hold what came of it against what is expected."""
    checked = check_vignette(program, vignette)
    # What comes of answers that do not fit says nothing about the content.
    if any(diagnostic.code == "V002" for diagnostic in checked.found):
        return checked
    misnamed = {name.path for name in names_in_expect(vignette.data["expect"], program)}
    expect = _Expectations(program, vignette, checked.walk)
    unmet = [
        Diagnostic("error", "V003", message, vignette.tree.path(list(path)))
        for path, message in expect.unmet()
        if path not in misnamed
    ]
    return Outcome(vignette, checked.walk, (*checked.found, *unmet))


def _at(vignette: Vignette, code: str, name: Misnamed) -> Diagnostic:
    span = vignette.tree.path(list(name.path), on_key=name.on_key)
    return Diagnostic("error", code, name.message, span, name.help)


def _never_asked(vignette: Vignette, walk: Walk) -> Iterator[Diagnostic]:
    if walk.round != len(vignette.data.get("rounds", ())):
        return
    waits = f"the walk waits at `{walk.at}`" if walk.at else "the walk ends before it"
    for key in walk.set_aside:
        message = f"`{key}` is answered and never asked: {waits}"
        span = vignette.tree.path(list(path_of(vignette.data, key, walk.round)), on_key=True)
        yield Diagnostic("error", "V004", message, span, "take it out, or change what leads there")


class _Expectations:
    def __init__(self, program: Program, vignette: Vignette, walk: Walk) -> None:
        self.program, self.walk = program, walk
        self.expect: Mapping[str, Any] = vignette.data["expect"]
        self.facts = reading(walk).facts
        self._advice: dict[str, Advice] = {}

    def advice(self, kind: str) -> Advice:
        if kind not in self._advice:
            self._advice[kind] = advise(self.program.library, self.facts, kind)
        return self._advice[kind]

    def unmet(self) -> Iterator[Unmet]:
        """Give each expectation that did not come true, by its path, and why."""
        yield from self._passes()
        yield from self._ends()
        for kind, wanted in self.expect.get("offers", {}).items():
            yield from self._offers(kind, wanted)
        for kind, ids in self.expect.get("holds", {}).items():
            yield from self._holds(kind, ids)
        for kind, ids in self.expect.get("never", {}).items():
            yield from self._never(kind, ids)
        raised = {r.alert.id for r in self.walk.alerts}
        for n, id_ in enumerate(self.expect.get("alerts", ())):
            if id_ not in raised:
                yield ("expect", "alerts", n), f"the alert `{id_}` is not raised"
        yield from self._questions()
        if "threads" in self.expect or "lacks" in self.expect:
            yield from self._plan()

    def _passes(self) -> Iterator[Unmet]:
        passed = {trace.key for trace in self.walk.trail} | {self.walk.at.partition("@")[0]}
        for n, key in enumerate(self.expect.get("passes", ())):
            if key not in passed:
                yield ("expect", "passes", n), f"`{key}` is not passed"
        for n, key in enumerate(self.expect.get("never_passes", ())):
            if key in passed:
                yield ("expect", "never_passes", n), f"`{key}` is passed"

    def _ends(self) -> Iterator[Unmet]:
        wanted = self.expect.get("ends")
        reached = self.walk.end.key if self.walk.end else OPEN
        if wanted is not None and reached != wanted:
            where = f" (it waits at `{self.walk.at}`)" if self.walk.at else ""
            yield ("expect", "ends"), f"the walk ends at `{reached}`{where}"

    def _offers(self, kind: str, wanted: Mapping[str, Any]) -> Iterator[Unmet]:
        offers = self.advice(kind).offers
        ids = [offer.id for offer in offers]
        ranks = {offer.id: offer.rank for offer in offers}
        base = ("expect", "offers", kind)
        for key in ("include", "among_first"):
            for n, id_ in enumerate(wanted.get(key, ())):
                if id_ not in ranks:
                    yield (*base, key, n), f"`{id_}` is not offered: {self._why_not(kind, id_)}"
                elif key == "among_first" and ranks[id_] > _FIRST:
                    before = ", ".join(ids[:_FIRST])
                    yield (*base, key, n), f"`{id_}` has rank {ranks[id_]}; before it stand {before}"
        first = wanted.get("first")
        if first and ranks.get(first) != 1:
            yield (*base, "first"), f"the first is {ids[0] if ids else 'nothing'}, not `{first}`"

    def _why_not(self, kind: str, id_: str) -> str:
        found = self.advice(kind).find(id_)
        if isinstance(found, Held):
            return f"held; ask first {', '.join(str(a) for a in found.ask_first) or found.why}"
        if found is not None and found.because:
            return f"left out; {found.because[0]}"
        return "left out"

    def _holds(self, kind: str, ids: Iterable[str]) -> Iterator[Unmet]:
        path: Steps = ("expect", "holds", kind)
        advice = self.advice(kind)
        if ids == EVERY:
            if advice.offers:
                yield path, f"{', '.join(o.id for o in advice.offers[:3])} are offered"
            elif not any(held.suggested for held in advice.held):
                yield path, "nothing is held: nothing is suggested"
            return
        # A goal or treatment that nothing suggests yet is not held: the word is kept for what a reason is there for.
        held = {h.id for h in advice.held if h.suggested or kind in {"diagnoses", "factors"}}
        for n, id_ in enumerate(ids):
            if id_ not in held:
                yield (*path, n), f"`{id_}` is not held"

    def _never(self, kind: str, ids: Iterable[str]) -> Iterator[Unmet]:
        path: Steps = ("expect", "never", kind)
        offered = [offer.id for offer in self.advice(kind).offers]
        if ids == EVERY:
            if offered:
                yield path, f"{', '.join(offered[:3])} are offered"
            return
        for n, id_ in enumerate(ids):
            if id_ in offered:
                yield (*path, n), f"`{id_}` is offered"

    def _questions(self) -> Iterator[Unmet]:
        most = self.expect.get("questions_at_most")
        given = {"answered", "not_known", "declined"}
        answered = [t for t in self.walk.trail if t.step.waits and t.how in given]
        if most is not None and len(answered) > most:
            yield ("expect", "questions_at_most"), f"{len(answered)} answers were given"

    def _plan(self) -> Iterator[Unmet]:
        plan = make_plan(self.walk, _ANY_DAY, advice={kind: self.advice(kind) for kind in PLANNED})
        state = "loose" if plan.loose_ends else "whole"
        if self.expect.get("threads", state) != state:
            yield ("expect", "threads"), f"the threads are {state}: {'; '.join(plan.loose_ends[:3])}"
        for n, role in enumerate(self.expect.get("lacks", ())):
            if role not in plan.statement.lacks:
                yield ("expect", "lacks", n), f"the problem statement does not lack `{role}`"
