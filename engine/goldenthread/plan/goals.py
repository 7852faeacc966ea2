"""Chosen goals, with their blanks filled, their measure, and what they lack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.language import Duration
from goldenthread.plan.smart import Smart, of_bank_goal, of_own_words, short_of_reliable
from goldenthread.plan.specificity import sentence
from goldenthread.plan.wording import capitals

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from goldenthread.model import Blank, Goal, Source
    from goldenthread.plan.reading import Reading
    from goldenthread.walk import Chosen

_FIGURE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ONE = re.compile(
    r"(?<![\d.,/-])1 (time|occasion|night|day|week|month|hour|minute|step|session|meeting|point|evening)s\b"
)
_LONG = 60


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of the plan. `for_` are ids of perpetuating factors, or `problem`; `flags` say what to look at again."""

    id: str
    name: str
    text: str
    say: str
    domain: str
    for_: tuple[str, ...]
    for_names: tuple[str, ...]
    smart: Smart
    unfilled: tuple[str, ...]
    measure: str
    instrument: str
    baseline: float | None
    target: float | None
    due: str
    objectives: tuple[str, ...]
    interventions: tuple[str, ...]
    discharge: str
    flags: tuple[str, ...]
    cites: tuple[Source, ...] = ()


def filled_blanks(
    goal: Goal, given: Mapping[str, Any], reading: Reading, scores: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Give the value of each blank that has one, and the names of those that have none.

    A value that the clinician gave comes first, then a fact of the case, then the number that the bank puts forward.
    A baseline is never put forward: it is about this client, and has to be asked. `scores` are those that stood when
    the goal was chosen; they go before what is known now.
    """
    values: dict[str, Any] = {}
    unfilled: list[str] = []
    known = {**reading.facts.known, **(scores or {})}
    for name, blank in goal.blanks.items():
        value = _value(blank, given.get(name), known, reading, baseline=name == goal.measure.start)
        if value is None:
            unfilled.append(name)
        else:
            values[name] = value
    return values, unfilled


def _value(blank: Blank, given: Any, known: Mapping[str, Any], reading: Reading, *, baseline: bool) -> Any:
    if given is not None and str(given).strip():
        return _number(given)
    if blank.fact:
        value = known.get(blank.fact)
        if value is not None:
            return value if isinstance(value, int | float) else reading.words(blank.fact, value)
        return None
    if baseline:
        return None
    return blank.number if blank.number is not None else (blank.text or None if not blank.ask else None)


def _number(given: Any) -> Any:
    """Take a figure that was typed as a word for the number that it is."""
    if isinstance(given, str) and _FIGURE.fullmatch(given.strip()):
        figure = float(given)
        return int(figure) if figure == int(figure) else figure
    return given


def fill(text: str, values: Mapping[str, Any], client: str) -> str:
    """Put values into the blanks of a text; a blank without one stays to be seen, in square brackets."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name == "client":
            return client
        value = values.get(name)
        if value is None:
            return f"[{name.replace('_', ' ')}]"
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}"
        return str(value)

    return capitals(_ONE.sub(r"1 \1", " ".join(_BLANK.sub(word, text).split())))


def short(text: str) -> str:
    """Give the beginning of a text, to call it by."""
    text = text.strip().rstrip(".")
    return text if len(text) <= _LONG else text[:_LONG].rpartition(" ")[0].rstrip(",;:") + "…"


def goal_lines(
    reading: Reading, goals: Sequence[Chosen], client: str, chosen_on: datetime.date
) -> tuple[GoalLine, ...]:
    """Give chosen goals as lines of the plan. Their times run from the day on which they were chosen."""
    lines = []
    for chosen in goals:
        goal = reading.library.goals.get(chosen.id)
        lines.append(
            _from_bank(goal, chosen, reading, client, chosen_on)
            if goal
            else _in_own_words(chosen, reading, chosen_on)
        )
    return tuple(lines)


def _for(chosen: Chosen, targets: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    if chosen.for_:
        return chosen.for_
    factors = reading.facts.known.get("perpetuating", ())
    found = tuple(target for target in targets if target in factors)
    return found or (("problem",) if "problem" in targets else ())


def _names(for_: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    return tuple(
        "the presenting problem" if f == "problem" else reading.option("perpetuating", f) for f in for_
    )


def _due(weeks: Any, chosen_on: datetime.date) -> str:
    import datetime as dates  # noqa: PLC0415 -- only the type is needed above

    if isinstance(weeks, int | float) and 0 < weeks < 1000:
        return (chosen_on + dates.timedelta(weeks=float(weeks))).isoformat()
    return ""


def _from_bank(
    goal: Goal, chosen: Chosen, reading: Reading, client: str, chosen_on: datetime.date
) -> GoalLine:
    values, unfilled = filled_blanks(goal, chosen.blanks or {}, reading, reading.agreed.scores)
    for_ = _for(chosen, goal.targets, reading)
    start, target = values.get(goal.measure.start), values.get(goal.measure.target)
    flags = []
    instrument = reading.library.instruments.get(goal.measure.instrument.partition(".")[0])
    if instrument is not None:
        short = short_of_reliable(instrument, start, target)
        if short:
            flags.append(f"The target falls short: {short}.")
    return GoalLine(
        id=goal.id,
        name=goal.name,
        text=sentence(fill(goal.text, values, client)),
        say=sentence(fill(goal.say, values, client)),
        domain=goal.domain.replace("_", " "),
        for_=for_,
        for_names=_names(for_, reading),
        smart=of_bank_goal(goal, values, unfilled, for_),
        unfilled=tuple(goal.blanks[name].ask or name.replace("_", " ") for name in unfilled),
        measure=_measure_words(goal, start, target, instrument.short if instrument else ""),
        instrument=instrument.id if instrument else "",
        baseline=start if isinstance(start, int | float) else None,
        target=target if isinstance(target, int | float) else None,
        due=_due(values.get(goal.time), chosen_on),
        objectives=goal.objectives,
        interventions=goal.interventions,
        discharge=goal.discharge,
        flags=tuple(flags),
        cites=goal.sources,
    )


def _measure_words(goal: Goal, start: Any, target: Any, short: str) -> str:
    def shown(value: Any) -> str:
        return f"{value:g}" if isinstance(value, int | float) else "[not filled in]"

    measure = goal.measure
    what = measure.count or (f"{short} score" if short else f"rating 0 to 10 ({measure.rating})")
    per = f" per {measure.per}" if measure.per and measure.per != "total" else ""
    # Some counts already say per what.
    per = "" if per.strip() and per.strip() in what else per
    return f"{what}{per}, from {shown(start)} to {shown(target)}"


def _in_own_words(chosen: Chosen, reading: Reading, chosen_on: datetime.date) -> GoalLine:
    weeks = _weeks(chosen.own)
    return GoalLine(
        id=chosen.id,
        name=short(chosen.own),
        text=sentence(chosen.own),
        say=sentence(chosen.own),
        domain=chosen.domain.replace("_", " "),
        for_=chosen.for_,
        for_names=_names(chosen.for_, reading),
        smart=of_own_words(chosen.own, chosen.for_, chosen.measure),
        unfilled=(),
        measure=chosen.measure or "rating 0 to 10 (0 not at all reached, 10 fully reached)",
        instrument="",
        baseline=None,
        target=None,
        due=_due(weeks, chosen_on),
        objectives=(),
        interventions=chosen.by,
        discharge="",
        flags=(),
    )


def _weeks(text: str) -> float | None:
    match = re.search(r"\b(\d+)\s+(day|week|month)s?\b", text.lower())
    if match is None:
        return None
    found = Duration.read(f"{match[1]} {match[2]}")
    return found.days / 7 if found else None
