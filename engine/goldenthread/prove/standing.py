"""Where advice is given: at the end of a round, or from bare facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from goldenthread.prove.formula import FALSE
from goldenthread.prove.routes import At

if TYPE_CHECKING:
    from goldenthread.language import Condition, Fact
    from goldenthread.model import Alert
    from goldenthread.prove.bare import Bare
    from goldenthread.prove.formula import Formula, Truth
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Program


class Standing(Protocol):
    """What is known where advice is given: at the end of a round, or from bare facts."""

    @property
    def formula(self) -> Formula:
        """The formula that it is a part of."""

    @property
    def program(self) -> Program:
        """The program whose library is looked at."""

    @property
    def loose(self) -> int:
        """The literal of what is not followed exactly being anything."""

    def truth(self, condition: Condition) -> Truth:
        """Give the truth of a condition."""

    def raised(self, alert: Alert) -> int:
        """Give the literal of an alert's having been raised."""

    def cleared(self, alert: Alert) -> int:
        """Give the literal of an alert's being cleared, where it was raised."""

    def stopped(self) -> int:
        """Give the literal of the walk's having stopped for good."""

    def answered(self, fact: Fact) -> int:
        """Give the literal of a fact's having been asked."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a round."""

    routes: Routes

    @property
    def formula(self) -> Formula:
        """The formula of the routes."""
        return self.routes.formula

    @property
    def program(self) -> Program:
        """The program whose routes these are."""
        return self.routes.program

    @property
    def loose(self) -> int:
        """What is not followed exactly of routes."""
        return self.routes.loose

    def truth(self, condition: Condition) -> Truth:
        """Give the truth of a condition."""
        return self.routes.truth(condition, "", after=True)

    def answered(self, fact: Fact) -> int:
        """Give the literal of a fact's having been asked."""
        return At(self.routes).answered(fact)

    def raised(self, alert: Alert) -> int:
        """Give the literal of an alert's having been raised."""
        return self.routes.raised(alert)

    def cleared(self, alert: Alert) -> int:
        """Give the literal of a run's having cleared an alert."""
        return self.routes.cleared(alert)

    def stopped(self) -> int:
        """Give the literal of a stop's having been reached."""
        return self.formula.any(self.routes.visited[key] for key in self.routes.ends)


@dataclass(frozen=True, slots=True)
class Bared:
    """Bare facts: an alert is raised where its condition is true, and nothing stops."""

    bare: Bare

    @property
    def formula(self) -> Formula:
        """The formula of the facts."""
        return self.bare.formula

    @property
    def program(self) -> Program:
        """The program whose facts these are."""
        return self.bare.program

    @property
    def loose(self) -> int:
        """What is not followed exactly of facts."""
        return self.bare.loose

    def truth(self, condition: Condition) -> Truth:
        """Give the truth of a condition."""
        return self.bare.truth(condition)

    def answered(self, fact: Fact) -> int:
        """Give the literal of a fact's having been asked."""
        return self.bare.answered(fact)

    def raised(self, alert: Alert) -> int:
        """Give the literal of its condition."""
        return self.bare.truth(alert.raise_when)[0]

    def cleared(self, alert: Alert) -> int:
        """Give the literal of its condition for clearing, or loosely of a run that has cleared it before."""
        return self.formula.any((self.bare.truth(alert.cleared_when)[0], self.bare.cleared_before(alert)))

    def stopped(self) -> int:
        """Nothing stops."""
        return FALSE
