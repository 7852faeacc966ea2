"""The problem statement: composed from the answers, and told by name what it lacks."""

from __future__ import annotations

import re
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
    return text if text.rstrip("”\"’')")[-1:] in {".", "!", "?", "…"} else text + "."


def statement(reading: Reading, client: str) -> Statement:
    """Compose the problem statement of a walk."""
    get = reading.text
    concerns = get("targeted_concern") or get("concern")
    age = reading.value("age")
    who = f"{client}, aged {age:g}," if age is not None else client
    said = [sentence(f"{who} comes with {concerns}")] if concerns else []
    if get("what_happens"):
        said.append(_told("For example", get("what_happens")))
    said += _course(reading)
    if get("trigger"):
        said.append(_told("What set it off", get("trigger")))
    places = (("cost_work", "at work or study"), ("cost_home", "at home"), ("cost_others", "with others"))
    costs = [f"{where}, {_part(get(role))}" for role, where in places if get(role)]
    if costs:
        said.append(sentence(f"What it costs: {'; '.join(costs)}"))
    lacks = {role: words for role, words in PARTS.items() if not get(role)}
    return Statement(" ".join(said), lacks, get("opening_words"), get("wanted_change"))


_FIRST_PERSON = re.compile(r"\b(?:I|I'\w+|I’\w+|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b")
_BEGINS = re.compile(
    r"(?:in|on|at|about|around|after|before|since|when|during|over|with|from|last|this|as|early|late|shortly|soon"
    r"|some|a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|gradually"
    r"|suddenly|slowly|just|right|ever|not long)\b",
    re.IGNORECASE,
)


_PLAIN = re.compile(
    r"(?:no|none|nobody|nothing|nowhere|the|a|an|all|less|more|every|each|some|most|much|many|almost|hardly|about"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|my|we|our|hours|days|nights)\b",
    re.IGNORECASE,
)
"""Words that are no names, and so need no capital inside a sentence."""


def _own(text: str) -> bool:
    """Say whether a text is in the client's own voice and not yet quoted."""
    return bool(_FIRST_PERSON.search(text)) and not any(mark in text for mark in '“”"')


def voiced(text: str) -> str:
    """Put a text into quotation marks where it is in the client's own voice, and else as it stands after a colon."""
    return f"“{sentence(text)}”" if _own(text) else _lower(text)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if _PLAIN.match(text) else text


def _told(lead: str, text: str) -> str:
    if _own(text):
        return f"{lead}, in the client's words: “{sentence(text)}”"
    return f"{lead}: {sentence(text)}"


def _part(text: str) -> str:
    text = _lower(text.rstrip(" ."))
    return f"“{text}”" if _own(text) else text


def _course(reading: Reading) -> list[str]:
    get = reading.text
    onset, lasted, often = get("onset"), get("problem_duration"), get("frequency")
    said = []
    if onset and _BEGINS.match(onset):
        said.append(sentence(f"It began {_part(onset[0].lower() + onset[1:])}"))
    elif onset:
        said.append(_told("When it began", onset))
    parts = [f"has lasted {lasted}"] if lasted else []
    parts += [f"happens {often}"] if often else []
    return [*said, sentence(f"It {' and '.join(parts)}")] if parts else said
