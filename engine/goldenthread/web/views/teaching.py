"""Teaching: a vignette beside its diagram, predicted step by step and then shown. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.diagnostics import nearest
from goldenthread.web import lesson_page
from goldenthread.web.picture import picture
from goldenthread.web.shelf import Link, MissingError, Shelf, at_shelf

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from goldenthread.session.lesson import Lesson

_LONGEST = 500
"""So many characters of a prediction are kept."""
_KEPT = "lesson"


@require_GET
@at_shelf
def vignettes(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """List the vignettes."""
    listed = [
        {"id": id_, "name": name(id_), "about": lesson.vignette.data.get("about", "")}
        for id_, lesson in shelf.lessons.items()
    ]
    return render(request, "library/teaching.html", {"tab": "teaching", "vignettes": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@at_shelf
def vignette(request: HttpRequest, shelf: Shelf, id_: str) -> HttpResponse:
    """Show a vignette: what it is about, a question to predict, its answer, or how it came out."""
    lesson = _lesson(shelf, id_)
    last = len(lesson.questions)
    number = _number(request.GET.get("step", ""), last + 1)
    kept = _kept(request, id_)
    if request.method == "POST":
        return _predicted(request, id_, number, kept)
    about = lesson.vignette.data.get("about", "")
    context: dict[str, Any] = {"tab": "teaching", "id": id_, "name": name(id_), "about": about}
    if number == 0:
        prompts = lesson_page.prompts(shelf, kept["outcome"])
        context |= {"prompts": prompts, "total": last, "phases": lesson_page.phases(lesson, 0)}
        return render(request, "library/lesson.html", context)
    if number > last:
        context |= {
            "outcomes": lesson_page.outcome(shelf, lesson, kept["outcome"]),
            "teaches": lesson.vignette.data.get("teaches", ""),
            "end": lesson.whole.walk.end,
            "waits": lesson.whole.question,
            "phases": lesson_page.phases(lesson, number),
        }
        return render(request, "library/lesson_end.html", context)
    mine = kept["steps"].get(str(number), {})
    context |= lesson_page.step(shelf, lesson, number, mine)
    context["shown"] = bool(request.GET.get("shown"))
    chart = lesson.questions[number - 1].key.partition(".")[0]
    if context["shown"]:
        context |= lesson_page.revealed(shelf, lesson, number, mine)
    key = lesson.questions[number - 1].key.partition("@")[0]
    context["picture"] = picture(shelf.library, chart, chosen=key, path=lesson.path(number))
    context["base"] = reverse("flowchart", args=[chart]) + "/"
    return render(request, "library/lesson_step.html", context)


def _predicted(request: HttpRequest, id_: str, number: int, kept: dict[str, Any]) -> HttpResponse:
    """Keep a prediction as long as the browser is open here, in memory alone, and go on to what it is held against."""
    onward: dict[str, str | int]
    if number == 0:
        kept["outcome"] = {
            kind: request.POST.get(kind, "").strip()[:_LONGEST] for kind in lesson_page.OUTCOMES
        }
        onward = {"step": 1}
    else:
        answers = [one.strip()[:_LONGEST] for one in request.POST.getlist("answer") if one.strip()]
        guess = request.POST.get("next", "").strip()[:_LONGEST]
        kept["steps"][str(number)] = {"answer": answers[: lesson_page.FEW], "next": guess}
        onward = {"step": number, "shown": "yes"}
    request.session[_KEPT] = {"vignette": id_, **kept}
    return redirect(f"{reverse('library_vignette', args=[id_])}?{urlencode(onward)}")


def _kept(request: HttpRequest, id_: str) -> dict[str, Any]:
    """Give what was predicted of this vignette; what was predicted of another is dropped with the next prediction."""
    found = request.session.get(_KEPT, {})
    if found.get("vignette") != id_:
        return {"outcome": {}, "steps": {}}
    return {"outcome": found["outcome"], "steps": found["steps"]}


def _lesson(shelf: Shelf, id_: str) -> Lesson:
    if id_ in shelf.lessons:
        return shelf.lessons[id_]
    found = nearest(id_, shelf.lessons)
    near = Link(name(found), reverse("library_vignette", args=[found])) if found else None
    raise MissingError(
        "There is no vignette of that name.", near, Link("All vignettes", reverse("library_teaching"))
    )


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def name(id_: str) -> str:
    """Give a vignette's name in words."""
    return id_.replace("_", " ").capitalize()
