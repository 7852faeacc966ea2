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
    roles,
    safety_branches,
    texts,
    unreachable,
    visits,
)

if TYPE_CHECKING:
    from goldenthread.check.rule import Rule
    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

RULES: tuple[Rule, ...] = (
    unreachable.check,
    dead_ends.check,
    cycles.check,
    visits.check,
    branches.check,
    safety_branches.check,
    obligations.check,
    numbers.check,
    roles.check,
    blanks.check,
    texts.check,
    instruments.check,
    coverage.check,
)


def check_library(library: Library, report: Report) -> None:
    """Apply every rule to a library that was loaded, and put what is found into its report."""
    for rule in RULES:
        report.extend(rule(library))
