"""One page for the client; whether a copy may leave the room is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goldenthread.export.client import client_document
from goldenthread.web.case_page import at_desk, show
from goldenthread.web.paper import parts, pieces

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk, Sitting

_ROLE = "copy_safe"


@require_GET
@at_desk
def client_page(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Ask whether a copy is safe to take home, or show the page."""
    sitting = desk.sit(case_id)
    plan = sitting.walk.plan()
    here = "here" in request.GET
    document = client_document(plan, force=here)
    return show(
        request,
        "client_page.html",
        sitting,
        tab="plan",
        safe=plan.copy_safe,
        here=here,
        askable=bool(_key(sitting)),
        lead=parts(document.lead),
        pieces=pieces(document),
    )


@require_POST
@at_desk
def safe(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Keep whether a copy is safe to take home."""
    sitting = desk.sit(case_id)
    key = _key(sitting)
    if key and request.POST.get("safe") in {"yes", "no"}:
        answer = {"value": request.POST["safe"] == "yes", "date": desk.today.isoformat()}
        desk.keep(sitting, sitting.walk.revise(key, answer))
    return redirect("client_page", case_id=case_id)


def _key(sitting: Sitting) -> str:
    """Give the question about it, where the walk has come to it."""
    walk = sitting.walk.walk
    keys = [*walk.questions_passed(), *([walk.at] if walk.at else [])]
    return next((key for key in keys if walk.program.steps[key.partition("@")[0]].role == _ROLE), "")
