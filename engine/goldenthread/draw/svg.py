"""The parts of a drawing as SVG. Looks are plain attributes; `class` names the kind and the state of each part."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

from goldenthread.draw.letters import printable, width
from goldenthread.draw.looks import (
    FADED_LINE,
    FRAME,
    INK,
    PAPER,
    TEXT,
    TEXT_LEADING,
    TITLE,
    WORDS,
    WORDS_LEADING,
    look,
    stroke,
)
from goldenthread.draw.shapes import shape
from goldenthread.draw.sizes import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goldenthread.draw.diagram import Kind, State
    from goldenthread.draw.placed import Placed, PlacedArrow, PlacedBox, PlacedFrame, Point

FONTS = "Arimo, Arial, Helvetica, sans-serif"
"""Fonts of the same widths as the one that was measured."""
SET = f'font-family="{FONTS}" font-size="{TEXT:g}" fill="{INK}" text-anchor="middle"'
"""How all the text of a drawing is set that does not say otherwise."""
_AWKWARD = re.compile("[&<>\"']")
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Where the scripts stand that run from right to left."""
_SPECIAL = re.compile(f"[&<>\"'{_LEFTWARD}]")
FRAME_INSET = 8.0
"""Between a frame and its title."""
_ON_LINE = 0.35
"""How far below its middle a letter stands, of its size."""
_HEAD_WIDE = 0.35


def written(text: str) -> str:
    """Give a text as an SVG can hold it: escaped, a space for each character that XML has no room for."""
    return escape(printable(text))


def text_at(x: float, y: float, text: str, more: str = "") -> str:
    """Write one line of text; one that runs from right to left says so."""
    if not text.isascii() and _leftward(text):
        more += ' direction="rtl"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{_escaped(text)}</text>'


def _lines_at(
    x: float, first: float, leading: float, lines: Sequence[str], more: str, bold: int = 0
) -> list[str]:
    """Write lines of text one below the other, the first of them bold; of plain words without looking at each."""
    if _SPECIAL.search("\n".join(lines)):
        return [
            text_at(x, first + n * leading, line, f' font-weight="bold"{more}' if n < bold else more)
            for n, line in enumerate(lines)
            if line
        ]
    head, looks = f'<text x="{x:.1f}" y="', (f'"{more}>', f'" font-weight="bold"{more}>')
    return [
        f"{head}{first + n * leading:.1f}{looks[n < bold]}{line}</text>"
        for n, line in enumerate(lines)
        if line
    ]


def _escaped(text: str) -> str:
    """Escape a text that is printable; few have anything to be escaped."""
    return escape(text) if _AWKWARD.search(text) else text


def _leftward(text: str) -> bool:
    found = (unicodedata.bidirectional(char) for char in text)
    return next((way for way in found if way in {"L", "R", "AL"}), "L") != "L"


@cache
def _outline(kind: Kind, state: State, strong: bool) -> tuple[str, str]:
    """Give the attributes of a box's outline, and those of its text."""
    fill, line, ink, thick = look(kind, state, strong=strong)
    heavy = f' stroke-width="{thick:g}"' if thick != 1 else ""
    return f'fill="{fill}" stroke="{line}"{heavy}', f' fill="{ink}"' if ink != INK else ""


def box_svg(placed: PlacedBox) -> str:
    """Draw a box with its words, without the group around it."""
    box, x, y, wide, tall, lines, bold = placed
    outline, ink = _outline(box.kind, box.state, box.strong)
    out = [shape(box.kind, (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), outline)]
    out += _lines_at(x, _first(placed), TEXT_LEADING, lines, ink, bold)
    return "\n".join(out)


def _first(placed: PlacedBox) -> float:
    """Give where the letters of the first line of a box stand."""
    first = placed.y - (len(placed.lines) - 1) / 2 * TEXT_LEADING + _ON_LINE * TEXT
    return first - SCALE / 2 if placed.box.kind == "measure" else first


def baselines(placed: PlacedBox) -> list[float]:
    """Give where the letters of each line of a box stand."""
    first = _first(placed)
    return [first + n * TEXT_LEADING for n in range(len(placed.lines))]


def box_class(placed: PlacedBox) -> str:
    """Give the class names of a box."""
    box = placed.box
    return f"node {box.kind} {box.state} headed" if box.heading else f"node {box.kind} {box.state}"


def arrow_svg(placed: PlacedArrow) -> str:
    """Draw an arrow with its words, without the group around it."""
    arrow, points, tip, x, y, lines = placed
    colour, ink, thick = stroke(arrow.state)
    (x0, y0), *rest = points
    curve = " ".join(["%.1f,%.1f"] * len(rest)) % tuple(chain.from_iterable(rest))
    heavy = f' stroke-width="{thick:g}"' if thick != 1 else ""
    dashed = ' stroke-dasharray="5 3"' if arrow.dashed else ""
    out = [
        f'<path fill="none" stroke="{colour}"{heavy}{dashed} d="M{x0:.1f},{y0:.1f}C{curve}"/>',
        _arrowhead(points[-1], tip, colour, heavy, opened=arrow.side),
    ]
    if lines:
        more = f' fill="{ink}"' if ink != INK else ""
        out += _lines_at(x, y + _ON_LINE * WORDS, WORDS_LEADING, lines, more)
    return "\n".join(out)


def _arrowhead(end: Point, tip: Point, colour: str, heavy: str, *, opened: bool) -> str:
    x, y = end
    a, b = tip
    across, down = (a - x) * _HEAD_WIDE, (b - y) * _HEAD_WIDE
    sides = f"{x - down:.1f},{y + across:.1f} {a:.1f},{b:.1f} {x + down:.1f},{y - across:.1f}"
    if opened:
        barbs = f"M{x:.1f},{y:.1f}L{a:.1f},{b:.1f}M{sides.replace(' ', 'L')}"
        return f'<path fill="none" stroke="{colour}"{heavy} d="{barbs}"/>'
    return f'<polygon fill="{colour}" points="{sides}"/>'


def frame_svg(placed: PlacedFrame) -> str:
    """Draw a frame without its title."""
    _, x, y, wide, tall, *_ = placed
    sides = f"M{x:.1f},{y:.1f}h{wide:.1f}v{tall:.1f}h{-wide:.1f}z"
    return f'<path fill="none" stroke="{FADED_LINE}" stroke-width="1.2" d="{sides}"/>'


def title_svg(placed: PlacedFrame) -> str:
    """Write the title of a frame, on ground that interrupts the arrows below it."""
    _, x, y, whole, _, lines, right = placed
    look = f' font-size="{FRAME:g}" font-weight="bold" text-anchor="start"'
    wide = max((width(line, FRAME, bold=True) for line in lines), default=0)
    left, top, leading = x + (whole - FRAME_INSET - wide if right else FRAME_INSET), y + 3, FRAME + 3
    corners = f"M{left - 3:.1f},{top:.1f}h{wide + 6:.1f}v{leading * len(lines) + 2:.1f}h{-wide - 6:.1f}z"
    out = [f'<path class="ground" fill="{PAPER}" d="{corners}"/>']
    out += [text_at(left, top + FRAME + n * leading, line, look) for n, line in enumerate(lines)]
    return "\n".join(out)


def parts(placed: Placed) -> Iterator[str]:
    """Draw frames, arrows and boxes, each in a group that names it."""
    for x, y, text in placed.headings:
        yield text_at(x, y, text, f' font-size="{TITLE:g}" font-weight="bold" text-anchor="start"')
    for frame in placed.frames:
        yield f'<g class="frame">\n{frame_svg(frame)}\n</g>'
    yield f'<g font-size="{WORDS:g}">'
    for n, arrow in enumerate(placed.arrows):
        name, state = _escaped(arrow.arrow.tail), arrow.arrow.state
        yield f'<g id="edge-{name}-{n}" class="edge {state}">\n{arrow_svg(arrow)}\n</g>'
    yield "</g>"
    yield from map(title_svg, placed.frames)
    for box in placed.boxes:
        yield f'<g id="node-{_escaped(box.box.id)}" class="{box_class(box)}">\n{box_svg(box)}\n</g>'


def opening(width: float, height: float, title: str, about: str, *, role: str = "img", more: str = "") -> str:
    """Begin an SVG: its size, its name, and what it shows in words."""
    size = f'width="{width:.0f}pt" height="{height:.0f}pt" viewBox="0 0 {width:.0f} {height:.0f}"'
    name = written(title)
    desc = f"<desc>{written(about)}</desc>\n" if about else ""
    return (
        f'<svg role="{role}" aria-label="{name}"{more} {size} xmlns="http://www.w3.org/2000/svg">\n'
        f"<title>{name}</title>\n{desc}"
    )


def ground(width: float, height: float) -> str:
    """Draw the paper."""
    corners = f"0,0 {width:.0f},0 {width:.0f},{height:.0f} 0,{height:.0f}"
    return f'<polygon class="ground" fill="{PAPER}" points="{corners}"/>'


def moved(right: float, down: float, inner: Iterable[str]) -> Iterator[str]:
    """Set parts further to the right and further down."""
    yield f'<g transform="translate({right:.1f},{down:.1f})">'
    yield from inner
    yield "</g>"


def grouped(parts: Iterable[str]) -> str:
    """Set parts in the type of a drawing, and close it."""
    return "\n".join([f"<g {SET}>", *parts, "</g>", "</svg>\n"])
