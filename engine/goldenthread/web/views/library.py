"""The library: what there is, each bank with its search, each entry in full, and what is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.model import KINDS, Factor, Goal, Instrument, Reference
from goldenthread.session.find import PROBLEM, diagnosis_named, domains, find_goals
from goldenthread.web import entry_page, entry_rows
from goldenthread.web.shelf import BANKS, Link, Shelf, at_shelf, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from goldenthread.model import Entry, Flowchart

_LONGEST = 170
_ROUTES = {"plan": "A plan is made", "refer": "Referred on", "not_supported": "No plan is made"}


@require_GET
@at_shelf
def index(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Show what the library holds; with `q`, everything that holds its words."""
    words = request.GET.get("q", "").split()
    found: dict[str, list[Link]] = {}
    for kind, id_ in shelf.holding(words) if words else ():
        heading = "Flowcharts" if kind == "flowcharts" else BANKS[kind].title
        found.setdefault(heading, []).append(shelf.link(kind, id_))
    library = shelf.library
    context = {
        "tab": "index",
        "q": " ".join(words),
        "found": [(heading, links[:_MOST], len(links)) for heading, links in found.items()],
        "number": sum(map(len, found.values())),
        "banks": [(id_, kind, len(library.bank(id_))) for id_, kind in BANKS.items()],
        "flowcharts": len(library.flowcharts),
        "nodes": sum(1 for _ in library.nodes()),
        "lessons": len(shelf.lessons),
    }
    return render(request, "library/index.html", context)


_MOST = 40
"""So many of a kind are listed among what a search of everything found."""


@require_GET
@at_shelf
def bank(request: HttpRequest, shelf: Shelf, kind: str) -> HttpResponse:
    """List the entries of a kind; with `q`, those that hold its words."""
    kind = shelf.kind(kind)
    words = request.GET.get("q", "").split()
    entries = [shelf.library.bank(kind)[id_] for _, id_ in shelf.holding(words, kind)]
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in sorted(entries, key=_sorted_by) if kind == "references" else entries:
        groups.setdefault(_group(entry), []).append(_line(shelf, entry))
    context = {
        "tab": kind,
        "id": kind,
        "kind": BANKS[kind],
        "q": " ".join(words),
        "groups": sorted(groups.items()) if kind == "references" else list(groups.items()),
        "number": len(entries),
        "total": len(shelf.library.bank(kind)),
    }
    return render(request, "library/bank.html", context)


@require_GET
@at_shelf
def goals(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Find goals by words, diagnosis, domain and factor, as `goldenthread goals` does."""
    library = shelf.library
    asked = {name: request.GET.get(name, "").strip() for name in ("diagnosis", "domain", "factor")}
    words = request.GET.get("q", "").split()
    diagnosis = diagnosis_named(library, asked["diagnosis"]) if asked["diagnosis"] else ""
    none = bool(asked["diagnosis"]) and not diagnosis
    found = (
        []
        if none
        else find_goals(library, words, diagnosis=diagnosis, domain=asked["domain"], factor=asked["factor"])
    )
    targeted = {id_ for goal in library.goals.values() for id_ in goal.targets}
    served = {id_ for goal in library.goals.values() for id_ in goal.diagnoses}
    context = {
        "tab": "goals",
        "kind": BANKS["goals"],
        "q": " ".join(words),
        "diagnosis": diagnosis or asked["diagnosis"],
        "domain": asked["domain"],
        "factor": asked["factor"],
        "diagnoses": [(d.id, d.name) for d in library.diagnoses.values() if d.id in served],
        "domains": [(name, name.replace("_", " ")) for name in domains(library)],
        "factors": [
            (PROBLEM, "the problem itself"),
            *((f.id, f.name) for f in library.factors.values() if f.id in targeted),
        ],
        "found": [_goal(shelf, goal) for goal in found],
        "total": len(library.goals),
    }
    return render(request, "library/goals.html", context)


def _goal(shelf: Shelf, goal: Goal) -> dict[str, Any]:
    rows = {row.label: row.links for row in entry_rows.rows(shelf, goal)}
    return {
        "link": shelf.link("goals", goal.id),
        "domain": goal.domain.replace("_", " "),
        "sentence": entry_page.sentence(goal.text),
        "measure": rows.get("Measured by", ()),
        "targets": rows.get("Works on", ()),
        "treatments": len(goal.interventions),
    }


@require_GET
@at_shelf
def entry(request: HttpRequest, shelf: Shelf, kind: str, id_: str) -> HttpResponse:
    """Show one entry in full."""
    part = request.GET.get("part", "")
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 4 else 1
    return render(request, "library/entry.html", entry_page.page(shelf, shelf.entry(kind, id_), number))


@require_GET
@at_shelf
def draft(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Say what is a draft and what a named clinician has reviewed; with `kind`, which."""
    kind = request.GET.get("kind", "")
    library = shelf.library
    parts: list[tuple[str, str, Sequence[Entry | Flowchart]]] = [
        ("flowcharts", "Flowcharts", list(library.flowcharts.values())),
        *((id_, BANKS[id_].title, list(library.bank(id_).values())) for id_ in KINDS),
    ]
    counts = []
    for id_, name, items in parts:
        reviewed = [item for item in items if item.review.status == "reviewed"]
        counts.append(
            {"id": id_, "name": name, "drafts": len(items) - len(reviewed), "reviewed": len(reviewed)}
        )
    listed = next((items for id_, _, items in parts if id_ == kind), ())
    context = {
        "tab": "draft",
        "counts": counts,
        "chosen": kind if listed else "",
        "chosen_name": next((name for id_, name, _ in parts if id_ == kind), ""),
        "listed": [(shelf.link(kind, item.id), item.review) for item in listed],
        "nothing_reviewed": not any(count["reviewed"] for count in counts),
    }
    return render(request, "library/draft.html", context)


def _sorted_by(entry: Entry) -> str:
    """Give what a work is sorted by: its citation, with accents taken off."""
    name = entry.cite() if isinstance(entry, Reference) else entry.id
    return normalize("NFKD", name).lower()


def _group(entry: Entry) -> str:
    match entry:
        case Reference():
            return _sorted_by(entry)[:1].upper()
        case Factor():
            return f"{entry.p.capitalize()} factors"
    return _ROUTES.get(getattr(entry, "route", "") or "", "") if entry.kind == "diagnoses" else ""


def _line(shelf: Shelf, entry: Entry) -> dict[str, Any]:
    tag = entry.short if isinstance(entry, Instrument) else ""
    if isinstance(entry, Reference):
        resting = len(shelf.claims.get(entry.id, ()))
        return {
            "link": shelf.link("references", entry.id),
            "about": entry.title,
            "tag": f"{resting} resting on it",
        }
    about = getattr(entry, "about", "") or getattr(entry, "text", "")
    return {"link": shelf.link(entry.kind, entry.id), "about": shortened(about, _LONGEST), "tag": tag}
