"""Where things stand: steps, factors and goals by page, and the works that the steps rest on."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from goldenthread.draw.views.names import filled, named
from goldenthread.model import FACTOR_LISTS
from goldenthread.plan.phrases import cap
from goldenthread.print.content import Heading, Para, Part, Run, shortened
from goldenthread.print.questions import cited_as, label, works
from goldenthread.session.uses import bank_of, uses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from goldenthread.model import Flowchart, Library, Node
    from goldenthread.print.content import Block, Words

_LONGEST = 72


def index(
    library: Library, flowcharts: Collection[Flowchart], charts: Mapping[str, str], *, told: bool
) -> Iterator[Part]:
    """Give the index of steps, and where the steps are `told`, of factors and goals with the steps that name them."""
    nodes = [node for flowchart in flowcharts for node in flowchart.nodes.values()]
    said = "the flowchart, then the step in words" if told else "the flowchart"
    blocks: list[Block] = [
        Heading("Index of steps", label="index"),
        Para(f"The pages are those of {said}.", "entry"),
    ]
    for flowchart in flowcharts:
        blocks.append(Heading(named(flowchart), 2, listed=False, size=0.82))
        blocks += [
            Para(_step(library, node, charts, told=told), "entry") for node in flowchart.nodes.values()
        ]
    yield Part(tuple(blocks), columns=2)
    if told and library.factors:
        yield Part((Heading("Index of factors"), *_factors(library, nodes)), columns=2)
    if told and library.goals:
        yield Part((Heading("Index of goals"), *_goals(library, nodes)), columns=2)


def references(library: Library, flowcharts: Collection[Flowchart]) -> Iterator[Part]:
    """Give the works that the steps rest on, each with the steps that cite it."""
    found = works(library, flowcharts)
    if not found:
        return
    blocks: list[Block] = [Heading("References", label="references")]
    for ref, keys in sorted(found.items(), key=lambda item: sorted_by(library.references[item[0]].cite())):
        work = library.references[ref]
        cited = (library.node(key) for key in keys)
        steps = _joined(_page(node) for node in cited if node is not None)
        text = (Run(f"{work.cite()}. ", "bold"), Run(f"{work.full()} "), Run("Cited at ", "quiet"), *steps)
        blocks.append(Para(text, "entry", cited_as(ref)))
    yield Part(tuple(blocks))


def _step(library: Library, node: Node, charts: Mapping[str, str], *, told: bool) -> Words:
    visited = library.flowcharts.get(node.visit)
    instrument = library.instruments.get(node.measure)
    text = f"Visit to {named(visited)}" if visited else instrument.name if instrument else node.text
    number = (Run(f"{node.number}  ", "bold"),) if node.number else ()
    pages = [charts[node.key]] if node.key in charts else []
    pages += [label(node.key)] if told else []
    return (
        *number,
        Run(f"{shortened(filled(library, text), _LONGEST)}  "),
        *_joined(Run("", "", to, "of") for to in pages),
    )


def _factors(library: Library, nodes: Collection[Node]) -> Iterator[Block]:
    """List the factors under the five P's, each with the steps that name it."""
    found = uses(library)
    keys = {node.key: node for node in nodes}
    for role, p in FACTOR_LISTS.items():
        own = [factor for factor in library.factors.values() if factor.p == p]
        asking = [node for node in nodes if node.verb == "ask" and _options_from(library, node) == role]
        if own:
            yield Heading(f"{cap(p)} factors", 2, listed=False)
        if own and asking:
            yield Para((Run("All are options at "), *_joined(map(_page, asking)), Run(".")), "entry")
        for factor in sorted(own, key=lambda entry: sorted_by(entry.name)):
            named_by = [use.id for use in found.of("factors", factor.id) if use.kind == "flowcharts"]
            steps = _joined(_page(keys[key]) for key in dict.fromkeys(named_by) if key in keys)
            yield Para(
                (Run(cap(factor.name)), *([Run("  ")] if steps else []), *steps), "entry", _factor(factor.id)
            )


def _options_from(library: Library, node: Node) -> str:
    role = library.roles.get(node.role)
    return role.options_from if role else node.options_from


def _factor(id_: str) -> str:
    return f"factor:{id_}"


def _goals(library: Library, nodes: Collection[Node]) -> Iterator[Block]:
    """List the goals, each with the factors that it works on."""
    offering = [node for node in nodes if node.verb == "ask" and bank_of(library, node.key) == "goals"]
    lead = "Under each goal, the factors that it works on and where the index lists them."
    if offering:
        yield Para((Run("Goals are offered at "), *_joined(map(_page, offering)), Run(f". {lead}")), "entry")
    for goal in sorted(library.goals.values(), key=lambda entry: sorted_by(entry.name)):
        factors = [library.factors[id_] for id_ in goal.targets if id_ in library.factors]
        works_on = _joined(Run(f"{factor.name}, ", "quiet", _factor(factor.id), "of") for factor in factors)
        yield Para((Run(cap(goal.name)), *([Run(": ", "quiet")] if works_on else []), *works_on), "entry")


def _page(node: Node) -> Run:
    return Run(f"{node.number or node.id}, p. ", "", label(node.key), "of")


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    found: list[Run] = []
    for run in runs:
        found += [Run("; ")] if found else []
        found.append(run)
    return tuple(found)


def sorted_by(text: str) -> str:
    """Give what a name is sorted by: letters and figures, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum() or char == " ")
