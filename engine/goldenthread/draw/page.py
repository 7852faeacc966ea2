"""A drawing for a page: each box can be found, pressed and read out; no style of its own, no script, no outside name.

What a page's stylesheet may address are the classes: `drawing`, `ground`, `frame`, `edge`, `node`, a box's kind and
its state. Looks are plain attributes, which any stylesheet overrides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.letters import wrapped
from goldenthread.draw.looks import MEANINGS, TITLE, WORDS
from goldenthread.draw.picture import placed
from goldenthread.draw.place import MARGIN
from goldenthread.draw.svg import (
    arrow_svg,
    box_class,
    box_svg,
    frame_svg,
    ground,
    grouped,
    moved,
    opening,
    text_at,
    title_svg,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from goldenthread.draw.diagram import Box, Diagram
    from goldenthread.draw.placed import Placed, PlacedBox

    Links = Callable[[str], str]
    """The address that a box leads to, by the box's id; empty where it leads nowhere."""

_BOLD = ' font-weight="bold" text-anchor="start"'
_LEADING = 20.0


def nowhere(box: str) -> str:  # noqa: ARG001 -- the shape of Links
    """Lead nowhere: a drawing to look at."""
    return ""


def box_id(prefix: str, box: str) -> str:
    """Give the id that a box has on a page. Drawings on one page have different prefixes."""
    return f"{prefix}{'_'.join(box.split())}"


def to_page(diagram: Diagram, *, links: Links = nowhere, prefix: str = "box-", titled: bool = False) -> str:
    """Draw a diagram as SVG to stand in a page. Arrows come first and boxes after them in authored order."""
    drawing = placed(diagram)
    heads = wrapped(diagram.title, drawing.width - 2 * MARGIN, TITLE, bold=True) if titled else []
    top = len(heads) * _LEADING
    inner = [
        text_at(MARGIN, MARGIN + TITLE + n * _LEADING, line, f' font-size="{TITLE:g}"{_BOLD}')
        for n, line in enumerate(heads)
    ]
    inner += moved(0, top, _parts(drawing, diagram, links, prefix))
    head = opening(
        drawing.width, drawing.height + top, diagram.title, "", role="group", more=' class="drawing"'
    )
    return head + ground(drawing.width, drawing.height + top) + "\n" + grouped(inner)


def _parts(drawing: Placed, diagram: Diagram, links: Links, prefix: str) -> Iterator[str]:
    for x, y, text in drawing.headings:
        yield text_at(x, y, text, f' font-size="{TITLE:g}"{_BOLD}')
    for frame in drawing.frames:
        yield f'<g class="frame">\n{frame_svg(frame)}\n</g>'
    yield f'<g font-size="{WORDS:g}">'
    for arrow in drawing.arrows:
        yield f'<g class="edge {arrow.arrow.state}" aria-hidden="true">\n{arrow_svg(arrow)}\n</g>'
    yield "</g>"
    yield from map(title_svg, drawing.frames)
    ways = _ways(diagram)
    for box in drawing.boxes:
        yield _node(box, links(box.box.id), prefix, ways.get(box.box.id, ""))


def _node(placed: PlacedBox, address: str, prefix: str, ways: str) -> str:
    box = placed.box
    words = " ".join((box.heading, *box.text)).strip()
    kind = "way in" if box.kind == "start" else MEANINGS[box.kind]
    on = ", on the path of this case" if box.state == "on" else ""
    about = f"<desc>{written(ways)}</desc>\n" if ways else ""
    label = written(f"{words} ({kind}{on})")
    names = f'id="{written(box_id(prefix, box.id))}" class="{box_class(placed)}" aria-label="{label}"'
    inner = about + box_svg(placed)
    if address:
        return f'<a {names} href="{written(address)}">\n{inner}\n</a>'
    return f'<g {names} role="img">\n{inner}\n</g>'


def _ways(diagram: Diagram) -> Mapping[str, str]:
    """Say by box where it leads, with the words on the arrows."""
    boxes: dict[str, Box] = {box.id: box for box in diagram.boxes}
    ways: dict[str, list[str]] = {}
    for arrow in diagram.arrows:
        head = boxes[arrow.head]
        name = head.heading or " ".join(head.text)
        ways.setdefault(arrow.tail, []).append(f"{arrow.text}: {name}" if arrow.text else name)
    return {id_: f"Leads to: {'; '.join(found)}" for id_, found in ways.items()}
