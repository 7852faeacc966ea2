"""Is a library sound? One rule, one module; the registry says which are applied, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rules import (
    blanks,
    branches,
    coverage,
    cycles,
    dead_ends,
    instruments,
    numbers,
    obligations,
    prefills,
    recursion,
    role_types,
    roles,
    safety_branches,
    superseded,
    texts,
    unasked,
    unopened,
    unreachable,
)
from goldenthread.source import Places

if TYPE_CHECKING:
    from goldenthread.check.rule import Rule
    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

PARTS: tuple[Rule, ...] = (
    unreachable.check,
    dead_ends.check,
    cycles.check,
    recursion.check,
    branches.check,
    safety_branches.check,
    numbers.check,
    role_types.check,
    blanks.check,
    instruments.check,
    prefills.check,
    superseded.check,
)
"""Rules about one thing at a time. They hold their peace where an error of loading explains what they see."""
WHOLE: tuple[Rule, ...] = (
    obligations.check,
    roles.check,
    unasked.check,
    unopened.check,
    texts.check,
    coverage.check,
)
"""Rules about the library as a whole, which mean something only once its parts are sound."""
RULES = (*PARTS, *WHOLE)
_CHANGE_NO_ROUTE = {"G006", "G008"}


def check_library(library: Library, report: Report) -> None:
    """Apply every rule to a library that was loaded, and put what is found into its report."""
    places = Places(report.texts)
    for rule in PARTS:
        report.extend(finding.diagnostic(places) for finding in rule(library))
    if any(d.code not in _CHANGE_NO_ROUTE and not d.code.startswith("K") for d in report.errors):
        return
    for rule in WHOLE:
        report.extend(finding.diagnostic(places) for finding in rule(library))
