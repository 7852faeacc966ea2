"""The library as an editor sees it: what was linked last, and the names of the texts as they stand now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from goldenthread.author.lsp import words
from goldenthread.author.lsp.atlas import Atlas, Symbol
from goldenthread.language import Fact
from goldenthread.loading.facts import YES_NO
from goldenthread.loading.scope import BankScope, FlowchartScope
from goldenthread.model import KINDS, Entry, Library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.language import Scope
    from goldenthread.source import Parsed

Kept = TypeVar("Kept")
_DERIVED = "derived fact: yes or no"


@dataclass(frozen=True)
class View:
    """What can be looked up: types and words in the library, places in the atlas."""

    library: Library = field(default_factory=Library)
    atlas: Atlas = field(default_factory=Atlas)

    def scope(self, chart: str) -> Scope:
        """Give where a condition's names are looked up: in a flowchart, or in the bank where `chart` is empty."""
        facts = self.library.facts
        if not chart:
            return BankScope(facts, frozenset(self.library.flowcharts))
        found = self.library.flowcharts.get(chart)
        derived = {
            name: Fact(f"{chart}.{name}", YES_NO, f"derived: {condition.text}")
            for name, condition in (found.facts if found else {}).items()
        }
        return FlowchartScope(chart, facts, derived)

    def entry(self, symbol: Symbol) -> Entry | None:
        """Give the entry of the bank that a symbol names."""
        if symbol.kind not in KINDS:
            return None
        return self.library.bank(symbol.kind).get(symbol.id)

    def say(self, symbol: Symbol) -> str:
        """Say what a thing is."""
        kind, owner, id_ = symbol
        library = self.library
        if (entry := self.entry(symbol)) is not None:
            said = words.entry(entry)
            fact = library.facts.get(id_) if kind == "roles" else None
            return words.fact(fact, library) + f"\n\n{_about(entry)}" if fact is not None else said
        if kind == "node" and (node := library.node(f"{owner}.{id_}")) is not None:
            return words.node(node, library)
        if kind == "flowchart" and (chart := library.flowcharts.get(id_)) is not None:
            return words.flowchart(chart)
        if kind == "derived" and owner in library.flowcharts:
            condition = library.flowcharts[owner].facts.get(id_)
            if condition is not None:
                return f"**{id_}** · {_DERIVED}\n\n{condition.say()}\n\n`{condition.text}`"
        if kind == "option":
            return words.option(id_, self.label(symbol), owner)
        if kind in {"band", "scale"}:
            instrument = library.instruments.get(owner.partition(".")[0])
            return words.instrument(instrument) if instrument is not None else ""
        if kind == "blank" and (goal := library.goals.get(owner)) is not None and id_ in goal.blanks:
            blank = goal.blanks[id_]
            asked = blank.ask or (f"filled by `{blank.fact}`" if blank.fact else "")
            return f"**{id_}** · blank of `{owner}`" + (f"\n\n{asked}" if asked else "")
        return ""

    def label(self, symbol: Symbol) -> str:
        """Give what a thing is called in a list: a node's question, an entry's name, an option's label."""
        kind, owner, id_ = symbol
        if (entry := self.entry(symbol)) is not None:
            return words.name_of(entry)
        if kind == "node":
            node = self.library.node(f"{owner}.{id_}")
            return f"{node.number} {node.text}".strip() if node is not None else ""
        if kind == "flowchart":
            chart = self.library.flowcharts.get(id_)
            return chart.title if chart is not None else ""
        if kind == "option":
            fact = self.library.facts.get(owner)
            return fact.type.options.get(id_, id_) if fact is not None else id_
        return ""


def _about(entry: Entry) -> str:
    return str(getattr(entry, "about", ""))


def carried(now: Library, before: Library, parsed: Mapping[str, Parsed]) -> Library:
    """Give a library in which what cannot be made at present stands as it was, while an author mends it."""

    def kept(held: Mapping[str, Kept], made: Mapping[str, Kept]) -> dict[str, Kept]:
        return {
            id_: one
            for id_, one in held.items()
            if (_lacks(made[id_], one, id_, parsed) if id_ in made else _stands(one, id_, parsed))
        }

    banks = {kind: kept(before.bank(kind), now.bank(kind)) for kind in KINDS}
    charts = kept(before.flowcharts, now.flowcharts)
    ids = {*charts, *(id_ for held in banks.values() for id_ in held)}
    if not ids:
        return now
    facts = {key: fact for key, fact in before.facts.items() if key.partition(".")[0] in ids}
    askers = {key: nodes for key, nodes in before.askers.items() if key in facts}
    whole: dict[str, Any] = {kind: {**now.bank(kind), **held} for kind, held in banks.items() if held}
    return replace(
        now,
        flowcharts={**now.flowcharts, **charts},
        facts={**now.facts, **facts},
        askers={**now.askers, **askers},
        **whole,
    )


def _stands(one: Any, id_: str, parsed: Mapping[str, Parsed]) -> bool:
    """Say whether a thing that was not made stands in its file still, or may: the file cannot be read."""
    if one.span.file not in parsed:
        return False
    tree, _, _ = parsed[one.span.file]
    if tree is None:
        return True
    entries = tree.data.get("entries")
    return tree.data.get("flowchart") == id_ or (isinstance(entries, dict) and id_ in entries)


def _lacks(made: Any, before: Any, id_: str, parsed: Mapping[str, Parsed]) -> bool:
    """Say whether a thing lacks what a file adds to it that cannot be made at present."""
    there = {span.file for span in made.added}
    return any(
        span.file not in there and _adds(parsed[span.file], id_)
        for span in before.added
        if span.file in parsed
    )


def _adds(read: Parsed, id_: str) -> bool:
    """Say whether a file adds to a thing, or may: it cannot be read."""
    tree, _, _ = read
    if tree is None:
        return True
    entries = tree.data.get("entries")
    held = [tree.data, *(entries.values() if isinstance(entries, dict) else ())]
    return any(isinstance(one, dict) and one.get("extends") == id_ for one in held)
