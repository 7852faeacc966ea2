"""The three printers over one report."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.diagnostics import Diagnostic, Report, Span
from goldenthread.diagnostics.printers import as_github, as_json, as_text, summary
from goldenthread.source import parse


def report_of(text: str, span: Span, message: str = "wrong", help_: str = "", note: str = "") -> Report:
    return Report([Diagnostic("error", "F001", message, span, help_, note)], {span.file: text})


def underlined(printed: str) -> str:
    """Give the characters of the excerpt that stand right above the carets."""
    lines = printed.splitlines()
    carets = next(n for n, line in enumerate(lines) if re.fullmatch(r" *\| *\^+", line))
    start, end = lines[carets].index("^"), len(lines[carets])
    return lines[carets - 1][start:end]


def test_text_in_full() -> None:
    report = report_of("title: A\nnodez: x\n", Span("a.yaml", 2, 1, 6), "no key", "did you mean?", "seen")
    assert as_text(report) == (
        "a.yaml:2:1: error[F001]: no key\n"
        "   |\n"
        " 2 | nodez: x\n"
        "   | ^^^^^\n"
        "   = note: seen\n"
        "   = help: did you mean?\n"
        "\n"
        "1 error, 0 warnings. `goldenthread explain F001` says more about a code."
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        ("\twrong: x", 1, 6, "wrong"),
        ("a\t\twrong: x", 3, 8, "wrong"),
        ("a: \x07wrong", 4, 9, "wrong"),
        ("ä: 🙂 wrong", 5, 10, "wrong"),
        ("x" * 155 + "wrong", 155, 160, "wrong"),
        ("x" * 500 + "wrong" + "y" * 500, 500, 505, "wrong"),
        ("wrong" + "y" * 500, 0, 5, "wrong"),
        ("x" * 400 + "wrong", 400, 405, "wrong"),
        ("a: wrong", 3, 999, "wrong"),
    ],
)
def test_the_caret_stands_under_the_fault(line: str, start: int, end: int, shown: str) -> None:
    printed = as_text(report_of(line + "\n", Span("a.yaml", 1, start + 1, end + 1)))
    assert underlined(printed) == shown
    assert max(map(len, printed.splitlines()[:-1])) < 170


def test_the_caret_stands_under_the_fault_after_a_byte_order_mark() -> None:
    _, found, text = parse(b"\xef\xbb\xbftitle: A\ntitle: B\n", "a.yaml")
    assert text is not None
    assert underlined(as_text(Report(found, {"a.yaml": text}))) == "title"
    _, found, text = parse("\ufefftitle: &wrong A\n".encode(), "a.yaml")
    assert text is not None
    assert underlined(as_text(Report(found, {"a.yaml": text}))) == "&"


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300),
    st.text(alphabet="abc", min_size=1, max_size=20),
    st.text(alphabet="xyz\t", max_size=300),
)
def test_the_caret_stands_under_any_fault(before: str, fault: str, after: str) -> None:
    span = Span("a.yaml", 1, len(before) + 1, len(before) + len(fault) + 1)
    printed = as_text(report_of(before + fault + after, span))
    assert underlined(printed) == fault


def test_a_place_past_the_end_of_a_line_still_has_one_caret() -> None:
    printed = as_text(report_of("a: b\n", Span("a.yaml", 1, 5, 6)))
    assert " 1 | a: b\n   |     ^" in printed


def test_a_place_past_the_end_of_the_file_has_no_excerpt() -> None:
    assert "|" not in as_text(report_of("a: b\n", Span("a.yaml", 9, 1)))
    assert "|" not in as_text(Report([Diagnostic("error", "S001", "gone", Span("b.yaml", 1, 1))]))


def test_findings_are_sorted_and_not_repeated() -> None:
    first = Diagnostic("error", "F001", "one", Span("a.yaml", 2, 1))
    later = Diagnostic("warning", "F001", "two", Span("a.yaml", 10, 1))
    other = Diagnostic("error", "F001", "three", Span("b.yaml", 1, 1))
    report = Report([other, later, first, first])
    assert [d.message for d in report] == ["one", "two", "three"]
    assert (len(report), report.errors, report.warnings) == (3, [first, other], [later])
    assert summary(report).startswith("2 errors, 1 warning. `goldenthread explain F001`")


def test_an_empty_report_says_so() -> None:
    assert as_text(Report()) == "No errors, no warnings."
    assert as_github(Report()) == ""


@given(st.text(), st.text(), st.text())
def test_json_comes_back_as_it_went_in(message: str, help_: str, file: str) -> None:
    report = report_of("a: b\n", Span(file, 1, 4), message, help_)
    data = json.loads(as_json(report))
    assert (data["errors"], data["warnings"]) == (1, 0)
    (found,) = data["diagnostics"]
    assert found == {
        "level": "error",
        "code": "F001",
        "message": message,
        "file": file,
        "line": 1,
        "column": 4,
        "end_column": 5,
        "help": help_,
        "note": "",
        "answers": None,
    }


def test_github_escapes_what_its_commands_are_made_of() -> None:
    report = report_of("", Span("a,b:c%.yaml", 3, 7), "100% wrong:\r\nsee, there", "do\nthis")
    assert as_github(report) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=F001::100%25 wrong:%0D%0Asee, there (do%0Athis)"
    )


@given(st.text(), st.text())
def test_github_puts_each_finding_on_one_line(message: str, file: str) -> None:
    printed = as_github(report_of("", Span(file, 1, 1), message))
    assert "\n" not in printed
    assert "\r" not in printed
    head, _, body = printed.removeprefix("::").partition("::")
    assert body.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == message
    assert [part.partition("=")[0] for part in head.removeprefix("error ").split(",")] == [
        "file",
        "line",
        "col",
        "title",
    ]


def test_github_names_the_levels_as_the_site_does() -> None:
    span = Span("a.yaml", 1, 1)
    report = Report([Diagnostic("warning", "F001", "w", span), Diagnostic("note", "F001", "n", span)])
    assert [line.partition(" ")[0] for line in as_github(report).splitlines()] == ["::notice", "::warning"]


def test_colour_is_put_on_the_level_and_the_caret() -> None:
    painted = as_text(
        report_of("a: b\n", Span("a.yaml", 1, 1, 2)), lambda text, colour: f"<{colour}>{text}</>"
    )
    assert "<red>error</>[F001]" in painted
    assert "   | <red>^</>" in painted
