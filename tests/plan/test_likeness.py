"""A goal that reads like another client's is known by its own words, not by what the bank gives everyone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whole_case import BANKS, CHARTS

from goldenthread.plan import Personal, alike, personal
from goldenthread.walk import Chosen
from small import guide, shipped

LIBRARY = guide(*CHARTS, *BANKS).model


def with_helper(words, **more):
    return personal(Chosen("mood_down", blanks={"helper": words, **more}), LIBRARY)


def own(words):
    return personal(Chosen("own_1", own=words), LIBRARY)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("her neighbour Mrs. Okoro", "Her neighbour, Mrs Okoro"),
        ("the neighbour on floor 3", "the neighbour on floor 5"),
    ],
)
def test_the_same_words_read_alike_whatever_their_figures_and_signs(words, other):
    assert alike(with_helper(words), [with_helper(other, target=9)])
    assert alike(own(f"I walk to the lake with {words}"), [own(f"I walk to the lake with {other}")])


def test_other_words_or_another_goal_do_not_read_alike():
    assert not alike(with_helper("her sister"), [with_helper("a friend from the choir")])
    assert not alike(with_helper("her sister"), [own("her sister")])
    other = personal(Chosen("go_out", blanks={"base": "her sister"}), LIBRARY)
    assert not alike(with_helper("her sister"), [other])
    assert not alike(with_helper("her sister"), [])


def test_what_is_not_filled_in_or_only_in_figures_reads_like_nobody():
    bare = personal(Chosen("mood_down", blanks={"target": 4, "weeks": 12}), LIBRARY)
    assert not bare.words
    assert not alike(bare, [bare])
    assert not alike(with_helper("12"), [with_helper("12")])


def test_words_that_the_bank_puts_forward_are_nobodys():
    goals = shipped().model.goals.values()
    put_forward = [(g, name, b) for g in goals for name, b in g.blanks.items() if b.text or b.choose]
    assert put_forward
    for goal, name, blank in put_forward:
        for words in (blank.text, *blank.choose):
            made = personal(Chosen(goal.id, blanks={name: words}), shipped().model)
            assert made == Personal(goal.id, frozenset())


texts = st.text(st.sampled_from("abcé ,.-3'"), max_size=30)


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides_and_whole_with_itself(one, other):
    assert alike(own(one), [own(other)]) == alike(own(other), [own(one)])
    assert alike(own(one), [own(one)]) == bool(own(one).words)
