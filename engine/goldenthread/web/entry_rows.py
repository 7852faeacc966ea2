"""What is authored in an entry as rows of a page: a label, and words or links beside it, by the kind of entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.model import (
    PHASES,
    Alert,
    Diagnosis,
    Factor,
    Goal,
    Instrument,
    Intervention,
    Modality,
    Obligation,
    Reference,
    Requirement,
    Role,
)
from goldenthread.session import PHASE_NAMES
from goldenthread.session.entries import SEEN
from goldenthread.session.find import target_name
from goldenthread.session.uses import bank_of
from goldenthread.web.shelf import BANKS, Link, Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.model import Entry

_ROUTES = {
    "plan": "A plan is made here.",
    "refer": "It is referred on; no plan is made here.",
    "not_supported": "Golden Thread makes no plan for it.",
}


ANSWERS: Mapping[str, str] = {
    "yes_no": "yes or no",
    "choice": "one option",
    "choices": "one or more options",
    "goals": "goals",
    "text": "words",
    "number": "a number",
    "duration": "a length of time",
    "date": "a date",
}


class Row(NamedTuple):
    """A label, and what stands beside it: one line, a list, or steps in order."""

    label: str
    links: tuple[Link, ...]
    look: str = "line"


def rows(shelf: Shelf, entry: Entry) -> list[Row]:
    """Give the rows of an entry; what says nothing is left out."""
    match entry:
        case Goal():
            made = _goal(shelf, entry)
        case Factor():
            made = _factor(shelf, entry)
        case Intervention() | Modality():
            made = _treatment(shelf, entry)
        case Diagnosis():
            made = _diagnosis(shelf, entry)
        case Instrument():
            made = _instrument(entry)
        case Role():
            made = _role(shelf, entry)
        case Reference():
            made = _reference(shelf, entry)
        case Alert() | Obligation() | Requirement():
            made = _rule_of_the_house(shelf, entry)
        case _:
            made = []
    return [row for row in made if any(link.text for link in row.links)]


def row(label: str, value: str | Sequence[str | Link], look: str = "") -> Row:
    """Make a row of words, or of several words or links."""
    several = [value] if isinstance(value, str) else value
    links = tuple(item if isinstance(item, Link) else Link(item) for item in several)
    return Row(label, links, look or ("line" if isinstance(value, str) else "list"))


def _goal(shelf: Shelf, goal: Goal) -> list[Row]:
    measure = goal.measure
    parts = [
        f"counting {measure.count}" + (f" per {measure.per}" if measure.per else "") if measure.count else "",
        f"rating {measure.rating}" if measure.rating else "",
    ]
    by: list[str | Link] = [part for part in parts if part]
    if measure.instrument:
        by.append(shelf.link("instruments", measure.instrument))
    limits = (("from", measure.start), ("to", measure.target))
    ends = [f"{word} {blank.replace('_', ' ')}" for word, blank in limits if blank]
    targets = [
        shelf.link("factors", id_) if id_ in shelf.library.factors else Link(target_name(shelf.library, id_))
        for id_ in goal.targets
    ]
    return [
        row("Domain", goal.domain.replace("_", " ")),
        row("Measured by", [*by, *([" ".join(ends)] if ends else [])]),
        row("Better is", goal.better),
        row("Works on", targets),
        row("For", shelf.links("diagnoses", goal.diagnoses)),
        row("Steps on the way", goal.objectives, "steps"),
        row("Interventions", shelf.links("interventions", goal.interventions)),
        row("Done when", goal.discharge),
    ]


def _factor(shelf: Shelf, factor: Factor) -> list[Row]:
    return [
        row("It is", f"a {factor.p} factor"),
        row("About", factor.about),
        row("How it keeps the problem going", factor.maintains),
        row("Ask", factor.ask),
        row("To the client", factor.say),
        row("What treatment aims at", factor.target),
        row("What it means for the plan", factor.implies),
        row("Interventions", shelf.links("interventions", factor.interventions)),
    ]


def _treatment(shelf: Shelf, entry: Intervention | Modality) -> list[Row]:
    return [
        row("To the client", entry.say),
        row("About", entry.about),
        row("Depth", entry.depth if isinstance(entry, Modality) else ""),
        row("Steps", entry.steps if isinstance(entry, Intervention) else (), "steps"),
        row("Works on", shelf.links("factors", entry.targets)),
        row(
            "Interventions",
            shelf.links("interventions", entry.interventions) if isinstance(entry, Modality) else (),
        ),
        row("Course", entry.course),
        row("Needs", entry.needs),
        row("When not", entry.when_not),
        row("What is argued over", entry.debate if isinstance(entry, Modality) else ""),
    ]


def _diagnosis(shelf: Shelf, diagnosis: Diagnosis) -> list[Row]:
    names = {"icd10cm": "ICD-10-CM", "icd11": "ICD-11"}
    codes = [
        f"{names.get(system, system)}: {listed if isinstance(listed, str) else ', '.join(map(str, listed))}"
        for system, listed in diagnosis.codes.items()
    ]
    return [
        row("About", diagnosis.about),
        row("Codes", codes),
        row("Groups", [group.replace("_", " ") for group in diagnosis.groups]),
        row("What is done", _ROUTES.get(diagnosis.route, diagnosis.route)),
        row("Refer to", diagnosis.refer_to),
        row("Often kept going by", shelf.links("factors", diagnosis.perpetuating)),
        row("Instruments", shelf.links("instruments", diagnosis.instruments)),
    ]


def _instrument(instrument: Instrument) -> list[Row]:
    licence = instrument.licence
    codes = [f"{name}: {code}" for name, code in instrument.loinc.items()]
    risk = [f"Item {item.item} above {item.above:g}: {item.about}" for item in instrument.risk]
    each = f", each {between(instrument.item_between)}" if instrument.item_between else ""
    return [
        row("About", instrument.about),
        row("Filled in by", instrument.administration.replace("_", " ")),
        row("Looks back over", instrument.timeframe),
        row("For", instrument.population),
        row("Items", f"{instrument.items}{each}" if instrument.items else ""),
        row("Wording", instrument.wording, "steps"),
        row("Items that raise the risk guide", risk),
        row("Licence", " ".join(filter(None, (_licence(licence.get("status")), licence.get("note", ""))))),
        row("LOINC", codes),
        row("Confirmed", instrument.confirmed),
    ]


def _licence(status: Any) -> str:
    return f"{capital(str(status).replace('_', ' '))}." if status else ""


def _role(shelf: Shelf, role: Role) -> list[Row]:
    kind = bank_of(shelf.library, role.id)
    options: list[str | Link] = [
        f"{option.label}" + (f" ({option.note})" if option.note else "") for option in role.options.values()
    ]
    from_: list[str | Link] = []
    if kind:
        from_ = [Link(BANKS[kind].title.lower(), shelf.bank_href(kind))]
    elif role.options_from:
        from_ = [shelf.link("roles", role.options_from)]
    askers = [shelf.link("flowcharts", node.key) for node in shelf.library.askers.get(role.id, ())]
    flags = [
        word
        for word, true in (
            ("The options stand in an order", role.ordered),
            ("The client’s own words can be added", role.other),
            ("About safety", role.safety),
            ("Not shown in the client view", role.private),
        )
        if true
    ]
    return [
        row("About", role.about),
        row("Answer", ANSWERS.get(role.answer, role.answer)),
        row("Options", options),
        row("Options are taken from", from_),
        row("Unit", role.unit),
        row("Range", between(role.between) if role.between else ""),
        row("If yes", role.yes),
        row("If no", role.no),
        row("Also", flags),
        row("Asked in", askers),
    ]


def _reference(shelf: Shelf, work: Reference) -> list[Row]:
    address = f"https://doi.org/{work.doi}" if work.doi else work.url
    later = [shelf.link("references", work.superseded_by)] if work.superseded_by else []
    return [
        row("Confirmed", SEEN.get(work.confirmed, work.confirmed)),
        row("Note", work.note),
        row("Superseded by", later),
        row("Address", [Link(address, address)] if address else "", "line"),
    ]


def _rule_of_the_house(shelf: Shelf, entry: Alert | Obligation | Requirement) -> list[Row]:
    match entry:
        case Alert():
            return [
                row("Raised when", capital(entry.raise_when.say())),
                row("Opens", [shelf.link("flowcharts", entry.opens)]),
                row("Cleared when", capital(entry.cleared_when.say())),
                row("Because", entry.because),
            ]
        case Obligation():
            route: Mapping[str, str] = entry.route
            ways = [shelf.link("flowcharts", id_, note=word) for word, id_ in route.items()]
            return [
                row("Holds", [BANKS[kind].title.lower() for kind in entry.hold]),
                row("Until", capital(entry.until.say()) if entry.until else ""),
                row("Route", ways),
                row("Because", entry.because),
            ]
        case Requirement():
            days = f"every {entry.review_days} days" if entry.review_days else ""
            return [
                row("Asked by", entry.jurisdiction),
                row("Parts of a plan", [part.replace("_", " ") for part in entry.parts]),
                row("Review", days),
            ]


def phase_name(phase: str) -> str:
    """Give a phase's name."""
    return PHASE_NAMES.get(phase, "Planning") if phase in PHASES else "Planning"


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def between(pair: tuple[float, float]) -> str:
    """Say limits in words."""
    return f"{pair[0]:g} to {pair[1]:g}"
