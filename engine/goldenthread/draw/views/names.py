"""What flowcharts, phases and answers are called in a drawing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread import __version__
from goldenthread.diagnostics import did_you_mean
from goldenthread.draw.diagram import Diagram

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.diagram import Direction
    from goldenthread.model import Flowchart, Library, Node
    from goldenthread.model.parts import Review

_BLANK = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


class UnknownDrawingError(KeyError):
    """There is no drawing of that name."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        super().__init__(name)
        self.name = name
        self.help = did_you_mean(name, names)

    def __str__(self) -> str:
        return f"there is nothing to draw named `{self.name}`" + (f"; {self.help}" if self.help else "")


def named(flowchart: Flowchart) -> str:
    """Give a flowchart's number and title."""
    return f"{flowchart.number} {titled(flowchart)}"


def titled(flowchart: Flowchart) -> str:
    """Give a flowchart's title, or its id in words."""
    return flowchart.title or flowchart.id.replace("_", " ")


def name_of(library: Library, flowchart_id: str) -> str:
    """Give the number and title of the flowchart of that id, or the id where there is none."""
    flowchart = library.flowcharts.get(flowchart_id)
    return named(flowchart) if flowchart else flowchart_id


def label(library: Library, name: str) -> str:
    """Give the label of a fact."""
    fact = library.facts.get(name)
    return fact.label if fact and fact.label else name.replace("_", " ")


def filled(library: Library, text: str) -> str:
    """Give a text with the label of each blank in its place."""
    return text if "{" not in text else _BLANK.sub(lambda blank: f"[{label(library, blank[1])}]", text)


def cap(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def numbered(node: Node) -> str:
    """Give what a node is called by: its number, or its words where it has none."""
    return node.number or f"“{node.text}”"


def find_node(library: Library, name: str, what: str) -> Node:
    """Find a node by its full name or by its number. Raises UnknownDrawingError."""
    found = library.node(name) or next((node for node in library.nodes() if node.number == name), None)
    if found is None:
        raise UnknownDrawingError(what, (f"{what.partition(':')[0]}:{node.key}" for node in library.nodes()))
    return found


def framed(
    library: Library, title: str, reviews: Iterable[Review], *, footer: str, direction: Direction
) -> Diagram:
    """Give an empty diagram with its title, and with its footer: version, digest, words, draft mark."""
    draft = any(review.status == "draft" for review in reviews)
    parts = [
        title,
        f"Golden Thread {__version__}",
        f"content {library.digest}" if library.digest else "",
        footer,
        "draft" if draft else "",
    ]
    line = " · ".join(part for part in parts if part)
    return Diagram(title=title, boxes=(), arrows=(), footer=line, direction=direction)
