"""The front of the plan: how it stands, the problem, the client's words, what is worked on, and safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.plan.phrases import bare, cap, clean, day, full, joined, pair, quoted

if TYPE_CHECKING:
    from goldenthread.plan import Plan
    from goldenthread.plan.safety import Line, Step

SHUT = ("held", "stopped")
"""The states in which a plan puts nothing forward."""
_DRAFT = (
    "Draft content: no named clinician has reviewed the rules and texts behind this plan yet. "
    "Check what it says before you use it."
)


def title(plan: Plan) -> str:
    """Give the title: `Treatment plan for K7`; without a code, nobody is named."""
    return (
        "Treatment plan" if plan.client in {"", "the client"} else f"Treatment plan for {clean(plan.client)}"
    )


def lead(plan: Plan) -> list[Block]:
    """Say how the plan stands; held or stopped comes first, with what to do."""
    blocks: list[Block] = [Para(f"{day(plan.date)}, version {plan.version}, {plan.status}.")]
    if plan.status in SHUT:
        blocks += [Para(f"{plan.status.upper()}. {full(plan.status_words)}"), *_to_do(plan)]
    else:
        blocks.append(Para(full(plan.status_words.removeprefix("Provisional: "))))
    if plan.progress and plan.progress.round < plan.version and plan.progress.to_change:
        change = joined(plan.progress.to_change)
        blocks.append(
            Para(full(f"The review of version {plan.progress.round} found that this has to change: {change}"))
        )
    if plan.draft:
        blocks.append(Para(_DRAFT))
    return blocks


def _to_do(plan: Plan) -> list[Block]:
    safe = plan.safety
    lines = [full(text) for text in (*safe.told, *safe.open)]
    asks = [label.removeprefix("the ") for label in safe.not_asked] or _asked_first(plan)
    if asks:
        lines.append(full(f"Still to be asked: {'; '.join(asks)}"))
    if plan.status == "stopped" and safe.steps:
        lines.append("What was done about risk, and what comes next, stands under Safety.")
    if plan.status == "stopped":
        lines.append("What follows is the record up to this point and no plan to work by.")
    return [Para("What to do now:"), *points(lines)] if lines else []


def _asked_first(plan: Plan) -> list[str]:
    """Give what every goal and treatment that is held waits for, in order."""
    asks = [[str(ask) for ask in held.ask_first] for kind, held in plan.held if kind in {"goal", "treatment"}]
    return [ask for ask in asks[0] if all(ask in others for others in asks)] if asks else []


def problem(plan: Plan) -> list[Block]:
    """Give the problem statement, and by name what it lacks."""
    said = plan.statement
    if not said.text and plan.status == "stopped":
        return []
    blocks: list[Block] = [Para(full(said.text) if said.text else "No problem statement is recorded yet.")]
    if said.lacks and said.text and plan.status != "stopped":
        blocks.append(
            Para(full(f"It does not say yet: {'; '.join(bare(words) for words in said.lacks.values())}"))
        )
    return blocks


def client_words(plan: Plan) -> list[Block]:
    """Give what the client said, in quotation marks."""
    said = (
        ("What brings the client now", plan.statement.client_words),
        ("What would be different if things were better", plan.statement.wanted),
        ("The client's own goal", plan.own_goal),
    )
    return [Item(full(f"{label}: {quoted(words)}")) for label, words in said if words]


def background(plan: Plan) -> list[Block]:
    """Give earlier treatment, health and medicines, practical needs, and what the problem means to the client."""
    return [*points([pair(label, said) for label, said in plan.background])]


def needs(plan: Plan) -> list[Block]:
    """Give what is worked on now, and what waits with its reason."""
    if not plan.deferred:
        return []
    blocks: list[Block] = [Para(full(f"Worked on now: {joined(plan.targeted)}"))] if plan.targeted else []
    waiting = [
        full(need.removesuffix(": not worked on now").replace(": not worked on now; ", ": "))
        for need in plan.deferred
    ]
    return [*blocks, Para("Not worked on now:"), *points(waiting)]


def safety(plan: Plan) -> list[Block]:
    """Give the risk screen line by line, each step, what is still open, and the safety plan."""
    safe = plan.safety
    blocks: list[Block] = []
    if safe.open:
        blocks += [Sub("Open now"), *points([full(text) for text in safe.open])]
    if safe.screen:
        blocks += [
            Sub("What was asked"),
            *points(_screen(safe.screen)),
        ]
    else:
        blocks.append(Para("No risk screen is recorded."))
    for step in safe.steps:
        blocks += _step(step)
    if safe.safety_plan:
        blocks += [Sub("Safety plan"), *points([pair(line.label, line.answer) for line in safe.safety_plan])]
    elif safe.steps or safe.open:
        blocks.append(Para("No safety plan is recorded."))
    return blocks


def _screen(lines: tuple[Line, ...]) -> list[str]:
    """Give the screen, line by line; several lines with the same short answer on one."""
    alike: dict[str, list[str]] = {}
    for line in lines:
        alike.setdefault(line.answer, []).append(line.label)
    made = []
    for answer, labels in alike.items():
        if len(labels) > 1 and answer in _ALIKE:
            made.append(
                full(f"{_ALIKE[answer]}: {'; '.join(label.removeprefix('the ') for label in labels)}")
            )
        else:
            made += [pair(label, _status(answer)) for label in labels]
    return made


_ALIKE = {
    "no": "Asked, and answered no",
    "yes": "Asked, and answered yes",
    "not asked": "Not asked yet",
    "declined": "Asked; the client declined to answer",
}


def _status(answer: str) -> str:
    return {"not asked": "not asked yet", "declined": "asked; the client declined to answer"}.get(
        answer, answer
    )


def _step(step: Step) -> list[Block]:
    lines = []
    for line in step.lines:
        if line.answer == step.about:
            continue
        own = line.label.startswith("what the client said")
        lines.append(
            full(f"{cap(line.label)}: {quoted(line.answer)}") if own else pair(line.label, line.answer)
        )
    return [Sub(f"Followed up: {clean(step.about)}"), *points(lines)]
