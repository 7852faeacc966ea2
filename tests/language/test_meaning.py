"""What a condition means: as evaluated by hand, monotone, explained by what decides it, said in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from expressions import answers, conditions, slow
from hypothesis import given, settings
from hypothesis import strategies as st
from scope import SCOPE, TestScope

from goldenthread.diagnostics import Span
from goldenthread.language import Condition, Duration, Fact
from goldenthread.language.parse import parse

many = settings(max_examples=200)


def bound(text: str) -> Condition:
    condition = Condition(text, Span("x.yaml", 1, 1))
    assert [error.message for error in condition.bind(SCOPE)] == []
    return condition


@given(conditions(asking=True), answers())
@settings(max_examples=600)
def test_the_compiled_condition_means_what_its_parts_mean(
    text: str, answer: tuple[dict[str, Any], dict[str, str]]
) -> None:
    condition = bound(text)
    assert condition.truth(*answer) is slow(condition.expression, SCOPE, *answer)


@given(conditions(asking=False), answers(), st.data())
@many
def test_a_further_answer_never_turns_what_is_definite(
    text: str, answer: tuple[dict[str, Any], dict[str, str]], data: st.DataObject
) -> None:
    condition = bound(text)
    known, asked = answer
    kept = data.draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    before = condition.truth({key: known[key] for key in known if key in kept}, asked)
    if before is not None:
        assert condition.truth(known, asked) is before


def only(
    condition: Condition, answer: tuple[dict[str, Any], dict[str, str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the part of the answers that the explanation names."""
    facts = [fact for atom in condition.explain(*answer) for fact in atom.facts]
    names = {fact.key for fact in facts} | {f"each {fact.each}" for fact in facts if fact.each}
    known, asked = ({k: v for k, v in part.items() if k.partition("@")[0] in names} for part in answer)
    return known, asked


@given(conditions(asking=True), answers())
@many
def test_an_explanation_is_enough_for_what_is_true_or_false(
    text: str, answer: tuple[dict[str, Any], dict[str, str]]
) -> None:
    condition = bound(text)
    truth = condition.truth(*answer)
    if truth is not None:
        assert condition.truth(*only(condition, answer)) is truth


@given(conditions(asking=False), answers())
@many
def test_an_explanation_is_enough_for_what_is_unknown(
    text: str, answer: tuple[dict[str, Any], dict[str, str]]
) -> None:
    condition = bound(text)
    if condition.truth(*answer) is None:
        assert condition.truth(*only(condition, answer)) is None
        assert any(atom.truth is None for atom in condition.explain(*answer))


@given(conditions(asking=True))
@many
def test_what_is_said_holds_no_id_that_has_words(text: str) -> None:
    condition = bound(text)
    for said in (condition.say(), *(atom.said for atom in condition.explain({}, {}))):
        for name in re.findall(r"[a-z][a-z0-9_.]*", text):
            fact = SCOPE.facts.get(name)
            labelled = (fact and fact.label) or any(name in f.type.options for f in SCOPE.facts.values())
            if labelled:
                assert not re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", said), (name, said)
        assert "_" not in said.replace("low_mood", "")


@given(conditions(asking=True))
@many
def test_the_facts_are_named_once_and_are_no_derived_ones(text: str) -> None:
    keys = [fact.key for fact in bound(text).facts]
    assert len(keys) == len(set(keys))
    assert all(SCOPE.facts[key].definition is None for key in keys)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("manic", "there has been mania"),
        ("not manic", "there has been no mania"),
        ("alone", "living without others: yes"),
        ("not not alone", "living without others: yes"),
        ("age >= 18", "years of life is at least 18 years"),
        ("18 <= age", "years of life is at least 18 years"),
        ("not age >= 18", "years of life is under 18 years"),
        ("phq9.change <= -5", "the PHQ-9 change is at most -5"),
        ("10 <= phq9.total < 15", "the PHQ-9 score is at least 10 and under 15"),
        ("not 10 <= phq9.total < 15", "the PHQ-9 score is either under 10 or at least 15"),
        ("onset > 4 weeks", "time since it began is over 4 weeks"),
        ("setting == video", "the place of work is “On a screen”"),
        ("setting != video", "the place of work is not “On a screen”"),
        ("not setting == video", "the place of work is not “On a screen”"),
        ("setting in [clinic, video]", "the place of work is “At the practice” or “On a screen”"),
        ("severity >= middle", "how bad it is is at least “Moderate”"),
        ("avoids in perpetuating", "what keeps it going includes “Avoidance”"),
        ("not avoids in perpetuating", "what keeps it going does not include “Avoidance”"),
        ("any(perpetuating, [avoids, worries])", "what keeps it going includes “Avoidance” or “Worry”"),
        (
            "not any(perpetuating, [avoids, worries])",
            "what keeps it going includes none of “Avoidance” or “Worry”",
        ),
        (
            "not all(perpetuating, [avoids, worries])",
            "what keeps it going does not include all of “Avoidance” and “Worry”",
        ),
        ("count(aims) >= 2", "the number of goals is at least 2"),
        ("low_mood in groups(diagnoses)", "the working diagnosis is of the group “low mood”"),
        ("known(words)", "what the client said is known"),
        ("not answered(words)", "what the client said was not asked about"),
        ("any_of(detail.hours >= 8)", "for at least one, hours a day is at least 8 hours"),
        ("risky", "there has been mania or the PHQ-9 score is at least 20"),
        ("not risky", "there has been no mania and the PHQ-9 score is under 20"),
        (
            "risky and alone",
            "(there has been mania or the PHQ-9 score is at least 20) and living without others: yes",
        ),
        (
            "risky or alone",
            "there has been mania or the PHQ-9 score is at least 20 or living without others: yes",
        ),
        (
            "not risky or alone",
            "(there has been no mania and the PHQ-9 score is under 20) or living without others: yes",
        ),
        ("settled", "adults without mania: yes"),
        ("alone and alone", "living without others: yes"),
        (
            "not (alone or manic and age < 18)",
            "living without others: no and (there has been no mania or years of life is at least 18 years)",
        ),
    ],
)
def test_said_in_english(text: str, said: str) -> None:
    assert bound(text).say() == said


@pytest.mark.parametrize(
    ("text", "known", "asked", "truth"),
    [
        ("alone", {}, {}, None),
        ("alone", {"alone": True}, {}, True),
        ("not alone", {}, {"alone": "declined"}, None),
        ("known(alone)", {}, {"alone": "declined"}, False),
        ("answered(alone)", {}, {"alone": "declined"}, True),
        ("answered(alone)", {}, {}, False),
        ("alone or manic", {"manic": True}, {}, True),
        ("alone and manic", {"manic": False}, {}, False),
        ("alone and manic", {"manic": True}, {}, None),
        ("age == 18", {"age": 18}, {}, True),
        ("onset >= 4 weeks", {"onset": Duration(1, "month")}, {}, True),
        ("onset == 7 days", {"onset": Duration(1, "week")}, {}, True),
        ("severity > mild", {"severity": "own_1"}, {}, None),
        ("severity != mild", {"severity": "own_1"}, {}, True),
        ("count(perpetuating) == 0", {"perpetuating": []}, {}, True),
        ("any_of(detail.worst)", {"each detail": []}, {}, False),
        ("all_of(detail.worst)", {"each detail": []}, {}, True),
        ("any_of(detail.worst)", {}, {}, None),
        ("any_of(detail.worst)", {"each detail": ["a", "b"], "detail.worst@b": True}, {}, True),
        ("all_of(detail.worst)", {"each detail": ["a", "b"], "detail.worst@b": True}, {}, None),
        (
            "any_of(detail.worst and alone)",
            {"each detail": ["a"], "detail.worst@a": True, "alone": True},
            {},
            True,
        ),
        ("any_of(answered(detail.worst))", {"each detail": ["a"]}, {"detail.worst@a": "declined"}, True),
        ("any_of(detail.worst)", {"each detail": ["a"], "detail.worst": True}, {}, None),
    ],
)
def test_truth(text: str, known: dict[str, Any], asked: dict[str, str], truth: bool | None) -> None:
    assert bound(text).truth(known, asked) is truth


def test_explanations_name_what_decided() -> None:
    condition = bound("(alone or age >= 18) and not manic")
    known = {"alone": True, "age": 30, "manic": False}
    assert [(a.said, a.truth) for a in condition.explain(known, {})] == [
        ("living without others: yes", True),
        ("there has been no mania", True),
    ]
    known = {"alone": True, "age": 30, "manic": True}
    assert [(a.said, a.truth) for a in condition.explain(known, {})] == [("there has been mania", False)]
    assert [(a.said, a.truth) for a in condition.explain({"manic": False}, {})] == [
        ("living without others: yes", None),
        ("years of life is at least 18 years", None),
    ]


def test_what_reads_a_derived_fact_at_fault_stays_unknown() -> None:
    faulty = Fact("chart.faulty", SCOPE.facts["alone"].type, "", definition=parse("nowhere > 3"), scope=SCOPE)
    condition = Condition("faulty or alone", Span("x.yaml", 1, 1))
    assert condition.bind(TestScope({**SCOPE.facts, "faulty": faulty})) == []
    assert condition.truth({"alone": True}, {}) is None
    assert condition.explain({"alone": True}, {}) == []
    assert condition.say() == "nowhere is over 3 or living without others: yes"


def test_a_condition_that_is_not_bound_knows_nothing() -> None:
    condition = Condition("alone", Span("x.yaml", 1, 1))
    assert condition.truth({"alone": True}, {}) is None
    assert (condition.bound, condition.facts, condition.say(), condition.explain({}, {})) == (
        False,
        (),
        "alone",
        [],
    )
    with pytest.raises(ValueError, match="has not been read"):
        _ = condition.expression


@pytest.mark.parametrize(
    ("text", "days", "shown"),
    [
        ("4 weeks", 28, "4 weeks"),
        ("1 day", 1, "1 day"),
        ("1.5 years", 547.875, "1.5 years"),
        (" 2 Months ", 60.875, "2 months"),
    ],
)
def test_durations_are_read(text: str, days: float, shown: str) -> None:
    duration = Duration.read(text)
    assert duration is not None
    assert (duration.days, str(duration)) == (days, shown)


@pytest.mark.parametrize(
    "text", ["", "4", "weeks", "-1 week", "4 fortnights", "٤ weeks", "4 weekss", "1e3 days", "4 weeks 2 days"]
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert Duration.read(text) is None
