"""What can be typed in a place: ids, facts, options, functions, keys, and the few words that a schema allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from goldenthread.author.lsp import formats, words
from goldenthread.author.lsp.atlas import Symbol
from goldenthread.author.lsp.cursor import Cursor, cursor, kind_at
from goldenthread.author.lsp.expected import Expected, expected
from goldenthread.author.lsp.mentions import scope_of
from goldenthread.author.lsp.shape import OFFERED, SHAPES, Slot, shape_at
from goldenthread.language.parse import DAYS, FUNCTIONS
from goldenthread.loading.facts import BANK_LISTS
from goldenthread.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from goldenthread.author.lsp.positions import Stretch
    from goldenthread.author.lsp.view import View
    from goldenthread.language import Fact, Scope

Sort = Literal["key", "word", "node", "flowchart", "fact", "option", "entry", "source", "function"]
MOST = 200
"""More than this is asked for again as the word grows."""
_FILES = {"flowchart": "a flowchart", "vignette": "a case, and what is expected of it"}
_LISTS = {"groups", "count", "any", "all"}
_ROOT = "planning"
"""The flowchart that a vignette walks which names none."""
_STATES = {
    "{later: true}": "left for later",
    "{not_known: true}": "asked, not known",
    "{declined: true}": "declined",
}
_HELD = {"choices", "goals"}
_SIGNS = {
    "choice": ("==", "!=", "in ["),
    "number": ("==", "<", "<=", ">", ">="),
    "duration": ("<", "<=", ">", ">="),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be typed: the text, what it is, a few words beside it, and more about it."""

    text: str
    sort: Sort
    detail: str = ""
    about: str = ""
    insert: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be typed instead of the word at a place; not `whole` where there is more."""

    items: tuple[Item, ...]
    word: Stretch
    whole: bool = True


def complete(view: View, text: str, offset: int) -> Offered | None:
    """Give what can be typed at a place of a text."""
    place = cursor(text, offset)
    if place is None:
        return None
    kind, typed = kind_at(text), text[place.word.start : offset]
    found = _Completer(view, kind, text, place, typed).run()
    fitting = [item for item in found if _fits(typed, item)]
    fitting.sort(key=lambda item: not item.text.startswith(typed))
    if text[place.word.end : place.word.end + 1] == ":":
        # The key stands already, and another name is chosen for it.
        fitting = [replace(item, insert=item.insert.rstrip(": ")) for item in fitting]
    whole = len(fitting) <= MOST and not any(item.sort == "fact" for item in fitting)
    return Offered(tuple(fitting[:MOST]), place.word, whole)


def _fits(typed: str, item: Item) -> bool:
    """Say whether the letters typed come in this order in a name, or begin a word of what it is called."""
    typed = typed.lower()
    letters = iter(item.text.lower())
    return all(letter in letters for letter in typed) or any(
        word.startswith(typed) for word in item.detail.lower().split()
    )


class _Completer:
    def __init__(self, view: View, kind: str, text: str, place: Cursor, typed: str) -> None:
        self.view, self.kind, self.text, self.place, self.typed = view, kind, text, place, typed
        self.library, self.atlas = view.library, view.atlas

    def run(self) -> list[Item]:
        if not self.kind or self.kind not in SHAPES:
            return self._first_keys()
        place = self.place
        found: list[Item] = []
        if place.value:
            found += self._values()
        if place.key:
            found += self._keys()
        return list({item.text: item for item in reversed(found)}.values())[::-1]

    def _first_keys(self) -> list[Item]:
        if self.place.path or not self.place.key:
            return []
        return [
            Item(f"{kind}:", "key", _FILES.get(kind, f"a file of {kind}"), insert=f"{kind}: ")
            for kind in SHAPES
        ]

    # Keys

    def _keys(self) -> list[Item]:
        path, place = self.place.path, self.place
        shape = shape_at(self.kind, path)
        found = [
            Item(
                key.name,
                "key",
                "needed" if key.needed else "",
                key.about,
                key.name + (":" if key.holds else ": "),
            )
            for key in formats.keys_at(self.kind, path, place.keys).values()
        ]
        if place.column >= 0 and formats.is_list(self.kind, path):
            found += [
                Item(f"- {key.name}", "key", "", key.about, f"- {key.name}" + (":" if key.holds else ": "))
                for key in formats.first_keys(self.kind, (*path, 0)).values()
            ]
        found += [
            Item(word, "key", insert=f"{word}:")
            for word in formats.key_words_at(self.kind, path)
            if word not in place.keys
        ]
        if shape is not None and shape.key == Slot("node", defines=True):
            found += [
                Item(id_, "node", "led to, and not there yet", insert=f"{id_}:") for id_ in self._missing()
            ]
        elif shape is not None and shape.key is not None and not shape.key.defines:
            found += [_as_key(item) for item in self._of(shape.key.kind) if item.text not in place.keys]
        elif shape is not None and shape.slot is not None and shape.slot.kind == "answer":
            found += [_as_key(item) for item in self._in_answer(on_key=True)]
        return found

    # Values

    def _values(self) -> list[Item]:
        shape = shape_at(self.kind, self.place.path)
        found = [
            Item(word, "word", about=about)
            for word, about in formats.words_at(self.kind, self.place.path).items()
        ]
        if shape is None or shape.slot is None or shape.slot.defines:
            if (
                shape is not None
                and shape.items is not None
                and shape.items.slot is not None
                and not self.place.before.strip()
            ):
                found += [
                    Item(f"- {item.text}", item.sort, item.detail, item.about)
                    for item in self._of(shape.items.slot.kind)
                ]
            return found
        return found + self._of(shape.slot.kind)

    def _of(self, kind: str) -> list[Item]:
        makers: dict[str, Callable[[], Iterable[Item]]] = {
            "node": self._nodes,
            "flowchart": lambda: self._symbols("flowchart", "flowchart"),
            "condition": self._condition,
            "fact": lambda: self._facts(
                self._scope, lambda fact: fact.type.kind in _HELD or self.kind == "goals"
            ),
            "from": self._from,
            "named": self._named,
            "blank": lambda: self._symbols("blank", "word", self._owner),
            "overlay": lambda: self._symbols("flowchart" if self.kind == "flowchart" else self.kind, "entry"),
            "target": lambda: [*self._perpetuating(), Item("problem", "word", "the problem itself")],
            "perpetuating": self._perpetuating,
            "group": self._groups,
            "answer": lambda: self._in_answer(on_key=False),
            "text": lambda: self._braces(["client", "item", *self.library.roles]),
            "sentence": lambda: self._braces(["client", *self.atlas.owned("blank", self._owner)]),
        }
        if kind in makers:
            return list(makers[kind]())
        if kind == OFFERED:
            banks = [Item(bank, "word", "a bank") for bank in kind.split("|")]
            return [*banks, *(item for bank in kind.split("|") for item in self._symbols(bank, "entry"))]
        if kind in KINDS:
            return list(self._symbols(kind, "source" if kind == "references" else "entry"))
        return []

    @property
    def _chart(self) -> str:
        if self.kind != "flowchart":
            return ""
        data = {key: formats.top(self.text, key) for key in ("extends", "flowchart")}
        return scope_of("flowchart", ("start",), data)

    @property
    def _owner(self) -> str:
        return str(self.place.path[1]) if len(self.place.path) > 1 else ""

    @property
    def _scope(self) -> Scope:
        return self.view.scope(self._chart)

    def _symbols(self, kind: str, sort: Sort, owner: str = "") -> Iterator[Item]:
        for id_ in dict.fromkeys(self.atlas.owned(kind, owner)):
            symbol = Symbol(kind, owner, id_)
            yield Item(id_, sort, self.view.label(symbol), self.view.say(symbol))

    def _nodes(self) -> Iterator[Item]:
        chart = self._opened() if self.kind == "alerts" else self._chart
        return self._symbols("node", "node", chart)

    def _missing(self) -> list[str]:
        """Give the nodes that others of the flowchart lead to, and that it has not."""
        chart, defined = self._chart, self.atlas.defined
        named = (
            m.id
            for one in self.atlas.sheets.values()
            for m in one.mentions
            if (m.kind, m.scope) == ("node", chart)
        )
        return [id_ for id_ in dict.fromkeys(named) if Symbol("node", chart, id_) not in defined]

    def _opened(self) -> str:
        alert = self.library.alerts.get(self._owner)
        return alert.opens if alert is not None else ""

    def _named(self) -> Iterator[Item]:
        path = self.place.path
        ends, asked = path[-1:] == ("ends",), path[-1:] == ("answers",) or path[-1:] == ("at",)
        if ends:
            yield Item("open", "word", "the walk waits at a question")
        own = formats.top(self.text, "flowchart") or _ROOT
        for node in sorted(self.library.nodes(), key=lambda node: node.flowchart != own):
            if (not ends or node.verb == "end") and (not asked or node.asks):
                yield Item(
                    node.key, "node", f"{node.number} {node.text}".strip(), words.node(node, self.library)
                )

    def _perpetuating(self) -> Iterator[Item]:
        for factor in self.library.advised("perpetuating_factors").values():
            yield Item(factor.id, "entry", factor.name, words.entry(factor))

    def _groups(self) -> Iterator[Item]:
        groups = sorted({group for found in self.library.diagnoses.values() for group in found.groups})
        return (Item(group, "word", "a group of diagnoses") for group in groups)

    def _from(self) -> Iterator[Item]:
        yield from (Item(kind, "word", "a bank") for kind in BANK_LISTS)
        for role in self.library.roles.values():
            if role.answer == "choices":
                yield Item(role.id, "fact", role.label, words.entry(role))

    def _braces(self, names: Iterable[str]) -> list[Item]:
        before = self.text[: self.place.word.start]
        return [Item(name, "fact", self._role_label(name)) for name in names] if before.endswith("{") else []

    def _role_label(self, name: str) -> str:
        role = self.library.roles.get(name)
        return role.label if role is not None else ""

    # Conditions

    def _condition(self) -> list[Item]:
        before = self.place.before
        before = before[: len(before) - len(self.typed)] if self.typed else before
        scope, wanted = self._scope, expected(before)
        if wanted.what == "condition":
            functions = [
                Item(name, "function", words.FUNCTIONS[name], insert=f"{name}(") for name in FUNCTIONS
            ]
            held = list(self._held(scope)) if self.typed else []
            return [*self._facts(scope), Item("not", "word"), *functions, *held]
        if wanted.what == "fact":
            return list(self._facts(scope, _held_only if wanted.of in _LISTS else None))
        if wanted.what == "holding":
            return list(self._holding(wanted, scope))
        if wanted.what == "unit":
            return [Item(f"{unit}s", "word", "a length of time") for unit in DAYS]
        if wanted.what == "after":
            return list(_after(scope.find(wanted.of)))
        return list(_options(scope.find(wanted.of), listed=wanted.what == "options"))

    def _facts(self, scope: Scope, fits: Callable[[Fact], bool] | None = None) -> Iterator[Item]:
        for name in dict.fromkeys(scope.names()):
            fact = scope.find(name)
            if fact is not None and (fits is None or fits(fact)):
                yield Item(
                    name,
                    "fact",
                    f"{words.type_words(fact.type)}: {fact.label}",
                    words.fact(fact, self.library),
                )

    def _held(self, scope: Scope) -> Iterator[Item]:
        """Give `option in fact` for each option of a list of choices: a condition begins with the option."""
        for fact in {f.key: f for f in map(scope.find, self.library.roles) if f is not None}.values():
            if fact.type.kind == "choices":
                for id_, label in fact.type.options.items():
                    yield Item(f"{id_} in {fact.key}", "option", label)

    def _holding(self, wanted: Expected, scope: Scope) -> Iterator[Item]:
        fact = scope.find(wanted.of)
        if fact is not None and fact.type.kind == "choice":
            yield from (Item(f"[{id_}]", "option", label) for id_, label in fact.type.options.items())
            return
        yield from self._facts(
            scope, lambda fact: fact.type.kind == "choices" and wanted.of in fact.type.options
        )
        if wanted.of in {group for found in self.library.diagnoses.values() for group in found.groups}:
            for fact in (
                fact for fact in self.library.facts.values() if fact.type.groups and "." not in fact.key
            ):
                yield Item(f"groups({fact.key})", "function", fact.label)

    # Vignettes

    def _in_answer(self, *, on_key: bool) -> list[Item]:
        path = self.place.path
        if self.kind == "alerts":
            key = f"{self._opened()}.{path[3]}" if len(path) > 3 else ""
            rest = path[4:]
        else:
            at = path.index("answers") + 1 if "answers" in path else len(path)
            key = str(path[at]) if len(path) > at else ""
            rest = path[at + 1 :]
        fact = self.library.facts.get(key)
        if fact is None:
            return []
        if on_key and rest[-1:] == ("each",):
            return [Item(id_, "option", "an alert") for id_ in self.library.alerts]
        options = [Item(id_, "option", label) for id_, label in fact.type.options.items()]
        if on_key or rest:
            return options
        states = [Item(text, "word", said) for text, said in _STATES.items()]
        if fact.type.kind == "yes_no":
            return [Item("true", "word", fact.yes), Item("false", "word", fact.no), *states]
        return [*options, *states]


def _held_only(fact: Fact) -> bool:
    return fact.type.kind in _HELD


def _as_key(item: Item) -> Item:
    return Item(item.text, item.sort, item.detail, item.about, f"{item.text}: ")


def _options(fact: Fact | None, *, listed: bool) -> Iterator[Item]:
    for id_, label in fact.type.options.items() if fact is not None else ():
        yield Item(f"[{id_}]" if listed else id_, "option", label)


def _after(fact: Fact | None) -> Iterator[Item]:
    for sign in _SIGNS.get(fact.type.kind, ()) if fact is not None else ():
        yield Item(sign, "word")
    joining = ("and", "or") if fact is not None else ("in", "and", "or")
    yield from (Item(word, "word") for word in joining)
