"""A diagram as Mermaid, which many code-hosting sites and wikis draw."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import Box, Group
from goldenthread.draw.legend import legend
from goldenthread.draw.looks import FADED_INK, FADED_LINE, INK, LINE, PAPER, look
from goldenthread.draw.wording import arrow_lines, box_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goldenthread.draw.diagram import Arrow, Diagram, Kind

_SHAPES: Mapping[Kind, tuple[str, str]] = {
    "start": ("((", "))"),
    "more": ("((", "))"),
    "ask": ("[", "]"),
    "measure": ("[/", "/]"),
    "decide": ("{", "}"),
    "tell": (">", "]"),
    "visit": ("[[", "]]"),
    "end": ("([", "])"),
    "alert": ("{{", "}}"),
    "factor": ("{{", "}}"),
    "goal": ("([", "])"),
    "intervention": ("[", "]"),
    "modality": ("[[", "]]"),
}
_STATES = (
    "classDef strong stroke-width:2.5px",
    f"classDef on stroke:{INK},stroke-width:4px",
    f"classDef off fill:{PAPER},stroke:{FADED_LINE},color:{FADED_INK}",
)
_PLAIN = frozenset(" ,.:?!'()-–—“”‘’…·≥≤/")


def to_mermaid(diagram: Diagram) -> str:
    """Write a diagram as a Mermaid flowchart."""
    diagram, foot = _with_legend(diagram), diagram.footer
    ids = {box.id: f"n{n}" for n, box in enumerate(diagram.boxes)}
    boxes = {box.id: box for box in diagram.boxes}
    grouped = {id_ for group in diagram.groups for id_ in group.boxes}
    out = [
        "---",
        f"title: {json.dumps(diagram.title, ensure_ascii=False)}",
        "---",
        f"flowchart {diagram.direction}",
    ]
    for n, group in enumerate(diagram.groups):
        if not group.within:
            out += _frame(n, group, diagram.groups, boxes, ids)
    out += [f"  {_node(box, ids[box.id])}" for box in diagram.boxes if box.id not in grouped]
    out += [f"  {_link(arrow, ids)}" for arrow in diagram.arrows]
    if foot:
        out += [f'  foot["{escaped(foot)}"]:::foot', f"  classDef foot fill:none,stroke:none,color:{LINE}"]
    for state, style in (("on", "stroke-width:4px"), ("off", f"stroke:{FADED_LINE},color:{FADED_INK}")):
        numbers = [str(n) for n, arrow in enumerate(diagram.arrows) if arrow.state == state]
        if numbers:
            out.append(f"  linkStyle {','.join(numbers)} {style}")
    kinds = {box.kind for box in boxes.values()}
    out += [f"  classDef {_class(kind)} {_colours(kind)}" for kind in _SHAPES if kind in kinds]
    out += [f"  {line}" for line in _STATES]
    return "\n".join(out) + "\n"


def _with_legend(diagram: Diagram) -> Diagram:
    """Give a diagram with its legend as a frame of its own."""
    boxes, arrows = legend(diagram)
    ends = [
        Box(f"legend/{n}/{end}", "more", text=("·",)) for n in range(len(arrows)) for end in ("from", "to")
    ]
    between = [
        arrow._replace(tail=f"legend/{n}/from", head=f"legend/{n}/to") for n, arrow in enumerate(arrows)
    ]
    own = (*boxes, *ends)
    group = Group("legend", "Legend", tuple(box.id for box in own))
    return replace(
        diagram,
        boxes=(*diagram.boxes, *own),
        arrows=(*diagram.arrows, *between),
        groups=(*diagram.groups, *([group] if own else [])),
    )


def _frame(
    n: int, group: Group, groups: Sequence[Group], boxes: Mapping[str, Box], ids: Mapping[str, str]
) -> Iterator[str]:
    yield f'  subgraph g{n}["{escaped(group.title)}"]'
    for id_ in group.boxes:
        yield f"    {_node(boxes[id_], ids[id_])}"
    for inner, other in enumerate(groups):
        if other.within == group.id:
            yield from _frame(inner, other, groups, boxes, ids)
    yield "  end"


def _class(kind: Kind) -> str:
    # `end` is a word of Mermaid's own.
    return f"{kind}_" if kind == "end" else kind


def _colours(kind: Kind) -> str:
    found = look(kind, "plain", strong=False)
    return f"fill:{found.fill},stroke:{found.stroke},color:{found.ink}"


def escaped(text: str) -> str:
    """Write every sign that Mermaid could read as its own as a character code."""
    return "".join(c if c.isalnum() or c in _PLAIN or ord(c) > 0x2FFF else f"#{ord(c)};" for c in text)


def _lines(parts: Iterable[str]) -> str:
    return "<br/>".join(escaped(part) for part in parts)


def _node(box: Box, id_: str) -> str:
    opening, closing = _SHAPES[box.kind]
    shape = f'{id_}{opening}"{_lines(box_lines(box)[0])}"{closing}:::{_class(box.kind)}'
    more = [*(["strong"] if box.strong else []), *([box.state] if box.state != "plain" else [])]
    return shape + "".join(f"\n  class {id_} {name}" for name in more)


def _link(arrow: Arrow, ids: Mapping[str, str]) -> str:
    line = "-.->" if arrow.dashed else "-->"
    label = f'|"{_lines(arrow_lines(arrow))}"|' if arrow.text else ""
    return f"{ids[arrow.tail]} {line}{label} {ids[arrow.head]}"
