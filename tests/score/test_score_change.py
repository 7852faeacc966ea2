"""Is it working? Verdicts and formulas against numbers worked by hand from the papers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.loading import load
from goldenthread.model import Scale
from goldenthread.score import WORDS, change, goal_attainment, reliable_change_index

PHQ9 = load()[0].instruments["phq9"].scales["total"]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (10, 9, "not_reliable"),
        (10, 5, "not_reliable"),
        (10, 4, "improved"),
        (4, 10, "worse"),
        (5, 10, "not_reliable"),
        (10, 10, "no_change"),
        (27, 0, "improved"),
        (0, 27, "worse"),
    ],
)
def test_verdicts_on_the_phq9(before: float, after: float, verdict: str) -> None:
    assert change(PHQ9, before, after).verdict == verdict


def test_ten_to_nine_is_mild_and_is_nothing() -> None:
    found = change(PHQ9, 10, 9)
    bands = [[b.id for b in PHQ9.bands if b.start <= score][-1] for score in (10, 9)]
    assert bands == ["moderate", "mild"], "the band has changed"
    assert found.words == "changed, but not reliably"
    assert (found.amount, found.meaningful, found.response, found.remission) == (-1, False, False, False)


def test_response_and_remission_on_the_phq9() -> None:
    # Response is half the score or less, remission a score under 5.
    assert [change(PHQ9, 20, after).response for after in (11, 10, 9)] == [False, True, True]
    assert [change(PHQ9, 20, after).remission for after in (5, 4, 0)] == [False, True, True]
    assert [change(PHQ9, 20, after).meaningful for after in (16, 15)] == [False, True]
    assert change(PHQ9, 20, 25).meaningful is False, "worse by as much is not better"
    assert change(PHQ9, 0, 0).response is None, "half of nothing says nothing"


def made(**given_: Any) -> Scale:
    return Scale(id="total", between=(0, 100), **given_)


def test_where_higher_is_better_the_verdict_turns_round() -> None:
    scale = made(better="higher", reliable_change=10, meaningful_change=10, remission=50, response=50)
    assert change(scale, 20, 30).verdict == "improved"
    assert change(scale, 30, 20).verdict == "worse"
    assert change(scale, 20, 29).verdict == "not_reliable"
    found = change(scale, 40, 60)
    assert (found.meaningful, found.remission, found.response) == (True, True, True)
    assert change(scale, 40, 49).remission is False


def test_without_a_published_value_nothing_is_claimed() -> None:
    found = change(made(), 40, 5)
    assert found.verdict == "not_established"
    assert (found.meaningful, found.response, found.remission) == (None, None, None)
    assert change(made(), 40, 40).verdict == "no_change"


def test_every_verdict_has_words_and_none_flatters() -> None:
    scales = (made(), made(reliable_change=6))
    seen = {change(scale, 10, after).verdict for scale in scales for after in (0, 9, 10, 11, 20)}
    assert seen == set(WORDS)
    assert [verdict for verdict, words in WORDS.items() if words.startswith("improved")] == ["improved"]


@given(st.integers(0, 27), st.integers(0, 27))
def test_going_back_is_the_opposite_verdict(before: int, after: int) -> None:
    opposite = {"improved": "worse", "worse": "improved"}
    there, back = change(PHQ9, before, after), change(PHQ9, after, before)
    assert back.amount == -there.amount
    assert back.verdict == opposite.get(there.verdict, there.verdict)


def test_reliable_change_by_jacobson_and_truax() -> None:
    # SD 10, r .80: Sdiff = 10 * sqrt(2) * sqrt(.2) = 6.3246; times 1.96 = 12.396.
    assert reliable_change_index(10, 0.80) == pytest.approx(12.396, abs=0.001)
    # Their own example, marital satisfaction: SD 7.5, r .88; Sdiff = 3.674; times 1.96 = 7.202.
    assert reliable_change_index(7.5, 0.88) == pytest.approx(7.202, abs=0.001)
    # A scale with no reliability at all: 1.96 * sqrt(2) * SD.
    assert reliable_change_index(1, 0) == pytest.approx(2.772, abs=0.001)


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (-1, 0.8), (10, 1), (10, 1.2), (10, -0.1)])
def test_reliable_change_of_nonsense_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        reliable_change_index(sd, reliability)


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        # All as expected is 50, whatever the weights.
        ([0, 0, 0], None, 50),
        ([0, 0], [5, 1], 50),
        # One goal: 10 points a level.
        ([1], None, 60),
        ([-2], [7], 30),
        # Two goals at +1: 10 * 2 / sqrt(.7 * 2 + .3 * 4) = 20 / 1.61245 = 12.403.
        ([1, 1], None, 62.403),
        # +2 (weight 3), -1 (weight 1): 10 * 5 / sqrt(.7 * 10 + .3 * 16) = 50 / 3.43511 = 14.556.
        ([2, -1], [3, 1], 64.556),
        # Three at -1: -30 / sqrt(.7 * 3 + .3 * 9) = -30 / 2.19089 = -13.693.
        ([-1, -1, -1], None, 36.307),
    ],
)
def test_goal_attainment_by_kiresuk_and_sherman(
    levels: list[int], weights: list[float] | None, score: float
) -> None:
    assert goal_attainment(levels, weights) == pytest.approx(score, abs=0.001)


def test_goal_attainment_with_another_correlation() -> None:
    # Uncorrelated goals: 20 / sqrt(2) = 14.142.
    assert goal_attainment([1, 1], correlation=0) == pytest.approx(64.142, abs=0.001)


@pytest.mark.parametrize(
    ("levels", "weights"), [([], None), ([3], None), ([-3], None), ([1, 1], [1]), ([0], [1, 2])]
)
def test_goal_attainment_of_nonsense_is_refused(levels: list[int], weights: list[float] | None) -> None:
    with pytest.raises(ValueError, match="levels run from -2 to 2"):
        goal_attainment(levels, weights)


@given(st.lists(st.integers(-2, 2), min_size=1, max_size=8), st.data())
def test_goal_attainment_rises_with_any_goal_and_mirrors(levels: list[int], data: st.DataObject) -> None:
    score = goal_attainment(levels)
    assert goal_attainment([-level for level in levels]) == pytest.approx(100 - score)
    n = data.draw(st.integers(0, len(levels) - 1))
    assume(levels[n] < 2)
    assert goal_attainment([*levels[:n], levels[n] + 1, *levels[n + 1 :]]) > score
