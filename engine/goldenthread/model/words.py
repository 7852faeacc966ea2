"""Entries of the bank in words: their names, and their rules with what each does."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from goldenthread.model.bank import Alert, Obligation, Reference, Requirement, Role
from goldenthread.model.parts import Rule, Suggestion

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from goldenthread.model.bank import Advisable, Entry


def name_of(entry: Entry) -> str:
    """Give an entry's name in words."""
    if isinstance(entry, Role):
        return entry.label
    if isinstance(entry, Reference):
        return f"{entry.cite()}: {entry.title}"
    if isinstance(entry, Alert | Obligation | Requirement):
        return entry.text
    return str(getattr(entry, "name", "") or entry.id)


def rules_of(entry: Advisable) -> Iterator[tuple[str, Rule | Suggestion]]:
    """Give every rule of an entry with what it does: suggest, rule out, caution, for, against."""
    for name, verb in _verbs(cast("Hashable", type(entry))):
        value = getattr(entry, name)
        if isinstance(value, tuple):
            for item in value:
                if isinstance(item, Rule | Suggestion):
                    yield verb, item


@cache
def _verbs(cls: Any) -> tuple[tuple[str, str], ...]:
    """Give the fields of an entry's class, each with what authors call it."""
    return tuple((field.name, str(field.metadata.get("key") or field.name)) for field in fields(cls))
