"""The library: everything authored, frozen and linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.model.bank import ADVISED, KINDS, Entry, Factor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.language import Fact
    from goldenthread.model.bank import (
        Advisable,
        Alert,
        Diagnosis,
        Goal,
        Instrument,
        Intervention,
        Modality,
        Obligation,
        Reference,
        Requirement,
        Role,
    )
    from goldenthread.model.flowchart import Flowchart, Node

FACTOR_LISTS = {f"{p}_factors": p for p in ("predisposing", "precipitating", "perpetuating", "protective")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Flowcharts and the goal bank, with every fact that can be known."""

    flowcharts: Mapping[str, Flowchart] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    diagnoses: Mapping[str, Diagnosis] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    interventions: Mapping[str, Intervention] = field(default_factory=dict)
    modalities: Mapping[str, Modality] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    alerts: Mapping[str, Alert] = field(default_factory=dict)
    obligations: Mapping[str, Obligation] = field(default_factory=dict)
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Every fact by its full name: roles, `flowchart.node`, `phq9.total`."""
    askers: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """The nodes that ask for a fact, by its key."""
    digest: str = ""
    protected: bool = True
    """Whether the shipped alerts and obligations are part of it."""

    def bank(self, kind: str) -> Mapping[str, Entry]:
        """Give the entries of a kind. Raises KeyError for a kind that there is not."""
        if kind not in KINDS:
            raise KeyError(kind)
        entries: Mapping[str, Entry] = getattr(self, kind)
        return entries

    def advised(self, kind: str) -> Mapping[str, Advisable]:
        """Give the entries of a kind that suggests itself, or of one list of factors (`perpetuating_factors`)."""
        if kind in FACTOR_LISTS:
            return {id_: factor for id_, factor in self.factors.items() if factor.p == FACTOR_LISTS[kind]}
        if kind not in ADVISED:
            raise KeyError(kind)
        entries: Mapping[str, Advisable] = getattr(self, kind)
        return entries

    def node(self, key: str) -> Node | None:
        """Give the node of that full name, or None."""
        flowchart, _, id_ = key.partition(".")
        found = self.flowcharts.get(flowchart)
        return found.nodes.get(id_) if found else None

    def nodes(self) -> Iterator[Node]:
        """Give every node of every flowchart."""
        for flowchart in self.flowcharts.values():
            yield from flowchart.nodes.values()

    def entries(self) -> Iterator[Entry]:
        """Give every entry of every bank."""
        for kind in KINDS:
            yield from self.bank(kind).values()

    def find(self, id_: str) -> Entry | Flowchart | None:
        """Give the entry or flowchart of that id, or None."""
        if id_ in self.flowcharts:
            return self.flowcharts[id_]
        return next((e for e in self.entries() if e.id == id_), None)
