"""The plan as plain data, for other programs. Its form is `plan.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.advise import Offer
from goldenthread.export.working import put_forward
from goldenthread.model import Diagnosis

if TYPE_CHECKING:
    from goldenthread.advise import Because, Held, LeftOut
    from goldenthread.plan import Before, FactorLine, GoalLine, Kept, Plan, Sessions, Thread, TreatmentLine
    from goldenthread.plan.review import Followed, Progress
    from goldenthread.plan.safety import Line, Safety

VERSION = 1


def as_json(plan: Plan, *, private: bool = False) -> dict[str, Any]:
    """Give the plan as maps, lists, words and numbers.

    `private` adds the clinician's own hypothesis and view. What is not known is an empty word, an empty list,
    or null for a number. Dates are written as 2026-01-31.
    """
    said = plan.statement
    data: dict[str, Any] = {
        "plan": VERSION,
        "client": plan.client,
        "date": plan.date,
        "version": plan.version,
        "status": plan.status,
        "status_words": plan.status_words,
        "draft": plan.draft,
        "content": plan.content,
        "problem": {"statement": said.text, "lacks": dict(said.lacks)},
        "client_words": {"opening": said.client_words, "wanted": said.wanted, "own_goal": plan.own_goal},
        "background": [{"label": label, "answer": said} for label, said in plan.background],
        "concerns": {
            "all": list(plan.concerns),
            "targeted": list(plan.targeted),
            "deferred": list(plan.deferred),
        },
        "safety": _safety(plan.safety),
        "diagnoses": _diagnoses(plan),
        "formulation": _formulation(plan),
        "goals": [_goal(goal) for goal in plan.goals],
        "treatments": {
            "chosen": [_treatment(line) for line in plan.treatments if line.chosen],
            "put_forward": [_treatment(line) for line in put_forward(plan)],
            "barriers": plan.barriers,
        },
        "measures": [_followed(line) for line in plan.measures],
        "progress": _progress(plan.progress) if plan.progress else None,
        "before": _before(plan.before) if plan.before else None,
        "held": [_held(kind, held) for kind, held in plan.held],
        "left_out": [_left_out(kind, out) for kind, out in plan.left_out],
        "review": {
            "date": plan.review_date,
            "words": plan.review_words,
            "agreed": plan.review_words.endswith("as agreed"),
        },
        "next_step": plan.next_step,
        "participation": plan.participation,
        "copy_safe": {"yes": True, "no": False}.get(plan.copy_safe),
        "threads": [_thread(line) for line in plan.threads],
        "loose_ends": list(plan.loose_ends),
        "open": [
            {"key": q.key, "number": q.number, "label": q.label, "text": q.text, "changes": q.changes}
            for q in plan.open
        ],
        "requirements": [
            {"id": rule.id, "text": rule.text, "jurisdiction": rule.jurisdiction, "lacks": list(rule.lacks)}
            for rule in plan.audit
        ],
    }
    if plan.kept:
        data["kept"] = [_kept(one) for one in plan.kept]
    if plan.sessions:
        data["sessions"] = _sessions(plan.sessions)
    if private:
        data["private"] = {"own_hypothesis": plan.own_hypothesis, "own_view": plan.own_view}
    return data


def _lines(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    return [{"label": line.label, "answer": line.answer} for line in lines]


def _safety(safe: Safety) -> dict[str, Any]:
    return {
        "screen": _lines(safe.screen),
        "not_asked": list(safe.not_asked),
        "steps": [{"about": step.about, "lines": _lines(step.lines)} for step in safe.steps],
        "told": list(safe.told),
        "open": list(safe.open),
        "safety_plan": _lines(safe.safety_plan),
    }


def _reason(reason: Because) -> dict[str, Any]:
    cited = [
        {"ref": source.ref, "at": source.at, "says": source.says, "grade": source.grade}
        for source in reason.sources
    ]
    return {"text": reason.text, "since": list(reason.since), "sources": cited, "basis": reason.basis}


def _asks(held: Held | Offer) -> list[dict[str, Any]]:
    asks = held.not_asked if isinstance(held, Offer) else held.ask_first
    return [{"fact": ask.fact, "label": ask.label, "numbers": list(ask.numbers)} for ask in asks]


def _diagnoses(plan: Plan) -> dict[str, Any]:
    working = [
        {"id": line.id, "name": line.name, "codes": line.codes, "state": line.state} for line in plan.working
    ]
    return {"working": working, "worth_considering": [_considered(offer) for offer in plan.diagnoses.offers]}


def _considered(offer: Offer) -> dict[str, Any]:
    entry = offer.entry
    codes = entry.codes if isinstance(entry, Diagnosis) else {}
    return {
        "id": entry.id,
        "name": entry.name,
        "codes": {system: [str(code) for code in given] for system, given in codes.items()},
        "band": offer.band,
        "for": [_reason(reason) for reason in offer.because],
        "against": [_reason(reason) for reason in offer.against],
        "cautions": [_reason(reason) for reason in offer.cautions],
        "not_asked": _asks(offer),
    }


def _formulation(plan: Plan) -> dict[str, Any]:
    return {
        "presenting": plan.presenting,
        "predisposing": [_factor(line) for line in plan.predisposing],
        "precipitating": [_factor(line) for line in plan.precipitating],
        "perpetuating": [_factor(line) for line in plan.perpetuating],
        "protective": [_factor(line) for line in plan.protective],
        "client_explanation": plan.client_explanation,
        "strength": plan.strength,
    }


def _factor(line: FactorLine) -> dict[str, str]:
    return {
        key: getattr(line, key)
        for key in ("id", "name", "say", "about", "example", "trigger", "relief", "cost", "target")
    }


def _goal(goal: GoalLine) -> dict[str, Any]:
    return {
        "id": goal.id,
        "name": goal.name,
        "text": goal.text,
        "say": goal.say,
        "domain": goal.domain,
        "for": [{"id": id_, "name": name} for id_, name in zip(goal.for_, goal.for_names, strict=True)],
        "smart": {"has": goal.smart.has, "lacks": dict(goal.smart.lacks), "vague": list(goal.smart.vague)},
        "unfilled": list(goal.unfilled),
        "measure": {
            "words": goal.measure,
            "instrument": goal.instrument,
            "baseline": goal.baseline,
            "target": goal.target,
        },
        "due": goal.due,
        "objectives": list(goal.objectives),
        "interventions": list(goal.interventions),
        "discharge": goal.discharge,
        "flags": list(goal.flags),
    }


def _treatment(line: TreatmentLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "say": line.say,
        "band": line.band,
        "because": list(line.because),
        "cautions": list(line.cautions),
        "sources": list(line.sources),
        "course": line.course,
        "flag": line.flag,
    }


def _followed(line: Followed) -> dict[str, Any]:
    scores = [{"date": date, "score": score, "band": band} for date, score, band in line.scores]
    return {
        "instrument": line.instrument,
        "scale": line.scale,
        "name": line.name,
        "scores": scores,
        "verdict": line.verdict,
        "note": line.note,
    }


def _progress(found: Progress) -> dict[str, Any]:
    return {
        "version": found.round,
        "client_verdict": found.client_verdict,
        "different": found.different,
        "stuck": found.stuck,
        "ending": found.ending,
        "ratings": [
            {"goal": rating.goal, "name": rating.name, "rating": rating.value} for rating in found.ratings
        ],
        "to_change": list(found.to_change),
    }


def _sessions(found: Sessions) -> dict[str, Any]:
    return {
        "held": found.held,
        "missed": found.missed,
        "last": found.last,
        "risk_due": found.risk_due,
        "goals": [
            {
                "goal": course.goal,
                "name": course.name,
                "worked_on": course.worked_on,
                "untouched": course.untouched,
                "ratings": [
                    {"date": mark.date, "rating": mark.value, "source": mark.source} for mark in course.marks
                ],
            }
            for course in found.courses
        ],
    }


def _before(found: Before) -> dict[str, Any]:
    return {
        "version": found.round,
        "perpetuating": list(found.perpetuating),
        "goals": [_goal(goal) for goal in found.goals],
        "treatments": list(found.treatments),
    }


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "answer": one.said,
        "since": one.since,
        "stands": one.stands,
        "confirmed": one.confirmed,
    }


def _held(kind: str, held: Held) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": held.entry.id,
        "name": held.entry.name,
        "why": held.why,
        "ask_first": _asks(held),
    }


def _left_out(kind: str, out: LeftOut) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": out.entry.id,
        "name": out.entry.name,
        "because": [_reason(reason) for reason in out.because],
    }


def _thread(line: Thread) -> dict[str, Any]:
    return {
        "factor": {"id": line.factor, "name": line.factor_name},
        "goals": list(line.goals),
        "treatments": list(line.treatments),
        "measures": list(line.measures),
        "review": line.review,
        "loose": [{"place": end.place, "text": end.text} for end in line.loose],
    }
