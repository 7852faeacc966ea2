"""The plan: everything a walk has come to, in words, ready to be read, pasted or printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.advise import Advice, Held, LeftOut, Offer, advise
from goldenthread.plan.audit import Audited, audit
from goldenthread.plan.before import Before, before
from goldenthread.plan.days import Days, answered_on, latest
from goldenthread.plan.goals import GoalLine, goal_lines
from goldenthread.plan.kept import Kept, kept
from goldenthread.plan.open import OpenQuestion, open_questions
from goldenthread.plan.reading import Reading, read
from goldenthread.plan.review import Followed, Progress, measures, progress, review_date
from goldenthread.plan.roles import BACKGROUND
from goldenthread.plan.safety import Safety, safety
from goldenthread.plan.specificity import Statement, sentence, statement, voiced
from goldenthread.plan.thread import Loose, Thread, loose_ends, strays, threads

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from goldenthread.advise import Because
    from goldenthread.model import Diagnosis, Reference, Source
    from goldenthread.plan.sessions import Sessions
    from goldenthread.walk import Walk


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One factor of the formulation, with this client's example and its small loop: trigger, relief, cost."""

    id: str
    name: str
    about: str
    example: str = ""
    trigger: str = ""
    relief: str = ""
    cost: str = ""
    target: str = ""
    say: str = ""
    """Its name for the client; in own words, those words."""
    cites: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """A diagnosis the clinician works with. `state` says how the advice stands to it."""

    id: str
    name: str
    codes: str
    state: str


@dataclass(frozen=True, slots=True)
class TreatmentLine:
    """A treatment chosen, or put forward: why, what to mind, on what it rests."""

    id: str
    name: str
    say: str
    chosen: bool
    band: str
    because: tuple[str, ...]
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    course: str
    flag: str
    cites: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A treatment plan as it stands today."""

    client: str
    date: str
    version: int
    status: str
    """`held`, `stopped`, `provisional` or `whole`."""
    status_words: str
    draft: bool
    content: str
    statement: Statement
    own_goal: str
    background: tuple[tuple[str, str], ...]
    """Earlier treatment, health, practical needs and meaning, each label with what was said."""
    concerns: tuple[str, ...]
    targeted: tuple[str, ...]
    deferred: tuple[str, ...]
    safety: Safety
    own_hypothesis: str
    working: tuple[Working, ...]
    diagnoses: Advice
    presenting: str
    predisposing: tuple[FactorLine, ...]
    precipitating: tuple[FactorLine, ...]
    perpetuating: tuple[FactorLine, ...]
    protective: tuple[FactorLine, ...]
    own_view: str
    client_explanation: str
    strength: str
    goals: tuple[GoalLine, ...]
    treatments: tuple[TreatmentLine, ...]
    barriers: str
    held: tuple[tuple[str, Held], ...]
    left_out: tuple[tuple[str, LeftOut], ...]
    measures: tuple[Followed, ...]
    progress: Progress | None
    """The last review, in whichever round it was made."""
    before: Before | None
    """What stood in the plan of the round before and is still to be confirmed."""
    kept: tuple[Kept, ...]
    """What this round takes over without asking, confirmed or not."""
    review_date: str
    review_words: str
    next_step: str
    participation: str
    copy_safe: str
    threads: tuple[Thread, ...]
    strays: tuple[Loose, ...]
    """Loose ends that lie on no thread."""
    loose_ends: tuple[str, ...]
    """Every loose end in words."""
    open: tuple[OpenQuestion, ...]
    audit: tuple[Audited, ...]
    references: Mapping[str, Reference]
    """The works that reasons cite, by id."""
    sessions: Sessions | None = None
    """What the sessions of the case come to; `with_sessions` puts them here."""


PLANNED = ("diagnoses", "goals", "interventions", "modalities")
_KIND_NAMES = {
    "diagnoses": "diagnosis",
    "goals": "goal",
    "interventions": "intervention",
    "modalities": "treatment",
}


def make_plan(
    walk: Walk,
    today: datetime.date,
    client: str = "",
    days: Days | None = None,
    advice: Mapping[str, Advice] | None = None,
) -> Plan:
    """Make the plan of a walk as it stands on a day. `client` is a name or code; nothing names the client otherwise.

    `days` are those of the round under way, and `advice` that on every bank of PLANNED, where they are known.
    """
    days = days or Days()
    reading = read(walk)
    name = client or "the client"
    advice = advice or {kind: advise(reading.library, reading.facts, kind) for kind in PLANNED}
    chosen = latest(answered_on(walk, "chosen_goals")) or latest(days.begun) or today
    goals = goal_lines(reading, reading.goals, name, chosen)
    due, due_words = review_date(reading, today, days)
    lines = threads(reading, goals, due)
    questions = open_questions(reading, advice.values(), name)
    safe = safety(reading, name)
    said = statement(reading, name)
    apart = strays(reading, goals)
    loose = loose_ends(lines, apart)
    status, words = _status(reading, advice, said, goals, safe, loose)
    return Plan(
        client=name,
        date=today.isoformat(),
        version=walk.round + 1,
        status=status,
        status_words=words,
        draft=any(entry.review.status == "draft" for entry in reading.library.entries()),
        content=reading.library.digest,
        statement=said,
        own_goal=reading.text("own_goal"),
        background=_background(reading),
        concerns=reading.options("concern"),
        targeted=reading.options("targeted_concern") or reading.options("concern")[:1],
        deferred=_deferred(reading),
        safety=safe,
        own_hypothesis=reading.text("own_hypothesis"),
        working=_working(reading, advice["diagnoses"]),
        diagnoses=advice["diagnoses"],
        presenting=said.text,
        predisposing=_factors(reading, "predisposing"),
        precipitating=_factors(reading, "precipitating"),
        perpetuating=_factors(reading, "perpetuating"),
        protective=_factors(reading, "protective"),
        own_view=reading.text("own_view"),
        client_explanation=reading.text("client_explanation"),
        strength=reading.text("strength_to_use"),
        goals=goals,
        treatments=_treatments(reading, advice["modalities"]),
        barriers=reading.text("barriers"),
        held=tuple((_KIND_NAMES[k], h) for k, a in advice.items() for h in a.held if h.suggested),
        left_out=tuple(
            (_KIND_NAMES[k], out) for k, a in advice.items() for out in a.left_out if out.ruled_out
        ),
        measures=measures(reading),
        progress=progress(reading),
        before=before(reading, name, today),
        kept=kept(reading),
        review_date=due,
        review_words=due_words,
        next_step=reading.text("next_step"),
        participation=reading.text("participation"),
        copy_safe=reading.text("copy_safe"),
        threads=lines,
        strays=apart,
        loose_ends=loose,
        open=questions,
        audit=audit(reading, said, goals, safe),
        references=reading.library.references,
    )


def _status(
    reading: Reading,
    advice: Mapping[str, Advice],
    said: Statement,
    goals: tuple[GoalLine, ...],
    safe: Safety,
    loose: tuple[str, ...],
) -> tuple[str, str]:
    walk = reading.walk
    if walk.end is not None and walk.end.stop:
        end = sentence(walk.end.end)
        return "stopped", end if "no routine plan" in end.lower() else f"{end} No routine plan is offered."
    gated = [held for kind in ("goals", "modalities") for held in advice[kind].held if held.suggested]
    nothing = not advice["goals"].offers and not advice["modalities"].offers
    if safe.open:
        return "held", "A risk alert is open. Goals and treatments are held until its step is recorded."
    first = gated[0].ask_first if gated and nothing else ()
    if first and not safe.not_asked and not any(reading.library.facts[ask.fact].safety for ask in first):
        return "held", f"Goals and treatments are held. {gated[0].why}"
    if safe.not_asked or (gated and nothing):
        return "held", "The risk screen is not recorded in full. Goals and treatments are held until it is."
    filled = bool(goals) and all(goal.smart.whole for goal in goals)
    if walk.finished and filled and said.specific and not loose and reading.value("chosen_modality"):
        return "whole", "The plan is whole: every thread runs from the problem to the review."
    return "provisional", "Provisional: what is still open, and where a thread is loose, stands at the end."


def _background(reading: Reading) -> tuple[tuple[str, str], ...]:
    said = ((role, voiced(reading.text(role))) for role in BACKGROUND if reading.text(role))
    return tuple((reading.library.roles[role].label, words) for role, words in said)


def _deferred(reading: Reading) -> tuple[str, ...]:
    targeted = set(reading.value("targeted_concern") or (reading.value("concern") or ())[:1])
    others = [reading.option("concern", c) for c in reading.value("concern") or () if c not in targeted]
    said = reading.text("deferred_needs")
    if said:
        return (*(f"{name}: not worked on now" for name in others), said)
    return tuple(f"{name}: not worked on now; what happens with it is not recorded" for name in others)


def _codes(entry: Diagnosis) -> str:
    names = {"icd10cm": "ICD-10-CM", "icd11": "ICD-11"}
    return "; ".join(
        f"{names[k]} {', '.join(str(c) for c in codes)}" for k, codes in entry.codes.items() if codes
    )


def _working(reading: Reading, advice: Advice) -> tuple[Working, ...]:
    made = []
    for id_ in reading.value("working_diagnosis") or ():
        entry = reading.library.diagnoses.get(id_)
        found = advice.find(id_)
        if isinstance(found, Offer):
            state = found.band
        elif isinstance(found, Held):
            state = (
                f"held: ask first {'; '.join(str(a) for a in found.ask_first)}" if found.ask_first else "held"
            )
        elif isinstance(found, LeftOut):
            state = f"the answers speak against it: {_inside(found.because[0])}"
        else:
            state = "in own words"
        made.append(
            Working(id_, reading.option("working_diagnosis", id_), _codes(entry) if entry else "", state)
        )
    return tuple(made)


def _factors(reading: Reading, role: str) -> tuple[FactorLine, ...]:
    made = []
    for id_ in reading.value(role) or ():
        entry = reading.library.factors.get(id_)
        known = reading.facts.known
        made.append(
            FactorLine(
                id=id_,
                name=reading.option(role, id_),
                about=(entry.maintains or entry.implies or entry.about) if entry else "",
                example=reading.examples.get(f"{role} {id_}", ""),
                trigger=str(known.get(f"factor_trigger@{id_}", "")),
                relief=str(known.get(f"factor_relief@{id_}", "")),
                cost=str(known.get(f"factor_cost@{id_}", "")),
                target=entry.target if entry else "",
                say=entry.say if entry else reading.option(role, id_),
                cites=entry.sources if entry else (),
            )
        )
    return tuple(made)


def _treatments(reading: Reading, advice: Advice) -> tuple[TreatmentLine, ...]:
    chosen = reading.value("chosen_modality") or ()
    made = [_treatment(reading, id_, advice, chosen=True) for id_ in chosen]
    made += [
        _treatment(reading, offer.id, advice, chosen=False)
        for offer in advice.offers[:3]
        if offer.id not in chosen
    ]
    return tuple(made)


def _treatment(reading: Reading, id_: str, advice: Advice, *, chosen: bool) -> TreatmentLine:
    entry = reading.library.modalities.get(id_)
    found = advice.find(id_)
    band, flag = "", ""
    because: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    cites: tuple[Source, ...] = ()
    if isinstance(found, Offer):
        band = found.band
        because = tuple(str(b) for b in found.because)
        cautions = tuple(b.text for b in found.cautions)
        short = cited(reading, found)
        cites = tuple(source for reason in (*found.because, *found.cautions) for source in reason.sources)
    elif isinstance(found, Held):
        asks = "; ".join(str(ask) for ask in found.ask_first)
        flag = f"Chosen, and held: {found.why}" + (f" Ask first: {asks}." if asks else "")
    elif isinstance(found, LeftOut):
        flag = f"Chosen, and the answers speak against it: {_inside(found.because[0])}"
        cites = tuple(source for reason in found.because for source in reason.sources)
    name = entry.name if entry else reading.option("chosen_modality", id_)
    say, course = (entry.say, entry.course) if entry else (name, "")
    return TreatmentLine(id_, name, say, chosen, band, because, cautions, short, course, flag, cites)


def cited(reading: Reading, offer: Offer) -> tuple[str, ...]:
    """Give the sources of an offer's reasons, each with the place in it."""
    found = []
    for reason in offer.because:
        for source in reason.sources:
            reference = reading.library.references.get(source.ref)
            if reference is not None:
                found.append(f"{reference.cite()}, {source.at}")
        if reason.basis:
            found.append("clinical consensus")
    return tuple(dict.fromkeys(found))


def _inside(reason: Because) -> str:
    """Give a reason as it goes on inside a sentence."""
    text = str(reason)
    return text[:1].lower() + text[1:]
