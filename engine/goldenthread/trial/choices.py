"""The answers to a question that anything can follow from: every option, the edges of every threshold, no answer."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goldenthread.language import Duration
from goldenthread.trial.atoms import Compared
from goldenthread.walk import DECLINED, LATER, NOT_KNOWN, OWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.model import Instrument, Library, Node, Role, Scale
    from goldenthread.walk import Program, Step

WORDS = "in the client's own words"
DAY = "2026-01-15"
_WIDE = 1e6
"""The most that is tried where a number has no upper limit."""


def answers_to(step: Step, program: Program, meaning: Mapping[str, Compared]) -> list[Any]:
    """Give the answers with a value that are worth giving to a question, as they are written in a file.

    Some may not fit with other answers given: an option that is not offered then, say. The walk says so.
    """
    node, library = step.node, program.library
    if node.verb == "tell":
        return [True]
    if node.verb == "measure":
        return list(_scores(library.instruments[node.measure], meaning))
    assert step.type is not None  # noqa: S101 -- what is asked has a type
    known = _merged(meaning.get(node.key), meaning.get(node.role))
    match step.type.kind:
        case "text":
            return [WORDS]
        case "yes_no":
            return [True, False]
        case "date":
            return [DAY]
        case "duration":
            return list(_durations(known))
        case "number":
            low, high = step.type.low, step.type.high
            return _beside(known.numbers, low, high, _step_of(node, library))
        case "choice":
            return list(step.type.options)
        case "goals":
            return list(_goals(node, library))
        case _:
            return list(_choices(step, library, known))


def without_value(step: Step) -> list[Any]:
    """Give the ways of not answering a question."""
    if step.node.verb == "tell":
        return []
    ways = [dict(NOT_KNOWN), dict(DECLINED)]
    return ways if step.required else [*ways, dict(LATER)]


def calm(step: Step, library: Library) -> Any:
    """Give the answer that reports no danger, or None where the question is not about safety."""
    role = library.roles.get(step.node.role)
    if role is None or not role.safety or step.node.verb != "ask":
        return None
    if role.answer == "yes_no":
        return False
    alone = [option.id for option in role.options.values() if option.exclusive]
    return alone[:1] or None


def _merged(*found: Compared | None) -> Compared:
    made = Compared()
    for one in found:
        if one is not None:
            made.numbers |= one.numbers
            made.spans |= one.spans
            made.counts |= one.counts
            made.together |= one.together
    return made


def _durations(known: Compared) -> Iterator[str]:
    yield "1 day"
    for text in known.spans:
        found = Duration.read(text)
        if found is not None:
            yield from (f"{math.ceil(found.days) - 1} days", text, f"{math.floor(found.days) + 1} days")
    yield "20 years"


def _step_of(node: Node, library: Library) -> float:
    role = library.roles.get(node.role)
    return (role.step if role else node.step) or 1


def _beside(numbers: Mapping[float, None], low: float | None, high: float | None, step: float) -> list[Any]:
    """Give each number that something is compared with, those beside it, and the limits."""
    least = 0.0 if low is None else low
    most = max([least, *numbers]) + step if high is None else high
    found = {least, most, *(n + d for n in numbers for d in (-step, 0, step))}
    return [int(n) if n == int(n) else n for n in sorted(found) if least <= n <= most <= _WIDE]


def _choices(step: Step, library: Library, known: Compared) -> Iterator[list[Any]]:
    node = step.node
    asked: Role | Node = library.roles.get(node.role) or node
    assert step.type is not None  # noqa: S101 -- what is asked has a type
    alone = {option.id for option in asked.options.values() if option.exclusive}
    several = [option for option in step.type.options if option not in alone]
    yield from ([option] for option in step.type.options)
    yield from (list(together) for together in known.together if alone.isdisjoint(together))
    yield from (list(pair) for pair in pairwise(several))
    for count in sorted({n + d for n in known.counts for d in (-1, 0, 1)}):
        if 1 < count <= len(several):
            yield several[:count]
            yield several[-count:]
    if not node.at_least:
        yield []
    if asked.other:
        yield [{"own": WORDS}]
        yield [*several[:1], {"own": WORDS}]


def _goals(node: Node, library: Library) -> Iterator[list[Any]]:
    goals = [{"id": goal.id, "for": list(goal.targets[:1])} for goal in library.goals.values()]
    yield from ([goal] for goal in goals)
    yield from (list(pair) for pair in pairwise(goals))
    yield [{"own": WORDS}]
    if not node.at_least:
        yield []


def _scores(instrument: Instrument, meaning: Mapping[str, Compared]) -> Iterator[dict[str, Any]]:
    """Give totals at the edge of each band and beside each threshold, with each answer to what asks about risk."""
    main = "total" if "total" in instrument.scales else next(iter(instrument.scales))
    if len(instrument.scales) > 1 and instrument.items and instrument.item_between:
        yield from _by_items(instrument)
        return
    stem = instrument.id if main == "total" else f"{instrument.id}.{main}"
    own = _merged(*(meaning.get(f"{stem}.{name}") for name in ("total", "first", "latest")))
    totals = _totals(instrument.scales[main], own.numbers)
    risks = [f"item_{item.item}" for item in instrument.risk]
    for n, total in enumerate(totals):
        if not risks:
            yield {"total": total}
            continue
        values = _item_values(instrument, instrument.risk[0].item)
        # A total of nothing goes with items of nothing; what does not agree is refused by the walk.
        for value in (values[0], values[min(1, len(values) - 1)], values[-1]) if n else values[:1]:
            yield {"total": total, **dict.fromkeys(risks, value)}
        yield {"total": total, **{risk: dict(NOT_KNOWN) for risk in risks}}


def _totals(scale: Scale, numbers: Mapping[float, None]) -> list[Any]:
    edges = {band.start: None for band in scale.bands} | dict(numbers)
    return _beside(edges, scale.between[0], scale.between[1], scale.step)


def _item_values(instrument: Instrument, item: int) -> list[Any]:
    listed = instrument.item_values.get(str(item))
    if listed:
        return list(listed)
    low, high = instrument.item_between or (0, 1)
    return list(range(int(low), int(high) + 1))


def _by_items(instrument: Instrument) -> Iterator[dict[str, Any]]:
    """Give every item the same place among its values, and one scale after the other the highest."""
    numbers = range(1, instrument.items + 1)
    values = {n: _item_values(instrument, n) for n in numbers}
    for place in range(max(len(v) for v in values.values())):
        yield {"items": [v[min(place, len(v) - 1)] for v in values.values()]}
    for scale in instrument.scales.values():
        if scale.items != "all":
            yield {"items": [values[n][-1] if n in set(scale.items) else values[n][0] for n in numbers]}


def options_in(answer: Any) -> list[str]:
    """Give the options that a written answer chooses; those in own words are left out."""
    if isinstance(answer, str):
        return [answer]
    return (
        [o for o in answer if isinstance(o, str) and not o.startswith(OWN)]
        if isinstance(answer, list)
        else []
    )
