"""The booklet: contents, phases, each flowchart over its pages and told step by step, index, references."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw import UnknownDrawingError
from goldenthread.draw.views.names import named
from goldenthread.model import PHASES
from goldenthread.print.chart import chart, key, parts
from goldenthread.print.content import Contents, Heading, Para, Part, Picture, Publication, Run, Table, Title
from goldenthread.print.furniture import furniture
from goldenthread.print.index import index, references
from goldenthread.print.phases import phases
from goldenthread.print.questions import questions
from goldenthread.print.setting import nobody, to_pdf
from goldenthread.session.question import PHASE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.model import Flowchart, Library
    from goldenthread.print.chart import Chart
    from goldenthread.print.content import Block, Words
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell

    Progress = Callable[[str, int, int], None]
    """Is told what is being done, how much of it is, and of how much."""

_HALF = 0.55
TITLE = "Golden Thread: the decision guide"
_UNDER = (
    "Every question of the guide, as it is walked: the flowcharts with their conditions, "
    "then each step in words. It supports a clinician’s judgement and replaces none of it."
)
_HOW = (
    "Follow the arrows from the dark box; the words on an arrow are the condition under which it is taken, tried in "
    "the order of the steps. Where a flowchart goes on over several pages, a dashed box names the step and the page "
    "where it goes on, or where it comes from. What is set in italics is said aloud to the client."
)


def silent(what: str, done: int, of: int) -> None:
    """Say nothing of progress."""


def booklet(
    library: Library,
    sheet: Sheet,
    *,
    only: Sequence[str] = (),
    told: bool = True,
    date: str = "",
    progress: Progress = silent,
    tell: Tell = nobody,
) -> bytes:
    """Print the booklet of all flowcharts, or `only` of some; with each step told in words or not.

    Raises UnknownDrawingError, LayoutError and NoFontError.
    """
    return to_pdf(publication(library, sheet, only=only, told=told, date=date, progress=progress), tell)


def publication(
    library: Library,
    sheet: Sheet,
    *,
    only: Sequence[str] = (),
    told: bool = True,
    date: str = "",
    progress: Progress = silent,
) -> Publication:
    """Give what the booklet holds. Raises UnknownDrawingError and LayoutError."""
    chosen = _chosen(library, only)
    printed = {flowchart.id for flowchart in chosen}
    charts = []
    for n, flowchart in enumerate(chosen):
        progress("laying out flowchart", n + 1, len(chosen) + 1)
        charts.append(chart(library, flowchart, sheet, printed))
    first = [phases(library, sheet, chosen)] if len(chosen) > 1 and not only else []
    labels = {key: label for each in (*first, *charts) for key, label in each.labels().items()}
    labels |= {each.id: each.label for each in charts}
    title = TITLE if not only else f"Golden Thread: {', '.join(named(flowchart) for flowchart in chosen)}"
    held = [_front(sheet, charts)]
    for each in first:
        held += [*parts(each, labels, ()), _by_phase(chosen, charts)]
    for each, flowchart in zip(charts, chosen, strict=True):
        asked = {node.key for node in flowchart.nodes.values()} if told else set()
        drawn = list(parts(each, labels, asked))
        steps = tuple(questions(library, flowchart, labels)) if told else ()
        held += _run_on(drawn, steps, sheet) if steps else drawn
    held += index(library, chosen, labels, told=told)
    held += references(library, chosen) if told else ()
    progress("laying out flowchart", 1, 1)
    return Publication(title, sheet, furniture(library, title, date, chosen), tuple(held))


def _run_on(drawn: list[Part], steps: tuple[Block, ...], sheet: Sheet) -> list[Part]:
    """Let the steps in words begin below the last part of a drawing where that leaves half of its page."""
    *before, last = drawn
    blocks = [replace(block, fill=False) if isinstance(block, Picture) else block for block in last.blocks]
    tall = sum(block.height * block.factor for block in blocks if isinstance(block, Picture))
    if last.turned or tall > _HALF * sheet.room()[1] or any(isinstance(block, Table) for block in blocks):
        return [*drawn, Part(steps)]
    return [*before, Part((*blocks, *steps))]


def _chosen(library: Library, only: Sequence[str]) -> list[Flowchart]:
    for id_ in only:
        if id_ not in library.flowcharts:
            raise UnknownDrawingError(id_, library.flowcharts)
    return [flowchart for flowchart in library.flowcharts.values() if not only or flowchart.id in only]


def _front(sheet: Sheet, charts: Sequence[Chart]) -> Part:
    return Part(
        (
            Title(_UNDER),
            Heading("How to read it", 1, listed=False),
            Para(_HOW),
            key(sheet, charts),
            Heading("Contents", 1, listed=False),
            Contents(1),
        )
    )


def _by_phase(chosen: Sequence[Flowchart], charts: Sequence[Chart]) -> Part:
    """Give the phases with their flowcharts."""
    rows: list[tuple[Words, ...]] = []
    for phase in ("planning", *PHASES):
        own = [pair for pair in zip(chosen, charts, strict=True) if pair[0].phase == phase]
        for n, (flowchart, each) in enumerate(own):
            first = "" if n else PHASE_NAMES.get(phase, "The whole")
            rows.append((first, named(flowchart), flowchart.purpose, (Run("", "", each.label, "of"),)))
    return Part(
        (
            Heading("The flowcharts by phase", 2),
            Table(("Phase", "Flowchart", "What it is for", "Page"), tuple(rows), (3.5, 4, 9, 1.1)),
        )
    )


__all__ = ["TITLE", "Progress", "booklet", "publication"]
