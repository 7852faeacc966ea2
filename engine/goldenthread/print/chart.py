"""A flowchart over as many pages as it takes, with connectors that name page and number both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from goldenthread.draw import extract
from goldenthread.draw.diagram import Diagram
from goldenthread.draw.legend import place_legend
from goldenthread.draw.letters import width
from goldenthread.draw.outline import outline_text
from goldenthread.print.connectors import lead, name
from goldenthread.print.content import Heading, Para, Part, Picture, Run, Table
from goldenthread.print.drawing import SMALLEST, Drawing
from goldenthread.print.lettering import lettered
from goldenthread.print.overlay import lift
from goldenthread.print.parting import parted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from goldenthread.draw.diagram import Arrow, Box
    from goldenthread.model import Flowchart, Library
    from goldenthread.print.connectors import Lead
    from goldenthread.print.content import Block, Words
    from goldenthread.print.paper import Sheet
    from goldenthread.print.parting import Laid


@dataclass(frozen=True)
class Chart:
    """A flowchart, or another diagram, laid out for its pages."""

    id: str
    title: str
    purpose: str
    boxes: Mapping[str, Box]
    leads: tuple[Lead, ...]
    pages: tuple[Laid, ...]

    @property
    def label(self) -> str:
        """The label of its first page."""
        return f"chart:{self.id}"

    def label_of(self, page: int) -> str:
        """Give the label of one of its pages, from 0."""
        return f"{self.label}:{page}" if page else self.label

    def labels(self) -> dict[str, str]:
        """Give by box the label of its page, and its own by the flowchart's id."""
        found = {self.id: self.label}
        for n, page in enumerate(self.pages):
            found |= {box.id: self.label_of(n) for box in page.piece.diagram.boxes if box.id in self.boxes}
        return found


def chart(library: Library, flowchart: Flowchart, sheet: Sheet, printed: Collection[str]) -> Chart:
    """Lay a flowchart out, with the pages of those flowcharts named that are `printed` with it."""
    diagram = lettered(extract(library, flowchart.id))
    diagram, leads = _addressed(library, diagram, flowchart, printed)
    return laid(diagram, flowchart.id, flowchart.purpose, leads, sheet)


def laid(
    diagram: Diagram, id_: str, purpose: str, leads: tuple[Lead, ...], sheet: Sheet, *, under: float = 0
) -> Chart:
    """Lay a diagram out over its pages, under its title and its purpose, with so much room `under` each drawing."""
    size = sheet.type_size
    long = ceil(1.05 * width(purpose, 1.15 * size) / sheet.room()[0])
    pages = parted(diagram, sheet, first=size * (5.2 + 1.9 * long) + under, above=3.4 * size + under)
    boxes = {box.id: box for box in diagram.boxes}
    return Chart(id_, diagram.title, purpose, boxes, leads, tuple(pages))


def _addressed(
    library: Library, diagram: Diagram, flowchart: Flowchart, printed: Collection[str]
) -> tuple[Diagram, tuple[Lead, ...]]:
    """Give the pages of the flowcharts that a flowchart is reached from, visits and opens."""
    leads: list[Lead] = []

    def addressed(box: Box) -> Box:
        node = library.node(box.id)
        opened = box.id.rpartition("/opens/")[2] if box.kind == "alert" and "/opens/" in box.id else ""
        to = node.visit if node is not None else opened
        if to in printed:
            return _with(box, lead(box.id, "", to), leads)
        return _entered(library, box, flowchart, printed, leads) if box.kind == "start" else box

    return replace(diagram, boxes=tuple(map(addressed, diagram.boxes))), tuple(leads)


def _entered(
    library: Library, box: Box, flowchart: Flowchart, printed: Collection[str], leads: list[Lead]
) -> Box:
    visits = [node for node in library.nodes() if node.visit == flowchart.id]
    found = [
        lead(box.id, f"from {node.number or node.key}", node.key)
        for node in visits
        if node.flowchart in printed
    ]
    if not found:
        return box
    others = [node.number or node.key for node in visits if node.flowchart not in printed]
    rest = (f"and from {', '.join(others)}",) if others else ()
    box = _with(box._replace(text=()), tuple(line for own in found for line in own), leads)
    return box._replace(text=(*box.text, *rest))


def _with(box: Box, own: tuple[Lead, ...], leads: list[Lead]) -> Box:
    leads += own
    return box._replace(text=(*box.text, *(line.line for line in own)))


def parts(chart: Chart, labels: Mapping[str, str], questions: Collection[str]) -> Iterator[Part]:
    """Give the pages of a chart. `labels` are those of all boxes; `questions` the nodes that have an entry."""
    many = len(chart.pages)
    for n, page in enumerate(chart.pages):
        blocks: list[Block] = []
        if n:
            blocks.append(
                Heading(f"{chart.title}, part {n + 1} of {many}", 2, chart.label_of(n), listed=False)
            )
        else:
            blocks.append(Heading(chart.title, 1, chart.label))
            blocks += [Para(chart.purpose, "lead")] if chart.purpose else []
        blocks.append(_picture(chart, n, labels, questions))
        blocks += _ways(chart, page, labels)
        yield Part(tuple(blocks), page.turned)


def _picture(chart: Chart, n: int, labels: Mapping[str, str], questions: Collection[str]) -> Picture:
    page = chart.pages[n]
    lifted = [
        (each.box, each.line, Run(each.words, "", labels[each.to], "on" if each.numbered else ""))
        for each in (*page.piece.leads, *chart.leads)
        if each.to in labels
    ]
    lifted += [
        (box.id, box.heading, Run(box.heading, "bold", f"node:{box.id}"))
        for box in page.piece.diagram.boxes
        if box.id in questions and box.heading
    ]
    bare, over = lift(page.drawing.placed, lifted)
    part = f", part {n + 1} of {len(chart.pages)}" if len(chart.pages) > 1 else ""
    alt = f"Flowchart {chart.title}{part}. {_in_words(page.piece.diagram)}"
    return Picture(
        page.drawing.svg(bare),
        alt,
        page.drawing.width,
        page.drawing.height,
        page.factor,
        over,
        fill=not (page.piece.ways or page.piece.whole),
    )


def _in_words(diagram: Diagram) -> str:
    """Tell what a part shows, without the room that its connectors keep for numbers of pages."""
    return " ".join(outline_text(diagram).replace(" on page 000", " on another page").split("\n")[1:]).strip()


def _ways(chart: Chart, page: Laid, labels: Mapping[str, str]) -> Iterator[Block]:
    """Tell what is too much to be drawn: ways to and from other pages, alerts, the whole of a text."""
    own = {box.id for box in page.piece.diagram.boxes}
    opens = {each.box: each for each in chart.leads}
    if page.piece.whole:
        yield Para(page.piece.whole)

    def end(id_: str) -> Words:
        box = chart.boxes[id_]
        if box.kind == "alert" and id_ not in own:
            opened = labels.get(opens[id_].to, "") if id_ in opens else ""
            return (Run(box.heading, "", opened, "on" if opened else ""),)
        return name(box) if id_ in own else (Run(name(box), "", labels[id_], "on"),)

    def when(arrow: Arrow) -> str:
        said = [] if arrow.head not in opens else [opens[arrow.head].line]
        alert = chart.boxes[arrow.head].text if arrow.side else ()
        return arrow.text or " ".join(text for text in alert if text not in said) or "always"

    rows = tuple((end(arrow.tail), when(arrow), end(arrow.head)) for arrow in page.piece.ways)
    if rows:
        yield Table(("From", "When", "To"), rows, (2, 5, 2))


def key(sheet: Sheet, charts: Sequence[Chart]) -> Picture:
    """Tell the shapes and arrows of the drawings."""
    pages = [page.piece.diagram for each in charts for page in each.pages]
    boxes = {box.kind: box for page in pages for box in page.boxes}
    arrows = tuple(arrow for page in pages for arrow in page.arrows)
    diagram = Diagram("Key", tuple(boxes.values()), arrows)
    factor = 1.05 * sheet.least / SMALLEST
    key = place_legend(diagram, sheet.room()[0] / factor)
    words = [*(box.box.text[0] for box in key.boxes), *(arrow.arrow.text for arrow in key.arrows)]
    drawing = Drawing(diagram, key)
    return Picture(drawing.svg(), f"Shapes and arrows: {', '.join(words)}.", key.width, key.height, factor)


__all__ = ["Chart", "chart", "key", "laid", "parts"]
