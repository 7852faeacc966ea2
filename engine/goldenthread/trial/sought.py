"""Walks across what no made-up walk crossed, asked of the prover: a walk, or the certainty that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.prove import Prover
from goldenthread.prove.bank import Raised, Wanted
from goldenthread.prove.claims import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.advise import Facts
    from goldenthread.language import Condition
    from goldenthread.model import Library
    from goldenthread.prove import Case
    from goldenthread.prove.claims import Claim
    from goldenthread.prove.standing import Standing
    from goldenthread.trial.crossing import Crossing


@dataclass(frozen=True, slots=True)
class Applies(Wanted):
    """Some answers make the condition of a rule true at the end of a round."""

    condition: Condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The rule's own."""
        return (self.condition,)

    def at(self, standing: Standing) -> int:
        """Give the literal of the condition."""
        return standing.truth(self.condition)[0]

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether it is true of facts."""
        return self.condition.truth(facts.known, facts.asked) is True


def sought(library: Library, crossings: Iterable[Crossing]) -> Iterator[tuple[Crossing, Case | bool]]:
    """Give for each a case that crosses it; False where none does, True where it was not decided."""
    prover = Prover(library)
    for crossing in crossings:
        claim = _claim(prover, library, crossing)
        verdict = prover.decide(claim) if claim is not None else None
        if verdict is None or verdict.done is None:
            yield crossing, True
        else:
            yield crossing, verdict.case or False


def _claim(prover: Prover, library: Library, crossing: Crossing) -> Claim | None:
    sort, id_, _ = crossing.key
    if sort == "alert":
        return Raised(library.alerts[id_])
    if crossing.edge is None:
        return Applies(crossing.when) if crossing.when is not None else None
    edges = [edge for edge, _ in prover.edges(prover.program.steps[id_])]
    places = [n for n, edge in enumerate(edges) if edge is crossing.edge]
    return Taken(id_, places[0], crossing.edge) if places else None
