"""Further runs of a flowchart than the one that a solution has: what is answered in them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from goldenthread.prove.history import alike
from goldenthread.prove.questions import NOT_KNOWN, holds
from goldenthread.walk.program import ASK, MEASURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from goldenthread.prove.case import Case
    from goldenthread.prove.formula import Solver
    from goldenthread.prove.questions import Choosing, Listed
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Round

    Told = Mapping[str, Any]

_MOST_RUNS = 2
"""How many further runs of a flowchart are looked for, each of which the next one needs."""
_MOST_STEPS = 40
"""How often further runs are answered as far as the walk then comes."""
_MOST_AGAIN = 3
"""How many runs for one alert are answered: where each raises it again, further ones are only more of the same."""


def in_further_runs(routes: Routes, case: Case, model: AbstractSet[int], solver: Solver) -> Iterator[Case]:
    """Give a case with answers for the runs that its solution does not have, where the walk comes to more of them.

    They are answered alike, or left but for what is required, which is said not to be known; or one of them, which may
    have to be opened for it, tells what the solution takes another run than its own to have told.
    """
    told = [
        {name: raw for name, item, raw in _by_name(round_) if item and _may_run_again(routes, name)}
        for round_ in case.rounds
    ]
    as_told = _answered(routes, case, lambda n, key: told[n].get(key))
    left = _answered(routes, case, partial(_not_known, routes))
    yield from (further for further in (as_told, left) if further != case)
    for chart in routes.charts.opened if holds(routes.apart, model) else ():
        wanted = _told_by_others(routes, chart, model)
        runs = _runs_that_tell(routes, chart, wanted, model, solver) if wanted else ()
        if runs:
            answer = partial(_told_or_not_known, routes, runs[-1])
            yield from (_answered(routes, more, answer) for more in _with_runs(routes, chart, case, runs))


def sparing(routes: Routes, model: frozenset[int], solver: Solver, assumed: Sequence[int]) -> frozenset[int]:
    """Give a solution in which other runs than its own tell no more than it needs."""
    silent = [-literal for _, _, other in routes.elsewhere_told() for literal in (other.value, other.nothing)]
    while (found := solver.solve([*assumed, *silent])) is False:
        against = solver.core()
        silent, before = [literal for literal in silent if literal not in against], len(silent)
        if len(silent) == before:
            break
    return found if isinstance(found, frozenset) else model


def _answered(routes: Routes, case: Case, answer: Callable[[int, str], Any]) -> Case:
    """Answer, in the runs that a solution does not have, what is given for a round and a question, if anything is.

    An alert that is raised opens its flowchart of itself, and at what is required there the walk would stand.
    """
    for _ in range(_MOST_STEPS):
        walk, rounds, added = case.walk(routes.program), list(case.rounds), False
        asked = [(trace.round, trace.key, trace.item) for trace in walk.trail]
        waiting, _, run = walk.at.partition("@")
        for n, key, item in (*asked, (walk.round, waiting, run)):
            name = f"{key}@{item}"
            if not item or n >= len(rounds) or not _may_run_again(routes, key) or name in rounds[n].answers:
                continue
            raw = _not_known(routes, n, key) if _too_often(routes, item) else answer(n, key)
            if raw is not None:
                rounds[n], added = replace(rounds[n], answers={**rounds[n].answers, name: raw}), True
        case = replace(case, rounds=tuple(rounds))
        if not added:
            break
    return case


def _too_often(routes: Routes, item: str) -> bool:
    alert, _, number = item.rpartition("_")
    return alert in routes.program.library.alerts and number.isdecimal() and int(number) > _MOST_AGAIN


def _not_known(routes: Routes, _round: int, key: str) -> Any:
    return dict(NOT_KNOWN) if routes.program.steps[key].required else None


def _told_or_not_known(routes: Routes, told: Told, round_: int, key: str) -> Any:
    return told[key] if key in told else _not_known(routes, round_, key)


def _by_name(round_: Round) -> Iterator[tuple[str, str, Any]]:
    for key, raw in round_.answers.items():
        name, _, item = key.partition("@")
        yield name, item, raw


def _may_run_again(routes: Routes, key: str) -> bool:
    return routes.charts.chart_of(key) in routes.charts.unsteady


def _told_by_others(routes: Routes, chart: str, model: AbstractSet[int]) -> dict[str, Listed | Choosing]:
    """Give what a solution takes other runs of a flowchart than its own to have told, by fact."""
    below = routes.charts.below(chart)
    return {
        key: other
        for key, unsure, other in routes.elsewhere_told()
        if holds(unsure, model)
        and (holds(other.value, model) or holds(other.nothing, model))
        and routes.charts.tellers(key) & below
    }


def _runs_that_tell(
    routes: Routes,
    chart: str,
    wanted: Mapping[str, Listed | Choosing],
    model: AbstractSet[int],
    solver: Solver,
    depth: int = _MOST_RUNS,
) -> tuple[Told, ...]:
    """Give the answers of runs, the first one first, after which facts stand as a solution has them.

    The last one tells as many of them as go together, and does not ask for the others: these are left as they were.
    """
    formula, below = routes.formula, routes.charts.below(chart)
    told = {key: _told_so(routes, key, other, model, below) for key, other in wanted.items()}
    asked = {key: formula.any(routes.visited[w] for w in _askers(routes, key, below)) for key in wanted}
    begun = [-routes.loose, routes.visited[routes.program.charts[chart].start.key]]
    begun += [formula.any((told[key], -asked[key])) for key in wanted]
    goals = list(told.values())
    while goals:
        found = solver.solve([*begun, *goals])
        if isinstance(found, frozenset):
            left = {key: other for key, other in wanted.items() if not holds(told[key], found)}
            run = (_told(routes, below, found),)
            earlier = _runs_that_tell(routes, chart, left, model, solver, depth - 1) if left and depth else ()
            return (*earlier, *run) if earlier or not left else ()
        against = solver.core() if found is False else goals
        goals, before = [goal for goal in goals if goal not in against], len(goals)
        if len(goals) == before:
            break
    return ()


def _askers(routes: Routes, key: str, below: AbstractSet[str]) -> list[str]:
    return [writer for writer in routes.charts.writers(key) if routes.charts.chart_of(writer) in below]


def _told_so(
    routes: Routes, key: str, other: Listed | Choosing, model: AbstractSet[int], below: AbstractSet[str]
) -> int:
    """Give the literal of a run's telling a fact as a solution has it told by another."""
    ways = []
    for writer in _askers(routes, key, below):
        teller = routes.source(writer)
        if holds(other.value, model):
            so = alike(routes, key, other, teller, model, name=key)
            ways.append(routes.formula.both(routes.told_for_item(writer, key), so))
        else:
            ways.append(teller.unanswered(key))
    return routes.formula.any(ways)


def _told(routes: Routes, below: AbstractSet[str], model: AbstractSet[int]) -> Told:
    """Give what a solution answers in a flowchart and what that comes to."""
    asking = [key for key in routes.charts.keys if routes.program.steps[key].kind in {ASK, MEASURE}]
    asked = [key for key in asking if routes.visited[key] in model and routes.charts.chart_of(key) in below]
    raws = {key: routes.question(key).raw(model) for key in asked}
    return {key: raw for key, raw in raws.items() if raw is not None}


def _with_runs(routes: Routes, chart: str, case: Case, runs: Sequence[Told]) -> Iterator[Case]:
    """Give a case as it is, and with further runs before its own or after it, where they can be opened by hand."""
    yield case
    if not routes.program.library.flowcharts[chart].opened_by_hand:
        return
    *earlier, last = case.rounds
    below, own = routes.charts.below(chart), [n for n, (c, _) in enumerate(last.opened, 1) if c == chart][:1]
    for place in [last.opened[own[0] - 1][1]] if own else _places(routes, below, case):
        opened = (*last.opened, *((chart, place) for _ in runs))
        numbers = [*own, *range(len(last.opened) + 1, len(opened) + 1)]
        for n in {numbers[-1], numbers[0]} if own else {0}:
            answers = {_renamed(key, own, n, routes, below): raw for key, raw in last.answers.items()}
            for number, told in zip((m for m in numbers if m != n), runs, strict=True):
                answers |= {f"{key}@opened_{number}": raw for key, raw in told.items()}
            yield replace(case, rounds=(*earlier, replace(last, answers=answers, opened=opened)))


def _places(routes: Routes, below: AbstractSet[str], case: Case) -> Iterator[str]:
    """Give the first and the last question of a case at which a flowchart can be opened."""
    passed = case.walk(routes.program).questions_passed()
    asked = [key for key in passed if routes.charts.chart_of(key.partition("@")[0]) not in below]
    yield from dict.fromkeys((*asked[:1], *asked[-1:]))


def _renamed(key: str, own: Sequence[int], n: int, routes: Routes, below: AbstractSet[str]) -> str:
    """Give an answer of a case's own run the number that the run has now."""
    name, _, item = key.partition("@")
    ours = own and item == f"opened_{own[0]}" and routes.charts.chart_of(name) in below
    return f"{name}@opened_{n}" if ours else key
