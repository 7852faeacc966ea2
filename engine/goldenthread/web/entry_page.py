"""What the page of an entry shows: everything authored in it, in the order that a reader asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.model import (
    PHASES,
    Advisable,
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
from goldenthread.session.entries import RULES, SEEN, name_of, rules_of
from goldenthread.session.find import target_name
from goldenthread.session.uses import bank_of
from goldenthread.web.shelf import BANKS, Link, Shelf, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.model import Entry, Rule, Source, Suggestion
    from goldenthread.session.claims import Claim
    from goldenthread.session.uses import Use

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ON_A_PAGE = 60
"""So many of the claims that rest on a work are shown at once."""
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
_PARTS = {
    "interventions": "uses it",
    "targets": "works on it",
    "diagnoses": "is for it",
    "perpetuating": "names it as what keeps it going",
    "instruments": "is measured by it",
    "measure": "is measured by it",
    "blanks": "takes a number from it",
    "from": "takes its options from it",
    "suggest": "is suggested by it",
    "rule_out": "is left out by it",
    "caution": "has a caution about it",
    "for": "counts it in favour",
    "against": "counts it against",
    "opens": "opens it",
    "raise_when": "is raised by it",
    "cleared_when": "is cleared by it",
    "until": "waits for it",
    "superseded_by": "was superseded by it",
    "visit": "leads there",
    "role": "asks for it",
    "each": "runs once for each of it",
    "next": "chooses its way by it",
    "options": "chooses its options by it",
    "facts": "derives a fact from it",
}
"""What a part of an entry or a node does with what it names."""


class Row(NamedTuple):
    """A label, and what stands beside it: one line, a list, or steps in order."""

    label: str
    links: tuple[Link, ...]
    look: str = "line"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source: the work, the place in it, what it says there, how strong that is."""

    work: Link
    at: str
    says: str
    grade: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in English, with its reason and its sources."""

    when: str
    because: str
    weight: str
    basis: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a goal's sentence: words, or a blank with what it is for."""

    text: str
    blank: bool = False


def page(shelf: Shelf, entry: Entry, part: int = 1) -> dict[str, Any]:
    """Give what the template of an entry needs; `part` counts the pages of what rests on a work, from 1."""
    file = entry.span.file.replace("\\", "/").split("/")[-2:]
    found = {
        "tab": entry.kind,
        "entry": entry,
        "kind": BANKS[entry.kind],
        "title": title(entry),
        "whole": name_of(entry) if isinstance(entry, Alert | Obligation | Requirement) else "",
        "rows": rows(shelf, entry),
        "rules": rules(shelf, entry),
        "sources": cited(shelf, entry.sources),
        "basis": entry.basis.replace("_", " "),
        "uses": grouped(shelf, shelf.uses.of(entry.kind, entry.id)),
        "file": f"{'/'.join(file)}, line {entry.span.line}",
    }
    if isinstance(entry, Reference):
        claims = shelf.claims.get(entry.id, [])
        parts = range(1, -(-len(claims) // _ON_A_PAGE) + 1)
        part = part if part in parts else 1
        found |= {"whole": entry.full(), "resting": len(claims), "parts": parts if len(parts) > 1 else ()}
        found |= {"part": part, "claims": _claims(shelf, claims[(part - 1) * _ON_A_PAGE :][:_ON_A_PAGE])}
    if isinstance(entry, Goal):
        found |= {
            "sentence": sentence(entry.text),
            "to_client": sentence(entry.say),
            "blanks": blanks(shelf, entry),
        }
    if isinstance(entry, Instrument):
        found |= {"scales": [(scale, _change(scale)) for scale in entry.scales.values()]}
    return found


def sentence(text: str) -> list[Slot]:
    """Give a goal's sentence in pieces: words, and blanks by their names."""
    made: list[Slot] = []
    for n, part in enumerate(_BLANK.split(text)):
        if part == "client":
            made.append(Slot("the client" if n > 1 or made else "The client"))
        elif part:
            made.append(Slot(part.replace("_", " ") if n % 2 else part, blank=bool(n % 2)))
    return made


def blanks(shelf: Shelf, goal: Goal) -> list[dict[str, Any]]:
    """Give the blanks of a goal: what is asked, what is put forward, within what limits."""
    made = []
    for name, blank in goal.blanks.items():
        forward = f"{blank.number:g}" if blank.number is not None else blank.text
        unit = f" {blank.unit}" if blank.unit else ""
        fact = shelf.library.facts.get(blank.fact)
        if blank.fact:
            forward = f"{fact.label if fact else blank.fact}, as scored"
        made.append(
            {
                "name": name.replace("_", " "),
                "ask": blank.ask,
                "say": blank.say,
                "forward": f"{forward}{unit}" if forward else "",
                "between": _between(blank.between) if blank.between else "",
                "choose": ", ".join(blank.choose),
            }
        )
    return made


def rules(shelf: Shelf, entry: Entry) -> list[tuple[str, list[RuleRow]]]:
    """Give the rules of an entry under what they do."""
    if not isinstance(entry, Advisable):
        return []
    made: dict[str, list[RuleRow]] = {}
    for verb, rule in rules_of(entry):
        made.setdefault(RULES[verb], []).append(_rule(shelf, rule))
    return list(made.items())


def _rule(shelf: Shelf, rule: Rule | Suggestion) -> RuleRow:
    weight = ""
    strength = getattr(rule, "strength", "")
    if strength:
        first = "; comes first" if getattr(rule, "first", False) else ""
        weight = f"Strength {strength}, certainty {getattr(rule, 'certainty', '')}{first}."
    basis = rule.basis.replace("_", " ") if not rule.sources else ""
    return RuleRow(capital(rule.when.say()), rule.because, weight, basis, cited(shelf, rule.sources))


def cited(shelf: Shelf, sources: Iterable[Source]) -> tuple[Cited, ...]:
    """Give sources with links to their works."""
    return tuple(Cited(shelf.link("references", s.ref), s.at, s.says, s.grade) for s in sources)


def grouped(shelf: Shelf, found: Iterable[Use]) -> list[tuple[str, list[Link]]]:
    """Give uses by the kind of what uses, each with what it does there."""
    parts: dict[tuple[str, str], dict[str, None]] = {}
    for use in found:
        parts.setdefault((use.kind, use.id), {})[_PARTS.get(use.part, use.part.replace("_", " "))] = None
    made: dict[str, list[Link]] = {}
    for (kind, id_), words in parts.items():
        heading = "Questions and steps" if kind == "flowcharts" else BANKS[kind].title
        made.setdefault(heading, []).append(shelf.link(kind, id_, ", ".join(words)))
    return list(made.items())


def _part(part: str) -> str:
    """Say which part of an entry makes a claim; nothing for the entry or the question as a whole."""
    return "" if part in {"entry", "question"} else RULES.get(part, part).removesuffix(" when").lower()


def _claims(shelf: Shelf, found: Iterable[Claim]) -> list[dict[str, Any]]:
    return [
        {
            "on": shelf.link(claim.kind, claim.id),
            "part": _part(claim.part),
            "claim": claim.claim,
            "at": claim.source.at,
            "says": claim.source.says,
            "grade": claim.source.grade,
        }
        for claim in found
    ]


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
    each = f", each {_between(instrument.item_between)}" if instrument.item_between else ""
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
        row("Range", _between(role.between) if role.between else ""),
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


def _change(scale: Any) -> list[tuple[str, str]]:
    words = (
        ("Reliable change", scale.reliable_change),
        ("Meaningful change", scale.meaningful_change),
        ("Response, per cent of the first score", scale.response),
        (f"Remission at or {'below' if scale.better == 'lower' else 'above'}", scale.remission),
    )
    return [(word, f"{value:g}") for word, value in words if value is not None]


def phase_name(phase: str) -> str:
    """Give a phase's name."""
    return PHASE_NAMES.get(phase, "Planning") if phase in PHASES else "Planning"


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def _between(pair: tuple[float, float]) -> str:
    return f"{pair[0]:g} to {pair[1]:g}"
