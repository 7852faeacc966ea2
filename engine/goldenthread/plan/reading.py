"""A walk read as facts and as words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Facts
from goldenthread.language import Duration, join
from goldenthread.walk import OWN, beside, chosen_goals, examples, own_words, status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Library
    from goldenthread.walk import Chosen, Walk

PREVIOUS = "previous."


@dataclass(frozen=True, slots=True)
class Agreed:
    """The goals that were chosen last: in which round (from 0), and the scores as they stood then."""

    goals: tuple[Chosen, ...] = ()
    round: int = 0
    scores: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a walk has made known, with the words for it."""

    walk: Walk
    library: Library
    facts: Facts
    examples: Mapping[str, str]
    """Examples from this client, by `role option`."""
    agreed: Agreed = field(default_factory=Agreed)
    """The goals chosen last, perhaps in an earlier round."""
    need_examples: frozenset[str] = frozenset()
    """Roles whose question asks for an example of every option."""

    @property
    def goals(self) -> tuple[Chosen, ...]:
        """The goals chosen in this round."""
        return self.agreed.goals if self.agreed.round == self.walk.round else ()

    def value(self, role: str) -> Any:
        """Give a role's value, or None."""
        return self.facts.known.get(role)

    def text(self, role: str) -> str:
        """Give a role's value in words; nothing where it is not known."""
        value = self.facts.known.get(role)
        return "" if value is None else self.words(role, value)

    def words(self, role: str, value: Any) -> str:
        """Say a value of a role in words."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple | list):
            return join([self.option(role, str(item)) for item in value])
        if isinstance(value, str):
            return self.option(role, value)
        fact = self.library.facts.get(role)
        unit = f" {fact.type.unit}" if fact and fact.type.unit and not isinstance(value, Duration) else ""
        return (str(value) if isinstance(value, Duration) else f"{value:g}") + unit

    def option(self, role: str, option: str) -> str:
        """Give the words of one option of a role, or the client's own."""
        own = self.facts.own.get(f"{role} {option}")
        if own:
            return own
        fact = self.library.facts.get(role)
        return fact.type.options.get(option, option) if fact else option

    def options(self, role: str) -> tuple[str, ...]:
        """Give the words of each option chosen for a role."""
        return tuple(self.option(role, item) for item in self.facts.known.get(role, ()))

    def status(self, role: str) -> str:
        """Say how a role stands: known, not known, declined or not asked."""
        if role in self.facts.known:
            return "known"
        return {"not_known": "asked, not known", "declined": "declined"}.get(
            self.facts.asked.get(role, ""), "not asked"
        )


def read(walk: Walk) -> Reading:
    """Read a walk."""
    own: dict[str, str] = {}
    shown: dict[str, str] = {}
    needed: set[str] = set()
    for round_, key in _choices_passed(walk):
        step = walk.program.steps[key.partition("@")[0]]
        raw = walk.given(key) if round_ == walk.round else walk.rounds[round_].answers.get(key)
        name = step.role or step.key
        asked = walk.program.library.roles.get(step.role) or step.node
        if asked.options_from in walk.program.library.roles:
            own |= _taken_over(own, asked.options_from, name)
        for option, words in own_words(raw).items():
            own[f"{name} {option}"] = words
        if round_ < walk.round:
            continue
        if step.node.example == "required":
            needed.add(name)
        for option, words in examples(raw).items():
            shown[f"{name} {option}"] = words
    return Reading(walk, walk.program.library, facts_of(walk, own), shown, _agreed(walk), frozenset(needed))


def facts_of(walk: Walk, own: Mapping[str, str]) -> Facts:
    """Give what a walk has made known, with the words for options in the client's own words."""
    alerts = tuple(dict.fromkeys(raised.alert.id for raised in walk.alerts if not raised.cleared))
    stopped = walk.end.end if walk.end is not None and walk.end.stop else ""
    return Facts(walk.known, walk.asked, alerts, own, stopped)


def _taken_over(own: Mapping[str, str], source: str, name: str) -> dict[str, str]:
    """Give the own words of the role that a question takes its options from, as that question's."""
    lead = f"{source} {OWN}"
    return {
        f"{name} {key.removeprefix(f'{source} ')}": words
        for key, words in own.items()
        if key.startswith(lead)
    }


def _choices_passed(walk: Walk) -> list[tuple[int, str]]:
    """Give the questions of every round that take several options, oldest first."""
    return [
        (trace.round, trace.question)
        for trace in walk.trail
        if trace.step.type is not None and trace.step.type.kind == "choices"
    ]


def _agreed(walk: Walk) -> Agreed:
    """Give the goals chosen last. Their baselines stay what they were: a later score is progress, not a new start."""
    found = Agreed()
    taken: dict[str, int] = {}
    for trace in walk.trail:
        if trace.how not in {"answered", "kept"}:
            continue
        if trace.step.node.verb == "measure":
            taken[trace.step.node.measure] = taken.get(trace.step.node.measure, 0) + 1
        if trace.step.type is None or trace.step.type.kind != "goals":
            continue
        raws = (walk.rounds[n].answers.get(trace.question) for n in range(trace.round, -1, -1))
        raw = next((raw for raw in raws if raw is not None and not status(raw)), None)
        if raw is not None:
            found = Agreed(chosen_goals(raw), trace.round, _scores(walk, taken))
    return found


def _scores(walk: Walk, taken: Mapping[str, int]) -> dict[str, Any]:
    return {
        key: value
        for id_, count in taken.items()
        for score in walk.state.scores.get(id_, ())[:count]
        for key, value in score.facts()
    }


def written_on(walk: Walk, key: str) -> Mapping[str, Any]:
    """Give what was written beside an answer: its date, source, note, and what others said."""
    return beside(walk.given(key))
