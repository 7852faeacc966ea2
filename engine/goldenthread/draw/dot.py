"""A diagram as DOT, the language of Graphviz."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goldenthread.draw.spine import weights
from goldenthread.draw.wording import box_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import graphviz

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Direction, Group, Kind, State

FONT = "Arial"
INK, LINE, FADED_INK, FADED_LINE = "#1b2733", "#46535f", "#6f7780", "#b9c0c6"
_EDGE_WIDTH = 26
_MANY = 250
_QUICK = {"nslimit": "0.5", "nslimit1": "0.5", "mclimit": "0.3", "splines": "polyline"}
"""Limits to the search for the best places: without them a thousand boxes take half a minute."""
_CONNECTOR = {"shape": "box", "style": "rounded,dashed", "margin": "0.1,0.05"}
_SHAPES: Mapping[Kind, Mapping[str, str]] = {
    "start": {
        "shape": "box",
        "style": "rounded,filled",
        "fillcolor": INK,
        "fontcolor": "#ffffff",
        "fontsize": "10",
        "margin": "0.12,0.02",
    },
    "point": {"shape": "point", "width": "0.04", "height": "0.04"},
    "ask": {"shape": "box", "style": "filled", "fillcolor": "#ffffff"},
    "measure": {"shape": "box", "style": "filled", "fillcolor": "#e3ecf3", "margin": "0.14,0.12"},
    "decide": {"shape": "diamond", "style": "filled", "fillcolor": "#f7f0dc", "margin": "0.02,0.02"},
    "tell": {"shape": "note", "style": "filled", "fillcolor": "#f2f2ee"},
    "visit": {"shape": "box", "style": "filled", "fillcolor": "#e6efe6", "peripheries": "2"},
    "end": {"shape": "box", "style": "rounded,filled", "fillcolor": "#e0e3e7"},
    "alert": {"shape": "box", "style": "filled,diagonals", "fillcolor": "#f6ddd6", "penwidth": "1.8"},
    "from": _CONNECTOR,
    "to": _CONNECTOR,
}


def to_dot(diagram: Diagram, *, titled: bool = True) -> str:
    """Write a diagram as DOT; without its title where the page around it has one."""
    import graphviz  # noqa: PLC0415 -- imported when used

    graph = graphviz.Digraph(name="drawing")
    graph.body.append(_head(diagram.direction, many=len(diagram.boxes) > _MANY))
    if titled:
        graph.attr(label=_title(diagram.title))
    boxes = {box.id: box for box in diagram.boxes}
    grouped = {id_ for group in diagram.groups for id_ in group.boxes}
    beside = _beside(diagram)
    for group in diagram.groups:
        graph.subgraph(_cluster(group, [boxes[id_] for id_ in group.boxes], beside))
    _nodes(graph, [box for box in diagram.boxes if box.id not in grouped], beside)
    if diagram.abreast:
        names = " ".join(f'"{_name(box.id)}"' for box in diagram.boxes)
        graph.body.append(f"\t{{rank=same {names}}}\n")
    straight = weights(diagram) if diagram.line else {}
    across = diagram.direction == "LR"
    for n, arrow in enumerate(diagram.arrows):
        weight = straight.get((arrow.tail, arrow.head), 1 if diagram.line or arrow.dashed else 3)
        graph.body.append(_edge(n, arrow, weight, across=across))
    return str(graph.source)


@cache
def _head(direction: Direction, *, many: bool) -> str:
    """Write the looks that all of a drawing shares."""
    font = {"fontname": FONT, "fontcolor": INK}
    spaces = {"rankdir": direction, "nodesep": "0.35", "ranksep": "0.4", "pad": "0.15"}
    graph = {**spaces, **font, "fontsize": "15", "bgcolor": "white", "labelloc": "t", "labeljust": "l"}
    node = {**font, "fontsize": "11", "color": LINE, "margin": "0.14,0.08", "height": "0.3"}
    edge = {**font, "fontsize": "10", "color": LINE, "arrowsize": "0.7"}
    kinds = {"graph": graph | _QUICK if many else graph, "node": node, "edge": edge}
    return "".join(f"\t{kind} [{_attributes(look)}]\n" for kind, look in kinds.items())


def _beside(diagram: Diagram) -> dict[str, list[str]]:
    """Give, by box, those that stand beside it."""
    beside: dict[str, list[str]] = {}
    for arrow in diagram.arrows:
        if arrow.side:
            beside.setdefault(arrow.tail, []).append(arrow.head)
    return beside


def _nodes(graph: graphviz.Digraph, boxes: Sequence[Box], beside: Mapping[str, list[str]]) -> None:
    import graphviz  # noqa: PLC0415 -- as above

    graph.body.extend(map(_node, boxes))
    for box in boxes:
        if box.id in beside:
            # A frame that is not seen keeps them together, so that no other arrow comes between.
            frame = {"peripheries": "0", "margin": "0", "label": ""}
            pair = graphviz.Digraph(name=f"cluster_{box.id}", graph_attr=frame)
            with pair.subgraph(graph_attr={"rank": "same"}) as row:
                for id_ in (box.id, *beside[box.id]):
                    row.node(id_)
            graph.subgraph(pair)


def _cluster(group: Group, boxes: Sequence[Box], beside: Mapping[str, list[str]]) -> graphviz.Digraph:
    import graphviz  # noqa: PLC0415 -- as above

    cluster = graphviz.Digraph(name=f"cluster_{group.id}")
    cluster.attr(label=_label([group.title]), color=FADED_LINE, penwidth="1.2", fontsize="13", margin="14")
    _nodes(cluster, boxes, beside)
    return cluster


def _label(parts: Iterable[str]) -> str:
    """Give the lines of a label, for graphviz to quote."""
    import graphviz  # noqa: PLC0415 -- as above

    label: str = graphviz.nohtml("\\n".join(map(_escaped, parts)))
    return label


def _title(title: str) -> str:
    """Give the lines of a title, set left; the spaces are for its bold type, which is wider than measured."""
    import graphviz  # noqa: PLC0415 -- as above

    parts = [f"{_escaped(line)}{' ' * (len(line) // 8 + 1)}\\l" for line in lines(title, 90)]
    label: str = graphviz.nohtml("".join([*parts, "\\l"]))
    return label


def _escaped(text: str) -> str:
    """Escape what Graphviz reads in a label: backslashes, and names of characters such as `&lt;`."""
    return text.replace("\\", "\\\\").replace("&", "&amp;")


def _quotable(text: str) -> str:
    """Make a label fit to stand in quotes; graphviz's own way costs more than the layout."""
    return _escaped(text).replace('"', '\\"').replace("\n", "\\n")


def _name(id_: str) -> str:
    """Make the name of a box fit to stand in quotes."""
    return id_.replace("\\", "\\\\").replace('"', '\\"')


def _node(box: Box) -> str:
    """Write a box as a line of DOT."""
    name, label = _name(box.id), _quotable("\n".join(box_lines(box)))
    words = f"{box.kind} {box.state} headed" if box.heading else f"{box.kind} {box.state}"
    look = _look(box.kind, box.state, box.strong)
    return f'\t"{name}" [label="{label}" id="node-{name}" class="{words}" {look}]\n'


@cache
def _look(kind: Kind, state: State, strong: bool) -> str:
    look = dict(_SHAPES[kind])
    if strong:
        look["penwidth"] = "2.2"
    if state == "on":
        look |= {"penwidth": "3", "color": INK}
    elif state == "off":
        fill = (
            {"fillcolor": FADED_LINE, "fontcolor": INK}
            if kind == "start"
            else {"fillcolor": "#ffffff", "fontcolor": FADED_INK}
        )
        look |= {"color": FADED_LINE, "penwidth": "0.8", **fill}
    return _attributes(look)


def _attributes(look: Mapping[str, str]) -> str:
    from graphviz.quoting import quote  # noqa: PLC0415 -- as above

    return " ".join(f"{name}={quote(value)}" for name, value in look.items())


def _edge(n: int, arrow: Arrow, weight: int, *, across: bool) -> str:
    """Write an arrow as a line of DOT."""
    tail, head, label = _name(arrow.tail), _name(arrow.head), ""
    if arrow.text:
        width = _EDGE_WIDTH if len(arrow.text) < 5 * _EDGE_WIDTH else 0
        words = " \n ".join(lines(arrow.text, width))
        # Across the page the words stand on their arrow: an empty line keeps them off it.
        label = _quotable(f" {words} \n" if across else f" {words} ")
        label = f'label="{label}" '
    look = _line(arrow.state, arrow.dashed, arrow.side, weight)
    return f'\t"{tail}" -> "{head}" [{label}id="edge-{tail}-{n}" {look}]\n'


@cache
def _line(state: State, dashed: bool, side: bool, weight: int) -> str:
    look: dict[str, str] = {"class": state}
    if dashed:
        look["style"] = "dashed"
    if side:
        look |= {"arrowhead": "open", "constraint": "false"}
    elif weight > 1:
        look["weight"] = str(weight)
    if state == "on":
        look |= {"penwidth": "3", "color": INK}
    elif state == "off":
        look |= {"color": FADED_LINE, "fontcolor": FADED_INK, "penwidth": "0.8"}
    return _attributes(look)
