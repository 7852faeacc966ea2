"""The neighbourhood of a node: what can come so many steps before it, and so many after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import BACK, VISITS, Arrow, Box, Group
from goldenthread.draw.views.names import named, numbered
from goldenthread.draw.views.parts import Parts
from goldenthread.graph import returning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.draw.diagram import Diagram, State
    from goldenthread.model import Library, Node


def around(library: Library, node: Node, frame: Diagram, steps: int, path: Sequence[str] = ()) -> Diagram:
    """Draw a node with what is at most so many steps before and after it, in its flowchart and in those beside it.

    A visit leads into the flowchart that it visits, and past it; an end leads back to what follows the visit. Where
    the drawing stops and the way does not, a box says where it comes from or goes on to.
    """
    view = _Around(library, Parts(library, path))
    return view.diagram(node, frame, view.near(node, steps))


class _Around:
    def __init__(self, library: Library, parts: Parts) -> None:
        self.library, self.parts = library, parts
        self.out: dict[str, list[Arrow]] = {node.key: parts.ways(node) for node in library.nodes()}
        back = returning(library)
        for node in library.nodes():
            visited = library.flowcharts.get(node.visit)
            if visited is None:
                continue
            after = list(self.out[node.key])
            start = parts.start(visited.id)
            if visited.start in visited.nodes:
                self.out[node.key].append(Arrow(node.key, start, VISITS, state=parts.state(node.key, start)))
            if visited.id in back:
                for end in visited.nodes.values():
                    if end.verb == "end" and not end.stop:
                        self.out[end.key] += [self._returned(end, node, way) for way in after]
        self.into: dict[str, list[Arrow]] = {}
        for ways in self.out.values():
            for way in ways:
                self.into.setdefault(way.head, []).append(way)

    def _returned(self, end: Node, visit: Node, way: Arrow) -> Arrow:
        said = f"{BACK} {numbered(visit)}" + (f": {way.text}" if way.text else "")
        return way._replace(tail=end.key, text=said, state=self.parts.state(end.key, way.head))

    def near(self, node: Node, steps: int) -> dict[str, None]:
        """Give the full names of what is near, as authored."""
        found = {node.key}
        for onward in (True, False):
            ways, level = self.out if onward else self.into, {node.key}
            for _ in range(steps):
                level = {
                    way.head if onward else way.tail for key in level for way in ways.get(key, ())
                } - found
                found |= level
        return {each.key: None for each in self.library.nodes() if each.key in found}

    def diagram(self, node: Node, frame: Diagram, near: Mapping[str, None]) -> Diagram:
        parts = self.parts
        boxes: list[Box] = []
        arrows: list[Arrow] = []
        groups: list[Group] = []
        for id_ in dict.fromkeys(key.partition(".")[0] for key in near):
            flowchart = self.library.flowcharts[id_]
            nodes = [each for each in flowchart.nodes.values() if each.key in near]
            own: list[Box] = []
            if parts.start(id_) in near:
                inside = any(way.tail in near for way in self.into.get(parts.start(id_), ()))
                own, ways = parts.entries(flowchart, visited=not inside)
                arrows += ways
            for each in nodes:
                more, ways = self._cut(each, near)
                own += [*more, parts.box(each), *parts.alert_boxes(each)]
                arrows += [*ways, *parts.alert_arrows(each)]
            boxes += [box._replace(strong=True) if box.id == node.key else box for box in own]
            groups.append(Group(id_, named(flowchart), tuple(box.id for box in own)))
        arrows += [way for key in near for way in self.out[key] if way.head in near]
        return replace(
            frame, boxes=tuple(boxes), arrows=tuple(arrows), groups=tuple(groups) if len(groups) > 1 else ()
        )

    def _cut(self, node: Node, near: Mapping[str, None]) -> tuple[list[Box], list[Arrow]]:
        """Give boxes for where a node is come to from, and goes on to, outside of the drawing."""
        key = node.key
        boxes, arrows = [], []
        before = [way for way in self.into.get(key, ()) if way.tail not in near]
        if before and node.id != self.library.flowcharts[node.flowchart].start:
            names = self._names(way.tail for way in before)
            box = Box(f"{key}/from", "more", text=(f"From {names}",), state=_joint(before))
            boxes.append(box)
            arrows.append(Arrow(box.id, key, state=box.state))
        for n, way in enumerate(way for way in self.out[key] if way.head not in near):
            box = Box(f"{key}/to/{n}", "more", text=(f"To {self._names([way.head])}",), state=way.state)
            boxes.append(box)
            arrows.append(way._replace(head=box.id, dashed=False))
        return boxes, arrows

    def _names(self, keys: Iterable[str]) -> str:
        nodes = [self.library.node(key) for key in dict.fromkeys(keys)]
        names = [numbered(node) for node in nodes if node is not None]
        return ", ".join(names)


def _joint(ways: Sequence[Arrow]) -> State:
    """Give how several arrows look as one."""
    return "on" if any(way.state == "on" for way in ways) else ways[0].state
