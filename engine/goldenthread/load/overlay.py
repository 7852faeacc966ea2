"""Libraries laid over each other: an id stands once, unless a later one replaces, extends or removes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Report, did_you_mean
from goldenthread.model import Entry, Flowchart

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTECTED = ("alerts", "obligations")
_ADDED = (
    "suggest",
    "rule_out",
    "caution",
    "sources",
    "options",
    "nodes",
    "facts",
    "speaks_for",
    "speaks_against",
    "interventions",
    "targets",
)


def digest(data: Any) -> str:
    """Give the digest of an entry as authored: twelve hexadecimal digits, of which the first is no figure.

    So YAML never takes it for a number.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return "d" + hashlib.sha256(text.encode()).hexdigest()[:11]


@dataclass(slots=True)
class Layers:
    """Gathers entries and flowcharts, layer by layer."""

    report: Report
    made: dict[str, Entry | Flowchart] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids that stand in the files but could not be made; naming them is no second error."""
    _layer: dict[str, int] = field(default_factory=dict)
    _data: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def put(self, thing: Entry | Flowchart, data: Mapping[str, Any], layer: int) -> None:
        """Put one thing in, as its overlay keys say."""
        for verb in ("removes", "replaces", "extends"):
            if verb in data:
                self._overlay(verb, thing, data, layer)
                return
        if thing.id in self.made:
            self._twice(thing, layer)
            return
        self._keep(thing.id, thing, data, layer)

    def _twice(self, thing: Entry | Flowchart, layer: int) -> None:
        first = self.made[thing.id].span
        lower = self._layer[thing.id] < layer
        help_ = f"write `replaces: {thing.id}` to take its place" if lower else "give one of them another id"
        message = f"the id `{thing.id}` stands twice; it stands first at {first}"
        self.report.error("R002", thing.span, message, help_)

    def _keep(self, id_: str, thing: Entry | Flowchart, data: Mapping[str, Any], layer: int) -> None:
        self.made[id_] = thing
        self._layer[id_] = layer
        self._data[id_] = data

    def _digest(self, id_: str) -> str:
        return digest(
            {k: v for k, v in self._data[id_].items() if k not in {"replaces", "digest", "extends"}}
        )

    def _overlay(self, verb: str, thing: Entry | Flowchart, data: Mapping[str, Any], layer: int) -> None:
        target = data[verb]
        old = self.made.get(target)
        if old is None and target in self.broken:
            # Its own faults are reported where it stands; that it is not there would be a second error.
            if verb == "replaces":
                self._keep(thing.id, thing, data, layer)
            return
        if old is None or self._layer[target] >= layer:
            message = f"`{verb}: {target}` names nothing in an earlier library"
            self.report.error("R004", thing.span, message, did_you_mean(target, self.made))
            return
        if isinstance(old, Entry) and old.kind in PROTECTED and verb != "extends":
            message = f"`{target}` is one of the {old.kind} that no library may take away"
            self.report.error("R004", thing.span, message, "add one of your own beside it")
            return
        if type(old) is not type(thing):
            self.report.error("R003", thing.span, f"`{target}` is of another kind than `{thing.id}`")
            return
        if data.get("digest") and data["digest"] != self._digest(target):
            now = self._digest(target)
            message = f"`{target}` has changed since this was written over it (its digest is now {now})"
            self.report.warning("R005", thing.span, message, "read what changed, then write the new digest")
        if verb == "removes":
            del self.made[target]
        elif verb == "replaces":
            if thing.id != target and thing.id in self.made:
                self._twice(thing, layer)
                return
            del self.made[target]
            self._keep(thing.id, thing, data, layer)
        else:
            self.made[target] = _extended(old, thing)


def _extended(old: Entry | Flowchart, new: Entry | Flowchart) -> Entry | Flowchart:
    changes: dict[str, Any] = {}
    for spec in fields(old):
        if spec.name not in _ADDED:
            continue
        before, added = getattr(old, spec.name), getattr(new, spec.name)
        if isinstance(before, tuple):
            changes[spec.name] = before + tuple(item for item in added if item not in before)
        elif isinstance(before, dict):
            changes[spec.name] = {**before, **added}
    return replace(old, **changes)
