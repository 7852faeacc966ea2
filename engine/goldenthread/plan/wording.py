"""Texts with {names} in them, filled with what the client answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.plan.reading import Reading

_NAMELESS = re.compile(r"(^|[.!?] )the client\b")
_NAME = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def item_label(reading: Reading, item: str, chart: str = "") -> str:
    """Give the words for the item that a flowchart runs for: a factor, a goal, a concern, an alert.

    `chart` is that flowchart's id: `own_1` is the first in own words of whatever it runs for.
    """
    if not item or item.startswith("opened_"):
        return ""
    library = reading.library
    role = _runs_for(reading, chart) if item.startswith("own_") else ""
    if role:
        fact = library.facts.get(role)
        if fact is not None and fact.type.kind == "goals":
            return next((goal.own for goal in reading.agreed.goals if goal.id == item), "")
        return reading.option(role, item)
    for bank in (library.factors, library.goals, library.diagnoses, library.modalities):
        if item in bank:
            return bank[item].name
    for role in ("perpetuating", "concern", "chosen_goals"):
        words = reading.option(role, item)
        if words != item:
            return words
    if item in reading.walk.state.raised:
        return ""
    own = [goal.own for goal in reading.agreed.goals if goal.id == item]
    return own[0] if own else item.replace("_", " ")


def _runs_for(reading: Reading, chart: str) -> str:
    """Give the role or question for whose answers a flowchart runs, one run each; nothing where it does not."""
    for node in reading.library.nodes():
        if node.verb == "visit" and node.visit == chart and node.each:
            return node.each if node.each in reading.library.facts else f"{node.flowchart}.{node.each}"
    return ""


def filled(
    text: str, reading: Reading, client: str, item: str = "", chart: str = "", item_words: str = ""
) -> str:
    """Fill {client}, {item} and {role} into a text; what is not known is left out of the way.

    `chart` is the flowchart that runs for the item; `item_words` stand for the item instead of its label.
    """

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name == "client":
            return client
        if name == "item":
            return item_words or item_label(reading, item, chart) or "this"
        return reading.text(name) or "…"

    return capitals(" ".join(_NAME.sub(word, text).split()))


def capitals(text: str) -> str:
    """Begin every sentence with a capital, also where it begins with `the client` put in for a name."""
    return _NAMELESS.sub(lambda match: f"{match[1]}The client", text)
