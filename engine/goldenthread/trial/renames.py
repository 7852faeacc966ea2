"""What is called otherwise in a later library, by `was`: nodes, entries, options; there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.case.carry import renamed_items
from goldenthread.walk.program import renamed_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.walk import Program


class Renames:
    """Names before to names after, and names after to names before."""

    def __init__(self, before: Program, after: Program) -> None:
        steps = {old: new for old, new in after.renamed.items() if old in before.steps}
        entries = {old: entry.id for entry in after.library.entries() for old in entry.was}
        charts = {old: chart.id for chart in after.library.flowcharts.values() for old in chart.was}
        self._after = after
        self._nodes, self._charts = steps, {k: v for k, v in charts.items() if k in before.charts}
        self._entries = {old: new for old, new in entries.items() if old != new}
        self._items = renamed_items(after.library) | self._entries
        self._nodes_back, self._items_back = _turned(steps), _turned(self._items)
        self._entries_back = _turned(self._entries)
        self._charts_back = _turned(self._charts)
        self._options_back: dict[str, Mapping[str, str]] = {}

    def node(self, key: str) -> str:
        """Give the name after of a node before."""
        return self._nodes.get(key, key)

    def entry(self, id_: str) -> str:
        """Give the name after of an entry before."""
        return self._entries.get(id_, id_)

    def node_back(self, key: str) -> str:
        """Give the name before of a node after."""
        return self._nodes_back.get(key, key)

    def entry_back(self, id_: str) -> str:
        """Give the name before of an entry after."""
        return self._entries_back.get(id_, id_)

    def chart(self, id_: str) -> str:
        """Give the name after of a flowchart before."""
        return self._charts.get(id_, id_)

    def chart_back(self, id_: str) -> str:
        """Give the name before of a flowchart after."""
        return self._charts_back.get(id_, id_)

    def answer(self, key: str) -> str:
        """Give the name after of an answer before. Its value needs no other name: the walk knows those of options."""
        name, at, item = key.partition("@")
        return self.node(name) + at + self._items.get(item, item)

    def answer_back(self, key: str) -> str:
        """Give the name before of an answer after."""
        name, at, item = key.partition("@")
        return self._nodes_back.get(name, name) + at + self._items_back.get(item, item)

    def value_back(self, key: str, raw: Any) -> Any:
        """Give the value of an answer with the names that its options had before."""
        name = key.partition("@")[0]
        if name not in self._options_back:
            step = self._after.steps.get(name)
            asked = None if step is None else self._after.library.roles.get(step.role) or step.node
            self._options_back[name] = (
                {} if asked is None else _turned(renamed_options(asked, self._after.library))
            )
        return _renamed(raw, self._options_back[name])


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _renamed(raw: Any, names: Mapping[str, str]) -> Any:
    if not names:
        return raw
    if isinstance(raw, str):
        return names.get(raw, raw)
    if isinstance(raw, list):
        return [_renamed(item, names) for item in raw]
    return raw
