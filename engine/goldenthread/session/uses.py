"""What names what: which entries and questions use an entry, and which conditions read a fact."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.model import (
    FACTOR_LISTS,
    KINDS,
    Advisable,
    Alert,
    Goal,
    Obligation,
    Reference,
    Role,
)
from goldenthread.session.entries import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.language import Condition
    from goldenthread.model import Entry, Flowchart, Library, Node

_LISTS = {
    "interventions": "interventions",
    "targets": "factors",
    "diagnoses": "diagnoses",
    "perpetuating": "factors",
    "instruments": "instruments",
}
"""Which bank the words of a field are ids of."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names something: the entry (`kind`, `id`) or the node (`flowcharts`, full name), and in what part.

    `part` is the field or the kind of rule as authored: `targets`, `suggest`, `next`.
    """

    kind: str
    id: str
    part: str


Names = tuple[str, str]
"""What is named: its kind and its id. A fact is of the kind `facts`, a flowchart of the kind `flowcharts`."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Every use in a library, by what is named."""

    found: dict[Names, dict[Use, None]] = field(default_factory=dict)

    def of(self, kind: str, id_: str) -> tuple[Use, ...]:
        """Give the uses of an entry, a flowchart, or a fact (`facts`), as authored."""
        return tuple(self.found.get((kind, id_), ()))

    def of_facts(self, keys: Iterable[str]) -> tuple[Use, ...]:
        """Give who reads any of some facts, without repeats."""
        return tuple(dict.fromkeys(use for key in keys for use in self.of("facts", key)))


def uses(library: Library) -> Uses:
    """Find every use in a library."""
    found: defaultdict[Names, dict[Use, None]] = defaultdict(dict)
    for entry in library.entries():
        for part, named in _in_entry(library, entry):
            found[named][Use(entry.kind, entry.id, part)] = None
    for flowchart in library.flowcharts.values():
        for key, part, named in _in_flowchart(library, flowchart):
            found[named][Use("flowcharts", key, part)] = None
    return Uses(dict(found))


def _in_entry(library: Library, entry: Entry) -> Iterator[tuple[str, Names]]:
    for part, kind in _LISTS.items():
        for id_ in getattr(entry, part, ()):
            yield part, (kind, id_)
    for part, condition in _conditions(entry):
        yield from ((part, named) for named in _in_condition(library, condition))
    match entry:
        case Goal():
            if entry.measure.instrument:
                yield "measure", ("instruments", entry.measure.instrument)
            facts = [blank.fact for blank in entry.blanks.values() if blank.fact]
            yield from (("blanks", named) for fact in facts for named in _fact(library, fact))
        case Role(options_from=source) if source in library.roles:
            yield "from", ("roles", source)
        case Alert():
            yield "opens", ("flowcharts", entry.opens)
        case Reference(superseded_by=later) if later:
            yield "superseded_by", ("references", later)


def _conditions(entry: Entry) -> Iterator[tuple[str, Condition]]:
    match entry:
        case Advisable():
            yield from ((verb, rule.when) for verb, rule in rules_of(entry))
        case Alert():
            yield "raise_when", entry.raise_when
            yield "cleared_when", entry.cleared_when
        case Obligation(until=until) if until is not None:
            yield "until", until


def _in_flowchart(library: Library, flowchart: Flowchart) -> Iterator[tuple[str, str, Names]]:
    """Give the node (or the flowchart, for its derived facts), the part, and what is named."""
    for condition in flowchart.facts.values():
        yield from ((flowchart.id, "facts", named) for named in _in_condition(library, condition))
    for node in flowchart.nodes.values():
        yield from ((node.key, part, named) for part, named in _in_node(library, node))


def _in_node(library: Library, node: Node) -> Iterator[tuple[str, Names]]:
    single = (("measure", "instruments"), ("visit", "flowcharts"), ("role", "roles"), ("each", "roles"))
    for part, kind in single:
        if getattr(node, part):
            yield part, (kind, getattr(node, part))
    for option in node.options.values():
        if option.when is not None:
            yield from (("options", named) for named in _in_condition(library, option.when))
    for edge in node.edges:
        if edge.when is not None:
            yield from (("next", named) for named in _in_condition(library, edge.when))


def _in_condition(library: Library, condition: Condition) -> Iterator[Names]:
    for fact in condition.facts:
        yield from _fact(library, fact.key)
    for fact, option in condition.options:
        bank = bank_of(library, fact.key)
        if bank:
            yield bank, option


def _fact(library: Library, key: str) -> Iterator[Names]:
    yield "facts", key
    first = key.partition(".")[0]
    if key in library.roles:
        yield "roles", key
    elif first in library.instruments and first not in library.flowcharts:
        yield "instruments", first


def bank_of(library: Library, fact: str) -> str:
    """Give the kind of entry that the options of a fact are, or nothing where they are its own."""
    node, seen = library.node(fact), set[str]()
    source = (node.role or node.options_from) if node is not None else fact
    while source in library.roles and source not in seen:
        seen.add(source)
        source = library.roles[source].options_from
    if source in FACTOR_LISTS:
        return "factors"
    return source if source in KINDS else ""
