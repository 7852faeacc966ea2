"""Flowcharts as they are walked: one, or several side by side, each within its own frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import Group
from goldenthread.draw.views.names import named
from goldenthread.draw.views.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.diagram import Diagram
    from goldenthread.model import Flowchart, Library


def flowcharts(
    library: Library, chosen: Sequence[Flowchart], frame: Diagram, path: Sequence[str] = ()
) -> Diagram:
    """Draw flowcharts, apart from each other."""
    parts = Parts(library, path)
    boxes, arrows, groups = [], [], []
    for flowchart in chosen:
        nodes = flowchart.nodes.values()
        entries, ways = parts.entries(flowchart)
        own = [*entries, *parts.boxes(nodes)]
        boxes += own
        arrows += [*ways, *parts.arrows(nodes)]
        groups.append(Group(flowchart.id, named(flowchart), tuple(box.id for box in own)))
    return replace(
        frame, boxes=tuple(boxes), arrows=tuple(arrows), groups=tuple(groups) if len(groups) > 1 else ()
    )
