"""Libraries laid over each other: an id stands once, unless a later one replaces, extends or removes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import Field, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, did_you_mean
from goldenthread.model import Entry, Flowchart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.diagnostics import Report, Span
    from goldenthread.model import Node
    from goldenthread.source import Places

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
    "perpetuating",
    "instruments",
    "objectives",
)
_BESIDE = {"extends", "digest", "review", "flowchart", "language", "number", "was", "basis"}
"""Keys that may stand in an addition for its own sake."""


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
    places: Places
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
        self.report.add(Diagnostic("error", "R002", message, thing.span, help_, related=first))

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
            earlier = [id_ for id_ in self.made if self._layer[id_] < layer]
            self.report.error("R004", self._at(thing, verb), message, did_you_mean(target, earlier))
            return
        if isinstance(old, Entry) and old.kind in PROTECTED and verb != "extends":
            message = f"`{target}` is one of the {old.kind} that no library may take away"
            self.report.error("R004", self._at(thing, verb), message, "add one of your own beside it")
            return
        if type(old) is not type(thing):
            message = f"`{target}` is of another kind than `{thing.id}`"
            near = did_you_mean(target, [id_ for id_, made in self.made.items() if type(made) is type(thing)])
            self.report.error("R003", self._at(thing, verb), message, near)
            return
        if data.get("digest") and data["digest"] != self._digest(target):
            now = self._digest(target)
            message = f"`{target}` has changed since this was written over it (its digest is now {now})"
            help_ = "read what changed, then write the new digest"
            self.report.warning("R005", self._at(thing, "digest"), message, help_)
        if verb == "removes":
            del self.made[target]
        elif verb == "replaces":
            if thing.id != target and thing.id in self.made:
                self._twice(thing, layer)
                return
            del self.made[target]
            self._keep(thing.id, thing, data, layer)
        else:
            self._not_taken(thing, data)
            for key, id_ in _twice_in(old, thing):
                message = f"`{thing.id}` adds `{id_}` to `{target}`, where it stands already"
                help_ = f"give it another id, or write `replaces: {target}` to take the place of the whole"
                self.report.error("R002", self._at(thing, key, id_), message, help_)
            self.made[target] = _extended(old, thing)

    def _at(self, thing: Entry | Flowchart, *steps: str) -> Span:
        on_key = len(steps) > 1
        return self.places.find([thing.span], *steps, on_key=on_key) or thing.span

    def _not_taken(self, thing: Entry | Flowchart, data: Mapping[str, Any]) -> None:
        """Warn of keys that an addition has no use for."""
        taken = {_key(spec) for spec in fields(thing) if spec.name in _ADDED} | _BESIDE
        for key in data:
            if key not in taken:
                message = f"`extends` adds to lists and maps; the `{key}` of `{thing.id}` is not read"
                span = self.places.find([thing.span], key, on_key=True) or thing.span
                self.report.warning("R008", span, message, f"take `{key}` out, or write `replaces:`")


def _key(spec: Field[Any]) -> str:
    return spec.metadata.get("key") or spec.name


def _twice_in(old: Entry | Flowchart, new: Entry | Flowchart) -> Iterator[tuple[str, str]]:
    for spec in fields(old):
        if spec.name in _ADDED and isinstance(before := getattr(old, spec.name), dict):
            for id_ in getattr(new, spec.name):
                if id_ in before:
                    yield _key(spec), id_


def _extended(old: Entry | Flowchart, new: Entry | Flowchart) -> Entry | Flowchart:
    changes: dict[str, Any] = {"added": (*old.added, new.span)}
    for spec in fields(old):
        if spec.name not in _ADDED:
            continue
        before, added = getattr(old, spec.name), getattr(new, spec.name)
        if isinstance(before, tuple):
            changes[spec.name] = before + tuple(item for item in added if item not in before)
        elif isinstance(before, dict):
            # What stood first stays: that it stands twice was reported.
            changes[spec.name] = {**before, **{id_: part for id_, part in added.items() if id_ not in before}}
    if isinstance(old, Flowchart):
        nodes: Mapping[str, Node] = changes["nodes"]
        changes["nodes"] = {id_: replace(node, flowchart=old.id) for id_, node in nodes.items()}
    return replace(old, **changes)
