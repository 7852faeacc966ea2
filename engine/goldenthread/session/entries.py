"""Entries of the bank in words: their names, their rules, their sources."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from goldenthread.model import Alert, Obligation, Reference, Requirement, Role, Rule, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Advisable, Entry, Library, Source

SEEN = {"seen": "read and confirmed", "partly": "confirmed in part", "not_seen": "not seen by the authors"}
"""How far a work was confirmed."""
RULES = {
    "suggest": "Suggested when",
    "rule_out": "Left out when",
    "caution": "With caution when",
    "for": "Speaks for it",
    "against": "Speaks against it",
}
"""What rules do, by the key under which they are authored."""


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
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, tuple):
            for item in value:
                if isinstance(item, Rule | Suggestion):
                    yield str(field.metadata.get("key") or field.name), item


def said(library: Library, source: Source) -> str:
    """Give a source in words: who, where in it, what it says."""
    reference = library.references.get(source.ref)
    grade = f" ({source.grade})" if source.grade else ""
    return f"{reference.cite() if reference else source.ref}, {source.at}: {source.says}{grade}"
