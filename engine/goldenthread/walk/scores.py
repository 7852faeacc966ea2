"""Scores as an answer: an instrument's items, or its total with the items that ask about risk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.score import Score, ScoreError, from_items, from_total
from goldenthread.walk.answers import NOTHING, Misfit, shortened, status
from goldenthread.walk.fits import countable

if TYPE_CHECKING:
    from goldenthread.model import Instrument
    from goldenthread.walk.answers import Asked, Fit, Known

_ITEM = re.compile(r"item_[0-9]+")


def measure_fit(instrument: Instrument) -> Fit:
    """Make the fit of an instrument: `{items: […]}`, or `{total: 17, item_9: 1}`, each with a `date` if known."""

    def fit(raw: Any, known: Known, asked: Asked = NOTHING) -> Score:  # noqa: ARG001 -- the shape of a fit
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
            raise Misfit(f"a score has no `{shortened(key)}`", "it has items, or total with item_N, and date")
    score = from_total(instrument, _as_number(raw["total"]), items, str(raw.get("scale", "")), date)
    return Score(score.instrument, score.totals, score.items, frozenset(left_open), date)


def _as_number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return countable(value)
    raise Misfit(f"`{shortened(value)}` is not a number")
