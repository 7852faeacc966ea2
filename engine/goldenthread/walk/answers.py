"""What was written as an answer, held against what the question can take."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean
from goldenthread.language import Duration
from goldenthread.score import Score, ScoreError, from_items, from_total

if TYPE_CHECKING:
    from goldenthread.language import Type
    from goldenthread.model import Instrument

Known = Mapping[str, Any]
Fit = Callable[[Any, Known], Any]
"""Makes the value of an answer. Raises Misfit, which says what is wrong with it."""

LATER: Mapping[str, Any] = {"later": True}
NOT_KNOWN: Mapping[str, Any] = {"not_known": True}
DECLINED: Mapping[str, Any] = {"declined": True}
_NO_VALUE = ("later", "not_known", "declined")
_BESIDE = frozenset({"date", "source", "note", "also", "why"})
LONGEST_TEXT = 20_000
LONGEST_DAYS = 120 * 366
_LARGEST = 1e15
_LONGEST_FIGURE = 1e30
_ITEM = re.compile(r"item_[0-9]+")


class Misfit(ValueError):  # noqa: N818 -- it is the answer that does not fit; nothing is in error
    """An answer that its question cannot take; the message says why, `help` what it can."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


@dataclass(frozen=True, slots=True)
class Chosen:
    """A goal as chosen: from the bank or in own words, for which factors, with its blanks and measure."""

    id: str
    own: str = ""
    for_: tuple[str, ...] = ()
    blanks: Mapping[str, Any] | None = None
    measure: str = ""
    by: tuple[str, ...] = ()
    domain: str = ""


def status(raw: Any) -> str:
    """Give `later`, `not_known` or `declined` for an answer without a value, else an empty word."""
    if isinstance(raw, Mapping):
        for word in _NO_VALUE:
            if raw.get(word) is True:
                return word
    return ""


def bare(raw: Any) -> Any:
    """Give the value alone where an answer carries its date, source or note beside it."""
    if isinstance(raw, Mapping) and "value" in raw and set(raw) - {"value"} <= _BESIDE:
        return raw["value"]
    return raw


def beside(raw: Any) -> Mapping[str, Any]:
    """Give what an answer carries beside its value: date, source, note, others' answers."""
    if isinstance(raw, Mapping) and ("value" in raw or status(raw)):
        return {key: raw[key] for key in _BESIDE if key in raw}
    if isinstance(raw, Mapping) and "date" in raw:
        return {"date": raw["date"]}
    return {}


def fit_text(raw: Any, known: Known) -> str:  # noqa: ARG001 -- the shape of a fit
    """Take words."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < _LONGEST_FIGURE:
        # A figure in a file, a telephone number say, is taken digit by digit.
        raw = str(raw)
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit("words are expected here")
    if len(raw) > LONGEST_TEXT:
        raise Misfit(f"this has {len(raw)} characters; {LONGEST_TEXT} are the most")
    return raw.strip()


def fit_yes_no(raw: Any, known: Known) -> bool:  # noqa: ARG001 -- the shape of a fit
    """Take yes or no."""
    if raw is True or raw is False:
        return raw
    words = {"yes": True, "y": True, "no": False, "n": False}
    if isinstance(raw, str) and raw.strip().lower() in words:
        return words[raw.strip().lower()]
    raise Misfit(f"`{_short(raw)}` is neither yes nor no", "answer yes or no")


def fit_date(raw: Any, known: Known) -> str:  # noqa: ARG001 -- the shape of a fit
    """Take a date as 2026-01-31."""
    try:
        return datetime.date.fromisoformat(str(raw).strip()).isoformat()
    except ValueError:
        raise Misfit(f"`{_short(raw)}` is not a date", "write it as 2026-01-31") from None


def fit_duration(raw: Any, known: Known) -> Duration:  # noqa: ARG001 -- the shape of a fit
    """Take a length of time as `4 weeks`."""
    found = Duration.read(raw) if isinstance(raw, str) else None
    if found is None:
        raise Misfit(
            f"`{_short(raw)}` is not a length of time",
            "write a number and a unit: 3 days, 4 weeks, 6 months, 2 years",
        )
    if found.days > LONGEST_DAYS:
        raise Misfit(f"`{_short(raw)}` is longer than a life", "write a shorter time")
    return found


def number_fit(type_: Type, step: float | None) -> Fit:
    """Make the fit of a number between its limits."""
    low = -math.inf if type_.low is None else type_.low
    high = math.inf if type_.high is None else type_.high

    def fit(raw: Any, known: Known) -> float:  # noqa: ARG001 -- the shape of a fit
        if raw.__class__ is not int and raw.__class__ is not float:
            try:
                raw = float(raw) if isinstance(raw, str) else _fail_number(raw)
            except ValueError:
                _fail_number(raw)
        _sized(raw)
        if not low <= raw <= high:
            raise Misfit(f"{raw:g} is out of range", f"it runs from {low:g} to {high:g}")
        if step and abs(raw / step - round(raw / step)) > 1e-9:
            raise Misfit(f"{raw:g} falls between two steps of {step:g}")
        return int(raw) if raw == int(raw) else float(raw)

    return fit


def _sized(number: float) -> float:
    """Let through what can be counted with; not infinity, not a number with hundreds of digits."""
    if not -_LARGEST < number < _LARGEST:
        raise Misfit("this is no number to count with", "write a number of at most 15 digits")
    return number


def _fail_number(raw: Any) -> float:
    raise Misfit(f"`{_short(raw)}` is not a number", "write a number")


def choice_fit(
    type_: Type, allowed: Callable[[Known], frozenset[str]] | None, renamed: Mapping[str, str]
) -> Fit:
    """Make the fit of one option. `allowed` gives those that can be chosen now; `renamed` old ids to new."""
    options = frozenset(type_.options)

    def fit(raw: Any, known: Known) -> str:
        if raw.__class__ is not str or raw not in options:
            raw = _option(raw, type_, renamed)
        if allowed is not None and raw not in allowed(known):
            raise Misfit(f"`{raw}` cannot be chosen with the answers given so far")
        return str(raw)

    return fit


def choices_fit(type_: Type, asked: ChoicesAsked) -> Fit:
    """Make the fit of several options, in the order given; a map gives each its example."""
    options, exclusive = frozenset(type_.options), asked.exclusive

    def fit(raw: Any, known: Known) -> tuple[str, ...]:
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
            elif asked.other and _own_words(item):
                own += 1
                chosen.append(f"own_{own}")
            else:
                chosen.append(_option(item, type_, asked.renamed))
        if len(set(chosen)) != len(chosen):
            raise Misfit("an option is named twice")
        if exclusive and len(chosen) > 1 and not exclusive.isdisjoint(chosen):
            alone = type_.options[next(o for o in chosen if o in exclusive)]
            raise Misfit(f"“{alone}” cannot stand beside others")
        if asked.allowed is not None:
            can = asked.allowed(known)
            chosen = [option for option in chosen if option in can or option.startswith("own_")]
        if len(chosen) < asked.at_least:
            raise Misfit(f"at least {asked.at_least} must be chosen")
        if asked.at_most and len(chosen) > asked.at_most:
            raise Misfit(f"at most {asked.at_most} can be chosen")
        return tuple(chosen)

    return fit


@dataclass(frozen=True, slots=True)
class ChoicesAsked:
    """What a question about several options allows."""

    exclusive: frozenset[str] = frozenset()
    other: bool = False
    at_least: int = 0
    at_most: int = 0
    allowed: Callable[[Known], frozenset[str]] | None = None
    renamed: Mapping[str, str] | None = None


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


def _own_words(item: Any) -> str:
    if isinstance(item, Mapping) and isinstance(item.get("own"), str):
        return str(item["own"]).strip()
    return ""


def _option(raw: Any, type_: Type, renamed: Mapping[str, str] | None) -> str:
    word = raw if isinstance(raw, str) else ("yes" if raw is True else "no" if raw is False else str(raw))
    if word in type_.options:
        return word
    if renamed and word in renamed:
        return renamed[word]
    raise Misfit(f"`{_short(raw)}` is not an option here", did_you_mean(word, type_.options))


def examples(raw: Any) -> Mapping[str, str]:
    """Give the example that was written for each option."""
    raw = bare(raw)
    return (
        {key: str(text) for key, text in raw.items() if isinstance(text, str)}
        if isinstance(raw, Mapping)
        else {}
    )


def own_words(raw: Any) -> Mapping[str, str]:
    """Give the client's own options, by `own_1`, `own_2` and so on."""
    raw = bare(raw)
    words = [_own_words(item) for item in raw] if isinstance(raw, list | tuple) else []
    return {f"own_{n}": text for n, text in enumerate([w for w in words if w], 1)}


def goals_fit(type_: Type, at_least: int, at_most: int) -> Fit:
    """Make the fit of chosen goals; the value is their ids, `own_1` … for those in own words."""

    def fit(raw: Any, known: Known) -> tuple[str, ...]:  # noqa: ARG001 -- the shape of a fit
        ids = tuple(goal.id for goal in chosen_goals(raw, type_))
        if len(ids) < at_least:
            raise Misfit(f"at least {at_least} goal must be chosen")
        if at_most and len(ids) > at_most:
            raise Misfit(f"at most {at_most} goals can be followed at once")
        return ids

    return fit


def chosen_goals(raw: Any, type_: Type | None = None) -> tuple[Chosen, ...]:
    """Read chosen goals: `[{id, for, blanks}, {own, for, measure}]`. Raises Misfit."""
    raw = bare(raw)
    if isinstance(raw, str | Mapping):
        raw = [raw]
    if not isinstance(raw, list | tuple):
        raise Misfit("a list of goals is expected here", "write [{id: goal, for: [factor], blanks: {…}}]")
    made: list[Chosen] = []
    own = 0
    for item in raw:
        if isinstance(item, str):
            item = {"id": item}  # noqa: PLW2901 -- the short form of the same
        if not isinstance(item, Mapping) or not ("id" in item or _own_words(item)):
            raise Misfit("a goal has an `id` from the bank, or `own` words")
        unknown = set(item) - {"id", "own", "for", "blanks", "measure", "by", "domain"}
        if unknown:
            raise Misfit(
                f"a goal has no `{_short(min(map(str, unknown)))}`",
                "it has id or own, for, blanks, measure, by, domain",
            )
        if "id" in item and type_ is not None and str(item["id"]) not in type_.options:
            raise Misfit(
                f"there is no goal `{_short(item['id'])}`", did_you_mean(str(item["id"]), type_.options)
            )
        blanks = item.get("blanks") or {}
        if not isinstance(blanks, Mapping):
            raise Misfit("the blanks of a goal are a map", "write blanks: {place: the gym, times: 3}")
        if "id" not in item:
            own += 1
        made.append(
            Chosen(
                id=str(item.get("id", f"own_{own}")),
                own=_own_words(item),
                for_=_names(item.get("for"), "for"),
                blanks=blanks,
                measure=str(item.get("measure") or ""),
                by=_names(item.get("by"), "by"),
                domain=str(item.get("domain") or ""),
            )
        )
    if len({goal.id for goal in made}) != len(made):
        raise Misfit("a goal is named twice")
    return tuple(made)


def _names(raw: Any, key: str) -> tuple[str, ...]:
    if raw is None:
        return ()
    found = (raw,) if isinstance(raw, str) else raw
    if not isinstance(found, list | tuple) or not all(isinstance(name, str) for name in found):
        raise Misfit(f"`{key}` of a goal is a list of names", f"write {key}: [one, another]")
    return tuple(found)


def measure_fit(instrument: Instrument) -> Fit:
    """Make the fit of an instrument: `{items: […]}`, or `{total: 17, item_9: 1}`, each with a `date` if known."""

    def fit(raw: Any, known: Known) -> Score:  # noqa: ARG001 -- the shape of a fit
        try:
            return _score(instrument, raw)
        except ScoreError as error:
            raise Misfit(str(error)) from None

    return fit


def _score(instrument: Instrument, raw: Any) -> Score:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = {"total": raw}
    if not isinstance(raw, Mapping):
        raise Misfit("a score is expected here", "write {items: [0, 1, …]} or {total: 17}")
    date = str(raw.get("date", ""))
    if "items" in raw:
        if not isinstance(raw["items"], list | tuple):
            raise Misfit("the items are a list: one answer each, in order", "write {items: [0, 1, …]}")
        return from_items(instrument, [None if v is None else _as_number(v) for v in raw["items"]], date)
    if "total" not in raw:
        raise Misfit("a score needs its `items` or its `total`")
    items: dict[int, float] = {}
    left_open = set()
    for risk in instrument.risk:
        value = raw.get(f"item_{risk.item}")
        if value is None:
            asks = f"the {instrument.short} asks about {risk.about} in item {risk.item}"
            message = f"{asks}; a total alone does not say what was answered"
            raise Misfit(message, f"add item_{risk.item}, or item_{risk.item}: {{not_known: true}}")
        if status(value):
            left_open.add(risk.item)
        else:
            items[risk.item] = _as_number(value)
    for key in raw:
        if key not in {"total", "scale", "date"} and not _ITEM.fullmatch(str(key)):
            raise Misfit(f"a score has no `{_short(key)}`", "it has items, or total with item_N, and date")
    score = from_total(instrument, _as_number(raw["total"]), items, str(raw.get("scale", "")), date)
    return Score(score.instrument, score.totals, score.items, frozenset(left_open), date)


def _as_number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _sized(value)
    raise Misfit(f"`{_short(value)}` is not a number")


def fit_acknowledged(raw: Any, known: Known) -> bool:  # noqa: ARG001 -- the shape of a fit
    """Take `true`: it was seen."""
    if raw is True or (isinstance(raw, str) and raw.lower() in {"true", "yes", "seen"}):
        return True
    raise Misfit("this must be acknowledged", "write true")


def _short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 40 else text[:37] + "…"
