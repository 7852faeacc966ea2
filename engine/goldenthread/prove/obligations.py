"""Obligations as claims: what no answers may do while a condition is not known to be false."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.advise import held_by
from goldenthread.model import ADVISED
from goldenthread.prove.bank import Unwanted, free_to_offer, offered, reasons_of, weighed
from goldenthread.prove.formula import FALSE
from goldenthread.prove.reading import risk_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.advise import Facts
    from goldenthread.language import Condition
    from goldenthread.model import Advisable, Alert, Library, Obligation
    from goldenthread.prove.routes import Routes
    from goldenthread.prove.standing import Standing
    from goldenthread.prove.witness import Replayed


@dataclass(frozen=True, slots=True)
class OfferedWhile(Unwanted):
    """An entry is offered while a condition is not known to be false."""

    obligation: Obligation
    entry: Advisable
    condition: Condition

    @property
    def bank(self) -> tuple[str, str]:
        """The obligation, and the bank that the entry is of."""
        return self.obligation.id, self.entry.kind

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The obligation's, and those of the entry's reasons."""
        return (self.condition, *reasons_of(self.entry))

    def at(self, standing: Standing) -> int:
        """Give the literal of its being offered all the same."""
        parts = [weighed(self.entry, standing), free_to_offer(standing, self.entry.kind)]
        return standing.formula.all([*parts, -standing.truth(self.condition)[1]])

    def holds(self, facts: Facts, library: Library) -> bool:
        """Say whether it is offered from facts all the same."""
        if self.condition.truth(facts.known, facts.asked) is False:
            return False
        return offered(self.entry, facts) and not held_by(library, facts, self.entry.kind)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case offers it all the same. What holds its whole bank is found once for a case."""
        if not replayed.rests or not replayed.free(self.entry.kind):
            return False
        facts = replayed.facts
        unsafe = self.condition.truth(facts.known, facts.asked) is not False
        return unsafe and offered(self.entry, facts)


@dataclass(frozen=True, slots=True)
class ReachedWhile:
    """A flowchart is come to while a condition is not known to be false."""

    obligation: Obligation
    visit: str
    condition: Condition
    wanted: bool = False

    def literal(self, routes: Routes) -> int:
        """Give the literal of its being entered all the same."""
        if self.visit not in routes.visited:
            return FALSE
        chart = routes.program.steps[self.visit].node.visit
        told = frozenset().union(*(routes.charts.tellers(key) for key in self.condition.reads))
        if told.isdisjoint(routes.charts.below(chart)) and not routes.by_item(self.visit):
            unsafe = -routes.truth(self.condition, self.visit, after=False)[1]
            return routes.formula.both(routes.entered(self.visit), unsafe)
        # What it tells itself may be forgotten as it begins, and what the run for one item tells stands in the next.
        # What is opened by hand at its first question comes after.
        begun = routes.program.charts[chart].start.key
        opened = [-places[begun] for places in routes.opened.values() if begun in places]
        unsafe = -routes.truth(self.condition, begun, after=False)[1]
        return routes.formula.all([routes.entered(self.visit), unsafe, *opened])

    def seen(self, replayed: Replayed) -> bool:
        """Say whether a case comes to it all the same."""
        entering = replayed.entering(self.visit)
        return any(self.condition.truth(*told) is not False for told in entering)


@dataclass(frozen=True, slots=True)
class NotLed(Unwanted):
    """An answer does not make a condition known to be false, and no alert opens the flowchart."""

    obligation: Obligation
    condition: Condition
    alerts: tuple[Alert, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The obligation's, and those of the alerts."""
        return (self.condition, *(alert.raise_when for alert in self.alerts))

    def at(self, standing: Standing) -> int:
        """Give the literal of an answer that raises none of the alerts."""
        formula = standing.formula
        asked = [standing.answered(fact) for fact in self.condition.facts]
        raised = [standing.truth(alert.raise_when)[0] for alert in self.alerts]
        true, false = standing.truth(self.condition)
        calls = formula.any([true, formula.all([*asked, -false])])
        return formula.all([calls, *(-literal for literal in raised)])

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts raise none of the alerts."""
        known, asked = facts.known, facts.asked
        truth = self.condition.truth(known, asked)
        heard = all(fact.key in known or fact.key in asked for fact in self.condition.facts)
        calls = truth is True or (truth is None and heard)
        return calls and all(alert.raise_when.truth(known, asked) is not True for alert in self.alerts)


@dataclass(frozen=True, slots=True)
class FreeWhile(Unwanted):
    """A whole bank is free while a condition is not known to be false. Where it never is, no entry is looked at."""

    kind: str
    condition: Condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The obligation's."""
        return (self.condition,)

    def at(self, standing: Standing) -> int:
        """Give the literal of nothing's holding the bank all the same."""
        return standing.formula.both(free_to_offer(standing, self.kind), -standing.truth(self.condition)[1])

    def holds(self, facts: Facts, library: Library) -> bool:
        """Say whether nothing holds the bank all the same."""
        unsafe = self.condition.truth(facts.known, facts.asked) is not False
        return unsafe and not held_by(library, facts, self.kind)


def claims_of_obligations(library: Library) -> Iterator[OfferedWhile | ReachedWhile | NotLed]:
    """Give what the library's obligations forbid, case by case."""
    for obligation in library.obligations.values():
        never, leads = obligation.never, obligation.leads
        if never is not None:
            for entry in _entries(library, never.offer):
                yield OfferedWhile(obligation, entry, never.while_)
            for node in library.nodes():
                if never.reach and node.visit == never.reach:
                    yield ReachedWhile(obligation, node.key, never.while_)
        if leads is not None:
            alerts = tuple(alert for alert in library.alerts.values() if alert.opens == leads.to)
            for condition in [leads.when] if leads.when is not None else risk_items(library, obligation):
                yield NotLed(obligation, condition, alerts)


def _entries(library: Library, names: tuple[str, ...]) -> Iterator[Advisable]:
    for kind in ADVISED:
        for entry in library.advised(kind).values():
            if (kind in names or entry.id in names) and entry.suggest:
                yield entry
