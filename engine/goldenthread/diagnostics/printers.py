"""Three ways to print a report: for a terminal, as JSON, and as annotations on a code-hosting site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics.answers import as_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.diagnostics.report import Diagnostic, Report

Paint = "Callable[[str, str], str]"
_MOST_LINES = 30
_COLOUR = {"error": "red", "warning": "yellow", "note": "cyan"}


def plain(text: str, _colour: str) -> str:
    """Paint nothing."""
    return text


def excerpt(diagnostic: Diagnostic, text: str | None, paint: Callable[[str, str], str] = plain) -> list[str]:
    """Give the line of a finding, with a caret under what it speaks of; nothing where there is no such line."""
    span = diagnostic.span
    lines = text.splitlines() if text is not None else []
    if not 0 < span.line <= len(lines):
        return []
    line = lines[span.line - 1]
    # A tab or a control character would move the caret: show it as one blank.
    line = "".join(c if c.isprintable() else " " for c in line)
    start, width = span.column - 1, max(span.end - span.column, 1)
    if len(line) > 160:
        cut = max(0, start - 60)
        line, start = ("…" if cut else "") + line[cut : cut + 150] + "…", start - cut + (1 if cut else 0)
    width = min(width, max(len(line) - start, 1))
    gutter = " " * len(str(span.line))
    return [
        f" {gutter} |",
        f" {span.line} | {line}",
        f" {gutter} | {' ' * start}{paint('^' * width, _COLOUR[diagnostic.level])}",
    ]


def as_text(report: Report, paint: Callable[[str, str], str] = plain) -> str:
    """Print each finding with its line, a caret and a help line, then a count."""
    out: list[str] = []
    for d in report:
        out.append(f"{d.span}: {paint(d.level, _COLOUR[d.level])}[{d.code}]: {d.message}")
        out += excerpt(d, report.texts.get(d.span.file), paint)
        if d.note:
            out.append(f"   = note: {d.note}")
        if d.help:
            out.append(f"   = help: {d.help}")
        if d.answers is not None:
            first, *rest = shown(d.answers)
            out += [f"   = {first}", *(f"       {line}" for line in rest)]
        out.append("")
    out.append(summary(report))
    return "\n".join(out)


def shown(answers: Mapping[str, Any]) -> list[str]:
    """Say in lines which answers show a finding."""
    what = "facts" if "facts" in answers else "answers"
    lines = as_yaml(answers).splitlines()
    if answers.get("answers") == {} and "rounds" not in answers and "opened" not in answers:
        return [
            f"no answer is needed: it shows in `{answers['flowchart']}` with every question left for later"
        ]
    more = len(lines) - _MOST_LINES
    if more > 0:
        lines = [*lines[:_MOST_LINES], f"… and {more} lines more"]
    return [f"these {what} show it, and none of them can be taken away:", *lines]


def summary(report: Report) -> str:
    """Count the findings in words."""

    def count(n: int, word: str) -> str:
        return f"{n} {word}" + ("" if n == 1 else "s")

    errors, warnings = len(report.errors), len(report.warnings)
    if not errors and not warnings:
        return "No errors, no warnings."
    first = next(iter(report.errors or report)).code
    found = f"{count(errors, 'error')}, {count(warnings, 'warning')}."
    return f"{found} `goldenthread explain {first}` says more about a code."


def as_json(report: Report) -> str:
    """Print the findings as one JSON object: `diagnostics`, `errors`, `warnings`."""
    return json.dumps(
        {
            "errors": len(report.errors),
            "warnings": len(report.warnings),
            "diagnostics": [
                {
                    "level": d.level,
                    "code": d.code,
                    "message": d.message,
                    "file": d.span.file,
                    "line": d.span.line,
                    "column": d.span.column,
                    "end_column": max(d.span.end, d.span.column + 1),
                    "help": d.help,
                    "note": d.note,
                    "answers": dict(d.answers) if d.answers is not None else None,
                }
                for d in report
            ],
        },
        indent=2,
        ensure_ascii=False,
    )


def _escape(text: str, *, field: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if field else text


def as_github(report: Report) -> str:
    """Print the findings as workflow commands that annotate a pull request."""

    def said(d: Diagnostic) -> str:
        more = "" if d.answers is None else "\n" + "\n".join(shown(d.answers))
        return _escape(d.message + (f" ({d.help})" if d.help else "") + more)

    level = {"error": "error", "warning": "warning", "note": "notice"}
    return "\n".join(
        f"::{level[d.level]} file={_escape(d.span.file, field=True)},line={d.span.line},col={d.span.column},"
        f"title={_escape(d.code, field=True)}::{said(d)}"
        for d in report
    )
