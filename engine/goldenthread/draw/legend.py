"""The legend of a drawing: a row, or rows, of the shapes and arrows that it has, and of no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box
from goldenthread.draw.letters import width
from goldenthread.draw.looks import MEANINGS, WORDS
from goldenthread.draw.placed import Placed, PlacedArrow, PlacedBox
from goldenthread.draw.sizes import sized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.diagram import Diagram

_GAP, _BETWEEN, _ARROW, _HEAD, _ROW = 16.0, 8.0, 44.0, 7.0, 40.0
_EDGE = 1.0
"""Room for half of a box's line, which lies outside the box."""


def legend(diagram: Diagram) -> tuple[list[Box], list[Arrow]]:
    """Give a box for each kind, and an arrow for each, that are in a diagram; the arrows go from nowhere to nowhere."""
    kinds = {box.kind for box in diagram.boxes}
    boxes = [Box(f"legend/{kind}", kind, text=(word,)) for kind, word in MEANINGS.items() if kind in kinds]
    return boxes, list(_arrows(diagram))


def _arrows(diagram: Diagram) -> Iterator[Arrow]:
    arrows = diagram.arrows
    if any(arrow.text and not arrow.dashed for arrow in arrows):
        yield Arrow("", "", "visited at this number" if diagram.numbers else "if this is so")
    if any(arrow.dashed and NEW_ROUND in arrow.text for arrow in arrows):
        yield Arrow("", "", NEW_ROUND, dashed=True)
    if any(arrow.dashed and NEW_ROUND not in arrow.text for arrow in arrows):
        yield Arrow("", "", "opened by an alert", dashed=True)
    if any(arrow.state == "on" for arrow in arrows) or any(box.state == "on" for box in diagram.boxes):
        yield Arrow("", "", "the path of this case", state="on")


def place_legend(diagram: Diagram, wide: float) -> Placed:
    """Set the legend in rows no wider than that, where its widest part lets it."""
    boxes, arrows = legend(diagram)
    x, y = _EDGE, 0.0
    most = 0.0
    placed_boxes, placed_arrows = [], []
    for box in boxes:
        size = sized(box)
        if x > _EDGE and x + size.width > wide:
            x, y = _EDGE, y + _ROW
        placed_boxes.append(PlacedBox(box, x + size.width / 2, y + _ROW / 2, *size))
        x += size.width + _GAP
        most = max(most, x - _GAP + _EDGE)
    for arrow in arrows:
        long = _ARROW + _BETWEEN + width(arrow.text, WORDS)
        if x > _EDGE and x + long > wide:
            x, y = _EDGE, y + _ROW
        placed_arrows.append(_arrow(arrow, x, y + _ROW / 2))
        x += long + _GAP
        most = max(most, x - _GAP + _EDGE)
    height = y + _ROW if boxes or arrows else 0.0
    return Placed("Legend", most, height, tuple(placed_boxes), tuple(placed_arrows))


def _arrow(arrow: Arrow, x: float, y: float) -> PlacedArrow:
    end = x + _ARROW - _HEAD
    words = x + _ARROW + _BETWEEN + width(arrow.text, WORDS) / 2
    return PlacedArrow(arrow, ((x, y), (x, y), (end, y), (end, y)), (x + _ARROW, y), words, y, (arrow.text,))
