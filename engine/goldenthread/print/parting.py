"""A diagram cut into parts that fit a page at a size that can be read, so that few arrows are cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.layout import LayoutError
from goldenthread.draw.outline import in_order
from goldenthread.print.connectors import Piece, piece, told
from goldenthread.print.drawing import SMALLEST, Drawing, drawn

if TYPE_CHECKING:
    from goldenthread.draw.diagram import Diagram
    from goldenthread.print.paper import Sheet

_LARGEST = 1.2
"""How many times larger than at the least a drawing may be: more would shout beside the text."""
_FULL = 0.6
"""How much of what a page can hold it holds at least, for the sake of a better cut."""
_TALL = 0.5
"""How much of its height is taken then."""


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
        entries = {box.id for box in self.diagram.boxes if "/" in box.id} - aside - beside.keys()
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
        most = len(self.units)
        good, bad, stride = start + 1, most + 1, max(1, guess - 1)
        while good < most:
            end = min(good + stride, most)
            if self.laid(start, end) is None:
                bad = end
                break
            good, stride = end, max(1, guess // 3)
        while bad - good > 1 and bad <= most:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if self.laid(start, middle) else (good, middle)
        return good

    def cut(self, start: int, end: int) -> int:
        """Give the end of a page: where the fewest steps are cut, late rather than early."""
        if end == len(self.units):
            return end
        least = start + max(1, ceil(_FULL * (end - start)))
        ends = sorted(range(least, end + 1), key=lambda at: (self.cuts(start, at), -at))
        return next((at for at in ends if at == end or self.fills(self.laid(start, at))), end)

    def fills(self, laid: Laid | None) -> bool:
        """Say whether a part takes enough of the height of its page."""
        if laid is None:
            return False
        return laid.factor * laid.drawing.height >= _TALL * self.sheet.room(turned=laid.turned)[1]

    def cuts(self, start: int, end: int) -> int:
        return sum((start <= tail < end) != (start <= head < end) for tail, head in self.steps)

    def laid(self, start: int, end: int) -> Laid | None:
        key = (start, end)
        if key not in self.tried:
            self.tried[key] = self.lay(piece(self.diagram, self.ids(start, end)), start)
        return self.tried[key]

    def ids(self, start: int, end: int) -> set[str]:
        return {id_ for ids in self.units[start:end] for id_ in ids}

    def alone(self, start: int) -> Laid:
        """Lay out one step with more about it than a page holds: what is beside it, then all but it, is told below."""
        ids = self.ids(start, start + 1)
        aside = {arrow.head for arrow in self.diagram.arrows if arrow.side}
        bare = {id_ for id_ in ids if id_ not in aside}
        tries = [(ids, 0), (bare, 0), *((bare, longest) for longest in (600, 200, 60, 20))]
        for own, longest in tries:
            laid = self.lay(told(self.diagram, own, longest), start)
            if laid is not None:
                return laid
        raise LayoutError("the paper is too small for a step of this flowchart: take a larger one")

    def lay(self, part: Piece, start: int) -> Laid | None:
        """Lay a part out, upright if it can be; nothing where its words would be too small."""
        drawing = drawn(part.diagram)
        above = self.above if start else self.first
        least = self.sheet.least / SMALLEST
        for turned in self.sheet.turns:
            wide, tall = self.sheet.room(turned=turned)
            factor = min(_LARGEST * least, wide / drawing.width, (tall - above) / drawing.height)
            if factor >= least:
                return Laid(part, drawing, factor, turned)
        return None
