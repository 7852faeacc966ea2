"""Everything that was answered, each line leading back to its question; and what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from goldenthread.session.summary import summary
from goldenthread.web.case_page import at_desk, show

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
    )
