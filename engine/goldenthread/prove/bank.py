"""What is proven of the goal bank: what can be offered, which reasons and alerts can come true, what never may."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.advise import HELD_BY_ALERTS, held_by
from goldenthread.model import ADVISED
from goldenthread.prove.standing import Closing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goldenthread.advise import Facts
    from goldenthread.language import Condition
    from goldenthread.model import Advisable, Alert, Library, Obligation, Rule
    from goldenthread.prove.routes import Routes
    from goldenthread.prove.standing import Standing
    from goldenthread.prove.witness import Replayed


class OfBank(ABC):
    """A claim that is decided where advice is given; its conditions say which facts it rests on."""

    __slots__ = ()

    @property
    @abstractmethod
    def wanted(self) -> bool:
        """Whether some answers must do it."""

    @property
    @abstractmethod
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that it rests on."""

    @abstractmethod
    def at(self, standing: Standing) -> int:
        """Give the literal of its being so."""

    @abstractmethod
    def holds(self, facts: Facts, library: Library) -> bool:
        """Say whether it is so of facts."""

    def literal(self, routes: Routes) -> int:
        """Give the literal of its being so at the end of a round that is not closed by another."""
        return routes.formula.both(routes.rests, self.at(Closing(routes)))

    def seen(self, replayed: Replayed) -> bool:
        """Say whether it is so at the end of a case."""
        return replayed.rests and self.holds(replayed.facts, replayed.program.library)


class Wanted(OfBank):
    """A claim that some answers must make true."""

    __slots__ = ()

    @property
    def wanted(self) -> bool:
        """It must be."""
        return True


class Unwanted(OfBank):
    """A claim that no answers may make true."""

    __slots__ = ()

    @property
    def wanted(self) -> bool:
        """It may not be."""
        return False


@dataclass(frozen=True, slots=True)
class Raised(Wanted):
    """Some answers raise an alert."""

    alert: Alert

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The alert's own."""
        return (self.alert.raise_when,)

    def at(self, standing: Standing) -> int:
        """Give the literal of its having been raised."""
        return standing.raised(self.alert)

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts raise it."""
        return self.alert.raise_when.truth(facts.known, facts.asked) is True

    def literal(self, routes: Routes) -> int:
        """Give the literal of its being raised, also in a round that is closed."""
        return routes.raised(self.alert)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case raises it."""
        return replayed.raised(self.alert)


@dataclass(frozen=True, slots=True)
class Cleared(Wanted):
    """Some answers raise an alert and clear it."""

    alert: Alert

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """That of its being raised: where routes raise it, routes have to clear it."""
        return (self.alert.raise_when,)

    def at(self, standing: Standing) -> int:
        """Give the literal of both conditions at once; loosely, a walk may clear it later, when facts have changed."""
        cleared = standing.truth(self.alert.cleared_when)[0]
        return standing.formula.both(
            standing.raised(self.alert), standing.formula.any((cleared, standing.loose))
        )

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts raise it and clear it."""
        conditions = (self.alert.raise_when, self.alert.cleared_when)
        return all(when.truth(facts.known, facts.asked) is True for when in conditions)

    def literal(self, routes: Routes) -> int:
        """Give the literal of its being cleared by a run of its flowchart, also in a round that is closed."""
        return routes.raised_and_cleared(self.alert)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case raises it and clears it."""
        return replayed.raised(self.alert, cleared=True)


@dataclass(frozen=True, slots=True)
class Met(Wanted):
    """Some answers make an obligation hold a bank no longer."""

    obligation: Obligation
    until: Condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The obligation's own."""
        return (self.until,)

    def at(self, standing: Standing) -> int:
        """Give the literal of its condition."""
        return standing.truth(self.until)[0]

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts meet it."""
        return self.until.truth(facts.known, facts.asked) is True


@dataclass(frozen=True, slots=True)
class RuledOut(Wanted):
    """Some answers make a reason against an entry true."""

    entry: Advisable
    place: int
    rule: Rule

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The reason's own."""
        return (self.rule.when,)

    def at(self, standing: Standing) -> int:
        """Give the literal of the reason."""
        return standing.truth(self.rule.when)[0]

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether the reason is true of facts."""
        return self.rule.when.truth(facts.known, facts.asked) is True


@dataclass(frozen=True, slots=True)
class Offered(OfBank):
    """Some answers offer an entry of the bank."""

    entry: Advisable

    @property
    def wanted(self) -> bool:
        """Whether it is there to be offered."""
        return not self.entry.never_offered

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of its reasons for and against."""
        return reasons_of(self.entry)

    def at(self, standing: Standing) -> int:
        """Give the literal of its being offered."""
        return standing.formula.both(weighed(self.entry, standing), free_to_offer(standing, self.entry.kind))

    def holds(self, facts: Facts, library: Library) -> bool:
        """Say whether it is offered from facts."""
        return offered(self.entry, facts) and not held_by(library, facts, self.entry.kind)

    def seen(self, replayed: Replayed) -> bool:
        """Say whether the case offers it."""
        return replayed.rests and offered(self.entry, replayed.facts) and replayed.free(self.entry.kind)


@dataclass(frozen=True, slots=True)
class OfferedButFor(Wanted):
    """Some answers offer an entry, where it is not for some alerts and obligations."""

    entry: Advisable
    names: frozenset[str]
    """The ids of these."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of its reasons for and against."""
        return reasons_of(self.entry)

    def at(self, standing: Standing) -> int:
        """Give the literal of its being offered, or held by nothing but these."""
        free = free_to_offer(standing, self.entry.kind, but_for=self.names)
        return standing.formula.both(weighed(self.entry, standing), free)

    def holds(self, facts: Facts, library: Library) -> bool:
        """Say whether it is offered from facts, or held by nothing but these."""
        held = held_by(library, facts, self.entry.kind)
        return offered(self.entry, facts) and all(holding.id in self.names for holding in held)


@dataclass(frozen=True, slots=True)
class Consistent(Wanted):
    """Some facts give a reason for an entry and none against it."""

    entry: Advisable

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of its reasons for and against."""
        return reasons_of(self.entry)

    def at(self, standing: Standing) -> int:
        """Give the literal of a reason for it, and none that may stand against it."""
        return weighed(self.entry, standing)

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts do."""
        return offered(self.entry, facts)


@dataclass(frozen=True, slots=True)
class Suggested(Wanted):
    """Some facts give a reason for an entry, whatever stands against it."""

    entry: Advisable

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of its reasons for it."""
        return tuple(rule.when for rule in self.entry.suggest)

    def at(self, standing: Standing) -> int:
        """Give the literal of a reason for it."""
        return standing.formula.any(standing.truth(when)[0] for when in self.conditions)

    def holds(self, facts: Facts, library: Library) -> bool:  # noqa: ARG002 -- the shape of a claim
        """Say whether facts do."""
        return any(when.truth(facts.known, facts.asked) is True for when in self.conditions)


def reasons_of(entry: Advisable) -> tuple[Condition, ...]:
    """Give the conditions of an entry's reasons for and against."""
    return (*(rule.when for rule in entry.suggest), *(rule.when for rule in entry.rule_out))


def weighed(entry: Advisable, standing: Standing) -> int:
    """Give the literal of a reason for an entry being true, and every reason against it known to be false."""
    reasons = [standing.truth(rule.when)[0] for rule in entry.suggest]
    against = [standing.truth(rule.when)[1] for rule in entry.rule_out]
    return standing.formula.all([standing.formula.any(reasons), *against])


def offered(entry: Advisable, facts: Facts) -> bool:
    """Say whether facts give a reason for an entry and none that may stand against it."""
    known, asked = facts.known, facts.asked
    return any(rule.when.truth(known, asked) is True for rule in entry.suggest) and all(
        rule.when.truth(known, asked) is False for rule in entry.rule_out
    )


def free_to_offer(standing: Standing, kind: str, *, but_for: AbstractSet[str] = frozenset()) -> int:
    """Give the literal of nothing's holding a whole bank, but for some alerts and obligations."""
    library = standing.program.library
    holding = [o for o in library.obligations.values() if kind in o.hold and o.id not in but_for]
    parts = [standing.truth(o.until)[0] for o in holding if o.until is not None]
    if kind in HELD_BY_ALERTS:
        parts.append(-standing.stopped())
        alerts = [alert for alert in library.alerts.values() if alert.id not in but_for]
        parts += [standing.formula.any([-standing.raised(a), standing.cleared(a)]) for a in alerts]
    return standing.formula.all(parts)


def claims_of_bank(library: Library) -> Iterator[OfBank]:
    """Give what is claimed of the bank: what holds it comes and goes, entries can be offered, reasons can be true.

    What holds entries comes before them.
    """
    for alert in library.alerts.values():
        yield Raised(alert)
        yield Cleared(alert)
    for obligation in library.obligations.values():
        if obligation.until is not None:
            yield Met(obligation, obligation.until)
    for kind in ADVISED:
        for entry in library.advised(kind).values():
            if entry.suggest:
                yield Offered(entry)
            for n, rule in enumerate(entry.rule_out):
                yield RuledOut(entry, n, rule)
