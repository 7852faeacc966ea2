"""What is drawn: boxes, arrows between them, and groups. Renderers know nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["start", "point", "ask", "measure", "decide", "tell", "visit", "end", "alert"]
State = Literal["plain", "on", "off"]
"""`on` the path that is laid over, `off` it, or `plain` where none is."""
Direction = Literal["TB", "LR"]


@dataclass(frozen=True, slots=True)
class Box:
    """One shape: a heading (its number), and paragraphs of text."""

    id: str
    kind: Kind
    heading: str = ""
    text: tuple[str, ...] = ()
    scale: tuple[str, str] | None = None
    """The ends of the scale of a measure."""
    strong: bool = False
    """Urgent, or the end of everything."""
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another, with the words on it."""

    tail: str
    head: str
    text: str = ""
    dashed: bool = False
    """A new round, or a jump to another flowchart."""
    side: bool = False
    """Leads to something beside the way on, so it must not lengthen it."""
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes within a frame."""

    id: str
    title: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing. Boxes that stand in no group stand outside all frames."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = field(default=())
    footer: str = ""
    direction: Direction = "TB"
