"""Ends near where the way ends: an end that many ways come to is drawn for each, not at the end of long lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import COPY

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Arrow, Box, Diagram

_MANY = 6
"""More ways than these to one end would cross the whole drawing."""


def near_ends(diagram: Diagram) -> Diagram:
    """Draw an end again for each way to it, where there are very many and nothing follows it."""
    ways = Counter(arrow.head for arrow in diagram.arrows)
    lasting = {arrow.tail for arrow in diagram.arrows}
    many = {
        box.id: box
        for box in diagram.boxes
        if box.kind == "end" and ways[box.id] > _MANY and box.id not in lasting
    }
    if not many:
        return diagram
    seen: Counter[str] = Counter()
    arrows: list[Arrow] = []
    copies: dict[str, list[Box]] = {}
    for arrow in diagram.arrows:
        end = many.get(arrow.head)
        if end is not None:
            seen[end.id] += 1
            if seen[end.id] > 1:
                copy = end._replace(id=f"{end.id}{COPY}{seen[end.id]}", state=arrow.state)
                copies.setdefault(arrow.tail, []).append(copy)
                arrow = arrow._replace(head=copy.id)  # noqa: PLW2901 -- the same arrow, to the copy
        arrows.append(arrow)
    boxes = [each for box in diagram.boxes for each in (box, *copies.get(box.id, ()))]
    groups = tuple(
        replace(group, boxes=tuple(id_ for own in group.boxes for id_ in (own, *_ids(copies, own))))
        for group in diagram.groups
    )
    return replace(diagram, boxes=tuple(boxes), arrows=tuple(arrows), groups=groups)


def _ids(copies: dict[str, list[Box]], id_: str) -> list[str]:
    return [box.id for box in copies.get(id_, ())]
