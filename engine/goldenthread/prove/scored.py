"""The scores that a measure can be given, as few as tell every condition apart: totals, and answers to its items."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice, pairwise, product
from typing import TYPE_CHECKING, Any

from goldenthread.score import ScoreError
from goldenthread.walk import Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goldenthread.language import Type
    from goldenthread.model import Instrument, Scale
    from goldenthread.prove.reading import Atom
    from goldenthread.score import Score
    from goldenthread.walk.program import Step

    Atoms = Mapping[str, Sequence[Atom]]

PARTS = ("total", "band", "first", "latest", "change", "reliable")
OVER_TIME = ("first", "change", "reliable")
_MOST_SCORES = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest that a number can be."""

    low: float | None
    high: float | None


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


def stem_of(instrument: Instrument, scale: str) -> str:
    """Give how the facts of a scale begin."""
    return instrument.id if scale == "total" else f"{instrument.id}.{scale}"


def over_time(instrument: Instrument, atoms: Atoms) -> bool:
    """Say whether conditions read how scores of an instrument change."""
    stems = [stem_of(instrument, name) for name in instrument.scales]
    return any(f"{stem}.{part}" in atoms for stem in stems for part in OVER_TIME)


def scores_of(step: Step, instrument: Instrument, atoms: Atoms) -> Iterator[tuple[Any, Score]]:
    """Give raw scores of every kind, each with what its measure makes of it."""
    for raw in chain(_by_totals(instrument, step.key, atoms), _by_items(instrument, step.key, atoms)):
        with suppress(Misfit, ScoreError):
            yield raw, step.fit(raw, {})


def _cuts(instrument: Instrument, name: str, key: str, atoms: Atoms) -> list[float]:
    """Give the totals of a scale at which bands or conditions tell more from less."""
    scale, stem = instrument.scales[name], stem_of(instrument, name)
    cuts: list[float] = [band.start for band in scale.bands]
    for part in ("total", "first", "latest"):
        cuts += [cut for atom in atoms.get(f"{stem}.{part}", ()) for cut in atom.cuts]
    cuts += [cut for atom in atoms.get(key, ()) for cut in atom.cuts]
    if not over_time(instrument, atoms):
        return cuts
    # Of two scores each is told apart by itself, or by how far it is from the other.
    low, high = scale.between
    apart = [cut for atom in atoms.get(f"{stem}.change", ()) for cut in atom.cuts]
    apart += [sign * scale.reliable_change for sign in (1, -1) if scale.reliable_change]
    size = scale.step or 1
    beside = [cut + near for cut in (0, *apart) for near in (-size, 0, size)]
    return cuts + [cut + sign * away for cut in (low, high, *cuts) for away in beside for sign in (1, -1)]


def _by_totals(instrument: Instrument, key: str, atoms: Atoms) -> Iterator[Mapping[str, Any]]:
    """Give each total that bands or conditions tell apart, with each answer of the items about risk."""
    risky = [risk.item for risk in instrument.risk]
    values: list[list[int | None]] = [[*_values(instrument, number, atoms), None] for number in risky]
    for name, scale in instrument.scales.items():
        cuts = _cuts(instrument, name, key, atoms)
        named = {} if name == "total" else {"scale": name}
        for items in product(*values):
            given = {
                f"item_{n}": {"not_known": True} if value is None else value
                for n, value in zip(risky, items, strict=True)
            }
            ends = _ends(instrument, [value for value in items if value is not None])
            for total in numbers(Limits(*scale.between), [*cuts, *ends], scale.step):
                yield {"total": total, **named, **given}


def _ends(instrument: Instrument, given: Sequence[int]) -> Iterator[float]:
    """Give the least and the most that the other items can bring a total to."""
    for end in instrument.item_between or ():
        yield sum(given) + (instrument.items - len(given)) * end


def _values(instrument: Instrument, number: int, atoms: Atoms) -> list[int]:
    """Give the answers to one item that conditions tell apart."""
    cuts = [cut for atom in atoms.get(f"{instrument.id}.item_{number}", ()) for cut in atom.cuts]
    allowed = instrument.item_values.get(str(number))
    if allowed is not None:
        return [int(value) for value in allowed]
    low, high = instrument.item_between or (0, 0)
    return sorted({int(value) for value in numbers(Limits(low, high), cuts, 1)})


# By items


def _by_items(instrument: Instrument, key: str, atoms: Atoms) -> Iterator[Mapping[str, Any]]:
    """Give scores by items, where conditions read items that a total does not carry, or several scales at once."""
    read = [n for n in range(1, instrument.items + 1) if f"{instrument.id}.item_{n}" in atoms]
    main = "total" if "total" in instrument.scales else next(iter(instrument.scales))
    wanted = {
        name: scale
        for name, scale in instrument.scales.items()
        if any(f"{stem_of(instrument, name)}.{part}" in atoms for part in PARTS)
        or (name == main and key in atoms)
    }
    risky = {risk.item for risk in instrument.risk}
    if not instrument.items or (len(wanted) < 2 and risky.issuperset(read)):
        return
    classes = _classes(instrument, wanted, read)
    values = [_values(instrument, n, atoms) + ([None] if _may_lack(instrument, n) else []) for n in read]
    for picked in product(*values):
        given: dict[int, Any] = dict(zip(read, picked, strict=True))
        sums = [_sums(instrument, wanted, alike, given, (key, atoms)) for alike in classes]
        for some in islice(product(*sums), _MOST_SCORES):
            filled = dict(given)
            for alike, left in zip(classes, some, strict=True):
                filled |= _filled(instrument, alike, left)
            low = int((instrument.item_between or (0, 0))[0])
            yield {"items": [filled.get(n, low) for n in range(1, instrument.items + 1)]}


@dataclass(frozen=True, slots=True)
class _Class:
    """Items that count alike: in the same scales, the same way round."""

    items: tuple[int, ...]
    scales: tuple[str, ...]
    reverse: bool


def _numbers_of(instrument: Instrument, scale: Scale) -> Iterable[int]:
    return range(1, instrument.items + 1) if scale.items == "all" else scale.items


def _may_lack(instrument: Instrument, number: int) -> bool:
    """Say whether an item may be left without an answer where the others are given."""
    scales = [s for s in instrument.scales.values() if number in _numbers_of(instrument, s)]
    return all(scale.missing.get("rule") == "prorate" for scale in scales)


def _classes(instrument: Instrument, wanted: Mapping[str, Scale], read: Sequence[int]) -> list[_Class]:
    """Give the items that no condition reads, put together where scales count them alike."""
    found: dict[tuple[tuple[str, bool], ...], list[int]] = {}
    for n in range(1, instrument.items + 1):
        counted = [name for name, scale in wanted.items() if n in _numbers_of(instrument, scale)]
        if counted and n not in read:
            found.setdefault(tuple((name, n in wanted[name].reverse) for name in counted), []).append(n)
    return [_Class(tuple(items), tuple(name for name, _ in of), of[0][1]) for of, items in found.items()]


def _sums(
    instrument: Instrument,
    wanted: Mapping[str, Scale],
    alike: _Class,
    given: Mapping[int, Any],
    told_apart: tuple[str, Atoms],
) -> list[int]:
    """Give what items that count alike may come to, over the least; of what one scale by itself tells apart, that."""
    low, high = (int(limit) for limit in instrument.item_between or (0, 0))
    every = range(len(alike.items) * (high - low) + 1)
    name = alike.scales[0]
    scale = wanted[name]
    here = {n for n in _numbers_of(instrument, scale) if given.get(n, low) is not None}
    by_itself = len(alike.scales) == 1 and here <= {*alike.items, *given}
    if not by_itself or scale.score == "count":
        return list(every)
    # How the sum of all its items, the right way round, comes to a total: in steps of one.
    base = len(alike.items) * low
    base += sum(low + high - given[n] if n in scale.reverse else given[n] for n in here & given.keys())
    over = 1 if scale.score == "mean" else len([*_numbers_of(instrument, scale)])
    size = (scale.multiplier or 1) * over / (len(here) or 1)
    near = {
        round(cut / size) - base + beside
        for cut in _cuts(instrument, name, *told_apart)
        for beside in (-1, 0, 1)
    }
    return sorted({0, every[-1], *(total for total in near if total in every)})


def _filled(instrument: Instrument, alike: _Class, left: int) -> Iterator[tuple[int, int]]:
    """Give answers to items that count alike which come to a sum, over the least."""
    low, high = (int(limit) for limit in instrument.item_between or (0, 0))
    for n in alike.items:
        can = sorted(int(value) for value in instrument.item_values.get(str(n), range(low, high + 1)))
        counted = max(value - can[0] for value in can if value - can[0] <= left)
        left -= counted
        yield n, can[-1] - counted if alike.reverse else can[0] + counted
