"""What the page of an entry shows: everything authored in it, in the order that a reader asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.model import (
    Advisable,
    Alert,
    Goal,
    Instrument,
    Obligation,
    Reference,
    Requirement,
)
from goldenthread.session.entries import RULES, name_of, rules_of
from goldenthread.web.entry_rows import between, capital, rows
from goldenthread.web.shelf import BANKS, Link, Shelf, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.model import Entry, Rule, Source, Suggestion
    from goldenthread.model.claims import Claim
    from goldenthread.session.uses import Use

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ON_A_PAGE = 60
"""So many of the claims that rest on a work are shown at once."""
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
                "between": between(blank.between) if blank.between else "",
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


def _change(scale: Any) -> list[tuple[str, str]]:
    words = (
        ("Reliable change", scale.reliable_change),
        ("Meaningful change", scale.meaningful_change),
        ("Response, per cent of the first score", scale.response),
        (f"Remission at or {'below' if scale.better == 'lower' else 'above'}", scale.remission),
    )
    return [(word, f"{value:g}") for word, value in words if value is not None]
