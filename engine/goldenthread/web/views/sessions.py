"""Sessions: noted in under two minutes, read as a note that can be copied and edited."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, cast, get_args

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goldenthread.case import SessionNote, SessionNoted
from goldenthread.case.model import Mode, SafetyChange
from goldenthread.export.session_note import MODES, session_note_text
from goldenthread.web.case_page import at_desk, say, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from goldenthread.plan import Plan
    from goldenthread.web.desk import Desk, Sitting

_HIGHEST = 10
_SAFETY = {
    "not_asked": "not asked",
    "no_change": "asked: no change",
    "changed": "changed: the risk guide opens next",
}


@require_GET
@at_desk
def sessions(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """List the sessions, the newest first, above an empty note; `correct` opens an earlier one."""
    sitting = desk.sit(case_id)
    number = request.GET.get("correct", "")
    if not number:
        return _page(request, desk, sitting, None)
    if not number.isdigit() or int(number) >= len(sitting.case.sessions):
        raise Http404
    return _page(request, desk, sitting, sitting.case.sessions[int(number)], correct=int(number))


def _page(
    request: HttpRequest,
    desk: Desk,
    sitting: Sitting,
    note: SessionNote | None,
    *,
    correct: int | None = None,
    problem: str = "",
) -> HttpResponse:
    plan, done = sitting.walk.plan(), sitting.case.sessions
    names = {id_: entry.name for id_, entry in desk.guide.model.interventions.items()}
    listed = [
        {"n": n, "note": one, "text": session_note_text(one, plan, names)} for n, one in enumerate(done)
    ]
    last = done[-1] if done else None
    shown = note or SessionNote(
        round=sitting.walk.walk.round,
        date=desk.today.isoformat(),
        mode=last.mode if last is not None and last.held else "in_person",
        present=("client",),
    )
    return show(
        request,
        "sessions.html",
        sitting,
        tab="sessions",
        status=422 if problem else 200,
        note=shown,
        correct=correct,
        problem=problem,
        listed=sorted(listed, key=lambda one: cast("SessionNote", one["note"]).date, reverse=True),
        modes=MODES.items(),
        safety=_SAFETY.items(),
        goals=_goals(plan, shown),
        interventions=_interventions(desk, sitting, plan, shown),
        before=last.next_step if last is not None and correct is None else "",
    )


def _goals(plan: Plan, note: SessionNote) -> list[dict[str, Any]]:
    courses = {course.goal: course for course in plan.sessions.courses} if plan.sessions else {}
    return [
        {
            "id": goal.id,
            "text": goal.text,
            "name": goal.name,
            "worked": goal.id in note.goals,
            "rating": note.ratings.get(goal.id, ""),
            "latest": courses[goal.id].latest if goal.id in courses else None,
        }
        for goal in plan.goals
    ]


def _interventions(
    desk: Desk, sitting: Sitting, plan: Plan, note: SessionNote
) -> list[tuple[str, str, bool]]:
    """Give what the goals and the chosen treatments of the plan work with, and what was done before."""
    library = desk.guide.model
    ids = [id_ for goal in plan.goals for id_ in goal.interventions]
    for id_ in sitting.walk.reading.value("chosen_modality") or ():
        ids += library.modalities[id_].interventions if id_ in library.modalities else ()
    ids += note.interventions
    known = [id_ for id_ in dict.fromkeys(ids) if id_ in library.interventions]
    return [(id_, library.interventions[id_].name, id_ in note.interventions) for id_ in known]


@require_POST
@at_desk
def note(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Keep a session; one in which safety changed opens the risk guide."""
    sitting = desk.sit(case_id)
    number = request.POST.get("correct", "")
    correct = int(number) if number.isdigit() and int(number) < len(sitting.case.sessions) else None
    before = sitting.case.sessions[correct] if correct is not None else None
    made = _read(request.POST, before.round if before else sitting.walk.walk.round)
    problem = _problem(made, desk.today)
    if request.POST.get("version") != sitting.version:
        problem = (
            "This case was changed in another tab a moment ago. Look at what you noted, and keep it again."
        )
    if problem:
        return _page(request, desk, sitting, made, correct=correct, problem=problem)
    event = SessionNoted(on=desk.today.isoformat(), note=made, replaces=correct)
    newly = made.safety == "changed" and (before is None or before.safety != "changed")
    sitting = desk.keep(sitting, None, event)
    if newly:
        desk.keep(sitting, sitting.walk.open("risk"))
        say(request, "The session is kept. Safety has changed: the steps of the risk guide come next.")
        return redirect("walk", case_id=case_id)
    say(request, "The session is kept.")
    return redirect("sessions", case_id=case_id)


def _read(posted: QueryDict, round_: int) -> SessionNote:
    ratings = {
        name.removeprefix("rating_"): int(text)
        for name in posted
        if name.startswith("rating_") and re.fullmatch(r"-?\d{1,3}", text := posted.get(name, "").strip())
    }
    mode, safety = posted.get("mode", ""), posted.get("safety", "")
    present = [part.strip() for part in posted.get("present", "").split(",")]
    done = [*posted.getlist("interventions")]
    return SessionNote(
        round=round_,
        date=posted.get("date", "").strip(),
        mode=cast("Mode", mode) if mode in get_args(Mode) else "other",
        present=tuple(part for part in present if part),
        goals=tuple(dict.fromkeys(posted.getlist("goals"))),
        interventions=tuple(done),
        ratings=ratings,
        safety=cast("SafetyChange", safety) if safety in get_args(SafetyChange) else "not_asked",
        response=posted.get("response", "").strip(),
        safety_note=posted.get("safety_note", "").strip(),
        next_step=posted.get("next_step", "").strip(),
        note=posted.get("note", "").strip(),
    )


def _problem(made: SessionNote, today: datetime.date) -> str:
    try:
        day = datetime.date.fromisoformat(made.date)
    except ValueError:
        return "The session needs a date, as 2026-03-02."
    if day > today:
        return "The date lies ahead. A session is noted once it has been held or missed."
    if any(not 0 <= rating <= _HIGHEST for rating in made.ratings.values()):
        return "A rating runs from 0, not at all reached, to 10, fully reached."
    return ""
