"""What is done and how it is followed: goals, treatments, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.export.opening import SHUT
from goldenthread.export.wording import bare, cap, clean, day, full, goal_name, joined, quoted
from goldenthread.plan import LETTERS

if TYPE_CHECKING:
    from goldenthread.plan import GoalLine, Plan, Smart, TreatmentLine
    from goldenthread.plan.review import Followed, Progress


def goals(plan: Plan) -> list[Block]:
    """Give the goals, numbered, each with what it lacks."""
    if not plan.goals:
        return [] if plan.status == "stopped" else [Para("No goal is recorded yet.")]
    blocks: list[Block] = []
    if plan.status in SHUT:
        blocks.append(Para(f"These were chosen and are not worked on while the plan is {plan.status}."))
    return [*blocks, *(Item(full(goal.text), _goal(goal), n) for n, goal in enumerate(plan.goals, 1))]


def _goal(goal: GoalLine) -> tuple[str, ...]:
    lines = [f"For: {joined(goal.for_names)}."] if goal.for_names else []
    due = f"; due {day(goal.due)}" if goal.due else ""
    if goal.measure:
        lines.append(full(f"Measured by: {bare(goal.measure)}{due}"))
    elif due:
        lines.append(full(due[2:]))
    lines += [
        _smart(goal.smart),
        *(full(f"Lacks {LETTERS[k]}: {bare(why)}") for k, why in _lacking(goal.smart)),
    ]
    if goal.objectives:
        lines.append(f"Steps on the way: {' '.join(full(step) for step in goal.objectives)}")
    if goal.discharge:
        lines.append(f"Done when: {full(goal.discharge)}")
    return (*lines, *(full(f"Look again: {bare(flag)}") for flag in goal.flags))


def _smart(smart: Smart) -> str:
    if smart.whole:
        return "SMART: all five letters are there."
    has = joined(letter for letter in LETTERS if letter in smart.has)
    if not has:
        return "SMART: none of the letters is there yet."
    return f"SMART: {has} {'is' if len(smart.has) == 1 else 'are'} there."


def _lacking(smart: Smart) -> list[tuple[str, str]]:
    return [(letter, smart.lacks[letter]) for letter in LETTERS if letter in smart.lacks]


def put_forward(plan: Plan) -> tuple[TreatmentLine, ...]:
    """Give the treatments put forward and not chosen; none while the plan is held or stopped."""
    return () if plan.status in SHUT else tuple(line for line in plan.treatments if not line.chosen)


def treatment(plan: Plan) -> list[Block]:
    """Give what was chosen, then what is put forward, each with its reasons, cautions and sources."""
    chosen = [line for line in plan.treatments if line.chosen]
    blocks: list[Block] = []
    if chosen:
        shut = (
            f", and not begun while the plan is {plan.status}" if plan.status in SHUT else " with the client"
        )
        blocks += [Sub(f"Chosen{shut}"), *(_treatment(line, shut=plan.status in SHUT) for line in chosen)]
    offered = put_forward(plan)
    if offered:
        heading = "Also put forward, not chosen" if chosen else "Put forward, not chosen yet"
        blocks += [Sub(heading), *(_treatment(line) for line in offered)]
    if plan.status in SHUT and not chosen:
        blocks.append(Para(f"No treatment is put forward while the plan is {plan.status}."))
    if plan.barriers:
        blocks.append(Para(full(f"What could get in the way: {clean(plan.barriers)}")))
    return blocks


def _treatment(line: TreatmentLine, *, shut: bool = False) -> Item:
    # What holds every treatment alike has been said at the top of the plan.
    held = shut and line.flag.startswith("Chosen, and held")
    under = ["Held with the rest of the plan."] if held else [full(line.flag)] if line.flag else []
    if line.because:
        under.append(f"Why: {' '.join(full(reason) for reason in line.because)}")
    if line.band:
        under.append(full(f"How it stands: {bare(line.band)}"))
    if line.cautions:
        under.append(f"Mind: {' '.join(full(caution) for caution in line.cautions)}")
    if line.course:
        under.append(f"Course: {full(line.course)}")
    if line.sources:
        under.append(full(f"Rests on: {joined(line.sources)}"))
    return Item(full(line.name), tuple(under))


def measures(plan: Plan) -> list[Block]:
    """Give scores over time with a verdict that does not flatter, and the client's own verdict beside it."""
    blocks: list[Block] = [Item(_scores(line), _verdict(line)) for line in plan.measures]
    return blocks + (_progress(plan, plan.progress) if plan.progress else [])


def _scores(line: Followed) -> str:
    shown = []
    for date, score, band in line.scores:
        of_band = f" ({band})" if band else ""
        shown.append(f"{score:g}{of_band}{' on ' + day(date) if date else ', date not recorded'}")
    return full(f"{clean(line.name)}: {', then '.join(shown)}")


def _verdict(line: Followed) -> tuple[str, ...]:
    if len(line.scores) < 2:
        return ("One score is too few to say whether anything has changed.",)
    return tuple(full(text) for text in (line.verdict, line.note) if text)


def _progress(plan: Plan, found: Progress) -> list[Block]:
    said = (("What is different", found.different), ("What is still stuck", found.stuck))
    lines = [full(f"The client's own verdict: {clean(found.client_verdict)}")] if found.client_verdict else []
    lines += [full(f"{label}: {quoted(words)}") for label, words in said if words]
    numbers = {goal.id: (n, goal) for n, goal in enumerate(plan.goals, 1)}
    for id_, rating in found.ratings:
        name = goal_name(*numbers[id_], plan.client) if id_ in numbers else id_.replace("_", " ")
        lines.append(f"{cap(name)}: the client rates it {rating:g} of 10.")
    if found.to_change:
        lines.append(full(f"What has to change: {joined(found.to_change)}"))
    return [Sub("The review"), *points(lines)] if lines else []
