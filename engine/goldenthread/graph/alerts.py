"""Which questions can raise an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.model import Alert, Library, Node


def raising(library: Library, alert: Alert) -> list[Node]:
    """Give the nodes whose answers the alert reads, as authored."""
    keys = [fact.key for fact in alert.raise_when.facts]
    names = [name for key in keys for name in (key, key.partition(".")[0]) if name not in library.flowcharts]
    found = {node.key: node for name in names for node in library.askers.get(name, ())}
    return list(found.values())
