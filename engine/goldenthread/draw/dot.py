"""A diagram as DOT, the language of Graphviz, with all its words and looks: a file for others to lay out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goldenthread.draw.legend import legend
from goldenthread.draw.looks import FADED_LINE, INK, look, stroke
from goldenthread.draw.statements import Writer
from goldenthread.draw.wording import arrow_lines, box_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.draw.diagram import Arrow, Box, Diagram, Group, Kind, State

FONT = "Arial"
_SHAPES: Mapping[Kind, str] = {
    "start": 'shape=box style="rounded,filled"',
    "more": 'shape=box style="rounded,filled,dashed"',
    "measure": 'shape=box style=filled margin="0.14,0.12"',
    "decide": 'shape=diamond style=filled margin="0.02,0.02"',
    "tell": "shape=note style=filled",
    "visit": "shape=box style=filled peripheries=2",
    "modality": "shape=box style=filled peripheries=2",
    "end": 'shape=box style="rounded,filled"',
    "alert": 'shape=box style="filled,diagonals"',
    "factor": "shape=component style=filled",
    "goal": "shape=tab style=filled",
}


def to_dot(diagram: Diagram) -> str:
    """Write a diagram as DOT, with its title, its legend and its footer."""
    return _File(diagram).text()


class _File(Writer):
    """Writes what a Graphviz on the reader's machine draws."""

    def head(self) -> str:
        diagram = self.diagram
        above = "".join(f"{escaped(line)}\\l" for line in lines(diagram.title, 90))
        below = (
            "".join(f"{escaped(line)}\\l" for line in lines(diagram.footer, 120)) if diagram.footer else ""
        )
        return (
            f'\tgraph [fontname={FONT} fontcolor="{INK}" fontsize=15 bgcolor=white labelloc=t labeljust=l pad=0.15]\n'
            f'\tnode [fontname={FONT} fontsize=11 margin="0.14,0.08" height=0.3]\n'
            f"\tedge [fontname={FONT} fontsize=10 arrowsize=0.7]\n"
            f'\tlabel="{above}{below}"\n'
        )

    def name(self, id_: str) -> str:
        return f'"{_name(id_)}"'

    def node(self, n: int, box: Box) -> str:  # noqa: ARG002 -- a layout needs the place
        name, label = _name(box.id), _joined(box_lines(box)[0])
        look = f'class="{box.kind} {box.state}" {_look(box.kind, box.state, box.strong)}'
        return f'\t"{name}" [label="{label}" id="node-{name}" {look}]\n'

    def edge(self, n: int, arrow: Arrow, look: str) -> str:
        tail, head = _name(arrow.tail), _name(arrow.head)
        found = arrow_lines(arrow)
        label = f'label=" {_joined(f" {line} " for line in found).strip()} " ' if found else ""
        return (
            f'\t"{tail}" -> "{head}" [{label}id="edge-{tail}-{n}" {_line(arrow.state, arrow.dashed)}{look}]\n'
        )

    def frame(self, n: int, group: Group) -> str:  # noqa: ARG002 -- as above
        label = "".join(f"{escaped(line)}\\l" for line in lines(group.title, 60))
        return f'\tlabel="{label}" color="{FADED_LINE}" penwidth=1.2 fontsize=13 margin=14 labeljust=l\n'

    def foot(self) -> str:
        """Write the legend as a frame of its own."""
        boxes, arrows = legend(self.diagram)
        if not boxes and not arrows:
            return ""
        out = [f'\tsubgraph cluster_legend {{\n\tlabel="Legend" color="{FADED_LINE}" fontsize=11\n']
        out += [self.node(0, box) for box in boxes]
        for n, arrow in enumerate(arrows):
            ends = [f"legend/{n}/from", f"legend/{n}/to"]
            out += [f'\t"{end}" [shape=point width=0.04 label=""]\n' for end in ends]
            out.append(self.edge(n, arrow._replace(tail=ends[0], head=ends[1]), ""))
        return "".join([*out, "\t}\n"])


def escaped(text: str) -> str:
    """Write a text as it can stand in a label, in quotes: Graphviz reads backslashes, and names such as `&lt;`."""
    return text.replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')


def _joined(found: Iterable[str]) -> str:
    return "\\n".join(map(escaped, found))


def _name(id_: str) -> str:
    return id_.replace("\\", "\\\\").replace('"', '\\"')


@cache
def _look(kind: Kind, state: State, strong: bool) -> str:
    found = look(kind, state, strong=strong)
    shape = _SHAPES.get(kind, "shape=box style=filled")
    return f'{shape} fillcolor="{found.fill}" color="{found.stroke}" fontcolor="{found.ink}" penwidth={found.thick:g}'


@cache
def _line(state: State, dashed: bool) -> str:
    colour, ink, thick = stroke(state)
    return f'class={state} color="{colour}" fontcolor="{ink}" penwidth={thick:g}' + (
        " style=dashed" if dashed else ""
    )
