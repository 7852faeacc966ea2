"""Conditions for a reader with paper in hand: the questions that they read are named by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.language import english

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.language import Condition, Fact, Scope
    from goldenthread.model import Library

_CLAUSE = re.compile(r"(?:what|how|whether|who|where|when|why) ")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A scope whose facts are called by the numbers of the questions that ask for them."""

    library: Library
    inner: Scope

    def find(self, name: str) -> Fact | None:
        """Give the fact of that name, in numbers."""
        fact = self.inner.find(name)
        if fact is None:
            return None
        scope = _Numbered(self.library, fact.scope) if fact.scope is not None else None
        numbers = numbers_of(self.library, fact.key)
        if not numbers:
            return replace(fact, scope=scope)
        where = " or ".join(numbers)
        plain = fact.label.removeprefix("the ")
        # A clause keeps its first word, by which its verb is chosen: `what has to change [16.14] includes`.
        label = f"{plain} [{where}]" if _CLAUSE.match(plain) else f"[{where}] {plain}"
        yes, no = (f"{where} was yes", f"{where} was no") if fact.type.kind == "yes_no" else ("", "")
        return replace(fact, scope=scope, label=label, yes=yes, no=no)

    def names(self) -> Iterable[str]:
        """Give every name there is."""
        return self.inner.names()


def numbers_of(library: Library, key: str) -> list[str]:
    """Give the numbers of the questions that ask for a fact."""
    nodes = library.askers.get(key) or library.askers.get(key.partition(".")[0], ())
    return list(dict.fromkeys(node.number for node in nodes if node.number))


def said(library: Library, condition: Condition) -> str:
    """Say a condition in English, by numbers: `2.4 was yes`."""
    if not condition.bound:
        return condition.text
    return english.say(condition.expression, _Numbered(library, condition.scope))
