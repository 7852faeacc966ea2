"""Every kind of walk through a flowchart: what the formula leaves open is walked, where that comes to an end.

Each question is answered in every way that some condition tells apart, left, and passed by opening what the clinician
can open. Of walks that stand alike, so that whatever follows is the same, one is walked on. A library of some size has
too many; then what was walked shows what it shows, and no more is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Any

from goldenthread.prove.alike import Alike
from goldenthread.prove.answers import scores_of
from goldenthread.prove.questions import NOT_KNOWN, OWN, Choosing, Listed
from goldenthread.prove.witness import Case, Replayed
from goldenthread.walk import LATER, Walk, allowed_options
from goldenthread.walk.program import ACKNOWLEDGE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from goldenthread.model import Node
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Step

MOST_STEPS = 60_000
"""How many steps are passed, over all walks, before the rest is let be."""
_MOST_OPTIONS = 6
"""How many options a question may have for every set of them to be chosen."""
_MOST_GOALS = 3
"""How many goals are chosen at most where a flowchart runs for each."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The cases that were walked, and whether there is no other kind."""

    cases: tuple[Replayed, ...]
    complete: bool


def every_kind(routes: Routes, most: int = MOST_STEPS) -> Walked:
    """Walk every kind of walk from a flowchart, as far as so many steps go."""
    alike = Alike(routes)
    kinds, steps = _Kinds(routes, alike), 0
    stood: set[Hashable] = set()
    cases: list[Replayed] = []
    waiting = [Walk.start(routes.program, routes.root)]
    while waiting and steps < most:
        walk = waiting.pop()
        replayed = Replayed(routes.program, Case(routes.root, walk.rounds))
        cases.append(replayed)
        steps += 1 + len(replayed.trail)
        standing = alike.standing(walk)
        if standing not in stood:
            stood.add(standing)
            waiting += kinds.further(walk)
    return Walked(tuple(cases), not waiting and not kinds.more)


class _Kinds:
    """How walks from a flowchart go on: of each kind of answer one."""

    def __init__(self, routes: Routes, alike: Alike) -> None:
        self.routes, self.program, self.over_time = routes, routes.program, alike.over_time
        self.more = False
        """Whether a question could be answered in more ways than were tried."""
        self._raws: dict[str, list[Any]] = {}
        self._tried: dict[str, int] = {}
        """By flowchart that runs for each of a list that can be longer than was tried, for how many it was tried."""

    def further(self, walk: Walk) -> Iterator[Walk]:
        """Give what a walk goes on to."""
        for chart, most in self._tried.items():
            begun = {name for name in walk.state.done if name.startswith(f"{chart}@")}
            begun |= {f"{chart}@{frame.item}" for frame in walk.state.frames if frame.chart.id == chart}
            self.more |= len(begun) >= most
        if not walk.at:
            # What goes round without end stands at a step that waits for nothing.
            self.more |= walk.state.at is not None
            if walk.finished:
                yield walk.begin_round()
            return
        under_way = {frame.chart.id for frame in walk.state.frames}
        for chart in self.routes.opened:
            if self.program.library.flowcharts[chart].opened_by_hand and chart not in under_way:
                yield walk.open(chart)
        for raw in self._answers(walk):
            found = walk.answer(raw)
            if found.problem is not None and found.problem.key == walk.at:
                found = Walk.replay(self.program, walk.root, walk._with_answer(walk.at, raw))
                if found.at:
                    continue
            yield found

    def _answers(self, walk: Walk) -> Iterator[Any]:
        """Give an answer of every kind to the question that a walk stands at."""
        step = self.program.steps[walk.at.partition("@")[0]]
        if not step.required:
            yield dict(LATER)
        if step.kind == ACKNOWLEDGE:
            yield True
            return
        yield dict(NOT_KNOWN)
        question = self.routes.question(step.key)
        if isinstance(question, Choosing):
            yield from self._choices(step, question, walk)
            return
        if step.key not in self._raws:
            self._raws[step.key] = list(self._listed(step, question))
        yield from self._raws[step.key]

    def _listed(self, step: Step, question: Listed) -> Iterator[Any]:
        raws = [answer.raw for answer in question.answers]
        if step.node.measure in self.over_time:
            instrument = self.program.library.instruments[step.node.measure]
            raws = [raw for raw, _ in scores_of(step, instrument, self.routes.atoms.by_key)]
        if step.type is not None and step.type.kind == "goals" and self._visits(step):
            raws += _goals(step.type.options)
            self._note_list(step, _MOST_GOALS)
        yield from {repr(raw): raw for raw in raws}.values()

    def _visits(self, step: Step) -> list[Node]:
        """Give the visits that run a flowchart for each of what is answered."""
        visits = [s.node for s in self.program.steps.values() if s.node.each]
        return [v for v in visits if {v.each, f"{v.flowchart}.{v.each}"} & {step.key, step.role}]

    def _note_list(self, step: Step, tried: int) -> None:
        """Note which flowcharts run for each of a list of which there are more than were tried."""
        charts, visits = self.routes.charts, self._visits(step)
        told = charts.tellers(step.key) | charts.tellers(step.role)
        for node in visits:
            if len(visits) > 1 or not told.isdisjoint(charts.below(node.visit)):
                # It can run for what stands on one list, and then for what stands on another.
                self._tried[node.visit] = 1
            elif not 0 < min(node.max or inf, step.node.at_most or inf) <= tried:
                self._tried.setdefault(node.visit, tried)

    def _choices(self, step: Step, question: Choosing, walk: Walk) -> Iterator[Any]:
        allowed = allowed_options(step.node, self.program.library)
        options: list[Any] = sorted(step.type.options) if step.type is not None else []
        if allowed is not None:
            options = sorted(allowed(walk.known, walk.asked))
        if not question.taken:
            options += [{"own": name} for name in question.options if name.startswith(OWN)]
            self._note_list(step, len(options))
        self.more |= len(options) > _MOST_OPTIONS
        for count in range(len(options) + 1 if len(options) <= _MOST_OPTIONS else 2):
            yield from (list(some) for some in combinations(options, count))


def _goals(options: Iterable[str]) -> Iterator[list[Any]]:
    """Give goals of the bank and in own words, in every number, so that one list can have what another has not."""
    offered = list(options)[:_MOST_GOALS]
    for count in range(_MOST_GOALS + 1):
        for own in range(count + 1):
            yield [*offered[: count - own], *({"own": f"our own goal {n}"} for n in range(own))]
