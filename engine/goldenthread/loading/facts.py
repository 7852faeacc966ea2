"""Every fact that can be known, with its type and words: roles, answers to nodes, outcomes, instrument scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from goldenthread.language import Fact, Type
from goldenthread.model import FACTOR_LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.language import Kind
    from goldenthread.model import Instrument, Library, Node, Option, Role, Scale

BANK_LISTS = ("diagnoses", "interventions", "modalities", "goals", *FACTOR_LISTS)
YES_NO = Type("yes_no")
RELIABLE = {
    "improved": "improved reliably",
    "not_reliable": "changed, not reliably",
    "no_change": "no change",
    "worse": "worse reliably",
}


def all_facts(library: Library) -> dict[str, Fact]:
    """Give every fact by its full name, but for those whose type is in doubt because something at them is wrong."""
    facts: dict[str, Fact] = {}
    types = _role_types(library)
    once_an_item = _visited_each(library)
    for id_, type_ in types.items():
        role = library.roles[id_]
        facts[id_] = Fact(id_, type_, role.label, role.yes, role.no, role.safety)
    for instrument in library.instruments.values():
        facts.update(instrument_facts(instrument))
    for flowchart in library.flowcharts.values():
        each = flowchart.id if flowchart.id in once_an_item else ""
        safety = flowchart.phase == "safety"
        for node in flowchart.nodes.values():
            fact = _node_fact(node, library, types, safety=safety, each=each)
            if fact is None:
                continue
            facts[fact.key] = fact
            if each and node.role in facts:
                facts[node.role] = replace(facts[node.role], each=each)
        ends = {node.id: node.end for node in flowchart.nodes.values() if node.verb == "end"}
        name, label = f"{flowchart.id}.outcome", f"the outcome of {flowchart.title or flowchart.id}"
        facts[name] = Fact(name, Type("choice", ends), label, safety=safety)
    return facts


def in_doubt(name: str, library: Library) -> bool:
    """Say whether a fact is missing only because of something that is wrong where it is asked for."""
    if name in library.facts:
        return False
    node = library.node(name)
    return name in library.roles or (node is not None and node.verb in {"ask", "measure"})


def _visited_each(library: Library) -> set[str]:
    return {node.visit for node in library.nodes() if node.each}


def _role_types(library: Library) -> dict[str, Type]:
    """Give the types of roles. One whose options cannot be told has none."""
    types: dict[str, Type] = {}
    waiting = dict(library.roles)
    while waiting:
        ready = [role for role in waiting.values() if role.options_from not in waiting]
        if not ready:
            break  # what is left takes its options from itself, round a circle
        for role in ready:
            del waiting[role.id]
            if _options_known(role, types):
                types[role.id] = answer_type(role, library, types)
    return types


def _options_known(asked: Role | Node, types: Mapping[str, Type]) -> bool:
    source = asked.options_from
    if source:
        return source in BANK_LISTS or source in types
    return bool(asked.options) or asked.answer not in {"choice", "choices"}


def answer_type(asked: Role | Node, library: Library, types: Mapping[str, Type]) -> Type:
    """Give the type that a role's or a node's own keys describe."""
    kind = cast("Kind", asked.answer or "text")
    low, high = asked.between or (None, None)
    options = _labels(asked.options)
    groups: Mapping[str, tuple[str, ...]] = {}
    source = asked.options_from
    if source in BANK_LISTS:
        options = {id_: entry.name for id_, entry in library.advised(source).items()} | options
        if source == "diagnoses":
            groups = {id_: entry.groups for id_, entry in library.diagnoses.items()}
    elif source in types:
        options = {**types[source].options, **options}
        groups = types[source].groups
    return Type(kind, options, asked.ordered, low, high, asked.unit, groups)


def _labels(options: Mapping[str, Option]) -> dict[str, str]:
    return {id_: option.label for id_, option in options.items()}


def _node_fact(
    node: Node, library: Library, types: Mapping[str, Type], *, safety: bool, each: str
) -> Fact | None:
    if node.verb == "measure":
        instrument = library.instruments.get(node.measure)
        if instrument is None:
            return None
        type_ = _score(main_scale(instrument))
        return Fact(node.key, type_, f"the {instrument.short} score", each=each)
    if node.verb != "ask":
        return None
    if not node.role:
        if not _options_known(node, types):
            return None
        label = node.label or node.id.replace("_", " ")
        return Fact(
            node.key, answer_type(node, library, types), label, safety=safety or node.safety, each=each
        )
    if node.role not in types:
        return None
    role = library.roles[node.role]
    label = node.label or role.label or node.id.replace("_", " ")
    return Fact(
        node.key, types[role.id], label, role.yes, role.no, safety or node.safety or role.safety, each
    )


def main_scale(instrument: Instrument) -> Scale:
    """Give the scale `total`, or the first where there is none of that name."""
    return instrument.scales.get("total") or next(iter(instrument.scales.values()))


def _score(scale: Scale) -> Type:
    return Type("number", low=scale.between[0], high=scale.between[1])


def instrument_facts(instrument: Instrument) -> Iterable[tuple[str, Fact]]:
    """Give the facts of an instrument: totals, bands, items, and scores over time."""
    for scale in instrument.scales.values():
        total = scale.id == "total"
        stem = instrument.id if total else f"{instrument.id}.{scale.id}"
        words = instrument.short if total else f"{instrument.short} {scale.label or scale.id}"
        width = scale.between[1] - scale.between[0]
        bands = Type("choice", {band.id: band.label for band in scale.bands}, ordered=True)
        change = Type("number", low=-width, high=width)
        reliable = Type("choice", RELIABLE)
        parts = {
            "total": (_score(scale), "score"),
            "band": (bands, "band"),
            "first": (_score(scale), "first score"),
            "latest": (_score(scale), "latest score"),
            "change": (change, "change since the first score"),
            "reliable": (reliable, "reliable change"),
        }
        for name, (type_, label) in parts.items():
            key = f"{stem}.{name}"
            yield key, Fact(key, type_, f"the {words} {label}")
    risky = {item.item for item in instrument.risk}
    low, high = instrument.item_between or (0, 0)
    for n in range(1, instrument.items + 1):
        key = f"{instrument.id}.item_{n}"
        yield (
            key,
            Fact(key, Type("number", low=low, high=high), f"{instrument.short} item {n}", safety=n in risky),
        )
