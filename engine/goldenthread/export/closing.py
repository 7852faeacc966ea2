"""The end of the plan: the review, the threads, what is open, what requirements lack, the sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.export.opening import SHUT
from goldenthread.export.wording import bare, by_number, cap, clean, full, goal_name, joined
from goldenthread.export.working import put_forward

if TYPE_CHECKING:
    from goldenthread.plan import Plan, Thread

SUPPORTS = "This plan supports a clinician's judgement and replaces none of it."
_FULLER = "The plan stands without these, and would be fuller with them:"
_CHANGES = {
    "it bears on safety": "Safety rests on this:",
    "the thread breaks without it": "The thread breaks without this:",
    "it would make the plan fuller": _FULLER,
}
_MOST = 8
_WAITING = re.compile(r"^\d+ suggestions? waits? for it: ")
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
    if plan.status == "stopped" and not plan.goals:
        return []
    numbered = {goal.text: goal_name(n, goal, plan.client) for n, goal in enumerate(plan.goals, 1)}
    blocks: list[Block] = [Item(_thread(line, plan, numbered)) for line in plan.threads]
    shown = {f"{line.factor_name}: {reason}" for line in plan.threads for reason in line.loose} | {
        "No review date is set."
    }
    rest = [full(by_number(end, plan.goals)) for end in plan.loose_ends if end not in shown]
    return [*blocks, Sub("Other loose ends"), *points(rest)] if rest else blocks


def _thread(line: Thread, plan: Plan, numbered: dict[str, str]) -> str:
    loose: dict[str, list[str]] = {}
    for why in line.loose:
        loose.setdefault(_place(why), []).append(by_number(bare(why), plan.goals))
    stations = [
        ("goal", [numbered.get(text, bare(text)) for text in line.goals]),
        ("treatment", list(line.treatments)),
        ("measure", list(line.measures)),
        ("review", [f"review on {line.review}"] if line.review else []),
    ]
    parts = [cap(line.factor_name)]
    for place, found in stations:
        marks = [f"[loose: {why}]" for why in loose.get(place, ())]
        if found or marks:
            parts.append(" ".join(([joined(found)] if found else []) + marks))
        if not found and place == "goal":
            break
    return clean(" -> ".join(parts))


def _place(reason: str) -> str:
    words = (("review", "review"), ("treatment", "no treatment"), ("measure", "measured"))
    return next((place for place, word in words if word in reason), "goal")


def open_questions(plan: Plan) -> list[Block]:
    """Give the open questions in order, those that change the same thing together."""
    shut = (
        {held.entry.name for kind, held in plan.held if kind != "diagnosis"} if plan.status in SHUT else set()
    )
    grouped: dict[str, list[str]] = {}
    for question in plan.open:
        number = f" ({question.number})" if question.number else ""
        lines = grouped.setdefault(_changes(question.changes, shut), [])
        lines.append(f"{full(question.text)}{number}")
    fuller = grouped.pop(_FULLER, [])
    if fuller and plan.status != "stopped":
        more = len(fuller) - _MOST
        grouped[_FULLER] = [*fuller[:_MOST], f"And {more} more."] if more > 1 else fuller
    return [Item(changes, tuple(dict.fromkeys(lines))) for changes, lines in grouped.items()]


def _changes(words: str, shut: set[str]) -> str:
    """Say what an answer would change; while the plan is held, what waits is not put forward by name."""
    if any(name in words for name in shut):
        return "Goals and treatments wait for this:"
    if words.startswith("the problem statement lacks"):
        return "The problem statement has gaps without this:"
    return _CHANGES.get(words) or full(_WAITING.sub("Waiting for an answer: ", words))


def requirements(plan: Plan) -> list[Block]:
    """Give what each body's rules ask of a plan and this one lacks."""
    if plan.status == "stopped":
        return []
    lacks: dict[str, list[str]] = {}
    for rule in plan.audit:
        lacks.setdefault(rule.jurisdiction, []).extend(_PARTS.get(part, part) for part in rule.lacks)
    blocks: list[Block] = [
        Item(full(f"{clean(where)}: lacks {joined(parts)}")) for where, parts in lacks.items() if parts
    ]
    met = [clean(where) for where, parts in lacks.items() if not parts]
    return blocks + ([Item(full(f"Nothing that these ask for is lacking: {'; '.join(met)}"))] if met else [])


def sources(plan: Plan) -> list[Block]:
    """Give every source that a treatment shown here rests on, each once."""
    shown = (*(line for line in plan.treatments if line.chosen), *put_forward(plan))
    found = dict.fromkeys(clean(source) for line in shown for source in line.sources)
    consensus = found.pop("clinical consensus", "-") is None
    last = [Para("Some of what stands here rests on clinical consensus alone.")] if consensus else []
    return [*points([full(source) for source in found]), *last]


def foot(plan: Plan) -> list[Block]:
    """Give the last lines: what the plan is for, and which content it was made from."""
    return [Para(SUPPORTS), Para(f"Made from content {plan.content}.")] if plan.content else [Para(SUPPORTS)]
