"""Every name in a file: what it names, where it stands, and whether it is named there.

What a name means may rest on other files: here is only what this file says. See `atlas` for the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.author.lsp.answers import in_answer
from goldenthread.author.lsp.condition import in_condition
from goldenthread.author.lsp.positions import Stretch
from goldenthread.author.lsp.shape import SHAPES, Shape, Slot, Step
from goldenthread.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.source import Tree

_BRACES = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_WORDS = re.compile(r"[A-Za-z0-9_.]+")
_ELSEWHERE = ("extends", "removes")
"""Keys of what is defined elsewhere, and is named here."""
_UNSCOPED = {"flowchart", "vignette", *KINDS}


class Mention(NamedTuple):
    """One name in a file.

    `kind` is that of its slot; `scope` the flowchart, goal or instrument in which it is looked up; `of` the fact
    whose option it is.
    """

    kind: str
    scope: str
    of: str
    id: str
    at: Stretch
    defines: bool = False


class Found(NamedTuple):
    """A place that names something: its slot, the map or list that holds it, its key there, and the way to it."""

    slot: Slot
    holder: Any
    key: Step
    on_key: bool
    path: tuple[Step, ...]


def places(tree: Tree, kind: str) -> Iterator[Found]:
    """Give every place of a file that names something."""
    if kind in SHAPES:
        yield from _places(tree.data, SHAPES[kind], ())


def _places(held: Any, shape: Shape, path: tuple[Step, ...]) -> Iterator[Found]:
    keys: Any = held if isinstance(held, dict) else range(len(held)) if isinstance(held, list) else ()
    for key in keys:
        inner = shape.under(key)
        if inner is None:
            continue
        way = (*path, key)
        if shape.key is not None and key not in shape.keys:
            yield Found(shape.key, held, key, True, way)
        value = held[key]
        if inner.slot is not None and (inner.slot.kind == "answer" or isinstance(value, str)):
            yield Found(inner.slot, held, key, False, way)
        else:
            yield from _places(value, inner, way)


def mentions(tree: Tree, kind: str, text: str) -> list[Mention]:
    """Give every name in a file. `text` is what the tree was read from."""
    return _Reader(tree, kind, text).run()


class _Reader:
    def __init__(self, tree: Tree, kind: str, text: str) -> None:
        self.tree, self.kind, self.text = tree, kind, text
        self.shift = int(text.startswith("\ufeff"))

    def run(self) -> list[Mention]:
        return [mention for place in places(self.tree, self.kind) for mention in self._in(place)]

    def _in(self, place: Found) -> Iterator[Mention]:
        slot = place.slot
        scope = "" if slot.kind in _UNSCOPED else scope_of(self.kind, place.path, self.tree.data)
        if slot.kind == "condition":
            yield from self._condition(place, scope)
        elif slot.kind in {"text", "sentence"}:
            at, _ = self._around(place.holder, place.key)
            kind = "blank" if slot.kind == "sentence" else "fact"
            for match in _BRACES.finditer(self.text, at.start, at.end):
                yield Mention(kind, scope if kind == "blank" else "", "", match[1], Stretch(*match.span(1)))
        elif slot.kind == "answer":
            yield from self._answer(place, scope)
        else:
            yield self._plain(place, scope)

    def _plain(self, place: Found, scope: str) -> Mention:
        word = str(place.key) if place.on_key else place.holder[place.key]
        at = self.word(place.holder, place.key, on_key=place.on_key)
        # An answer's item may stand behind its question: `risk.step@risk_suicide`.
        name = word.partition("@")[0] if place.slot.kind == "named" else word
        thing = place.holder[place.key] if place.on_key else place.holder
        elsewhere = isinstance(thing, dict) and any(key in thing for key in _ELSEWHERE)
        kind = self.kind if place.slot.kind == "overlay" else place.slot.kind
        stretch = Stretch(at.start, at.end - len(word) + len(name))
        return Mention(kind, scope, "", name, stretch, place.slot.defines and not elsewhere)

    def _condition(self, place: Found, scope: str) -> Iterator[Mention]:
        value = place.holder[place.key]
        move = self._offsets(value, place)
        for kind, of, id_, start, end in in_condition(value):
            if (begin := move(start)) is not None:
                yield Mention(kind, scope, of, id_, Stretch(begin, begin + end - start))

    def _answer(self, place: Found, scope: str) -> Iterator[Mention]:
        fact = str(place.key)
        if self.kind == "alerts":
            entry = self.tree.data["entries"][place.path[1]]
            fact, scope = f"{entry.get('opens')}.{fact}", ""
        fact = fact.partition("@")[0]
        for kind, of, id_, holder, key, on_key in in_answer(fact, place.holder, place.key):
            yield Mention(kind, scope, of, id_, self.word(holder, key, on_key=on_key))

    def word(self, holder: Any, key: Step, *, on_key: bool) -> Stretch:
        """Give where a word stands, without the quotes around it."""
        at, quoted = self._around(holder, key, on_key=on_key)
        return Stretch(at.start + 1, at.end - 1) if quoted else at

    def _around(self, holder: Any, key: Step, *, on_key: bool = False) -> tuple[Stretch, bool]:
        marks = self.tree.marks[id(holder)][key]
        start, end = marks[:2] if on_key else marks[2:]
        if isinstance(holder, list):
            start, end = marks[2], marks[3]
        begin, stop = start.index + self.shift, end.index + self.shift
        return Stretch(begin, stop), self.text[begin : begin + 1] in {'"', "'"}

    def _offsets(self, value: str, place: Found) -> Any:
        """Give what turns an offset into a condition into one into the file."""
        at, quoted = self._around(place.holder, place.key)
        begin = at.start + quoted
        if self.text[begin : begin + len(value)] == value:
            return lambda offset: begin + offset
        # Folded over lines: the words are the same, in the same order.
        if self.text[at.start] in "|>":
            begin = self.text.find("\n", at.start) + 1
        there = list(_WORDS.finditer(self.text, begin, at.end))
        here = list(_WORDS.finditer(value))
        if [match[0] for match in there] != [match[0] for match in here]:
            return lambda _: None
        moved = {one.start(): other.start() for one, other in zip(here, there, strict=True)}
        return moved.get


def scope_of(kind: str, path: tuple[Step, ...], data: Any) -> str:
    """Give where names are looked up that stand at a path: a flowchart, a goal's or an instrument's id."""
    if kind == "flowchart":
        owner = data.get("extends") or data.get("flowchart")
        chart = owner if isinstance(owner, str) else ""
        # An option belongs to the node that asks with it.
        return f"{chart}.{path[1]}" if len(path) > 3 and path[2] == "options" and len(path) == 4 else chart
    if kind in {"vignette", "answers"} or len(path) < 2:
        return ""
    entry = data["entries"].get(path[1]) if isinstance(data.get("entries"), dict) else None
    id_ = str(entry.get("extends", path[1]) if isinstance(entry, dict) else path[1])
    if kind == "alerts":
        return str(entry.get("opens", "")) if isinstance(entry, dict) and path[2:3] == ("prefill",) else ""
    if kind == "instruments" and len(path) > 3 and path[2] == "scales":
        return id_ if len(path) == 4 else f"{id_}.{path[3]}"
    return (
        id_
        if path[2:3] and path[2] in {"options", "blanks", "measure", "time", "text", "say", "objectives"}
        else ""
    )
