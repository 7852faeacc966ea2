"""Everything that was answered, each line leading back to its question; and what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.session.summary import summary
from goldenthread.web.case_page import at_desk, say, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk


@require_GET
@at_desk
def answers(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """List the answers of this round, and those that the path does not ask for now."""
    sitting = desk.sit(case_id)
    lines = summary(sitting.walk)
    found = sitting.walk.plan().open
    open_keys = {question.key for question in found}
    return show(
        request,
        "answers.html",
        sitting,
        tab="answers",
        lines=[line for line in lines if line.state != "aside" and line.key not in open_keys],
        aside=[line for line in lines if line.state == "aside"],
        open_questions=found,
        first_open=found[0].key if found else "",
        unconfirmed=[one for one in sitting.walk.kept if not one.stands],
    )


@require_POST
@at_desk
def confirm(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Say that what was taken over from an earlier round still stands: one answer of it (`key`), or all."""
    sitting = desk.sit(case_id)
    if request.POST.get("version") != sitting.version:
        say(
            request,
            "This case was changed in another tab a moment ago. Look at what is taken over once more.",
        )
    else:
        desk.keep(sitting, sitting.walk.confirm(request.POST.getlist("key") or None))
    return redirect(f"{reverse('answers', args=[case_id])}#taken-over")
