"""A walk read as facts and as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Facts
from goldenthread.language import Duration, join
from goldenthread.walk import beside, examples, own_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Library
    from goldenthread.walk import Walk


@dataclass(frozen=True, slots=True)
class Reading:
    """What a walk has made known, with the words for it."""

    walk: Walk
    library: Library
    facts: Facts
    examples: Mapping[str, str]
    """Examples from this client, by `role option`."""

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
        return {"not_known": "asked, not known", "declined": "declined"}.get(self.facts.asked.get(role, ""), "not asked")


def read(walk: Walk) -> Reading:
    """Read a walk."""
    own: dict[str, str] = {}
    shown: dict[str, str] = {}
    for key in walk.questions_passed():
        step = walk.program.steps[key.partition("@")[0]]
        if step.type is None or step.type.kind != "choices":
            continue
        raw = walk.given(key)
        name = step.role or step.key
        for option, words in own_words(raw).items():
            own[f"{name} {option}"] = words
        for option, words in examples(raw).items():
            shown[f"{name} {option}"] = words
    alerts = tuple(dict.fromkeys(raised.alert.id for raised in walk.alerts if not raised.cleared))
    stopped = walk.end.end if walk.end is not None and walk.end.stop else ""
    return Reading(walk, walk.program.library, Facts(walk.known, walk.asked, alerts, own, stopped), shown)


def written_on(walk: Walk, key: str) -> Mapping[str, Any]:
    """Give what was written beside an answer: its date, source, note, and what others said."""
    return beside(walk.given(key))
