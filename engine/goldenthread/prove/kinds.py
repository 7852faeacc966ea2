"""Every kind of walk through a flowchart: what the formula leaves open is walked, where that comes to an end.

Each question is answered in every way that some condition tells apart, left, and passed by opening what the clinician
can open. Of walks that stand alike, so that whatever follows is the same, one is walked on. A library of some size has
too many; then what was walked shows what it shows, and no more is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations, count, product
from math import inf
from typing import TYPE_CHECKING, Any

from goldenthread.prove.alike import Alike
from goldenthread.prove.case import Case
from goldenthread.prove.questions import NOT_KNOWN, OWN, Choosing, Listed
from goldenthread.prove.scored import scores_of
from goldenthread.prove.witness import Replayed
from goldenthread.walk import LATER, Settings, Walk, allowed_options
from goldenthread.walk.program import ACKNOWLEDGE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from goldenthread.model import Node
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Step

_MOST_STEPS = 800_000
"""How many steps are passed, over all walks, before the rest is let be; fewer where walks are too many anyway."""
_FEW_NODES = 16
"""How many nodes a flowchart may have for all of these steps to be tried."""
_MOST_OPTIONS = 6
"""How many options a question may have for every set of them to be chosen."""
_SETTINGS = Settings(listens=True, afresh=True)
"""What is kept can be answered otherwise all the same, so that no walk hangs on what earlier rounds were told."""
_MOST_ITEMS = (2, 4, 8)
"""How many items a list has at most where a flowchart runs for each of any number: tried at first, and then."""
_FEW_CASES = 3_000
"""From how many cases on longer lists are tried only where there is an end to how long they can be."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The cases that were walked, and whether there is no other kind."""

    cases: tuple[Replayed, ...]
    complete: bool


def every_kind(routes: Routes) -> Walked:
    """Walk every kind of walk from a flowchart, as far as that goes: with short lists, then with longer ones."""
    most = _MOST_STEPS * _FEW_NODES // max(_FEW_NODES, len(routes.charts.keys))
    for items in _MOST_ITEMS:
        kinds = _Kinds(routes, items)
        walked, at_end = _walked(kinds, most)
        if walked.complete or not at_end or (len(walked.cases) > _FEW_CASES and not kinds.limited):
            break
    return walked


def _walked(kinds: _Kinds, most: int) -> tuple[Walked, bool]:
    """Give what was walked, and whether that came to an end."""
    routes, steps = kinds.routes, 0
    stood: set[Hashable] = set()
    few: set[Hashable] = set()
    many: set[Hashable] = set()
    cases: list[Replayed] = []
    newest = count(-1, -1)
    waiting = [(0, 0, 0, Walk.start(routes.program, routes.root, settings=_SETTINGS))]
    while waiting and steps < most:
        # Those with the fewest runs for items come first: what is new with more of them is really new. Of these, those
        # with the fewest rounds and openings by hand: what they come to, more of them would come to as well.
        *_, walk = heappop(waiting)
        replayed = Replayed(routes.program, Case(routes.root, walk.rounds), walk, stepwise=True)
        cases.append(replayed)
        steps += 1 + len(replayed.trail)
        standing, to_come = kinds.alike.standing(replayed, kinds.tried)
        if (standing, to_come) not in stood:
            stood.add((standing, to_come))
            (many if kinds.many(walk) else few).add(standing)
            for further in kinds.further(walk):
                heappush(waiting, (kinds.begun(further), _stirred(further), next(newest), further))
    # Where the last run for an item that was tried brings nothing new, one more would not either.
    at_end = not waiting and not kinds.more
    return Walked(tuple(cases), at_end and not kinds.short and many <= few), at_end


def _stirred(walk: Walk) -> int:
    """Give how many rounds and openings by hand a walk has."""
    return sum(1 + len(round_.opened) for round_ in walk.rounds)


class _Kinds:
    """How walks from a flowchart go on: of each kind of answer one."""

    def __init__(self, routes: Routes, items: int) -> None:
        self.routes, self.program, self.alike = routes, routes.program, Alike(routes)
        self.items = items
        """How many items of their own a client has at most, where a flowchart runs for each of any number."""
        self.more = False
        """Whether a question could be answered in more ways than were tried."""
        self.short = False
        """Whether a condition counts further than lists were tried."""
        self.limited = False
        """Whether some list has an end that can be tried, beyond what was."""
        self._raws: dict[str, list[Any]] = {}
        self.tried: dict[str, int] = {}
        """By flowchart that runs for each of any number of items, for how many it was tried."""

    def further(self, walk: Walk) -> Iterator[Walk]:
        """Give what a walk goes on to."""
        if not walk.at:
            if walk.finished:
                yield walk.begin_round()
            return
        under_way = {frame.chart.id for frame in walk.state.frames}
        for chart in self.routes.opened:
            if self.program.library.flowcharts[chart].opened_by_hand and chart not in under_way:
                yield walk.open(chart)
        for raw in self._answers(walk):
            found = walk.write(raw)
            # Where no branch leads on, the walk stands at no question; an answer that does not fit is none.
            if found.problem is None or found.problem.key != walk.at or not found.at:
                yield found

    def many(self, walk: Walk) -> bool:
        """Say whether a flowchart has run for as many items as were tried."""
        return any(self._runs(walk, chart) >= most for chart, most in self.tried.items())

    def begun(self, walk: Walk) -> int:
        """Give for how many items a flowchart was run that can run for any number."""
        return max((self._runs(walk, chart) for chart in self.tried), default=0)

    def _runs(self, walk: Walk, chart: str) -> int:
        begun = {name for name in walk.state.done if name.startswith(f"{chart}@")}
        begun |= {f"{chart}@{frame.item}" for frame in walk.state.frames if frame.chart.id == chart}
        return len(begun)

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
        if step.node.measure in self.alike.over_time:
            instrument = self.program.library.instruments[step.node.measure]
            raws = [raw for raw, _ in scores_of(step, instrument, self.routes.atoms.by_key)]
        if step.type is not None and step.type.kind == "goals" and self._visits(step):
            raws += _goals(step.type.options, self.items)
            self._note_list(step, self.items)
        yield from {repr(raw): raw for raw in raws}.values()

    def _visits(self, step: Step) -> list[Node]:
        """Give the visits that run a flowchart for each of what is answered."""
        visits = [s.node for s in self.program.steps.values() if s.node.each]
        return [v for v in visits if not {step.key, step.role}.isdisjoint(v.lists)]

    def _note_list(self, step: Step, tried: int) -> None:
        """Note which flowcharts run for each of a list of which there are more than were tried."""
        charts, visits = self.routes.charts, self._visits(step)
        told = charts.tellers(step.key) | charts.tellers(step.role)
        for node in visits:
            # It can run for what stands on one list, and then for what stands on another.
            several = len(visits) > 1 or not told.isdisjoint(charts.below(node.visit))
            limit = min(node.max or inf, step.node.at_most or inf)
            if several or limit > tried:
                self.tried.setdefault(node.visit, tried)
                self.limited |= not several and limit <= _MOST_ITEMS[-1]

    def _choices(self, step: Step, question: Choosing, walk: Walk) -> Iterator[Any]:
        allowed = allowed_options(step.node, self.program.library)
        options = sorted(step.type.options) if step.type is not None else []
        if allowed is not None:
            options = sorted(allowed(walk.known, walk.asked))
        words = 0 if question.taken else sum(name.startswith(OWN) for name in question.options)
        if words and self._visits(step):
            # Conditions may count further than was tried.
            self.short |= words > self.items
            words = self.items
            self._note_list(step, words)
        self.more |= len(options) > _MOST_OPTIONS
        for size in range(len(options) + 1 if len(options) <= _MOST_OPTIONS else 2):
            for some, own in product(combinations(options, size), range(words + 1)):
                yield [*some, *({"own": f"our own words {n}"} for n in range(own))]


def _goals(options: Iterable[str], most: int) -> Iterator[list[Any]]:
    """Give goals in own words, in every number, by themselves and beside one of the bank."""
    for size in range(most + 1):
        own: list[Any] = [{"own": f"our own goal {n}"} for n in range(size)]
        yield own
        yield from ([option, *own] for option in list(options)[:1])
