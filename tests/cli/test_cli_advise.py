"""`goldenthread advise`: bare facts, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from samples import PANIC, SCREEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

Facts = "Callable[[str], Path]"
PLANNED = ("goals", "interventions", "modalities")


@pytest.mark.parametrize("kind", PLANNED)
@pytest.mark.parametrize("missing", [line for line in SCREEN.splitlines() if line])
def test_nothing_is_planned_while_a_question_of_the_screen_is_missing(
    kind: str, missing: str, data: Callable[..., Any], facts: Callable[[str], Path]
) -> None:
    out = data("advise", facts(PANIC + SCREEN.replace(missing + "\n", "")), "--for", kind)
    assert out["offers"] == []
    assert missing.partition(":")[0] in [fact for held in out["held"] for fact in held["ask_first"]]


@pytest.mark.parametrize("kind", PLANNED)
def test_nothing_is_planned_from_no_facts_at_all(
    kind: str, data: Callable[..., Any], facts: Callable[[str], Path]
) -> None:
    assert data("advise", facts("# nothing yet\n"), "--for", kind)["offers"] == []


def test_after_the_screen_treatments_are_offered_with_reasons(
    data: Callable[..., Any], facts: Callable[[str], Path]
) -> None:
    out = data("advise", facts(PANIC + SCREEN), "--for", "modalities")
    first = out["offers"][0]
    assert (first["id"], first["rank"]) == ("cbt_panic", 1)
    assert "Panic disorder" in first["because"][0]
    assert "safety_behaviours" in first["targets"]
    assert first["sources"][0]["ref"]
    assert out["alerts"] == []


def test_a_diagnosis_can_be_named_by_its_code(data: Callable[..., Any], facts: Callable[[str], Path]) -> None:
    by_id = data("advise", facts(PANIC + SCREEN), "--for", "goals")
    by_code = data("advise", facts(PANIC.replace("panic_disorder", "F41.0") + SCREEN), "--for", "goals")
    assert by_id == by_code


def test_a_risk_answer_raises_an_alert_and_holds_the_plan(
    data: Callable[..., Any], facts: Callable[[str], Path]
) -> None:
    text = PANIC + SCREEN.replace("suicidal_thoughts: no", "suicidal_thoughts: yes")
    out = data("advise", facts(text), "--for", "modalities")
    assert out["offers"] == []
    assert [alert["id"] for alert in out["alerts"]] == ["risk_suicide"]
    assert out["alerts"][0]["because"]


def test_top_shortens_the_offers_and_nothing_else(
    data: Callable[..., Any], facts: Callable[[str], Path]
) -> None:
    whole = data("advise", facts(PANIC + SCREEN), "--for", "factors")
    short = data("advise", facts(PANIC + SCREEN), "--for", "factors", "--top", 2)
    assert short == {**whole, "offers": whole["offers"][:2]}


def test_the_text_says_why_and_counts_the_rest(
    run: Callable[..., Result], facts: Callable[[str], Path]
) -> None:
    text = run("advise", facts(PANIC + SCREEN), "--for", "modalities", "--top", 1).stdout
    assert "1. Cognitive behavioural therapy for panic and agoraphobia (cbt_panic)" in text
    assert "For: CBT is the psychological treatment" in text
    assert text.count("Not known whether these apply: ") == 1
    assert "Not known whether this applies" not in text, "the lead stands once for all of them"
    assert "--all lists them." in text
    assert "guided_self_help_panic" not in text


def test_what_applies_stands_apart_from_what_may_not(
    run: Callable[..., Result], facts: Callable[[str], Path]
) -> None:
    known = "medical_cause: possible\nperinatal: pregnant\nsubstance_pattern: no_problem\n"
    text = " ".join(
        run("advise", facts(PANIC + SCREEN + known), "--for", "modalities", "--top", 1).stdout.split()
    )
    assert "Caution: Something may point to a bodily cause" in text
    assert "Caution: In pregnancy" in text
    assert "Not known whether this applies: " in text
    assert "Caution: Not known" not in text


def test_the_text_of_a_bank_that_is_shut_says_what_to_ask(
    run: Callable[..., Result], facts: Callable[[str], Path]
) -> None:
    text = run("advise", facts(PANIC), "--for", "goals").stdout
    assert text.startswith("No goals are offered.")
    assert "[suicidal_thoughts] (2.4)" in text


def test_all_lists_everything(run: Callable[..., Result], facts: Callable[[str], Path]) -> None:
    text = run("advise", facts(PANIC + SCREEN), "--for", "modalities", "--all").stdout
    assert "--all" not in text
    assert "cbt_insomnia" in text or "insomnia" in text


def test_facts_come_from_stdin(data: Callable[..., Any], facts: Callable[[str], Path]) -> None:
    assert data("advise", "-", "--for", "goals", stdin=PANIC + SCREEN) == data(
        "advise", facts(PANIC + SCREEN), "--for", "goals"
    )


def test_the_same_facts_give_the_same_bytes(run: Callable[..., Result], facts: Callable[[str], Path]) -> None:
    path = facts(PANIC + SCREEN)
    for kind in ("text", "json"):
        args = ("advise", path, "--for", "goals", "--format", kind)
        assert run(*args).stdout == run(*args).stdout


@pytest.mark.parametrize(
    ("text", "place", "help_"),
    [
        ("concern: [panik]\n", ":1:11: error[F004]", "did you mean `panic`?"),
        ("age: 26\nsuicidal_thougths: no\n", ":2:1: error[R001]", "did you mean `suicidal_thoughts`?"),
        ("age: 300\n", ":1:6: error[F004]", "it runs from 0 to 120"),
        ("phq9: {total: 30, item_9: 0}\n", ":1:15: error[F004]", "it runs from 0 to 27"),
        ("- a\n", ":1:1: error[S009]", "write `role: value` lines"),
        ("answers:\n  problem.age: 3\n", ":1:1: error[R001]", "goldenthread walk --answers"),
        ("concern: [panic\n", ":1:16: error[S004]", "close the bracket"),
        ("age: 1\nage: 2\n", ":2:1: error[S006]", "keep one of the two"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(
    text: str, place: str, help_: str, run: Callable[..., Result], facts: Callable[[str], Path]
) -> None:
    result = run("advise", facts(text), "--for", "goals", code=1)
    assert place in result.stderr
    assert help_ in result.stderr
    assert result.stdout == ""


def test_a_file_that_cannot_be_read(run: Callable[..., Result], tmp_path: Path) -> None:
    assert "S001" in run("advise", tmp_path / "none.yaml", "--for", "goals", code=1).stderr
    assert "S001" in run("advise", tmp_path, "--for", "goals", code=1).stderr
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"concern: [caf\xe9]\n")
    assert "S002" in run("advise", bad, "--for", "goals", code=1).stderr


def test_a_bank_has_to_be_named(run: Callable[..., Result], facts: Callable[[str], Path]) -> None:
    run("advise", facts(PANIC), code=2)
    run("advise", facts(PANIC), "--for", "gaols", code=2)


def test_a_total_that_hides_a_risk_item_is_warned_about(
    run: Callable[..., Result], facts: Callable[[str], Path]
) -> None:
    result = run("advise", facts(PANIC + SCREEN + "phq9.total: 17\n"), "--for", "goals")
    assert "a total alone does not say what was answered" in result.stderr
    assert "offered" in result.stdout
