"""A report as SARIF: every finding at its place, with what its code means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from goldenthread.diagnostics import Diagnostic, Report, Span
from goldenthread.diagnostics.codes import CODES
from goldenthread.diagnostics.sarif import as_sarif

SCHEMA = json.loads(Path(__file__).with_name("sarif.schema.json").read_text(encoding="utf-8"))


def printed(*found: Diagnostic) -> Any:
    out = json.loads(as_sarif(Report(list(found)), "1.2.3"))
    Draft202012Validator(SCHEMA).validate(out)
    (run,) = out["runs"]
    return run


def test_nothing_wrong_is_a_run_without_results() -> None:
    run = printed()
    assert run["results"] == []
    assert run["tool"]["driver"] == {"name": "goldenthread", "version": "1.2.3", "rules": []}


def test_a_finding_has_its_place_its_words_and_its_code() -> None:
    run = printed(
        Diagnostic("warning", "K007", "second", Span("b.yaml", 2, 3)),
        Diagnostic("error", "R001", "first", Span("a ö.yaml", 7, 5, 9), "do this", "and know that"),
    )
    first, second = run["results"]
    assert first["message"]["text"] == "first\nand know that\ndo this"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20%C3%B6.yaml"
    assert place["region"] == {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 9}
    assert (first["level"], second["level"]) == ("error", "warning")
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in (first, second)] == ["R001", "K007"]
    assert rules[first["ruleIndex"]]["fullDescription"]["text"] == CODES["R001"].means


def test_a_file_elsewhere_is_named_by_its_whole_place(tmp_path: Path) -> None:
    run = printed(Diagnostic("error", "S001", "gone", Span(str(tmp_path / "x y.yaml"), 1, 1, 2)))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///")
    assert uri.endswith("/x%20y.yaml")


def test_every_code_can_be_printed() -> None:
    run = printed(*(Diagnostic("error", code, "said", Span("a.yaml", 1, 1, 2)) for code in CODES))
    assert len(run["tool"]["driver"]["rules"]) == len(CODES)
