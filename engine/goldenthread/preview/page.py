"""What the pages are made of: the list beside them, a flowchart with its findings and one of its steps, the rest."""

from __future__ import annotations

import shlex
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from goldenthread.diagnostics import nearest
from goldenthread.preview import rows
from goldenthread.preview.editors import spot
from goldenthread.preview.picture import overview, picture
from goldenthread.preview.placing import NOWHERE
from goldenthread.preview.step import step

if TYPE_CHECKING:
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.preview.snapshot import Shown, Snapshot
    from goldenthread.preview.workshop import Workshop


MOST = 200
"""So many findings are listed on the first page."""


class Listed(NamedTuple):
    """A flowchart in the list: its name, where it leads, its findings, whether an old state of it is shown."""

    id: str
    number: int
    title: str
    href: str
    counts: rows.Counts
    old: bool


def around(shop: Workshop, now: Snapshot) -> dict[str, Any]:
    """Give what every page shows: the list of flowcharts, and what is wrong in all."""
    own: list[Listed] = []
    other: list[Listed] = []
    levels: defaultdict[str, list[str]] = defaultdict(list)
    for found, place in now.places.items():
        levels[place.chart].append(found.level)
    for shown in now.shown.values():
        (own if shown.own else other).append(_listed(shown, levels[shown.chart.id]))
    groups = [("Yours", own), ("Shipped", other)] if own and other else [("", [*own, *other])]
    outcomes = now.trial.outcomes
    return {
        "now": now,
        "busy": shop.busy,
        "checking": now.stage in {"begun", "loaded"},
        "name": shop.name,
        "groups": groups,
        "counts": rows.counts(found.level for found in now.report),
        "vignettes": len(outcomes),
        "failed": rows.failed(outcomes),
        "elsewhere": rows.counts(
            f.level for f in now.report if now.places.get(f, NOWHERE).chart not in now.shown
        ),
    }


def _listed(shown: Shown, levels: list[str]) -> Listed:
    chart = shown.chart
    href = reverse("flowchart", args=[chart.id])
    return Listed(chart.id, chart.number, chart.title or chart.id, href, rows.counts(levels), shown.old)


def home(shop: Workshop, now: Snapshot) -> dict[str, Any]:
    """Give what the first page shows: how the flowcharts lead into each other, and findings by their files.

    Of very many, the gravest; the others stand with their flowcharts.
    """
    files: dict[str, list[rows.Finding]] = defaultdict(list)
    listed = rows.gravest(now.report, MOST)
    for found in listed:
        files[found.span.file].append(_finding(shop, now, found))
    more = len(list(now.report)) - len(listed)
    return around(shop, now) | {"picture": overview(now.library), "files": dict(files), "more": more}


def flowchart(shop: Workshop, now: Snapshot, chart: str, node: str = "") -> dict[str, Any]:
    """Give what the page of a flowchart shows, whether or not there still is one of that name."""
    context = around(shop, now) | {"id": chart, "chosen": node}
    shown = now.shown.get(chart)
    if shown is None:
        near = nearest(chart, now.shown)
        return context | {"near": now.shown[near].chart if near else None}
    placed = {found: place for found, place in now.places.items() if place.chart == chart}
    levels: dict[str, str] = {}
    for level in reversed(rows.GRAVEST):
        levels |= {
            place.node: level for found, place in placed.items() if found.level == level and place.node
        }
    # What stops the library from being used comes first.
    here = sorted(
        (each for each in now.report if each in placed), key=lambda each: rows.GRAVEST.index(each.level)
    )
    return context | {
        "shown": shown,
        "chart": shown.chart,
        "spot": spot(shown.chart.span, shop.editor),
        "picture": picture(shown.library, chart, levels, node),
        "base": reverse("flowchart", args=[chart]) + "/",
        "found": [_finding(shop, now, each) for each in here],
        "walk": walk_command(shop, chart),
        **(beside(shop, now, chart, node) if node else {}),
    }


def beside(shop: Workshop, now: Snapshot, chart: str, node: str) -> dict[str, Any]:
    """Give what is shown of one step; the nearest right one where there is none of that name."""
    shown = now.shown.get(chart)
    held = shown.chart.nodes.get(node) if shown is not None else None
    if shown is None or held is None:
        near = nearest(node, shown.chart.nodes) if shown is not None else ""
        return {
            "lost": node,
            "near_step": near,
            "near_href": reverse("step", args=[chart, near]) if near else "",
        }
    unread = {
        found.span.line
        for found, place in now.places.items()
        if place == (chart, node) and found.code[0] == "C"
    }
    return step(shown.library, shown.chart, held, shop.editor, unread) | {"chart": shown.chart}


def vignettes(shop: Workshop, now: Snapshot) -> dict[str, Any]:
    """Give what came of the vignettes."""
    texts = now.trial.texts
    wrong = [rows.finding(now, found, texts.get(found.span.file), shop.editor) for found in now.trial.found]
    return around(shop, now) | {"tried": rows.tried(now, shop.editor), "wrong": wrong, "ran": now.trial.ran}


def walk_command(shop: Workshop, chart: str) -> str:
    """Give the command by which a flowchart is walked in the terminal."""
    libraries = [word for path in shop.libraries for word in ("--library", str(path))]
    return shlex.join(["goldenthread", "walk", chart, *libraries, *(["--only"] if shop.only else [])])


def _finding(shop: Workshop, now: Snapshot, found: Diagnostic) -> rows.Finding:
    text = now.report.texts.get(found.span.file)
    return rows.finding(now, found, text, shop.editor, now.places.get(found, NOWHERE))
