"""From a solution to answers, and back through the real walk: what no walk shows is not said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.advise import gates
from goldenthread.plan import read
from goldenthread.prove.place import items_of
from goldenthread.prove.questions import Choosing, Listed, holds
from goldenthread.walk import LATER, Round, Settings, Walk
from goldenthread.walk.program import ASK, MEASURE, PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from goldenthread.advise import Facts
    from goldenthread.model import Edge
    from goldenthread.prove.formula import Solver
    from goldenthread.prove.questions import Source
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Program

_LEFT = Settings(rest_later=True)
_MOST_RUNS = 12


@dataclass(frozen=True, slots=True)
class Case:
    """Answers from the start of a flowchart: what is not answered is left for later."""

    root: str
    rounds: tuple[Round, ...]

    def walk(self, program: Program, stop_at: str = "") -> Walk:
        """Replay the answers."""
        return Walk.replay(program, self.root, self.rounds, settings=_LEFT, stop_at=stop_at)

    @property
    def size(self) -> int:
        """How many answers it has."""
        return sum(len(round_.answers) for round_ in self.rounds)

    def as_answers(self) -> dict[str, Any]:
        """Give it as an answers file has it; see `schemas/answers.schema.json`."""
        first, *rest = [_written(round_) for round_ in self.rounds]
        data: dict[str, Any] = {"flowchart": self.root, "rest": "later", **first}
        return data | ({"rounds": rest} if rest else {})


def _written(round_: Round) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for key, raw in round_.answers.items():
        name, _, item = key.partition("@")
        if item:
            answers.setdefault(name, {"each": {}})["each"][item] = raw
        else:
            answers[name] = raw
    made: dict[str, Any] = {"answers": answers}
    if round_.opened:
        made["opened"] = [{"flowchart": flowchart, "at": at} for flowchart, at in round_.opened]
    return made


class Replayed:
    """A case that was walked, and what it shows."""

    def __init__(self, program: Program, case: Case) -> None:
        self.program, self.case = program, case
        self.walk = case.walk(program)
        self.trail = self.walk.trail
        self.passed: frozenset[str] = frozenset(trace.key for trace in self.trail)
        self._edges = {id(trace.edge) for trace in self.trail if trace.edge is not None}
        self._stopped: dict[str, Walk] = {}
        self._free: dict[str, bool] = {}

    def took(self, edge: Edge) -> bool:
        """Say whether it took an edge."""
        return id(edge) in self._edges

    @cached_property
    def facts(self) -> Facts:
        """What is known at its end, as advice reads it."""
        return read(self.walk).facts

    def free(self, kind: str) -> bool:
        """Say whether nothing holds a whole bank at its end."""
        if kind not in self._free:
            self._free[kind] = not gates(self.program.library, self.facts, kind)
        return self._free[kind]

    def answered(self, key: str) -> Iterator[int]:
        """Give the places in the trail at which a question was asked and not left for later."""
        return (
            n for n, trace in enumerate(self.trail) if trace.key == key and trace.how in {"answered", "kept"}
        )

    def entering(self, visit: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, str]]]:
        """Give what was known and asked as a visit's flowchart was begun, where it asks anything."""
        chart = self.program.steps[visit].node.visit
        first = next((t for t in self.trail if t.step.node.flowchart == chart and t.step.waits), None)
        if first is not None:
            # What is opened by hand at that question comes after.
            rounds = tuple(
                replace(r, opened=tuple(o for o in r.opened if o[1].partition("@")[0] != first.key))
                for r in self.case.rounds
            )
            walk = replace(self.case, rounds=rounds).walk(self.program, first.key)
            yield walk.known, walk.asked

    def at(self, key: str) -> Walk:
        """Give the walk as it stood before a question was answered."""
        if key not in self._stopped:
            item = next((trace.item for trace in self.trail if trace.key == key), "")
            self._stopped[key] = self.case.walk(self.program, f"{key}@{item}" if item else key)
        return self._stopped[key]


def fewest(case: Case, program: Program, shows: Callable[[Replayed], bool]) -> Case:
    """Take away every answer without which the case still shows it; none can be taken away from what is left."""
    for n, round_ in enumerate(case.rounds):
        for opened in round_.opened:
            kept = tuple(other for other in case.rounds[n].opened if other != opened)
            case = _if_shown(case, n, replace(case.rounds[n], opened=kept), program, shows)
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


def _if_shown(case: Case, n: int, round_: Round, program: Program, shows: Callable[[Replayed], bool]) -> Case:
    changed = replace(case, rounds=(*case.rounds[:n], round_, *case.rounds[n + 1 :]))
    return changed if shows(Replayed(program, changed)) else case


def cases_of(routes: Routes, model: AbstractSet[int], solver: Solver) -> Iterator[Case]:
    """Give the answers of a solution, in each way that it may be meant; nothing where no earlier round fits it.

    A flowchart that the solution opens may be opened by hand, or by the alerts that its answers raise.
    """
    case = _case(routes, model, solver)
    if case is None:
        return
    if any(round_.opened for round_ in case.rounds):
        rounds = tuple(replace(round_, opened=()) for round_ in case.rounds)
        yield _in_every_run(routes, replace(case, rounds=rounds))
        yield _in_every_run(routes, case)
    yield case


def _case(routes: Routes, model: AbstractSet[int], solver: Solver) -> Case | None:
    last = _round(routes, model)
    if routes.second not in model:
        return Case(routes.root, (last,))
    before = _history(routes, model, solver)
    if before is None:
        return None
    kept = {
        key: dict(LATER)
        for key in routes.charts.keys
        if routes.program.steps[key].carry == "keep" and key in before.answers and key not in last.answers
    }
    return Case(routes.root, (before, replace(last, answers={**last.answers, **kept})))


def _in_every_run(routes: Routes, case: Case) -> Case:
    """Answer what alerts open as the one run is answered that the solution has.

    An alert that is raised opens its flowchart of itself; left for later there, what an earlier run recorded would
    count no more.
    """
    models = [
        {key.partition("@")[0]: raw for key, raw in round_.answers.items() if "@opened_" in key}
        for round_ in case.rounds
    ]
    for _ in range(_MOST_RUNS):
        added = False
        rounds = list(case.rounds)
        for trace in case.walk(routes.program).trail:
            if trace.round >= len(rounds) or trace.step.node.flowchart not in routes.opened:
                continue
            raw, name = models[trace.round].get(trace.key), f"{trace.key}@{trace.item}"
            if raw is not None and name not in rounds[trace.round].answers:
                answers = {**rounds[trace.round].answers, name: raw}
                rounds[trace.round], added = replace(rounds[trace.round], answers=answers), True
        case = replace(case, rounds=tuple(rounds))
        if not added:
            break
    return case


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
        if literal in model
    )
    return Round(answers, opened)


def _name(routes: Routes, key: str, items: Mapping[str, str]) -> str:
    item = items.get(routes.charts.chart_of(key))
    return f"{key}@{item}" if item else key


def _items(routes: Routes, model: AbstractSet[int]) -> dict[str, str]:
    """Give the item for which each flowchart runs that runs for one."""
    items = {
        chart: f"opened_{n}"
        for n, chart in enumerate(
            (c for c, places in routes.opened.items() if not model.isdisjoint(places.values())), 1
        )
    }
    for chart in routes.charts.each:
        for visit in routes.charts.visits[chart]:
            found = items_of(routes, visit)
            first = found.first(model) if found is not None and routes.visited[visit] in model else ""
            if first:
                items[chart] = first
    return items


def _history(routes: Routes, model: AbstractSet[int], solver: Solver) -> Round | None:
    """Give an earlier round that ends where this one begins, and leaves behind what this one reads of it."""
    left = [
        _left_behind(routes, key.removeprefix(PREVIOUS), source, model)
        for key, source in routes.history.items()
    ]
    scores = _scores_before(routes, model)
    measures = {
        id_: [key for key in routes.charts.keys if routes.program.steps[key].node.measure == id_]
        for id_ in scores
    }
    given = [
        routes.formula.any(routes.question(key).valued(key) for key in keys) for keys in measures.values()
    ]
    begun = next(
        (key for key, literal in routes.begun.items() if literal in model and key != routes.root), ""
    )
    found = solver.solve([-routes.second, -routes.loose, *left, *given, routes.closing(begun)])
    if not isinstance(found, frozenset):
        return None
    round_ = _round(routes, found)
    again = {key: scores[id_] for id_, keys in measures.items() for key in keys if key in round_.answers}
    return replace(round_, answers={**round_.answers, **again})


def _scores_before(routes: Routes, model: AbstractSet[int]) -> dict[str, Any]:
    """Give the earlier score that each instrument's score is held against, where there is one."""
    found = {}
    for key in routes.charts.keys:
        step = routes.program.steps[key]
        source = routes.question(key) if step.kind == MEASURE and routes.visited[key] in model else None
        before = source.before(model) if isinstance(source, Listed) else None
        if before is not None:
            found[step.node.measure] = before
    return found


def _left_behind(routes: Routes, key: str, source: Listed | Choosing, model: AbstractSet[int]) -> int:
    """Give the literal of a round's leaving a fact as a solution has it for the round before."""
    formula = routes.formula
    writers = [(routes.source(w), routes.active(w, key, "", after=True)) for w in routes.charts.writers(key)]
    valued = source.valued(PREVIOUS + key) in model
    if not valued:
        return formula.all(-active for _, active in writers)
    ways = []
    for writer, active in writers:
        if isinstance(source, Choosing) and isinstance(writer, Choosing):
            alike = [
                literal if source.options[name] in model else -literal
                for name, literal in writer.options.items()
                if name in source.options
            ]
            ways.append(formula.all([active, *alike]))
        elif isinstance(source, Listed):
            ways.append(formula.both(active, _alike(routes, key, source, writer, model)))
    return formula.any(ways)


def _alike(routes: Routes, key: str, source: Listed, writer: Source, model: AbstractSet[int]) -> int:
    """Give the literal of a question's giving a value that the conditions cannot tell from a solution's."""
    formula, name = routes.formula, PREVIOUS + key
    parts = []
    for atom in routes.atoms.by_key.get(name, ()):
        true, false = source.atom(atom)
        turned = routes.atoms.about(atom, key)
        t, f = writer.atom(turned)
        parts.append(t if holds(true, model) else f if holds(false, model) else formula.both(-t, -f))
    return formula.all(parts)
