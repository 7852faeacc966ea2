"""The problem statement: composed from the answers, and told by name what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.plan.reading import Reading

PARTS: dict[str, str] = {
    "what_happens": "what happens, by an example",
    "onset": "when it began",
    "problem_duration": "how long it has lasted",
    "frequency": "how often it happens",
    "trigger": "what set it off",
    "cost_work": "what it costs at work or study",
    "cost_home": "what it costs at home",
    "cost_others": "what it costs with other people",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A problem statement, and the names of the parts that it lacks, by role."""

    text: str
    lacks: dict[str, str]
    client_words: str
    wanted: str

    @property
    def specific(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacks


def sentence(text: str) -> str:
    """Make a text a sentence: a capital at the front, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…”\"" else text + "."


def statement(reading: Reading, client: str) -> Statement:
    """Compose the problem statement of a walk."""
    get = reading.text
    concerns = get("targeted_concern") or get("concern")
    age = reading.value("age")
    who = f"{client}, aged {age:g}," if age is not None else client
    said = [sentence(f"{who} comes with {concerns}")] if concerns else []
    if get("what_happens"):
        said.append(f"For example: {sentence(get('what_happens'))}")
    said += _course(reading)
    if get("trigger"):
        said.append(f"What set it off: {sentence(get('trigger'))}")
    costs = [f"{where}: {get(role).rstrip('.')}" for role, where in (("cost_work", "at work or study"), ("cost_home", "at home"), ("cost_others", "with others")) if get(role)]
    if costs:
        said.append(f"It costs {'; '.join(costs)}.")
    lacks = {role: words for role, words in PARTS.items() if not get(role)}
    return Statement(" ".join(said), lacks, get("opening_words"), get("wanted_change"))


def _course(reading: Reading) -> list[str]:
    get = reading.text
    parts = []
    if get("onset"):
        parts.append(f"It began: {get('onset').rstrip('.')}")
    if get("problem_duration"):
        parts.append(f"it has lasted {get('problem_duration')}")
    if get("frequency"):
        parts.append(f"it happens {get('frequency')}")
    return [sentence(", ".join(parts))] if parts else []
