"""Solutions that show many claims at once: one of each flowchart, as far as they go together.

Asked claim by claim, each solution would be as large as the library, and there would be as many of them as claims.
Asked together, there are about as many as one flowchart has claims.
"""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from operator import ne
from typing import TYPE_CHECKING

from goldenthread.prove.bank import OfBank
from goldenthread.prove.formula import FALSE
from goldenthread.prove.history import solved
from goldenthread.prove.questions import holds
from goldenthread.prove.witness import Replayed, cases_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from goldenthread.prove.claims import Claim
    from goldenthread.prove.formula import Solver
    from goldenthread.prove.routes import Routes

_MOST_DROPPED = 200
"""How many claims are dropped for one solution, each at the cost of a look at all, before only the first are kept."""


def shown_together(
    routes: Routes, solver: Solver, claims: Mapping[int, Claim], show: Callable[[Replayed], object]
) -> None:
    """Show cases until every claim was asked for, in each way that a solution is looked for, or has been shown.

    `claims` are those not yet shown: `show` takes out what a case shows. What is left then is not decided by that.
    """
    literals = {n: claim.literal(routes) for n, claim in claims.items()}
    literals = {n: literal for n, literal in literals.items() if literal != FALSE}
    for way in routes.ways:
        waiting = {n: literal for n, literal in literals.items() if n in claims}
        while waiting:
            asked = _one_of_each(waiting, claims)
            model, refused = _compatible(routes, solver, way, {waiting[n]: None for n in asked})
            if not isinstance(model, frozenset):
                break
            for case in cases_of(routes, model, solver):
                show(Replayed(routes.program, case))
            # What did not go with the others comes after what has not been asked for.
            for n in asked:
                waiting[n] = waiting.pop(n)
            waiting = {
                n: literal
                for n, literal in waiting.items()
                if n in claims and literal not in refused and not holds(literal, model)
            }


def _one_of_each(waiting: Iterable[int], claims: Mapping[int, Claim]) -> list[int]:
    """Choose of each flowchart the first claim that waits; of the bank, all."""
    chosen: dict[object, int] = {}
    for n in waiting:
        claim = claims[n]
        place = n if isinstance(claim, OfBank) else str(getattr(claim, "key", "")).partition(".")[0]
        chosen.setdefault(place, n)
    return list(chosen.values())


def _compatible(
    routes: Routes, solver: Solver, way: Sequence[int], literals: dict[int, None]
) -> tuple[frozenset[int] | bool, set[int]]:
    """Give a solution with as many of the literals as go together, and those that go with none in this way."""
    refused: set[int] = set()
    dropped = 0
    while (model := solved(routes, solver, [*way, *literals])) is False:
        core = solver.core()
        against = [literal for literal in literals if literal in core]
        if not against:
            break
        if len(against) == 1:
            refused.update(against)
        dropped += 1
        if dropped <= _MOST_DROPPED:
            del literals[against[-1]]
        else:
            literals = dict.fromkeys(takewhile(partial(ne, against[-1]), literals))
    return model, refused
