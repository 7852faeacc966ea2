"""Goals in own words, letter by letter."""

from __future__ import annotations

import pytest
from smart_table import GOALS

from goldenthread.plan import LETTERS, of_own_words


@pytest.mark.parametrize(("text", "lacks"), GOALS)
def test_the_letters_that_a_goal_in_own_words_lacks(text, lacks):
    found = of_own_words(text, ("avoidance",))
    assert "".join(found.lacks) == lacks
    assert found.whole is (not lacks)
    assert all(found.lacks.values()), "each lack has its reason"


@pytest.mark.parametrize(("text", "lacks"), GOALS)
def test_a_goal_for_nothing_lacks_relevance_as_well(text, lacks):
    found = of_own_words(text)
    assert set(found.lacks) == {*lacks, "R"}
    assert str(found) == "".join("·" if letter in found.lacks else letter for letter in LETTERS)


def test_a_measure_chosen_beside_the_words_makes_them_measurable():
    text = "Go back to the gym in my street within 8 weeks"
    assert "M" in of_own_words(text, ("avoidance",)).lacks
    assert of_own_words(text, ("avoidance",), "visits a week").whole


def test_the_vague_word_is_named():
    assert "“work on”" in of_own_words("Work on my marriage with my wife", ("problem",)).lacks["S"]
