"""The review: is this working? Scores and ratings over time, the client's own verdict, and what has to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from goldenthread.session.review import review as review_of
from goldenthread.session.review import review_waits
from goldenthread.web.case_page import at_desk, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.plan import Plan
    from goldenthread.web.desk import Desk


@require_GET
@at_desk
def review(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Show what a review looks at, as the case stands."""
    from goldenthread.draw.chart import chart_svg, of_followed, of_ratings  # noqa: PLC0415 -- drawn only here

    sitting = desk.sit(case_id)
    found = review_of(sitting.walk)
    followed = {(line.instrument, line.scale): line for line in sitting.walk.plan().measures}
    scales: list[dict[str, Any]] = []
    for n, scale in enumerate(found.scales):
        series = of_followed(desk.guide.model, followed[scale.instrument, scale.scale])
        # The draw room escapes every word in a chart.
        scales.append({"scale": scale, "chart": mark_safe(chart_svg(series, prefix=f"scale-{n}-"))})  # noqa: S308
    goals: list[dict[str, Any]] = []
    for goal in found.goals:
        points = [(mark.date, mark.value) for mark in goal.course.marks]
        drawn = chart_svg(of_ratings(goal.name, points), prefix=f"goal-{goal.number}-") if points else ""
        goals.append({"goal": goal, "chart": mark_safe(drawn)})  # noqa: S308 -- as above
    more: dict[str, Any] = {
        "review": found,
        "reviewed": found.version > sitting.walk.walk.round,
        "stopped": _stopped(sitting.walk.plan()),
        "scales": scales,
        "goals": goals,
        "waits": review_waits(sitting.walk),
    }
    return show(request, "review.html", sitting, tab="review", **more)


def _stopped(plan: Plan) -> str:
    """Say why there is no plan to be reviewed; nothing where there is one, or a day for its review was agreed."""
    return (
        plan.status_words if plan.status == "stopped" and not plan.review_words.endswith("as agreed") else ""
    )
