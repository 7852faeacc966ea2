"""Cards at their places with lines between them, as SVG for a page: for drawings whose order is fixed beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.letters import wrapped
from goldenthread.draw.looks import INK, LINE
from goldenthread.draw.page import box_id, nowhere
from goldenthread.draw.svg import FONTS, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldenthread.draw.page import Links

SIZE, LEADING, PAD = 13, 17, 9
_HEAD = 7
_FILLS: Mapping[str, str] = {
    "presenting": "#e0e3e7",
    "factor": "#f7f0dc",
    "goal": "#ffffff",
    "treatment": "#e6efe6",
    "measure": "#e3ecf3",
    "review": "#e0e3e7",
    "loose": "#ffffff",
    "plain": "#f2f2ee",
}
LOOSE = "Loose end"


@dataclass(frozen=True)
class Card:
    """A box with a heading, paragraphs, and loose ends marked in it. It is as tall as its words, or as `least`."""

    id: str
    kind: str
    x: float
    y: float
    width: float
    heading: str = ""
    text: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    least: float = 0
    dashed: bool = False

    @cached_property
    def lines(self) -> tuple[tuple[str, bool], ...]:
        """The lines, each with whether it is bold."""
        room = self.width - 2 * PAD
        parts = [(self.heading, True), *((text, False) for text in self.text)]
        parts += [(f"{LOOSE}: {end}", True) for end in self.loose]
        return tuple((line, bold) for text, bold in parts for line in wrapped(text, room, SIZE, bold=bold))

    @property
    def height(self) -> float:
        """How tall it is."""
        return max(self.least, 2 * PAD + LEADING * len(self.lines) - 3)

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2

    @property
    def foot(self) -> float:
        """Where it ends."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def name(self) -> str:
        """What is read out."""
        return " ".join((self.heading, *self.text, *(f"{LOOSE}: {end}." for end in self.loose))).strip()


class Wire(NamedTuple):
    """A line along points, with a head at its end."""

    points: tuple[tuple[float, float], ...]
    dashed: bool = False
    head: bool = True


class Words(NamedTuple):
    """Words that stand by themselves."""

    x: float
    y: float
    text: str
    bold: bool = True


class Frame(NamedTuple):
    """A frame around cards that belong together."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Board:
    """A drawing whose parts have their places. `about` says in words what it shows."""

    title: str
    about: str
    width: float
    height: float
    cards: tuple[Card, ...]
    wires: tuple[Wire, ...] = ()
    words: tuple[Words, ...] = ()
    frames: tuple[Frame, ...] = ()


def stacked(cards: Sequence[Card], gap: float) -> float:
    """Give how tall cards are that stand one below the other."""
    return sum(card.height for card in cards) + gap * max(0, len(cards) - 1)


def to_svg(board: Board, *, links: Links = nowhere, prefix: str = "box-") -> str:
    """Write a board as SVG. Without links it is one picture with its text alternative."""
    linked = any(links(card.id) for card in board.cards)
    role = "group" if linked else "img"
    names = f'aria-labelledby="{written(prefix)}title" aria-describedby="{written(prefix)}about"'
    frame = (
        f'width="{board.width:g}" height="{board.height:g}" viewBox="0 0 {board.width:g} {board.height:g}"'
    )
    look = f'font-family="{FONTS}" font-size="{SIZE}" fill="{INK}"'
    return "\n".join(
        [
            f'<svg class="drawing" role="{role}" {names} {frame} xmlns="http://www.w3.org/2000/svg" {look}>',
            f'<title id="{written(prefix)}title">{written(board.title)}</title>',
            f'<desc id="{written(prefix)}about">{written(board.about)}</desc>',
            f'<rect class="ground" width="{board.width:g}" height="{board.height:g}" fill="#ffffff"/>',
            *(_frame(each) for each in board.frames),
            *(part for wire in board.wires for part in _wire(wire)),
            *(_words(each) for each in board.words),
            *(part for card in board.cards for part in _card(card, links(card.id), prefix)),
            "</svg>\n",
        ]
    )


def _frame(frame: Frame) -> str:
    at = f'x="{frame.x:g}" y="{frame.y:g}" width="{frame.width:g}" height="{frame.height:g}"'
    return f'<rect class="frame" {at} rx="6" fill="none" stroke="#8a949d"/>'


def _words(words: Words) -> str:
    bold = ' font-weight="bold"' if words.bold else ""
    return f'<text x="{words.x:g}" y="{words.y:g}"{bold}>{written(words.text)}</text>'


def _wire(wire: Wire) -> Iterator[str]:
    points = " ".join(f"{x:g},{y:g}" for x, y in wire.points)
    dashed = ' stroke-dasharray="5 4"' if wire.dashed else ""
    yield f'<polyline class="edge" fill="none" stroke="{LINE}" stroke-width="1.3"{dashed} points="{points}"/>'
    if wire.head:
        (x0, y0), (x, y) = wire.points[-2:]
        along = ((x > x0) - (x < x0), (y > y0) - (y < y0))
        back = (x - _HEAD * along[0], y - _HEAD * along[1])
        side = (3.5 * along[1], 3.5 * along[0])
        corners = f"{x:g},{y:g} {back[0] + side[0]:g},{back[1] + side[1]:g} {back[0] - side[0]:g},{back[1] - side[1]:g}"
        yield f'<polygon class="edge" fill="{LINE}" points="{corners}"/>'


def _card(card: Card, address: str, prefix: str) -> Iterator[str]:
    loose = bool(card.loose)
    looks = " ".join(["node", card.kind, *(["loose"] if loose and card.kind != "loose" else [])])
    names = f'id="{written(box_id(prefix, card.id))}" class="{looks}" aria-label="{written(card.name)}"'
    yield f'<a {names} href="{written(address)}">' if address else f'<g {names} role="img">'
    at = f'x="{card.x:g}" y="{card.y:g}" width="{card.width:g}" height="{card.height:g}"'
    line = f'stroke="{INK}" stroke-width="2" stroke-dasharray="6 4"' if loose else f'stroke="{LINE}"'
    if card.dashed and not loose:
        line += ' stroke-dasharray="3 3"'
    yield f'<rect {at} rx="4" fill="{_FILLS.get(card.kind, "#ffffff")}" {line}/>'
    top = card.y + PAD + SIZE - 2
    if card.least:
        top += (card.height - (2 * PAD + LEADING * len(card.lines) - 3)) / 2
    for n, (text, bold) in enumerate(card.lines):
        weight = ' font-weight="bold"' if bold else ""
        yield f'<text x="{card.x + PAD:g}" y="{top + n * LEADING:g}"{weight}>{written(text)}</text>'
    yield "</a>" if address else "</g>"
