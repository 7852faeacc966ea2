"""A library loaded again after edits: it comes out as a fresh load would, and only what changed is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_library import SMALL

from goldenthread.loading import Workspace, load, workspace
from goldenthread.trial import read_vignettes

if TYPE_CHECKING:
    from pathlib import Path

    from goldenthread.diagnostics import Report

TALK = "flowcharts/talk.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SMALL.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed, as they are."""
    names: list[str] = []
    real = workspace.parse

    def parse(blob: bytes | str, name: str) -> object:
        names.append(name)
        return real(blob, name)

    monkeypatch.setattr(workspace, "parse", parse)
    return names


def words(report: Report) -> list[tuple[str, str, int]]:
    return [(found.code, found.message, found.span.line) for found in report]


def test_only_what_changed_is_read_again(folder: Path, parsed: list[str]) -> None:
    space = Workspace([folder], only=True)
    space.load()
    assert len(parsed) == len(SMALL)
    parsed.clear()
    space.load()
    assert parsed == []
    (folder / TALK).write_text(SMALL[TALK].replace("First talk", "Talk"), encoding="utf-8")
    library, _ = space.load()
    assert [name.endswith(TALK) for name in parsed] == [True]
    assert library.flowcharts["talk"].title == "Talk"


@pytest.mark.parametrize(
    "edit",
    [
        ("go: score", "go: scoer"),
        ("pressing: mood_score >= 8 or attacks", "pressing: mood_scor >= 8 or attacks"),
        ("start: reason", "start: [reason"),
        ("phase: problem", "phase: nowhere"),
        ("flowchart: talk\n", "flowchrt: talk\n"),
        (SMALL[TALK], ""),
    ],
)
def test_a_text_not_saved_counts_as_if_it_were(folder: Path, edit: tuple[str, str]) -> None:
    space = Workspace([folder], only=True)
    _, sound = space.load()
    text = SMALL[TALK].replace(*edit)
    assert text != SMALL[TALK]
    held, report = space.load({folder / TALK: text})
    _, mended = space.load()
    (folder / TALK).write_text(text, encoding="utf-8")
    fresh, expected = load([folder], only=True)
    assert words(report) == words(expected) != []
    assert held.digest == fresh.digest
    assert words(mended) == words(sound) == []


def test_a_later_load_leaves_an_earlier_library_as_it_was(folder: Path) -> None:
    space = Workspace([folder], only=True)
    before, _ = space.load()
    known = {"talk.mood_score": 8.0, "talk.attacks": False}
    pressing = before.flowcharts["talk"].facts["pressing"]
    assert pressing.truth(known, {}) is True
    after, _ = space.load({folder / TALK: SMALL[TALK].replace("mood_score >= 8", "mood_score >= 9")})
    assert pressing.truth(known, {}) is True
    later = after.flowcharts["talk"].facts["pressing"]
    assert later.truth(known, {}) is False


def test_a_text_without_a_file_is_a_new_file_of_the_library(folder: Path) -> None:
    space = Workspace([folder], only=True)
    second = SMALL[TALK].replace("flowchart: talk", "flowchart: second").replace("number: 1\n", "number: 2\n")
    library, _ = space.load({folder / "flowcharts/second.yaml": second})
    assert set(library.flowcharts) == {"talk", "second"}
    elsewhere = {folder / "second.yaml": second, folder / "flowcharts/vignettes/second.yaml": second}
    library, _ = space.load(elsewhere)
    assert set(library.flowcharts) == {"talk"}


def test_a_file_that_goes_is_gone_and_one_that_comes_is_read(folder: Path) -> None:
    space = Workspace([folder], only=True)
    space.load()
    (folder / TALK).unlink()
    library, report = space.load()
    assert not library.flowcharts
    assert words(report) != []
    (folder / TALK).write_text(SMALL[TALK], encoding="utf-8")
    library, report = space.load()
    assert set(library.flowcharts) == {"talk"}
    assert words(report) == []


def test_what_is_not_saved_of_a_vignette_is_read_too(folder: Path) -> None:
    vignette = (
        "vignette: one\nabout: It is.\nreview: {status: draft}\nflowchart: talk\nanswers: {}\nexpect: {}\n"
    )
    path = folder / "flowcharts/vignettes/one.yaml"
    path.parent.mkdir()
    path.write_text(vignette, encoding="utf-8")
    space = Workspace([folder], only=True)
    space.load({path: vignette.replace("one", "two")})
    read, found, _ = read_vignettes([path], space.read)
    assert not found
    assert [one.id for one in read] == ["two"]
