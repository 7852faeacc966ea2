"""SMART, letter by letter: for goals from the bank and for goals in own words.

A goal is built from a target activity, its support, a quantified performance and a time
(Bovend'Eerdt, Botell and Wade 2009).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.model import Goal, Instrument

LETTERS = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "time-bound"}

VAGUE = (
    "improve", "improved", "improving", "better", "increase", "decrease", "reduce", "enhance", "cope", "coping",
    "deal with", "work on", "manage", "feel good", "feel better", "be happier", "happier", "happy", "less anxious",
    "less depressed", "less stressed", "self-esteem", "confidence", "healthy", "normal", "more often", "regularly",
    "as needed", "process", "explore", "understand", "gain insight", "stabilize", "stabilise",
)  # fmt: skip
_TIME = re.compile(
    r"\b(within|in|by|over|for|after)\s+(the\s+next\s+)?(\d+|one|two|three|four|five|six|eight|ten|twelve)"
    r"\s+(days?|weeks?|months?)\b"
    r"|\bby\s+(\d{4}-\d{2}-\d{2}|\d{1,2}[./ ]|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|the\s+end\s+of|christmas|easter|summer)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|once|twice|daily|every\s+day)\b(\s*(times?|x|days?|nights?|occasions?|minutes?|hours?|points?|out\s+of|of\s+\d|or\s+(less|more)|%|a\s+(day|week|month)))?"
    r"|\bfrom\s+\d+.{0,20}\bto\s+\d+",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(never|always|completely|totally|all\s+the\s+time|100\s*%|no\s+more|perfect(ly)?|every\s+single)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Smart:
    """Which letters a goal has, and for each that it lacks, why. `vague` names the words that say too little."""

    has: str
    lacks: Mapping[str, str]
    vague: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether no letter is lacking."""
        return not self.lacks

    def __str__(self) -> str:
        return "".join(letter if letter in self.has else "·" for letter in LETTERS)


def _smart(lacks: dict[str, str], vague: tuple[str, ...] = ()) -> Smart:
    return Smart("".join(letter for letter in LETTERS if letter not in lacks), lacks, vague)


def of_bank_goal(
    goal: Goal, values: Mapping[str, Any], unfilled: Sequence[str], for_: Sequence[str]
) -> Smart:
    """Judge a goal from the bank by its fields: `values` are its filled blanks, `unfilled` those that are not."""
    lacks: dict[str, str] = {}
    personal = [name for name in unfilled if name not in {goal.measure.start, goal.measure.target, goal.time}]
    if personal:
        asks = [goal.blanks[name].ask or name.replace("_", " ") for name in personal]
        lacks["S"] = " ".join(asks)
    start, target = values.get(goal.measure.start), values.get(goal.measure.target)
    if start is None or target is None:
        missing = [word for word, value in (("baseline", start), ("target", target)) if value is None]
        lacks["M"] = (
            f"the {' and the '.join(missing)} is not filled in"
            if len(missing) == 1
            else "baseline and target are not filled in"
        )
    elif _wrong_way(goal, start, target):
        lacks["A"] = f"the target {target:g} is no step on from the baseline {start:g}"
    for name, value in values.items():
        between = goal.blanks[name].between if name in goal.blanks else None
        if between and isinstance(value, int | float) and not between[0] <= value <= between[1]:
            lacks["A"] = (
                f"{value:g} is outside what is usual for {name.replace('_', ' ')} ({between[0]:g} to {between[1]:g})"
            )
    if not for_:
        lacks["R"] = "it is for none of the factors that keep the problem going, nor for the problem itself"
    if not isinstance(values.get(goal.time), int | float):
        lacks["T"] = "no time is set"
    return _smart(lacks)


def _wrong_way(goal: Goal, start: Any, target: Any) -> bool:
    if not isinstance(start, int | float) or not isinstance(target, int | float):
        return False
    if goal.better == "less":
        return target >= start
    if goal.better == "more":
        return target <= start
    return target == start


def of_own_words(text: str, for_: Sequence[str] = (), measure: str = "") -> Smart:
    """Judge a goal in own words by its wording."""
    lacks: dict[str, str] = {}
    lower = text.lower()
    vague = tuple(word for word in VAGUE if re.search(rf"\b{re.escape(word)}\b", lower))
    counted = bool(_COUNT.search(_TIME.sub(" ", text)))
    words = len(re.findall(r"\w+", text))
    if words < 5:
        lacks["S"] = "it is too short to say what will be done, where and with whom"
    elif vague and not counted:
        lacks["S"] = f"“{vague[0]}” does not say what will be seen to happen"
    if not counted and not measure:
        lacks["M"] = "it has no number: how often, how long, how many, or a rating from 0 to 10"
    absolute = _ABSOLUTE.search(text)
    if absolute:
        lacks["A"] = f"“{absolute[0]}” asks for more than anyone can keep: name a first step"
    if not for_:
        lacks["R"] = "it is for none of the factors that keep the problem going, nor for the problem itself"
    if not _TIME.search(text):
        lacks["T"] = "no time is set"
    return _smart(lacks, vague)


def short_of_reliable(instrument: Instrument, start: Any, target: Any) -> str:
    """Say so where a goal's target is nearer to its baseline than a reliable change; nothing where it is not."""
    scale = instrument.scales.get("total") or next(iter(instrument.scales.values()))
    if not isinstance(start, int | float) or not isinstance(target, int | float):
        return ""
    amount = abs(start - target)
    limit = scale.reliable_change or scale.meaningful_change
    if limit is None or amount >= limit:
        return ""
    kind = "a reliable change" if scale.reliable_change else "a change that matters"
    return f"from {start:g} to {target:g} is {amount:g} points; {kind} on the {instrument.short} is {limit:g} or more"
