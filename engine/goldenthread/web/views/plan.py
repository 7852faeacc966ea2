"""The plan: readable at any time, with what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from goldenthread.export.sheet import sheet
from goldenthread.web.case_page import at_desk, show
from goldenthread.web.paper import parts, pieces

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk


@require_GET
@at_desk
def plan(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Show the plan as it stands."""
    sitting = desk.sit(case_id)
    document = sheet(sitting.walk.plan())
    return show(
        request,
        "plan.html",
        sitting,
        tab="plan",
        document=document,
        lead=parts(document.lead),
        pieces=pieces(document),
        foot=parts(document.foot),
    )
