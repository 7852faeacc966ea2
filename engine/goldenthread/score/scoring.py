"""Items or totals to scores, bands and risk answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldenthread.model import Band, Instrument, RiskItem, Scale


class ScoreError(ValueError):
    """A value that the instrument cannot have; the message says which, and what it can be."""


@dataclass(frozen=True, slots=True)
class Score:
    """One dated record of an instrument: totals by scale, items by number, and what they mean."""

    instrument: Instrument
    totals: Mapping[str, float]
    items: Mapping[int, float] = field(default_factory=dict)
    not_known: frozenset[int] = frozenset()
    date: str = ""

    def band(self, scale: str) -> Band | None:
        """Give the band of a scale's total, or None where the scale has no bands."""
        return band(self.instrument.scales[scale], self.totals[scale])

    @property
    def risk(self) -> tuple[RiskItem, ...]:
        """The risk items that were answered above their limit."""
        return tuple(
            item for item in self.instrument.risk if self.items.get(item.item, item.above) > item.above
        )

    @property
    def risk_open(self) -> tuple[RiskItem, ...]:
        """The risk items whose answer is not known. Missing is not safe."""
        return tuple(item for item in self.instrument.risk if item.item not in self.items)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The items of its scales that it does not tell: what an earlier score told of them belongs to that."""
        scales = [self.instrument.scales[name] for name in self.totals]
        numbers = range(1, self.instrument.items + 1)
        of_scales = [n for n in numbers if any(scale.items == "all" or n in scale.items for scale in scales)]
        return tuple(n for n in of_scales if n not in self.items)

    def facts(self) -> Iterator[tuple[str, Any]]:
        """Give the facts that the score makes known: `phq9.total`, `phq9.band`, `phq9.item_9`."""
        id_ = self.instrument.id
        for name, total in self.totals.items():
            stem = id_ if name == "total" else f"{id_}.{name}"
            yield f"{stem}.total", total
            found = self.band(name)
            if found is not None:
                yield f"{stem}.band", found.id
        for number, value in self.items.items():
            yield f"{id_}.item_{number}", value

    @property
    def main(self) -> float:
        """The total of the main scale."""
        return self.totals.get("total", next(iter(self.totals.values())))


def band(scale: Scale, total: float) -> Band | None:
    """Give the band in which a total lies."""
    found = None
    for candidate in scale.bands:
        if total >= candidate.start:
            found = candidate
    return found


def from_items(instrument: Instrument, items: Sequence[float | None], date: str = "") -> Score:
    """Score an instrument by its items in order; None is an item without an answer.

    Raises ScoreError for a wrong number of items, a value out of range, or too many missing.
    """
    if not instrument.items:
        raise ScoreError(f"the {instrument.short} is scored by its totals, not by items")
    if len(items) != instrument.items:
        raise ScoreError(f"the {instrument.short} has {instrument.items} items; {len(items)} were given")
    answered = {n: item_value(instrument, n, value) for n, value in enumerate(items, 1) if value is not None}
    totals = {name: _total(instrument, scale, answered) for name, scale in instrument.scales.items()}
    missing = frozenset(range(1, instrument.items + 1)) - answered.keys()
    return Score(instrument, totals, answered, missing, date)


def from_total(
    instrument: Instrument,
    total: float,
    items: Mapping[int, float] | None = None,
    scale: str = "",
    date: str = "",
) -> Score:
    """Take a total that was scored elsewhere, with the single items that are known.

    Raises ScoreError for a scale that there is not, or a value out of range.
    """
    name = scale or ("total" if "total" in instrument.scales else next(iter(instrument.scales)))
    if name not in instrument.scales:
        raise ScoreError(
            f"the {instrument.short} has no scale `{name}`; it has {', '.join(f'`{s}`' for s in instrument.scales)}"
        )
    low, high = instrument.scales[name].between
    if not low <= total <= high:
        raise ScoreError(
            f"{total:g} is not a score of the {instrument.short}: it runs from {low:g} to {high:g}"
        )
    known = {n: item_value(instrument, n, value) for n, value in (items or {}).items()}
    _agree(instrument, instrument.scales[name], total, known)
    return Score(instrument, {name: total}, known, frozenset(), date)


def _agree(instrument: Instrument, scale: Scale, total: float, known: Mapping[int, float]) -> None:
    """Refuse a total that the items given with it cannot come to."""
    plain = scale.items == "all" and scale.score == "sum" and scale.multiplier == 1 and not scale.reverse
    if not plain or instrument.item_between is None:
        return
    low, high = instrument.item_between
    rest = instrument.items - len(known)
    least, most = sum(known.values()) + rest * low, sum(known.values()) + rest * high
    if not least <= total <= most:
        given = ", ".join(f"item {n} is {value:g}" for n, value in sorted(known.items()))
        message = f"a total of {total:g} on the {instrument.short} does not agree with the items: {given}"
        raise ScoreError(f"{message}; it would lie from {least:g} to {most:g}")


def item_value(instrument: Instrument, number: int, value: float) -> float:
    """Give the value of one item. Raises ScoreError for an item or a value that the instrument does not have."""
    if not 1 <= number <= (instrument.items or number):
        raise ScoreError(f"the {instrument.short} has no item {number}; it has {instrument.items}")
    allowed = instrument.item_values.get(str(number))
    if allowed is not None:
        if value not in allowed:
            values = ", ".join(f"{v:g}" for v in allowed)
            raise ScoreError(f"item {number} of the {instrument.short} is one of {values}, not {value:g}")
        return value
    if instrument.item_between is not None:
        low, high = instrument.item_between
        if not low <= value <= high:
            raise ScoreError(
                f"item {number} of the {instrument.short} runs from {low:g} to {high:g}, not {value:g}"
            )
        if value != int(value):
            raise ScoreError(f"item {number} of the {instrument.short} is a whole number, not {value:g}")
    return value


def _total(instrument: Instrument, scale: Scale, answered: Mapping[int, float]) -> float:
    numbers = list(range(1, instrument.items + 1)) if scale.items == "all" else list(scale.items)
    present = [n for n in numbers if n in answered]
    missing = len(numbers) - len(present)
    allowed = scale.missing.get("at_most", 0) if scale.missing.get("rule") == "prorate" else 0
    if missing > allowed or not present:
        lacking = ", ".join(str(n) for n in numbers if n not in answered)
        raise ScoreError(f"the {instrument.short} cannot be scored without item {lacking}")
    low, high = instrument.item_between or (0, 0)
    values = [low + high - answered[n] if n in scale.reverse else answered[n] for n in present]
    if scale.score == "mean":
        return round(sum(values) / len(values) * scale.multiplier, 2)
    if scale.score == "count":
        return sum(value > low for value in values) * scale.multiplier
    whole = sum(values) * len(numbers) / len(present)
    return (round(whole) if missing else whole) * scale.multiplier
