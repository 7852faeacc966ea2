"""Facts without a route: anything that the types allow, as advice takes them from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.advise import Facts
from goldenthread.model import Node
from goldenthread.prove.answers import listed
from goldenthread.prove.formula import TRUE, UNKNOWN, Formula, Truth
from goldenthread.prove.questions import Choosing, Listed, free, takes_own
from goldenthread.prove.reading import truth_at
from goldenthread.prove.stays import once_cleared, surely_raised
from goldenthread.walk.program import MEASURE, PREVIOUS, Step, exclusive_options
from goldenthread.walk.scores import measure_fit

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Condition, Fact, Scope
    from goldenthread.language.ast import Call
    from goldenthread.model import Alert, Instrument
    from goldenthread.prove.reading import Atom, Atoms
    from goldenthread.walk import Program


class Bare:
    """Every fact free, but for what hangs together: an option that stands alone, a score and its band.

    What no facts by themselves say (what runs for items have told, whether an earlier run has cleared an alert) may be
    anything under the literal `loose`: whatever a walk can come to is there with it, and what facts show without it.
    """

    def __init__(self, program: Program, atoms: Atoms) -> None:
        self.program, self.atoms, self.formula = program, atoms, Formula()
        self.loose = self.formula.new()
        self._whatever: dict[Hashable, Truth] = {}
        self._sources: dict[str, Listed | Choosing] = {}
        self._truths: dict[Condition, Truth] = {}
        self._cleared_before: dict[str, int] = {}

    def truth(self, condition: Condition) -> Truth:
        """Give the truth of a condition, found once."""
        if condition not in self._truths:
            self._truths[condition] = truth_at(self.formula, self.atoms, condition, self)
        return self._truths[condition]

    def source(self, fact: Fact) -> Listed | Choosing:
        """Give what makes a fact known."""
        instrument = self.program.library.instruments.get(fact.key.partition(".")[0])
        name = instrument.id if instrument is not None else fact.key
        if name not in self._sources:
            self._sources[name] = self._made(fact) if instrument is None else self._measured(instrument)
        return self._sources[name]

    def _made(self, fact: Fact) -> Listed | Choosing:
        other = takes_own(fact.key.removeprefix(PREVIOUS), self.program)
        source = free(self.formula, fact.key, fact.type, self.atoms.by_key, visited=TRUE, other=other)
        role = self.program.library.roles.get(fact.key.removeprefix(PREVIOUS))
        if isinstance(source, Choosing) and role is not None:
            source.narrow(exclusive_options(role), 0, 0)
        return source

    def _measured(self, instrument: Instrument) -> Listed | Choosing:
        node = Node(
            id=instrument.id, flowchart="bare", verb="measure", span=instrument.span, measure=instrument.id
        )
        step = Step(node, node.key, MEASURE, fit=measure_fit(instrument))
        return Listed(self.formula, listed(step, instrument, self.atoms.by_key), visited=TRUE)

    def atom(self, atom: Atom) -> Truth:
        """Give the truth of one atom."""
        exact = self.source(atom.fact).atom(atom)
        return self._loosely(id(atom), exact) if self._in_parts(atom.fact) else exact

    def _in_parts(self, fact: Fact) -> bool:
        """Say whether a fact is of a score of several scales, or items in none: each may stand after another score."""
        instrument = self.program.library.instruments.get(fact.key.partition(".")[0])
        if instrument is None:
            return False
        scales = list(instrument.scales.values())
        items = range(1, instrument.items + 1)
        return len(scales) > 1 or (scales[0].items != "all" and not {*items} <= {*scales[0].items})

    def _loosely(self, name: Hashable, exact: Truth) -> Truth:
        """Give a truth that, loosely, may be anything."""
        if name not in self._whatever:
            free = self.formula.new(), self.formula.new()
            self.formula.add(-free[0], -free[1])
            true, false = (
                self.formula.any((self.formula.both(one, -self.loose), self.formula.both(other, self.loose)))
                for one, other in zip(exact, free, strict=True)
            )
            self._whatever[name] = true, false
        return self._whatever[name]

    def known(self, fact: Fact) -> int:
        """Give the literal of the fact's having a value."""
        literal = self.source(fact).valued(fact.key)
        if self._in_parts(fact):
            return self._loosely(("known", fact.key), (literal, -literal))[0]
        return literal

    def answered(self, fact: Fact) -> int:
        """Give the literal of the fact's having been asked."""
        source = self.source(fact)
        literal = self.formula.any((source.valued(fact.key), source.unanswered(fact.key)))
        if self._in_parts(fact):
            return self._loosely(("answered", fact.key), (literal, -literal))[0]
        return literal

    def cleared_before(self, alert: Alert) -> int:
        """Give the literal of an earlier run's having cleared an alert, or of its not having been raised then.

        What stays answered once it was cleared is answered.
        """
        if alert.id not in self._cleared_before:
            stays = once_cleared(self.program, alert) if surely_raised(self.program, alert) else ()
            literals = (self.answered(fact) for fact in stays)
            self._cleared_before[alert.id] = self.formula.all([self.loose, *literals])
        return self._cleared_before[alert.id]

    def over_each(self, call: Call, scope: Scope, atoms: Atoms) -> Truth:  # noqa: ARG002 -- the shape of a place
        """Bare facts have no items: loosely, those of a walk may have told anything."""
        return self._loosely(id(call), UNKNOWN)

    def told(self, model: AbstractSet[int]) -> list[str]:
        """Name what a solution makes known: facts, and instruments as a whole."""
        return [name for name, source in self._sources.items() if source.raw(model) is not None]

    def facts(self, model: AbstractSet[int], names: Collection[str]) -> Facts:
        """Give the facts of a solution, of those that are named."""
        known: dict[str, Any] = {}
        asked: dict[str, str] = {}
        for name in names:
            source = self._sources[name]
            answer = source.answer(model) if isinstance(source, Listed) else None
            if answer is not None:
                known |= answer.known
                asked |= answer.asked
            elif source.nothing in model:
                asked[name] = "not_known"
            elif isinstance(source, Choosing) and source.value in model:
                known[name] = tuple(option for option, literal in source.options.items() if literal in model)
        return Facts(known, asked)

    def written(self, model: AbstractSet[int], names: Collection[str]) -> dict[str, Any]:
        """Give the facts of a solution, of those that are named, as a file of facts has them."""
        made: dict[str, Any] = {}
        for name in names:
            source = self._sources[name]
            made[name] = source.raw(model)
            answer = source.answer(model) if isinstance(source, Listed) else None
            if answer is not None and answer.before is not None:
                # What the score is held against is a fact of its own.
                made |= {key: value for key, value in answer.known.items() if key.endswith(".first")}
        return made
