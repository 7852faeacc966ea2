"""Only the routes that reach a node: what leads there, flowchart by flowchart, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import Arrow, Group
from goldenthread.draw.views.names import named
from goldenthread.draw.views.parts import Parts
from goldenthread.graph import leading_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.diagram import Box, Diagram
    from goldenthread.model import Library, Node


def routes(library: Library, node: Node, frame: Diagram, path: Sequence[str] = ()) -> Diagram:
    """Draw the routes to a node within one round.

    A visit that a route enters leads into the flowchart that it visits; one that it passes over is a box. Where an
    alert or the clinician's hand opens a flowchart, that is said at its beginning.
    """
    found = leading_to(library, node.key)
    parts = Parts(library, path)
    calls = [visit for visit in library.nodes() if visit.key in found.calls]
    called = {visit.visit for visit in calls}
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    groups: list[Group] = []
    # A node that no route reaches stands alone.
    shown = found.nodes or {node.key}
    for id_ in found.flowcharts or (node.flowchart,):
        flowchart = library.flowcharts[id_]
        nodes = [step for step in flowchart.nodes.values() if step.key in shown]
        own = parts.boxes(nodes, alerts=False)
        if parts.start(id_) in shown:
            entries, ways = parts.entries(flowchart, visited=id_ not in called)
            own = [*entries, *own]
            arrows += ways
        arrows += [way for step in nodes for way in parts.ways(step) if (way.tail, way.head) in found.steps]
        boxes += [box._replace(strong=True) if box.id == node.key else box for box in own]
        groups.append(Group(id_, named(flowchart), tuple(box.id for box in own)))
    for visit in calls:
        start = parts.start(visit.visit)
        arrows.append(Arrow(visit.key, start, state=parts.state(visit.key, start)))
    return replace(
        frame, boxes=tuple(boxes), arrows=tuple(arrows), groups=tuple(groups) if len(groups) > 1 else ()
    )
