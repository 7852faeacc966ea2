"""K005 and K006: an instrument's bands stand in order within its range; wording ships only where its licence allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Instrument, Library, Scale


def check(library: Library) -> Iterator[Diagnostic]:
    """Find bands out of order or out of range, items that are not there, and wording that may not ship."""
    for instrument in library.instruments.values():
        for scale in instrument.scales.values():
            yield from _scale(instrument, scale)
        if instrument.wording and instrument.licence.get("ship_wording") != "allowed":
            message = f"the licence of `{instrument.id}` does not let its wording ship"
            yield error("K006", instrument.span, message, "take `wording` out: scores are entered instead")
        for risk in instrument.risk:
            if not 1 <= risk.item <= instrument.items:
                yield error("K005", instrument.span, f"`{instrument.id}` has no item {risk.item}", f"it has {instrument.items} items")


def _scale(instrument: Instrument, scale: Scale) -> Iterator[Diagnostic]:
    low, high = scale.between
    where = f"`{scale.id}` of `{instrument.id}`"
    if low >= high:
        yield error("K005", instrument.span, f"{where} runs from {low:g} to {high:g}", "write the lowest score first")
    starts = [band.start for band in scale.bands]
    if starts != sorted(set(starts)):
        yield error("K005", instrument.span, f"the bands of {where} do not rise", "write them from the lowest score up")
    for band in scale.bands:
        if not low <= band.start <= high:
            yield error("K005", instrument.span, f"the band `{band.id}` of {where} begins at {band.start:g}, out of its range")
    if starts and starts[0] != low:
        yield error("K005", instrument.span, f"no band of {where} holds the lowest score {low:g}", f"let the first band begin at {low:g}")
    if scale.items != "all":
        for item in (*scale.items, *scale.reverse):
            if not 1 <= item <= instrument.items:
                yield error("K005", instrument.span, f"{where} names item {item}; there are {instrument.items}")
