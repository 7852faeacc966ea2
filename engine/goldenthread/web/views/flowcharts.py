"""Flowcharts as diagrams that can be moved, enlarged and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.web import node_page, node_words
from goldenthread.web.entry_rows import phase_name
from goldenthread.web.picture import overview, picture
from goldenthread.web.shelf import Shelf, at_shelf

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.model import Flowchart


@require_GET
@at_shelf
def flowcharts(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Show how the flowcharts lead into each other, and list them."""
    library = shelf.library
    charts = [
        {
            "chart": chart,
            "link": shelf.link("flowcharts", chart.id),
            "phase": phase_name(chart.phase),
            "questions": sum(node.verb in {"ask", "measure"} for node in chart.nodes.values()),
        }
        for chart in library.flowcharts.values()
    ]
    context = {"tab": "flowcharts", "charts": charts, "picture": overview(library)}
    return render(request, "library/flowcharts.html", context)


@require_GET
@at_shelf
def flowchart(request: HttpRequest, shelf: Shelf, chart: str) -> HttpResponse:
    """Show a flowchart as a diagram, with one of its steps beside it where `node` names one."""
    found = shelf.flowchart(chart)
    chosen = request.GET.get("node", "")
    context = _around(shelf, found) | {"picture": picture(shelf.library, chart, chosen=f"{chart}.{chosen}")}
    if chosen:
        context |= node_page.page(shelf, *node_page.find(shelf, chart, chosen))
    return render(request, "library/flowchart.html", context)


@require_GET
@at_shelf
def node(request: HttpRequest, shelf: Shelf, chart: str, id_: str) -> HttpResponse:
    """Show one step of a flowchart: beside the diagram, or on a page of its own."""
    found, step = node_page.find(shelf, chart, id_)
    fragment = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    template = "library/_node.html" if fragment else "library/node.html"
    return render(request, template, node_page.page(shelf, found, step))


def _around(shelf: Shelf, chart: Flowchart) -> dict[str, Any]:
    nodes = [
        {"link": shelf.link("flowcharts", node.key), "verb": node_words.VERBS[node.verb]}
        for node in chart.nodes.values()
    ]
    facts = [(name.replace("_", " "), condition.say()) for name, condition in chart.facts.items()]
    return {
        "tab": "flowcharts",
        "chart": chart,
        "phase": phase_name(chart.phase),
        "nodes": nodes,
        "facts": facts,
        "base": reverse("flowchart", args=[chart.id]) + "/",
        "visited_by": [shelf.link("flowcharts", n.key) for n in shelf.library.nodes() if n.visit == chart.id],
    }
