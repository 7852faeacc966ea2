"""One page for the client, in the client's words: no diagnosis, no code, no inference, nobody else's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from goldenthread.export import markdown, text
from goldenthread.export.document import Block, Document, Item, Para, Section, points
from goldenthread.export.opening import SHUT
from goldenthread.plan.phrases import cap, clean, day, full, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import GoalLine, Plan

_LINE_TO_FILL = "_" * 40
_TO_FILL = "_" * 12
_BLANK = re.compile(r"\[[a-z0-9 ]+\]")
_NO_COPY = "To the clinician: give no copy of this page and send none."
_NOT_ASKED = f"{_NO_COPY} Whether a copy is safe to take home is not known. Ask when the client is alone."
_NOT_SAFE = f"{_NO_COPY} It is recorded that a copy is not safe to take home. Look at it together here."
_STAYS = "To the clinician: this page stays here. Look at it together, give no copy and send none."
_SAFE = (
    "To the clinician: the client said that a copy is safe to take home. Ask again if anything has changed."
)
_LATER = "We go through some questions first, and then choose this together."


def client_page(plan: Plan, format: Literal["text", "markdown"] = "text", *, force: bool = False) -> str:  # noqa: A002 -- what it is called everywhere
    """Give the client's page; its first line says to the clinician whether a copy may leave the room.

    Where that is not a known yes, the line is all there is, unless `force`: then the page is made, to be
    looked at together. Raises ValueError for another format.
    """
    if format not in {"text", "markdown"}:
        raise ValueError(f"there is no format `{format}`; one of: text, markdown")
    document = client_document(plan, force=force)
    return markdown.render(document) if format == "markdown" else text.render(document)


def client_document(plan: Plan, *, force: bool = False) -> Document:
    """Give the client's page before it has a format; `force` as in `client_page`."""
    safe = plan.copy_safe == "yes"
    if safe or force:
        # What is laid before the client does not say what was answered about safety at home.
        return Document("My plan", (Para(_SAFE if safe else _STAYS),), _sections(plan))
    return Document("My plan", (Para(_NOT_SAFE if plan.copy_safe == "no" else _NOT_ASKED),), ())


def _sections(plan: Plan) -> tuple[Section, ...]:
    open_ = plan.status not in SHUT
    parts: list[tuple[str, str, Iterable[Block]]] = [
        ("words", "In my words", _words(plan)),
        ("factors", "What keeps it going", _factors(plan)),
        ("try", "What we will try", _try(plan) if open_ else [Para(_LATER)]),
        ("know", "How we will know", _know(plan) if open_ else []),
        ("crisis", "If it gets very hard", _crisis(plan)),
        ("next", "What happens next", _next(plan)),
    ]
    found = [Section(name, heading, tuple(blocks)) for name, heading, blocks in parts]
    return tuple(section for section in found if section.blocks)


def _words(plan: Plan) -> list[Block]:
    said = (
        ("Why I came", plan.statement.client_words),
        ("What would be different", plan.statement.wanted),
        ("What I want", plan.own_goal),
        ("How I make sense of it", plan.client_explanation),
    )
    return [Item(full(f"{label}: {quoted(words)}")) for label, words in said if words]


def _factors(plan: Plan) -> list[Block]:
    made: list[Block] = []
    for line in plan.perpetuating:
        name = line.say or line.name
        made.append(Item(full(f"{cap(name)}: {quoted(line.example)}") if line.example else full(name)))
    return made


def _try(plan: Plan) -> list[Block]:
    said = [line.say or line.name for line in plan.treatments if line.chosen]
    blocks: list[Block] = [Item(full(words)) for words in dict.fromkeys(said)]
    if plan.strength:
        blocks.append(Item(full(f"What we can lean on: {clean(plan.strength)}")))
    return blocks


def _know(plan: Plan) -> list[Block]:
    made = [Item(full(_BLANK.sub(_TO_FILL, goal.say or goal.text)), _when(goal)) for goal in plan.goals]
    return [*made] or [Para("We still have to agree on this.")]


def _when(goal: GoalLine) -> tuple[str, ...]:
    return (f"We look at this by {day(goal.due)}.",) if goal.due else ()


def _crisis(plan: Plan) -> list[Block]:
    labels = {
        "warning signs": "I notice it by",
        "what helps to get through": "What helps me",
        "people to call": "Whom I can call",
        "keeping means out of reach": "How I make it safer around me",
    }
    known = plan.safety.safety_plan
    lines = [full(f"{labels.get(line.label, cap(line.label))}: {clean(line.answer)}") for line in known]
    recorded = {line.label for line in known}
    if "what helps to get through" not in recorded:
        lines.append(f"What helps me: {_LINE_TO_FILL}")
    if "people to call" not in recorded:
        lines.append(f"Whom I can call, by day and by night: {_LINE_TO_FILL}")
    return list(points(lines))


def _next(plan: Plan) -> list[Block]:
    lines = [full(f"Next step: {clean(plan.next_step)}")] if plan.next_step else []
    if plan.review_date and plan.status not in SHUT:
        agreed = plan.review_words.endswith("as agreed")
        lines.append(f"We look at all of this again {'on' if agreed else 'around'} {day(plan.review_date)}.")
    return list(points(lines))
