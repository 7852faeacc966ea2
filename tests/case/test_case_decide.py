"""A decline keeps its reason, and the suggestion returns only if the facts behind it change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goldenthread.advise import Because, Offer
from goldenthread.case import Case, decide, declined, facts_behind, stands
from goldenthread.diagnostics import Span
from goldenthread.language import Duration
from goldenthread.model import Goal

OFFER = Offer(
    entry=Goal(id="sleep", kind="goals", span=Span("x", 1, 1)),
    rank=1,
    band="",
    strength="strong",
    certainty="high",
    because=(Because("Nights are short.", facts=("isi.total", "perpetuating")),),
    cautions=(Because("Not while driving at night.", facts=("work",)),),
)
KNOWN: dict[str, Any] = {
    "isi.total": 16,
    "perpetuating": ("avoidance", "rumination"),
    "duration": Duration(4, "week"),
    "age": 30,
}
DECISION = decide(
    OFFER, "declined", known=KNOWN, round_=0, kind="goals", on="2026-01-02", reason="not her priority"
)


def test_a_decision_keeps_the_facts_behind_the_offer_and_no_others() -> None:
    assert DECISION.facts == {"isi.total": 16, "perpetuating": ["avoidance", "rumination"], "work": None}
    assert DECISION.reason == "not her priority"


@pytest.mark.parametrize(
    ("changed", "still"),
    [
        ({}, True),
        ({"age": 31}, True),
        ({"perpetuating": ("rumination", "avoidance")}, True),
        ({"isi.total": 16.0}, True),
        ({"isi.total": 22}, False),
        ({"perpetuating": ("avoidance",)}, False),
        ({"work": "night_shifts"}, False),
    ],
)
def test_it_stands_until_a_fact_behind_it_changes(changed: dict[str, Any], still: bool) -> None:
    assert stands(DECISION, OFFER, {**KNOWN, **changed}) is still


def test_a_new_reason_or_a_caution_that_is_gone_brings_it_back() -> None:
    more = replace(OFFER, because=(*OFFER.because, Because("A further reason.", facts=("age",))))
    assert not stands(DECISION, more, KNOWN)
    assert not stands(DECISION, replace(OFFER, cautions=()), KNOWN)


def test_only_the_newest_decision_on_the_very_suggestion_counts() -> None:
    case = Case(client="A.", flowchart="p", created="2026-01-01", saved="2026-01-01", decisions=(DECISION,))
    assert declined(case, "goals", OFFER, KNOWN) == DECISION
    assert declined(case, "modalities", OFFER, KNOWN) is None
    assert declined(case, "goals", OFFER, {**KNOWN, "isi.total": 3}) is None
    accepted = replace(DECISION, verdict="accepted")
    assert declined(replace(case, decisions=(DECISION, accepted)), "goals", OFFER, KNOWN) is None


def test_facts_are_kept_in_a_form_that_a_file_can_hold() -> None:
    offer = replace(OFFER, because=(Because("Long.", facts=("duration", "change")),), cautions=())
    known = {**KNOWN, "change": 0.1 + 0.2}
    assert facts_behind(offer, known) == {"change": 0.3, "duration": "4 weeks"}
