"""Lines of a drawing lifted out of it, to be set over it as words that can be pressed and know their page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from goldenthread.print.content import Line, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    Lifted = tuple[str, str, Run]
    """The box and the line, as laid out, and what is set instead."""

_MOVED = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
_NODE = re.compile(r'<g id="([^"]*)" class="node [^"]*">(.*?)</g>', re.DOTALL)
_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>\n?", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_INK = "#1b2733"


def lift(svg: str, lifted: Iterable[Lifted]) -> tuple[str, tuple[Line, ...]]:
    """Take lines out of a drawing; give the rest, and the lines with their places.

    Lines of a box that read the same are taken in their order.
    """
    waiting: dict[str, dict[str, list[Run]]] = {}
    for id_, line, run in lifted:
        waiting.setdefault(id_, {}).setdefault(line, []).append(run)
    moved = _MOVED.search(svg)
    dx, dy = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
    lines: list[Line] = []

    def box(found: re.Match[str]) -> str:
        own = waiting.get(unescape(found[1]).removeprefix("node-"))

        def text(line: re.Match[str]) -> str:
            runs = own.get(unescape(line[2])) if own else None
            if not runs:
                return line[0]
            look = dict(_ATTRIBUTE.findall(line[1]))
            at = (float(look["x"]) + dx, float(look["y"]) + dy, float(look["font-size"]))
            lines.append(Line(*at, (runs.pop(0),), look.get("fill", _INK)))
            return ""

        return _TEXT.sub(text, found[0]) if own else found[0]

    return _NODE.sub(box, svg), tuple(lines)
