"""The likely ones of a long list, for paper: what the bank says is usual, then the order of authoring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.model import FACTOR_LISTS, Diagnosis, Option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Library, Node

MOST = 10
"""So many of a bank are printed."""


class Listed(NamedTuple):
    """The options that are printed, and of how many they are; a list that is not printed says where it stands."""

    options: tuple[Option, ...]
    of: int
    chosen_at: str = ""
    """The role that the options were chosen for, where they come from an earlier question."""

    @property
    def folded(self) -> bool:
        """Whether there are more than are printed."""
        return self.of > len(self.options)


def listed(library: Library, node: Node) -> Listed:
    """Give the options of a question as they are printed."""
    role = library.roles.get(node.role)
    own: Mapping[str, Option] = role.options if role else node.options
    source = role.options_from if role else node.options_from
    if source in library.roles:
        return Listed((), len(library.facts[node.key].type.options), source)
    if not source:
        return Listed(tuple(own.values()), len(own))
    bank = [Option(id_, entry.name) for id_, entry in library.advised(source).items() if id_ not in own]
    usual = _usual(library, source)
    order = {option.id: n for n, option in enumerate(bank)}
    ranked = sorted(bank, key=lambda option: (-usual[option.id], order[option.id]))
    chosen = sorted(ranked[:MOST], key=lambda option: order[option.id])
    return Listed((*chosen, *own.values()), len(bank) + len(own))


def _usual(library: Library, source: str) -> Counter[str]:
    """Count in how many diagnoses an entry is usual; entries that no plan is made for come last."""
    planned = [entry for entry in library.diagnoses.values() if entry.route == "plan"]
    if source in FACTOR_LISTS:
        return Counter(id_ for entry in planned for id_ in entry.perpetuating)
    counted: Counter[str] = Counter()
    for id_, entry in library.advised(source).items():
        if isinstance(entry, Diagnosis):
            counted[id_] = int(entry.route == "plan")
        else:
            counted[id_] = sum(rule.strength == "strong" for rule in entry.suggest)
    return counted
