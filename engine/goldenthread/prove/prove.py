"""Proves each claim about a library: by answers that show it, or by a formula that no answers satisfy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from goldenthread.prove.bank import Cleared, Consistent, OfBank, Offered, Suggested, claims_of_bank
from goldenthread.prove.bare import Bare
from goldenthread.prove.charts import edges_of
from goldenthread.prove.claims import claims_of_routes
from goldenthread.prove.formula import FALSE, Formula, Solver
from goldenthread.prove.further import sparing
from goldenthread.prove.history import solved
from goldenthread.prove.kinds import Walked, every_kind
from goldenthread.prove.obligations import FreeWhile, OfferedWhile, claims_of_obligations
from goldenthread.prove.questions import holds
from goldenthread.prove.reading import Atoms
from goldenthread.prove.routes import Routes
from goldenthread.prove.sample import sampled
from goldenthread.prove.standing import Bared
from goldenthread.prove.together import shown_together
from goldenthread.prove.witness import Replayed, cases_of, fewest
from goldenthread.walk import compile_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goldenthread.model import Alert, Edge, Library
    from goldenthread.prove.case import Case
    from goldenthread.prove.claims import Claim
    from goldenthread.walk import Program, Step


_TRIES = 4
"""How many models are walked, each with other alerts and openings, before a claim is said to be not decided."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a claim: whether answers do it (None: not decided), and answers, or bare facts, that do."""

    claim: Claim
    done: bool | None
    case: Case | None = None
    facts: dict[str, Any] | None = None

    def as_answers(self) -> dict[str, Any] | None:
        """Give the answers as an answers file has them; bare facts under `facts`; None where there are none."""
        if self.case is not None:
            return self.case.as_answers()
        return {"facts": self.facts} if self.facts is not None else None

    @property
    def sound(self) -> bool | None:
        """Whether that is as it should be; None where it was not decided."""
        return None if self.done is None else self.done == self.claim.wanted


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict on every claim, and the prover that can be asked more."""

    prover: Prover
    verdicts: tuple[Verdict, ...]

    @property
    def faults(self) -> Iterator[Verdict]:
        """What is not as it should be, or was not decided."""
        return (verdict for verdict in self.verdicts if not verdict.sound)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The answers that together show what was shown: what a later proof of nearly the same begins with."""
        shown = [
            verdict.case for verdict in self.verdicts if verdict.claim.wanted and verdict.case is not None
        ]
        return tuple({id(case): case for case in shown}.values())


class Prover:
    """The formulas of a library, one for each flowchart that is walked by itself.

    `beside` are libraries whose conditions can be read as well: answers are told apart by these too.
    """

    def __init__(self, library: Library, *, beside: Iterable[Library] = ()) -> None:
        # What holds a library without the shipped alerts is said elsewhere; here it is looked at as if it had them.
        self.program = compile_library(replace(library, protected=True))
        self.atoms = Atoms(self.program.library, *beside)
        self.roots = roots_of(self.program)
        self._made: dict[str, tuple[Routes, Solver]] = {}
        self._bare: tuple[Bare, Solver] | None = None
        self._walks: dict[str, Walked] = {}
        self._whole: dict[tuple[str, str], bool] = {}
        self._unwalked: set[tuple[str, str]] = set()

    @property
    def bare(self) -> tuple[Bare, Solver]:
        """Facts without a route."""
        if self._bare is None:
            bare = Bare(self.program, self.atoms)
            self._bare = (bare, Solver(bare.formula))
        return self._bare

    def routes(self, root: str) -> tuple[Routes, Solver]:
        """Give the routes from a flowchart."""
        if root not in self._made:
            routes = Routes(self.program, self.atoms, root, Formula())
            self._made[root] = (routes, Solver(routes.formula))
        return self._made[root]

    def decide(self, claim: Claim) -> Verdict:
        """Decide one claim."""
        if isinstance(claim, OfBank) and not claim.wanted:
            return self._unwanted(claim)
        found = self._on_routes(claim)
        if found.done or not isinstance(claim, OfBank):
            return found
        asked = self._asks_for_all(claim)
        bare = self.from_facts(claim, loosely=asked)
        if asked:
            # What no facts do, no walk does; what some do, a walk may.
            return bare if bare.done is False else found
        return found if bare.done is False else bare

    def _unwanted(self, claim: OfBank) -> Verdict:
        """Decide what no answers may do: what no facts do is proven; what they do, a walk shows better."""
        bank = claim.bank if isinstance(claim, OfferedWhile) else None
        if isinstance(claim, OfferedWhile) and self._held_whole(claim):
            return Verdict(claim, done=False)
        bare = self.from_facts(claim)
        # Where no walk shows one entry of a bank, and facts do, none was found to show another: that takes long to see.
        if bare.done is False or (bare.done and bank in self._unwalked):
            return bare
        found = self._on_routes(claim)
        if found.done is not True and bank is not None:
            self._unwalked.add(bank)
        # What facts by themselves leave open, routes decide where they ask for all of them.
        return found if found.done or (bare.done is None and self._asks_for_all(claim)) else bare

    def _asks_for_all(self, claim: OfBank) -> bool:
        """Say whether some question asks for each fact that a claim rests on."""
        return all(self._asked(key) for key in _reads(claim))

    def _held_whole(self, claim: OfferedWhile) -> bool:
        """Say whether what holds the entry's whole bank is enough; found once for every bank and obligation."""
        key = claim.bank
        if key not in self._whole:
            free = FreeWhile(claim.entry.kind, claim.condition)
            self._whole[key] = self.from_facts(free).done is False
        return self._whole[key]

    def edges(self, step: Step) -> list[tuple[Edge, Step]]:
        """Give a node's edges, each with where it leads."""
        return edges_of(step)

    def askers(self, key: str) -> frozenset[str]:
        """Give the nodes that give a fact its value, from whichever flowchart the walk begins."""
        return frozenset(w for root in self.roots for w in self.routes(root)[0].charts.writers(key))

    def ran_before(self, chart: str, place: str) -> bool:
        """Say whether a visit can have run a flowchart before a place."""
        made = [self.routes(root)[0] for root in self.roots]
        visits = ((routes, visit) for routes in made for visit in routes.charts.visits.get(chart, ()))
        return any(routes.before(visit, place, after=True) != FALSE for routes, visit in visits)

    def only_for_items(self, key: str) -> bool:
        """Say whether a fact is told in runs for items alone, and so is forgotten after each."""
        made = [self.routes(root)[0] for root in self.roots]
        charts = {(routes, chart) for routes in made for chart in routes.charts.tellers(key)}
        return bool(charts) and all(
            routes.once_an_item(chart) and chart not in routes.charts.opened for routes, chart in charts
        )

    def _asked(self, key: str) -> bool:
        return bool(self.askers(key))

    def _on_routes(self, claim: Claim) -> Verdict:
        left = []
        for root in self.roots:
            routes, solver = self.routes(root)
            literal = claim.literal(routes)
            if literal == FALSE or solver.solve([literal]) is False:
                continue
            found = self._show(claim, routes, solver, literal)
            if found is not None:
                return found
            if any(
                solved(routes, solver, [literal, loose]) is not False
                for loose in (routes.loose, -routes.loose)
            ):
                left.append(root)
        return self._walked(claim, left)

    def _walked(self, claim: Claim, roots: Sequence[str]) -> Verdict:
        """Decide a claim that the formulas of some flowcharts leave open, by walking them where they are small."""
        for root in roots:
            for replayed in self.walked(root).cases:
                # It was walked as far as its answers go; in a case the rest is left for later.
                if claim.seen(replayed) and claim.seen(Replayed(self.program, replayed.case)):
                    return Verdict(claim, done=True, case=replayed.case)
        return Verdict(claim, done=False if all(self.walked(root).complete for root in roots) else None)

    def walked(self, root: str) -> Walked:
        """Give every kind of walk from a flowchart, as far as they were walked; once."""
        if root not in self._walks:
            self._walks[root] = every_kind(self.routes(root)[0])
        return self._walks[root]

    def _show(self, claim: Claim, routes: Routes, solver: Solver, literal: int) -> Verdict | None:
        """Look for answers, the simplest kind first; the wide kinds, which the most answers are of, repeatedly."""
        *first, simple, any_ = routes.ways
        wide = (simple, any_, *routes.loosely)
        others: list[int] = []
        for way in (*first, *(way for way in wide for _ in range(_TRIES))):
            model = solved(routes, solver, [literal, *way, *others])
            if not isinstance(model, frozenset):
                continue
            if holds(routes.apart, model):
                model = sparing(routes, model, solver, [literal, *way, *others])
            for case in cases_of(routes, model, solver):
                replayed = Replayed(self.program, case)
                if claim.seen(replayed):
                    return Verdict(claim, done=True, case=case)
            others.append(-routes.stir(model))
        return None

    def from_facts(self, claim: OfBank, *, loosely: bool = True) -> Verdict:
        """Decide a claim of facts without a route, as `advise` takes them; loosely also of what a walk may come to."""
        bare, solver = self.bare
        literal = claim.at(Bared(bare))
        model = solver.solve([literal, -bare.loose]) if literal != FALSE else False
        library, told = self.program.library, bare.told(model) if isinstance(model, frozenset) else []
        if not isinstance(model, frozenset) or not claim.holds(bare.facts(model, told), library):
            some = literal != FALSE and (
                model is not False or (loosely and solver.solve([literal]) is not False)
            )
            return Verdict(claim, done=None if some else False)
        for name in tuple(told) if not claim.wanted else ():
            fewer = [other for other in told if other != name]
            told = fewer if claim.holds(bare.facts(model, fewer), library) else told
        return Verdict(claim, done=True, facts=bare.written(model, told))

    def never_cleared(self, alert: Alert) -> None:
        """Note what was proven of an alert, for whatever is asked after it."""
        for root in self.roots:
            self.routes(root)[0].never_cleared(alert)

    def suggested(self, claim: Offered) -> bool:
        """Say whether some facts give a reason for an entry, whatever stands against it."""
        return self.from_facts(Suggested(claim.entry), loosely=False).done is not False

    def consistent(self, claim: Offered) -> bool:
        """Say whether some facts give a reason for an entry and none against it."""
        return self.from_facts(Consistent(claim.entry), loosely=False).done is not False

    def fewest(self, verdict: Verdict) -> Verdict:
        """Give a verdict with its answers reduced to those that are needed."""
        if verdict.case is None:
            return verdict
        return replace(verdict, case=fewest(verdict.case, self.program, verdict.claim.seen))


def _reads(claim: OfBank) -> Iterator[str]:
    return (fact.key for condition in claim.conditions for fact in condition.facts)


def roots_of(program: Program) -> list[str]:
    """Give the flowcharts that are walked by themselves: the roots, then what no root comes to."""
    library = program.library
    roots = [id_ for id_, flowchart in library.flowcharts.items() if flowchart.root]
    roots.sort(key=lambda id_: library.flowcharts[id_].phase != "planning")
    visited = {step.node.visit for step in program.steps.values()} | program.opened_by_alerts
    return roots + [id_ for id_ in program.charts if id_ not in visited and id_ not in roots]


def prove(library: Library, cases: Iterable[Case] = ()) -> Proof:
    """Decide every claim about a library that was loaded without errors.

    `cases` are answers to begin with: what they show is not looked for again. A case whose flowchart is not there any
    more is passed over.
    """
    prover = Prover(library)
    claims: list[Claim] = [*claims_of_bank(library), *claims_of_routes(prover.program)]
    claims += claims_of_obligations(library)
    verdicts: dict[int, Verdict] = {}
    left = {n: claim for n, claim in enumerate(claims) if claim.wanted}

    def show(replayed: Replayed) -> bool:
        shown = [n for n, claim in left.items() if claim.seen(replayed)]
        for n in shown:
            verdicts[n] = Verdict(left.pop(n), done=True, case=replayed.case)
        return bool(shown)

    for case in cases:
        if case.root in prover.program.charts:
            show(Replayed(prover.program, case))
    for root in prover.roots:
        sampled(prover.routes(root)[0], show)
    for root in prover.roots:
        shown_together(*prover.routes(root), left, show)
    for n, claim in enumerate(claims):
        if n not in verdicts:
            verdicts[n] = verdict = prover.decide(claim)
            left.pop(n, None)
            if isinstance(claim, Cleared) and verdict.done is False:
                prover.never_cleared(claim.alert)
            if verdict.case is not None:
                show(Replayed(prover.program, verdict.case))
    return Proof(prover, tuple(verdicts[n] for n in range(len(claims))))
