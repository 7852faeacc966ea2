"""The line that a drawing hangs on: the longest way through it, drawn straight."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.draw.diagram import Diagram

Step = tuple[str, str]


def weights(diagram: Diagram) -> Mapping[Step, int]:
    """Give how straight the steps from box to box are to be; those that are not named need not be.

    Without it, each branch that is drawn beside another takes what follows further to the right.
    """
    order = {box.id: n for n, box in enumerate(diagram.boxes) if box.kind != "alert"}
    after: dict[str, list[str]] = {id_: [] for id_ in order}
    for arrow in diagram.arrows:
        if not arrow.side and order.get(arrow.tail, len(order)) < order.get(arrow.head, -1):
            after[arrow.tail].append(arrow.head)
    # Where several ends stand side by side, none of them goes on the line.
    leaves = {id_ for id_, heads in after.items() if not heads}
    after = {id_: [h for h in heads if h not in leaves or len(heads) == 1] for id_, heads in after.items()}
    groups = [group.boxes for group in diagram.groups] or [tuple(order)]
    spine = {step for boxes in groups for step in _longest([id_ for id_ in boxes if id_ in order], after)}
    on = {head for _, head in spine}
    # A branch is straight too, up to where it comes back.
    branches = {(tail, min(heads, key=order.__getitem__)) for tail, heads in after.items() if heads}
    return {step: 2 if step[1] in on else 6 for step in branches} | dict.fromkeys(spine, 12)


def _longest(boxes: list[str], after: Mapping[str, Iterable[str]]) -> list[Step]:
    """Give the steps of the longest way through boxes that stand in order; of two, the one authored first."""
    order = {id_: n for n, id_ in enumerate(boxes)}
    long: dict[str, int] = {}
    best: dict[str, str] = {}
    for id_ in reversed(boxes):
        heads = [head for head in after[id_] if head in long]
        if heads:
            best[id_] = max(heads, key=lambda head: (long[head], -order[head]))
        long[id_] = 1 + (long[best[id_]] if heads else 0)
    steps = []
    at = max(boxes, key=long.__getitem__, default="")
    while at in best:
        steps.append((at, best[at]))
        at = best[at]
    return steps
