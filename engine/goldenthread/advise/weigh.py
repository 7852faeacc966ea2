"""An entry's rules held against the facts: what speaks for it, against it, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from goldenthread.advise.advice import Facts
    from goldenthread.model import Advisable, Rule, Suggestion

State = Literal["offered", "held", "left_out"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The rules of an entry by what they come to."""

    suggesting: tuple[Suggestion, ...]
    undecided: tuple[Suggestion, ...]
    against: tuple[Rule, ...]
    open_against: tuple[Rule, ...]

    def state(self, *, shut: bool) -> State:
        """Say what becomes of the entry; `shut` says whether something holds its whole bank.

        Missing is not safe: it is offered only where a reason for it is true and every reason against it is known to be
        false.
        """
        if self.against or not (self.suggesting or self.undecided):
            return "left_out"
        if not self.suggesting or self.open_against or shut:
            return "held"
        return "offered"


def weigh(entry: Advisable, facts: Facts) -> Weighed:
    """Hold the rules of an entry against the facts."""
    known, asked = facts.known, facts.asked
    for_ = [(rule, rule.when.truth(known, asked)) for rule in entry.suggest]
    against = [(rule, rule.when.truth(known, asked)) for rule in entry.rule_out]
    return Weighed(
        tuple(rule for rule, truth in for_ if truth is True),
        tuple(rule for rule, truth in for_ if truth is None),
        tuple(rule for rule, truth in against if truth is True),
        tuple(rule for rule, truth in against if truth is None),
    )
