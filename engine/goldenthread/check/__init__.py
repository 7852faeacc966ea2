"""Is a library sound? One rule, one module; the registry says which are applied, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check import unused
from goldenthread.check.rules import (
    blanks,
    branches,
    coverage,
    cycles,
    dead_ends,
    instruments,
    lists,
    numbers,
    obligations,
    prefills,
    recursion,
    role_types,
    roles,
    rounds,
    safety_branches,
    superseded,
    texts,
    unasked,
    unopened,
    unreachable,
)
from goldenthread.loading.workspace import at_once
from goldenthread.source import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goldenthread.check.rule import Rule
    from goldenthread.diagnostics import Report
    from goldenthread.model import Library
    from goldenthread.prove import Case, Proof

PARTS: tuple[Rule, ...] = (
    unreachable.check,
    dead_ends.check,
    cycles.check,
    recursion.check,
    rounds.check,
    lists.check,
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


def check_library(library: Library, report: Report, cases: Iterable[Case] = ()) -> Proof | None:
    """Apply every rule to a library that was loaded, then prove it, and put what is found into its report.

    Gives the proof, or None where errors leave nothing to be proven. `cases` are answers to begin with: those of an
    earlier proof (`proof.cases`) make that of nearly the same library fast.
    """
    apply_rules(library, report)
    if report.errors or not library.flowcharts:
        return None
    return prove_library(library, report, cases)


def prove_library(library: Library, report: Report, cases: Iterable[Case] = ()) -> Proof:
    """Prove a library in which no rule found an error, and put what is found into its report."""
    from goldenthread.check.proof import findings  # noqa: PLC0415 -- rules are applied without it as one types
    from goldenthread.prove import prove  # noqa: PLC0415 -- as above

    places = Places(report.texts)
    proof = prove(library, cases)
    found = [*findings(proof), *unused.check(library)]
    report.extend(finding.diagnostic(places) for finding in found)
    return proof


def apply_rules(library: Library, report: Report, between: Callable[[], None] = at_once) -> None:
    """Apply every rule to a library that was loaded, and put what is found into its report.

    `between` is called before each rule.
    """
    places = Places(report.texts)
    for rule in PARTS:
        between()
        report.extend(finding.diagnostic(places) for finding in rule(library))
    if any(d.code not in _CHANGE_NO_ROUTE and not d.code.startswith("K") for d in report.errors):
        return
    for rule in WHOLE:
        between()
        report.extend(finding.diagnostic(places) for finding in rule(library))
