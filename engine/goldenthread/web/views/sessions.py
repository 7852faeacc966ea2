"""Sessions: noted in under two minutes, read as a note that can be copied and edited."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast, get_args

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goldenthread.case import SessionNote, SessionNoted
from goldenthread.case.model import Mode, SafetyChange
from goldenthread.export.session_note import MODES, session_note_text
from goldenthread.plan import followed
from goldenthread.walk import UnderWayError
from goldenthread.web import drafts
from goldenthread.web.case_page import at_desk, say, show
from goldenthread.web.controls import sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

    from goldenthread.plan import Plan
    from goldenthread.web.desk import Desk, Sitting

_MODES = MODES | {"missed": "missed"}
_RATING = re.compile(r"[0-9]|10")
_WORDS = ("response", "safety_note", "next_step", "note")
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
    correct = _place(number, sitting)
    if number and correct is None:
        raise Http404
    before = sitting.case.sessions[correct] if correct is not None else None
    left = drafts.session(desk, case_id, correct)
    if left is None:
        return _page(request, desk, sitting, before, correct=correct)
    rated = _rated(left)
    made = _read(left, before.round if before else sitting.walk.walk.round, rated)
    return _page(request, desk, sitting, made, correct=correct, rated=rated)


def _place(number: str, sitting: Sitting) -> int | None:
    """Give the place of a session that is to be corrected; None where there is none."""
    found = int(number) if re.fullmatch(r"[0-9]{1,6}", number) else len(sitting.case.sessions)
    return found if found < len(sitting.case.sessions) else None


def _page(
    request: HttpRequest,
    desk: Desk,
    sitting: Sitting,
    note: SessionNote | None,
    *,
    correct: int | None = None,
    rated: Mapping[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    done = sitting.case.sessions
    plans = {
        n: _followed(desk.plan_of(sitting, n))
        for n in {*(one.round for one in done), sitting.walk.walk.round}
    }
    plan = plans[note.round if note is not None else sitting.walk.walk.round]
    names = {id_: entry.name for id_, entry in desk.guide.model.interventions.items()}
    listed = [
        {"n": n, "note": one, "text": session_note_text(one, plans[one.round], names)}
        for n, one in enumerate(done)
    ]
    last = max((one for one in done if one.held), key=lambda one: one.date, default=None)
    shown = note or SessionNote(
        round=sitting.walk.walk.round,
        date=desk.today.isoformat(),
        mode=last.mode if last is not None else "in_person",
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
        was_draft=rated is not None and not problem,
        listed=sorted(listed, key=lambda one: cast("SessionNote", one["note"]).date, reverse=True),
        modes=_MODES.items(),
        safety=_SAFETY.items(),
        goals=_goals(plan, shown, rated or {}),
        interventions=_interventions(desk, sitting, plan, shown),
        before=last.next_step if last is not None and correct is None else "",
    )


def _followed(plan: Plan) -> Plan:
    """Give a plan with the goals that were followed in its round: its own, or those of the one before."""
    return replace(plan, goals=followed(plan))


def _goals(plan: Plan, note: SessionNote, rated: Mapping[str, str]) -> list[dict[str, Any]]:
    courses = {course.goal: course for course in plan.sessions.courses} if plan.sessions else {}
    return [
        {
            "id": goal.id,
            "text": goal.text,
            "name": goal.name,
            "worked": goal.id in note.goals,
            "rating": rated.get(goal.id, note.ratings.get(goal.id, "")),
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


def _open_risk(request: HttpRequest, desk: Desk, sitting: Sitting) -> None:
    """Open the risk guide after a session in which safety has changed."""
    try:
        desk.keep(sitting, sitting.walk.open("risk"))
    except UnderWayError as error:
        say(request, f"The session is kept. Safety has changed, and {error}.")
    else:
        say(request, "The session is kept. Safety has changed: the steps of the risk guide come next.")


@require_POST
@at_desk
def note(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Keep a session; one in which safety changed opens the risk guide."""
    sitting = desk.sit(case_id)
    correct = _place(request.POST.get("correct", ""), sitting)
    before = sitting.case.sessions[correct] if correct is not None else None
    rated = _rated(request.POST)
    made = _read(request.POST, before.round if before else sitting.walk.walk.round, rated)
    late = request.POST.get("version") != sitting.version
    there = late and _is_there(made, sitting)
    if drafts.only_kept(request):
        if not there:
            drafts.keep_session(desk, case_id, correct, request)
        return HttpResponse(status=204)
    if there or request.POST.get("action") == "drop":
        drafts.drop_session(desk, case_id, correct)
        return redirect("sessions", case_id=case_id)
    problem = _problem(made, rated, desk.today)
    if late:
        problem = (
            "This case was changed in another tab a moment ago. Look at what you noted, and keep it again."
        )
    if problem:
        drafts.keep_session(desk, case_id, correct, request)
        return _page(request, desk, sitting, made, correct=correct, rated=rated, problem=problem)
    event = SessionNoted(on=desk.today.isoformat(), note=made, replaces=correct)
    newly = made.safety == "changed" and (before is None or before.safety != "changed")
    sitting = desk.keep(sitting, None, event)
    drafts.drop_session(desk, case_id, correct)
    if newly:
        _open_risk(request, desk, sitting)
        return redirect("walk", case_id=case_id)
    say(request, "The session is kept.")
    return redirect("sessions", case_id=case_id)


def _is_there(made: SessionNote, sitting: Sitting) -> bool:
    """Say whether a session was noted already as it is sent: a double click sends it twice."""
    return any(replace(one, openings=0) == made for one in sitting.case.sessions)


def _rated(posted: QueryDict) -> dict[str, str]:
    """Give what was typed as a rating, by goal."""
    typed = {name: posted.get(name, "").strip() for name in posted if name.startswith("rating_")}
    return {name.removeprefix("rating_"): text for name, text in typed.items() if text}


def _read(posted: QueryDict, round_: int, rated: Mapping[str, str]) -> SessionNote:
    ratings = {goal: int(text) for goal, text in rated.items() if _RATING.fullmatch(text)}
    words = {name: sent(posted.get(name, "")).strip() for name in _WORDS}
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
        response=words["response"],
        safety_note=words["safety_note"],
        next_step=words["next_step"],
        note=words["note"],
    )


def _problem(made: SessionNote, rated: Mapping[str, str], today: datetime.date) -> str:
    try:
        # Python reads shorter forms, too, which do not sort by their letters.
        day = datetime.date.fromisoformat(made.date if len(made.date) == len("2026-03-02") else "")
    except ValueError:
        return "The session needs a date, as 2026-03-02."
    if day > today:
        return "The date lies ahead. A session is noted once it has been held or missed."
    if not all(_RATING.fullmatch(text) for text in rated.values()):
        return "A rating is a whole number from 0, not at all reached, to 10, fully reached."
    return ""
