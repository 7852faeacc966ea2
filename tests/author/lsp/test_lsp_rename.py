"""Renaming: every mention, nothing else, no new fault, old cases find their answers; or a refusal that says why."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from clinic import CASE, CLINIC, GOALS, ROLES, SLEEP, WORRY, lay, shipped_view, view_of

from goldenthread.author import form
from goldenthread.author.lsp import findings
from goldenthread.author.lsp.atlas import Symbol
from goldenthread.author.lsp.rename import Edit, RefusedError, apply, edits_between, rename
from goldenthread.loading import Workspace
from goldenthread.loading.files import shipped

if TYPE_CHECKING:
    from pathlib import Path


THEN = Symbol("node", "sleep_clinic", "then")


class Clinic:
    """The small library on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = lay(folder)
        self.space = Workspace([folder])
        self.view = view_of(self.space)

    def rename(self, symbol: Symbol, new: str) -> dict[str, str]:
        """Give the changed texts, by the names of the files as in CLINIC."""
        found = rename(symbol, new, self.view.atlas, lambda name: str(self.folder) in name)
        return {name.partition(f"{self.folder.name}/")[2]: text for name, text in found.items()}

    def faults(self, texts: dict[str, str]) -> list[str]:
        held = {self.folder / name: text for name, text in texts.items()}
        return [str(found) for found in findings.whole(findings.linked(self.space, held))]


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


@pytest.mark.parametrize(
    ("symbol", "new", "files", "was"),
    [
        (THEN, "what_then", [SLEEP, WORRY, CASE], "number: 40.2\n    was: [then]\n"),
        (Symbol("node", "sleep_clinic", "done"), "known_now", [SLEEP, CASE], "known_now:\n    was: [done]\n"),
        (
            Symbol("option", "sleep_clinic.then", "clock"),
            "looks",
            [SLEEP, WORRY, CASE],
            "looks: {label: look at the clock, was: [clock]}",
        ),
        (Symbol("option", "sleep_clinic.then", "up"), "rises", [SLEEP], "rises: {label: get up, was: [up]}"),
        (
            Symbol("flowchart", "", "sleep_clinic"),
            "night_clinic",
            [SLEEP, WORRY, CASE],
            "flowchart: night_clinic",
        ),
        (Symbol("roles", "", "night_waking"), "wakes_at_night", [SLEEP, ROLES, GOALS], "was: [night_waking]"),
        (Symbol("goals", "", "leave_the_clock"), "no_clock", [GOALS], "was: [leave_the_clock]"),
        (Symbol("derived", "sleep_clinic", "bad"), "is_bad", [SLEEP], ""),
        (Symbol("blank", "leave_the_clock", "times"), "nights", [GOALS], ""),
    ],
    ids=lambda value: value.id if isinstance(value, Symbol) else "",
)
def test_a_thing_is_renamed_wherever_it_is_named(
    clinic: Clinic, symbol: Symbol, new: str, files: list[str], was: str
) -> None:
    texts = clinic.rename(symbol, new)
    assert sorted(texts) == sorted(files)
    assert clinic.faults({}) == clinic.faults(texts) == []
    defined = texts[files[0] if symbol.kind != "roles" else ROLES]
    assert was in defined
    if symbol.kind in {"derived", "blank"}:
        assert "was:" not in defined
    lay(clinic.folder, {**CLINIC, **texts})
    again = view_of(Workspace([clinic.folder])).atlas
    assert symbol not in again.defined
    then = symbol._replace(id=new)
    assert len(again.mentioned(then)) == len(clinic.view.atlas.mentioned(symbol))


def test_what_only_looks_like_the_name_stays(clinic: Clinic) -> None:
    texts = clinic.rename(THEN, "what_then")
    assert "What does {client} do then, with" in texts[SLEEP]
    assert "when: wakes # 😴 and on" in texts[SLEEP]


def test_a_role_is_renamed_in_the_texts_that_fill_it_in(clinic: Clinic) -> None:
    texts = clinic.rename(Symbol("roles", "", "night_waking"), "woken")
    assert "do then, with {woken}?" in texts[SLEEP]


def test_back_to_the_old_name_leaves_no_trace_of_it(clinic: Clinic) -> None:
    lay(clinic.folder, {**CLINIC, **clinic.rename(THEN, "what_then")})
    there = Clinic.__new__(Clinic)
    there.folder, there.space = clinic.folder, Workspace([clinic.folder])
    there.view = view_of(there.space)
    texts = there.rename(THEN._replace(id="what_then"), "then")
    assert "was: [what_then]" in texts[SLEEP]


def test_an_earlier_name_is_kept_beside_the_last(clinic: Clinic) -> None:
    for before in ("was: [a_while]", "was:\n      - a_while"):
        text = CLINIC[SLEEP].replace("number: 40.2\n", f"number: 40.2\n    {before}\n")
        lay(clinic.folder, {SLEEP: text})
        clinic.view = view_of(Workspace([clinic.folder]))
        changed = clinic.rename(THEN, "what_then")[SLEEP]
        assert "was: [a_while, then]" in changed or "was:\n      - a_while\n      - then\n" in changed


def test_files_in_the_house_form_stay_in_it(clinic: Clinic) -> None:
    texts = clinic.rename(Symbol("option", "sleep_clinic.then", "clock"), "looks_at_the_clock_again")
    for name, text in texts.items():
        if not form(CLINIC[name].encode(), name).changed:
            assert not form(text.encode(), name).changed


@pytest.mark.parametrize(
    ("symbol", "new", "reason"),
    [
        (THEN, "Then", "is no id"),
        (THEN, "then go", "is no id"),
        (THEN, "a" * 81, "is no id"),
        (THEN, "known", "word of the language"),
        (THEN, "wakes", "there is a node `wakes` already"),
        (THEN, "bad", "there is a derived fact `bad` already"),
        (THEN, "night_waking", "means something else already"),
        (Symbol("option", "sleep_clinic.then", "up"), "clock", "there is an option `clock` already"),
        (Symbol("flowchart", "", "worry_clinic"), "planning", "there is a flowchart `planning` already"),
        (Symbol("roles", "", "night_waking"), "insomnia", "there is a diagnosis `insomnia` already"),
        (Symbol("roles", "", "night_waking"), "wakes", "means something else already"),
        (Symbol("factors", "", "avoidance"), "shunning", "which is not part of your library"),
        (Symbol("band", "gad7.total", "mild"), "light", "gets no other name"),
        (Symbol("node", "sleep_clinic", "nowhere"), "somewhere", "there is no node `nowhere`"),
    ],
)
def test_a_name_that_would_mean_something_else_is_refused(
    clinic: Clinic, symbol: Symbol, new: str, reason: str
) -> None:
    with pytest.raises(RefusedError, match=reason):
        clinic.rename(symbol, new)


def test_a_role_that_the_plan_reads_would_be_missed() -> None:
    """What only a check of the whole can see is left to it: the server asks for one before it answers."""
    space = Workspace()
    role = Symbol("roles", "", "wanted_change")
    texts = rename(role, "other_name", shipped_view().atlas, lambda _: True)
    before = findings.whole(findings.linked(space, {}))
    after = findings.whole(findings.linked(space, {shipped() / name: text for name, text in texts.items()}))
    assert [fault.code for fault in findings.more(before, after)] == ["G009"]


def test_things_all_over_the_shipped_library_can_be_renamed() -> None:
    space, view = Workspace(), shipped_view()
    chosen = random.Random(11)  # noqa: S311 -- a sample
    kinds = ["node", "option", "factors", "goals", "references", "interventions", "blank", "flowchart"]
    for kind in kinds:
        symbol = chosen.choice([symbol for symbol in view.atlas.defined if symbol.kind == kind])
        texts = rename(symbol, "another_name_for_it", view.atlas, lambda _: True)
        held = {shipped() / name: text for name, text in texts.items()}
        assert findings.whole(findings.linked(space, held)) == [], symbol
        for name, text in texts.items():
            assert not form(text.encode(), name).changed, (symbol, name)


def test_edits_lead_from_one_text_to_the_other_and_touch_little() -> None:
    old, new = "a: one\nb: two\nc: three\n", "a: one\nb: twice\nc: three\nd: four\n"
    edits = edits_between(old, new)
    assert apply(old, edits) == new
    assert [edit.text for edit in edits] == ["twice", "d: four\n"]
    assert edits_between(old, old) == []
    assert apply("abc", [Edit(edits[0].at._replace(start=1, end=2), "")]) == "ac"
