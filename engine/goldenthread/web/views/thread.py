"""The thread as it grows, and the formulation, drawn; every box leads back to its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from goldenthread.web.case_page import at_desk, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk, Sitting

_ASKED_AS = {
    "factor": "perpetuating",
    "perpetuating": "perpetuating",
    "predisposing": "predisposing",
    "precipitating": "precipitating",
    "protective": "protective",
    "trigger": "factor_trigger",
    "relief": "factor_relief",
    "cost": "factor_cost",
    "presenting": "concern",
    "strength": "strength_to_use",
    "goal": "chosen_goals",
    "measure": "chosen_goals",
    "treatment": "chosen_modality",
    "review": "review_interval",
}
"""The role whose question a box of a drawing leads back to."""


@require_GET
@at_desk
def thread(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Draw the threads and the formulation of the plan as it stands."""
    from goldenthread.draw.formulation import formulation_svg  # noqa: PLC0415 -- heavy
    from goldenthread.draw.thread import thread_svg  # noqa: PLC0415 -- as above

    sitting = desk.sit(case_id)
    plan = sitting.walk.plan()
    links = _links(sitting)
    return show(
        request,
        "thread.html",
        sitting,
        tab="thread",
        plan=plan,
        unconfirmed=[one for one in plan.kept if not one.stands],
        # Both are made by the draw room, which escapes every word in them.
        thread=mark_safe(thread_svg(plan, links=links)),  # noqa: S308
        formulation=mark_safe(formulation_svg(plan, links=links)),  # noqa: S308
    )


def _links(sitting: Sitting) -> Callable[[str], str]:
    walk = sitting.walk.walk
    keys = {
        (walk.program.steps[key.partition("@")[0]].role, key.partition("@")[2]): key
        for key in walk.questions_passed()
    }
    page = reverse("walk", args=[sitting.case_id])

    def link(box: str) -> str:
        # A loose end leads to where it could be tied up.
        kind, _, name = box.removeprefix("loose/").partition("/")
        role = _ASKED_AS.get(kind, "")
        key = keys.get((role, name)) or keys.get((role, ""))
        return f"{page}?at={key}&from=answers" if key else ""

    return link
