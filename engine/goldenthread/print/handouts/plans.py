"""Handouts about plans: common mistakes, and a weak plan beside a strong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.diagnostics import Report
from goldenthread.draw import UnknownDrawingError
from goldenthread.loading import shipped
from goldenthread.plan import LETTERS, of_own_words
from goldenthread.plan.phrases import cap, day, full, joined, pair, quoted
from goldenthread.print.content import Heading, Para, Points, Run, Table
from goldenthread.print.handouts.texts import rests_on, texts
from goldenthread.session import Guide
from goldenthread.trial import read_vignettes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from goldenthread.model import Library
    from goldenthread.plan import Plan
    from goldenthread.print.content import Block, Words


def mistakes(library: Library) -> Iterator[Block]:
    """Give the common mistakes in plans, each with what to do instead and what that rests on."""
    own = texts("mistakes")
    yield Heading(own["title"])
    yield Para(own["lead"], "lead")
    rows: list[tuple[Words, ...]] = []
    for entry in own["entries"]:
        rests = (Run(rests_on(library, entry), "quiet"),)
        rows.append((entry["mistake"], (Run(entry["instead"], "bold"),), rests))
    yield Table(("What is often seen", "Instead", "Rests on"), tuple(rows), (6, 6, 4))


def weak_and_strong(library: Library) -> Iterator[Block]:
    """Give a weak plan beside the plan that the guide makes of a shipped vignette. Raises UnknownDrawingError."""
    own = texts("weak_and_strong")
    plan = _plan(library, own["vignette"])
    yield Heading(own["title"])
    yield Para(own["lead"], "lead")
    rows = tuple(_rows(own["weak"], plan))
    yield Table(("Part", "Weak", "Strong"), rows, (2.7, 5, 10.5))
    yield Heading("For the class", 2, listed=False)
    yield Points(tuple(own["questions"]), "number")


def _plan(library: Library, vignette: str) -> Plan:
    path = shipped() / "flowcharts" / "vignettes" / f"{vignette}.yaml"
    found, _, _ = read_vignettes([path])
    guide = Guide(library, Report())
    if not found or "planning" not in library.flowcharts:
        raise UnknownDrawingError("planning", library.flowcharts)
    return guide.from_answers(found[0].data).plan()


def _rows(weak: Mapping[str, Any], plan: Plan) -> Iterator[tuple[Words, ...]]:
    yield _row("The problem", weak["problem"], quoted(plan.statement.client_words), plan.statement.text)
    yield _row("Risk", weak["safety"], *_screened(plan))
    keeps = (
        f"{cap(line.name)}: {quoted(line.example)}" if line.example else cap(line.name)
        for line in plan.perpetuating
    )
    yield _row("What keeps it going", weak["keeps_going"], *keeps)
    yield _row("A strength", weak["strengths"], plan.strength)
    yield _goals(weak["goals"], plan)
    chosen = [line for line in plan.treatments if line.chosen]
    yield _row(
        "Treatment",
        weak["treatment"],
        *(f"{line.name}. {' '.join(map(full, line.because[:1]))}" for line in chosen),
    )
    yield _row("Measure", weak["measure"], *(full(cap(goal.measure)) for goal in plan.goals))
    yield _row("Review", weak["review"], f"{day(plan.review_date)}.")
    yield _row("Next step", weak["next_step"], plan.next_step)


def _screened(plan: Plan) -> Iterable[str]:
    """Say what was asked, what was answered, what was not asked, and what was done."""
    answers: dict[str, list[str]] = {}
    for line in plan.safety.screen:
        answers.setdefault(line.answer, []).append(line.label)
    yield from (pair(joined(labels), answer) for answer, labels in answers.items())
    if plan.safety.not_asked:
        yield f"Not asked: {joined(plan.safety.not_asked)}"
    yield from (f"{cap(line.label)}: {line.answer}" for step in plan.safety.steps for line in step.lines[-2:])


def _row(name: str, weak: str, *strong: str) -> tuple[Words, ...]:
    return (Run(name, "bold"),), weak, " ".join(full(part) for part in strong if part)


def _goals(weak: Iterable[str], plan: Plan) -> tuple[Words, ...]:
    """Set the goals side by side: what the weak ones lack is found as it is for any goal in own words."""
    left: list[Run] = []
    for text in weak:
        left += [Run("", "new")] if left else []
        smart = of_own_words(text)
        lacks = "; ".join(f"not {LETTERS[letter]}: {why}" for letter, why in list(smart.lacks.items())[:2])
        left += [Run(f"{full(text)} "), Run(f"({lacks}.) " if lacks else "", "quiet")]
    right: list[Run] = []
    for n, goal in enumerate(plan.goals, 1):
        right += [
            *([Run("", "new")] if right else []),
            Run(f"{n}. ", "bold"),
            Run(f"{full(goal.text)} "),
            Run(f"(For {joined(goal.for_names)}.) ", "quiet"),
        ]
    return (Run("Goals", "bold"),), tuple(left), tuple(right)
