"""What only follows from something else: of several claims that fail for one cause, the cause is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.advise import HELD_BY_ALERTS
from goldenthread.prove.bank import Cleared, Met, OfBank, Offered, OfferedButFor, Raised
from goldenthread.prove.claims import (
    AnsweredBefore,
    OfferedAfter,
    OnOffer,
    Reached,
    Starved,
    Stuck,
    Taken,
    least,
    most,
)
from goldenthread.prove.obligations import NotLed
from goldenthread.walk.program import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.language import Condition
    from goldenthread.model import Advisable, Alert, Edge
    from goldenthread.prove import Proof, Verdict
    from goldenthread.prove.claims import Claim
    from goldenthread.walk import Step

_FIRST = (AnsweredBefore, OfferedAfter, Starved, OnOffer, Taken, Reached)
"""What is named first of claims that explain each other in a circle."""


def causes(proof: Proof) -> list[Verdict]:
    """Give the faults of a proof that do not follow from others of them."""
    faults = list(proof.faults)
    links = _Links(proof, faults)
    reasons = [list(links.reasons(verdict)) for verdict in faults]
    named = [not found for found in reasons]
    while True:
        grounded = list(named)
        more = True
        while more:
            more = False
            for n, found in enumerate(reasons):
                if not grounded[n] and any(grounded[m] for m in found):
                    grounded[n] = more = True
        left = [n for n in range(len(faults)) if not grounded[n]]
        if not left:
            return [verdict for n, verdict in enumerate(faults) if named[n]]
        named[min(left, key=lambda n: _rank(faults[n].claim))] = True


def _rank(claim: Claim) -> int:
    return next((n for n, kind in enumerate(_FIRST) if isinstance(claim, kind)), len(_FIRST))


class _Links:
    """Which fault another one follows from, by its place in the list of faults."""

    def __init__(self, proof: Proof, faults: list[Verdict]) -> None:
        self.prover, self.steps = proof.prover, proof.prover.program.steps
        self.library = proof.prover.program.library
        self.dead: dict[str, int] = {}
        self.untaken: dict[int, int] = {}
        self.unread: dict[tuple[str, str], int] = {}
        self.mute: dict[str, int] = {}
        self.options: dict[tuple[str, str], int] = {}
        self.silent: dict[str, int] = {}
        self.uncleared: dict[str, int] = {}
        self.unmet: dict[str, int] = {}
        self.stuck: list[int] = []
        for n, verdict in enumerate(faults):
            self._note(verdict.claim, n)

    def _note(self, claim: Claim, n: int) -> None:
        match claim:
            case Reached():
                self.dead[claim.key] = n
                node = self.steps[claim.key].node
                self.options[f"{node.flowchart}.outcome", node.id] = n
            case Taken():
                self.untaken[id(claim.edge)] = n
            case AnsweredBefore():
                self.unread[claim.key, claim.fact.key] = n
            case Starved():
                step = self.steps[claim.key]
                if most(step, self.library) < least(step):
                    self.mute[claim.key] = n
            case OnOffer():
                role = self.steps[claim.key].role
                chosen_from_it = [
                    r.id for r in self.library.roles.values() if role and r.options_from == role
                ]
                for key in filter(None, (claim.key, role, *chosen_from_it)):
                    self.options[key, claim.option] = n
            case Stuck():
                self.stuck.append(n)
            case Raised():
                self.silent[claim.alert.id] = n
            case Cleared():
                self.uncleared[claim.alert.id] = n
            case Met():
                self.unmet[claim.obligation.id] = n

    def reasons(self, verdict: Verdict) -> Iterator[int]:
        """Give the faults from which one follows."""
        claim = verdict.claim
        if isinstance(claim, Reached):
            # Where a walk stands still, what it would go on to is looked at once it goes on.
            yield from (*self._behind(claim.key), *self.stuck)
            return
        key = getattr(claim, "key", None)
        if key in self.dead:
            yield self.dead[key]
        if isinstance(claim, OfferedAfter) and all(asker in self.dead for asker in claim.keys):
            yield from (self.dead[asker] for asker in claim.keys)
        if isinstance(claim, NotLed):
            yield from (self.silent[alert.id] for alert in claim.alerts if alert.id in self.silent)
        if not claim.wanted:
            return
        if isinstance(claim, AnsweredBefore | OfferedAfter):
            yield from self._never_known(claim.fact.key)
        if self.stuck and isinstance(claim, OfBank) and self.prover.from_facts(claim).done:
            yield from self.stuck
        if isinstance(claim, Cleared):
            yield from self._never_ended(claim.alert)
        if isinstance(claim, Offered):
            yield from self._only_held(claim.entry)
        for condition in self._conditions(claim):
            yield from self._never_true(condition, key)

    def _never_ended(self, alert: Alert) -> Iterator[int]:
        """Give the faults for which an alert never opens its flowchart, or no run of that comes to an end."""
        if alert.id in self.silent:
            yield self.silent[alert.id]
        nodes = (step for step in self.steps.values() if step.node.flowchart == alert.opens)
        ends = [step.key for step in nodes if step.node.verb == "end"]
        if all(end in self.dead for end in ends):
            yield from (self.dead[end] for end in ends)

    def _only_held(self, entry: Advisable) -> Iterator[int]:
        """Give the faults for which what holds an entry's bank never lets go, if it would be offered without that."""
        held = {id_: n for id_, n in self.unmet.items() if entry.kind in self.library.obligations[id_].hold}
        if entry.kind in HELD_BY_ALERTS:
            held |= self.uncleared
        if held and self.prover.decide(OfferedButFor(entry, frozenset(held))).done is True:
            yield from held.values()

    def _conditions(self, claim: Claim) -> Iterator[Condition]:
        """Give the conditions on which a claim rests that answers do something."""
        if isinstance(claim, Taken) and claim.edge.when is not None:
            yield claim.edge.when
        elif isinstance(claim, OnOffer):
            hidden, *_ = self.prover.routes(self.prover.roots[0])[0].charts.narrowing(claim.key)
            yield from (when for option, when in hidden.items() if option == claim.option)
        elif isinstance(claim, OfBank):
            yield from claim.conditions
        if isinstance(claim, Cleared):
            yield claim.alert.cleared_when

    def _never_true(self, condition: Condition, key: str | None) -> Iterator[int]:
        for fact in condition.facts:
            if key is not None and (key, fact.key) in self.unread:
                yield self.unread[key, fact.key]
            yield from self._never_known(fact.key)
        for fact, option in condition.options:
            if (fact.key, option) in self.options:
                yield self.options[fact.key, option]

    def _never_known(self, fact: str) -> Iterator[int]:
        """Give the faults for which none of the questions that ask for a fact is ever answered."""
        askers = self.prover.askers(fact)
        if askers and all(asker in self.dead or asker in self.mute for asker in askers):
            yield from (self.mute[asker] if asker in self.mute else self.dead[asker] for asker in askers)

    def _behind(self, key: str) -> list[int]:
        """Give the faults that close every way to a node; nothing where one is open."""
        node = self.steps[key].node
        if node.id == self.library.flowcharts[node.flowchart].start:
            ways = [
                self.dead.get(step.key) for step in self.steps.values() if step.node.visit == node.flowchart
            ]
            ways += [self.silent.get(a.id) for a in self.library.alerts.values() if a.opens == node.flowchart]
            shut = [way for way in ways if way is not None]
            return shut if len(shut) == len(ways) else []
        found = []
        for step in self.steps.values():
            for edge, target in self.prover.edges(step):
                if target.key == key:
                    closed = self._closed(step, edge)
                    if closed is None:
                        return []
                    found.append(closed)
        return found

    def _closed(self, step: Step, edge: Edge) -> int | None:
        """Give the fault for which a way is never gone: that of its node, of a way there, or of a visit's ends."""
        if step.key in self.dead:
            return self.dead[step.key]
        if id(edge) in self.untaken:
            return self.untaken[id(edge)]
        for _, other, _ in step.branches if edge.when is None else ():
            if id(other) in self.untaken:
                return self.untaken[id(other)]
            # What is left for `otherwise` may have been the one option that is never on offer.
            for fact in other.when.facts if other.when is not None else ():
                hidden = [n for (key, _), n in self.options.items() if key == fact.key]
                if hidden:
                    return hidden[0]
        if step.kind == VISIT:
            nodes = (s.node for s in self.steps.values() if s.node.flowchart == step.node.visit)
            ends = [node.key for node in nodes if node.verb == "end" and not node.stop]
            if ends and all(end in self.dead for end in ends):
                return self.dead[ends[0]]
        return None
