"""A drawing over several sheets, to be cut along marks and joined, with a map of how they lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from goldenthread.draw import extract
from goldenthread.draw.looks import INK, PAPER
from goldenthread.draw.svg import FONTS
from goldenthread.print.content import Heading, Part, Picture, Points, Publication, Tile, Title
from goldenthread.print.drawing import SMALLEST, drawn, in_blocks
from goldenthread.print.furniture import furniture
from goldenthread.print.paper import MM
from goldenthread.print.setting import nobody, to_pdf
from goldenthread.print.window import Window, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.diagram import Diagram
    from goldenthread.model import Library
    from goldenthread.print.drawing import Drawing
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell

OVERLAP = 12 * MM
_MAP = 0.55
"""How much of the height of a page the map may take."""
_NAME = 28
"""The height of the line above a window that names its sheet."""
_TEXT = re.compile(r"<text .*?</text>\n?", re.DOTALL)
MOST = 60


class TooSmallError(ValueError):
    """The words would be too small to read; `help` says what can be done."""

    def __init__(self, points: float, least: float, across: int, down: int) -> None:
        super().__init__(
            f"on so few sheets its smallest words would be {points:.1f} points high, under {least:g}"
        )
        self.help = f"take --sheets {across}x{down}, or larger paper"


class TooLargeError(ValueError):
    """The drawing would need more sheets than anyone joins."""

    help = f"take larger paper, a smaller --scale, or one flowchart: {MOST} sheets each way are the most"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a drawing lies on sheets: so many across and down, upright or turned, at a factor of its own size."""

    across: int
    down: int
    turned: bool
    factor: float
    room: tuple[float, float]
    """The window on each sheet."""

    @property
    def sheets(self) -> int:
        """How many sheets it takes."""
        return self.across * self.down


def plan(
    drawing: Drawing,
    sheet: Sheet,
    *,
    across: int = 0,
    down: int = 0,
    scale: float = 1,
    overlap: float = OVERLAP,
) -> Plan:
    """Plan a poster: as large as `across` by `down` sheets hold it, or at a scale on as many as it takes.

    Raises TooSmallError where words would be smaller than the sheet's least type, and TooLargeError.
    """
    found = []
    for turned in (False, True):
        room = _window(sheet, turned=turned)
        if across and down:
            whole = [n * side - (n - 1) * overlap for n, side in zip((across, down), room, strict=True)]
            factor = min(whole[0] / drawing.width, whole[1] / drawing.height)
            found.append(Plan(across, down, turned, factor, room))
        else:
            found.append(Plan(*_needed(drawing, room, scale, overlap), turned, scale, room))
    best = max(found, key=lambda each: (each.factor, -each.sheets))
    if max(best.across, best.down) > MOST:
        raise TooLargeError("the drawing would need more sheets than can be joined")
    if best.factor * SMALLEST < sheet.least - 0.01:
        enough = plan(drawing, sheet, scale=sheet.least / SMALLEST, overlap=overlap)
        raise TooSmallError(best.factor * SMALLEST, sheet.least, enough.across, enough.down)
    return best


def _window(sheet: Sheet, *, turned: bool) -> tuple[float, float]:
    wide, tall = sheet.room(turned=turned)
    return wide, tall - _NAME


def _needed(drawing: Drawing, room: tuple[float, float], factor: float, overlap: float) -> tuple[int, int]:
    sides = zip((drawing.width, drawing.height), room, strict=True)
    across, down = (max(1, ceil((long * factor - overlap) / (side - overlap))) for long, side in sides)
    return across, down


def poster(  # noqa: PLR0913 -- each is one choice of the person who prints
    library: Library,
    what: str,
    sheet: Sheet,
    *,
    across: int = 0,
    down: int = 0,
    scale: float = 1,
    depth: int = 0,
    date: str = "",
    tell: Tell = nobody,
) -> bytes:
    """Print a flowchart, a phase, `all` or the `overview` over several sheets, after a map of how they lie.

    `depth` opens the visits of a flowchart that many levels. Raises UnknownDrawingError, LayoutError, TooSmallError,
    TooLargeError and NoFontError.
    """
    diagram = extract(library, what, depth=depth)
    drawing = drawn(diagram)
    laid = plan(drawing, sheet, across=across, down=down, scale=scale)
    ids = {box.id.partition(".")[0].partition("/")[0] for box in diagram.boxes}
    shown = [flowchart for flowchart in library.flowcharts.values() if flowchart.id in ids]
    return to_pdf(
        Publication(
            diagram.title,
            sheet,
            furniture(library, diagram.title, date, shown),
            (_map(drawing, laid, sheet, diagram), *_tiles(drawing, laid)),
        ),
        tell,
    )


def _map(drawing: Drawing, laid: Plan, sheet: Sheet, diagram: Diagram) -> Part:
    """Give the first pages: how the sheets lie, and what they show in words."""
    wide, tall = sheet.room()
    factor = min(wide / drawing.width, _MAP * tall / drawing.height)
    said = (
        f"Print the {laid.sheets} sheets that follow at their own size (100 %, not fitted to the page).",
        "Cut each along the marks at its left and upper edge; a first column or row needs no cut there.",
        f"Lay each over the {OVERLAP / MM:.0f} mm that short marks show at the edge of the one before, and glue it.",
    )
    figure = Picture(
        _map_svg(drawing, laid, factor), _told(drawing, laid), drawing.width, drawing.height, factor
    )
    return Part(
        (
            Title(f"A poster of {laid.sheets} sheets, {laid.across} across and {laid.down} down"),
            Heading("How the sheets lie"),
            Points(said, "number"),
            figure,
            Heading("The drawing in words"),
            *in_blocks(diagram),
        )
    )


def _told(drawing: Drawing, laid: Plan) -> str:
    rows = (", ".join(name(row, column) for column in range(laid.across)) for row in range(laid.down))
    return f"Map of the sheets, row by row from the top: {'; '.join(rows)}. {drawing.alt}"


def _map_svg(drawing: Drawing, laid: Plan, factor: float) -> str:
    """Draw the whole without its words, which would be too small, under the windows with their names."""
    parts = [_TEXT.sub("", drawing.svg()).rstrip().removesuffix("</svg>")]
    for row, column, window in _windows(drawing, laid):
        x, y, w, h = (side / laid.factor for side in window)
        at = f'x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}"'
        look = f'fill="none" stroke="{INK}" stroke-width="{0.8 / factor:.2f}"'
        parts.append(f'<rect {at} {look} stroke-dasharray="{4 / factor:.2f} {3 / factor:.2f}"/>')
        words = (
            f'x="{x + w / 2:.2f}" y="{y + h / 2 + 5 / factor:.2f}" text-anchor="middle" font-weight="bold"'
        )
        type_ = f'font-family="{FONTS}" font-size="{14 / factor:.2f}" fill="{INK}"'
        halo = f'stroke="{PAPER}" stroke-width="{3 / factor:.2f}"'
        parts.append(f"<text {words} {type_} {halo}>{name(row, column)}</text>")
        parts.append(f"<text {words} {type_}>{name(row, column)}</text>")
    return "\n".join([*parts, "</svg>\n"])


def _windows(drawing: Drawing, laid: Plan) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
    """Give each sheet's row and column, and its window: where on the whole poster, how wide, how tall."""
    whole = (drawing.width * laid.factor, drawing.height * laid.factor)
    for row in range(laid.down):
        for column in range(laid.across):
            x, y = column * (laid.room[0] - OVERLAP), row * (laid.room[1] - OVERLAP)
            yield row, column, (x, y, min(laid.room[0], whole[0] - x), min(laid.room[1], whole[1] - y))


def _tiles(drawing: Drawing, laid: Plan) -> Iterator[Part]:
    for row, column, (x, y, wide, tall) in _windows(drawing, laid):
        window = Window(*(side / laid.factor for side in (x, y, wide, tall)))
        seen = drawing.svg(through(drawing.placed, window))
        beside = {"right": column + 1 < laid.across, "below": row + 1 < laid.down}
        joins = tuple(edge for edge, there in beside.items() if there)
        said = [
            f"Sheet {name(row, column)}: row {row + 1} of {laid.down}, column {column + 1} of {laid.across}"
        ]
        said += [f"{name(row, column + 1)} to the right"] if beside["right"] else []
        said += [f"{name(row + 1, column)} below"] if beside["below"] else []
        tile = Tile(seen, drawing.width, drawing.height, laid.factor, x, y, wide, tall, OVERLAP, joins)
        head = Heading(
            " · ".join(said), size=0.82, listed=False, running=f"Sheet {name(row, column)} of {laid.sheets}"
        )
        yield Part((head, tile), laid.turned)


def name(row: int, column: int) -> str:
    """Name a sheet: A1 is the first of the upper row; AA follows Z."""
    letters = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{column + 1}"
