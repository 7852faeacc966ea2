"""Findings and vignettes as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from goldenthread.diagnostics.answers import as_yaml
from goldenthread.diagnostics.printers import excerpt
from goldenthread.preview.editors import Spot, spot
from goldenthread.preview.placing import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.preview.snapshot import Snapshot
    from goldenthread.trial import Outcome

GRAVEST = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what, where, its line with a caret, what to do; the step it is about, where there is one."""

    level: str
    code: str
    message: str
    note: str
    help: str
    spot: Spot
    excerpt: str
    answers: str = ""
    """Answers that show it, as a file to be walked with."""
    related: Spot | None = None
    step: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One vignette: whether it came out as expected, and what did not."""

    id: str
    about: str
    passed: bool
    spot: Spot
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each kind."""

    errors: int = 0
    warnings: int = 0


def counts(levels: Iterable[str]) -> Counts:
    """Count findings by their levels."""
    every = list(levels)
    return Counts(every.count("error"), len(every) - every.count("error"))


def gravest(found: Iterable[Diagnostic], most: int) -> list[Diagnostic]:
    """Give so many findings at most, errors before warnings, in the order in which they come."""
    every = list(found)
    kept = {id(one) for one in sorted(every, key=lambda one: GRAVEST.index(one.level))[:most]}
    return [one for one in every if id(one) in kept]


def finding(
    now: Snapshot, found: Diagnostic, text: str | None, editor: str, place: Place = NOWHERE
) -> Finding:
    """Give a finding as it is shown."""
    shown = now.shown.get(place.chart)
    node = shown.chart.nodes.get(place.node) if shown is not None else None
    # The first line is for a terminal: it only sets the others apart.
    lines = excerpt(found, text)[1:]
    return Finding(
        found.level,
        found.code,
        found.message,
        found.note,
        found.help,
        spot(found.span, editor),
        "\n".join(line[1:] for line in lines),
        as_yaml(found.answers) if found.answers is not None else "",
        spot(found.related, editor) if found.related is not None else None,
        f"{node.number} {node.id}".strip() if node is not None else "",
        reverse("step", args=[node.flowchart, node.id]) if node is not None else "",
    )


def tried(now: Snapshot, editor: str) -> list[Tried]:
    """Give the vignettes, those that failed first."""
    texts: Mapping[str, str] = now.trial.texts
    made = []
    for outcome in now.trial.outcomes:
        tree = outcome.vignette.tree
        rows = tuple(finding(now, found, texts.get(found.span.file), editor) for found in outcome.found)
        about = str(outcome.vignette.data.get("about", ""))
        begin = spot(tree.value(tree.data, "vignette"), editor)
        made.append(Tried(outcome.vignette.id, about, outcome.passed, begin, rows))
    return sorted(made, key=lambda one: one.passed)


def failed(outcomes: Iterable[Outcome]) -> int:
    """Count the vignettes that did not come out as expected."""
    return sum(not outcome.passed for outcome in outcomes)
