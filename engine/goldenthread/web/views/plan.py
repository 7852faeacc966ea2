"""The plan: readable at any time, worded, signed, copied, handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.case import Reworded, Signed
from goldenthread.export import FIELDS, markdown, text
from goldenthread.export.compare import compare
from goldenthread.export.record import to_edit
from goldenthread.export.rewording import behind
from goldenthread.export.sheet import sheet
from goldenthread.web import drafts
from goldenthread.web.case_page import at_desk, say, show
from goldenthread.web.controls import sent
from goldenthread.web.paper import parts, pieces
from goldenthread.web.recorded import ALSO, Chosen, by, recorded, unchanged, written

if TYPE_CHECKING:
    from django.http import HttpRequest

    from goldenthread.case import SignedPlan
    from goldenthread.web.desk import Desk, Sitting

FORMATS = {
    "pdf": "PDF",
    "docx": "Word",
    "txt": "plain text",
    "md": "Markdown",
    "json": "data (JSON)",
    "ics": "calendar entry for the review",
}
NOW = "now"


@require_GET
@at_desk
def plan(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Show the plan as it stands; with `edit`, one part of it as text to be edited."""
    return _page(request, desk, desk.sit(case_id), edit=request.GET.get("edit", ""))


def _page(
    request: HttpRequest, desk: Desk, sitting: Sitting, *, edit: str = "", typed: str = "", problem: str = ""
) -> HttpResponse:
    made = sitting.walk.plan()
    chosen = drafts.chosen(desk, sitting.case_id)
    found = recorded(desk, sitting, chosen)
    entered = {section.name: text.body(section.blocks) for section in found.document.sections}
    # Everything is read here; what does not enter the record says so.
    whole = {piece.name: piece for piece in pieces(sheet(made, private=True))}
    sections = {piece.name: piece for piece in pieces(found.document)}
    left = drafts.wording(desk, sitting.case_id)
    shown = [
        {
            "piece": sections.get(name) or whole[name],
            "text": entered.get(name, ""),
            "entered": name in entered,
            "reworded": name in sitting.case.wording and name in entered,
            "stale": name in found.stale,
            "waits": name in left,
        }
        for name in dict.fromkeys([*FIELDS, *sections])
        if name in sections or name in whole
    ]
    editing = None
    if edit in FIELDS:
        kept, generated = sitting.case.wording.get(edit), to_edit(made, edit, sitting.case.decisions)
        editing = {
            "name": edit,
            "text": typed or left.get(edit, kept.text if kept else generated),
            "kept": kept is not None,
            "generated": generated,
            "was_draft": edit in left and not typed,
        }
    return show(
        request,
        "plan.html",
        sitting,
        tab="plan",
        status=422 if problem else 200,
        plan=made,
        document=found.document,
        lead=parts(found.document.lead),
        shown=shown,
        foot=parts(found.document.foot),
        whole_text=text.render(found.document),
        editing=editing,
        choice=[(name, heading, name in chosen.fields) for name, heading in FIELDS.items()],
        also=[(name, words, getattr(chosen, name)) for name, words in ALSO.items()],
        formats=FORMATS.items(),
        signed=sitting.case.signed,
        earlier=range(1, len(sitting.case.rounds)),
        next_version=sitting.case.version,
        unchanged=unchanged(sitting, found.document),
        problem=problem,
        by=request.POST.get("by", ""),
    )


@require_POST
@at_desk
def choose(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Choose what enters the record."""
    fields, also = request.POST.getlist("fields"), request.POST.getlist("also")
    drafts.keep_chosen(desk, case_id, Chosen.read({"fields": fields, "also": also}))
    return redirect("plan", case_id=case_id)


@require_POST
@at_desk
def word(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Put a part of the plan in the clinician's own words, or give it back."""
    sitting = desk.sit(case_id)
    field, words = request.POST.get("field", ""), sent(request.POST.get("text", "")).strip()
    if field not in FIELDS:
        raise Http404
    if drafts.only_kept(request):
        drafts.keep_wording(desk, case_id, field, words)
        return HttpResponse(status=204)
    if request.POST.get("action") == "drop":
        drafts.drop_wording(desk, case_id, field)
        return redirect(f"{reverse('plan', args=[case_id])}#{field}")
    if request.POST.get("version") != sitting.version:
        drafts.keep_wording(desk, case_id, field, words)
        problem = "This case was changed in another tab a moment ago. Look at this part again; your words are below."
        return _page(request, desk, sitting, edit=field, typed=words, problem=problem)
    made = sitting.walk.plan()
    back = (
        "back" in request.POST or not words or words == to_edit(made, field, sitting.case.decisions).strip()
    )
    event = Reworded(
        on=desk.today.isoformat(),
        round=sitting.walk.walk.round,
        field=field,
        text="" if back else words,
        over="" if back else behind(made, field),
    )
    if not back or field in sitting.case.wording:
        desk.keep(sitting, None, event)
    drafts.drop_wording(desk, case_id, field)
    return redirect(f"{reverse('plan', args=[case_id])}#{field}")


@require_POST
@at_desk
def sign(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Sign the plan as it stands: its text is locked, and later changes are a new version."""
    sitting = desk.sit(case_id)
    made, name = sitting.walk.plan(), request.POST.get("by", "").strip()
    if request.POST.get("version") != sitting.version:
        problem = (
            "This case was changed in another tab a moment ago. Read the plan as it is now, and sign it then."
        )
        return _page(request, desk, sitting, problem=problem)
    if made.status == "held":
        return _page(request, desk, sitting, problem=f"This plan cannot be signed yet. {made.status_words}")
    if not name:
        return _page(request, desk, sitting, problem="Write your name, as it is to stand under the plan.")
    chosen = drafts.chosen(desk, case_id)
    # From the day it is signed its times run.
    document = recorded(desk, sitting, chosen, sitting.walk.to_sign()).document
    signed = Signed.next(
        sitting.case,
        text.render(document),
        markdown.render(document),
        on=desk.today.isoformat(),
        by=name,
        fields=chosen.fields,
    )
    desk.keep(sitting, None, signed)
    say(request, f"Signed as version {signed.plan.version}. Later changes are a new version.")
    return redirect("signed", case_id=case_id, number=signed.plan.version)


@require_GET
@at_desk
def signed(request: HttpRequest, desk: Desk, case_id: str, number: int) -> HttpResponse:
    """Show a plan as it was signed."""
    sitting = desk.sit(case_id)
    found = _signed(sitting, number)
    read = markdown.read(found.markdown) if found.intact and found.markdown else None
    paper: dict[str, Any] = (
        {"lead": parts(read.lead), "pieces": pieces(read), "foot": parts(read.foot)} if read else {}
    )
    return show(request, "signed.html", sitting, tab="plan", plan=found, document=read, **paper)


@require_GET
@at_desk
def earlier(request: HttpRequest, desk: Desk, case_id: str, number: int) -> HttpResponse:
    """Show the plan of an earlier round, signed or not, as its answers left it."""
    sitting = desk.sit(case_id)
    if not 1 <= number < len(sitting.case.rounds):
        raise Http404
    read = sheet(desk.plan_of(sitting, number - 1), private=True)
    paper: dict[str, Any] = {"lead": parts(read.lead), "pieces": pieces(read), "foot": parts(read.foot)}
    return show(request, "earlier.html", sitting, tab="plan", number=number, document=read, **paper)


def _signed(sitting: Sitting, number: int) -> SignedPlan:
    for one in sitting.case.signed:
        if one.version == number:
            return one
    raise Http404


@require_GET
@at_desk
def versions(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Hold two versions of the plan side by side."""
    sitting = desk.sit(case_id)
    numbers = [str(one.version) for one in sitting.case.signed]
    names = [*numbers, NOW]
    asked = [request.GET.get("before", ""), request.GET.get("after", "")]
    before = asked[0] if asked[0] in names else (names[-2] if len(names) > 1 else NOW)
    after = asked[1] if asked[1] in names else NOW
    texts = [_text(desk, sitting, name) for name in (before, after)]
    compared = compare(*texts)
    return show(
        request,
        "versions.html",
        sitting,
        tab="plan",
        names=names,
        before=before,
        after=after,
        changed=[part for part in compared if part.state != "same"],
        same=[part.heading for part in compared if part.state == "same"],
    )


def _text(desk: Desk, sitting: Sitting, name: str) -> str:
    if name != NOW:
        return _signed(sitting, int(name)).text
    return text.render(recorded(desk, sitting, drafts.chosen(desk, sitting.case_id)).document)


@require_GET
@at_desk
def hand_on(request: HttpRequest, desk: Desk, case_id: str, form: str) -> HttpResponse:  # noqa: ARG001 -- the shape of a page
    """Give the record as a file."""
    made = written(form, desk, desk.sit(case_id), drafts.chosen(desk, case_id))
    if made is None:
        raise Http404
    response = HttpResponse(made.blob, content_type=made.kind)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


@require_GET
@at_desk
def hand_on_signed(request: HttpRequest, desk: Desk, case_id: str, number: int, form: str) -> HttpResponse:  # noqa: ARG001 -- the shape of a page
    """Give a plan as it was signed, as PDF, text or Markdown."""
    found = _signed(desk.sit(case_id), number)
    if form == "pdf" and found.intact and found.markdown:
        from goldenthread.export.pdf import to_pdf  # noqa: PLC0415 -- heavy

        read = markdown.read(found.markdown)
        response = HttpResponse(to_pdf(read, f"{read.title} · {by(found)}"), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="plan-signed-{number}.pdf"'
        return response
    blob, kind = {"txt": (found.text, "text/plain"), "md": (found.markdown, "text/markdown")}.get(
        form, ("", "")
    )
    if not kind:
        raise Http404
    response = HttpResponse(blob, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-signed-{number}.{form}"'
    return response
