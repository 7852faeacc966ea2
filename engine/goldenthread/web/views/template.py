"""A clinic's own Word template: kept for the practice, filled with the record of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goldenthread.export.tags import TemplateProblem
from goldenthread.export.template import filled
from goldenthread.store.atomic import replacing
from goldenthread.store.errors import StoreError
from goldenthread.web import drafts, trouble
from goldenthread.web.case_page import at_desk, say
from goldenthread.web.recorded import DOCX, foot_of, recorded

if TYPE_CHECKING:
    from django.http import HttpRequest

    from goldenthread.web.desk import Desk

_NAME = "template.docx"
_LARGEST = 10_000_000


def _path() -> Path:
    return Path(settings.DATA) / _NAME


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Say what a template may name, and whether there is one."""
    return render(request, "template.html", {"there": _path().exists()})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a template in place of the one before, or take it away."""
    if "away" in request.POST:
        _path().unlink(missing_ok=True)
        say(request, "The template is taken away.")
        return redirect("template")
    file = request.FILES.get("file")
    blob = b"" if file is None or isinstance(file, list) or (file.size or 0) > _LARGEST else file.read()
    if not blob.startswith(b"PK"):
        context = {"there": _path().exists(), "problem": "This is no Word file (.docx), or is over 10 MB."}
        return render(request, "template.html", context, status=422)
    try:
        with replacing(_path()) as fresh:
            fresh.write(blob)
    except StoreError as error:
        return trouble.page(request, 503, f"{str(error).rstrip('.')}.", error.help)
    say(request, "The template is kept. Plans can be downloaded by it.")
    return redirect("template")


@require_GET
@at_desk
def by_template(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Give the record by the clinic's template."""
    if not _path().exists():
        return redirect("template")
    sitting = desk.sit(case_id)
    plan = sitting.walk.plan()
    document = recorded(desk, sitting, drafts.chosen(desk, case_id)).document
    made = filled(_path().read_bytes(), "the template", plan, document, foot_of(sitting, document))
    if isinstance(made, TemplateProblem):
        return trouble.page(request, 422, f"{made.said.rstrip('.')}.", made.help)
    response = HttpResponse(made, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.date}.docx"'
    return response
