"""The shipped library with one part of its content edited, in as many places as there are for each kind of edit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goldenthread.language import Condition
from goldenthread.model import ADVISED
from small import shipped_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Library, Node

    Mutant = tuple[str, Library]

LIBRARY = shipped_program().library
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")


def condition(text: str, like: Condition) -> Condition:
    """Give another condition in the place of one."""
    made = Condition(text, like.span)
    assert not made.bind(like.scope), text
    return made


def with_node(node: Node) -> Library:
    chart = LIBRARY.flowcharts[node.flowchart]
    changed = replace(chart, nodes={**chart.nodes, node.id: node})
    return replace(LIBRARY, flowcharts={**LIBRARY.flowcharts, chart.id: changed})


def with_entry(entry: Any) -> Library:
    return replace(LIBRARY, **{entry.kind: {**LIBRARY.bank(entry.kind), entry.id: entry}})


def turned(when: Condition) -> Iterator[Condition]:
    """Give a condition with one part of it edited: each number one more, a part of it gone, and its contrary."""
    for match in _NUMBER.finditer(when.text):
        yield condition(when.text[: match.start()] + str(int(match[0]) + 1) + when.text[match.end() :], when)
    for word in (" and ", " or "):
        parts = when.text.split(word)
        if len(parts) > 1 and "(" not in when.text:
            yield condition(word.join(parts[1:]), when)
    yield condition(f"not ({when.text})", when)


def edges() -> Iterator[Mutant]:
    """Conditions of edges."""
    for node in LIBRARY.nodes():
        for n, edge in enumerate(node.edges):
            for when in turned(edge.when) if edge.when else ():
                changed = (*node.edges[:n], replace(edge, when=when), *node.edges[n + 1 :])
                yield f"{node.key} {n}: {when.text}", with_node(replace(node, edges=changed))


def further(node: Node, start: str) -> list[str]:
    """Give the nodes of a flowchart that lie behind one of them, within the round: no circle comes of leading there."""
    nodes, found, waiting = LIBRARY.flowcharts[node.flowchart].nodes, [], [start]
    while waiting:
        for edge in nodes[waiting.pop()].edges:
            if not edge.again and edge.go not in found:
                found.append(edge.go)
                waiting.append(edge.go)
    return found


def targets() -> Iterator[Mutant]:
    """Edges that lead further on than they should."""
    for node in LIBRARY.nodes():
        for n, edge in enumerate(node.edges):
            behind = further(node, edge.go) if not edge.again else []
            if behind:
                go = behind[len(node.id) % len(behind)]
                changed = (*node.edges[:n], replace(edge, go=go), *node.edges[n + 1 :])
                yield f"{node.key} {n} to {go}", with_node(replace(node, edges=changed))


def orders() -> Iterator[Mutant]:
    """Branches in another order."""
    for node in LIBRARY.nodes():
        for n, (one, other) in enumerate(pairwise(node.edges)):
            if one.when and other.when:
                changed = (*node.edges[:n], other, one, *node.edges[n + 2 :])
                yield f"{node.key} {n}", with_node(replace(node, edges=changed))


def rules(sort: str) -> Iterator[Mutant]:
    """Rules of one sort: gone, and with their conditions edited."""
    for kind in ADVISED:
        for entry in LIBRARY.advised(kind).values():
            held = getattr(entry, sort)
            for n, rule in enumerate(held):
                gone = replace(entry, **{sort: (*held[:n], *held[n + 1 :])})
                yield f"{entry.id} without {n}", with_entry(gone)
                for when in turned(rule.when):
                    changed = (*held[:n], replace(rule, when=when), *held[n + 1 :])
                    yield f"{entry.id} {n}: {when.text}", with_entry(replace(entry, **{sort: changed}))


def options() -> Iterator[Mutant]:
    """Options that are on offer only to some, and that are gone."""
    scope = next(iter(LIBRARY.alerts.values())).raise_when.scope
    for asked in (*LIBRARY.roles.values(), *LIBRARY.nodes()):
        for id_, option in asked.options.items():
            when = Condition("age >= 30", asked.span)
            assert not when.bind(scope)
            changed = replace(asked, options={**asked.options, id_: replace(option, when=when)})
            library = with_entry(changed) if hasattr(changed, "kind") else with_node(changed)
            yield f"{asked.id} {id_}", library


def limits() -> Iterator[Mutant]:
    """Questions that ask for more, or take less."""
    for node in LIBRARY.nodes():
        if node.verb == "ask" and node.at_least:
            yield f"{node.key} at_least", with_node(replace(node, at_least=node.at_least + 1))
            yield f"{node.key} required", with_node(replace(node, required=not node.required))


def alerts() -> Iterator[Mutant]:
    """What raises and clears alerts."""
    for alert in LIBRARY.alerts.values():
        for part in ("raise_when", "cleared_when"):
            for when in turned(getattr(alert, part)):
                yield f"{alert.id} {part}: {when.text}", with_entry(replace(alert, **{part: when}))


def obligations() -> Iterator[Mutant]:
    """What banks are held until."""
    for obligation in LIBRARY.obligations.values():
        for when in turned(obligation.until) if obligation.until else ():
            yield f"{obligation.id}: {when.text}", with_entry(replace(obligation, until=when))


def grades() -> Iterator[Mutant]:
    """How strongly something is suggested."""
    for kind in ADVISED:
        for entry in LIBRARY.advised(kind).values():
            for n, rule in enumerate(entry.suggest):
                if rule.strength:
                    strength = "weak" if rule.strength == "strong" else "strong"
                    changed = (
                        *entry.suggest[:n],
                        replace(rule, strength=strength),
                        *entry.suggest[n + 1 :],
                    )
                    yield f"{entry.id} {n} {strength}", with_entry(replace(entry, suggest=changed))


KINDS = {
    "edges": edges,
    "targets": targets,
    "orders": orders,
    "suggest": lambda: rules("suggest"),
    "rule_out": lambda: rules("rule_out"),
    "caution": lambda: rules("caution"),
    "options": options,
    "limits": limits,
    "alerts": alerts,
    "obligations": obligations,
    "grades": grades,
}
