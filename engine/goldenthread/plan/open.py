"""What is still open, in the order of what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.plan.roles import NO_PART_OF_THE_PLAN
from goldenthread.plan.specificity import PARTS
from goldenthread.plan.wording import filled, item_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.advise import Advice
    from goldenthread.model import Node
    from goldenthread.plan.reading import Reading


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was left for later or not reached, and what an answer would change."""

    key: str
    number: str
    label: str
    """What it asks for, in a few words."""
    text: str
    changes: str
    weight: int


def open_questions(reading: Reading, advices: Iterable[Advice], client: str) -> tuple[OpenQuestion, ...]:
    """Give the open questions of the path: safety first, then by how many suggestions wait for them."""
    waiting: dict[str, list[str]] = {}
    for advice in advices:
        for held in advice.held:
            for ask in held.ask_first:
                if held.suggested or advice.kind == "diagnoses":
                    waiting.setdefault(ask.fact, []).append(held.entry.name)
    made = []
    for key in _open_keys(reading):
        node = reading.walk.program.steps[key.partition("@")[0]].node
        made.append(_question(key, node, waiting, reading, client))
    return tuple(sorted(made, key=lambda question: -question.weight))


def _open_keys(reading: Reading) -> list[str]:
    walk = reading.walk
    keys = list(walk.left_for_later())
    if walk.at and walk.at not in keys:
        keys.append(walk.at)
    return [key for key in dict.fromkeys(keys) if _asks(walk.program.steps[key.partition("@")[0]].node)]


def _asks(node: Node) -> bool:
    """Say whether the plan waits for an answer: what is told, and where the walk goes, leave no gap in it."""
    return node.verb in {"ask", "measure"} and node.role not in NO_PART_OF_THE_PLAN


def _question(
    key: str, node: Node, waiting: dict[str, list[str]], reading: Reading, client: str
) -> OpenQuestion:
    names = {node.key, node.role, *(name for name in waiting if name.partition(".")[0] == node.measure)}
    held = sorted({entry for name in names if name for entry in waiting.get(name, ())})
    fact = reading.library.facts.get(node.key)
    safety = bool(fact and fact.safety)
    if held:
        shown = "; ".join(held[:3]) + (f" and {len(held) - 3} more" if len(held) > 3 else "")
        wait = "1 suggestion waits" if len(held) == 1 else f"{len(held)} suggestions wait"
        changes = f"{wait} for it: {shown}"
    elif safety:
        changes = "it bears on safety"
    elif node.role in PARTS:
        changes = f"the problem statement lacks {PARTS[node.role]}"
    elif node.role in {"perpetuating", "chosen_goals", "chosen_modality"}:
        changes = "the thread breaks without it"
    else:
        changes = "it would make the plan fuller"
    weight = (
        10_000 * safety
        + 1_000 * (node.role in {"perpetuating", "chosen_goals", "chosen_modality"})
        + 10 * len(held)
        + 5 * (node.role in PARTS)
    )
    text = node.ask or (
        f"Score the {reading.library.instruments[node.measure].short}" if node.measure else node.text
    )
    item = key.partition("@")[2]
    about = item_label(reading, item, node.flowchart)
    label = (fact.label if fact else node.key) + (f" ({about})" if about else "")
    asked = filled(text, reading, client, item, node.flowchart)
    return OpenQuestion(key, node.number, label, asked, changes, weight)
