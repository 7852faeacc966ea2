"""A diagram cut into parts that fit a page at a size that can be read, so that few arrows are cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.outline import in_order
from goldenthread.print.connectors import Piece, piece
from goldenthread.print.drawing import SMALLEST, Drawing, drawn

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Diagram
    from goldenthread.print.paper import Sheet

_LARGEST = 0.95
"""No drawing is printed larger, in its own measure: its words would shout beside the text."""
_FULL = 0.6
"""How full a page is at least, for the sake of a better cut."""


class Laid(NamedTuple):
    """A part as it lies on its page."""

    piece: Piece
    drawing: Drawing
    factor: float
    turned: bool


def parted(diagram: Diagram, sheet: Sheet, *, first: float, above: float) -> list[Laid]:
    """Cut a diagram into parts, each laid out for a page of its own; `above` is what each needs besides, or `first`.

    The parts follow each other as the steps do. Where a step has more ways on than a page holds, they are told below
    the drawing. Raises LayoutError.
    """
    return _Parting(diagram, sheet, first, above).parts()


@dataclass
class _Parting:
    diagram: Diagram
    sheet: Sheet
    first: float
    above: float
    tried: dict[tuple[int, int], Laid | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        beside: dict[str, list[str]] = {}
        for arrow in self.diagram.arrows:
            if arrow.side:
                beside.setdefault(arrow.tail, []).append(arrow.head)
        aside = {id_ for ids in beside.values() for id_ in ids}
        entries = {box.id for box in self.diagram.boxes if "/" in box.id} - aside
        first = next((arrow.head for arrow in self.diagram.arrows if arrow.tail in entries), "")
        self.units: list[tuple[str, ...]] = []
        """What is never cut apart: a box with what stands beside it, the first one with the ways in."""
        for id_ in in_order(self.diagram):
            if id_ not in aside and id_ not in entries:
                ways_in = tuple(entries) if id_ == first else ()
                self.units.append((*sorted(ways_in), id_, *beside.get(id_, ())))
        place = {id_: n for n, ids in enumerate(self.units) for id_ in ids}
        self.steps = {(place[arrow.tail], place[arrow.head]) for arrow in self.diagram.arrows}

    def parts(self) -> list[Laid]:
        found, start, guess = [], 0, 8
        while start < len(self.units):
            end = self.cut(start, self.reach(start, guess))
            found.append(self.laid(start, end) or self.alone(start))
            start, guess = end, end - start
        return found

    def reach(self, start: int, guess: int) -> int:
        """Give how far a page holds what begins at a unit: at least that unit."""
        least, most = start + 1, len(self.units) + 1
        end = min(start + guess, len(self.units))
        while least < most - 1 or end == start + 1:
            if end > start + 1 and self.laid(start, end):
                least = end
            elif end > start + 1:
                most = end
            else:
                least = max(least, end)
            if least >= most - 1:
                break
            # At first in steps, as long as nothing was too much; then halving.
            grown = least + max(1, (least - start) // 3)
            end = min(grown, len(self.units)) if most > len(self.units) else (least + most) // 2
        return least

    def cut(self, start: int, end: int) -> int:
        """Give the end of a page: where the fewest steps are cut, late rather than early."""
        if end == len(self.units):
            return end
        least = start + max(1, ceil(_FULL * (end - start)))
        ends = sorted(range(least, end + 1), key=lambda at: (self.cuts(start, at), -at))
        return next((at for at in ends if at == end or self.laid(start, at)), end)

    def cuts(self, start: int, end: int) -> int:
        return sum((start <= tail < end) != (start <= head < end) for tail, head in self.steps)

    def laid(self, start: int, end: int) -> Laid | None:
        key = (start, end)
        if key not in self.tried:
            self.tried[key] = self.lay(
                piece(self.diagram, self.ids(start, end)),
                self.above if start else self.first,
                self.sheet.least / SMALLEST,
            )
        return self.tried[key]

    def ids(self, start: int, end: int) -> set[str]:
        return {id_ for ids in self.units[start:end] for id_ in ids}

    def alone(self, start: int) -> Laid:
        """Lay out one step with more about it than a page holds."""
        part = piece(self.diagram, self.ids(start, start + 1), told=True)
        laid = self.lay(part, self.above if start else self.first, 0)
        assert laid is not None  # noqa: S101 -- any factor will do
        return laid

    def lay(self, part: Piece, above: float, least: float) -> Laid | None:
        drawing = drawn(part.diagram)
        for turned in (False, True):
            wide, tall = self.sheet.room(turned=turned)
            factor = min(
                _LARGEST * self.sheet.least / 8, wide / drawing.width, (tall - above) / drawing.height
            )
            if factor >= least:
                return Laid(part, drawing, factor, turned)
        return None
