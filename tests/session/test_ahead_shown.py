"""The rest of a phase as it is shown before it is confirmed, and what a plan rests on, which is not passed unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from small import bank, chart, guide

TODAY = dt.date(2026, 5, 5)
ROLES = bank(
    "roles",
    {
        "concern": {
            "answer": "choices",
            "options": {"panic": "panic", "sleep": "poor sleep"},
            "label": "the concerns",
        },
        "alone": {"answer": "yes_no", "label": "living alone"},
        "chosen_modality": {"answer": "choices", "from": "modalities", "label": "the treatment"},
        "barriers": {"answer": "text", "label": "what is in the way"},
    },
)
MODALITIES = bank(
    "modalities",
    {"talking": {"suggest": "alone", "rule_out": "not alone", "interventions": []}},
)
CHART = chart(
    "outer",
    """
    concern: {number: 1.1, ask: Which?, as: concern, next: every}
    every: {visit: detail, each: concern, next: alone}
    alone: {number: 1.2, ask: Alone?, as: alone, carry: never, next: treatment}
    treatment: {number: 1.3, ask: Which treatment?, as: chosen_modality, next: barriers}
    barriers: {number: 1.4, ask: What is in the way?, as: barriers, next: done}
    done: {end: Done}
    """,
)
DETAIL = chart(
    "detail", "where: {number: 2.1, ask: Where?, answer: text, label: where, next: end}\nend: {end: So}"
)


def second_round():
    walk = guide(CHART, DETAIL, ROLES, MODALITIES).start("outer", today=dt.date(2026, 1, 5))
    first = {"value": ["panic"], "date": "2026-01-05"}
    for raw in (first, {"value": "on the bus", "source": "mother"}, True, ["talking"], "the rain"):
        walk = walk.answer(raw)
    assert walk.finished
    return replace(walk.begin_round(), today=TODAY, _cache={})


def test_each_is_shown_with_its_number_its_words_and_its_day():
    found = second_round().ahead
    assert [(one.number, one.label, one.said, one.since) for one in found.answers] == [
        ("1.1", "the concerns", "panic", "2026-01-05"),
        ("2.1", "where (panic)", "on the bus", ""),
    ]
    assert found.then == "1.2 living alone, asked afresh"
    assert found.until == "detail.where@panic"


def test_confirming_answers_each_today():
    walk = second_round()
    after = walk.confirm_ahead()
    assert after.walk.at == "outer.alone"
    assert after.walk.rounds[1].answers == {
        "outer.concern": {"value": ["panic"], "date": "2026-05-05"},
        "detail.where@panic": {"value": "on the bus", "source": "mother", "date": "2026-05-05"},
    }
    by_hand = walk
    for asked, raw in walk.each_ahead():
        assert asked.question.key == by_hand.question.key
        by_hand = by_hand.answer(raw)
    assert by_hand.walk.rounds == after.walk.rounds
    assert by_hand.plan() == after.plan()


@pytest.mark.parametrize(
    ("alone", "passed", "then"),
    [(True, ["1.3", "1.4"], ""), (False, [], "1.3 the treatment, whose earlier answer is not offered now")],
)
def test_a_treatment_that_is_not_offered_any_more_is_not_passed(alone, passed, then):
    walk = second_round().confirm_ahead().answer(alone)
    assert [one.number for one in walk.ahead.answers] == passed
    assert walk.ahead.then == then
    assert walk.confirm_ahead().finished is alone


def test_at_an_end_and_in_a_first_round_there_is_nothing():
    walk = guide(CHART, DETAIL, ROLES, MODALITIES).start("outer", today=TODAY)
    assert (walk.ahead.answers, walk.ahead.then, walk.ahead.until) == (
        (),
        "1.1 the concerns, not answered before",
        "",
    )
    assert walk.confirm_ahead().walk.rounds == walk.walk.rounds
    ended = second_round().confirm_ahead().answer(True).confirm_ahead()
    assert (ended.ahead.answers, ended.ahead.then) == ((), "")
