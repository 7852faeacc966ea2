"""Where a condition's names are looked up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.language import Fact

_PREVIOUS = "previous."


def _previous(name: str, facts: Mapping[str, Fact]) -> Fact | None:
    """Give the fact of the round before: `previous.change_needed`."""
    if not name.startswith(_PREVIOUS):
        return None
    fact = facts.get(name.removeprefix(_PREVIOUS))
    return replace(fact, key=name, label=f"{fact.label} (in the round before)", each="") if fact else None


@dataclass(frozen=True, slots=True)
class FlowchartScope:
    """In a flowchart: its derived facts, its own nodes by their id, then everything by its full name."""

    flowchart: str
    facts: Mapping[str, Fact]
    derived: Mapping[str, Fact]

    def find(self, name: str) -> Fact | None:
        """Give the fact of that name, or None."""
        return (
            self.derived.get(name)
            or self.facts.get(f"{self.flowchart}.{name}")
            or self.facts.get(name)
            or _previous(name, self.facts)
        )

    def names(self) -> Iterable[str]:
        """Give every name, one's own first."""
        prefix = f"{self.flowchart}."
        own = [name.removeprefix(prefix) for name in self.facts if name.startswith(prefix)]
        return [*self.derived, *own, *self.facts]


@dataclass(frozen=True, slots=True)
class BankScope:
    """In the bank: roles and instrument facts, never the nodes of a flowchart."""

    facts: Mapping[str, Fact]
    flowcharts: frozenset[str]

    def find(self, name: str) -> Fact | None:
        """Give the fact of that name, or None."""
        if name.partition(".")[0] in self.flowcharts:
            return None
        return self.facts.get(name) or _previous(name, self.facts)

    def names(self) -> Iterable[str]:
        """Give every name that the bank may read."""
        return [name for name in self.facts if name.partition(".")[0] not in self.flowcharts]
