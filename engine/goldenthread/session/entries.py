"""Entries of the bank in words: their names, their rules, their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.model.words import name_of, rules_of

if TYPE_CHECKING:
    from goldenthread.model import Library, Source

__all__ = ["RULES", "SEEN", "name_of", "rules_of", "said"]

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


def said(library: Library, source: Source) -> str:
    """Give a source in words: who, where in it, what it says."""
    reference = library.references.get(source.ref)
    grade = f" ({source.grade})" if source.grade else ""
    return f"{reference.cite() if reference else source.ref}, {source.at}: {source.says}{grade}"
