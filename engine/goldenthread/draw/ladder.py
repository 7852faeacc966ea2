"""A drawing as two ladders side by side: its way goes down both, frame by frame, and what each step has hangs below it.

It takes far less paper than what is laid out freely, and the eye finds the way at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.draw.lanes import CLEAR, HEAD, lanes_of, led, turned
from goldenthread.draw.letters import width
from goldenthread.draw.looks import FRAME, WORDS, WORDS_LEADING
from goldenthread.draw.place import MARGIN
from goldenthread.draw.placed import Placed, PlacedArrow, PlacedBox, PlacedFrame, together
from goldenthread.draw.sizes import sized
from goldenthread.draw.wording import arrow_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.draw.diagram import Arrow, Diagram, Group

_PAD, _TITLE = 8.0, 17.0
"""Within a frame: around what is in it, and how tall a line of its title is."""
_GAP, _HUNG = 21.0, 5.0
"""Between one step and the next, and between what hangs below one."""
_SPINE, _TRUNK, _OUT = 12.0, 26.0, 22.0
"""From the left of a step: the line to the next, the line to what hangs below, and from there how far that is out."""
_LEFT = MARGIN + _PAD
_ON_BRANCH = 8
"""How many letters there are about to a line of the words on what hangs."""


def ladder(diagram: Diagram) -> Placed | None:
    """Lay a diagram out in columns, as its groups say; None where an arrow would run through a box."""
    columns = [_Column(diagram, number, _Column(diagram, number).wide) for number in (0, 1)]
    own = columns[0].own | columns[1].own
    lanes = lanes_of(arrow for n, arrow in enumerate(diagram.arrows) if n not in own)
    left, right = (column.placed() for column in columns)
    # The margins between the columns are room for lanes, too.
    x = left.width - MARGIN / 2
    beyond = max(left.width, x + sum(lane.wide for lane in lanes) - MARGIN / 2)
    whole = together(diagram.title, [left, right], [(0, 0), (beyond, 0)])
    return led(whole, lanes, columns[0].at.keys(), x)


@dataclass
class _Column:
    """One ladder, built from its top down."""

    diagram: Diagram
    number: int
    room: float = 0.0
    """How wide its frames are; a title that has room beside the first step stands there."""
    y: float = MARGIN
    at: dict[str, PlacedBox] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    """The places of the arrows that are drawn within it."""
    arrows: list[PlacedArrow] = field(default_factory=list)
    framed: list[tuple[Group, float, float]] = field(default_factory=list)
    before: str = ""
    """The step before."""

    def __post_init__(self) -> None:
        diagram = self.diagram
        self.boxes = {box.id: box for box in diagram.boxes}
        inside = {id_ for group in diagram.groups for id_ in group.boxes}
        for id_ in () if self.number else (id_ for id_ in self.boxes if id_ not in inside):
            self.step(id_, {}, above=0)
        for group in diagram.groups:
            if group.column == self.number:
                self.frame(group)

    def frame(self, group: Group) -> None:
        """Set a frame with the steps in it."""
        below = _hung(group, self.diagram.arrows)
        beside = sized(self.boxes[group.spine[0]]).width + _title_wide(group) + 3 * _PAD
        head = _PAD if beside <= self.room else _PAD / 2 + _TITLE * len(_titles(group))
        start = self.y
        for n, id_ in enumerate(group.spine):
            self.step(id_, below, above=0 if n else head)
            if not n:
                first = self.at[id_]
                start = first.y - first.height / 2 - head
        self.y += _PAD
        self.framed.append((group, start, self.y))

    def step(self, id_: str, below: dict[str, list[str]], *, above: float) -> None:
        """Set a step below the one before, with the line between; `above` is what stands above it in its frame."""
        arrow = self._arrow(self.before, id_)
        said = tuple(arrow_lines(arrow)) if arrow else ()
        if self.at:
            start = self.y
            gap = max(_GAP, len(said) * WORDS_LEADING + 2 * CLEAR)
            self.y += gap
            if arrow:
                middle = start + gap / 2 - (len(said) - 1) / 2 * WORDS_LEADING
                self._straight(arrow, self.y + above, middle, said)
        self.y += above
        self.tree(id_, _LEFT, below)
        self.before = id_

    def _straight(self, arrow: Arrow, end: float, middle: float, said: tuple[str, ...]) -> None:
        tail = self.at[arrow.tail]
        x, start = _LEFT + _SPINE, tail.y + tail.height / 2
        points = turned([(x, start), (x, end - HEAD)])
        across = x + CLEAR + _widest(said) / 2
        self.arrows.append(PlacedArrow(arrow, points, (x, end), across, middle, said))

    def tree(self, id_: str, x: float, below: dict[str, list[str]]) -> None:
        """Set a box with its left side at `x`, and what hangs below it."""
        size = sized(self.boxes[id_])
        middle = self.y + size.height / 2
        self.at[id_] = PlacedBox(self.boxes[id_], x + size.width / 2, middle, *size)
        self.y += size.height
        foot = self.y
        arrows = {under: self._arrow(id_, under) for under in below.get(id_, ())}
        said = {
            under: tuple(lines(arrow.text, _ON_BRANCH)) if arrow else () for under, arrow in arrows.items()
        }
        words = max(map(_widest, said.values()), default=0)
        out = max(_OUT, words + 2 * CLEAR + HEAD) if any(arrows.values()) else 0.0
        for under, arrow in arrows.items():
            tall = len(said[under]) * WORDS_LEADING
            self.y += max(_HUNG, tall + CLEAR / 2 - sized(self.boxes[under]).height / 2)
            self.tree(under, x + _TRUNK + out, below)
            if arrow:
                y = self.at[under].y
                points = turned([(x + _TRUNK, foot), (x + _TRUNK, y), (x + _TRUNK + out - HEAD, y)])
                at = (x + _TRUNK + (out - HEAD) / 2, y - tall + WORDS_LEADING / 2 - CLEAR / 2)
                self.arrows.append(PlacedArrow(arrow, points, (x + _TRUNK + out, y), *at, said[under]))

    def _arrow(self, tail: str, head: str) -> Arrow | None:
        """Take the arrow from one box to another, if there is one, to draw it within the column."""
        for n, arrow in enumerate(self.diagram.arrows):
            if (arrow.tail, arrow.head) == (tail, head) and not arrow.dashed:
                self.own.add(n)
                return arrow
        return None

    @property
    def wide(self) -> float:
        """How wide its frames are: all as the widest."""
        ends = [box.x + box.width / 2 for box in self.at.values()]
        ends += [arrow.x + _widest(arrow.lines) / 2 for arrow in self.arrows]
        titles = [_title_wide(group) + 2 * _PAD + _TRUNK for group, _, _ in self.framed]
        return max([max(ends, default=_LEFT) + _PAD - MARGIN, *titles])

    def placed(self) -> Placed:
        """Give all of it."""
        wide = self.wide
        return Placed(
            self.diagram.title,
            wide + 2 * MARGIN,
            self.y + MARGIN,
            tuple(self.at.values()),
            tuple(self.arrows),
            tuple(
                PlacedFrame(group.id, MARGIN, start, wide, end - start, _titles(group), right=True)
                for group, start, end in self.framed
            ),
        )


def _titles(group: Group) -> tuple[str, ...]:
    return tuple(lines(group.title))


def _title_wide(group: Group) -> float:
    return max(width(line, FRAME, bold=True) for line in _titles(group))


def _widest(said: Iterable[str]) -> float:
    return max((width(line, WORDS) for line in said), default=0.0)


def _hung(group: Group, arrows: Sequence[Arrow]) -> dict[str, list[str]]:
    """Give what hangs below each box of a frame: what an arrow first leads to, and all else below the last step."""
    below: dict[str, list[str]] = {}
    known, rest = dict.fromkeys(group.spine), [id_ for id_ in group.boxes if id_ not in group.spine]
    while rest:
        ways = [(a.tail, a.head) for a in arrows if a.tail in known and a.head in rest and not a.dashed]
        tail, head = ways[0] if ways else (group.spine[-1], _first(rest, arrows))
        below.setdefault(tail, []).append(head)
        known[head] = None
        rest.remove(head)
    return below


def _first(rest: Sequence[str], arrows: Sequence[Arrow]) -> str:
    """Give what nothing else of the rest leads to; of a circle, the first authored."""
    led_to = {arrow.head for arrow in arrows if arrow.tail in rest}
    return next((id_ for id_ in rest if id_ not in led_to), rest[0])
