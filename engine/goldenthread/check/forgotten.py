"""What was told for one item is forgotten after its run: conditions that read it there as if it still stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.prove.bank import Met, Offered, RuledOut
from goldenthread.prove.claims import AnsweredBefore, OfferedAfter
from goldenthread.prove.reading import read_as_told

if TYPE_CHECKING:
    from goldenthread.check.rule import Finding
    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition, Fact
    from goldenthread.language.ast import Expression
    from goldenthread.model import Advisable
    from goldenthread.prove import Prover, Verdict


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A part of a condition that reads what was told for an item, and where it is read that is forgotten."""

    reader: str
    """What the condition belongs to, as a message names it."""
    condition: Condition
    fact: Fact
    part: Expression

    @property
    def text(self) -> str:
        """The part as it is written."""
        return self.condition.text[self.part.start : self.part.end]

    @property
    def span(self) -> Span:
        """Where the part stands."""
        span = self.condition.span
        return span.within(self.part.start, self.part.end) if self.condition.exact else span

    def finding(self) -> Finding:
        """Say what is wrong, and what to write instead."""
        message = (
            f"{self.reader} reads `{self.text}` as it stands, and what `{self.fact.each}` asks for an item is "
            "forgotten after its run"
        )
        any_, all_ = f"any_of({self.text})", f"all_of({self.text})"
        help_ = f"write `{any_}` where it has to be so of one item, `{all_}` where of every one"
        return error("P007", self.span, message, help_)


def forgotten(verdict: Verdict, prover: Prover) -> Forgotten | None:
    """Give what reads what is forgotten, where a claim fails of that."""
    claim = verdict.claim
    if verdict.done is not False or not claim.wanted:
        return None
    match claim:
        case AnsweredBefore(key=key, fact=fact):
            node = prover.program.steps[key].node
            whens = (edge.when for edge in node.edges if edge.when is not None)
            found = (_on_routes(f"`{node.id}`", key, when, fact, prover) for when in whens)
            return next(filter(None, found), None)
        case OfferedAfter(keys=keys, fact=fact):
            node = prover.program.steps[keys[0]].node
            asked = prover.program.library.roles.get(node.role) or node
            when = asked.options[claim.option].when
            reader = f"the option `{claim.option}` of `{asked.id}`"
            return _on_routes(reader, keys[0], when, fact, prover) if when is not None else None
        case Met() if prover.from_facts(claim).done is not False:
            return _at_the_end(f"`{claim.obligation.id}`", claim.until, prover)
        case RuledOut() if prover.from_facts(claim).done is not False:
            return _at_the_end(f"`{claim.entry.id}`", claim.rule.when, prover)
        case Offered() if prover.suggested(claim) and prover.consistent(claim):
            return _of_entry(claim.entry, prover)
    return None


def _on_routes(reader: str, place: str, condition: Condition, fact: Fact, prover: Prover) -> Forgotten | None:
    part = next((part for told, part in read_as_told(condition) if told.key == fact.key), None)
    if part is None or not fact.each or not prover.ran_before(fact.each, place):
        return None
    return Forgotten(reader, condition, fact, part)


def _of_entry(entry: Advisable, prover: Prover) -> Forgotten | None:
    against = [_at_the_end(f"`{entry.id}`", rule.when, prover) for rule in entry.rule_out]
    reasons = [_at_the_end(f"`{entry.id}`", rule.when, prover) for rule in entry.suggest]
    # What stands against it has to be known to be false; one reason is enough.
    return next(filter(None, against), reasons[0] if all(reasons) else None)


def _at_the_end(reader: str, condition: Condition, prover: Prover) -> Forgotten | None:
    parts = ((fact, part) for fact, part in read_as_told(condition) if fact.each)
    told = ((fact, part) for fact, part in parts if prover.only_for_items(fact.key))
    return next((Forgotten(reader, condition, fact, part) for fact, part in told), None)
