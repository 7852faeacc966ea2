"""The statements of DOT, the language of Graphviz, whoever writes boxes and arrows in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from goldenthread.draw.spine import weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Group

_MANY = 600
_QUICK = "nslimit=0.5 nslimit1=0.5 mclimit=0.3 splines=polyline"
"""Limits to the search for the best places: without them a thousand boxes with many branches take half a minute."""


class Writer(ABC):
    """Writes a diagram: its frames, what stands beside what, and how straight each way is to be."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self._beside: dict[str, list[str]] = {}
        for arrow in diagram.arrows:
            if arrow.side:
                self._beside.setdefault(arrow.tail, []).append(arrow.head)
        self._place = {box.id: n for n, box in enumerate(diagram.boxes)}

    @abstractmethod
    def name(self, id_: str) -> str:
        """Give the name of a box."""

    @abstractmethod
    def head(self) -> str:
        """Write what all boxes and arrows share."""

    @abstractmethod
    def node(self, n: int, box: Box) -> str:
        """Write a box."""

    @abstractmethod
    def edge(self, n: int, arrow: Arrow, look: str) -> str:
        """Write an arrow; `look` says how straight it is to be."""

    @abstractmethod
    def frame(self, n: int, group: Group) -> str:
        """Write the title of a frame, and its looks."""

    def foot(self) -> str:
        """Write what comes last."""
        return ""

    def text(self) -> str:
        """Write all of it."""
        return "".join(self._statements())

    def _statements(self) -> Iterator[str]:
        diagram = self.diagram
        yield "digraph drawing {\n"
        quick = _QUICK if len(diagram.boxes) > _MANY else ""
        yield f"\tgraph [rankdir={diagram.direction} nodesep=0.35 ranksep=0.32 {quick}]\n"
        yield self.head()
        grouped = {id_ for group in diagram.groups for id_ in group.boxes}
        for n, group in enumerate(diagram.groups):
            if not group.within:
                yield from self._frame(n, group)
        yield from self._nodes([box.id for box in diagram.boxes if box.id not in grouped])
        straight = weights(diagram) if diagram.line else {}
        for n, arrow in enumerate(diagram.arrows):
            weight = straight.get((arrow.tail, arrow.head), 1 if diagram.line or arrow.dashed else 3)
            way = f" weight={weight}" if weight > 1 else ""
            if arrow.rows > 1:
                way += f" minlen={arrow.rows}"
            yield self.edge(n, arrow, " arrowhead=open constraint=false" if arrow.side else way)
        yield self.foot()
        yield "}\n"

    def _frame(self, n: int, group: Group) -> Iterator[str]:
        yield f"\tsubgraph cluster_g{n} {{\n"
        yield self.frame(n, group)
        yield from self._nodes(group.boxes)
        for inner, other in enumerate(self.diagram.groups):
            if other.within == group.id:
                yield from self._frame(inner, other)
        yield "\t}\n"

    def _nodes(self, ids: tuple[str, ...] | list[str]) -> Iterator[str]:
        boxes, place = self.diagram.boxes, self._place
        for id_ in ids:
            yield self.node(place[id_], boxes[place[id_]])
        for id_ in ids if self._beside else ():
            if id_ in self._beside:
                # A frame that is not seen keeps them together, so that no other arrow comes between.
                names = " ".join(map(self.name, (id_, *self._beside[id_])))
                yield f'\tsubgraph cluster_b{place[id_]} {{ peripheries=0 margin=0 label="" {{rank=same {names}}} }}\n'
