"""A flowchart with those that it visits drawn within it: the way goes into each and out of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import Arrow, Box, Group
from goldenthread.draw.views.names import named
from goldenthread.draw.views.parts import Parts
from goldenthread.graph import returning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.diagram import Diagram, State
    from goldenthread.model import Flowchart, Library, Node


def opened(
    library: Library, flowchart: Flowchart, frame: Diagram, depth: int, path: Sequence[str] = ()
) -> Diagram:
    """Draw a flowchart with its visits opened, that many levels deep.

    A flowchart is drawn once, at the first visit that comes to it; a later visit says where. So calls and returns
    stay matched: from its ends the way goes back to the visit that led into it, and to no other.
    """
    view = _Opened(library, flowchart, depth, path)
    return replace(frame, boxes=tuple(view.boxes), arrows=tuple(view.arrows), groups=tuple(view.groups))


class _Opened:
    def __init__(self, library: Library, root: Flowchart, depth: int, path: Sequence[str]) -> None:
        self.library, self.parts = library, Parts(library, path)
        self.back = returning(library)
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.groups: list[Group] = []
        self.at: dict[str, Node | None] = {root.id: None}
        """The visit at which each flowchart is opened; none for the whole."""
        self._choose(root, depth)
        self._draw(root)

    def _choose(self, root: Flowchart, depth: int) -> None:
        """Choose where to open what, level by level, so that each is opened as near to the whole as it can be."""
        level = [root]
        for _ in range(depth):
            below = []
            for flowchart in level:
                for node in flowchart.nodes.values():
                    if node.visit in self.library.flowcharts and node.visit not in self.at:
                        self.at[node.visit] = node
                        below.append(self.library.flowcharts[node.visit])
            if not below:
                return
            level = below

    def _draw(self, flowchart: Flowchart) -> None:
        visit = self.at[flowchart.id]
        entries, ways = self.parts.entries(flowchart, visited=visit is None)
        self.boxes += entries
        self.arrows += ways
        own = [box.id for box in entries]
        for node in flowchart.nodes.values():
            boxes = [self._box(node), *self.parts.alert_boxes(node)]
            self.boxes += boxes
            self.arrows += self.parts.alert_arrows(node)
            if node.visit and self.at.get(node.visit) is node:
                self._draw(self.library.flowcharts[node.visit])
                after = self._through(node)
                self.boxes += after
                boxes += after
            else:
                self.arrows += self.parts.ways(node)
            own += [box.id for box in boxes]
        if visit is not None:
            title = f"{visit.number} visits {named(flowchart)}"
            within = visit.flowchart if self.at[visit.flowchart] else ""
            self.groups.append(Group(flowchart.id, title, tuple(own), within))

    def _box(self, node: Node) -> Box:
        box = self.parts.box(node)
        at = self.at.get(node.visit) if node.visit else None
        if at is not None and at is not node:
            box = box._replace(text=(*box.text, f"drawn at {at.number or at.key}"))
        elif node.visit in self.at and at is None:
            box = box._replace(text=(*box.text, "the whole of this drawing"))
        return box

    def _through(self, node: Node) -> list[Box]:
        """Lead into the flowchart that a node visits, and from its ends on; give the box where ways part, if any."""
        visited, state = self.library.flowcharts[node.visit], self.parts.state
        start = f"{visited.id}.{visited.start}"
        if visited.start in visited.nodes:
            self.arrows.append(Arrow(node.key, start, state=state(node.key, start)))
        if visited.id not in self.back:
            return []
        ends = [end for end in visited.nodes.values() if end.verb == "end" and not end.stop]
        ways = self.parts.ways(node)
        if len(ways) == 1 and not ways[0].text:
            head = ways[0].head
            self.arrows += [Arrow(end.key, head, state=state(end.key, head)) for end in ends]
            return []
        after = Box(
            f"{node.key}/back", "more", text=(f"Back at {node.number or node.key}",), state=state(node.key)
        )
        own = {arrow.head: arrow.state for arrow in ways}
        came = [end for end in ends if any((end.key, head) in self.parts.steps for head in own)]
        for end in ends:
            on: State = "on" if end in came else "off" if self.parts.path else "plain"
            self.arrows.append(Arrow(end.key, after.id, state=on))
        self.arrows += [arrow._replace(tail=after.id) for arrow in ways]
        return [after]
