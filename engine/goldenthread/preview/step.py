"""What can be read of one step: its words, options and conditions, and where each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from goldenthread.preview.editors import Spot, spot
from goldenthread.session.uses import bank_of
from goldenthread.web import node_words
from goldenthread.web.entry_rows import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goldenthread.model import Edge, Flowchart, Library, Node


class Way(NamedTuple):
    """A way in or on: when it is gone in English and as authored, the step it leads to or comes from, its place."""

    when: str
    written: str
    label: str
    step: str
    href: str
    spot: Spot


class Cited(NamedTuple):
    """A source: the work, the place in it, what it says there, and where that is written."""

    work: str
    at: str
    says: str
    spot: Spot


def step(
    library: Library, chart: Flowchart, node: Node, editor: str, unread: AbstractSet[int]
) -> dict[str, Any]:
    """Give what the template of a step needs. `unread` are the lines of its conditions that cannot be understood."""
    role = library.roles.get(node.role)
    fact = library.facts.get(node.key)
    asked = node.verb == "ask"
    return {
        "node": node,
        "verb": node_words.verb(node),
        "text": _text(library, node),
        "spot": spot(node.span, editor),
        "role": role,
        "role_spot": spot(role.span, editor) if role is not None else None,
        "answer": ANSWERS.get(fact.type.kind, "") if fact and asked else "",
        "unit": fact.type.unit if fact and asked else "",
        "options": [node_words.option(each) for each in (role.options if role else node.options).values()],
        "bank": _bank(library, node) if asked else "",
        "notes": list(node_words.notes(library, node)),
        "sources": [Cited(_work(library, s.ref), s.at, s.says, spot(s.span, editor)) for s in node.sources],
        "ways_on": [_way(chart, edge, edge.go, editor, unread) for edge in node.edges],
        "ways_in": list(_ways_in(chart, node, editor)),
        "visits": library.flowcharts.get(node.visit),
    }


def _text(library: Library, node: Node) -> str:
    instrument = library.instruments.get(node.measure)
    if instrument is not None:
        return f"Score the {instrument.name} ({instrument.short})."
    visited = library.flowcharts.get(node.visit)
    return f"Go through “{visited.title}”, and come back." if visited else node.text


def _bank(library: Library, node: Node) -> str:
    """Say where the options of a question are taken from, where they are no words of its own."""
    kind = bank_of(library, node.key)
    role = library.roles.get(node.role)
    source = role.options_from if role else node.options_from
    return f"the {kind}" if kind else source and f"the answer to {source}"


def _work(library: Library, ref: str) -> str:
    work = library.references.get(ref)
    return work.cite() if work is not None else ref


def _way(
    chart: Flowchart, edge: Edge, other: str, editor: str, unread: AbstractSet[int] = frozenset()
) -> Way:
    when = node_words.when(edge)
    if edge.when is not None and edge.when.span.line in unread:
        when = "A condition that cannot be understood"
    written = " ".join(edge.when.text.split()) if edge.when is not None else ""
    node = chart.nodes.get(other)
    name = f"{node.number} {node.label or node.text}".strip() if node is not None else other
    href = reverse("step", args=[chart.id, other]) if node is not None else ""
    return Way(when, written, edge.label, name, href, spot(edge.span, editor))


def _ways_in(chart: Flowchart, node: Node, editor: str) -> Iterator[Way]:
    for other in chart.nodes.values():
        for edge in other.edges:
            if edge.go == node.id:
                yield _way(chart, edge, other.id, editor)
