"""The steps of a flowchart in order: both wordings, options, ways on with their conditions, why, and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.views.names import filled, named
from goldenthread.graph import raising
from goldenthread.plan.phrases import cap, full, quoted
from goldenthread.print.content import Heading, Pairs, Para, Run
from goldenthread.session.entries import said
from goldenthread.session.uses import bank_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from goldenthread.model import Edge, Flowchart, Library, Node, Option
    from goldenthread.print.content import Block, Words

_VERBS = {
    "ask": "Question",
    "measure": "Measure",
    "decide": "Branch",
    "tell": "To read",
    "visit": "Another flowchart",
    "end": "End",
}
_TONES = {"caution": "Caution", "urgent": "Urgent"}
_ANSWERS = {
    "yes_no": "yes or no",
    "choice": "one of these",
    "choices": "all of these that apply",
    "goals": "goals, their blanks filled",
    "text": "in words",
    "number": "a number",
    "duration": "a length of time",
    "date": "a date",
}
_BANKS = {"factors": "factors", "diagnoses": "diagnoses", "goals": "goals", "modalities": "treatments"}


def label(key: str) -> str:
    """Give the label of a node's entry."""
    return f"node:{key}"


def cited_as(ref: str) -> str:
    """Give the label of a work in the references."""
    return f"work:{ref}"


def questions(library: Library, flowchart: Flowchart, charts: Mapping[str, str]) -> Iterator[Block]:
    """Give an entry for each step of a flowchart. `charts` are the labels of boxes and flowcharts that are drawn."""
    yield Heading(f"The steps of {named(flowchart)}", 2)
    for node in flowchart.nodes.values():
        yield from _entry(library, flowchart, node, charts)


def works(library: Library, flowcharts: Collection[Flowchart]) -> dict[str, list[str]]:
    """Give the works that the steps rest on, each with the nodes that cite it."""
    found: dict[str, list[str]] = {}
    for flowchart in flowcharts:
        for node in flowchart.nodes.values():
            for ref in dict.fromkeys(source.ref for source in node.sources):
                if ref in library.references:
                    found.setdefault(ref, []).append(node.key)
    return found


def _entry(library: Library, flowchart: Flowchart, node: Node, charts: Mapping[str, str]) -> Iterator[Block]:
    kind = _TONES.get(node.tone, "") or _VERBS[node.verb] if node.verb == "tell" else _VERBS[node.verb]
    drawn = (Run(", drawn", "quiet", charts[node.key], "on"),) if node.key in charts else ()
    number = (Run(f"{node.number}  "),) if node.number else ()
    rows = (
        ("Answer", tuple(_answer(library, node))),
        ("Options", tuple(_options(library, node))),
        ("Then", tuple(_ways(library, flowchart, node, charts))),
        ("Alert", tuple(_alerts(library, node, charts))),
        ("Why", (filled(library, node.why),)),
        ("Mind", (" ".join(_notes(library, node)),)),
        ("Source", tuple(_sources(library, node))),
    )
    shown = tuple((name, said) for name, said in rows if any(said))
    if node.verb == "end" and not shown:
        # An end of which no more is to be said than its name takes one line.
        yield Heading(
            (Run(f"{kind}: ", "quiet"), Run(filled(library, node.text)), *drawn),
            3,
            label(node.key),
            listed=False,
        )
        return
    yield Heading((*number, Run(kind, "quiet"), *drawn), 3, label(node.key), listed=False)
    yield Para(_text(library, node, charts), "ask")
    if node.say:
        yield Para(quoted(filled(library, node.say)), "say")
    if shown:
        yield Pairs(shown)


def _text(library: Library, node: Node, charts: Mapping[str, str]) -> Words:
    instrument = library.instruments.get(node.measure)
    if instrument is not None:
        return f"Score the {instrument.name} ({instrument.short})."
    visited = library.flowcharts.get(node.visit)
    if visited is None:
        return filled(library, node.text)
    return (Run("Go through "), _flowchart(library, visited.id, charts), Run(", and come back."))


def _flowchart(library: Library, id_: str, charts: Mapping[str, str]) -> Run:
    title = named(library.flowcharts[id_]) if id_ in library.flowcharts else id_
    return Run(title, "", charts[id_], "on") if id_ in charts else Run(title)


def _answer(library: Library, node: Node) -> Iterator[Words]:
    if node.verb == "measure":
        instrument = library.instruments.get(node.measure)
        for scale in instrument.scales.values() if instrument else ():
            bands = "; ".join(f"from {band.start:g} {band.label}" for band in scale.bands)
            between = f"{scale.between[0]:g} to {scale.between[1]:g}"
            yield f"{cap(scale.label or scale.id)}: {between}{f' ({bands})' if bands else ''}"
    fact = library.facts.get(node.key)
    if node.verb != "ask" or fact is None:
        return
    role = library.roles.get(node.role)
    bank = bank_of(library, node.key)
    source = (role.options_from if role else node.options_from) or ""
    kind = _ANSWERS.get(fact.type.kind, fact.type.kind)
    if bank:
        kind = f"{kind.replace(' of these', '')}, from the bank of {_BANKS.get(bank, bank)}"
    elif source in library.roles:
        kind = f"{kind.replace(' of these', '')}, from what was answered to “{library.roles[source].label}”"
    low, high = fact.type.low, fact.type.high
    between = f", {low:g} to {high:g}" if low is not None and high is not None else ""
    unit = f" ({fact.type.unit})" if fact.type.unit else ""
    yield cap(kind) + unit + between


def _options(library: Library, node: Node) -> Iterator[Words]:
    role = library.roles.get(node.role)
    if node.verb == "ask":
        yield from map(_option, (role.options if role else node.options).values())


def _option(option: Option) -> Words:
    runs = [Run(cap(option.label))]
    if option.exclusive:
        runs.append(Run(" (stands alone)", "quiet"))
    if option.when is not None:
        runs.append(Run(f" (only if {option.when.say()})", "quiet"))
    if option.note:
        runs.append(Run(f": {option.note}"))
    if option.say:
        runs.append(Run(f" {quoted(option.say)}", "said"))
    return tuple(runs)


def _ways(library: Library, flowchart: Flowchart, node: Node, charts: Mapping[str, str]) -> Iterator[Words]:
    for edge in node.edges:
        head = flowchart.nodes.get(edge.go)
        if head is None:
            continue
        called = head.number or quoted(filled(library, head.text))
        words = filled(library, _when(edge))
        page = charts.get(head.key, "")
        yield (
            Run(f"{words}: to " if words else "To "),
            Run(called, "", label(head.key) if page else "", "on" if page else ""),
        )


def _when(edge: Edge) -> str:
    said_ = edge.when.say() if edge.when is not None else edge.say() if edge.kind != "next" else ""
    words = {"otherwise": "otherwise", "not known": "if it is not known"}.get(
        said_, f"if {said_}" if said_ else ""
    )
    if edge.label and edge.label != said_:
        words = f"{edge.label} ({words})" if words else edge.label
    return cap(words) + (" in a new round" if edge.again else "")


def _alerts(library: Library, node: Node, charts: Mapping[str, str]) -> Iterator[Words]:
    for alert in library.alerts.values():
        if any(asked.key == node.key for asked in raising(library, alert)):
            yield (Run(f"When {alert.raise_when.say()}: opens "), _flowchart(library, alert.opens, charts))


def _notes(library: Library, node: Node) -> Iterator[str]:
    role = library.roles.get(node.role)
    if node.required:
        yield "It cannot be left for later."
    if node.own_first:
        yield "Ask for the clinician’s own idea before the list is shown."
    if role is not None and role.private:
        yield "It is not shown in the client’s view."
    if node.example:
        yield f"With each, an example from this client: {full(node.example)}"
    if node.at_least or node.at_most:
        bounds = (
            f"at least {node.at_least}" if node.at_least else "",
            f"at most {node.at_most}" if node.at_most else "",
        )
        yield f"{cap(' and '.join(filter(None, bounds)))} can be chosen."
    if node.each:
        each = library.roles.get(node.each)
        most = f", at most {node.max}" if node.max else ""
        yield f"It runs once for each of: {each.label if each else node.each}{most}."
    if node.carry == "never":
        yield "At a review it is asked anew, and no earlier answer is put forward."
    if node.stop:
        yield "Everything stops here."


def _sources(library: Library, node: Node) -> Iterator[Words]:
    for source in node.sources:
        whole = said(library, source)
        reference = library.references.get(source.ref)
        if reference is None:
            yield whole
        else:
            cite = reference.cite()
            yield (Run(cite, "", cited_as(source.ref)), Run(whole.removeprefix(cite)))
    if node.basis and not node.sources:
        yield f"{cap(node.basis.replace('_', ' '))}; no work is cited."
