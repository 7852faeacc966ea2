"""One walk as its outcomes: what was asked, what is offered, held and left out, what was raised, where it ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.advise import advise, held_by, weigh
from goldenthread.model import ADVISED
from goldenthread.plan.reading import facts_of

if TYPE_CHECKING:
    from goldenthread.advise import Facts, Offer, Weighed
    from goldenthread.model import Advisable, Library, Rule
    from goldenthread.walk import Trace, Walk

SHOWN = frozenset({"ask", "measure", "tell"})
"""The verbs of nodes that the clinician sees."""
_SHOWN_HELD = frozenset({"diagnoses", "factors"})
_COVERS = ("covers", "a further goal for")


@dataclass
class Observed:
    """A walk, and what came of it. Whatever is costly is found when it is asked for, and once."""

    walk: Walk
    _offers: dict[str, dict[str, Offer]] = field(default_factory=dict)
    _weighed: dict[str, Weighed] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        """The library that was walked."""
        return self.walk.program.library

    @cached_property
    def trail(self) -> tuple[Trace, ...]:
        """Every step that was passed, oldest first."""
        return self.walk.trail

    @cached_property
    def facts(self) -> Facts:
        """What the walk made known."""
        return facts_of(self.walk, {})

    @cached_property
    def asked(self) -> Counter[str]:
        """How often each node was shown, the question that waits among them."""
        found = Counter(trace.key for trace in self.trail if trace.step.node.verb in SHOWN)
        if self.walk.at:
            found[self.walk.at.partition("@")[0]] += 1
        return found

    @cached_property
    def alerts(self) -> dict[str, str]:
        """Each alert that was raised: `open`, or `cleared` where every time was."""
        found: dict[str, str] = {}
        for raised in self.walk.alerts:
            now = "cleared" if raised.cleared else "open"
            found[raised.alert.id] = "open" if found.get(raised.alert.id) == "open" else now
        return found

    @property
    def end(self) -> str:
        """The end that was reached, or nothing where the walk is open."""
        return self.walk.end.key if self.walk.end is not None else ""

    @cached_property
    def shut(self) -> dict[str, list[str]]:
        """The ids of what holds each bank."""
        return {kind: [found.id for found in held_by(self.library, self.facts, kind)] for kind in ADVISED}

    def weighed(self, entry: Advisable) -> Weighed:
        """Give the rules of an entry by what they come to."""
        if entry.id not in self._weighed:
            self._weighed[entry.id] = weigh(entry, self.facts)
        return self._weighed[entry.id]

    def state(self, entry: Advisable) -> str:
        """Give `offered`, `held` or `left_out`."""
        return self._state(entry, shut=bool(self.shut[entry.kind]))

    def own_state(self, entry: Advisable) -> str:
        """Give what an entry would be if nothing held its whole bank."""
        return self._state(entry, shut=False)

    def _state(self, entry: Advisable, *, shut: bool) -> str:
        weighed = self.weighed(entry)
        state = weighed.state(shut=shut)
        # A goal or treatment that nothing suggests yet is shown nowhere as held.
        unseen = state == "held" and not weighed.suggesting and entry.kind not in _SHOWN_HELD
        return "left_out" if unseen else state

    def caution(self, rule: Rule | None) -> str:
        """Give when a caution is said, if it is; it is said as well where it is not known whether it applies."""
        truth = rule.when.truth(self.facts.known, self.facts.asked) if rule is not None else False
        if rule is None or truth is False:
            return ""
        return " ".join(rule.when.text.split()) + ("" if truth else " (not known)")

    def offers(self, kind: str) -> dict[str, Offer]:
        """Give the offers of a bank, by the names of this library."""
        if kind not in self._offers:
            self._offers[kind] = {offer.id: offer for offer in advise(self.library, self.facts, kind).offers}
        return self._offers[kind]


def band(offer: Offer) -> str:
    """Give the words of the band in which an offer stands. The names of the factors that a goal covers are no part."""
    return next((lead for lead in _COVERS if offer.band.startswith(f"{lead} ")), offer.band)
