"""New content under a case: which answers no longer fit, which were put aside, which suggestions changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goldenthread.session.changed import changes
from goldenthread.web.case_page import at_desk, say, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk


@require_GET
@at_desk
def content(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Say what new content changes in a case, before anything is kept."""
    sitting = desk.sit(case_id)
    before = desk.stood(sitting)
    return show(
        request,
        "content.html",
        sitting,
        tab="content",
        problem=sitting.walk.problem,
        changes=changes(before, sitting.walk) if before is not None else (),
        compared=before is not None,
        signed=sitting.case.signed,
    )


@require_POST
@at_desk
def take_over(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Take the case over to the present content."""
    sitting = desk.keep(desk.sit(case_id))
    fits = sitting.walk.problem is None
    say(
        request,
        "The case goes on with the present content."
        if fits
        else "This answer no longer fits: look at it anew.",
    )
    return redirect("walk", case_id=case_id)
