"""The walk: one question at a time, and what can be asked of it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from goldenthread.session.explain import entry_named
from goldenthread.session.review import REVIEW, review_waits
from goldenthread.walk import Misfit, UnderWayError, bare, beside, status
from goldenthread.web import ahead, controls, drafts, goal_page, typed
from goldenthread.web.case_page import at_desk, say, show
from goldenthread.web.goal_fields import chosen
from goldenthread.web.options import bank, options

if TYPE_CHECKING:
    from goldenthread.case.model import Verdict
    from goldenthread.session import GuidedWalk, Question
    from goldenthread.web.controls import Fields
    from goldenthread.web.desk import Desk, Sitting

LEFT_OPEN = {"later": {"later": True}, "not_known": {"not_known": True}, "declined": {"declined": True}}
_VERDICTS: dict[str, Verdict] = {"adapted": "adapted", "declined": "declined", "later": "later"}
_SENTENCE = re.compile(r"(.{12,}?[?.])\s+(.+)\Z", re.DOTALL)
_LONG = 120
"""So long a question is no heading any more."""


@require_GET
@at_desk
def question(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Show the question that waits, or the one that `at` names."""
    sitting = desk.sit(case_id, request.GET.get("at", ""))
    return _page(request, desk, sitting)


@require_GET
@at_desk
def together(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Show the question to the client: in the words for them, and nothing else."""
    return _page(request, desk, desk.sit(case_id, request.GET.get("at", "")), together=True)


def _page(
    request: HttpRequest,
    desk: Desk,
    sitting: Sitting,
    fields: Fields | None = None,
    *,
    together: bool = False,
    problem: tuple[str, str] | None = None,
) -> HttpResponse:
    asked = sitting.walk.question
    if asked is None:
        template = "together_end.html" if together else "walk_end.html"
        made = sitting.walk.plan()
        first_open = _at("walk", sitting.case_id, made.open[0].key, "open") if made.open else ""
        end = sitting.walk.walk.end
        return show(
            request,
            template,
            sitting,
            tab="walk",
            end=end,
            said_already=end is not None and made.status_words.rstrip(".") == end.end.rstrip("."),
            plan=made,
            first_open=first_open,
            waits=review_waits(sitting.walk),
            unconfirmed=[one for one in made.kept if not one.stands],
        )
    kept = typed.kept(desk, sitting, asked) if fields is None else None
    filled: Fields = fields or kept or typed.put_forward(sitting, asked)
    standing = sitting.walk.walk.given(asked.key)
    more: dict[str, Any] = {
        "question": asked,
        "ask": _parts(asked.ask),
        "fields": filled,
        "form": _form(desk, sitting, asked, filled),
        "problem": problem,
        "was_draft": kept is not None,
        "gone_back": bool(sitting.walk.walk.stop_at) and _led_from(request) != "open",
        "led_from": _led_from(request),
        "put_forward": not sitting.walk.walk.answered_here(asked.key),
        "open_answer": standing is not None and bare(standing) == standing,
        "why_ask": sitting.walk.why_ask(),
        "own_idea": controls.first(filled, "own_idea"),
        "ahead": ahead.put_forward(sitting) if kept is None and not together else None,
        "own_first": asked.own_first and not controls.first(filled, "own_idea") and asked.prefill is None,
    }
    if problem is None and sitting.walk.problem is not None:
        # An answer that was kept, and that new content or another answer no longer lets stand.
        found = sitting.walk.problem
        more["problem"] = (f"The answer that was kept no longer fits: {found.message}", found.help)
    status = 422 if problem else 200
    template = "together.html" if together else "walk.html"
    response = show(request, template, sitting, tab="walk", status=status, **more)
    if request.method == "POST":
        page = "together" if together else "walk"
        response["HX-Replace-Url"] = _at(page, sitting.case_id, asked.key, more["led_from"])
    return response


def _at(page: str, case_id: str, key: str, led_from: str = "") -> str:
    """Give the address of a question, and of the list that led to it."""
    query = {name: text for name, text in (("at", key), ("from", led_from)) if text}
    address = reverse(page, args=[case_id])
    return f"{address}?{urlencode(query)}" if query else address


def _led_from(request: HttpRequest) -> str:
    """Say which list led to the question: of the answers, of what is open, or none."""
    found = request.POST.get("from") or request.GET.get("from", "")
    return found if found in {"answers", "open"} else ""


def _parts(ask: str) -> tuple[str, str]:
    """Give the question, and what is said after it; of a long one what stands before its colon."""
    match = _SENTENCE.match(ask)
    first, rest = (match[1], match[2]) if match else (ask, "")
    head, colon, list_ = first.partition(": ")
    if len(first) > _LONG and colon:
        return f"{head}.", f"{list_[:1].upper()}{list_[1:]} {rest}".strip()
    return first, rest


def _form(desk: Desk, sitting: Sitting, asked: Question, fields: Fields) -> dict[str, Any]:
    """Give what the form of this kind of question needs."""
    if asked.kind == "goals":
        return goal_page.form(desk, sitting, asked, fields)
    form: dict[str, Any] = {"text": controls.first(fields, "answer"), "units": controls.UNITS}
    if asked.kind in {"choice", "choices"}:
        form["options"] = options(desk, sitting, asked, fields)
        texts = [*fields.get("own_example", ())]
        own = [*zip_longest(fields.get("own", ()), texts, fillvalue=""), ("", "")]
        main = controls.first(fields, "first")
        form["own"] = [(*pair, main == f"own_{n}") for n, pair in enumerate(own, 1)]
        form["bank"] = bank(sitting, asked)
    if asked.kind == "duration":
        form["amount"], form["unit"] = (
            controls.first(fields, "amount"),
            controls.first(fields, "unit") or "weeks",
        )
    if asked.kind == "measure":
        instrument = desk.guide.model.instruments[asked.instrument]
        risky = {item.item: item.about for item in instrument.risk}
        form["instrument"] = instrument
        form["items"] = [
            {
                "n": n,
                "text": instrument.wording[n - 1] if n <= len(instrument.wording) else "",
                "risk": risky.get(n, ""),
                "value": controls.first(fields, f"item_{n}"),
            }
            for n in range(1, instrument.items + 1)
        ]
        form["by_item"] = any(item["value"] for item in form["items"] if not item["risk"])
        form["total"] = controls.first(fields, "total")
        form["scales"] = instrument.scales.values()
        form["scale"] = controls.first(fields, "scale")
        form["taken"] = controls.first(fields, "taken") or desk.today.isoformat()
    return form


@require_POST
@at_desk
def answer(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Take an answer, or leave the question open."""
    key, action = request.POST.get("key", ""), request.POST.get("action", "answer")
    fields, together = typed.sent(request), "together" in request.POST
    if together:
        fields = {**typed.unseen(desk, case_id, key), **fields}
    if drafts.only_kept(request):
        desk.store.keep_draft(case_id, key, fields)
        return HttpResponse(status=204)
    sitting = desk.sit(case_id, key)
    asked = sitting.walk.question
    if asked is None or sitting.walk.walk.at != key or request.POST.get("version") != sitting.version:
        return _elsewhere(request, desk, sitting, key, action, fields)
    if action.partition(":")[0] in goal_page.ACTIONS:
        fields = goal_page.act(desk, sitting, action, fields)
        desk.store.keep_draft(case_id, key, fields)
        return _page(request, desk, sitting, fields)
    if action == "own_idea":
        fields["own_idea"] = fields.get("own_idea", [""]) if any(fields.get("own_idea", ())) else ["-"]
        desk.store.keep_draft(case_id, key, fields)
        return _page(request, desk, sitting, fields)
    if action == "confirm":
        desk.keep(sitting, sitting.walk.confirm(one.key for one in asked.kept))
        return _page(request, desk, desk.sit(case_id, key), fields)
    try:
        raw = _raw(desk, asked, action, fields)
    except Misfit as misfit:
        return _page(request, desk, sitting, fields, together=together, problem=(str(misfit), misfit.help))
    walk = sitting.walk.answer(_with_its_day(desk, sitting.walk.walk.raw(key), raw))
    if walk.problem is not None and walk.problem.key == key:
        problem = (walk.problem.message, walk.problem.help)
        return _page(request, desk, sitting, fields, together=together, problem=problem)
    return _taken(request, desk, sitting, walk, action=action, fields=fields, together=together)


def _raw(desk: Desk, asked: Question, action: str, fields: Fields) -> Any:
    if action in LEFT_OPEN:
        more = {} if action == "later" else {"date": desk.today.isoformat()}
        return controls.with_beside(dict(LEFT_OPEN[action]), fields, **more)
    raw = controls.from_fields(asked, fields, desk.guide.model.instruments.get(asked.instrument))
    idea = controls.first(fields, "own_idea").lstrip("-")
    note = {"note": f"own idea first: {idea}"} if idea else {}
    return controls.with_beside(raw, fields, date=desk.today.isoformat(), **note)


def _with_its_day(desk: Desk, before: Any, raw: Any) -> Any:
    """Give an answer that is changed the day of today, unless another day was written beside it."""
    day = beside(before).get("date")
    dated = isinstance(raw, dict) and ("value" in raw or bool(status(raw)))
    if dated and day and raw.get("date") == day and bare(raw) != bare(before):
        return {**raw, "date": desk.today.isoformat()}
    return raw


def _elsewhere(
    request: HttpRequest, desk: Desk, sitting: Sitting, key: str, action: str, fields: Fields
) -> HttpResponse:
    """Say that the case has gone on elsewhere; what was sent twice is taken once, and nothing typed is lost."""
    asked = sitting.walk.question
    if asked is not None and sitting.walk.walk.at == key:
        if action == "confirm" and not asked.kept:
            return _page(request, desk, sitting, fields)
        try:
            raw = _raw(desk, asked, action, fields)
        except Misfit:
            raw = None
        if raw is not None and bare(raw) == bare(sitting.walk.walk.given(key)):
            return redirect("walk", case_id=sitting.case_id)
        desk.store.keep_draft(sitting.case_id, key, fields)
    at = f"{reverse('walk', args=[sitting.case_id])}?at={key}" if asked is not None else ""
    words = [
        text for name, texts in fields.items() if name != "beside_date" for text in texts if text.strip()
    ]
    return show(request, "conflict.html", sitting, tab="walk", status=409, typed=words, at=at)


def _taken(
    request: HttpRequest,
    desk: Desk,
    sitting: Sitting,
    walk: GuidedWalk,
    *,
    action: str,
    fields: Fields,
    together: bool,
) -> HttpResponse:
    asked = sitting.walk.question
    events = []
    if asked is not None and action == "answer":
        wanted = chosen(fields) if asked.kind == "goals" else fields.get("answer", ())
        events = ahead.accepted(desk, sitting, asked, wanted)
    fresh = desk.keep(sitting, walk, *events)
    if asked is not None:
        typed.drop(desk, sitting, asked)
    _say_moved(request, sitting.walk, walk)
    led_from = _led_from(request)
    if led_from == "open" and asked is not None and (after := _next_open(sitting, fresh, asked.key)):
        return redirect(_at("walk", sitting.case_id, after, "open"))
    if led_from:
        return redirect("answers", case_id=sitting.case_id)
    return redirect(_at("together" if together else "walk", sitting.case_id, fresh.walk.walk.at))


def _next_open(before: Sitting, after: Sitting, key: str) -> str:
    """Give the open question that stands behind this one in the list, or nothing."""
    listed = [question.key for question in before.walk.plan().open]
    still = [question.key for question in after.walk.plan().open]
    passed = {*listed[: listed.index(key) + 1]} if key in listed else {key}
    return next((other for other in still if other not in passed), "")


def _say_moved(request: HttpRequest, before: GuidedWalk, after: GuidedWalk) -> None:
    aside = set(after.walk.set_aside) - set(before.walk.set_aside)
    back = set(before.walk.set_aside) - set(after.walk.set_aside)
    if aside:
        are, it = ("s are", "them") if len(aside) > 1 else (" is", "it")
        say(
            request,
            f"{len(aside)} later answer{are} set aside: the path no longer asks for {it}. Nothing is lost.",
        )
    elif back:
        say(request, "Answers that were set aside are back on the path.")


@require_POST
@at_desk
def move(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Go back, go on, open the risk guide here, begin the next round, or say that the rest of a phase is still so."""
    action, key = request.POST.get("action", ""), request.POST.get("key", "")
    sitting = desk.sit(case_id, key)
    walk = sitting.walk
    if action == "ahead":
        return _confirm_ahead(request, desk, sitting, key)
    if action == "back":
        back = walk.back()
        if back.walk.rounds != walk.walk.rounds:
            # What was opened by hand and not answered is closed again.
            desk.keep(sitting, back)
        return redirect(_at("walk", case_id, back.walk.at))
    if action == "risk":
        try:
            desk.keep(sitting, walk.open("risk"))
        except UnderWayError as error:
            say(request, f"{error}.")
    elif action == "begin_round" and walk.finished:
        waits = review_waits(walk)
        review = {"value": REVIEW, "date": desk.today.isoformat()}
        desk.keep(sitting, walk.go_to(waits).answer(review) if waits else walk.begin_round())
    return redirect("walk", case_id=case_id)


def _confirm_ahead(request: HttpRequest, desk: Desk, sitting: Sitting, key: str) -> HttpResponse:
    """Say again today what was listed; what was sent twice is taken once, and what is half typed is not passed over."""
    walk, asked = sitting.walk, sitting.walk.question
    if asked is None or walk.walk.at != key or request.POST.get("version") != sitting.version:
        if walk.walk.answered_here(request.POST.get("until", "")):
            return redirect("walk", case_id=sitting.case_id)
        at = _at("walk", sitting.case_id, key) if asked is not None else ""
        return show(request, "conflict.html", sitting, tab="walk", status=409, typed=[], at=at)
    after, count, decisions = ahead.confirmed(desk, sitting)
    if not count and typed.kept(desk, sitting, asked) is not None:
        help_ = "press Answer to give it, and confirm the rest from the next question"
        return _page(request, desk, sitting, problem=("What you typed here is not an answer yet", help_))
    fresh = desk.keep(sitting, after, *decisions)
    answers, stand = ("answer", "stands") if count == 1 else ("answers", "stand")
    say(request, f"{count} earlier {answers} still {stand}, as of today. Under Answers each can be changed.")
    _say_moved(request, walk, fresh.walk)
    return redirect(_at("walk", sitting.case_id, fresh.walk.walk.at))


@require_POST
@at_desk
def decide(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Take a suggestion adapted, decline it or leave it for later, with the reason.

    One that was declined comes back only if the facts behind it change.
    """
    key = request.POST.get("key", "")
    verdict, _, id_ = request.POST.get("decide", "").partition(":")
    sitting = desk.sit(case_id, key)
    asked = sitting.walk.question
    kind = bank(sitting, asked) if asked is not None else ""
    offer = next((o for o in sitting.walk.advice(kind).offers if o.id == id_), None) if kind else None
    if offer is not None and (said := _VERDICTS.get(verdict)) is not None:
        fields = typed.sent(request)
        fields["answer"] = [option for option in fields.get("answer", ()) if option != id_]
        if said == "adapted":
            fields["answer"].append(id_)
        reason = request.POST.get(f"reason_{id_}", "").strip()
        desk.keep(sitting, None, desk.decided(sitting.walk, kind, offer, said, reason))
        _say_decided(request, said)
        desk.store.keep_draft(case_id, key, fields)
    return redirect(f"{reverse('walk', args=[case_id])}?at={key}")


def _say_decided(request: HttpRequest, verdict: Verdict) -> None:
    words = {
        "adapted": "It is taken, adapted; send the answer to keep it.",
        "declined": "It is declined, and comes back only if the answers behind it change.",
        "later": "It is left for later.",
    }
    say(request, words[verdict])


@require_GET
@at_desk
def why(request: HttpRequest, desk: Desk, case_id: str, entry: str) -> HttpResponse:
    """Say why an entry is offered, held or left out, with the answers and the sources behind it."""
    sitting = desk.sit(case_id)
    found = entry_named(desk.guide.model, entry)
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in sitting.walk.why(entry)]
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        return render(request, "_why.html", {"lines": lines})
    return show(request, "why.html", sitting, tab="walk", lines=lines, name=found.name if found else entry)
