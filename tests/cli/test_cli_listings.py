"""`goldenthread goals`, `facts`, `bank` and `sources`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.cli.bank import _in_full
from goldenthread.loading import load
from goldenthread.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


def test_goals_are_found_by_words_diagnosis_domain_and_factor(data: Callable[..., Any]) -> None:
    library, _ = load()
    assert data("goals")["count"] == len(library.goals)
    by_code = data("goals", "--diagnosis", "F41.0", "--factor", "avoidance")["goals"]
    assert by_code
    assert all("panic_disorder" in goal["diagnoses"] and "avoidance" in goal["targets"] for goal in by_code)
    assert data("goals", "--diagnosis", "panic disorder", "--factor", "avoidance")["goals"] == by_code
    assert {goal["domain"] for goal in data("goals", "--domain", "work_study")["goals"]} == {"work_study"}
    assert "drop_safety_behaviours" in [goal["id"] for goal in data("goals", "safety", "aid")["goals"]]


def test_a_goal_that_is_not_there_is_no_failure(run: Callable[..., Result]) -> None:
    assert run("goals", "zzzz").stdout.startswith("No goal fits")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--diagnosis", "panic_disordr"], "did you mean `panic_disorder`?"),
        (["--domain", "symptom"], "did you mean `symptoms`?"),
        (["--factor", "avoidnce"], "did you mean `avoidance`?"),
    ],
)
def test_a_goal_by_a_name_that_is_not_there(args: list[str], said: str, run: Callable[..., Result]) -> None:
    assert said in run("goals", *args, code=1).stderr


def test_every_fact_is_listed_with_who_asks_it(data: Callable[..., Any]) -> None:
    library, _ = load()
    found = {fact["id"]: fact for fact in data("facts")["facts"]}
    assert set(found) == set(library.facts)
    assert set(library.roles) <= set(found)
    thoughts = found["suicidal_thoughts"]
    assert (thoughts["type"], thoughts["safety"], thoughts["kind"]) == ("yes_no", True, "role")
    assert [asker["number"] for asker in thoughts["asked_by"]] == ["2.4"]
    assert found["phq9.total"]["between"] == [0, 27]
    assert [option["id"] for option in found["phq9.band"]["options"]][:2] == ["minimal", "mild"]


def test_a_few_facts_are_shown_in_full(run: Callable[..., Result]) -> None:
    text = run("facts", "mood_signs").stdout
    assert "death_thoughts   thoughts of death" in text
    assert "Asked in: 6.6" in text
    assert run("facts", "zzzz").stdout.startswith("No fact fits")


def test_all_facts_in_short_name_every_role_once(run: Callable[..., Result]) -> None:
    library, _ = load()
    lines = run("facts").stdout.splitlines()
    for role in library.roles:
        assert sum(line.split()[:1] == [role] for line in lines) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_is_listed_and_can_be_shown_in_full(
    kind: str, data: Callable[..., Any], run: Callable[..., Result]
) -> None:
    library, _ = load()
    entries = data("bank", kind)["entries"]
    assert [entry["id"] for entry in entries] == list(library.bank(kind))
    first = entries[0]["id"]
    assert first in run("bank", kind, first).stdout
    assert data("bank", first) == data("bank", kind, first)


def test_every_entry_of_the_bank_can_be_laid_out() -> None:
    library, _ = load()
    for entry in library.entries():
        text = _in_full(library, entry)
        assert entry.id in text
        assert "{'" not in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["goal"], "did you mean `goals`?"),
        (["modalities", "cbt_pani"], "did you mean `cbt_panic`?"),
        (["zzzz"], "one of: `alerts`"),
    ],
)
def test_an_entry_that_is_not_there(args: list[str], said: str, run: Callable[..., Result]) -> None:
    assert said in run("bank", *args, code=1).stderr


def test_every_source_of_the_library_is_under_its_reference(data: Callable[..., Any]) -> None:
    library, _ = load()
    found = {reference["id"]: reference for reference in data("sources")["references"]}
    assert list(found) == list(library.references)
    wanted = {(node.key, source.ref) for node in library.nodes() for source in node.sources}
    wanted |= {(entry.id, source.ref) for entry in library.entries() for source in entry.sources}
    given = {(claim["id"], key) for key, reference in found.items() for claim in reference["rests"]}
    assert wanted <= given


def test_a_reference_is_shown_with_what_rests_on_it(run: Callable[..., Result]) -> None:
    text = run("sources", "kroenke_2001").stdout
    assert "It says (abstract):" in text
    assert "goalbank/instruments/depression.yaml:" in text
    assert "did you mean `kroenke_2001`?" in run("sources", "kroenke_2010", code=1).stderr


@pytest.mark.parametrize(
    "args", [["goals"], ["facts"], ["bank"], ["sources"], ["bank", "phq9"], ["test", "--list"]]
)
def test_lines_fit_the_terminal(
    args: list[str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for line in run(*args).stdout.splitlines():
        assert len(line) <= 80 or " " not in line.strip() or "·" in line
