"""A diagram as Mermaid, which many code-hosting sites and wikis draw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from goldenthread.draw.wording import box_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Kind

_SHAPES: Mapping[Kind, tuple[str, str]] = {
    "start": ("((", "))"),
    "point": ("((", "))"),
    "ask": ("[", "]"),
    "measure": ("[/", "/]"),
    "decide": ("{", "}"),
    "tell": (">", "]"),
    "visit": ("[[", "]]"),
    "end": ("([", "])"),
    "alert": ("{{", "}}"),
    "from": ("([", "])"),
    "to": ("([", "])"),
}
_CLASSES = (
    "classDef start fill:#1b2733,color:#ffffff",
    "classDef ask fill:#ffffff,stroke:#46535f,color:#1b2733",
    "classDef measure fill:#e3ecf3,stroke:#46535f,color:#1b2733",
    "classDef decide fill:#f7f0dc,stroke:#46535f,color:#1b2733",
    "classDef tell fill:#f2f2ee,stroke:#46535f,color:#1b2733",
    "classDef visit fill:#e6efe6,stroke:#46535f,color:#1b2733",
    "classDef end_ fill:#e0e3e7,stroke:#46535f,color:#1b2733",
    "classDef alert fill:#f6ddd6,stroke:#46535f,color:#1b2733",
    "classDef strong stroke-width:2.5px",
    "classDef on stroke:#1b2733,stroke-width:4px",
    "classDef off fill:#ffffff,stroke:#b9c0c6,color:#6f7780",
)
_PLAIN = frozenset(" ,.:?!'()-–—“”‘’…·≥≤/")


def to_mermaid(diagram: Diagram) -> str:
    """Write a diagram as a Mermaid flowchart."""
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
        out.append(f'  subgraph g{n}["{escaped(group.title)}"]')
        out += [f"    {_node(boxes[id_], ids[id_])}" for id_ in group.boxes]
        out.append("  end")
    out += [f"  {_node(box, ids[box.id])}" for box in diagram.boxes if box.id not in grouped]
    out += [f"  {_link(arrow, ids)}" for arrow in diagram.arrows]
    for state, style in (("on", "stroke-width:4px"), ("off", "stroke:#b9c0c6,color:#6f7780")):
        numbers = [str(n) for n, arrow in enumerate(diagram.arrows) if arrow.state == state]
        if numbers:
            out.append(f"  linkStyle {','.join(numbers)} {style}")
    out += [f"  {line}" for line in _CLASSES]
    if diagram.footer:
        out.append(f"  %% {' '.join(diagram.footer.split()).replace('{', '(').replace('}', ')')}")
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """Write every sign that Mermaid could read as its own as a character code."""
    return "".join(c if c.isalnum() or c in _PLAIN or ord(c) > 0x2FFF else f"#{ord(c)};" for c in text)


def _lines(parts: Iterable[str]) -> str:
    return "<br/>".join(escaped(part) for part in parts)


def _node(box: Box, id_: str) -> str:
    opening, closing = _SHAPES[box.kind]
    kind = "end_" if box.kind == "end" else box.kind
    classes = [kind, *(["strong"] if box.strong else []), *([box.state] if box.state != "plain" else [])]
    shape = f'{id_}{opening}"{_lines(box_lines(box))}"{closing}'
    return (
        shape
        + "".join(f":::{name}" for name in classes[:1])
        + "".join(f"\n  class {id_} {name}" for name in classes[1:])
    )


def _link(arrow: Arrow, ids: Mapping[str, str]) -> str:
    line = "-.->" if arrow.dashed else "-->"
    label = f'|"{_lines(lines(arrow.text))}"|' if arrow.text else ""
    return f"{ids[arrow.tail]} {line}{label} {ids[arrow.head]}"
