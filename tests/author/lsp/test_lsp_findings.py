"""What is found in three steps, in the words of `check`; where it goes when lines move; the changes it proposes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clinic import CLINIC, GOALS, SLEEP, SMALL_FAULTS, TINY, WORRY, lay

from goldenthread.author.lsp import findings
from goldenthread.author.lsp.atlas import sheet
from goldenthread.author.lsp.findings import Findings, fix, moved
from goldenthread.author.lsp.positions import Text
from goldenthread.author.lsp.prover import Prover
from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.loading import Workspace
from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

FAULTS = {
    "a node": (SLEEP, "go: worry", "go: wory"),
    "an option": (SLEEP, "then == clock", "then == clok"),
    "a form": (SLEEP, "    end: It is known", "    ends: It is known"),
    "not YAML": (SLEEP, "start: wakes", "start: [wakes"),
    "twice": (SLEEP, "title: Waking at night", "title: Waking\ntitle: Waking at night"),
    "an entry": (GOALS, "leave_the_clock:", "avoidance:"),
}
"""Errors in a library that lies over the shipped one."""


def said(found: list[Diagnostic]) -> list[tuple[object, ...]]:
    return [(d.code, d.message, d.help, d.note, d.span.file, d.span.line, d.span.column) for d in found]


def checked(run: Callable[..., Result], found: list[Diagnostic], *options: str) -> list[tuple[object, ...]]:
    wrong = int(any(one.level == "error" for one in found))
    printed = json.loads(run("check", ".", *options, "--format", "json", code=wrong).output)["diagnostics"]
    keys = ("code", "message", "help", "note", "file", "line", "column")
    return [tuple(one[key] for key in keys) for one in printed]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_whole_says_what_check_says(
    fault: str, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lay(tmp_path))
    name, old, new = FAULTS[fault]
    text = CLINIC[name].replace(old, new, 1)
    found = findings.whole(findings.linked(Workspace([Path()]), {Path(name): text}))
    Path(name).write_text(text, encoding="utf-8")
    assert said(found) == checked(run, found) != []


@pytest.mark.parametrize("fault", SMALL_FAULTS)
def test_the_whole_and_the_proof_together_say_what_check_says(
    fault: str, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lay(tmp_path, TINY))
    name, old, new = SMALL_FAULTS[fault]
    text = TINY[name].replace(old, new, 1)
    held = findings.linked(Workspace([Path()], only=True), {Path(name): text})
    kept = Findings()
    kept.put("whole", findings.whole(held), held.report.texts)
    kept.put("proven", findings.proven(held)[0], held.report.texts)
    found = [one for file in sorted(kept.files) for one in kept.of(file, held.report.texts.get(file))]
    Path(name).write_text(text, encoding="utf-8")
    assert said(found) == checked(run, found, "--only")
    assert {one.code for one in found} >= {"unproven": {"P002"}, "a number": {"G008"}}.get(fault, set())


def test_a_proof_in_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    lay(tmp_path, TINY)
    name, old, new = SMALL_FAULTS["unproven"]
    texts = {tmp_path / name: TINY[name].replace(old, new, 1)}
    prover = Prover([tmp_path], only=True)
    try:
        for held in (texts, {}, texts):
            expected, _ = findings.proven(findings.linked(Workspace([tmp_path], only=True), held))
            assert prover.prove(held) == expected
        # One that has been ended is begun again.
        prover.stop()
        assert prover.prove(texts)[0].code
    finally:
        prover.stop()


def test_one_file_alone_says_what_needs_no_other() -> None:
    def codes(text: str) -> list[str]:
        return [found.code for found in findings.alone(text, "x.yaml")]

    assert codes(CLINIC[SLEEP]) == []
    assert codes(CLINIC[SLEEP].replace("go: worry", "go: wory")) == []
    assert codes("") == ["S009"]
    assert codes("flowchart: x\n\tstart: y\n") == ["S005"]
    assert codes("flowchrt: x\n") == ["F005"]
    assert set(codes("flowchart: x\nnodes: {}\n")) == {"F002", "F004"}


OLD = "a\nb\nc\nd\ne\n"


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (OLD, 4),
        ("x\n" + OLD, 5),
        (OLD + "x\n", 4),
        ("a\nc\nd\ne\n", 3),
        ("a\nb\nc\nD\ne\n", None),
        ("", None),
        ("a\nb\nc\nd\nx\ny\nz\ne\n", 4),
    ],
)
def test_what_was_found_goes_where_its_line_goes(new: str, line: int | None) -> None:
    found = [Diagnostic("error", "R001", "no", Span("x", 4, 1, 2))]
    assert [one.span.line for one in moved(found, OLD, new)] == ([] if line is None else [line])


def at(line: int, code: str = "R001") -> Diagnostic:
    return Diagnostic("error", code, f"{code} of {line}", Span("x", line, 1, 2))


def test_a_later_step_stands_in_the_place_of_an_earlier_one() -> None:
    held = Findings()
    held.put("linked", [at(1)], {"x": OLD})
    held.put("whole", [at(1), at(3, "G002")], {"x": OLD})
    assert held.of("x", OLD) == [at(1), at(3, "G002")]
    # What is linked anew no longer has the one; what the rules said stays until they speak again.
    held.put("linked", [at(2)], {"x": OLD})
    assert held.of("x", OLD) == [at(2), at(3, "G002")]
    held.put("whole", [at(2)], {"x": OLD})
    assert held.of("x", OLD) == [at(2)]
    assert held.files == {"x"}


def test_the_form_of_one_file_is_known_before_the_rest() -> None:
    held = Findings()
    held.put("whole", [at(1, "F002"), at(2), at(5)], {"x": OLD, "y": OLD})
    text = "new\n" + OLD
    held.put("alone", [at(1, "S004")], {"x": text})
    assert held.of("x", text) == [at(1, "S004"), *moved([at(2), at(5)], OLD, text)]
    assert held.has_form("x")
    held.put("alone", [], {"x": text})
    assert [one.code for one in held.of("x", text)] == ["R001", "R001"]
    assert not held.has_form("y")


@pytest.mark.parametrize(
    ("old", "new", "words", "right"),
    [
        ("go: worry", "go: wory", "wory", "worry"),
        ("then == clock", "then == clok", "clok", "clock"),
        ("as: night_waking", "as: night_wakin", "night_wakin", "night_waking"),
        ("    visit: worry_clinic", "    vist: worry_clinic", "vist", "visit"),
        ("phase: problem", "phase: problm", "problm", "problem"),
        ("with {night_waking}", "with {night_wakng}", "{night_wakng}", "{night_waking}"),
        ("wakes and then == clock", "wakes and then = clock", "=", "=="),
        ("wakes and then == clock", "Wakes and then == clock", "Wakes", "wakes"),
        ("visit: worry_clinic", "visit: wory_clinic", "wory_clinic", "worry_clinic"),
    ],
)
def test_a_finding_that_knows_better_proposes_the_change(
    tmp_path: Path, old: str, new: str, words: str, right: str
) -> None:
    lay(tmp_path)
    text = CLINIC[SLEEP].replace(old, new, 1)
    path = tmp_path / SLEEP
    [found] = [
        one
        for one in findings.whole(findings.linked(Workspace([tmp_path]), {path: text}))
        if one.help and one.code not in {"G002", "G001", "V002"} and one.span.file.endswith(SLEEP)
    ][:1]
    change = fix(found.message, found.help, Text(text).stretch(found.span), text, None)
    assert change is not None, found
    assert text[change.at.start : change.at.end] == words
    assert change.text == right


def test_in_a_folded_condition_the_very_word_is_changed(tmp_path: Path) -> None:
    lay(tmp_path)
    text = CLINIC[WORRY].replace("known(working_diagnosis)", "known(workng_diagnosis)")
    path = tmp_path / WORRY
    [found] = findings.whole(findings.linked(Workspace([tmp_path]), {path: text}))
    tree, _, _ = parse(text, "worry")
    assert tree is not None
    stretch = Text(text).stretch(found.span)
    change = fix(found.message, found.help, stretch, text, sheet("worry", tree, text))
    assert change is not None
    assert text[change.at.start : change.at.end] == "workng_diagnosis"
    assert change.text == "working_diagnosis"


@pytest.mark.parametrize(
    ("message", "help_"),
    [
        ("`a` leads to `b`, and there is no such node", "one of: `c`, `d`"),
        ("`then` is a choice, not yes or no", "write `then == option`"),
        (
            "`a` has no number",
            "`goldenthread fmt --number` gives it one; or write one, such as `number: 3.2a`",
        ),
    ],
)
def test_what_says_no_word_for_the_very_place_proposes_nothing(message: str, help_: str) -> None:
    text = "when: then and more\n"
    assert fix(message, help_, Text(text).stretch(Span("x", 1, 7, 19)), text, None) is None
