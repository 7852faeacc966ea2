"""Flowcharts as drawings: what is drawn is what is walked, with its conditions on the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from goldenthread.draw.extract import STEPS, drawings, extract
from goldenthread.draw.layout import LayoutError
from goldenthread.draw.outline import outline
from goldenthread.draw.views.names import UnknownDrawingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.draw.diagram import Direction
    from goldenthread.draw.page import Links
    from goldenthread.draw.paper import Paper
    from goldenthread.model import Library

Format = Literal["svg", "pdf", "png", "dot", "mermaid"]
FORMATS: tuple[Format, ...] = get_args(Format)


def draw(  # noqa: PLR0913 -- each is one choice of the person who prints
    library: Library,
    what: str,
    *,
    format: Format = "svg",  # noqa: A002 -- what it is called on the command line
    path: Sequence[str] = (),
    direction: Direction | Literal[""] = "",
    footer: str = "",
    depth: int = 0,
    steps: int = STEPS,
    paper: Paper = "",
    landscape: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Draw what `extract` gives of that name; the same input gives the same bytes.

    `path` is the full names of the nodes of a case, in the order walked, laid over in bold. `footer` stands
    after the title, the version and the library's digest: give the date there. `depth` opens visits that many
    levels; `steps` is how far `around:NODE` reaches. `paper` (a4, letter, a3, tabloid) makes a PDF or PNG fit,
    `landscape` on its side. `tell` is called with what should be said to whoever asked: that a drawing does not
    fit on its paper, say. Raises UnknownDrawingError, and ValueError for a format that there is not.
    """
    if format not in FORMATS:
        raise ValueError(f"there is no format `{format}`; one of: {', '.join(FORMATS)}")
    diagram = extract(library, what, path=path, direction=direction, footer=footer, depth=depth, steps=steps)
    match format:
        case "pdf" | "png":
            from goldenthread.draw.sheet import to_sheet  # noqa: PLC0415 -- imported when used

            return to_sheet(diagram, format, paper, landscape=landscape, tell=tell)
        case "mermaid":
            from goldenthread.draw.mermaid import to_mermaid  # noqa: PLC0415 -- as above

            return to_mermaid(diagram).encode()
        case "dot":
            from goldenthread.draw.dot import to_dot  # noqa: PLC0415 -- as above

            return to_dot(diagram).encode()
    from goldenthread.draw.picture import to_picture  # noqa: PLC0415 -- as above

    return to_picture(diagram)


def on_page(  # noqa: PLR0913 -- as above
    library: Library,
    what: str,
    *,
    links: Links | None = None,
    prefix: str = "box-",
    path: Sequence[str] = (),
    direction: Direction | Literal[""] = "",
    depth: int = 0,
    titled: bool = False,
) -> str:
    """Draw as `draw` does, as SVG to stand in a page: without style attributes, each box with an id and a name.

    `links` gives the address of a box by its id (a node's full name; `FLOWCHART/start` and `NODE/opens/FLOWCHART`
    for the ways in and the alerts; a flowchart's id in the `overview`), empty where it leads nowhere. Drawings on one
    page have different prefixes; a box's id there is `page.box_id(prefix, id)`. Raises UnknownDrawingError.
    """
    from goldenthread.draw.page import nowhere, to_page  # noqa: PLC0415 -- as above

    diagram = extract(library, what, path=path, direction=direction, depth=depth)
    return to_page(diagram, links=links or nowhere, prefix=prefix, titled=titled)


__all__ = [
    "FORMATS",
    "Format",
    "LayoutError",
    "UnknownDrawingError",
    "draw",
    "drawings",
    "extract",
    "on_page",
    "outline",
]
