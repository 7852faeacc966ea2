"""What is drawn: boxes, arrows between them, and groups. Renderers know nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Kind = Literal[
    "start",
    "ask",
    "measure",
    "decide",
    "tell",
    "visit",
    "end",
    "alert",
    "more",
    "factor",
    "goal",
    "intervention",
    "modality",
]
"""What a box stands for: a verb, a way in (`start`), something beside the way (`alert`), a place elsewhere that an
arrow comes from or leads to (`more`), or an entry of the bank."""
State = Literal["plain", "on", "off"]
"""`on` the path that is laid over, `off` it, or `plain` where none is."""
Direction = Literal["TB", "LR"]
NEW_ROUND, VISITS, BACK = "new round", "visits", "back from"
"""What arrows say that are no condition."""
COPY = "/copy/"
"""Stands in the id of a box that is drawn again, after the id of the first."""


class Box(NamedTuple):
    """One shape: a heading (its number), and paragraphs of text."""

    id: str
    kind: Kind
    heading: str = ""
    text: tuple[str, ...] = ()
    strong: bool = False
    """Urgent, the end of everything, or what a drawing is about."""
    state: State = "plain"


class Arrow(NamedTuple):
    """A way from one box to another, with the words on it."""

    tail: str
    head: str
    text: str = ""
    dashed: bool = False
    """Begins a new round, or is opened by an alert."""
    side: bool = False
    """Leads to something beside the way on, so it must not lengthen it."""
    state: State = "plain"
    rows: int = 1
    """How many rows further on it leads, at least."""


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes within a frame. `boxes` are its own, not those of frames within it."""

    id: str
    title: str
    boxes: tuple[str, ...]
    within: str = ""
    """The id of the group that this one stands in."""
    column: int = 0
    """Whether it stands in the first of two columns, or in the second (1); all in the first where there is one."""
    spine: tuple[str, ...] = ()
    """Where there are two, the boxes that follow each other down the column; the others hang below them."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing. Boxes that stand in no group stand outside all frames."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = field(default=())
    footer: str = ""
    direction: Direction = "TB"
    numbers: bool = False
    """Whether the words on arrows begin with the number of a visit, and are no conditions."""
    line: bool = True
    """Whether boxes that follow each other are a way to be drawn straight, or merely stand in a row."""


def connected(diagram: Diagram) -> bool:
    """Say whether it is one piece: without frames, or with arrows across them or boxes outside."""
    if not diagram.groups:
        return True
    at = {id_: group.id for group in diagram.groups for id_ in group.boxes}
    crossing = any(at.get(arrow.tail) != at.get(arrow.head) for arrow in diagram.arrows)
    nested = any(group.within for group in diagram.groups)
    return crossing or nested or any(box.id not in at for box in diagram.boxes)


def split(diagram: Diagram) -> list[Diagram]:
    """Give a diagram for each group; the diagram itself where it is one piece."""
    if connected(diagram):
        return [diagram]
    at = {id_: group.id for group in diagram.groups for id_ in group.boxes}
    return [
        replace(
            diagram,
            title=group.title,
            boxes=tuple(box for box in diagram.boxes if at[box.id] == group.id),
            arrows=tuple(arrow for arrow in diagram.arrows if at[arrow.tail] == group.id),
            groups=(),
        )
        for group in diagram.groups
    ]
