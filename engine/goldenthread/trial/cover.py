"""A few walks that cross every edge and every rule, and what vignettes leave uncrossed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.advise import advise
from goldenthread.model import ADVISED
from goldenthread.plan.reading import facts_of
from goldenthread.trial.crossing import RULES, Crossing, Crossings, Key
from goldenthread.trial.generate import Generator
from goldenthread.trial.outcome import run_vignette
from goldenthread.trial.reduce import reduced
from goldenthread.trial.sought import sought
from goldenthread.walk import Settings, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from goldenthread.diagnostics import Span
    from goldenthread.trial.vignette import Vignette
    from goldenthread.walk import Program, Round

_LATER = Settings(rest_later=True)
_EACH = 30
"""What a further case costs those who review it, in answers: a few cases of a sensible size, not fewest or shortest."""


@dataclass(frozen=True, slots=True)
class Case:
    """A walk with no answer to spare, and what it crosses that nothing before it does."""

    walk: Walk
    crosses: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is to cross in a library, what vignettes and made-up walks cross of it, and the walks needed."""

    crossings: Crossings
    by_vignettes: frozenset[Key]
    by_walks: frozenset[Key]
    by_none: frozenset[Key]
    """What no walk can cross: proven, not merely not found."""
    cases: tuple[Case, ...]


def coverage(
    program: Program,
    vignettes: Sequence[Vignette],
    *,
    within: Callable[[Span], bool] | None = None,
    roots: Sequence[str] = ("planning",),
    walks: int = 1000,
    seed: int = 0,
    progress: Callable[[str, int, int], None] = lambda what, done, whole: None,  # noqa: ARG005 -- nobody is told
) -> Coverage:
    """Walk vignettes and made-up walks, and choose a few of the latter that cross what the former leave.

    `within` says which places are looked at; all otherwise.
    """
    crossings = Crossings(program, within)
    by_vignettes: set[Key] = set()
    for vignette in vignettes:
        by_vignettes |= crossings.of(run_vignette(program, vignette).walk)
    pool: list[tuple[str, tuple[Round, ...], frozenset[Key]]] = []
    crossed = set(by_vignettes)
    for root in roots:
        generator = Generator(program, root, seed, crossed=crossed, looked_at=crossings)
        for n, (walk, found) in enumerate(generator.walks(walks // len(roots)), 1):
            pool.append((root, walk.rounds, found))
            progress("walked", n, walks // len(roots))
    by_none: set[Key] = set()
    missed = [one for key, one in crossings.all.items() if key not in crossed]
    for n, (one, case) in enumerate(sought(program.library, missed), 1):
        if case is False:
            by_none.add(one.key)
        elif case is not True:
            found = crossings.of(Walk.replay(program, case.root, case.rounds, settings=_LATER))
            pool.append((case.root, case.rounds, found))
        progress("sought", n, len(missed))
    by_walks = frozenset().union(*(found for _, _, found in pool))
    left = set(by_walks - by_vignettes)
    cases: list[Case] = []
    whole = len(left)
    while left and pool:
        root, rounds, found = max(pool, key=lambda one: len(one[2] & left) / (_EACH + _size(one[1])))
        walk = _reduced(program, crossings, root, rounds, found & left)
        new = crossings.of(walk) & left
        if not new:
            break
        cases.append(Case(walk, tuple(one for key, one in crossings.all.items() if key in new)))
        left -= new
        progress("crossed", whole - len(left), whole)
    return Coverage(crossings, frozenset(by_vignettes), by_walks, frozenset(by_none) - by_walks, tuple(cases))


def _size(rounds: Sequence[Round]) -> int:
    return sum(len(round_.answers) for round_ in rounds)


def _reduced(
    program: Program, crossings: Crossings, root: str, rounds: tuple[Round, ...], wanted: Collection[Key]
) -> Walk:
    """Give a walk that crosses what is wanted, with no answer that could be left for later."""
    needed = set(wanted)

    def again(tried: tuple[Round, ...]) -> Walk:
        return Walk.replay(program, root, tried, settings=_LATER)

    def shows(tried: tuple[Round, ...]) -> bool:
        walk = again(tried)
        return walk.problem is None and crossings.crosses(walk, needed)

    return again(reduced(rounds, shows) if shows(rounds) else rounds)


def expected(case: Case) -> dict[str, Any]:
    """Give what happens in a case now, as a vignette expects it: of its rules, what it is there for."""
    walk, crosses = case.walk, case.crosses
    passed = {trace.key for trace in walk.trail}
    nodes = dict.fromkeys(one.key[1] for one in crosses if one.key[0] == "edge" and one.key[1] in passed)
    found: dict[str, Any] = {"passes": list(nodes)} if nodes else {}
    found["ends"] = walk.end.key if walk.end is not None else "open"
    ids: dict[str, set[str]] = {sort: {one.key[1] for one in crosses if one.key[0] == sort} for sort in RULES}
    for word, by_kind in _advised(walk, ids).items():
        found |= {word: by_kind} if by_kind else {}
    alerts = list(dict.fromkeys(raised.alert.id for raised in walk.alerts))
    return found | ({"alerts": alerts} if alerts else {})


def _advised(walk: Walk, ids: Mapping[str, Collection[str]]) -> dict[str, dict[str, Any]]:
    """Give what is offered, held with a reason for it, and ruled out, of the entries whose rules are crossed."""
    facts = facts_of(walk, {})
    offers: dict[str, Any] = {}
    holds: dict[str, Any] = {}
    never: dict[str, Any] = {}
    for kind in ADVISED:
        advice = advise(walk.program.library, facts, kind)
        offered = [
            offer.id for offer in advice.offers if offer.id in ids["suggest"] or offer.id in ids["caution"]
        ]
        held = [held.id for held in advice.held if held.id in ids["suggest"] and held.suggested]
        out = [left.id for left in advice.left_out if left.id in ids["rule_out"]]
        offers |= {kind: {"include": offered}} if offered else {}
        holds |= {kind: held} if held else {}
        never |= {kind: out} if out else {}
    return {"offers": offers, "holds": holds, "never": never}
