"""Items and totals to scores and bands, held against the published figures rather than against the files."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.diagnostics import Span
from goldenthread.loading import load
from goldenthread.model import Instrument, Library, RiskItem, Scale
from goldenthread.score import Score, ScoreError, band, from_items, from_total
from small import shipped_library


@cache
def library() -> Library:
    return shipped_library()


def shipped(id_: str) -> Instrument:
    return library().instruments[id_]


# Lowest score of each band, as published: instrument.scale, step, highest score, then the bands.
EDGES: dict[str, tuple[float, float, dict[str, float]]] = {
    "gad7.total": (1, 21, {"minimal": 0, "mild": 5, "moderate": 10, "severe": 15}),
    "pswq.total": (1, 80, {"low": 16, "moderate": 40, "high": 60}),
    "pdss_sr.total": (1, 28, {"normal": 0, "borderline": 2, "slight": 6, "moderate": 10, "marked": 14}),
    "spin.total": (1, 68, {"none": 0, "mild": 21, "moderate": 31, "severe": 41, "very_severe": 51}),
    "phq9.total": (1, 27, {"minimal": 0, "mild": 5, "moderate": 10, "moderately_severe": 15, "severe": 20}),
    "wsas.total": (1, 40, {"subclinical": 0, "significant": 10, "severe": 21}),
    "core10.total": (
        1,
        40,
        {"healthy_low": 0, "mild": 11, "moderate": 15, "moderate_severe": 20, "severe": 25},
    ),
    "k10.total": (1, 50, {"low": 10, "moderate": 16, "high": 22, "very_high": 30}),
    "dass21.depression": (
        2,
        42,
        {"normal": 0, "mild": 10, "moderate": 14, "severe": 21, "extremely_severe": 28},
    ),
    "dass21.anxiety": (2, 42, {"normal": 0, "mild": 8, "moderate": 10, "severe": 15, "extremely_severe": 20}),
    "dass21.stress": (2, 42, {"normal": 0, "mild": 15, "moderate": 19, "severe": 26, "extremely_severe": 34}),
    "audit.total": (1, 40, {"lower_risk": 0, "hazardous": 8, "harmful": 16, "possible_dependence": 20}),
    "ocir.total": (1, 72, {"mild": 0, "moderate": 16, "severe": 28}),
    "ybocs.total": (1, 40, {"subclinical": 0, "mild": 8, "moderate": 16, "severe": 24, "extreme": 32}),
    "isi.total": (1, 28, {"none": 0, "subthreshold": 8, "moderate": 15, "severe": 22}),
}


def edges() -> list[tuple[str, str, float, float]]:
    """Every band with its lowest and its highest whole score."""
    found = []
    for name, (_, highest, bands) in EDGES.items():
        starts = [*bands.values(), highest + 1]
        found += [(name, id_, start, starts[n + 1] - 1) for n, (id_, start) in enumerate(bands.items())]
    return found


@pytest.mark.parametrize(("name", "id_", "low", "high"), edges())
def test_a_band_runs_from_its_lowest_score_to_its_highest(
    name: str, id_: str, low: float, high: float
) -> None:
    instrument, _, scale = name.partition(".")
    for total in (low, high):
        found = from_total(shipped(instrument), total, scale=scale).band(scale)
        assert found is not None
        assert found.id == id_, f"{total} on {name}"


def test_every_shipped_band_is_held_against_a_published_edge() -> None:
    banded = {f"{i.id}.{s.id}" for i in library().instruments.values() for s in i.scales.values() if s.bands}
    assert banded == set(EDGES)
    for name, (step, highest, _) in EDGES.items():
        scale = shipped(name.partition(".")[0]).scales[name.partition(".")[2]]
        assert (scale.step, scale.between[1]) == (step, highest)


@pytest.mark.parametrize("id_", sorted(load()[0].instruments))
def test_lowest_and_highest_items_make_lowest_and_highest_totals(id_: str) -> None:
    instrument = shipped(id_)
    if not instrument.items:
        with pytest.raises(ScoreError, match="by its totals"):
            from_items(instrument, [0])
        return
    assert instrument.item_between is not None
    for scale in instrument.scales.values():
        made = {}
        for which, name in ((0, "lowest"), (1, "highest")):
            items = []
            for number in range(1, instrument.items + 1):
                values = instrument.item_values.get(str(number)) or instrument.item_between
                side = 1 - which if number in scale.reverse else which
                items.append(values[-1] if side else values[0])
            made[name] = from_items(instrument, items).totals[scale.id]
        assert (made["lowest"], made["highest"]) == tuple(scale.between)


@pytest.mark.parametrize("id_", ["phq9", "dass21", "edeq", "who5", "pswq"])
def test_a_total_outside_its_scale_is_refused(id_: str) -> None:
    instrument = shipped(id_)
    name, scale = next(iter(instrument.scales.items()))
    low, high = scale.between
    assert from_total(instrument, low).totals == {name: low}
    assert from_total(instrument, high).totals == {name: high}
    for wrong in (low - 1, high + 1, low - 0.5, high + 0.5):
        with pytest.raises(ScoreError, match=f"it runs from {low:g} to {high:g}"):
            from_total(instrument, wrong)


def test_reverse_items_count_the_other_way() -> None:
    # Items 1, 3, 8, 10 and 11 of the PSWQ are reversed: a 1 there counts 5.
    ones = from_items(shipped("pswq"), [1] * 16)
    assert ones.totals == {"total": 11 * 1 + 5 * 5}
    one_more = [1] * 16
    one_more[2] = 2
    assert from_items(shipped("pswq"), one_more).totals == {"total": 35}
    one_more = [1] * 16
    one_more[1] = 2
    assert from_items(shipped("pswq"), one_more).totals == {"total": 37}


def test_multipliers() -> None:
    assert from_items(shipped("who5"), [3, 2, 0, 5, 1]).totals == {"total": 44}
    only_item_3 = [0] * 21
    only_item_3[2] = 3
    assert from_items(shipped("dass21"), only_item_3).totals == {"depression": 6, "anxiety": 0, "stress": 0}


def test_subscales_count_their_own_items() -> None:
    items = [0] * 20
    items[5], items[6], items[7] = 4, 3, 2
    totals = from_items(shipped("pcl5"), items).totals
    assert totals == {"total": 9, "intrusion": 0, "avoidance": 7, "mood_thoughts": 2, "arousal": 0}


def test_a_missing_item_is_prorated_where_the_scale_allows_it() -> None:
    # CORE-10: nine items of ten answered, their mean times ten: 17 / 9 * 10 = 18.9, so 19.
    items: list[float | None] = [2, 2, 2, 2, 2, None, 2, 2, 2, 1]
    score = from_items(shipped("core10"), items)
    assert score.totals == {"total": 19}
    assert score.not_known == {6}
    items[0] = None
    with pytest.raises(ScoreError, match="without item 1, 6"):
        from_items(shipped("core10"), items)


def test_a_missing_item_is_not_made_up_where_the_scale_does_not() -> None:
    with pytest.raises(ScoreError, match="PHQ-9 cannot be scored without item 4"):
        from_items(shipped("phq9"), [1, 1, 1, None, 1, 1, 1, 1, 1])


def test_an_item_outside_a_scale_may_be_missing() -> None:
    assert from_items(shipped("mdq"), [1] * 13 + [None, None]).totals == {"total": 13}


@pytest.mark.parametrize(
    ("id_", "items", "message"),
    [
        ("phq9", [0] * 8, "has 9 items; 8 were given"),
        ("phq9", [0] * 10, "has 9 items; 10 were given"),
        ("phq9", [0] * 8 + [4], "item 9 of the PHQ-9 runs from 0 to 3, not 4"),
        ("phq9", [-1] + [0] * 8, "item 1 of the PHQ-9 runs from 0 to 3, not -1"),
        ("phq9", [0.5] + [0] * 8, "item 1 of the PHQ-9 is a whole number, not 0.5"),
        ("audit", [0] * 8 + [1, 0], "item 9 of the AUDIT is one of 0, 2, 4, not 1"),
        ("mdq", [0] * 14 + [4], "item 15 of the MDQ is one of 0, 1, 2, 3, not 4"),
        ("phq9", [None] * 9, "cannot be scored without item 1, 2"),
    ],
)
def test_wrong_items_are_refused_by_name(id_: str, items: list[float | None], message: str) -> None:
    with pytest.raises(ScoreError, match=message):
        from_items(shipped(id_), items)


def test_a_total_of_a_scale_or_with_an_item_that_there_is_not() -> None:
    with pytest.raises(ScoreError, match="no scale `mood`; it has `depression`, `anxiety`, `stress`"):
        from_total(shipped("dass21"), 10, scale="mood")
    with pytest.raises(ScoreError, match="no item 10; it has 9"):
        from_total(shipped("phq9"), 10, {10: 1})
    with pytest.raises(ScoreError, match="item 9 of the PHQ-9 runs from 0 to 3"):
        from_total(shipped("phq9"), 10, {9: 7})


@pytest.mark.parametrize(("id_", "item"), [("phq9", 9), ("epds", 10), ("core10", 6)])
def test_a_risk_item_counts_whatever_the_total(id_: str, item: int) -> None:
    instrument = shipped(id_)
    for value, at_risk in ((0, False), (1, True), (3, True)):
        items = [0.0] * instrument.items
        items[item - 1] = value
        by_items, by_total = from_items(instrument, items), from_total(instrument, value, {item: value})
        for score in (by_items, by_total):
            assert bool(score.risk) is at_risk, f"{value} on item {item}"
            assert score.risk_open == ()


@pytest.mark.parametrize("id_", ["phq9", "epds", "core10"])
def test_a_total_alone_leaves_the_risk_item_open(id_: str) -> None:
    score = from_total(shipped(id_), 0)
    assert score.risk == ()
    assert score.risk_open == shipped(id_).risk != ()


def test_a_risk_item_left_out_of_a_prorated_scale_is_open_and_not_zero() -> None:
    score = from_items(shipped("core10"), [0, 0, 0, 0, 0, None, 0, 0, 0, 0])
    assert [item.item for item in score.risk_open] == [6]
    assert "core10.item_6" not in dict(score.facts())


def test_facts_of_a_score() -> None:
    facts = dict(from_items(shipped("phq9"), [1, 1, 1, 1, 1, 1, 1, 1, 2], "2026-01-31").facts())
    assert facts["phq9.total"] == 10
    assert facts["phq9.band"] == "moderate"
    assert facts["phq9.item_9"] == 2
    facts = dict(from_total(shipped("dass21"), 8, scale="anxiety").facts())
    assert facts == {"dass21.anxiety.total": 8, "dass21.anxiety.band": "mild"}
    assert dict(from_total(shipped("epds"), 13).facts()) == {"epds.total": 13}


def test_the_main_score_is_the_total_or_the_first_scale() -> None:
    assert from_items(shipped("pcl5"), [1] * 20).main == 20
    assert from_items(shipped("dass21"), [0, 0, 1] + [0] * 18).main == 2


def made(**changed: Any) -> Instrument:
    """A made-up instrument of four items, 0 to 4."""
    scale = Scale(id="total", **{"between": (0, 16), **changed})
    return Instrument(
        id="made",
        kind="instruments",
        span=Span("made", 1, 1),
        short="Made",
        items=4,
        item_between=(0, 4),
        scales={"total": scale},
        risk=(RiskItem(item=2, above=1, about="risk"),),
    )


def test_means_and_counts() -> None:
    assert from_items(made(score="mean"), [1, 2, 2, 2]).totals == {"total": 1.75}
    assert from_items(made(score="mean", reverse=(1,)), [0, 2, 2, 2]).totals == {"total": 2.5}
    assert from_items(made(score="count"), [0, 1, 4, 0]).totals == {"total": 2}
    assert from_items(made(score="count", multiplier=3), [0, 1, 4, 0]).totals == {"total": 6}
    prorate = {"rule": "prorate", "at_most": 1}
    assert from_items(made(score="mean", missing=prorate), [1, None, 2, 2]).totals == {"total": 1.67}
    assert from_items(made(missing={"rule": "refuse", "at_most": 1}), [1, 1, 2, 2]).totals == {"total": 6}
    with pytest.raises(ScoreError):
        from_items(made(missing={"rule": "refuse", "at_most": 1}), [1, None, 2, 2])


@pytest.mark.parametrize(("value", "at_risk"), [(0, False), (1, False), (2, True)])
def test_a_risk_item_is_above_its_limit_not_at_it(value: float, at_risk: bool) -> None:
    assert bool(from_items(made(), [0, value, 0, 0]).risk) is at_risk


def test_no_band_below_the_first_and_none_without_bands() -> None:
    assert band(shipped("pswq").scales["total"], 15) is None
    assert Score(shipped("epds"), {"total": 3}).band("total") is None


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9), st.integers(0, 8))
def test_a_worse_item_never_makes_a_better_total_or_a_milder_band(items: list[float], n: int) -> None:
    worse = list(items)
    worse[n] = min(3, worse[n] + 1)
    before, after = from_items(shipped("phq9"), items), from_items(shipped("phq9"), worse)
    assert after.main - before.main == sum(worse) - sum(items)
    order = [b.id for b in shipped("phq9").scales["total"].bands]
    found = [order.index(b.id) for b in (before.band("total"), after.band("total")) if b]
    assert found == sorted(found)
    assert len(found) == 2


@given(st.lists(st.integers(0, 4), min_size=10, max_size=10), st.integers(0, 9))
def test_prorating_is_the_mean_of_the_others_for_the_missing_one(items: list[float], n: int) -> None:
    left: list[float | None] = list(items)
    left[n] = None
    others = sum(items) - items[n]
    assert abs(from_items(shipped("core10"), left).main - others * 10 / 9) <= 0.5


@pytest.mark.parametrize(("total", "item_9"), [(0, 3), (26, 0), (2, 3)])
def test_a_total_that_its_items_cannot_come_to_is_refused(total: int, item_9: int) -> None:
    with pytest.raises(ScoreError, match="does not agree"):
        from_total(shipped("phq9"), total, {9: item_9})


def test_a_total_that_its_items_can_come_to_is_taken() -> None:
    assert from_total(shipped("phq9"), 24, {9: 0}).main == 24
    assert from_total(shipped("phq9"), 3, {9: 3}).main == 3
