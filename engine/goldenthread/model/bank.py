"""The entries of the goal bank, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.model.fields import authored
from goldenthread.model.parts import Review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition
    from goldenthread.model.parts import Option, Rule, Source, Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has."""

    id: str
    kind: str
    span: Span
    added: tuple[Span, ...] = ()
    """Where later libraries add to it."""
    review: Review = authored("review", default=Review())
    was: tuple[str, ...] = authored("words", default=())
    order: int = authored(default=0)
    sources: tuple[Source, ...] = authored("sources", default=())
    basis: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisable(Entry):
    """An entry that suggests itself: offered, held or left out."""

    name: str = authored(default="")
    suggest: tuple[Suggestion, ...] = authored("suggestions", default=())
    rule_out: tuple[Rule, ...] = authored("rules", default=())
    caution: tuple[Rule, ...] = authored("rules", default=())
    never_offered: bool = authored(default=False)
    """Whether it is listed only for the reason against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Entry):
    """What an answer is called, whichever question asked for it, and what may be answered."""

    label: str = authored()
    about: str = authored()
    answer: str = authored()
    options: Mapping[str, Option] = authored("options", default={})
    options_from: str = authored(key="from", default="")
    ordered: bool = authored(default=False)
    other: bool = authored(default=False)
    listed: bool = authored(default=False)
    ranked: bool = authored(default=False)
    unit: str = authored(default="")
    between: tuple[float, float] | None = authored("between")
    step: float | None = authored()
    safety: bool = authored(default=False)
    private: bool = authored(default=False)
    yes: str = authored(default="")
    no: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis(Advisable):
    """A diagnosis worth considering."""

    about: str = authored()
    codes: Mapping[str, Any] = authored(default={})
    groups: tuple[str, ...] = authored("words", default=())
    route: str = authored(default="plan")
    refer_to: str = authored(default="")
    speaks_for: tuple[Rule, ...] = authored("rules", key="for", default=())
    speaks_against: tuple[Rule, ...] = authored("rules", key="against", default=())
    perpetuating: tuple[str, ...] = authored("words", default=())
    instruments: tuple[str, ...] = authored("words", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor(Advisable):
    """A predisposing, precipitating, perpetuating or protective factor."""

    p: str = authored()
    about: str = authored()
    maintains: str = authored(default="")
    ask: str = authored(default="")
    say: str = authored(default="")
    target: str = authored(default="")
    implies: str = authored(default="")
    interventions: tuple[str, ...] = authored("words", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Advisable):
    """One thing a clinician does with a client."""

    say: str = authored(default="")
    about: str = authored(default="")
    steps: tuple[str, ...] = authored("words", default=())
    targets: tuple[str, ...] = authored("words", default=())
    course: str = authored(default="")
    needs: str = authored(default="")
    when_not: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality(Advisable):
    """A treatment as a whole."""

    say: str = authored(default="")
    about: str = authored(default="")
    interventions: tuple[str, ...] = authored("words", default=())
    targets: tuple[str, ...] = authored("words", default=())
    depth: str = authored(default="standard")
    debate: str = authored(default="")
    course: str = authored(default="")
    needs: str = authored(default="")
    when_not: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank in a goal's text."""

    ask: str = authored(default="")
    say: str = authored(default="")
    number: float | None = authored()
    between: tuple[float, float] | None = authored("between")
    text: str = authored(default="")
    unit: str = authored(default="")
    choose: tuple[str, ...] = authored("words", default=())
    fact: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a goal is measured: a count, an instrument or a rating; `start` and `target` name blanks."""

    count: str = authored(default="")
    per: str = authored(default="")
    instrument: str = authored(default="")
    rating: str = authored(default="")
    start: str = authored(key="from", default="")
    target: str = authored(key="to", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Advisable):
    """A SMART goal with blanks that make it this client's."""

    domain: str = authored()
    diagnoses: tuple[str, ...] = authored("words", default=())
    text: str = authored()
    say: str = authored(default="")
    blanks: Mapping[str, Blank] = authored("blanks", default={})
    measure: Measure = authored("measure", default=Measure())
    time: str = authored(default="")
    better: str = authored(default="")
    targets: tuple[str, ...] = authored("words", default=())
    objectives: tuple[str, ...] = authored("words", default=())
    interventions: tuple[str, ...] = authored("words", default=())
    discharge: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named stretch of a scale, from its lowest score."""

    id: str = authored()
    label: str = authored()
    start: float = authored(key="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """A published score at which something is likely."""

    at: float = authored()
    means: str = authored()
    sources: tuple[Source, ...] = authored("sources", default=())
    basis: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How items make a score, and what the score means."""

    id: str
    label: str = authored(default="")
    items: Any = authored(default="all")
    score: str = authored(default="sum")
    reverse: tuple[int, ...] = authored("words", default=())
    multiplier: float = authored(default=1)
    between: tuple[float, float] = authored("between", default=(0, 0))
    step: float = authored(default=1)
    missing: Mapping[str, Any] = authored(default={})
    bands: tuple[Band, ...] = authored("bands", default=())
    better: str = authored(default="lower")
    reliable_change: float | None = authored()
    meaningful_change: float | None = authored()
    response: float | None = authored()
    remission: float | None = authored()
    cutoffs: tuple[Cutoff, ...] = authored("cutoffs", default=())
    sources: tuple[Source, ...] = authored("sources", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskItem:
    """An item that asks about risk, and the value above which it is a risk answer."""

    item: int = authored()
    above: float = authored()
    about: str = authored()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """A scored measure."""

    name: str = authored()
    short: str = authored()
    about: str = authored()
    administration: str = authored(default="self_report")
    timeframe: str = authored(default="")
    population: str = authored(default="")
    items: int = authored(default=0)
    item_between: tuple[float, float] | None = authored("between")
    item_values: Mapping[str, Any] = authored(default={})
    wording: tuple[str, ...] = authored("words", default=())
    scales: Mapping[str, Scale] = authored("scales", default={})
    risk: tuple[RiskItem, ...] = authored("risk", default=())
    licence: Mapping[str, Any] = authored(default={})
    loinc: Mapping[str, Any] = authored(default={})
    confirmed: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Entry):
    """Something that takes the next turn whenever it becomes true."""

    text: str = authored()
    raise_when: Condition = authored("condition")
    opens: str = authored()
    cleared_when: Condition = authored("condition")
    prefill: Mapping[str, Any] = authored(default={})
    because: str = authored(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """What may not happen while a condition is not known to be false: an entry offered, a flowchart come to."""

    offer: tuple[str, ...] = authored("words", default=())
    reach: str = authored(default="")
    while_: Condition = authored("condition", key="while")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where an answer leads at once, if it does not make a condition known to be false."""

    when: Condition | None = authored("condition")
    risk_items: bool = authored(default=False)
    to: str = authored()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Entry):
    """What no route and no suggestion may break."""

    text: str = authored()
    hold: tuple[str, ...] = authored("words", default=())
    until: Condition | None = authored("condition")
    route: Mapping[str, str] = authored(default={})
    never: Never | None = authored("never")
    leads: Leads | None = authored("leads")
    because: str = authored(default="")

    @property
    def conditions(self) -> dict[tuple[str, ...], Condition]:
        """The conditions that it reads, by the keys that lead to them."""
        found = {
            ("until",): self.until,
            ("never", "while"): self.never.while_ if self.never else None,
            ("leads", "when"): self.leads.when if self.leads else None,
        }
        return {steps: condition for steps, condition in found.items() if condition is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Entry):
    """What a payer, accreditor or law asks of a plan."""

    text: str = authored()
    jurisdiction: str = authored()
    parts: tuple[str, ...] = authored("words", default=())
    review_days: int | None = authored()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Entry):
    """A work that claims rest on."""

    type: str = authored()
    title: str = authored()
    author: tuple[Mapping[str, str], ...] = authored("words", default=())
    short: str = authored(default="")
    issued: int | None = authored()
    container_title: str = authored(default="")
    volume: str = authored(default="")
    issue: str = authored(default="")
    page: str = authored(default="")
    publisher: str = authored(default="")
    number: str = authored(default="")
    doi: str = authored(default="")
    url: str = authored(default="")
    superseded_by: str = authored(default="")
    confirmed: str = authored(default="not_seen")
    note: str = authored(default="")

    def cite(self) -> str:
        """Give a short citation: `Kroenke et al. 2001`, `NICE NG222 2022`."""
        names, more = self._authors()
        who = names[0] if names else self.title
        if len(names) > 2 or (names and more):
            who = f"{names[0]} et al."
        elif len(names) == 2:
            who = f"{names[0]} and {names[1]}"
        number = f" {self.number}" if self.number and self.type != "article-journal" else ""
        return f"{self.short or who}{number}" + (f" {self.issued}" if self.issued else "")

    def full(self) -> str:
        """Give the reference as a list of references has it: authors, year, title, where it stands, number, address."""
        names, more = self._authors(given=True)
        who = ", ".join(names) + (" and others" if names and more else "")
        year = f" ({self.issued})" if self.issued else ""
        volume = self.volume + (f"({self.issue})" if self.issue else "")
        where = ", ".join(part for part in (self.container_title, volume, self.page) if part)
        publisher = (
            "" if self.publisher in {who, self.container_title} or "." in self.publisher else self.publisher
        )
        address = f"doi:{self.doi}" if self.doi else self.url
        parts = [
            f"{who}{year}" if who else "",
            self.title.strip() if who else f"{self.title.strip()}{year}",
            where,
        ]
        parts += [publisher, self.number, address]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    def _authors(self, *, given: bool = False) -> tuple[list[str], bool]:
        """Give the authors' names, and whether there are more who are not named."""
        named = [author for author in self.author if author.get("literal") != _MORE]
        names = []
        for author in named:
            initials = "".join(part[0] for part in author.get("given", "").replace("-", " ").split())
            family = author.get("family") or author.get("literal") or ""
            names.append(f"{family} {initials}" if given and initials else family)
        return names, len(named) < len(self.author)


_MORE = "and others"
"""How a list of authors that was cut short ends."""

KINDS: Mapping[str, type[Entry]] = {
    "roles": Role,
    "diagnoses": Diagnosis,
    "factors": Factor,
    "interventions": Intervention,
    "modalities": Modality,
    "instruments": Instrument,
    "goals": Goal,
    "alerts": Alert,
    "obligations": Obligation,
    "requirements": Requirement,
    "references": Reference,
}
ADVISED = ("diagnoses", "factors", "interventions", "modalities", "goals")
