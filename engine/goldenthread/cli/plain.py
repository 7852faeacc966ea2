"""Entries of the bank as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Span
from goldenthread.language import Condition
from goldenthread.session.entries import name_of

if TYPE_CHECKING:
    from goldenthread.model import Entry

_APART = frozenset({"id", "kind", "span", "order"})


def named_entry(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain data: id, kind, name, where it stands, and everything authored in it."""
    head = {
        "id": entry.id,
        "kind": entry.kind,
        "name": name_of(entry),
        "file": entry.span.file,
        "line": entry.span.line,
    }
    return {**head, **{key: value for key, value in plain(entry).items() if key not in head}}


def plain(value: Any) -> Any:
    """Give model values as maps, lists and scalars, by the keys of YAML. What says nothing is left out."""
    if isinstance(value, Condition):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        made: dict[str, Any] = {}
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in _APART or isinstance(inner, Span) or inner is None or inner in ("", (), {}):
                continue
            made[str(field.metadata.get("key") or field.name)] = plain(inner)
            if isinstance(inner, Condition):
                made[f"{field.name}_in_words"] = inner.say()
        return made
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value
