"""What is said about a file that does not have the form of its kind: one cause, one message, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.diagnostics import Report
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import check_form, kind_of
from goldenthread.loading.files import library_files, shipped
from goldenthread.loading.schema import fits
from goldenthread.source import parse, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.diagnostics import Diagnostic

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*.yaml"))


def form(text: str | bytes, name: str = "x.yaml") -> list[Diagnostic]:
    tree, found, _ = parse(text, name)
    assert tree is not None, found
    assert not found
    kind, unknown = kind_of(tree)
    return unknown or check_form(tree, kind)


def pieces(path: Path) -> list[str]:
    """Give the samples of a golden file, which a line of `#` parts."""
    return path.read_text(encoding="utf-8").split("\n####\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path, golden: Callable[[Path, str], None]) -> None:
    printed = []
    for sample in pieces(path):
        found = form(sample)
        assert found, sample
        report = Report(found, {"x.yaml": sample})
        printed.append(as_text(report).rpartition("\n\n")[0])
    golden(path.with_suffix(".out"), "\n\n####\n".join(printed))


def test_no_sample_is_answered_in_the_words_of_python_or_of_json_schema() -> None:
    for path in CASES:
        for sample in pieces(path):
            for finding in form(sample):
                said = f"{finding.message} {finding.help}"
                for word in (
                    "None",
                    "True",
                    "False",
                    "oneOf",
                    "is not valid",
                    "schema",
                    "{'",
                    "['",
                    "$ref",
                    "property",
                ):
                    assert word not in said, said


HEAD = "flowchart: x\ntitle: T\nphase: problem\npurpose: P\nstart: a\nreview: {status: draft}\nnodes:\n"


@pytest.mark.parametrize(
    ("node", "codes"),
    [
        ("{aks: Why?, answer: text}", ["F001"]),
        ("hello", ["F003"]),
        ("", ["F003"]),
        ("{}", ["F002"]),
        ("{ask: A, tell: B}", ["F004"]),
        ("{ask: A, next: {when: x, go: a}}", ["F003"]),
        ("{ask: A, next: [{wehn: x, go: a}]}", ["F001"]),
        ("{ask: A, next: [{otherwise: x, go: a}]}", ["F004"]),
        ("{ask: A, next: [{when: x}]}", ["F002"]),
        ("{ask: A, next: [{label: x}]}", ["F002"]),
        ("{ask: A, next: [a, b]}", ["F003", "F003"]),
        ("{ask: A, next: []}", ["F004"]),
        ("{ask: A, between: [1]}", ["F003"]),
        ("{ask: A, between: [a, b, c]}", ["F003"]),
        ("{ask: A, options: {a: 5}}", ["F003"]),
        ("{ask: A, options: {a: {note: x}}}", ["F002"]),
        ("{ask: A, options: {B b: x}}", ["F004"]),
        ("{ask: A, was: [b, b, b]}", ["F004"]),
        ("{ask: A, core: yes}", ["F003"]),
        ("{ask: A, answer: }", ["F003"]),
    ],
)
def test_one_cause_gives_one_message(node: str, codes: list[str]) -> None:
    assert [finding.code for finding in form(f"{HEAD}  a: {node}\n")] == codes


def test_a_reviewed_file_names_who_and_when_once() -> None:
    text = HEAD.replace("draft", "reviewed") + "  a: {end: E}\n"
    assert [finding.message for finding in form(text)] == ["`review` lacks `by` and `on`"]
    assert [finding.message for finding in form(text.replace("{status: reviewed}", "{}"))] == [
        "`review` lacks `status`"
    ]


def test_a_number_is_quoted_as_it_was_written() -> None:
    (found,) = form(f"{HEAD}  a: {{ask: 3.10}}\n")
    assert found.help == 'put it in quotes: "3.10"'


@pytest.mark.parametrize("path", library_files(shipped())[::7], ids=lambda path: path.name)
@given(data=st.data())
@settings(max_examples=25)
def test_no_fault_planted_in_a_real_file_goes_unnoticed_or_crashes(path: Path, data: st.DataObject) -> None:
    tree, _, _ = read(path)
    assert tree is not None
    kind, _ = kind_of(tree)
    planted: Any = tree.data
    steps: list[Any] = []
    while isinstance(planted, dict | list) and planted:
        keys = list(planted) if isinstance(planted, dict) else list(range(len(planted)))
        steps.append(data.draw(st.sampled_from(keys)))
        if data.draw(st.integers(0, 3)) == 0:
            break
        planted = planted[steps[-1]]
    holder = tree.data
    for step in steps[:-1]:
        holder = holder[step]
    before = holder[steps[-1]]
    for wrong in (None, [], {}, {"zzz": 1}, [None], 5, 1.5, True, "not a Name", "", ["x", "x"]):
        holder[steps[-1]] = wrong
        found = check_form(tree, kind)
        assert bool(found) is not fits(tree.data, kind)
        for finding in found:
            assert finding.message
            assert finding.span.line >= 1
            assert "does not have the form" not in finding.message
    holder[steps[-1]] = before


def test_a_file_that_says_its_kind_too_late_is_told_so() -> None:
    (found,) = form("title: T\nflowchart: x\n")
    assert (found.code, found.help) == ("F005", "move `flowchart:` to the top")
