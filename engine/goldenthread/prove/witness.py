"""From a solution to answers, and back through the real walk: what no walk shows is not said."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.advise import held_by
from goldenthread.plan import read
from goldenthread.prove.case import Case
from goldenthread.prove.further import in_further_runs
from goldenthread.prove.history import before
from goldenthread.prove.place import items_of
from goldenthread.prove.questions import holds
from goldenthread.walk import LATER, Round, Walk
from goldenthread.walk.program import ASK, MEASURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from goldenthread.advise import Facts
    from goldenthread.model import Alert, Edge
    from goldenthread.prove.formula import Solver
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Program, Trace
    from goldenthread.walk.state import Told


class Replayed:
    """A case that was walked, now or before, and what it shows.

    Of a `stepwise` one the walks that stood at each of its questions are cases of their own, and not looked at again.
    """

    def __init__(
        self, program: Program, case: Case, walk: Walk | None = None, *, stepwise: bool = False
    ) -> None:
        self.program, self.case, self.stepwise = program, case, stepwise
        self.walk = walk or case.walk(program)
        self.trail = self.walk.trail
        self.passed: frozenset[str] = frozenset(self._come_to())
        """The nodes that the walk came to: those it passed, and visits that did not come back."""
        self._edges = {id(trace.edge) for trace in self.trail if trace.edge is not None}
        self._stopped: dict[tuple[int, str, bool], Walk] = {}
        self._free: dict[str, bool] = {}

    def _come_to(self) -> Iterator[str]:
        yield self.program.charts[self.case.root].start.key
        yield from (frame.chart.start.key for frame in self.walk.state.frames)
        for trace in self.trail:
            yield trace.key
            if trace.edge is not None:
                yield f"{trace.step.node.flowchart}.{trace.edge.go}"

    def heard(self, key: str, fact: str) -> bool:
        """Say whether a fact was answered as a node's conditions read it."""
        return (key, fact) in (self.walk.state.heard or ())

    @cached_property
    def rests(self) -> bool:
        """Whether the walk has ended, or stands for want of a branch, and not in a round that was only begun."""
        return not self.walk.at

    def took(self, edge: Edge) -> bool:
        """Say whether it took an edge."""
        return id(edge) in self._edges

    def raised(self, alert: Alert, *, cleared: bool = False) -> bool:
        """Say whether it raises an alert in one of its rounds, and where asked, whether that was cleared there."""
        so_far = self.walk.alerts_so_far
        return any(raised.alert is alert and (raised.cleared or not cleared) for raised in so_far)

    @cached_property
    def facts(self) -> Facts:
        """What is known at its end, as advice reads it."""
        return read(self.walk).facts

    def free(self, kind: str) -> bool:
        """Say whether nothing holds a whole bank at its end."""
        if kind not in self._free:
            self._free[kind] = not held_by(self.program.library, self.facts, kind)
        return self._free[kind]

    def entering(self, visit: str) -> Iterator[Told]:
        """Give what was told each time that a visit began its flowchart."""
        chain = self.walk.state.entered
        while chain is not None:
            (key, told), chain = chain
            if key == visit:
                yield told

    def arriving(self, key: str) -> Iterator[Walk]:
        """Give the walk as it stood each time that it came to a question, before and after what was opened there."""
        for trace in self.trail if not self.stepwise else ():
            if trace.key == key:
                # Without what was opened there the walk may lead elsewhere.
                walks = (self._before(trace), self._before(trace, opened=True))
                yield from (walk for walk in walks if walk.at.partition("@")[0] == key)
        if self.walk.at.partition("@")[0] == key:
            yield self.walk

    def _before(self, trace: Trace, *, opened: bool = False) -> Walk:
        """Give the walk as it stood before a question was answered, with or without what was opened there."""
        name = f"{trace.key}@{trace.item}" if trace.item else trace.key
        *earlier, last = self.walk.rounds[: trace.round + 1]
        there = opened and any(at == name for _, at in last.opened)
        if (trace.round, name, there) not in self._stopped:
            for number in range(len(last.opened), 0, -1) if not there else ():
                if last.opened[number - 1][1] == name:
                    last = unopened(last, number)
            case = replace(self.case, rounds=(*earlier, last))
            self._stopped[trace.round, name, there] = case.walk(self.program, name)
        return self._stopped[trace.round, name, there]


def fewest(case: Case, program: Program, shows: Callable[[Replayed], bool]) -> Case:
    """Take away every answer without which the case still shows it; none can be taken away from what is left."""
    while True:
        # What one answer needed may be needed no more once another is gone.
        fewer = _fewer(case, program, shows)
        if fewer == case:
            return case
        case = fewer


def _fewer(case: Case, program: Program, shows: Callable[[Replayed], bool]) -> Case:
    for n in range(len(case.rounds) - 1):
        earlier = replace(case, rounds=(*case.rounds[:n], *case.rounds[n + 1 :]))
        if shows(Replayed(program, earlier)):
            return earlier
    for n, round_ in enumerate(case.rounds):
        for number in range(len(round_.opened), 0, -1):
            case = _if_shown(case, n, unopened(case.rounds[n], number), program, shows)
        for key in reversed(list(round_.answers)):
            if key in case.rounds[n].answers:
                left = {k: raw for k, raw in case.rounds[n].answers.items() if k != key}
                case = _if_shown(case, n, replace(case.rounds[n], answers=left), program, shows)
        for key, raw in round_.answers.items():
            for option in raw if isinstance(raw, list) else ():
                kept_answers = dict(case.rounds[n].answers)
                if len(kept_answers.get(key, ())) > 1:
                    kept_answers[key] = [other for other in kept_answers[key] if other != option]
                    case = _if_shown(case, n, replace(case.rounds[n], answers=kept_answers), program, shows)
    return case


def unopened(round_: Round, number: int) -> Round:
    """Give a round without one of what was opened by hand, from 1, and without what was answered there."""
    answers = {}
    for key, raw in round_.answers.items():
        name, _, item = key.partition("@opened_")
        if item != str(number):
            later = item.isdigit() and int(item) > number
            answers[f"{name}@opened_{int(item) - 1}" if later else key] = raw
    return replace(round_, answers=answers, opened=(*round_.opened[: number - 1], *round_.opened[number:]))


def _if_shown(case: Case, n: int, round_: Round, program: Program, shows: Callable[[Replayed], bool]) -> Case:
    changed = replace(case, rounds=(*case.rounds[:n], round_, *case.rounds[n + 1 :]))
    return changed if shows(Replayed(program, changed)) else case


def cases_of(routes: Routes, model: AbstractSet[int], solver: Solver) -> Iterator[Case]:
    """Give the answers of a solution, in each way that it may be meant; nothing where no earlier round fits it.

    Where more runs of a flowchart come of them than the solution has, they are left for later, then answered.
    """
    case = _case(routes, model, solver)
    if case is None:
        return
    yield case
    several = routes.loose in model or not model.isdisjoint(routes.many.values())
    if not several and holds(routes.calm, model):
        return
    yield from in_further_runs(routes, case, model, solver)


def _case(routes: Routes, model: AbstractSet[int], solver: Solver) -> Case | None:
    earlier = before(routes, model, solver)
    if earlier is None:
        return None
    rounds: list[Round] = []
    for solution in (*earlier, model):
        round_ = _round(routes, solution)
        answered = {key for past in rounds for key in past.answers}
        # What is kept from an earlier round is left for later where the solution does not answer it.
        kept = {
            key: dict(LATER)
            for key in routes.charts.keys
            if routes.program.steps[key].carry == "keep" and key in answered and key not in round_.answers
        }
        rounds.append(replace(round_, answers={**round_.answers, **kept}))
    return Case(routes.root, tuple(rounds))


def _round(routes: Routes, model: AbstractSet[int]) -> Round:
    items = _items(routes, model)
    answers: dict[str, Any] = {}
    for key in routes.charts.keys:
        step = routes.program.steps[key]
        if step.kind not in {ASK, MEASURE} or routes.visited[key] not in model:
            continue
        raw = routes.question(key).raw(model)
        if raw is not None:
            answers[_name(routes, key, items)] = raw
    opened = tuple(
        (chart, _name(routes, key, items))
        for chart, places in routes.opened.items()
        for key, literal in places.items()
        if literal in model and routes.charts.by_hand(chart)
    )
    return Round(answers, opened)


def _name(routes: Routes, key: str, items: Mapping[str, str]) -> str:
    item = items.get(routes.charts.chart_of(key))
    return f"{key}@{item}" if item else key


def _items(routes: Routes, model: AbstractSet[int]) -> dict[str, str]:
    """Give the item for which each flowchart runs that runs for one."""
    opened = [chart for chart, places in routes.opened.items() if not model.isdisjoint(places.values())]
    by_hand = [chart for chart in opened if routes.charts.by_hand(chart)]
    items = {chart: f"opened_{n}" for n, chart in enumerate(by_hand, 1)}
    for chart, places in routes.alerted.items():
        for key, literal in places.items():
            if literal in model and routes.program.steps[key].waits:
                items.update((chart, alert.id) for alert in _raised_at(routes, chart, key, model)[:1])
    for chart in routes.charts.each:
        for visit in routes.charts.visits[chart]:
            found = items_of(routes, visit)
            first = found.first(model) if found is not None and routes.visited[visit] in model else ""
            if first:
                items[chart] = first
    return items


def _raised_at(routes: Routes, chart: str, key: str, model: AbstractSet[int]) -> list[Alert]:
    alerts = [alert for alert in routes.program.steps[key].alerts if alert.opens == chart]
    return [alert for alert in alerts if holds(routes.raises(alert, key), model)]
