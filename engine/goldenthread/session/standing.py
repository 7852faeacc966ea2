"""Where a case stands, in one small value: what the list of cases shows, is searched by, and compares later."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from goldenthread.model import ADVISED, PHASES
from goldenthread.plan import Personal, personal
from goldenthread.session.question import PHASE_NAMES, phase_now

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from goldenthread.case import Case
    from goldenthread.plan import Plan
    from goldenthread.session.guide import GuidedWalk

FORM = 1
"""Grows with every change of the data's form: a standing is derived, and one of another form is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stood when it was last kept. Everything in it can be made again from the case."""

    client: str
    content: str
    """The digest of the library that it was walked over."""
    archived: bool
    changed: str
    """The day of the last change."""
    phase: str
    """The phase under way, as `Question.phase` names it."""
    phase_number: int
    at: str
    """The question that waits; nothing at an end."""
    number: str
    """Its number."""
    status: str
    """That of the plan, and in words."""
    status_words: str
    review: str
    """The day of the next review; nothing where treatment has ended or no plan is made."""
    review_agreed: bool
    open: int
    loose: int
    alert: bool
    """Whether a risk alert is open."""
    risk_due: str
    """The day of a session that found a change in safety, after which risk was not opened."""
    rounds: int
    signed: int
    """The version that was signed last; 0 for none."""
    signed_on: str
    sessions: int
    session: str
    """The day of the last session that took place."""
    goals: tuple[Personal, ...] = ()
    """What of each goal is the client's own: another client's goal can read like it."""
    names: tuple[str, ...] = ()
    """By what else it is found: concerns, diagnoses, goals, treatments."""
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was suggested, by bank."""

    def overdue(self, today: datetime.date) -> bool:
        """Whether the review was due before today."""
        return bool(self.review) and self.review < today.isoformat()

    def found_by(self, words: str) -> bool:
        """Whether every word that is looked for stands in the client's code or in what the case is about."""
        text = " ".join((self.client, *self.names, self.phase, self.status)).casefold()
        return all(word in text for word in words.casefold().split())


def standing(walk: GuidedWalk, case: Case) -> Standing:
    """Say where a case stands. `walk` is the case as `Guide.take_up` gives it."""
    whole = walk.whole
    plan, reading = whole.plan(), whole.reading
    phase, node = phase_now(reading), whole.walk.node
    ended = plan.status == "stopped" or "finish" in (reading.value("change_needed") or ())
    agreed = plan.review_words.endswith("as agreed")
    signed = case.signed[-1] if case.signed else None
    library = reading.library
    return Standing(
        client=case.client,
        content=library.digest,
        archived=case.archived,
        changed=case.saved,
        phase=PHASE_NAMES.get(phase, "Planning"),
        phase_number=PHASES.index(phase) + 1 if phase in PHASES else 0,
        at=whole.walk.at,
        number=node.number if node else "",
        status=plan.status,
        status_words=plan.status_words,
        review="" if ended or not (agreed or signed or plan.goals or plan.before) else plan.review_date,
        review_agreed=agreed,
        open=len(plan.open),
        loose=len(plan.loose_ends),
        alert=bool(plan.safety.open),
        risk_due=plan.sessions.risk_due if plan.sessions else "",
        rounds=len(case.rounds),
        signed=signed.version if signed else 0,
        signed_on=signed.on if signed else "",
        sessions=plan.sessions.held if plan.sessions else 0,
        session=plan.sessions.last if plan.sessions else "",
        goals=tuple(personal(chosen, library) for chosen in reading.agreed.goals),
        names=_names(plan),
        offers={kind: tuple(offer.id for offer in whole.advice(kind).offers) for kind in ADVISED},
    )


def _names(plan: Plan) -> tuple[str, ...]:
    goals = plan.goals or (plan.before.goals if plan.before else ())
    found = [*plan.concerns, *(line.name for line in plan.working), *(goal.name for goal in goals)]
    found += [line.name for line in plan.treatments if line.chosen]
    return tuple(dict.fromkeys(found))


def to_data(found: Standing) -> dict[str, Any]:
    """Give a standing in maps, lists and plain values."""
    data = asdict(found)
    data["goals"] = [{"id": goal.id, "words": sorted(goal.words)} for goal in found.goals]
    data["names"] = list(found.names)
    data["offers"] = {kind: list(ids) for kind, ids in found.offers.items()}
    return {"standing": FORM, **data}


def from_data(data: Mapping[str, Any]) -> Standing | None:
    """Read a standing; None for one of another form, which is to be made again from its case."""
    given = {key: value for key, value in data.items() if key != "standing"}
    if data.get("standing") != FORM or given.keys() != {part.name for part in fields(Standing)}:
        return None
    goals = tuple(Personal(goal["id"], frozenset(goal["words"])) for goal in given["goals"])
    offers = {kind: tuple(ids) for kind, ids in given["offers"].items()}
    return Standing(**{**given, "goals": goals, "names": tuple(given["names"]), "offers": offers})
