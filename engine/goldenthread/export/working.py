"""What is done and how it is followed: goals, treatments, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Item, Para, Sub, points
from goldenthread.export.opening import SHUT
from goldenthread.plan import LETTERS
from goldenthread.plan.phrases import bare, clean, counted, day, full, joined, minded, quoted

if TYPE_CHECKING:
    from goldenthread.plan import Course, GoalLine, Plan, Sessions, Smart, TreatmentLine
    from goldenthread.plan.review import Followed, Progress


def goals(plan: Plan) -> list[Block]:
    """Give the goals, numbered, each with what it lacks; those of the round before until new ones are chosen."""
    before = plan.before.goals if plan.before else ()
    if before:
        heading = (
            f"From the plan before (version {plan.before.round}), to be confirmed" if plan.before else ""
        )
        return [Sub(heading), *(Item(full(goal.text), _followed(goal)) for goal in before)]
    if not plan.goals:
        return [] if plan.status in SHUT else [Para("No goal is recorded yet.")]
    blocks: list[Block] = []
    if plan.status in SHUT:
        blocks.append(Para(f"These were chosen and are not worked on while the plan is {plan.status}."))
    elif all(goal.smart.whole for goal in plan.goals):
        words = "The goal is" if len(plan.goals) == 1 else "Each goal is"
        blocks.append(Para(f"{words} specific, measurable, achievable, relevant and time-bound (SMART)."))
    return [*blocks, *(Item(_worded(goal), _goal(goal), n) for n, goal in enumerate(plan.goals, 1))]


def _worded(goal: GoalLine) -> str:
    """Give a goal as a sentence; one that is in the client's own words as theirs."""
    return quoted(goal.text) if goal.text == goal.say else full(goal.text)


def _followed(goal: GoalLine) -> tuple[str, ...]:
    lines = [f"For: {joined(goal.for_names)}."] if goal.for_names else []
    due = f"; due {day(goal.due)}" if goal.due else ""
    if goal.measure:
        lines.append(full(f"Measured by: {bare(goal.measure)}{due}"))
    elif due:
        lines.append(full(due[2:]))
    return tuple(lines)


def _goal(goal: GoalLine) -> tuple[str, ...]:
    lines = [*_followed(goal), *_smart(goal.smart)]
    if goal.objectives:
        lines.append(f"Steps on the way: {' '.join(full(step) for step in goal.objectives)}")
    if goal.discharge:
        lines.append(f"Done when: {full(goal.discharge)}")
    return (*lines, *(full(f"Look again: {bare(flag)}") for flag in goal.flags))


def _smart(smart: Smart) -> list[str]:
    """Say for each letter of SMART that a goal lacks what is still to be done."""
    return [full(f"Not yet {LETTERS[k]}: {bare(smart.lacks[k])}") for k in LETTERS if k in smart.lacks]


def put_forward(plan: Plan) -> tuple[TreatmentLine, ...]:
    """Give the treatments put forward and not chosen; none while the plan is held or stopped."""
    return () if plan.status in SHUT else tuple(line for line in plan.treatments if not line.chosen)


def treatment(plan: Plan) -> list[Block]:
    """Give what was chosen, then in short what is put forward, each with its reasons, cautions and sources."""
    chosen = [line for line in plan.treatments if line.chosen]
    blocks: list[Block] = []
    if chosen:
        shut = (
            f", and not begun while the plan is {plan.status}" if plan.status in SHUT else " with the client"
        )
        blocks += [Sub(f"Chosen{shut}"), *(_treatment(line, shut=plan.status in SHUT) for line in chosen)]
    elif plan.before and plan.before.treatments:
        blocks.append(Para(full(f"From the plan before, to be confirmed: {joined(plan.before.treatments)}")))
    offered = put_forward(plan)
    if offered:
        heading = "Also put forward, not chosen" if chosen else "Put forward, not chosen yet"
        blocks += [Sub(heading), *(_treatment(line, short=bool(chosen)) for line in offered)]
    if plan.barriers:
        blocks.append(Para(full(f"What could get in the way: {clean(plan.barriers)}")))
    return blocks


def _treatment(line: TreatmentLine, *, shut: bool = False, short: bool = False) -> Item:
    # What holds every treatment alike has been said at the top of the plan.
    held = shut and line.flag.startswith("Chosen, and held")
    under = ["Held with the rest of the plan."] if held else [full(line.flag)] if line.flag else []
    if line.because and not short:
        under.append(f"Why: {' '.join(full(reason) for reason in line.because)}")
    if line.band:
        under.append(full(bare(line.band) if short else f"How it stands: {bare(line.band)}"))
    under += minded(line.cautions)
    if line.course and not short:
        under.append(f"Course: {full(line.course)}")
    if line.sources:
        under.append(full(f"Rests on: {joined(line.sources)}"))
    return Item(full(line.name), tuple(under))


def measures(plan: Plan) -> list[Block]:
    """Give the last review, then scores over time with a verdict that does not flatter."""
    once = [line for line in plan.measures if len(line.scores) < 2]
    often = [line for line in plan.measures if len(line.scores) > 1]
    blocks: list[Block] = _progress(plan, plan.progress) if plan.progress else []
    blocks += _sessions(plan.sessions) if plan.sessions else []
    if blocks and plan.measures:
        blocks.append(Sub("Scores"))
    blocks += [Item(_scores(line), _verdict(line)) for line in often]
    blocks += [Item(_scores(line)) for line in once]
    if once:
        blocks.append(Para("One score is too few to say whether anything has changed."))
    return blocks


def _scores(line: Followed) -> str:
    shown = []
    for date, score, band in line.scores:
        of_band = f" ({band})" if band else ""
        shown.append(f"{score:g}{of_band}{' on ' + day(date) if date else ', date not recorded'}")
    return full(f"{clean(line.name)}: {', then '.join(shown)}")


def _verdict(line: Followed) -> tuple[str, ...]:
    return tuple(full(text) for text in (line.verdict, line.note) if text)


def _sessions(found: Sessions) -> list[Block]:
    """Give how many sessions there were, and each goal's ratings, those of reviews among them."""
    last = f"; the last on {day(found.last)}" if found.last else ""
    missed = f", {found.missed} missed" if found.missed else ""
    count = Item(f"{counted(found.held, 'session')}{missed}{last}.")
    rated = [Item(full(_ratings(course))) for course in found.courses if course.marks]
    return [Sub("Sessions, and how far each goal is reached in the client's eyes, 0 to 10"), count, *rated]


def _ratings(course: Course) -> str:
    shown = [
        f"{mark.value:g}{f' on {day(mark.date)}' if mark.date else ''}"
        + (" (review)" if mark.source == "review" else "")
        for mark in course.marks
    ]
    return f"{clean(course.name)}: {', then '.join(shown)}"


def _progress(plan: Plan, found: Progress) -> list[Block]:
    said = (
        ("What is different", found.different),
        ("What is still stuck", found.stuck),
        ("How treatment ends, and what to do if things slip", found.ending),
    )
    lines = [full(f"The client's own verdict: {clean(found.client_verdict)}")] if found.client_verdict else []
    lines += [full(f"{label}: {quoted(words)}") for label, words in said if words]
    if found.ratings:
        rated = "; ".join(f"{clean(rating.name)}, {rating.value:g}" for rating in found.ratings)
        lines.append(full(f"How far each goal is reached in the client's eyes, 0 to 10: {rated}"))
    if found.to_change:
        lines.append(full(f"What has to change: {joined(found.to_change)}"))
    where = f"The review of version {found.round}, which opened this one"
    return [Sub(where if found.round < plan.version else "The review"), *points(lines)]
