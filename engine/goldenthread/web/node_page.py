"""What can be read about one step of a flowchart: its words, why it stands there, every way in and on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.diagnostics import nearest
from goldenthread.graph import raising
from goldenthread.session.uses import bank_of
from goldenthread.web.entry_page import cited, grouped
from goldenthread.web.entry_rows import ANSWERS, capital, phase_name
from goldenthread.web.node_words import notes, option, verb, when
from goldenthread.web.shelf import BANKS, Link, MissingError, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.model import Flowchart, Node


class Way(NamedTuple):
    """A way in or on: the condition in English, the words on the arrow where they differ, where it leads."""

    when: str
    label: str
    to: Link


def page(shelf: Shelf, chart: Flowchart, node: Node) -> dict[str, Any]:
    """Give what the template of a node needs."""
    library = shelf.library
    fact = library.facts.get(node.key)
    keys = [key for key in (node.key, node.role) if key]
    read = shelf.uses.of_facts(keys)
    if node.measure:
        read = tuple(dict.fromkeys((*read, *shelf.uses.of("instruments", node.measure))))
    role = library.roles.get(node.role)
    options = (role.options if role else node.options).values()
    bank = _bank(shelf, node)
    return {
        "tab": "flowcharts",
        "chart": chart,
        "node": node,
        "verb": verb(node),
        "text": _text(shelf, node),
        "phase": phase_name(chart.phase),
        "place": f"step {list(chart.nodes).index(node.id) + 1} of {len(chart.nodes)}",
        "sources": cited(shelf, node.sources),
        "options": [option(each) for each in options],
        "bank": bank,
        "answer": ANSWERS.get(fact.type.kind, "") if fact and node.verb == "ask" else "",
        "unit": fact.type.unit if fact else "",
        "notes": list(notes(shelf.library, node)),
        "ways_on": list(_ways_on(shelf, chart, node)),
        "ways_in": list(_ways_in(shelf, chart, node)),
        "alerts": [
            Way(capital(alert.raise_when.say()), "", shelf.link("flowcharts", alert.opens))
            for alert in library.alerts.values()
            if any(asked.key == node.key for asked in raising(library, alert))
        ],
        "sets": _sets(shelf, node),
        "readers": grouped(shelf, (use for use in read if use.id != node.key)),
    }


def find(shelf: Shelf, chart: str, node: str) -> tuple[Flowchart, Node]:
    """Give a node of a flowchart. Raises MissingError."""
    found = shelf.flowchart(chart)
    if node not in found.nodes:
        near = nearest(node, [*found.nodes, *(each.number for each in found.nodes.values())])
        ids = {each.number: id_ for id_, each in found.nodes.items()}
        link = shelf.link("flowcharts", f"{chart}.{ids.get(near, near)}") if near else None
        raise MissingError("This flowchart has no such step.", link, shelf.link("flowcharts", chart))
    return found, found.nodes[node]


def _text(shelf: Shelf, node: Node) -> str:
    instrument = shelf.library.instruments.get(node.measure)
    if instrument is not None:
        return f"Score the {instrument.name} ({instrument.short})."
    chart = shelf.library.flowcharts.get(node.visit)
    return f"Go through “{chart.title}”, and come back." if chart else node.text


def _bank(shelf: Shelf, node: Node) -> Link | None:
    """Give the bank that the options of a question are taken from, where they are no words of its own."""
    kind = bank_of(shelf.library, node.key) if node.verb == "ask" else ""
    if kind:
        return Link(BANKS[kind].title.lower(), shelf.bank_href(kind))
    role = shelf.library.roles.get(node.role)
    source = role.options_from if role else node.options_from
    return shelf.link("roles", source) if source in shelf.library.roles else None


def _ways_on(shelf: Shelf, chart: Flowchart, node: Node) -> Iterator[Way]:
    for edge in node.edges:
        yield Way(when(edge), edge.label, shelf.link("flowcharts", f"{chart.id}.{edge.go}"))
    if node.visit:
        yield Way("First", "", shelf.link("flowcharts", node.visit))


def _ways_in(shelf: Shelf, chart: Flowchart, node: Node) -> Iterator[Way]:
    for other in chart.nodes.values():
        for edge in other.edges:
            if edge.go == node.id:
                yield Way(when(edge), edge.label, shelf.link("flowcharts", other.key))
    if node.id != chart.start:
        return
    for other in shelf.library.nodes():
        if other.visit == chart.id:
            yield Way("Visited", "", shelf.link("flowcharts", other.key))
    for alert in shelf.library.alerts.values():
        if alert.opens == chart.id:
            yield Way(f"At once, when {alert.raise_when.say()}", "", shelf.link("alerts", alert.id))
    if chart.opened_by_hand:
        yield Way("Opened by hand at any question", "", Link(""))


def _sets(shelf: Shelf, node: Node) -> list[Link]:
    if node.verb not in {"ask", "measure"}:
        return []
    made: Iterable[Link] = [Link(node.key)]
    if node.role:
        made = [shelf.link("roles", node.role, note=node.role), *made]
    if node.measure:
        made = [shelf.link("instruments", node.measure, note="its scores, bands and change"), *made]
    return list(made)
