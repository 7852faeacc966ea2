"""What a walk does is not said to be done by none, nor what none does by one: small libraries for each cause."""

from __future__ import annotations

from typing import Any

import pytest

from goldenthread.prove import Case, Proof, Replayed, prove
from goldenthread.prove.obligations import ReachedWhile
from goldenthread.walk import Round
from random_library import load_texts
from small import MOOD3, REFERENCE, ROLE_NOTHING, bank, chart

YES_NO = {"answer": "yes_no"}
ROLES = {
    "danger": YES_NO,
    "low": YES_NO,
    "other": YES_NO,
    "listed": {"answer": "choices", "options": {"a": "a", "b": "b"}},
    **ROLE_NOTHING,
}
END = "\nend: {end: End}"
RISK = "asked: {ask: Is it?, as: danger, required: true, next: end}" + END
FIRST = 'first: {ask: First?, answer: yes_no, required: true, next: [{when: "first", go: asked}, {otherwise: end}]}\n'
ITEM = "how: {ask: How?, answer: yes_no, next: end}" + END
LOW = "low: {ask: Low?, as: low, next: more}\nmore: {ask: More?, as: other, next: end}" + END
SCORE = "mood: {measure: mood3, next: end}" + END


def proof_of(
    main: str, risk: str = RISK, *, by_hand: bool = True, charts: tuple[str, ...] = (), **files: Any
) -> Proof:
    """Prove a library of what is walked, of what alerts and the clinician open, and of files of the bank."""
    made = [
        chart("main", main, root=True),
        chart("risk", risk, phase="safety", **({"opened_by_hand": True} if by_hand else {})),
        *charts,
        bank("roles", ROLES),
        bank("goals", {"goal": {}}),
        MOOD3,
        REFERENCE,
    ]
    return prove(load_texts(made + [bank(kind, entries) for kind, entries in files.items()]))


def ruled_out(proof: Proof, round_: Round) -> list[object]:
    """Give what is said to be done by no answers, and is done by these."""
    walked = Replayed(proof.prover.program, Case("main", (round_,)))
    assert walked.rests
    return [v.claim for v in proof.verdicts if v.done is False and v.claim.seen(walked)]


def raised(when: str, cleared: str, opens: str = "risk") -> dict[str, dict[str, str]]:
    """Write an alert."""
    return {"alert": {"raise_when": when, "opens": opens, "cleared_when": cleared}}


def test_a_risk_item_that_no_condition_compares() -> None:
    """An alert that hears of it only where it is not known leaves out what is above the limit."""
    unknown = "answered(mood3.item_3) and not known(mood3.item_3)"
    leads = {"leads": {"leads": {"risk_items": True, "to": "risk"}}}
    proof = proof_of(SCORE, alerts=raised(unknown, "known(danger)"), obligations=leads)
    assert not ruled_out(proof, Round({"main.mood": {"total": 3, "item_3": 1}}))


def test_a_risk_item_without_any_alert() -> None:
    proof = proof_of(SCORE, obligations={"leads": {"leads": {"risk_items": True, "to": "risk"}}})
    assert [v.done for v in proof.verdicts if type(v.claim).__name__ == "NotLed"] == [True]


@pytest.mark.parametrize("cleared", ["answered(danger)", "not (not answered(danger))"])
def test_what_was_asked_in_vain_does_not_stay_asked_after_another_run(cleared: str) -> None:
    way = {"way": {"suggest": ["low and not answered(danger)"], "never_offered": True}}
    proof = proof_of(LOW, FIRST + RISK, alerts=raised("low", cleared), modalities=way)
    answers = {"main.low": True, "risk.first@alert": True, "risk.asked@alert": {"not_known": True}}
    opened = (("risk", "main.more"),)
    assert not ruled_out(proof, Round({**answers, "risk.first@opened_1": False, "main.more": True}, opened))


def test_an_alert_that_is_true_before_any_answer_is_not_surely_raised() -> None:
    way = {"way": {"suggest": ["other and not answered(danger) and not known(low)"], "never_offered": True}}
    proof = proof_of(LOW, alerts=raised("not known(low)", "known(danger)"), modalities=way)
    assert not ruled_out(proof, Round({"main.low": {"later": True}, "main.more": True}))


def test_what_a_run_asked_in_vain_counts_where_it_clears_an_alert_later() -> None:
    proof = proof_of(LOW, alerts=raised("low", "not answered(danger)"))
    answers = {"main.low": True, "risk.asked@opened_1": {"not_known": True}, "main.more": True}
    walk = Replayed(proof.prover.program, Case("main", (Round(answers, (("risk", "main.low"),)),))).walk
    assert [alert.cleared for alert in walk.alerts] == [False]


REACH = {"reach": {"never": {"reach": "item", "while": "danger"}}}
SAFE = 'danger: {ask: Is it?, as: danger, next: [{when: "not danger", go: item}, {otherwise: end}]}\n'


def test_what_is_opened_within_a_visit_comes_after_it_has_begun() -> None:
    proof = proof_of(
        SAFE + "item: {visit: item, next: end}" + END, charts=(chart("item", ITEM),), obligations=REACH
    )
    assert [v.done for v in proof.verdicts if isinstance(v.claim, ReachedWhile)] == [False]


def test_what_the_run_for_one_item_is_told_stands_as_the_next_begins() -> None:
    main = "listed: {ask: Which?, as: listed, next: danger}\n" + SAFE
    main += "item: {visit: item, each: listed, next: end}" + END
    proof = proof_of(main, charts=(chart("item", ITEM),), obligations=REACH)
    answers = {"main.listed": ["a", "b"], "main.danger": False, "risk.asked@opened_1": True}
    answers |= {"item.how@a": True, "item.how@b": True}
    assert not ruled_out(proof, Round(answers, (("risk", "item.how@a"),)))


def test_what_an_answer_raises_within_what_is_opened_by_hand() -> None:
    other = 'heard: {ask: Heard?, answer: yes_no, next: [{when: "heard", go: end}, {otherwise: no}]}\nno: {end: No}'
    proof = proof_of(
        LOW,
        charts=(chart("inner", other + END, phase="safety"),),
        alerts=raised("answered(danger)", "low", "inner"),
    )
    answers = {"main.low": True, "risk.asked@opened_1": True, "inner.heard@alert": False, "main.more": True}
    assert not ruled_out(proof, Round(answers, (("risk", "main.more"),)))


def test_what_was_opened_earlier_keeps_its_answers_where_a_walk_is_looked_at_before_a_question() -> None:
    proof = proof_of(LOW)
    answers = {"risk.asked@opened_1": False, "main.low": True, "risk.asked@opened_2": True, "main.more": True}
    opened = (("risk", "main.more"), ("risk", "main.low"))
    walked = Replayed(proof.prover.program, Case("main", (Round(answers, opened),)))
    before, after, *_ = walked.arriving("main.more")
    # What was opened at the question itself is left out, and openings are counted.
    assert (before.at, before.known["risk.asked@opened_1"]) == ("main.more", True)
    assert "risk.asked@opened_2" not in before.known
    assert after.known["risk.asked@opened_1"] is False
