"""The fit of an answer: what was written, held against what a type of question can take."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean
from goldenthread.language import Duration
from goldenthread.walk.answers import (
    NOTHING,
    OWN,
    Asked,
    Fit,
    Known,
    Misfit,
    in_own_words,
    option_named,
    shortened,
)
from goldenthread.walk.goals import goals_fit

if TYPE_CHECKING:
    from goldenthread.language import Type

LONGEST_TEXT = 20_000
LONGEST_DAYS = 120 * 366
_LARGEST = 1e15
_LONGEST_FIGURE = 1e30


@dataclass(frozen=True, slots=True)
class ChoicesAsked:
    """What a question about several options allows."""

    exclusive: frozenset[str] = frozenset()
    other: bool = False
    at_least: int = 0
    at_most: int = 0
    allowed: Callable[[Known, Asked], frozenset[str]] | None = None
    renamed: Mapping[str, str] | None = None
    chosen_before: bool = False
    """Whether the options are what was chosen for another role, the client's own words (`own_1`) among them."""


def fit_for(type_: Type, asked: ChoicesAsked, step: float | None = None) -> Fit:
    """Make the fit that a type asks for."""
    match type_.kind:
        case "text":
            return fit_text
        case "yes_no":
            return fit_yes_no
        case "date":
            return fit_date
        case "duration":
            return fit_duration
        case "number":
            return number_fit(type_, step)
        case "goals":
            return goals_fit(type_, asked.at_least, asked.at_most)
        case "choice":
            return choice_fit(type_, asked.allowed, asked.renamed or {})
        case "choices":
            return choices_fit(type_, asked)


def fit_text(raw: Any, known: Known, asked: Asked = NOTHING) -> str:  # noqa: ARG001 -- the shape of a fit
    """Take words."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < _LONGEST_FIGURE:
        # A figure in a file, a telephone number say, is taken digit by digit.
        raw = str(raw)
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit("words are expected here")
    if len(raw) > LONGEST_TEXT:
        raise Misfit(f"this has {len(raw)} characters; {LONGEST_TEXT} are the most")
    return raw.strip()


def fit_yes_no(raw: Any, known: Known, asked: Asked = NOTHING) -> bool:  # noqa: ARG001 -- the shape of a fit
    """Take yes or no."""
    if raw is True or raw is False:
        return raw
    words = {"yes": True, "y": True, "no": False, "n": False}
    if isinstance(raw, str) and raw.strip().lower() in words:
        return words[raw.strip().lower()]
    raise Misfit(f"`{shortened(raw)}` is neither yes nor no", "answer yes or no")


def fit_acknowledged(raw: Any, known: Known, asked: Asked = NOTHING) -> bool:  # noqa: ARG001 -- the shape of a fit
    """Take `true`: it was seen."""
    if raw is True or (isinstance(raw, str) and raw.lower() in {"true", "yes", "seen"}):
        return True
    raise Misfit("this must be acknowledged", "write true")


def fit_date(raw: Any, known: Known, asked: Asked = NOTHING) -> str:  # noqa: ARG001 -- the shape of a fit
    """Take a date as 2026-01-31."""
    try:
        return datetime.date.fromisoformat(str(raw).strip()).isoformat()
    except ValueError:
        raise Misfit(f"`{shortened(raw)}` is not a date", "write it as 2026-01-31") from None


def fit_duration(raw: Any, known: Known, asked: Asked = NOTHING) -> Duration:  # noqa: ARG001 -- the shape of a fit
    """Take a length of time as `4 weeks`."""
    found = Duration.read(raw) if isinstance(raw, str) else None
    if found is None:
        raise Misfit(
            f"`{shortened(raw)}` is not a length of time",
            "write a number and a unit: 3 days, 4 weeks, 6 months, 2 years",
        )
    if found.days > LONGEST_DAYS:
        raise Misfit(f"`{shortened(raw)}` is longer than a life", "write a shorter time")
    return found


def number_fit(type_: Type, step: float | None) -> Fit:
    """Make the fit of a number between its limits."""
    low = -math.inf if type_.low is None else type_.low
    high = math.inf if type_.high is None else type_.high

    def fit(raw: Any, known: Known, asked: Asked = NOTHING) -> float:  # noqa: ARG001 -- the shape of a fit
        if raw.__class__ is not int and raw.__class__ is not float:
            try:
                raw = float(raw) if isinstance(raw, str) else _fail_number(raw)
            except ValueError:
                _fail_number(raw)
        countable(raw)
        if not low <= raw <= high:
            raise Misfit(f"{raw:g} is out of range", f"it runs from {low:g} to {high:g}")
        if step and abs(raw / step - round(raw / step)) > 1e-9:
            raise Misfit(f"{raw:g} falls between two steps of {step:g}")
        return int(raw) if raw == int(raw) else float(raw)

    return fit


def _fail_number(raw: Any) -> float:
    raise Misfit(f"`{shortened(raw)}` is not a number", "write a number")


def countable(number: float) -> float:
    """Let through what can be counted with; not infinity, not a number with hundreds of digits."""
    if not -_LARGEST < number < _LARGEST:
        raise Misfit("this is no number to count with", "write a number of at most 15 digits")
    return number


def choice_fit(
    type_: Type, allowed: Callable[[Known, Asked], frozenset[str]] | None, renamed: Mapping[str, str]
) -> Fit:
    """Make the fit of one option. `allowed` gives those that can be chosen now; `renamed` old ids to new."""
    options = frozenset(type_.options)

    def fit(raw: Any, known: Known, asked: Asked = NOTHING) -> str:
        can = options if allowed is None else allowed(known, asked)
        if raw.__class__ is not str or raw not in can:
            raw = _option(raw, type_, renamed)
        if raw not in can:
            raise Misfit(f"`{raw}` cannot be chosen with the answers given so far")
        return str(raw)

    return fit


def choices_fit(type_: Type, demanded: ChoicesAsked) -> Fit:
    """Make the fit of several options, in the order given.

    A map gives each its example, and so does a list of `{option, example}` and `{own, example}`.
    """
    options, exclusive = frozenset(type_.options), demanded.exclusive

    def fit(raw: Any, known: Known, asked: Asked = NOTHING) -> tuple[str, ...]:
        raw = list(raw) if isinstance(raw, Mapping) else raw
        if raw.__class__ is str:
            raw = [raw]
        if not isinstance(raw, list | tuple):
            raise Misfit("a list of options is expected here", "write [one, another]")
        chosen: list[str] = []
        own = 0
        for item in raw:
            if item.__class__ is str and item in options:
                chosen.append(item)
            elif demanded.other and in_own_words(item):
                own += 1
                chosen.append(f"{OWN}{own}")
            else:
                named = (option_named(item) if isinstance(item, Mapping) else item) or item
                before = demanded.chosen_before and isinstance(named, str) and named.startswith(OWN)
                chosen.append(named if before else _option(named, type_, demanded.renamed))
        if len(set(chosen)) != len(chosen):
            raise Misfit("an option is named twice")
        if exclusive and len(chosen) > 1 and not exclusive.isdisjoint(chosen):
            alone = type_.options[next(o for o in chosen if o in exclusive)]
            raise Misfit(f"“{alone}” cannot stand beside others")
        if demanded.allowed is not None:
            can = demanded.allowed(known, asked)
            chosen = [o for o in chosen if o in can or (demanded.other and o.startswith(OWN))]
        if len(chosen) < demanded.at_least:
            raise Misfit(f"at least {demanded.at_least} must be chosen")
        if demanded.at_most and len(chosen) > demanded.at_most:
            raise Misfit(f"at most {demanded.at_most} can be chosen")
        return tuple(chosen)

    return fit


def _option(raw: Any, type_: Type, renamed: Mapping[str, str] | None) -> str:
    word = raw if isinstance(raw, str) else ("yes" if raw is True else "no" if raw is False else str(raw))
    if word in type_.options:
        return word
    if renamed and word in renamed:
        return renamed[word]
    raise Misfit(f"`{shortened(raw)}` is not an option here", did_you_mean(word, type_.options))
