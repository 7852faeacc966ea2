"""`goldenthread reviews`: what is reviewed, what is a draft, what is overdue on a day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from samples import laid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

WORKS = """\
references: sample
review: {status: draft}
entries:
  old_guide:
    type: report
    title: A guide
    issued: 2009
    confirmed: seen
    review: {status: reviewed, by: A. Clinician, on: 2025-01-10, due: 2026-01-10}
  new_guide:
    type: report
    title: A guide
    issued: 2022
    confirmed: seen
    review: {status: reviewed, by: A. Clinician, on: 2025-01-10}
  other_guide: {type: report, title: A guide, issued: 2022, confirmed: seen}
"""


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, Path, str]:
    laid(tmp_path, works=WORKS)
    return "--library", tmp_path, "--only"


@pytest.mark.parametrize(("day", "state"), [("2026-01-10", "reviewed"), ("2026-01-11", "overdue")])
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    day: str, state: str, own: tuple[Any, ...], data: Callable[..., Any]
) -> None:
    found = data("reviews", "--today", day, *own)
    states = {entry["id"]: entry["state"] for entry in found["entries"]}
    assert states == {"old_guide": state, "new_guide": "reviewed", "other_guide": "draft"}
    assert found["today"] == day


def test_what_is_overdue_and_what_is_a_draft_are_listed_apart_and_together(
    own: tuple[Any, ...], data: Callable[..., Any]
) -> None:
    def listed(*options: str) -> list[str]:
        return [entry["id"] for entry in data("reviews", "--today", "2026-05-01", *options, *own)["entries"]]

    assert listed("--overdue") == ["old_guide"]
    assert listed("--draft") == ["other_guide"]
    assert listed("--overdue", "--draft") == ["old_guide", "other_guide"]
    assert listed("references") == ["old_guide", "new_guide", "other_guide"]
    assert listed("goals") == []


def test_the_place_of_what_is_overdue_is_named(own: tuple[Any, ...], run: Callable[..., Result]) -> None:
    text = run("reviews", "--today", "2026-05-01", *own).stdout
    assert (
        "references old_guide, overdue: reviewed 2025-01-10 by A. Clinician; due again 2026-01-10"
        in " ".join(text.split())
    )
    assert "works.yaml:4" in text
    assert "references  1 reviewed, 1 overdue, 1 draft" in text
    assert "Nothing is overdue on 2025-05-01." in run("reviews", "--today", "2025-05-01", *own).stdout


def test_without_a_day_it_is_today(data: Callable[..., Any]) -> None:
    before = datetime.datetime.now().astimezone().date()
    found = data("reviews", "goals")
    assert before.isoformat() <= found["today"] <= datetime.datetime.now().astimezone().date().isoformat()
    assert found["count"] > 50


def test_a_kind_or_a_day_that_is_none(run: Callable[..., Result]) -> None:
    assert "did you mean `goals`?" in run("reviews", "goal", code=1).stderr
    assert "does not match the format" in run("reviews", "--today", "tomorrow", code=2).stderr
