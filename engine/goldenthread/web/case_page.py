"""What the pages of a case share: taking it out, saying what is wrong with it, what stands around every page."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.shortcuts import render

from goldenthread.case import CaseError, ConflictError, NoCaseError
from goldenthread.model import PHASES
from goldenthread.session import PHASE_NAMES
from goldenthread.web import practice, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk, Sitting

Rest = ParamSpec("Rest")


def at_desk(
    page: Callable[Concatenate[HttpRequest, Desk, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Make a view of a page that works at the desk; what is wrong with a case becomes a page that says so."""

    @wraps(page)
    def view(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return page(request, practice.desk(), *args, **kwargs)
        except NoCaseError:
            return trouble.page(
                request,
                404,
                "There is no such case.",
                "It may have been deleted. Go back to the list of cases.",
            )
        except ConflictError:
            return trouble.page(
                request,
                409,
                "This case was changed in another tab or window a moment ago, so nothing was written.",
                "Load the page again to see it as it is now, and do there what you wanted to do.",
            )
        except CaseError as error:
            return trouble.page(request, 503, f"{str(error).rstrip('.')}.", error.help)

    return view


def say(request: HttpRequest, *texts: str) -> None:
    """Have the next page say something."""
    request.session["said"] = [*request.session.get("said", ()), *texts]


def show(
    request: HttpRequest, template: str, sitting: Sitting, *, tab: str, status: int = 200, **more: Any
) -> HttpResponse:
    """Render a page of a case, with the phases and what is open about risk around it."""
    context = {
        "case_id": sitting.case_id,
        "code": sitting.case.client,
        "version": sitting.version,
        "walk": sitting.walk,
        "tab": tab,
        "phases": phases(sitting),
        "risk_open": [raised.alert.text for raised in sitting.walk.walk.alerts if not raised.cleared],
        "content_notes": sitting.notes,
        "carried": sitting.carried,
        "archived": getattr(sitting.case, "archived", False),
        **more,
    }
    return render(request, template, context, status=status)


def phases(sitting: Sitting) -> list[dict[str, str]]:
    """Give the phases in order, each done, now or to come."""
    walk = sitting.walk.walk
    charts = walk.program.library.flowcharts
    seen = {charts[trace.step.node.flowchart].phase for trace in walk.trail if trace.round == walk.round}
    question = sitting.walk.question
    now = PHASES[question.phase_number - 1] if question is not None and question.phase_number else ""
    return [
        {"name": PHASE_NAMES[phase], "state": "now" if phase == now else "done" if phase in seen else "ahead"}
        for phase in PHASES
    ]
