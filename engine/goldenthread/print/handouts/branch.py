"""The decision table of a branch: its conditions from the top, then what is not known, then otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw import UnknownDrawingError
from goldenthread.draw.views.names import named
from goldenthread.plan.phrases import cap
from goldenthread.print.content import Heading, Para, Run, Table, shortened
from goldenthread.print.form import filled, form
from goldenthread.print.numbered import numbers_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Edge, Library, Node
    from goldenthread.print.content import Block, Words

_HOW = (
    "Read from the top: the first condition that is true is taken. A condition that rests on something not known is "
    "not true; then “not known” is taken where the table has it, and “otherwise” where not. Numbers in brackets are "
    "the questions read."
)


def branches(library: Library) -> list[str]:
    """Give the full names of the nodes that branch."""
    return [node.key for node in library.nodes() if len(node.edges) > 1]


def decision(library: Library, name: str, longest: int = 2000) -> Iterator[Block]:
    """Give the table of a node, by its full name or its number, with its texts so long. Raises UnknownDrawingError."""
    node = library.node(name) or next(
        (each for each in library.nodes() if name and each.number == name), None
    )
    if node is None or len(node.edges) < 2:
        raise UnknownDrawingError(name, branches(library))
    flowchart = library.flowcharts[node.flowchart]
    steps = form(library, flowchart).steps
    step = steps[node.id]
    yield Heading(f"Branch {step.number}")
    instrument = library.instruments.get(node.measure)
    yield Para(instrument.name if instrument else step.text, "lead")
    yield Para((Run("In "), Run(named(flowchart), "bold"), Run(f". {_HOW}")), "quiet")
    rows: list[tuple[Words, ...]] = []
    for n, edge in enumerate(_in_order(node), 1):
        head = steps[edge.go]
        go: Words = (Run(f"{head.number}  ", "bold"), Run(_called(library, head.node, head.text, longest)))
        rows.append((str(n), _when(library, edge), go))
    yield Table(("No.", "If", "Go to"), tuple(rows), (0.7, 7, 6))
    read = list(_read(library, node, longest))
    if read:
        yield Heading("What it reads", 2, listed=False)
        yield Table(("Question", "Asked as", "Answer here"), tuple(read), (1.4, 8, 4))


def _in_order(node: Node) -> list[Edge]:
    order = {"when": 0, "next": 0, "unknown": 1, "otherwise": 2}
    return sorted(node.edges, key=lambda edge: order.get(edge.kind, 3))


def _when(library: Library, edge: Edge) -> Words:
    if edge.when is None:
        words = {"unknown": "not known", "otherwise": "otherwise"}.get(edge.kind, "always")
        condition: tuple[Run, ...] = (Run(words, "bold"),)
    else:
        condition = (Run(said(library, edge.when)),)
    label = (Run(f"{cap(edge.label)}: ", "bold"),) if edge.label else ()
    again = (Run(" (a new round begins)", "quiet"),) if edge.again else ()
    return (*label, *condition, *again)


def _called(library: Library, node: Node, text: str, longest: int) -> str:
    visited = library.flowcharts.get(node.visit)
    instrument = library.instruments.get(node.measure)
    whole = named(visited) if visited else instrument.name if instrument else text
    return shortened(whole, longest)


def _read(library: Library, node: Node, longest: int) -> Iterator[tuple[Words, ...]]:
    """Give the questions that the conditions read, with a blank for the answer."""
    keys = dict.fromkeys(fact.key for edge in node.edges if edge.when is not None for fact in edge.when.facts)
    seen: set[str] = set()
    for key in keys:
        askers = library.askers.get(key) or library.askers.get(key.partition(".")[0], ())
        for asked in askers:
            if asked.key in seen:
                continue
            seen.add(asked.key)
            instrument = library.instruments.get(asked.measure)
            text = instrument.name if instrument else filled(library, asked, asked.text)
            yield asked.number or asked.id, shortened(text, longest), ""
        if not askers and not numbers_of(library, key):
            fact = library.facts.get(key)
            if fact is not None and fact.label:
                yield "", cap(fact.label), ""
