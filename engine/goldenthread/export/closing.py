"""The end of the plan: the review, the threads, what is open, what requirements lack, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.export.opening import SHUT
from goldenthread.export.working import put_forward
from goldenthread.plan.phrases import cap, clean, day, full, goal_name, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Source
    from goldenthread.plan import Plan, Thread
    from goldenthread.plan.open import OpenQuestion

SUPPORTS = "This plan supports a clinician's judgement and replaces none of it."
_SAFETY = "it bears on safety"
_FULLER = "it would make the plan fuller"
_CHANGES = {
    _SAFETY: "Safety rests on",
    "the thread breaks without it": "The thread breaks without",
    _FULLER: "The plan stands without these, and would be fuller with them",
}
_MOST = 8
_SHORT = 40
"""So long an answer is said beside its question; a longer one stands elsewhere in the plan."""
_PARTS = {
    "individual": "goals filled in for this client",
    "safety": "a risk screen without gaps",
    "participation": "the client's part in the plan",
    "problem statement": "a problem statement without gaps",
    "client words": "the client's own words",
}


def review(plan: Plan) -> list[Block]:
    """Give the date of the review and how it came about, the next step, and the client's part."""
    lines = []
    agreed = plan.review_words.endswith("as agreed")
    if plan.review_date and (agreed or plan.status != "stopped"):
        lines.append(full(f"Review on {plan.review_date} ({clean(plan.review_words)})"))
    elif not plan.review_date:
        lines.append("No review date is set.")
    if plan.next_step:
        lines.append(full(f"Next step: {clean(plan.next_step)}"))
    if plan.participation:
        lines.append(full(f"The client's part in this plan: {clean(plan.participation)}"))
    elif plan.goals:
        lines.append("The client's part in this plan is not recorded yet.")
    return list(points(lines))


def threads(plan: Plan) -> list[Block]:
    """Give each thread on one line, broken where it is loose, and the loose ends that no line shows."""
    if plan.status in SHUT and not plan.goals:
        return []
    numbered = {goal.id: goal_name(n, goal) for n, goal in enumerate(plan.goals, 1)}
    days = {line.review for line in plan.threads}
    together = len(plan.threads) > 1 and len(days) == 1 and all(days)
    blocks: list[Block] = [Item(_thread(line, numbered, review=not together)) for line in plan.threads]
    if together:
        blocks.append(Para(f"All of this is looked at again on {day(days.pop())}."))
    rest = [full(str(end)) for end in plan.strays]
    if rest:
        blocks += [Sub("Other loose ends"), *points(rest)]
    if plan.kept:
        blocks += [Sub("Taken over from the round before"), *points([*_kept(plan)])]
    return blocks


def _kept(plan: Plan) -> Iterator[str]:
    """Say what a new round has taken over: what was confirmed, on which day, then what nobody has looked at again."""
    together: dict[str, list[str]] = {}
    for one in sorted(plan.kept, key=lambda one: not one.stands):
        words = "Confirmed" if one.stands else "Not confirmed in this round"
        words += f" on {day(one.confirmed)}" if one.confirmed else ""
        words += f", answered on {day(one.since)}" if one.since else ""
        said = f" ({clean(one.said)})" if not one.free and len(one.said) <= _SHORT else ""
        together.setdefault(words, []).append(clean(one.label) + said)
    for words, labels in together.items():
        yield full(f"{words}: {'; '.join(labels)}")


def _thread(line: Thread, numbered: dict[str, str], *, review: bool) -> str:
    stations = [
        ("factor", [cap(line.factor_name)]),
        ("goal", [numbered[id_] for id_ in line.goals]),
        ("treatment", list(line.treatments)),
        ("measure", list(line.measures)),
        ("review", [f"review on {day(line.review)}"] if line.review and review else []),
    ]
    parts = []
    for place, found in stations:
        marks = list(dict.fromkeys(f"[loose end: {end}]" for end in line.loose if end.place == place))
        if found or marks:
            parts.append(" ".join(([joined(found)] if found else []) + marks))
        if place == "goal" and not found:
            break
    return clean(" → ".join(parts))


def open_questions(plan: Plan) -> list[Block]:
    """Give the open questions in order, those that change the same thing on one line."""
    shut = plan.status in SHUT
    grouped: dict[str, list[str]] = {}
    for question in plan.open:
        if plan.status == "stopped" and question.changes != _SAFETY:
            continue
        grouped.setdefault(_changes(question, plan, shut=shut), []).append(_label(question))
    fuller = grouped.get(_CHANGES[_FULLER], [])
    if len(fuller) > _MOST + 1:
        fuller[_MOST:] = [f"and {len(fuller) - _MOST} more"]
    return [
        Item(full(f"{changes}: {'; '.join(dict.fromkeys(labels))}")) for changes, labels in grouped.items()
    ]


def _label(question: OpenQuestion) -> str:
    number = f" ({question.number})" if question.number else ""
    return f"{clean(question.label)}{number}"


def _changes(question: OpenQuestion, plan: Plan, *, shut: bool) -> str:
    """Say what an answer would change; while the plan is held, what waits is not put forward by name."""
    words = question.changes
    if shut and any(held.entry.name in words for kind, held in plan.held if kind != "diagnosis"):
        return "Goals and treatments wait for"
    if words.startswith("the problem statement lacks"):
        return "The problem statement has gaps without"
    if ": " in words:
        names = words.partition(": ")[2]
        return f"{names} {'waits' if words.startswith('1 ') else 'wait'} for"
    return _CHANGES.get(words, cap(words))


def requirements(plan: Plan) -> list[Block]:
    """Give what each body's rules ask of a plan and this one lacks."""
    if plan.status in SHUT or not plan.audit:
        return []
    lacks: dict[str, list[str]] = {}
    for rule in plan.audit:
        lacks.setdefault(rule.jurisdiction, []).extend(_PARTS.get(part, part) for part in rule.lacks)
    blocks: list[Block] = [
        Item(full(f"{clean(where)}: lacks {joined(parts)}")) for where, parts in lacks.items() if parts
    ]
    met = sum(not parts for parts in lacks.values())
    if met == len(lacks):
        return [
            Para(f"Nothing: the plan has every part that the {met} sets of rules held against it ask for.")
        ]
    return blocks


def sources(plan: Plan) -> list[Block]:
    """Give in full every work that what is shown rests on, each once."""
    shown = list(_shown(plan))
    works = {source.ref: plan.references[source.ref] for source in shown if source.ref in plan.references}
    lines = sorted({full(work.full()) for work in works.values()}, key=str.casefold)
    consensus = any("clinical consensus" in line.sources for line in plan.treatments) or any(
        reason.basis for offer in plan.diagnoses.offers for reason in offer.because
    )
    last = [Para("Some of what stands here rests on clinical consensus alone.")] if consensus else []
    return [*points(lines), *last] if plan.status != "stopped" else []


def _shown(plan: Plan) -> Iterator[Source]:
    """Give the sources of everything that the plan shows as its own reasoning."""
    for offer in plan.diagnoses.offers:
        for reason in (*offer.because, *offer.against, *offer.cautions):
            yield from reason.sources
    for factor in plan.perpetuating:
        yield from factor.cites
    for goal in plan.goals:
        yield from goal.cites
    for line in (*(line for line in plan.treatments if line.chosen), *put_forward(plan)):
        yield from line.cites
    for followed in plan.measures:
        yield from followed.sources
    for rule in plan.audit if plan.status not in SHUT else ():
        if rule.lacks:
            yield from rule.cites
    for _, out in plan.left_out:
        for reason in out.because:
            yield from reason.sources


def foot(plan: Plan) -> list[Block]:
    """Give the last lines: what the plan is for, and which content it was made from."""
    return [Para(SUPPORTS), Para(f"Made from content {plan.content}.")] if plan.content else [Para(SUPPORTS)]
