"""`goldenthread score`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


def test_items_give_total_band_and_risk(data: Callable[..., Any]) -> None:
    out = data("score", "phq9", "--items", "2,2,1,2,1,1,1,1,1")
    assert (out["total"], out["band"], out["change"], out["reliable"]) == (12, "moderate", None, None)
    assert [risk["item"] for risk in out["risk"]] == [9]


def test_an_earlier_score_gives_the_change(data: Callable[..., Any]) -> None:
    out = data("score", "phq9", "--total", 9, "--item", "9=0", "--before", 17)
    assert (out["change"], out["reliable"], out["risk"], out["risk_open"]) == (-8, "improved", [], [])


def test_a_total_alone_leaves_the_risk_item_open(
    run: Callable[..., Result], data: Callable[..., Any]
) -> None:
    assert data("score", "phq9", "--total", 9)["risk_open"][0]["item"] == 9
    assert "! Item 9 has no answer" in run("score", "phq9", "--total", 9).stdout


def test_scales_without_a_total_are_all_scored(data: Callable[..., Any], run: Callable[..., Result]) -> None:
    items = ",".join(["1"] * 21)
    out = data("score", "dass21", "--items", items)
    assert out["total"] is None
    assert out["scales"]["anxiety"]["total"] == 14
    assert data("score", "dass21", "--items", items, "--scale", "anxiety")["total"] == 14
    assert "--scale: depression, anxiety, stress" in run("score", "dass21", "--total", 3, code=1).stderr


@pytest.mark.parametrize("name", ["phq9", "PHQ9", "PHQ-9", "patient health questionnaire-9"])
def test_an_instrument_goes_by_its_id_or_names(name: str, data: Callable[..., Any]) -> None:
    assert data("score", name, "--total", 3)["instrument"] == "phq9"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["phq99", "--total", "3"], 1, "did you mean `phq9`?"),
        (["phq9", "--total", "28"], 1, "it runs from 0 to 27"),
        (["phq9", "--total", "-1"], 1, "it runs from 0 to 27"),
        (["phq9", "--total", "nan"], 1, "it runs from 0 to 27"),
        (["phq9", "--total", "3", "--before", "40"], 1, "it runs from 0 to 27"),
        (["phq9", "--total", "3", "--item", "9=4"], 1, "runs from 0 to 3"),
        (["phq9", "--total", "3", "--item", "12=1"], 1, "has no item 12"),
        (["phq9", "--total", "3", "--scale", "totl"], 1, "did you mean `total`?"),
        (["phq9", "--items", "1,2"], 1, "has 9 items; 2 were given"),
        (["phq9", "--items", "1,1,1,1,1,1,1,1,5"], 1, "runs from 0 to 3"),
        (["phq9", "--items", "1,1,1,1,1,1,1,1,-"], 1, "without item 9"),
        (["phq9", "--items", "a,1,1,1,1,1,1,1,1"], 2, "`a` is not a number"),
        (["phq9", "--total", "3", "--item", "x"], 2, "not written like 9=1"),
        (["phq9"], 2, "either --items or --total"),
        (["phq9", "--items", "1", "--total", "1"], 2, "either --items or --total"),
        (["phq9", "--items", "1", "--item", "9=1"], 2, "--items has them all"),
    ],
)
def test_what_cannot_be_is_refused(args: list[str], code: int, said: str, run: Callable[..., Result]) -> None:
    result = run("score", *args, code=code)
    assert said in result.stderr
    assert result.stdout == ""
