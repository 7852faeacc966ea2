"""The views: each reads the latest snapshot, and none changes anything."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.diagnostics.codes import CODES
from goldenthread.preview import page, workshop

if TYPE_CHECKING:
    from goldenthread.preview.snapshot import Snapshot

_PATIENCE = 5.0
"""Seconds for which a page waits to be of what was saved last."""


def _fresh() -> Snapshot:
    workshop.the.look(at_once=True)
    return workshop.the.wait(_PATIENCE)


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Say whether there is another snapshot than the one that a page shows, and whether one is being made.

    A page asks twice a second and is answered at once. An answer held back until something happens would be sooner by
    a fraction of a second, and would hold one of the server's few threads for each window that stands open.
    """
    workshop.the.look()
    number, busy = workshop.the.now.number, workshop.the.busy
    if request.GET.get("seen") == str(number) and not busy:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return JsonResponse({"number": number, "busy": busy})


@require_safe
def begin(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of a view
    """Begin at the author's own flowchart, where there is just one."""
    own = [shown.chart.id for shown in _fresh().shown.values() if shown.own]
    return redirect(reverse("flowchart", args=own)) if len(own) == 1 else redirect("home")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how the flowcharts lead into each other, and everything that is wrong."""
    return render(request, "preview/home.html", page.home(workshop.the, _fresh()))


@require_safe
def flowchart(request: HttpRequest, chart: str) -> HttpResponse:
    """Show a flowchart with its findings, and with the step that `node` names."""
    node = request.GET.get("node", "")
    return render(request, "preview/flowchart.html", page.flowchart(workshop.the, _fresh(), chart, node))


@require_safe
def step(request: HttpRequest, chart: str, node: str) -> HttpResponse:
    """Show one step: beside its flowchart, or alone where a script asks for that."""
    if request.headers.get("HX-Request"):
        return render(request, "preview/_step.html", page.beside(workshop.the, workshop.the.now, chart, node))
    return render(request, "preview/flowchart.html", page.flowchart(workshop.the, _fresh(), chart, node))


@require_safe
def vignettes(request: HttpRequest) -> HttpResponse:
    """Show what came of the vignettes."""
    return render(request, "preview/vignettes.html", page.vignettes(workshop.the, _fresh()))


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the code of a finding means."""
    if code not in CODES:
        return not_found(request)
    context = {"code": CODES[code]}
    return render(request, "preview/code.html", page.around(workshop.the, workshop.the.now) | context)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- the shape that Django asks for
    """Say that there is nothing here."""
    return render(request, "preview/trouble.html", {"what": "There is nothing at this address."}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong that nobody foresaw."""
    what = "Something went wrong that should not have. The terminal of the preview names the place."
    return render(request, "preview/trouble.html", {"what": what}, status=500)
