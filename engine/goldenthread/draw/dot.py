"""A diagram as DOT, the language of Graphviz."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from goldenthread.draw.wording import box_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import graphviz

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Group, Kind

FONT = "Arial"
INK, LINE, FADED_INK, FADED_LINE = "#1b2733", "#46535f", "#6f7780", "#b9c0c6"
_EDGE_WIDTH = 26
_SHAPES: Mapping[Kind, Mapping[str, str]] = {
    "start": {"shape": "cds", "style": "filled", "fillcolor": INK, "fontcolor": "#ffffff", "fontsize": "10", "margin": "0.12,0.02"},
    "point": {"shape": "point", "width": "0.04", "height": "0.04"},
    "ask": {"shape": "box", "style": "filled", "fillcolor": "#ffffff"},
    "measure": {"shape": "record", "style": "filled", "fillcolor": "#e3ecf3"},
    "decide": {"shape": "diamond", "style": "filled", "fillcolor": "#f7f0dc", "margin": "0.02,0.02"},
    "tell": {"shape": "note", "style": "filled", "fillcolor": "#f2f2ee"},
    "visit": {"shape": "box", "style": "filled", "fillcolor": "#e6efe6", "peripheries": "2"},
    "end": {"shape": "box", "style": "rounded,filled", "fillcolor": "#e0e3e7"},
    "alert": {"shape": "box", "style": "filled,diagonals", "fillcolor": "#f6ddd6", "penwidth": "1.8"},
}
_RECORD = re.compile(r"([{}|<>])")


def to_dot(diagram: Diagram, *, titled: bool = True) -> str:
    """Write a diagram as DOT; without its title where the page around it has one."""
    import graphviz  # noqa: PLC0415 -- imported when used

    graph = graphviz.Digraph(name=diagram.title)
    graph.attr(
        "graph",
        rankdir=diagram.direction,
        fontname=FONT,
        fontsize="15",
        fontcolor=INK,
        nodesep="0.35",
        ranksep="0.4",
        pad="0.15",
        bgcolor="white",
        labelloc="t",
        labeljust="l",
        **({"pack": "24", "packmode": f"array_{_columns(len(diagram.groups))}"} if diagram.groups else {}),
        **({"label": _label(lines(diagram.title, 90) + [""])} if titled else {}),
    )
    graph.attr("node", fontname=FONT, fontsize="11", fontcolor=INK, color=LINE, margin="0.14,0.08", height="0.3")
    graph.attr("edge", fontname=FONT, fontsize="10", fontcolor=INK, color=LINE, arrowsize="0.7")
    across = diagram.direction == "LR"
    boxes = {box.id: box for box in diagram.boxes}
    grouped = {id_ for group in diagram.groups for id_ in group.boxes}
    beside = _beside(diagram)
    for group in diagram.groups:
        graph.subgraph(_cluster(group, [boxes[id_] for id_ in group.boxes], beside, across=across))
    _nodes(graph, [box for box in diagram.boxes if box.id not in grouped], beside, across=across)
    for n, arrow in enumerate(diagram.arrows):
        graph.edge(arrow.tail, arrow.head, **_edge(arrow), id=f"edge-{n}")
    return str(graph.source)


def _columns(groups: int) -> int:
    """Give how many groups stand side by side: twice as many as below each other, as each is tall."""
    return max(1, math.ceil(math.sqrt(2 * groups)))


def _beside(diagram: Diagram) -> dict[str, list[str]]:
    """Give, by box, those that stand beside it."""
    beside: dict[str, list[str]] = {}
    for arrow in diagram.arrows:
        if arrow.side:
            beside.setdefault(arrow.tail, []).append(arrow.head)
    return beside


def _nodes(graph: graphviz.Digraph, boxes: Sequence[Box], beside: Mapping[str, list[str]], *, across: bool) -> None:
    for box in boxes:
        _node(graph, box, across=across)
    for box in boxes:
        if box.id in beside:
            with graph.subgraph(graph_attr={"rank": "same"}) as row:
                for id_ in (box.id, *beside[box.id]):
                    row.node(id_)


def _cluster(
    group: Group, boxes: Sequence[Box], beside: Mapping[str, list[str]], *, across: bool
) -> graphviz.Digraph:
    import graphviz  # noqa: PLC0415 -- as above

    cluster = graphviz.Digraph(name=f"cluster_{group.id}")
    cluster.attr(label=_label([group.title]), color=FADED_LINE, penwidth="1.2", fontsize="13", margin="14")
    _nodes(cluster, boxes, beside, across=across)
    return cluster


def _label(parts: Iterable[str]) -> str:
    import graphviz  # noqa: PLC0415 -- as above

    return graphviz.nohtml("\\n".join(_escaped(part) for part in parts))


def _escaped(text: str) -> str:
    """Escape what Graphviz reads in a label: backslashes, and names of characters such as `&lt;`."""
    return text.replace("\\", "\\\\").replace("&", "&amp;")


def _node(graph: graphviz.Digraph, box: Box, *, across: bool) -> None:
    look = dict(_SHAPES[box.kind])
    parts = box_lines(box)
    if box.kind == "measure":
        look["label"] = _ruled(parts, box.scale or ("", ""), across=across)
    else:
        look["label"] = _label(parts)
    if box.strong:
        look["penwidth"] = "2.2"
    if box.state == "on":
        look |= {"penwidth": "3", "color": INK}
    elif box.state == "off":
        fill = {"fillcolor": FADED_LINE} if box.kind == "start" else {"fillcolor": "#ffffff", "fontcolor": FADED_INK}
        look |= {"color": FADED_LINE, "penwidth": "0.8", **fill}
    words = [box.kind, box.state, *(["headed"] if box.heading else [])]
    graph.node(box.id, id=f"node-{box.id}", **{"class": " ".join(words)}, **look)


def _ruled(parts: Iterable[str], ends: tuple[str, str], *, across: bool) -> str:
    """Write a box with the marks of a scale along its lower edge."""
    import graphviz  # noqa: PLC0415 -- as above

    low, high = (_RECORD.sub(r"\\\1", _escaped(end)) for end in ends)
    text = "\\n".join(_RECORD.sub(r"\\\1", _escaped(part)) for part in parts)
    ruler = "|".join([low or " ", *"     ", high or " "])
    return graphviz.nohtml(f"{text}|{{{ruler}}}" if across else f"{{{text}|{{{ruler}}}}}")


def _edge(arrow: Arrow) -> dict[str, str]:
    look = {"style": "dashed"} if arrow.dashed else {}
    if arrow.text:
        width = _EDGE_WIDTH if len(arrow.text) < 5 * _EDGE_WIDTH else 0
        look["label"] = _label(f" {line} " for line in lines(arrow.text, width))
    if arrow.side:
        look |= {"arrowhead": "open", "constraint": "false"}
    elif not arrow.text and not arrow.dashed:
        # The only way on is drawn straight.
        look["weight"] = "4"
    if arrow.state == "on":
        look |= {"penwidth": "3", "color": INK}
    elif arrow.state == "off":
        look |= {"color": FADED_LINE, "fontcolor": FADED_INK, "penwidth": "0.8"}
    look["class"] = arrow.state
    return look
