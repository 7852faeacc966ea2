"""Off-page connectors: what stands on a page for the boxes that are drawn on another, and the lines that lead there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.diagram import Arrow, Box, Diagram
from goldenthread.draw.wording import lines
from goldenthread.print.content import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

FROM, TO = "from/", "to/"
"""How the ids of connectors begin."""
_WIDTH = 26
_LONGEST = 48
_ON = " on page 000"


class Lead(NamedTuple):
    """A line of a box that leads to another page: to a box, or to a flowchart by its id.

    `line` is how it is laid out, with room for the number of the page; `words` stand before that number. Without
    `numbered` the line is the words alone.
    """

    box: str
    line: str
    words: str
    to: str
    numbered: bool = True


class Piece(NamedTuple):
    """A part of a diagram for one page, with its connectors."""

    diagram: Diagram
    leads: tuple[Lead, ...] = ()
    ways: tuple[Arrow, ...] = ()
    """The ways to and from other pages, and to alerts, that are told below the drawing."""
    whole: str = ""
    """The whole text of a box of which the drawing shows the beginning."""


def name(box: Box) -> str:
    """Give what a box is called elsewhere: its number, or its words, not too long."""
    number = box.heading.partition(" ")[0]
    if number and box.kind != "alert":
        return number
    words = " ".join(box.text) or box.kind
    return f"“{shortened(words, _LONGEST)}”"


def lead(box: str, before: str, to: str) -> tuple[Lead, ...]:
    """Give the lines `to 3.7 on page 12`; a long name takes lines of its own."""
    broken = lines(before, _WIDTH) if before else [""]
    *first, last = broken if len(broken[-1]) <= _WIDTH - len(_ON) else [*broken, ""]
    leads = [Lead(box, line, line, to, numbered=False) for line in first]
    return (*leads, Lead(box, f"{last}{_ON}".strip(), last, to))


def unpaged(line: str) -> str:
    """Give a line of a connector without the room that it keeps for the number of a page."""
    return line.removesuffix(_ON.strip()).rstrip()


def piece(diagram: Diagram, ids: Collection[str]) -> Piece:
    """Give some boxes of a diagram, with connectors for every arrow that is cut."""
    boxes = {box.id: box for box in diagram.boxes}
    made: dict[str, Box] = {}
    leads: list[Lead] = []
    arrows = []
    sources: dict[str, list[Box]] = {}
    for arrow in diagram.arrows:
        inside = (arrow.tail in ids, arrow.head in ids)
        if all(inside):
            arrows.append(arrow)
        elif inside[0]:
            id_ = f"{TO}{arrow.tail}/{arrow.head}"
            if id_ not in made:
                own = lead(id_, f"to {name(boxes[arrow.head])}", arrow.head)
                made[id_] = _connector(id_, own)
                leads += own
            arrows.append(arrow._replace(head=id_))
        elif inside[1]:
            sources.setdefault(arrow.head, []).append(boxes[arrow.tail])
    for head, tails in sources.items():
        id_ = f"{FROM}{head}"
        own = tuple(_from(id_, tails))
        made[id_] = _connector(id_, own)
        leads += own
        arrows.append(Arrow(id_, head))
    first = [box for box in made.values() if box.id.startswith(FROM)]
    rest = [box for box in made.values() if box.id.startswith(TO)]
    chosen = [box for box in diagram.boxes if box.id in ids]
    part = replace(diagram, boxes=(*first, *chosen, *rest), arrows=tuple(arrows), groups=())
    return Piece(part, tuple(leads))


def told(diagram: Diagram, ids: Collection[str], longest: int = 0) -> Piece:
    """Give some boxes alone: their ways to and from all others are told below them.

    Texts that are longer than `longest`, if it is given, are told below too, and only begun in the drawing.
    """
    chosen = [box for box in diagram.boxes if box.id in ids]
    inside = tuple(arrow for arrow in diagram.arrows if arrow.tail in ids and arrow.head in ids)
    ways = tuple(arrow for arrow in diagram.arrows if (arrow.tail in ids) != (arrow.head in ids))
    whole = ""
    if longest:
        whole = " ".join(text for box in chosen for text in box.text)
        chosen = [box._replace(text=tuple(shortened(text, longest) for text in box.text)) for box in chosen]
    return Piece(replace(diagram, boxes=tuple(chosen), arrows=inside, groups=()), (), ways, whole)


def _from(id_: str, tails: Sequence[Box]) -> Iterator[Lead]:
    for tail in tails:
        yield from lead(id_, f"from {name(tail)}", tail.id)


def _connector(id_: str, own: Sequence[Lead]) -> Box:
    return Box(id_, "more", text=tuple(line.line for line in own))
