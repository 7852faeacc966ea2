"""The phases on one page: the way that the root flowchart leads through them, each with its flowcharts and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box, Diagram
from goldenthread.draw.views.names import named
from goldenthread.model import PHASES
from goldenthread.print.chart import Chart, laid
from goldenthread.print.connectors import lead
from goldenthread.print.lettering import lettered_text
from goldenthread.session.question import PHASE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.model import Flowchart, Library, Node
    from goldenthread.print.connectors import Lead
    from goldenthread.print.paper import Sheet

ID = "phases"
PURPOSE = "Each box is a phase of the work, with the flowcharts that belong to it."


def phases(library: Library, sheet: Sheet, chosen: Sequence[Flowchart]) -> Chart:
    """Lay the phases out, with the pages of the flowcharts that are printed."""
    leads: list[Lead] = []
    boxes = tuple(_boxes(chosen, leads))
    there = {box.id for box in boxes}
    arrows = tuple(arrow for arrow in _arrows(library) if {arrow.tail, arrow.head} <= there)
    diagram = Diagram("The phases", boxes, arrows)
    return laid(diagram, ID, PURPOSE, tuple(leads), sheet)


def across(library: Library) -> Diagram:
    """Give the phases from left to right, each with its flowcharts, to be projected."""
    boxes = []
    for phase in PHASES:
        own = [named(flowchart) for flowchart in library.flowcharts.values() if flowchart.phase == phase]
        if own:
            boxes.append(Box(f"phase:{phase}", "visit", PHASE_NAMES[phase], tuple(own)))
    there = {box.id for box in boxes}
    arrows = tuple(arrow for arrow in _arrows(library) if {arrow.tail, arrow.head} <= there)
    return Diagram("The phases", tuple(boxes), arrows, direction="LR")


def _boxes(chosen: Sequence[Flowchart], leads: list[Lead]) -> Iterator[Box]:
    for phase in PHASES:
        own = [flowchart for flowchart in chosen if flowchart.phase == phase]
        lines = [
            line
            for flowchart in own
            for line in lead(f"phase:{phase}", lettered_text(named(flowchart)), flowchart.id)
        ]
        leads += lines
        if lines:
            yield Box(f"phase:{phase}", "visit", PHASE_NAMES[phase], tuple(line.line for line in lines))


def _arrows(library: Library) -> Iterator[Arrow]:
    """Give the steps from phase to phase that the root flowcharts take, and those that alerts take."""
    steps: dict[tuple[str, str, bool], None] = {}
    for flowchart in library.flowcharts.values():
        for node in flowchart.nodes.values() if flowchart.root else ():
            for next_, again in _next_visits(flowchart, node, set()):
                ends = (_phase(library, node), _phase(library, next_))
                if all(ends) and ends[0] != ends[1]:
                    steps[*ends, again] = None
    for tail, head, again in steps:
        yield Arrow(tail, head, NEW_ROUND if again else "", dashed=again)


def _phase(library: Library, node: Node) -> str:
    visited = library.flowcharts.get(node.visit)
    return f"phase:{visited.phase}" if visited else ""


def _next_visits(
    flowchart: Flowchart, node: Node, seen: set[tuple[str, bool]]
) -> Iterator[tuple[Node, bool]]:
    """Give the visits that come next after a node, whatever is asked between, and whether in a new round."""
    for edge in node.edges:
        head = flowchart.nodes.get(edge.go)
        if head is None or (head.id, edge.again) in seen:
            continue
        seen.add((head.id, edge.again))
        if head.visit:
            yield head, edge.again
        else:
            yield from ((later, again or edge.again) for later, again in _next_visits(flowchart, head, seen))
