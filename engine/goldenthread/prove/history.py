"""The rounds before the one that a solution is about: they end where it begins, and leave what it reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.prove.formula import FALSE
from goldenthread.prove.place import At
from goldenthread.prove.questions import Choosing, Listed, holds
from goldenthread.walk.program import MEASURE, PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from goldenthread.prove.answers import Totals
    from goldenthread.prove.formula import Solver
    from goldenthread.prove.questions import Source
    from goldenthread.prove.routes import Routes

_MOST_TRIES = 60
_MOST_ROUNDS = 4


def solved(routes: Routes, solver: Solver, assumed: Sequence[int]) -> frozenset[int] | bool:
    """Give a solution whose earlier round some round can have been; else as the solver does.

    An earlier round that no round can have been is ruled out for good.
    """
    loosely = routes.loose in assumed
    for _ in range(_MOST_TRIES):
        model = solver.solve(assumed)
        if not isinstance(model, frozenset) or routes.second not in model:
            return model
        wanted = _wanted(routes, model)
        if solver.solve([routes.loose if loosely else -routes.loose, *wanted]) is not False:
            return model
        core = solver.core()
        ruled_out = [-literal for asked, literals in wanted.items() if asked in core for literal in literals]
        routes.formula.add(-routes.second, *ruled_out, *([] if loosely else [routes.loose]))
    return model


def before(
    routes: Routes, model: AbstractSet[int], solver: Solver, depth: int = _MOST_ROUNDS
) -> tuple[frozenset[int], ...] | None:
    """Give the solutions of the rounds before a solution, the first round first; None where none was found."""
    if routes.second not in model:
        return ()
    wanted = _wanted(routes, model)
    for way in ([-routes.second, routes.calm], [-routes.second], []):
        found = solved(routes, solver, [-routes.loose, *way, *wanted])
        if isinstance(found, frozenset):
            earlier = before(routes, found, solver, depth - 1) if depth else None
            return None if earlier is None else (*earlier, found)
    return None


def scores_before(routes: Routes, model: AbstractSet[int]) -> dict[str, Totals]:
    """Give the totals of the first score that each instrument's score is held against, where there is one."""
    found: dict[str, Totals] = {}
    for key in routes.charts.keys:
        step = routes.program.steps[key]
        source = routes.question(key) if step.kind == MEASURE and routes.visited[key] in model else None
        earlier = source.before(model) if isinstance(source, Listed) else None
        if earlier is not None:
            found[step.node.measure] = earlier
    return found


def _wanted(routes: Routes, model: AbstractSet[int]) -> dict[int, list[int]]:
    """Give what is wanted of the round before, each literal with those of the solution that it comes from."""
    wanted: dict[int, list[int]] = {}
    for key, source in routes.history.items():
        told = key.removeprefix(PREVIOUS)
        wanted.setdefault(_left_behind(routes, told, source, model), []).extend(_said(source, model))
    for id_, totals in scores_before(routes, model).items():
        given = [
            literal
            for key in routes.charts.measures[id_]
            for literal in _scored(routes, routes.question(key), totals)
        ]
        wanted.setdefault(routes.formula.any(given), []).extend(_held_against(routes, id_, model))
    begun = next(key for key, literal in routes.begun.items() if holds(literal, model))
    closing = routes.closing("" if begun == routes.root else begun)
    wanted.setdefault(closing, []).append(routes.begun[begun])
    return wanted


def _said(source: Listed | Choosing, model: AbstractSet[int]) -> Iterator[int]:
    """Give the literals that make up what a solution has of a fact of the round before."""
    if isinstance(source, Choosing):
        literals = [source.value, *source.options.values()]
        yield from (literal if literal in model else -literal for literal in literals)
    elif holds(source.value, model):
        yield from (literal for literal in source.literals if literal in model)
    else:
        yield -source.value


def _scored(routes: Routes, source: Source, totals: Totals) -> Iterator[int]:
    """Give the literals of a first score's having been given, then or in a round before that."""
    if isinstance(source, Listed):
        yield routes.formula.both(routes.second, -source.value)
        pairs = zip(source.literals, source.answers, strict=True)
        yield from (
            literal
            for literal, answer in pairs
            if answer.before == totals or (answer.before is None and answer.totals == totals)
        )


def _held_against(routes: Routes, instrument: str, model: AbstractSet[int]) -> Iterator[int]:
    for key in routes.charts.measures[instrument]:
        source = routes.question(key)
        if isinstance(source, Listed):
            yield from (literal for literal in source.literals if literal in model)


def _left_behind(routes: Routes, key: str, source: Listed | Choosing, model: AbstractSet[int]) -> int:
    """Give the literal of a round's leaving a fact as a solution has it for the round before."""
    formula, sources, name = routes.formula, At(routes).sources(key), PREVIOUS + key
    if not holds(source.valued(name), model):
        return formula.all(-active for _, active in sources)
    return formula.any(
        formula.both(active, alike(routes, key, source, teller, model, name=name))
        for teller, active in sources
    )


def alike(
    routes: Routes, key: str, source: Source, teller: Source, model: AbstractSet[int], *, name: str
) -> int:
    """Give the literal of a question's giving a fact as a solution has it, by a name, from another source."""
    formula = routes.formula
    if isinstance(source, Choosing):
        options = teller.options.items() if isinstance(teller, Choosing) else ()
        chosen = [one if source.options.get(option, FALSE) in model else -one for option, one in options]
        return formula.all(chosen) if isinstance(teller, Choosing) else FALSE
    parts = []
    for atom in routes.atoms.by_key.get(name, ()):
        true, false = source.atom(atom)
        turned = routes.atoms.about(atom, key) if name != key else atom
        t, f = teller.atom(turned)
        parts.append(t if holds(true, model) else f if holds(false, model) else formula.both(-t, -f))
    return formula.all(parts)
