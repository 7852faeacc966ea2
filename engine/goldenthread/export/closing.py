"""The end of the plan: what is held and left out, the review, the threads, what is open, what requirements lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.export.opening import SHUT
from goldenthread.export.working import put_forward
from goldenthread.export.wording import bare, by_number, cap, clean, counted, full, goal_name, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.advise import Held
    from goldenthread.plan import Plan, Thread

SUPPORTS = "This plan supports a clinician's judgement and replaces none of it."
_FULLER = "it would make the plan fuller"


def held(plan: Plan) -> list[Block]:
    """Give what is held with what to ask first, and what is left out with the reason."""
    blocks: list[Block] = []
    shut = _common(held for kind, held in plan.held if kind != "diagnosis") if plan.status in SHUT else ()
    rest = plan.held
    if shut:
        rest = tuple((kind, held) for kind, held in plan.held if kind == "diagnosis")
        kinds = [kind for kind, _ in plan.held if kind != "diagnosis"]
        many = joined(counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
        blocks.append(Para(full(f"Waiting: {many} that the answers suggest. First comes: {joined(shut)}")))
    grouped: dict[tuple[str, str], list[str]] = {}
    for kind, waits in rest:
        first = joined(str(ask) for ask in waits.ask_first)
        grouped.setdefault((first, waits.why), []).append(f"{clean(waits.entry.name)} ({kind})")
    if grouped:
        blocks.append(Sub("Held until something is asked"))
    for (first, why), names in grouped.items():
        under = (full(f"Ask first: {first}"),) if first else ()
        blocks.append(Item(f"{full(joined(names))} {full(why)}", under))
    return blocks + _left_out(plan)


def _common(waiting: Iterable[Held]) -> tuple[str, ...]:
    """Give what every one of these waits for, in order."""
    asks = [[str(ask) for ask in held.ask_first] for held in waiting]
    return tuple(ask for ask in asks[0] if all(ask in others for others in asks)) if asks else ()


def _left_out(plan: Plan) -> list[Block]:
    grouped: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for kind, out in plan.left_out:
        since = tuple(dict.fromkeys(clean(words) for reason in out.because for words in reason.since))
        said = " ".join(dict.fromkeys(full(reason.text) for reason in out.because))
        grouped.setdefault(since, {}).setdefault(said, []).append(f"{clean(out.entry.name)} ({kind})")
    blocks: list[Block] = [Sub("Left out")] if grouped else []
    for since, reasons in grouped.items():
        blocks.append(Para(f"Since {'; '.join(since)}:" if since else "For these reasons:"))
        blocks += [Item(f"{full(joined(names))} {said}") for said, names in reasons.items()]
    return blocks


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
    shown = {f"{line.factor_name}: {reason}" for line in plan.threads for reason in line.loose} | {"No review date is set."}
    rest = [full(by_number(end, plan.goals)) for end in plan.loose_ends if end not in shown]
    return [*blocks, *([Sub("Other loose ends"), *points(rest)] if rest else [])]


def _thread(line: Thread, plan: Plan, numbered: dict[str, str]) -> str:
    loose = {place: [by_number(bare(why), plan.goals) for why in line.loose if _place(why) == place] for place in ("goal", "treatment", "measure", "review")}
    stations = [
        ("goal", [numbered.get(text, bare(text)) for text in line.goals]),
        ("treatment", list(line.treatments)),
        ("measure", list(line.measures)),
        ("review", [f"review on {line.review}"] if line.review else []),
    ]
    parts = [cap(line.factor_name)]
    for place, found in stations:
        marks = [f"[loose: {why}]" for why in loose[place]]
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
    grouped: dict[str, list[str]] = {}
    for question in plan.open:
        number = f" ({question.number})" if question.number else ""
        text = f"{full(question.text)[:-1]}{full(question.text)[-1:]}{number}"
        lines = grouped.setdefault(question.changes, [])
        if text not in lines:
            lines.append(text)
    fuller = grouped.pop(_FULLER, [])
    blocks: list[Block] = []
    for changes, lines in grouped.items():
        why = changes.replace("wait for it", "wait for these").replace("waits for it", "waits for these") if len(lines) > 1 else changes
        blocks.append(Item(full(why), tuple(lines)))
    if fuller:
        blocks.append(Item("The plan stands without these, and would be fuller with them:", tuple(fuller)))
    return blocks


def requirements(plan: Plan) -> list[Block]:
    """Give what each body's rules ask of a plan and this one lacks."""
    lacks: dict[str, list[str]] = {}
    for rule in plan.audit:
        lacks.setdefault(rule.jurisdiction, []).extend(rule.lacks)
    blocks: list[Block] = [Item(full(f"{clean(where)}: lacks {joined(parts)}")) for where, parts in lacks.items() if parts]
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
