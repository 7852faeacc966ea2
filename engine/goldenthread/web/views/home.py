"""Home: where each case stands, what is due, and a new one begun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.case import Archived, CaseError
from goldenthread.case.text import read
from goldenthread.web.case_page import at_desk, say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from goldenthread.session.standing import Standing
    from goldenthread.web.desk import Desk

_CODE = re.compile(r"[\w.\- ]{1,40}\Z")
_LARGEST = 10_000_000


@require_GET
@at_desk
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the cases in use; with `archived`, those put away."""
    return _page(request, desk)


@require_POST
@at_desk
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the cases that hold all words. What is looked for is sent, and stands in no address."""
    response = _page(request, desk, words=request.POST.get("words", "").strip())
    # Loaded again, it is the list of all: what was looked for stands in no address.
    response["HX-Replace-Url"] = reverse("home")
    return response


def _page(
    request: HttpRequest, desk: Desk, *, words: str = "", problem: str = "", code: str = ""
) -> HttpResponse:
    archived = "archived" in request.GET or "archived" in request.POST
    known = desk.cases(archived=archived)
    shown = [
        (id_, found) for id_, found in known if not words or (found is not None and found.found_by(words))
    ]
    today = desk.today.isoformat()
    context = {
        "due": [_due(id_, found, today) for id_, found in _in_order(shown) if found.review],
        "risky": [
            (id_, found) for id_, found in shown if found is not None and (found.alert or found.risk_due)
        ],
        "cases": shown,
        "words": words,
        "any": bool(known),
        "archived": archived,
        "problem": problem,
        "code": code,
    }
    return render(request, "home.html", context, status=422 if problem else 200)


def _in_order(shown: list[tuple[str, Standing | None]]) -> list[tuple[str, Standing]]:
    """Give those whose review is known, the one that is due first at the head."""
    return sorted(((i, s) for i, s in shown if s is not None and s.review), key=lambda pair: pair[1].review)


def _due(case_id: str, found: Standing, today: str) -> dict[str, object]:
    return {"id": case_id, "standing": found, "overdue": found.review < today, "today": found.review == today}


def _is_there(desk: Desk, code: str) -> bool:
    known = [*desk.cases(), *desk.cases(archived=True)]
    return any(found is not None and found.client == code for _, found in known)


@require_POST
@at_desk
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin a case under a code name."""
    code = request.POST.get("code", "").strip()
    if not _CODE.match(code):
        problem = "Letters, digits, dots and dashes make a code, 40 at the most."
        return _page(request, desk, problem=problem if code else "A code is needed.", code=code)
    if _is_there(desk, code):
        return _page(request, desk, problem=f"{_THERE} Give another.", code=code)
    return redirect("walk", case_id=desk.begin(code, quick="quick" in request.POST))


@require_POST
@at_desk
def take_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take in a case file of the terminal."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        return _page(request, desk, problem="No file was chosen.")
    if file.size is None or file.size > _LARGEST:
        return _page(request, desk, problem="This file is too large for a case file.")
    try:
        case = read(file.read(), "the case file")
        if _is_there(desk, case.client):
            problem = f"{_THERE} Put its code otherwise in the file, or delete the case that is here first."
            return _page(request, desk, problem=problem)
        case_id = desk.store.take_in(case)
    except CaseError as error:
        return _page(request, desk, problem=f"{str(error).rstrip('.')}. {error.help}")
    say(request, "The case was taken in from its file. The file itself is as it was.")
    return redirect("walk", case_id=case_id)


@require_GET
@at_desk
def give_out(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:  # noqa: ARG001 -- the shape of a page
    """Give a case as the terminal's case file."""
    response = HttpResponse(desk.store.export_case(case_id), content_type="application/yaml")
    response["Content-Disposition"] = f'attachment; filename="case-{case_id[:6]}.yaml"'
    return response


@require_POST
@at_desk
def archive(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Put a case away, or take it out again."""
    away = request.POST.get("archived") == "yes"
    desk.keep(desk.sit(case_id), None, Archived(on=desk.today.isoformat(), archived=away))
    say(
        request,
        "The case is put away. It is kept, and can be taken out again." if away else "The case is back.",
    )
    return redirect("home")


@at_desk
def delete(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Delete a case for good, once its code is typed."""
    kept, _ = desk.store.load(case_id)
    wrong = False
    if request.method == "POST":
        if request.POST.get("code", "").strip() == kept.client.strip():
            clean = desk.store.delete(case_id)
            say(request, "The case is deleted for good." if clean else _NOT_YET)
            return redirect("home")
        wrong = True
    context = {"case_id": case_id, "code": kept.client, "wrong": wrong}
    return render(request, "delete.html", context, status=422 if wrong else 200)


_THERE = "A case with this code is there already, in use or put away."
_NOT_YET = "The case is deleted. Its sealed traces leave the disk when the server is started again."
