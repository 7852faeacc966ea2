"""A file of facts becomes facts, or says what is wrong at its place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.advise import Facts, advise, facts_from
from goldenthread.language import Duration
from goldenthread.source import parse
from small import shipped_library

if TYPE_CHECKING:
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


@lru_cache
def library() -> Library:
    return shipped_library()


def read(text: str) -> tuple[Facts, list[Diagnostic]]:
    tree, found, _ = parse(text, "facts.yaml")
    assert tree is not None, found
    return facts_from(library(), tree.data, tree)


def known(text: str) -> dict[str, Any]:
    facts, found = read(text)
    assert [d for d in found if d.level == "error"] == []
    return dict(facts.known)


def wrong(text: str) -> tuple[str, int, str]:
    _, found = read(text)
    (only,) = [d for d in found if d.level == "error"]
    return only.message, only.span.column, only.help


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("age: 26", "age", 26),
        ("suicidal_thoughts: no", "suicidal_thoughts", False),
        ("suicidal_thoughts: true", "suicidal_thoughts", True),
        ("mood_duration: 6 months", "mood_duration", Duration(6, "month")),
        ("concern: panic", "concern", ("panic",)),
        ("concern: [panic, worry]", "concern", ("panic", "worry")),
        ("concern: {value: [panic], source: client}", "concern", ("panic",)),
        ("perpetuating: {avoidance: stays at home}", "perpetuating", ("avoidance",)),
        ("perpetuating: [avoidance, {own: the night shifts}]", "perpetuating", ("avoidance", "own_1")),
        ("perinatal: pregnant", "perinatal", "pregnant"),
        ("opening_words: 007", "opening_words", "007"),
        ("chosen_goals: [drop_safety_behaviours]", "chosen_goals", ("drop_safety_behaviours",)),
        ("previous.change_needed: []", "previous.change_needed", ()),
    ],
)
def test_a_value_is_fitted_to_its_role(text: str, key: str, value: Any) -> None:
    assert known(text)[key] == value


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("F41.0", "panic_disorder"),
        ("6B01", "panic_disorder"),
        ("6B02", "agoraphobia"),
        ("6E20", "perinatal_depression"),
        ("panic_disorder", "panic_disorder"),
    ],
)
def test_a_diagnosis_goes_by_its_code(code: str, id_: str) -> None:
    assert known(f"working_diagnosis: [{code}]")["working_diagnosis"] == (id_,)
    assert known(f"working_diagnosis: {code}")["working_diagnosis"] == (id_,)


def test_what_was_asked_without_a_value_is_not_what_was_not_asked() -> None:
    facts, found = read(
        "unwell_now: {not_known: true}\nabuse_now: {declined: true}\nself_harm: {later: true}\n"
    )
    assert found == []
    assert facts.asked == {"unwell_now": "not_known", "abuse_now": "declined"}
    assert facts.known == {}


def test_own_words_are_kept() -> None:
    assert read("perpetuating: [{own: the night shifts}]")[0].own == {
        "perpetuating own_1": "the night shifts"
    }


@pytest.mark.parametrize(
    "text",
    [
        "phq9: {total: 17, item_9: 1}",
        "phq9.total: 17\nphq9.item_9: 1",
        "phq9: {latest: 17, item_9: 1}",
        "phq9: {items: [2, 2, 2, 2, 2, 2, 2, 2, 1]}",
    ],
)
def test_a_score_is_written_in_several_ways(text: str) -> None:
    found = known(text)
    assert (found["phq9.total"], found["phq9.item_9"], found["phq9.band"]) == (17, 1, "moderately_severe")
    assert (found["phq9.first"], found["phq9.latest"]) == (17, 17)
    assert "phq9.change" not in found


def test_a_first_and_a_later_score_make_a_change() -> None:
    found = known("phq9: {first: 17, latest: 9, item_9: 0}")
    assert (found["phq9.change"], found["phq9.reliable"]) == (-8, "improved")
    assert known("phq9: {first: 9, total: 9, item_9: 0}")["phq9.reliable"] == "no_change"


def test_scales_of_an_instrument() -> None:
    found = known("dass21: {anxiety: {total: 14}}\npcl5: {total: 40, intrusion: 12}\n")
    assert found["dass21.anxiety.band"] == "moderate"
    assert (found["pcl5.total"], found["pcl5.intrusion.total"]) == (40, 12)


def test_a_score_of_the_round_before() -> None:
    found = known("previous.phq9: {total: 17, item_9: 0}\nphq9: {total: 9, item_9: 0}\n")
    assert (found["previous.phq9.total"], found["phq9.total"]) == (17, 9)


def test_an_instrument_that_is_not_known() -> None:
    facts, found = read("phq9: {not_known: true}\ngad7: {total: 9, item_1: {not_known: true}}\n")
    assert found == []
    assert (
        facts.asked["phq9.total"] == facts.asked["phq9.item_9"] == facts.asked["gad7.item_1"] == "not_known"
    )


def test_a_total_alone_is_warned_about_where_it_hides_a_risk_item() -> None:
    _, found = read("phq9.total: 17")
    assert [(d.level, d.code) for d in found] == [("warning", "F002")]
    assert "item_9: {not_known: true}" in found[0].help
    assert read("gad7.total: 17")[1] == []
    assert read("phq9: {total: 17, item_9: {not_known: true}}")[1] == []


@pytest.mark.parametrize(
    ("text", "message", "column", "help_"),
    [
        ("agee: 3", "there is no role or instrument `agee`", 1, "did you mean `age`?"),
        ("problem.age: 3", "`problem.age` is a question", 1, "write `age:`"),
        ("age:", "`age` is empty", 1, "{not_known: true}"),
        ("age: old", "`age`: `old` is not a number", 6, "write a number"),
        ("suicidal_thoughts: perhaps", "neither yes nor no", 20, "answer yes or no"),
        ("mood_duration: 6", "is not a length of time", 16, "4 weeks"),
        ("concern: [panic, panik]", "`panik` is not an option", 18, "did you mean `panic`?"),
        (
            "unwell_now: [mania, none_of_these]",
            "cannot stand beside others",
            13,
            "goldenthread facts unwell_now",
        ),
        ("perpetuating: {avoidence: x}", "`avoidence` is not an option", 16, "did you mean `avoidance`?"),
        ("working_diagnosis: [F99.9]", "`F99.9` is not an option", 21, "facts working_diagnosis"),
        ("phq9: {total: 28, item_9: 0}", "28 is out of range", 15, "from 0 to 27"),
        ("phq9: {total: 8, item_9: 4}", "4 is out of range", 26, "from 0 to 3"),
        ("phq9: {total: 8, item_9: 0.5}", "is a whole number", 26, ""),
        ("phq9: {totl: 8}", "the PHQ-9 has no `totl`", 8, "did you mean `phq9.total`?"),
        ("phq9: {items: [1, 2]}", "has 9 items; 2 were given", 15, ""),
        ("phq9: {items: 3}", "are a list", 15, "write items:"),
        ("phq9: {total: 17, item_9: 0, band: mild}", "do not agree", 36, "keep the one"),
        ("dass21: {total: 3}", "the DASS-21 has no `total`", 10, "`dass21.anxiety.total`"),
        ("vignette: x\nage: 3", "another kind of file", 1, "walk --answers"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(text: str, message: str, column: int, help_: str) -> None:
    said, at, helped = wrong(text)
    assert message in said
    assert at == column
    assert help_ in helped


def test_everything_wrong_is_said_at_once() -> None:
    _, found = read("age: old\nconcern: [panik, worri]\nphq9: {total: 99, item_9: 9}\n")
    assert len(found) == 5


SAFE = {
    "suicidal_thoughts": "no",
    "self_harm": "no",
    "harm_to_others": "no",
    "abuse_now": "no",
    "dependant_at_risk": "no",
    "unwell_now": "[none_of_these]",
}


@pytest.mark.parametrize("state", ["", "{not_known: true}", "{declined: true}", "{later: true}", "yes"])
@pytest.mark.parametrize("role", SAFE)
@pytest.mark.parametrize("kind", ["goals", "interventions", "modalities"])
def test_missing_is_not_safe(kind: str, role: str, state: str) -> None:
    if role == "unwell_now" and state == "yes":
        state = "[psychosis]"
    screen = {**SAFE, role: state}
    lines = [f"{key}: {value}" for key, value in screen.items() if value]
    facts, _ = read("\n".join([*lines, "working_diagnosis: [panic_disorder]", "concern: [panic]"]))
    assert advise(library(), facts, kind).offers == ()
