"""A report as SARIF 2.1.0, the form in which code-hosting sites and editors exchange findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from goldenthread.diagnostics.codes import CODES

if TYPE_CHECKING:
    from goldenthread.diagnostics.report import Diagnostic, Report


def as_sarif(report: Report, version: str) -> str:
    """Print the findings as one run of SARIF, with what each code means."""
    found = list(report)
    codes = sorted({diagnostic.code for diagnostic in found})
    run = {
        "tool": {
            "driver": {"name": "goldenthread", "version": version, "rules": [_rule(code) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in found],
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(code: str) -> dict[str, Any]:
    known = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.means},
        "help": {"text": f"`goldenthread explain {code}` shows a sample, and the same sample mended."},
        "defaultConfiguration": {"level": known.level},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    span = diagnostic.span
    said = [diagnostic.message, *(part for part in (diagnostic.note, diagnostic.help) if part)]
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.line,
        "endColumn": max(span.end, span.column + 1),
    }
    where = {"artifactLocation": {"uri": _uri(span.file)}, "region": region}
    shown = {"properties": {"answers": dict(diagnostic.answers)}} if diagnostic.answers is not None else {}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.level,
        "message": {"text": "\n".join(said)},
        "locations": [{"physicalLocation": where}],
        **shown,
    }


def _uri(file: str) -> str:
    """Give a file as a URI: relative to the working folder where it lies below it."""
    return Path(file).as_uri() if Path(file).is_absolute() else quote(file)
