"""A drawing for a page: each box can be found, pressed and read out; no style of its own, no script, no outside name.

What a page's stylesheet may address are the classes: `drawing`, `ground`, `frame`, `edge`, `node`, a box's kind and
its state. Looks are plain attributes, which any stylesheet overrides.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import split
from goldenthread.draw.dot import INK, to_dot
from goldenthread.draw.layout import laid_out
from goldenthread.draw.picture import places
from goldenthread.draw.svg import FONTS, finished_part, size, together, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from goldenthread.draw.diagram import Box, Diagram, Kind

    Links = Callable[[str], str]
    """The address that a box leads to, by the box's id; empty where it leads nowhere."""

_WORDS: Mapping[Kind, str] = {
    "start": "way in",
    "ask": "question",
    "measure": "measure",
    "decide": "branch",
    "tell": "to read",
    "visit": "another flowchart",
    "end": "end",
    "alert": "alert",
}
_GROUP = re.compile(r'<g id="([^"]*)" class="([^"]*)">\n')
_FONT_SIZE = "11.00"
_SAID_ONCE = (' xml:space="preserve"', ' text-anchor="middle"', f' font-size="{_FONT_SIZE}"')


def nowhere(box: str) -> str:  # noqa: ARG001 -- the shape of Links
    """Lead nowhere: a drawing to look at."""
    return ""


def box_id(prefix: str, box: str) -> str:
    """Give the id that a box has on a page. Drawings on one page have different prefixes."""
    return f"{prefix}{'_'.join(box.split())}"


def to_page(diagram: Diagram, *, links: Links = nowhere, prefix: str = "box-", titled: bool = False) -> str:
    """Draw a diagram as SVG to stand in a page. Arrows come first and boxes after them in authored order."""
    parts = split(diagram)
    pictures = [_picture(part, links, prefix, titled=titled or len(parts) > 1).encode() for part in parts]
    if len(pictures) == 1:
        return pictures[0].decode()
    at = places([size(picture) for picture in pictures])
    return together(pictures, at, diagram.title if titled else "", diagram.title, role="group").decode()


def _picture(diagram: Diagram, links: Links, prefix: str, *, titled: bool) -> str:
    raw = laid_out(to_dot(diagram, titled=titled))
    head, *parts = raw[raw.index(b"<svg") :].split(b"<!--")
    # What follows the last part closes the whole; it is written anew below.
    parts[-1:] = [part.removesuffix(b"</g>\n</svg>\n") for part in parts[-1:]]
    boxes = {box.id: box for box in diagram.boxes}
    ways = _ways(diagram, boxes)
    edges, nodes = [], {}
    for part in parts:
        found = _GROUP.match(text := finished_part(part).decode())
        if found is None:
            continue
        look, body = found[2], _bare(text[found.end() :])
        if look.startswith("edge"):
            edges.append(f'<g class="{look}" aria-hidden="true">\n{body}')
        else:
            box = boxes[unescape(found[1]).removeprefix("node-")]
            nodes[box.id] = _node(box, look, body, links(box.id), prefix, ways.get(box.id, ""))
    drawn = [nodes[id_] for id_ in boxes if id_ in nodes]
    return "".join(
        [_opening(head.decode(), diagram.title), *_ground(head.decode()), *edges, *drawn, "</g>\n</svg>\n"]
    )


def _opening(head: str, title: str) -> str:
    wide, tall = size(head.encode())
    box, moved = re.search(r'viewBox="([^"]*)"', head), re.search(r'transform="([^"]*)"', head)
    frame = f'width="{wide:g}pt" height="{tall:g}pt"\n viewBox="{box[1] if box else ""}"'
    look = f'font-family="{FONTS}" font-size="{_FONT_SIZE}" fill="{INK}" text-anchor="middle"'
    return (
        f'<svg class="drawing" role="group" aria-label="{written(title)}" {frame} '
        f'xmlns="http://www.w3.org/2000/svg">\n<g {look} transform="{moved[1] if moved else ""}">\n'
    )


def _ground(head: str) -> Iterator[str]:
    """Give the ground with its title, and the frames; not those that only keep boxes together, and are not seen."""
    ground, *frames = head.partition("</title>\n")[2].split('<g id="')
    yield _bold(_bare(ground)).replace("<polygon ", '<polygon class="ground" ', 1)
    for frame in frames:
        body = frame.partition("\n")[2]
        if 'stroke="none"' not in body:
            yield f'<g class="frame">\n{_bold(_bare(body))}'


def _bold(body: str) -> str:
    return body.replace("<text ", '<text font-weight="bold" ')


def _bare(body: str) -> str:
    """Leave out what the whole drawing says once, and the names that Graphviz gives."""
    body = re.sub(r"<title>.*?</title>\n", "", body)
    for said in _SAID_ONCE:
        body = body.replace(said, "")
    return body.replace(f'fill="{INK}">', ">").replace(' font-family="Arial"', "").replace(" >", ">")


def _node(box: Box, look: str, body: str, address: str, prefix: str, ways: str) -> str:
    words = " ".join((box.heading, *box.text)).strip()
    kind = _WORDS.get(box.kind, "")
    on = ", on the path of this case" if box.state == "on" else ""
    label = f"{words} ({kind}{on})" if kind else words + on
    about = f"<desc>{written(ways)}</desc>\n" if ways else ""
    names = f'id="{written(box_id(prefix, box.id))}" class="{look}" aria-label="{written(label)}"'
    inner = about + body.removesuffix("</g>\n")
    if address:
        return f'<a {names} href="{written(address)}">\n{inner}</a>\n'
    return f'<g {names} role="img">\n{inner}</g>\n' if label else f"<g {names}>\n{inner}</g>\n"


def _ways(diagram: Diagram, boxes: Mapping[str, Box]) -> dict[str, str]:
    """Say by box where it leads, with the words on the arrows."""
    ways: dict[str, list[str]] = {}
    for arrow in diagram.arrows:
        head = boxes[arrow.head]
        name = head.heading or " ".join(head.text)
        ways.setdefault(arrow.tail, []).append(f"{arrow.text}: {name}" if arrow.text else name)
    return {id_: f"Leads to: {'; '.join(found)}" for id_, found in ways.items()}
