"""How each kind of box and arrow looks, whoever draws it. Kinds differ in shape: grey paper shows them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.draw.diagram import Kind, State

INK, LINE, FADED_INK, FADED_LINE, PAPER = "#1b2733", "#46535f", "#6f7780", "#b9c0c6", "#ffffff"
TEXT, WORDS, TITLE, FRAME, FOOT = 11.0, 10.0, 15.0, 13.0, 10.0
"""Type sizes in points: in boxes, on arrows, of the title, of frames, at the foot."""
TEXT_LEADING, WORDS_LEADING = 13.5, 12.0
LEAST = 8.0
"""No text is smaller than this on paper."""
SMALLEST = LEAST / min(TEXT, WORDS, FOOT)
"""By how much a drawing may be made smaller for that."""
FILLS: Mapping[Kind, str] = {
    "start": INK,
    "ask": PAPER,
    "measure": "#e3ecf3",
    "decide": "#f7f0dc",
    "tell": "#f2f2ee",
    "visit": "#e6efe6",
    "end": "#e0e3e7",
    "alert": "#f6ddd6",
    "more": PAPER,
    "factor": "#f7f0dc",
    "goal": PAPER,
    "intervention": "#f2f2ee",
    "modality": "#e6efe6",
}
MEANINGS: Mapping[Kind, str] = {
    "ask": "question",
    "measure": "measure",
    "decide": "branch",
    "tell": "to read",
    "visit": "another flowchart",
    "end": "end",
    "alert": "alert",
    "more": "goes on elsewhere",
    "factor": "factor",
    "goal": "goal",
    "intervention": "intervention",
    "modality": "treatment",
}
"""What the legend says of a shape."""
DRAWN_THICK = {"alert": 1.8}


class Look(NamedTuple):
    """The colours and the thickness of a box."""

    fill: str
    stroke: str
    ink: str
    thick: float


def look(kind: Kind, state: State, *, strong: bool) -> Look:
    """Give how a box looks, on a path, off it, or without one."""
    if state == "off":
        dark = kind == "start"
        return Look(FADED_LINE if dark else PAPER, FADED_LINE, INK if dark else FADED_INK, 0.8)
    thick = 3.0 if state == "on" else 2.2 if strong else DRAWN_THICK.get(kind, 1.0)
    return Look(FILLS[kind], INK if state == "on" else LINE, PAPER if kind == "start" else INK, thick)


def stroke(state: State) -> tuple[str, str, float]:
    """Give the colour of an arrow, of its words, and how thick it is."""
    if state == "off":
        return FADED_LINE, FADED_INK, 0.8
    return (INK, INK, 3.0) if state == "on" else (LINE, INK, 1.0)
