"""Proves each claim about a library: by answers that show it, or by a formula that no answers satisfy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from goldenthread.prove.claims import claims_of_bank, claims_of_routes
from goldenthread.prove.formula import FALSE, Formula, Solver
from goldenthread.prove.reading import Atoms
from goldenthread.prove.routes import Routes
from goldenthread.prove.witness import Replayed, cases_of, fewest
from goldenthread.walk import compile_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.model import Library
    from goldenthread.prove.claims import Claim
    from goldenthread.prove.witness import Case
    from goldenthread.walk import Program


@dataclass(slots=True)
class Verdict:
    """What was found of a claim: whether answers do it (None: not decided), and answers that do."""

    claim: Claim
    done: bool | None
    case: Case | None = None

    @property
    def sound(self) -> bool | None:
        """Whether that is as it should be; None where it was not decided."""
        return None if self.done is None else self.done == self.claim.wanted


@dataclass(slots=True)
class Proof:
    """The verdict on every claim."""

    program: Program
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def faults(self) -> list[Verdict]:
        """What is not as it should be, or was not decided."""
        return [verdict for verdict in self.verdicts if not verdict.sound]


class Prover:
    """The formulas of a library, one for each flowchart that is walked by itself."""

    def __init__(self, library: Library) -> None:
        # What holds a library without the shipped alerts is said elsewhere; here it is looked at as if it had them.
        self.program = compile_library(replace(library, protected=True))
        self.atoms = Atoms(self.program.library)
        self.roots = _roots(self.program)
        self._made: dict[str, tuple[Routes, Solver]] = {}
        self.cases: list[Replayed] = []

    def routes(self, root: str) -> tuple[Routes, Solver]:
        """Give the routes from a flowchart."""
        if root not in self._made:
            formula = Formula()
            routes = Routes(self.program, self.atoms, root, formula)
            self._made[root] = (routes, Solver(formula))
        return self._made[root]

    def decide(self, claim: Claim) -> Verdict:
        """Decide one claim."""
        for replayed in reversed(self.cases):
            if claim.seen(replayed):
                return Verdict(claim, done=True, case=replayed.case)
        undecided = False
        for root in self.roots:
            routes, solver = self.routes(root)
            literal = claim.literal(routes)
            if literal == FALSE:
                continue
            found = self._show(claim, routes, solver, literal)
            if found is not None:
                return found
            undecided |= solver.solve([literal, routes.loose]) is not False
        return Verdict(claim, done=None if undecided else False)

    def _show(self, claim: Claim, routes: Routes, solver: Solver, literal: int) -> Verdict | None:
        simple = [-routes.loose, -routes.second]
        for way in (
            [*simple, routes.calm],
            [*simple, routes.unopened],
            [*simple, routes.quiet],
            simple,
            [-routes.loose],
        ):
            model = solver.solve([literal, *way])
            for case in cases_of(routes, model, solver) if isinstance(model, frozenset) else ():
                replayed = Replayed(self.program, case)
                if claim.seen(replayed):
                    self.cases.append(replayed)
                    return Verdict(claim, done=True, case=case)
        return None

    def fewest(self, verdict: Verdict) -> Verdict:
        """Give a verdict with its answers reduced to those that are needed."""
        if verdict.case is None:
            return verdict
        return replace(verdict, case=fewest(verdict.case, self.program, verdict.claim.seen))


def _roots(program: Program) -> list[str]:
    """Give the flowcharts that are walked by themselves: the roots, then what no root comes to."""
    library = program.library
    roots = [id_ for id_, flowchart in library.flowcharts.items() if flowchart.root]
    roots.sort(key=lambda id_: library.flowcharts[id_].phase != "planning")
    visited = {step.node.visit for step in program.steps.values()} | program.opened_by_alerts
    return roots + [id_ for id_ in program.charts if id_ not in visited and id_ not in roots]


def prove(library: Library, cases: Iterable[Case] = ()) -> Proof:
    """Decide every claim about a library that was loaded without errors.

    `cases` are answers to begin with: what they show is not looked for again.
    """
    prover = Prover(library)
    prover.cases = [Replayed(prover.program, case) for case in cases]
    proof = Proof(prover.program)
    claims: Sequence[Claim] = [*claims_of_bank(library), *claims_of_routes(prover.program)]
    proof.verdicts = [prover.decide(claim) for claim in claims]
    return proof
