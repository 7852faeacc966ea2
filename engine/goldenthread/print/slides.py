"""A drawing as slides, 16 to 9; with a case, its path is revealed step by step."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.draw import extract
from goldenthread.draw.extract import OVERVIEW
from goldenthread.plan.phrases import cap
from goldenthread.print.chart import key, laid, parts
from goldenthread.print.connectors import unpaged
from goldenthread.print.content import Heading, Para, Part, Picture, Publication, Run, Title, shortened
from goldenthread.print.furniture import furniture
from goldenthread.print.lettering import lettered
from goldenthread.print.paper import screen
from goldenthread.print.phases import PURPOSE, across
from goldenthread.print.setting import nobody, to_pdf
from goldenthread.session.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from goldenthread.draw.diagram import Arrow, Box, Diagram, State
    from goldenthread.draw.placed import Placed
    from goldenthread.model import Library
    from goldenthread.print.chart import Chart
    from goldenthread.print.setting import Tell
    from goldenthread.session import GuidedWalk

_LONGEST = 150
_TOLD = 260
_HOW = "The words on an arrow are the condition under which it is taken."
_FADED = "What it has passed is drawn in strong lines, and the rest is faded."


def slides(
    library: Library,
    what: str,
    walk: GuidedWalk | None = None,
    *,
    date: str = "",
    progress: Callable[[str, int, int], None] = lambda what, done, of: None,  # noqa: ARG005 -- nobody is told
    tell: Tell = nobody,
) -> bytes:
    """Make slides of a drawing, named as `draw` names it. With a walk, one slide for each step that it takes there.

    Raises UnknownDrawingError, LayoutError and NoFontError.
    """
    return to_pdf(publication(library, what, walk, date=date, progress=progress), tell)


def publication(
    library: Library,
    what: str,
    walk: GuidedWalk | None = None,
    *,
    date: str = "",
    progress: Callable[[str, int, int], None] = lambda what, done, of: None,  # noqa: ARG005 -- nobody is told
) -> Publication:
    """Give what the slides hold. Raises UnknownDrawingError and LayoutError."""
    sheet = screen()
    whole = across(library) if what == OVERVIEW else extract(library, what, direction="LR")
    diagram = _projected(lettered(whole))
    chart = laid(diagram, what, "", (), sheet, under=2.4 * sheet.type_size if walk is not None else 0)
    shown = {box.id.partition(".")[0].partition("/")[0] for box in diagram.boxes}
    every = library.flowcharts.values()
    flowcharts = [flowchart for flowchart in every if flowchart.id in shown or what == OVERVIEW]
    first = flowcharts[0].purpose if len(flowcharts) == 1 else ""
    made = list(_steps(chart, walk, progress)) if walk is not None else []
    held = made or list(parts(chart, chart.labels(), ()))
    told = (
        f"A case goes through it in {len(made)} steps, a slide each. {_FADED}"
        if made
        else PURPOSE
        if what == OVERVIEW
        else _HOW
    )
    opening = Part((Title(first), Para(told, "lead"), key(sheet, [chart])), turned=True)
    # The heading of each slide says all that a running head would.
    frame = replace(furniture(library, diagram.title, date, flowcharts), head="")
    return Publication(diagram.title, sheet, frame, (opening, *held))


def _projected(diagram: Diagram) -> Diagram:
    """Give a drawing with its long texts cut: what is projected is not read out."""
    boxes = tuple(
        box._replace(text=tuple(shortened(text, _LONGEST) for text in box.text)) for box in diagram.boxes
    )
    return replace(diagram, boxes=boxes, footer="")


def _steps(chart: Chart, walk: GuidedWalk, progress: Callable[[str, int, int], None]) -> Iterator[Part]:
    """Give a slide for each step of a walk in the drawing: what was passed so far, the rest faded."""
    trail = [trace for trace in walk.walk.trail if trace.key in chart.boxes]
    said = {line.key.partition("@")[0]: (line.label, line.said) for line in summary(walk)}
    page_of = {box.id: n for n, page in enumerate(chart.pages) for box in page.piece.diagram.boxes}
    passed: list[str] = []
    for n, trace in enumerate(trail, 1):
        passed.append(trace.key)
        yield _slide(chart, page_of[trace.key], passed, len(trail), said)
        progress("slide", n, len(trail))


def _slide(
    chart: Chart, number: int, passed: Sequence[str], of: int, said: Mapping[str, tuple[str, str]]
) -> Part:
    page = chart.pages[number]
    now = passed[-1]
    placed = _revealed(_unpaged(page.drawing.placed), passed)
    box = chart.boxes[now]
    label, answer = said.get(now, ("", ""))
    words = shortened(f"{cap(label)}: {answer}" if answer else " ".join(box.text), _TOLD)
    head = f"{chart.title}: step {len(passed)} of {of}"
    alt = (
        f"Step {len(passed)} of a walk through {chart.title}. It stands at {box.heading or box.kind}: {words}"
    )
    picture = Picture(
        page.drawing.svg(placed), alt, page.drawing.width, page.drawing.height, page.factor, fill=True
    )
    told = (Run(box.heading, "bold"), Run("  " if box.heading else ""), Run(words))
    return Part((Heading(head, 1, listed=False, size=1.25), picture, Para(told)), turned=True)


def _unpaged(placed: Placed) -> Placed:
    """Give a drawing whose connectors name no page: the slides go with the walk."""
    return replace(
        placed, boxes=tuple(box._replace(lines=tuple(map(unpaged, box.lines))) for box in placed.boxes)
    )


def _revealed(placed: Placed, passed: Sequence[str]) -> Placed:
    """Give a drawing with the path so far on it, the step that it stands at strong, and the rest faded."""
    on, now = set(passed), passed[-1]
    taken = set(pairwise(passed))

    def of_box(box: Box) -> Box:
        state: State = "on" if box.id in on else "off"
        return box._replace(state=state, strong=box.id == now)

    def of_arrow(arrow: Arrow) -> Arrow:
        return arrow._replace(state="on" if (arrow.tail, arrow.head) in taken else "off")

    return replace(
        placed,
        boxes=tuple(each._replace(box=of_box(each.box)) for each in placed.boxes),
        arrows=tuple(each._replace(arrow=of_arrow(each.arrow)) for each in placed.arrows),
    )
