"""All names of a library: where each is defined and where it is mentioned, as the texts stand now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.author.lsp.mentions import Mention, mentions
from goldenthread.author.lsp.positions import Stretch
from goldenthread.loading import kind_of
from goldenthread.loading.facts import BANK_LISTS
from goldenthread.model import FACTOR_LISTS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goldenthread.source import Tree

_SEVERAL = {"perpetuating": ("factors",), "target": ("factors",), "from": ("roles",)}


class Symbol(NamedTuple):
    """One thing that has a name: its kind, whose it is (a flowchart's node, a role's option), and its id.

    `kind` is `node`, `flowchart`, `derived`, `option`, `blank`, `scale`, `band`, `vignette` or a kind of the bank.
    """

    kind: str
    owner: str
    id: str


class Spot(NamedTuple):
    """Where a name stands: the file, and from where to where."""

    file: str
    at: Stretch


class Asked(NamedTuple):
    """Whose options an answer takes: those of a role, or what `from` names."""

    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its tree, the text that the tree was read from, and the names in it."""

    name: str
    tree: Tree
    text: str
    kind: str
    mentions: tuple[Mention, ...]
    defines: tuple[tuple[Symbol, Spot], ...]


def sheet(name: str, tree: Tree, text: str) -> Sheet:
    """Read the names of a file."""
    kind, _ = kind_of(tree)
    found = tuple(mentions(tree, kind, text))
    defines = tuple((Symbol(m.kind, m.scope, m.id), Spot(name, m.at)) for m in found if m.defines)
    return Sheet(name, tree, text, kind, found, defines)


@dataclass
class Atlas:
    """The files of a library, from the lowest layer, and what the names in them mean."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    @cached_property
    def defined(self) -> Mapping[Symbol, list[Spot]]:
        """Where each thing is defined; the last of several is the one that counts."""
        found: defaultdict[Symbol, list[Spot]] = defaultdict(list)
        for one in self.sheets.values():
            for symbol, spot in one.defines:
                found[symbol].append(spot)
        return found

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """The kind of each id of the bank."""
        return {symbol.id: symbol.kind for symbol in self.defined if symbol.kind in KINDS}

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """By role, and by full name of a node: whose options it takes."""
        found: dict[str, Asked] = {}
        for one in self.sheets.values():
            data: Any = one.tree.data
            if one.kind == "flowchart":
                chart = data.get("extends") or data.get("flowchart")
                for id_, node in _maps(data.get("nodes")):
                    found[f"{chart}.{id_}"] = Asked(_word(node, "as"), _word(node, "from"))
            elif one.kind == "roles":
                for id_, role in _maps(data.get("entries")):
                    if "extends" not in role:
                        found[id_] = Asked("", _word(role, "from"))
        return found

    @cached_property
    def each(self) -> Mapping[str, str]:
        """The list over which a flowchart is run once an item."""
        return {
            _word(node, "visit"): _word(node, "each")
            for one in self.sheets.values()
            if one.kind == "flowchart"
            for _, node in _maps(one.tree.data.get("nodes"))
            if "each" in node
        }

    def means(self, mention: Mention) -> Iterator[tuple[Symbol, Stretch]]:
        """Give what a mention names, and which part of it: `chart.node` names two things."""
        kind, id_, at = mention.kind, mention.id, mention.at
        if mention.defines:
            yield Symbol(kind, mention.scope, id_), at
        elif kind == "fact":
            yield from self._fact(mention.scope, id_, at)
        elif kind == "named":
            yield from self._fact("", id_, at)
        elif kind == "option":
            found = self.option(mention.scope, mention.of, id_)
            yield from [(found, at)] if found else []
        elif kind == "item":
            yield from [(found, at)] if (found := self._item(mention)) else []
        elif kind == "instruments":
            first, _, rest = id_.partition(".")
            yield Symbol(kind, "", first), Stretch(at.start, at.start + len(first))
            if rest:
                yield Symbol("scale", first, rest), Stretch(at.end - len(rest), at.end)
        elif kind in {"node", "blank"}:
            owner = mention.scope or mention.of
            yield Symbol(kind, owner, id_), at
        elif kind in {"flowchart", *KINDS}:
            yield Symbol(kind, "", id_), at
        elif kind in _SEVERAL or "|" in kind:
            # A target may be any factor, `from` names a role or a whole bank, `by` an intervention or a treatment.
            of = self._kinds.get(id_, "")
            if of in _SEVERAL.get(kind, tuple(kind.split("|"))):
                yield Symbol(of, "", id_), at

    def _fact(self, scope: str, name: str, at: Stretch) -> Iterator[tuple[Symbol, Stretch]]:
        bare = name.removeprefix("previous.")
        begin = at.start + len(name) - len(bare)
        first, _, rest = bare.partition(".")
        whole = Stretch(begin, begin + len(bare))
        if scope and not rest:
            for kind in ("derived", "node"):
                if (symbol := Symbol(kind, scope, bare)) in self.defined:
                    yield symbol, whole
                    return
        if not rest:
            named = (Symbol(kind, "", bare) for kind in ("roles", "instruments"))
            yield from [(symbol, whole) for symbol in named if symbol in self.defined][:1]
            return
        head, tail = Stretch(begin, begin + len(first)), Stretch(begin + len(first) + 1, whole.end)
        for kind in ("flowchart", "instruments"):
            if (symbol := Symbol(kind, "", first)) in self.defined:
                yield symbol, head
                if kind == "flowchart" and rest != "outcome":
                    yield Symbol("node", first, rest), tail
                elif (symbol := Symbol("scale", first, rest.partition(".")[0])) in self.defined:
                    yield symbol, Stretch(tail.start, tail.start + len(symbol.id))
                return

    def option(self, scope: str, fact: str, id_: str) -> Symbol | None:
        """Give the option of that id of a fact, as it is named in a place."""
        bare = fact.removeprefix("previous.")
        keys = [f"{scope}.{bare}", bare] if scope and "." not in bare else [bare]
        for key in keys:
            first, _, rest = key.partition(".")
            if rest == "outcome":
                return self._known("node", first, id_)
            if rest.endswith("band"):
                return self._known(
                    "band", f"{first}.{rest.partition('.')[0] if '.' in rest else 'total'}", id_
                )
            if key in self.asked:
                return self._option_of(key, id_)
        return None

    def _option_of(self, key: str, id_: str) -> Symbol | None:
        seen = set[str]()
        while key in self.asked and key not in seen:
            seen.add(key)
            if found := self._known("option", key, id_):
                return found
            asked = self.asked[key]
            if asked.role:
                key = asked.role
            elif asked.source in BANK_LISTS:
                return self._known("factors" if asked.source in FACTOR_LISTS else asked.source, "", id_)
            else:
                key = asked.source
        return None

    def _item(self, mention: Mention) -> Symbol | None:
        if (kind := self._kinds.get(mention.id)) is not None:
            return Symbol(kind, "", mention.id)
        over = self.each.get(mention.of.partition(".")[0], "")
        return self.option("", over, mention.id)

    def _known(self, kind: str, owner: str, id_: str) -> Symbol | None:
        symbol = Symbol(kind, owner, id_)
        return symbol if symbol in self.defined else None

    def at(self, name: str, offset: int) -> tuple[Symbol, Stretch] | None:
        """Give what is named at a place of a file, and from where to where."""
        one = self.sheets.get(name)
        for mention in one.mentions if one else ():
            if mention.at.start <= offset <= mention.at.end:
                for symbol, at in self.means(mention):
                    if at.start <= offset <= at.end:
                        return symbol, at
        return None

    def mentioned(self, symbol: Symbol) -> list[Spot]:
        """Give every place that names a thing, the definitions among them."""
        found = []
        for one in self.sheets.values():
            for mention in one.mentions:
                if symbol.id in mention.id:
                    found += [Spot(one.name, at) for meant, at in self.means(mention) if meant == symbol]
        return found

    def owned(self, kind: str, owner: str = "") -> list[str]:
        """Give the ids of a kind, of one owner."""
        return [symbol.id for symbol in self.defined if symbol.kind == kind and symbol.owner == owner]


def _maps(held: Any) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(held, dict):
        yield from ((key, value) for key, value in held.items() if isinstance(value, dict))


def _word(held: dict[str, Any], key: str) -> str:
    value = held.get(key)
    return value if isinstance(value, str) else ""
