"""`goldenthread score`: an instrument's total, band, risk answers and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import (
    CONTEXT,
    emit,
    fail,
    format_option,
    library_options,
    load_library,
    unknown,
)
from goldenthread.cli.layout import heading, notice, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from goldenthread.model import Instrument, Library, Scale
    from goldenthread.score import Change, Score

_OPEN = frozenset({"", "-", "?", "~", "x"})


@click.command("score", context_settings=CONTEXT)
@click.argument("instrument")
@click.option("--items", metavar="0,1,…", help="The item scores in order; `-` where one has no answer.")
@click.option("--total", type=float, metavar="N", help="A total that was scored elsewhere.")
@click.option(
    "--item",
    "single",
    multiple=True,
    metavar="9=1",
    help="A single item known beside --total. Can be repeated.",
)
@click.option("--scale", metavar="S", help="The scale meant, where the instrument has several.")
@click.option(
    "--before", type=float, metavar="N", help="An earlier score of the same scale, for the change since."
)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """Score an instrument: total, band, risk answers, change.

    \b
        goldenthread score phq9 --items 2,2,1,2,1,1,1,1,0 --before 17
        goldenthread score phq9 --total 17 --item 9=1

    `goldenthread bank instruments` lists the instruments.
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    instrument: str,
    items: str | None,
    total: float | None,
    single: Sequence[str],
    scale: str | None,
    before: float | None,
    format_: str,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    if (items is None) == (total is None):
        raise click.UsageError("give either --items or --total")
    if items is not None and single:
        raise click.UsageError("--item stands beside --total; --items has them all")
    known = dict(_single(text) for text in single)
    found = _instrument(load_library(libraries, only), instrument)
    from goldenthread.score import ScoreError, change, from_items, from_total  # noqa: PLC0415 -- `--help` needs none

    name = _scale(found, scale, needed=total is not None or before is not None)
    try:
        score = (
            from_items(found, _items(items))
            if items is not None
            else from_total(found, total or 0, known, name)
        )
        made = None
        if before is not None:
            from_total(found, before, {}, name)  # an earlier score that cannot be is refused as well
            made = change(found.scales[name], before, score.totals[name])
    except ScoreError as error:
        fail(str(error))
    if format_ == "json":
        emit(as_data(score, name, made))
    else:
        click.echo(as_text(score, name, made))


def _instrument(library: Library, name: str) -> Instrument:
    wanted = name.lower()
    for instrument in library.instruments.values():
        if wanted in {instrument.id, instrument.short.lower(), instrument.name.lower()}:
            return instrument
    return unknown("instrument", name, library.instruments, "`goldenthread bank instruments` lists them")


def _scale(instrument: Instrument, scale: str | None, *, needed: bool) -> str:
    """Give the scale meant; nothing where there are several, none of them a total, and none was named."""
    if scale is not None:
        if scale not in instrument.scales:
            unknown(f"scale of the {instrument.short}", scale, instrument.scales)
        return scale
    if "total" in instrument.scales:
        return "total"
    if len(instrument.scales) == 1:
        return next(iter(instrument.scales))
    if needed:
        fail(
            f"the {instrument.short} has no score over all of its scales",
            f"name one with --scale: {', '.join(instrument.scales)}",
        )
    return ""


def _items(text: str) -> list[float | None]:
    parts = [part.strip() for part in (text.split(",") if "," in text else text.split())]
    return [None if part in _OPEN else _number(part, "--items") for part in parts]


def _single(text: str) -> tuple[int, float]:
    number, sign, value = text.partition("=")
    if not sign or not number.strip().removeprefix("item_").isdigit():
        raise click.BadParameter(f"`{text}` is not written like 9=1", param_hint="--item")
    return int(number.strip().removeprefix("item_")), _number(value, "--item")


def _number(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise click.BadParameter(f"`{text}` is not a number", param_hint=option) from None


def as_data(score: Score, scale: str, made: Change | None) -> dict[str, Any]:
    """Give a score as plain data, as out_score.schema.json describes it."""
    scales = {name: _scale_data(score, name) for name in score.totals}
    main = scales.get(scale, {"total": None, "band": None, "band_label": None, "between": None})
    return {
        "instrument": score.instrument.id,
        "name": score.instrument.name,
        "scale": scale or None,
        **main,
        "risk": [
            {"item": r.item, "value": _whole(score.items[r.item]), "about": r.about} for r in score.risk
        ],
        "risk_open": [{"item": r.item, "about": r.about} for r in score.risk_open],
        "before": _whole(made.before) if made else None,
        "change": _whole(made.amount) if made else None,
        "reliable": made.verdict if made else None,
        "meaningful": made.meaningful if made else None,
        "response": made.response if made else None,
        "remission": made.remission if made else None,
        "scales": scales,
    }


def _scale_data(score: Score, name: str) -> dict[str, Any]:
    band, (low, high) = score.band(name), score.instrument.scales[name].between
    return {
        "total": _whole(score.totals[name]),
        "band": band.id if band else None,
        "band_label": band.label if band else None,
        "between": [_whole(low), _whole(high)],
    }


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def as_text(score: Score, scale: str, made: Change | None) -> str:
    """Lay a score out for reading."""
    instrument = score.instrument
    out = [heading(f"{instrument.name} ({instrument.short})")]
    pairs = []
    for name, total in score.totals.items():
        if scale not in {"", name, "total"}:
            continue
        low, high = instrument.scales[name].between
        band = score.band(name)
        label = "total" if name == "total" else instrument.scales[name].label or name
        pairs.append(
            (label, f"{total:g}" + (f", {band.label}" if band else "") + f" (of {low:g} to {high:g})")
        )
    if made is not None:
        pairs.append(("change", f"{made.amount:+g} from {made.before:g}: {made.words}"))
        pairs += _judged(made, instrument.scales[scale])
    out += rows(pairs)
    for risk in score.risk:
        value = f"{score.items[risk.item]:g}"
        out.append(
            notice(f"Item {risk.item} is {value}: {risk.about}. Ask about it now, whatever the total.", "red")
        )
    for risk in score.risk_open:
        text = f"Item {risk.item} has no answer: {risk.about}. A total does not say what was answered; ask."
        out.append(notice(text, "yellow"))
    return "\n".join(out)


def _judged(made: Change, scale: Scale) -> Iterator[tuple[str, str]]:
    """Say what the change amounts to, where something is published to judge it by."""

    def answer(found: bool) -> str:
        return "yes" if found else "no"

    if made.meaningful is not None:
        yield (
            "meaningful",
            f"{answer(made.meaningful)}: a change of {scale.meaningful_change:g} matters to people",
        )
    if made.response is not None:
        yield "response", f"{answer(made.response)}: that is better by {scale.response:g} percent or more"
    if made.remission is not None:
        side = "below" if scale.better == "lower" else "above"
        yield "remission", f"{answer(made.remission)}: that is {scale.remission:g} or {side}"
