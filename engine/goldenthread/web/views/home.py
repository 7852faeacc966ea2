"""Home: where each case stands, and a new one begun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goldenthread.web.case_page import at_desk

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.web.desk import Desk

_CODE = re.compile(r"[\w.\- ]{1,40}\Z")


@require_GET
@at_desk
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the cases."""
    return _page(request, desk)


def _page(request: HttpRequest, desk: Desk, *, problem: str = "", code: str = "") -> HttpResponse:
    cases = [{"id": kept.id, "standing": kept.standing, "changed": kept.changed} for kept in desk.store.all()]
    context = {"cases": cases, "problem": problem, "code": code}
    return render(request, "home.html", context, status=422 if problem else 200)


@require_POST
@at_desk
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin a case under a code name."""
    code = request.POST.get("code", "").strip()
    if not _CODE.match(code):
        problem = "Letters, digits, dots and dashes make a code, 40 at the most."
        return _page(request, desk, problem=problem if code else "A code is needed.", code=code)
    case_id = desk.begin(code, quick="quick" in request.POST)
    return redirect("walk", case_id=case_id)
