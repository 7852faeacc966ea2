"""A name misspelt in a shipped vignette, wherever it stands, is found at its place with the right one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goldenthread.loading import shipped as folder
from goldenthread.trial import check_vignette, read_vignettes, run_vignette
from small import shipped_program

if TYPE_CHECKING:
    from pathlib import Path

    from goldenthread.diagnostics import Diagnostic

DISCLOSURE, REVIEW, UNDER_AGE = "disclosure_during_goals", "review_after_twelve_weeks", "under_age"
PLACES = [
    # vignette, what comes before the name, the name, its code
    (DISCLOSURE, "  ", "problem.practical_needs", "V002"),
    (DISCLOSURE, "problem.unit_of_care: ", "individual", "V002"),
    (DISCLOSURE, "problem.concern: [", "low_mood", "V002"),
    (DISCLOSURE, "diagnosis.working_diagnosis: [", "depression_more_severe", "V002"),
    (DISCLOSURE, "risk.risk_kind: {each: {phq9_item_9: [", "suicide", "V002"),
    (DISCLOSURE, "opened_1: ", "safety_plan}", "V002"),
    (DISCLOSURE, "    ", "demanding_upbringing", "V002"),
    (DISCLOSURE, "- id: ", "depression_see_people", "V002"),
    (DISCLOSURE, "for: [", "isolation", "V002"),
    (DISCLOSURE, "for: [hopelessness, ", "problem", "V002"),
    (DISCLOSURE, "        ", "person_two", "V002"),
    (DISCLOSURE, "modality.chosen_modality: [", "cbt_depression", "V002"),
    (DISCLOSURE, "- {flowchart: ", "risk", "V002"),
    (DISCLOSURE, "flowchart: risk, at: ", "goals.chosen_goals", "V002"),
    (DISCLOSURE, "    - ", "safety.recorded_none", "V005"),
    (DISCLOSURE, "never_passes: [", "risk.act_now", "V005"),
    (DISCLOSURE, "ends: ", "planning.plan_stands", "V005"),
    (DISCLOSURE, "alerts: [", "phq9_item_9", "V005"),
    (DISCLOSURE, "diagnoses: {first: ", "depression_more_severe", "V005"),
    (DISCLOSURE, "include: [", "depression_see_people", "V005"),
    (DISCLOSURE, "modalities: {among_first: [", "cbt_depression", "V005"),
]


@pytest.fixture
def found_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Change a shipped vignette, and give what is found in it."""
    monkeypatch.chdir(tmp_path)

    def found(name: str, old: str, new: str, run=check_vignette) -> list[Diagnostic]:
        text = (folder() / "flowcharts" / "vignettes" / f"{name}.yaml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "case.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        vignettes, wrong, _ = read_vignettes([path])
        return [*wrong, *(d for vignette in vignettes for d in run(shipped_program(), vignette).found)]

    return found


@pytest.mark.parametrize(
    ("vignette", "before", "name", "code"), PLACES, ids=lambda value: value.strip(" -{:")
)
def test_a_misspelt_name_is_marked_itself(found_in, tmp_path, vignette, before, name, code):
    name, end = name.rstrip("}"), "}" * name.count("}")
    (only,) = found_in(vignette, before + name + end, before + name + "q" + end)
    line = (tmp_path / "case.yaml").read_text(encoding="utf-8").splitlines()[only.span.line - 1]
    assert only.code == code
    assert line[only.span.column - 1 : only.span.end - 1] == name + "q"
    assert f"`{name}`" in only.help


def test_every_misspelt_name_is_found_in_one_report(found_in):
    old = "problem.concern: [low_mood]"
    found = found_in(DISCLOSURE, old, "problem.concern: [low_mod]\n  problem.agee: 3")
    assert [d.help for d in found] == ["did you mean `low_mood`?", "did you mean `problem.age`?"]


def test_a_later_round_is_held_to_the_same(found_in, tmp_path):
    text = (folder() / "flowcharts" / "vignettes" / f"{REVIEW}.yaml").read_text(encoding="utf-8")
    (only,) = found_in(
        REVIEW, "rounds:\n  - answers:\n", "rounds:\n  - answers:\n      goals.chosen_gaols: []\n"
    )
    at = text[: text.index("rounds:")].count("\n") + 3
    assert (only.code, only.span.line, only.help) == ("V002", at, "did you mean `goals.chosen_goals`?")
    (only,) = found_in(REVIEW, "rounds:\n  - answers:\n", "rounds:\n  - anwsers:\n")
    assert (only.code, only.span.line) == ("F001", at - 1)
    assert "`answers`" in only.help


@pytest.mark.parametrize("key", ["holds", "never"])
def test_a_kind_of_entry_that_there_is_not(found_in, key):
    (only,) = found_in(DISCLOSURE, "  threads: whole", f"  {key}: {{modalites: [act]}}")
    assert (only.code, only.help) == ("F004", "did you mean `modalities`?")


def test_a_key_under_expect_that_there_is_not(found_in):
    (only,) = found_in(DISCLOSURE, "  threads: whole", "  thread: whole")
    assert (only.code, only.help) == ("F001", "did you mean `threads`?")


def test_a_name_hides_no_outcome_that_is_wrong_beside_it(found_in):
    found = found_in(DISCLOSURE, "  threads: whole", "  threads: loose\n  lacks: [onse]", run=run_vignette)
    assert [d.code for d in found] == ["V005", "V003"]
    found = found_in(DISCLOSURE, "  threads: whole", "  threads: loose")
    assert found == [], "what comes of it is for `goldenthread test` to say"


def test_an_answer_that_does_not_fit_is_found_beside_a_misspelt_name(found_in):
    found = found_in(DISCLOSURE, "problem.age: 33\n", "problem.age: 330\n  goals.confidenc: 7\n")
    assert sorted(d.message for d in found) == [
        "`problem.age`: 330 is out of range",
        "no question is called `goals.confidenc`",
    ]


def test_options_written_with_their_examples_in_a_list_are_held_to_the_same(found_in, tmp_path):
    old = "problem.concern: [low_mood]"
    assert found_in(DISCLOSURE, old, "problem.concern: [{option: low_mood, example: on Sunday}]") == []
    written = "problem.concern: [{option: low_mod, example: on Sunday}, {own: the noise, example: at night}]"
    only, *_ = found_in(DISCLOSURE, old, written)
    line = (tmp_path / "case.yaml").read_text(encoding="utf-8").splitlines()[only.span.line - 1]
    assert (only.code, only.help) == ("V002", "did you mean `low_mood`?")
    assert line[only.span.column - 1 : only.span.end - 1] == "low_mod"
