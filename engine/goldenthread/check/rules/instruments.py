"""K005 and K006: an instrument's numbers hold together; wording ships only where its licence allows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Instrument, Library, Scale


def check(library: Library) -> Iterator[Finding]:
    """Find bands out of order or out of range, items that are not there, and wording that may not ship."""
    for instrument in library.instruments.values():
        for scale in instrument.scales.values():
            yield from _items(instrument, scale)
            yield from _bands(instrument, scale)
        for n, risk in enumerate(instrument.risk):
            if not 1 <= risk.item <= instrument.items:
                message = f"`{instrument.id}` has no item {risk.item}"
                yield error("K005", at(instrument, "risk", n, "item"), message, _has(instrument))
        if not instrument.wording:
            continue
        where = at(instrument, "wording", on_key=True)
        if instrument.licence.get("ship_wording") != "allowed":
            message = f"the licence of `{instrument.id}` does not let its wording ship"
            yield error("K006", where, message, "take `wording` out: scores are entered instead")
        elif len(instrument.wording) != instrument.items:
            message = (
                f"`{instrument.id}` has {instrument.items} items, and words for {len(instrument.wording)}"
            )
            yield error("K005", where, message, "write one line for each item")


def _has(instrument: Instrument) -> str:
    return f"its items are 1 to {instrument.items}"


def _items(instrument: Instrument, scale: Scale) -> Iterator[Finding]:
    asked = range(1, instrument.items + 1) if scale.items == "all" else scale.items
    for key, items in (("items", asked), ("reverse", scale.reverse)):
        for item in items:
            where = at(instrument, "scales", scale.id, key, item)
            if not 1 <= item <= instrument.items:
                message = f"{_named(instrument, scale)} names item {item}, which there is not"
                yield error("K005", where, message, _has(instrument))
            elif item not in asked:
                message = f"{_named(instrument, scale)} reverses item {item}, which it does not count"
                yield error("K005", where, message, "add it to `items`, or take it out of `reverse`")


def _bands(instrument: Instrument, scale: Scale) -> Iterator[Finding]:
    (low, high), named = scale.between, _named(instrument, scale)
    if low >= high:
        where = at(instrument, "scales", scale.id, "between")
        yield error("K005", where, f"{named} runs from {low:g} to {high:g}", "write the lowest score first")
        return
    base = ("scales", scale.id, "bands")
    for n, (before, band) in enumerate(pairwise(scale.bands), 1):
        if band.id in {earlier.id for earlier in scale.bands[:n]}:
            message = f"{named} has two bands `{band.id}`"
            yield error("K005", at(instrument, *base, n, "id"), message, "give one of them another id")
        if band.start <= before.start:
            message = f"the band `{band.id}` of {named} begins at {band.start:g}, not above `{before.id}`"
            help_ = "write the bands from the lowest score up"
            yield error("K005", at(instrument, *base, n, "from"), message, help_)
            return
    for n, band in enumerate(scale.bands):
        where = at(instrument, *base, n, "from")
        if not low <= band.start <= high:
            message = f"the band `{band.id}` of {named} begins at {band.start:g}, out of its range"
            yield error("K005", where, message, f"it runs from {low:g} to {high:g}")
        elif n == 0 and band.start != low:
            message = f"no band of {named} holds the lowest score {low:g}"
            yield error("K005", where, message, f"let the first band begin at {low:g}")


def _named(instrument: Instrument, scale: Scale) -> str:
    return f"`{scale.id}` of `{instrument.id}`"
