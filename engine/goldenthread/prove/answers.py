"""The answers that a question can be given, as few as tell every condition apart.

Two answers are the same to the library when no condition can tell them apart. Of each kind one answer stands here,
made by the question's own fit, so that what it makes known is what the walk would record.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Any

from goldenthread.score import ScoreError, change
from goldenthread.walk import Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goldenthread.language import Type
    from goldenthread.model import Instrument
    from goldenthread.prove.reading import Atom
    from goldenthread.walk.program import Step

A_DAY = "2026-01-05"
_MOST_SCORES = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as written, and what it makes known; `before` is an earlier score that it is held against.

    What was known of `left_out` is no answer any more.
    """

    raw: Any
    known: Mapping[str, Any]
    asked: Mapping[str, str] = field(default_factory=dict)
    before: Any = None
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest that a number can be."""

    low: float | None
    high: float | None


def values_of(type_: Type, atoms: Sequence[Atom], step: float | None = None) -> Iterator[Any]:
    """Give raw values of a type, among them one of every kind that the atoms tell apart; not for choices."""
    match type_.kind:
        case "yes_no":
            yield from (True, False)
        case "choice":
            yield from type_.options
        case "number":
            yield from numbers(type_, [cut for atom in atoms for cut in atom.cuts], step)
        case "duration":
            yield from _durations([cut for atom in atoms for cut in atom.cuts])
        case "date":
            yield A_DAY
        case "goals":
            most = max((cut for atom in atoms for cut in atom.cuts), default=1)
            names = list(type_.options)
            for count in range(int(most) + 3):
                made: list[Any] = [*names[:count]]
                yield made + [{"own": f"our own goal {n}"} for n in range(count - len(made))]
        case _:
            yield "words"


def numbers(type_: Type | Limits, cuts: Iterable[float], step: float | None) -> Iterator[float]:
    """Give numbers at, beside and between the cuts, within the type's limits and on its steps."""
    low = -1e6 if type_.low is None else type_.low
    high = 1e6 if type_.high is None else type_.high
    size = step or 1
    found = {low, high}
    ordered = sorted({low, high, *(cut for cut in cuts if low <= cut <= high)})
    for cut in ordered:
        down, up = (cut // size) * size, -(-cut // size) * size
        found |= {cut, down, up, down - size, up + size}
    if not step:
        found |= {(one + other) / 2 for one, other in pairwise(ordered)}
    # A whole number is written without a point.
    yield from (int(n) if n == int(n) else n for n in sorted(found) if low <= n <= high)


def _durations(cuts: Iterable[float]) -> Iterator[str]:
    found = {1.0}
    for cut in cuts:
        whole = float(int(cut))
        found |= {cut, whole - 1, whole, whole + 1, whole + 2}
    yield from (f"{days:g} days" for days in sorted(found) if days >= 0)


def listed(step: Step, instrument: Instrument | None, atoms: Mapping[str, Sequence[Atom]]) -> list[Answer]:
    """Give the answers of a question other than choices. What no condition tells apart stands once."""
    made = _plain(step, atoms) if instrument is None else _scores(step, instrument, atoms)
    kinds: dict[Any, Answer] = {}
    for answer in made:
        kinds.setdefault(_kind(step, answer, atoms), answer)
    return list(kinds.values())


def _kind(step: Step, answer: Answer, atoms: Mapping[str, Sequence[Atom]]) -> Any:
    """Give what tells an answer apart: the truth of every condition that reads it, and what else makes a difference.

    Of an option that is its name; of goals, for each of which a flowchart may run, whether they are none, one or more.
    """
    kind = step.type.kind if step.type is not None else ""
    named = answer.raw if kind == "choice" else min(len(answer.raw), 2) if kind == "goals" else ""
    read = tuple(
        atom.truth(answer.known, answer.asked)
        for key in (*answer.known, *answer.asked)
        for atom in atoms.get(key, ())
    )
    return (named, answer.before is None, read, frozenset(answer.asked), answer.left_out)


def _plain(step: Step, atoms: Mapping[str, Sequence[Atom]]) -> Iterator[Answer]:
    assert step.type is not None  # noqa: S101 -- a question has a type
    keys = [key for key in (step.key, step.role) if key]
    for raw in values_of(step.type, [a for key in keys for a in atoms.get(key, ())], step.node.step):
        try:
            # Which option is on offer depends on the answers before.
            value = raw if step.type.kind == "choice" else step.fit(raw, {})
        except Misfit:
            continue
        yield Answer(raw, dict.fromkeys(keys, value))


def scores_of(
    step: Step, instrument: Instrument, atoms: Mapping[str, Sequence[Atom]]
) -> Iterator[tuple[Any, Any]]:
    """Give raw scores of every kind, each with what its measure makes of it."""
    for raw in _score_raws(instrument, step.key, atoms):
        with suppress(Misfit, ScoreError):
            yield raw, step.fit(raw, {})


def _scores(step: Step, instrument: Instrument, atoms: Mapping[str, Sequence[Atom]]) -> Iterator[Answer]:
    raws = list(scores_of(step, instrument, atoms))
    stems = [instrument.id if name == "total" else f"{instrument.id}.{name}" for name in instrument.scales]
    over_time = any(f"{stem}.{part}" in atoms for stem in stems for part in ("first", "change", "reliable"))
    for raw, score in raws:
        known = {step.key: score.main, **dict(score.facts())}
        for name, total in score.totals.items():
            stem = instrument.id if name == "total" else f"{instrument.id}.{name}"
            known[f"{stem}.first"] = known[f"{stem}.latest"] = total
        asked = {f"{instrument.id}.item_{number}": "not_known" for number in score.not_known}
        items = {f"{instrument.id}.item_{number}" for number in score.left_out}
        left_out = frozenset(items & atoms.keys())
        yield Answer(raw, known, asked, left_out=left_out)
        for earlier, first in raws if over_time else ():
            later = dict(known)
            for name, total in score.totals.items():
                if name not in first.totals:
                    continue
                stem = instrument.id if name == "total" else f"{instrument.id}.{name}"
                found = change(instrument.scales[name], first.totals[name], total)
                later[f"{stem}.first"], later[f"{stem}.change"] = first.totals[name], found.amount
                if found.verdict != "not_established":
                    later[f"{stem}.reliable"] = found.verdict
            yield Answer(raw, later, asked, before=earlier, left_out=left_out)


def _score_raws(
    instrument: Instrument, key: str, atoms: Mapping[str, Sequence[Atom]]
) -> Iterator[Mapping[str, Any]]:
    """Give raw scores: each total that bands or conditions tell apart, with each answer of the items that are read."""
    risky = [risk.item for risk in instrument.risk]
    item_cuts = {number: _item_values(instrument, number, atoms) for number in risky}
    for name, scale in instrument.scales.items():
        stem = instrument.id if name == "total" else f"{instrument.id}.{name}"
        cuts = [band.start for band in scale.bands]
        for part in ("total", "first", "latest", "change"):
            cuts += [cut for atom in atoms.get(f"{stem}.{part}", ()) for cut in atom.cuts]
        cuts += [cut for atom in atoms.get(key, ()) for cut in atom.cuts]
        cuts += [number * size for number in risky for size in item_cuts[number] if isinstance(size, int)]
        if scale.reliable_change:
            cuts += [scale.between[0] + scale.reliable_change, scale.between[1] - scale.reliable_change]
        limits = Limits(scale.between[0], scale.between[1])
        for total in numbers(limits, cuts, scale.step):
            for items in product(*item_cuts.values()):
                given = {f"item_{n}": value for n, value in zip(risky, items, strict=True)}
                yield (
                    {"total": total, **given} if name == "total" else {"total": total, "scale": name, **given}
                )
    yield from _by_items(instrument, atoms)


def _item_values(instrument: Instrument, number: int, atoms: Mapping[str, Sequence[Atom]]) -> list[Any]:
    cuts = [cut for atom in atoms.get(f"{instrument.id}.item_{number}", ()) for cut in atom.cuts]
    return [*_item_numbers(instrument, number, cuts), {"not_known": True}]


def _item_numbers(instrument: Instrument, number: int, cuts: Iterable[float]) -> list[int]:
    allowed = instrument.item_values.get(str(number))
    if allowed is not None:
        return [int(value) for value in allowed]
    low, high = instrument.item_between or (0, 0)
    return sorted({int(value) for value in numbers(Limits(low, high), cuts, 1)})


def _by_items(instrument: Instrument, atoms: Mapping[str, Sequence[Atom]]) -> Iterator[Mapping[str, Any]]:
    """Give raw scores by items, where conditions read items that a total does not carry, or several scales at once."""
    risky = {risk.item for risk in instrument.risk}
    read = {
        n: [cut for atom in atoms.get(f"{instrument.id}.item_{n}", ()) for cut in atom.cuts]
        for n in range(1, instrument.items + 1)
        if f"{instrument.id}.item_{n}" in atoms
    }
    own = {name: _own_items(instrument, name, read) for name in instrument.scales}
    wanted = [
        name for name in instrument.scales if any(_of(instrument, name, part) in atoms for part in _PARTS)
    ]
    apart = [name for name in wanted if not any(own[name] > own[other] for other in wanted)]
    if not instrument.items or (len(apart) < 2 and read.keys() <= risky):
        return
    low, high = (int(limit) for limit in instrument.item_between or (0, 0))
    values = {n: _item_numbers(instrument, n, cuts) for n, cuts in read.items()}
    sums = [_sums(instrument, name, atoms, len(own[name]) * (high - low)) for name in apart]
    for picked in product(*values.values()):
        for rests in islice(product(*sums), _MOST_SCORES):
            items: dict[int, Any] = dict(zip(values, picked, strict=True))
            for name, left in zip(apart, rests, strict=True):
                for n in sorted(own[name]):
                    items[n] = low + min(left, high - low)
                    left -= items[n] - low  # noqa: PLW2901 -- what is left to spread
            yield {"items": [items.get(n, low) for n in range(1, instrument.items + 1)]}


_PARTS = ("total", "band", "first", "latest", "change", "reliable")


def _of(instrument: Instrument, scale: str, part: str) -> str:
    return f"{instrument.id}.{part}" if scale == "total" else f"{instrument.id}.{scale}.{part}"


def _own_items(instrument: Instrument, name: str, read: Mapping[int, Any]) -> frozenset[int]:
    items = instrument.scales[name].items
    return frozenset(range(1, instrument.items + 1) if items == "all" else items) - read.keys()


def _sums(instrument: Instrument, name: str, atoms: Mapping[str, Sequence[Atom]], most: int) -> list[int]:
    """Give sums of a scale's items at and beside what bands and conditions tell apart."""
    scale = instrument.scales[name]
    cuts = [band.start for band in scale.bands]
    cuts += [
        cut for part in _PARTS for atom in atoms.get(_of(instrument, name, part), ()) for cut in atom.cuts
    ]
    size = scale.multiplier or 1
    near = {round(cut / size) + beside for cut in cuts for beside in (-1, 0, 1)}
    return sorted({0, most, *(total for total in near if 0 <= total <= most)})
