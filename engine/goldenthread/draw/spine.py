"""The line that a drawing hangs on: the longest way through it, drawn straight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.diagram import connected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.draw.diagram import Diagram

_SPINE, _BRANCH, _OUT = 12, 6, 3


def weights(diagram: Diagram) -> Mapping[tuple[str, str], int]:
    """Give how straight the steps from box to box are to be; those that are not named need not be.

    Without it, each branch that is drawn beside another takes what follows further to the right.
    """
    ids = [box.id for box in diagram.boxes if box.kind != "alert"]
    at = {id_: n for n, id_ in enumerate(ids)}
    after = _after(diagram, at)
    # How many boxes are on the longest way from each on, and which is the next; of two, the first authored.
    long, best = [1] * len(ids), [-1] * len(ids)
    for n in range(len(ids) - 1, -1, -1):
        for head in after[n]:
            if long[head] >= long[n]:
                long[n], best[n] = long[head] + 1, head
    spine: dict[int, int] = {}
    frames = [tuple(ids)] if connected(diagram) else [group.boxes for group in diagram.groups]
    for boxes in frames:
        n = max((at[id_] for id_ in boxes if id_ in at), key=long.__getitem__, default=-1)
        while n >= 0:
            spine[n] = best[n]
            n = best[n]
    found = {}
    for n, heads in enumerate(after):
        for head in heads:
            if n in spine:
                # What is drawn beside the line stands near where it leaves it, not where it comes back.
                weight = _SPINE if spine[n] == head else 0 if head in spine else _OUT
            else:
                weight = 0 if head in spine or head != heads[0] else _BRANCH
            if weight:
                found[ids[n], ids[head]] = weight
    return found


def _after(diagram: Diagram, at: Mapping[str, int]) -> list[list[int]]:
    """Give the boxes after each that stand further on, in order, without the ends that stand side by side."""
    after: list[list[int]] = [[] for _ in at]
    for arrow in diagram.arrows:
        tail, head = at.get(arrow.tail, len(at)), at.get(arrow.head, -1)
        if tail < head:
            after[tail].append(head)
    for n, heads in enumerate(after):
        if len(heads) > 1:
            after[n] = sorted(head for head in heads if after[head] or head == n + 1)
    return after
