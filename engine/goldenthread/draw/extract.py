"""From a library to a diagram, by the name of the drawing: each kind of drawing is a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from goldenthread.draw.views.around import around
from goldenthread.draw.views.ends import near_ends
from goldenthread.draw.views.factor import factor_thread
from goldenthread.draw.views.flowcharts import flowcharts
from goldenthread.draw.views.names import UnknownDrawingError, find_node, framed, name_of, named, numbered
from goldenthread.draw.views.opened import opened
from goldenthread.draw.views.overview import overview
from goldenthread.draw.views.routes import routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.diagram import Diagram, Direction
    from goldenthread.model import Factor, Library, Node

ALL, OVERVIEW = "all", "overview"
PHASE, AROUND, TO, FACTOR = "phase:", "around:", "to:", "factor:"
STEPS = 2


def drawings(library: Library) -> list[str]:
    """Give the names of what can be drawn, but for `around:NODE`, `to:NODE` and `factor:ID`."""
    phases = {flowchart.phase for flowchart in library.flowcharts.values()}
    free = sorted(phases - library.flowcharts.keys())
    return [*library.flowcharts, *free, *(f"{PHASE}{phase}" for phase in sorted(phases)), ALL, OVERVIEW]


def extract(
    library: Library,
    what: str,
    *,
    path: Sequence[str] = (),
    direction: Direction | Literal[""] = "",
    footer: str = "",
    depth: int = 0,
    steps: int = STEPS,
) -> Diagram:
    """Give the diagram of that name.

    A flowchart's id; a phase (`phase:goals`; a flowchart goes before the phase of its name); `all`; the `overview`;
    `around:NODE`, what is `steps` before and after a node; `to:NODE`, the routes that reach it; `factor:ID`, the thread
    from a factor to goals and treatments. A node is named by its full name or its number. `path` is full node names in
    the order walked. `depth` opens the visits of a flowchart that many levels. Where no `direction` is given, each
    drawing has its own. Raises UnknownDrawingError.
    """
    if what.startswith(FACTOR):
        factor = _factor(library, what)
        title = f"The thread from {factor.name}"
        frame = framed(library, title, [factor.review], footer=footer, direction=direction or "LR")
        return factor_thread(library, factor, frame)
    down: Direction = direction or "TB"
    if what.startswith((AROUND, TO)):
        node = find_node(library, what.partition(":")[2], what)
        reviews = [library.flowcharts[node.flowchart].review]
        if what.startswith(TO):
            frame = framed(
                library, f"What leads to {_called(library, node)}", reviews, footer=footer, direction=down
            )
            return routes(library, node, frame, path)
        title = f"{steps} step{'' if steps == 1 else 's'} around {_called(library, node)}"
        frame = framed(library, title, reviews, footer=footer, direction=down)
        return around(library, node, frame, steps, path)
    return _whole(library, what, path=path, direction=down, footer=footer, depth=depth)


def _whole(
    library: Library, what: str, *, path: Sequence[str], direction: Direction, footer: str, depth: int
) -> Diagram:
    """Give the diagram of whole flowcharts."""
    every = list(library.flowcharts.values())
    if what in library.flowcharts:
        chosen = [library.flowcharts[what]]
        title = named(chosen[0])
    elif what in {ALL, OVERVIEW}:
        chosen, title = every, "All flowcharts" if what == ALL else "Overview"
    else:
        phase = what.removeprefix(PHASE)
        chosen = [flowchart for flowchart in every if flowchart.phase == phase]
        title = f"Phase: {phase}"
        if not chosen:
            raise UnknownDrawingError(what, drawings(library))
    frame = framed(library, title, [one.review for one in chosen], footer=footer, direction=direction)
    if what == OVERVIEW:
        return overview(library, frame, path)
    if depth and what in library.flowcharts:
        return near_ends(opened(library, chosen[0], frame, depth, path))
    return near_ends(flowcharts(library, chosen, frame, path))


def _factor(library: Library, what: str) -> Factor:
    found = library.factors.get(what.removeprefix(FACTOR))
    if found is None:
        raise UnknownDrawingError(what, (f"{FACTOR}{id_}" for id_ in library.factors))
    return found


def _called(library: Library, node: Node) -> str:
    """Give a node's number with its words, cut short."""
    text = name_of(library, node.visit) if node.visit else node.text
    words = text if len(node.text) <= _LONG else f"{text[:_LONG].rpartition(' ')[0]} …"
    return f"{node.number} {words}" if node.number else numbered(node)


_LONG = 70
