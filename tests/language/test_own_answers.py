"""A condition that is true or false of a client is said in that client's own answers."""

from __future__ import annotations

import pytest
from scope import BASE

from goldenthread.diagnostics import Span
from goldenthread.language import Condition, Duration, english, together

KNOWN = {
    "age": 41,
    "phq9.total": 17,
    "onset": Duration(5, "month"),
    "setting": "clinic",
    "severity": "middle",
    "perpetuating": ("avoids", "own_1"),
    "diagnoses": ("gad",),
}


def said(text):
    condition = Condition(text, Span("conditions.yaml", 1, 1, 1))
    assert condition.bind(BASE) == []
    return [atom.said for atom in condition.explain(KNOWN, {})]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("any(perpetuating, [worries, avoids])", "what keeps it going includes “Avoidance”"),
        ("not (not any(perpetuating, [worries, avoids]))", "what keeps it going includes “Avoidance”"),
        ("any(perpetuating, [worries])", "what keeps it going includes none of “Worry”"),
        ("all(perpetuating, [worries, avoids])", "what keeps it going does not include “Worry”"),
        ("known(perpetuating)", "what keeps it going includes “Avoidance”"),
        ("known(phq9.total)", "the PHQ-9 score is 17"),
        ("phq9.total >= 10", "the PHQ-9 score is 17, at least 10"),
        ("not (10 > phq9.total)", "the PHQ-9 score is 17, not under 10"),
        ("phq9.total < 10", "the PHQ-9 score is 17, not under 10"),
        ("10 <= phq9.total < 20", "the PHQ-9 score is 17, at least 10 and under 20"),
        ("onset >= 2 weeks", "time since it began is 5 months, at least 2 weeks"),
        ("setting in [clinic, video]", "the place of work is “At the practice”"),
        ("severity >= mild", "how bad it is is “Moderate”"),
        ("count(perpetuating) >= 1", "the number of what keeps it going is 2, at least 1"),
        ("known(manic)", "past mania is not known"),
    ],
)
def test_only_what_was_answered_is_said(text, words):
    assert said(text) == [words]


def test_what_says_the_same_twice_is_said_once():
    assert together(
        [
            "the PHQ-9 score is 17",
            "the PHQ-9 score is 17, at least 10",
            "the concerns include “low mood”",
            "the concerns include “low mood” and “worry”",
            "there are obsessions",
            "there are obsessions",
        ]
    ) == ("the PHQ-9 score is 17", "the concerns include “low mood” and “worry”", "there are obsessions")


@pytest.mark.parametrize(
    ("label", "verb"),
    [
        ("the concerns", "include"),
        ("signs after trauma", "include"),
        ("what keeps it going", "includes"),
        ("how the session goes", "includes"),
        ("the working diagnosis", "includes"),
        ("the kind of troubles", "includes"),
    ],
)
def test_a_verb_goes_with_its_label(label, verb):
    assert english.agree(label, "include") == verb
