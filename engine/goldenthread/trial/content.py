"""Two libraries held against each other part by part: what is new, lost, renamed, said or decided otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.language import Condition
from goldenthread.model import Edge, Entry, Node, Option, Review, Rule, Source, Suggestion
from goldenthread.trial.parts import paired_edges, paired_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.diagnostics import Span
    from goldenthread.model import Library
    from goldenthread.trial.renames import Renames

Whens = tuple["Condition | None", "Condition | None"]
Sort = Literal["new", "lost", "renamed", "decides", "words", "sources"]
"""`decides` is whatever an outcome can follow from; the other changes within a part are of words and sources."""
_WORDS = frozenset({
    "number", "title", "purpose", "language", "label", "note", "why", "ask", "say", "decide", "tell",
    "end", "about", "name", "yes", "no", "unit", "maintains", "target", "steps", "course", "needs",
    "when_not", "debate", "text", "because", "objectives", "discharge", "refer_to", "codes", "short",
    "administration", "timeframe", "population", "wording", "licence", "loinc", "confirmed", "means",
    "jurisdiction", "parts", "review", "review_days", "author",
})  # fmt: skip
_SOURCES = frozenset({"sources", "basis"})
_APART = frozenset({"id", "kind", "span", "added", "flowchart", "was", "nodes"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference in what is authored. `thing` and `id` name the node or entry by its name after, if it has one."""

    sort: Sort
    thing: str
    id: str
    part: str
    before: str
    after: str
    span_before: Span | None
    span_after: Span | None
    conditions: Whens = (None, None)
    """The condition that was edited, or that of the rule or edge in which something was."""

    @property
    def settles(self) -> bool:
        """Whether an outcome can follow from it."""
        return self.sort in {"decides", "new", "lost"} and self.thing not in {"references", "requirements"}


def edits(before: Library, after: Library, renames: Renames) -> list[Edit]:
    """Give every difference between two libraries, in the order of the later one."""
    nodes = [{node.key: node for node in library.nodes()} for library in (before, after)]
    nodes[0] = {key: _with_targets(node, renames) for key, node in nodes[0].items()}
    entries = [{entry.id: entry for entry in library.entries()} for library in (before, after)]
    return [
        *_things("flowchart", before.flowcharts, after.flowcharts, renames.chart),
        *_things("node", nodes[0], nodes[1], renames.node),
        *_things("entry", entries[0], entries[1], renames.entry),
    ]


def _with_targets(node: Node, renames: Renames) -> Node:
    """Give a node whose edges name the nodes that they lead to as they are called after."""
    targets = [renames.node(f"{node.flowchart}.{edge.go}").partition(".")[2] for edge in node.edges]
    if targets == [edge.go for edge in node.edges]:
        return node
    return replace(node, edges=tuple(replace(e, go=go) for e, go in zip(node.edges, targets, strict=True)))


def _things(thing: str, before: Mapping[str, Any], after: Mapping[str, Any], now: Any) -> Iterator[Edit]:
    came_from = {now(id_): old for id_, old in before.items()}
    for id_, new in after.items():
        what = new.kind if isinstance(new, Entry) else thing
        old = came_from.pop(id_, None)
        if old is None:
            yield Edit("new", what, id_, "", "", _named(new), None, new.span)
            continue
        earlier = old.key if isinstance(old, Node) else old.id
        if earlier != id_:
            yield Edit("renamed", what, id_, "", earlier, id_, old.span, new.span)
        yield from _fields(_Place(what, id_, old.span, new.span), "", old, new)
    for id_, old in came_from.items():
        what = old.kind if isinstance(old, Entry) else thing
        yield Edit("lost", what, id_, "", _named(old), "", old.span, None)


def _named(thing: Any) -> str:
    if isinstance(thing, Node):
        return thing.text
    return (
        getattr(thing, "name", "")
        or getattr(thing, "title", "")
        or getattr(thing, "label", "")
        or getattr(thing, "text", "")
    )


@dataclass(frozen=True, slots=True)
class _Place:
    thing: str
    id: str
    before: Span | None
    after: Span | None
    when: Whens = (None, None)

    def edit(self, part: str, before: Any, after: Any) -> Edit:
        """Give the change of one value, as its name says of which sort it is."""
        last = part.rpartition(".")[2]
        sort: Sort = "decides"
        if last in _SOURCES or self.thing == "references":
            sort = "sources"
        elif last in _WORDS or self.thing == "requirements":
            sort = "words"
        conditions = self.when
        if isinstance(before, Condition) or isinstance(after, Condition):
            conditions = _condition(before), _condition(after)
        return Edit(
            sort, self.thing, self.id, part, _said(before), _said(after), self.before, self.after, conditions
        )

    def at(self, before: Any, after: Any) -> _Place:
        """Give the place of a part with a place of its own."""
        spans = (getattr(part, "span", None) for part in (before, after))
        old, new = (span or whole for span, whole in zip(spans, (self.before, self.after), strict=True))
        old, new = old if before is not None else None, new if after is not None else None
        when = _condition(getattr(before, "when", None)), _condition(getattr(after, "when", None))
        return _Place(self.thing, self.id, old, new, when)


def _fields(place: _Place, part: str, old: Any, new: Any) -> Iterator[Edit]:
    if old is new:
        return
    for field in _compared(new.__class__):
        name = f"{part}.{field}" if part else field
        yield from _values(place, name, getattr(old, field), getattr(new, field))


@cache
def _compared(kind: type) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields(kind) if spec.name not in _APART)


def _values(place: _Place, part: str, old: Any, new: Any) -> Iterator[Edit]:
    if old is new or (isinstance(new, str) and old == new):
        return
    if _of(Rule, old, new) or _of(Suggestion, old, new):
        yield from _rules(place, part, old, new)
    elif _of(Edge, old, new):
        yield from _edges(place, old, new)
    elif isinstance(new, Mapping) and any(
        isinstance(value, Option) for value in (*old.values(), *new.values())
    ):
        yield from _options(place, part, old, new)
    elif isinstance(new, Mapping) and not _holds_words(part):
        for key in dict.fromkeys((*new, *old)):
            yield from _values(place, f"{part}.{key}", old.get(key), new.get(key))
    elif is_dataclass(new) and is_dataclass(old) and not isinstance(new, Condition | Review | Source):
        yield from _fields(place, part, old, new)
    elif _of_parts(old) and _of_parts(new) and len(old) == len(new) and not isinstance(new[0], Source):
        for n, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _values(place, f"{part}.{getattr(b, 'id', n + 1)}", a, b)
    elif _said(old) != _said(new):
        yield place.edit(part, old, new)


def _of(kind: type, old: Any, new: Any) -> bool:
    return isinstance(new, tuple) and any(isinstance(part, kind) for part in (*(old or ()), *new))


def _of_parts(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _holds_words(part: str) -> bool:
    return part.rpartition(".")[2] in _WORDS


def _rules(place: _Place, part: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Edit]:
    for before, after in paired_rules(old, new):
        here = place.at(before, after)
        if before is None or after is None:
            one = after or before
            sort: Sort = "new" if before is None else "lost"
            said = f"when {one.when.text}"
            words = ("", said) if before is None else (said, "")
            yield Edit(sort, place.thing, place.id, part, *words, here.before, here.after, here.when)
        else:
            yield from _fields(here, part, before, after)


def _edges(place: _Place, old: Sequence[Edge], new: Sequence[Edge]) -> Iterator[Edit]:
    for before, after in paired_edges(old, new):
        here = place.at(before, after)
        if before is None or after is None:
            one = after or before
            sort: Sort = "new" if before is None else "lost"
            words = ("", _way(one)) if before is None else (_way(one), "")
            yield Edit(sort, place.thing, place.id, "next", *words, here.before, here.after, here.when)
        else:
            yield from _fields(here, "next", before, after)
    kept = [[_way(edge) for edge in edges] for edges in (old, new)]
    if kept[0] != kept[1] and sorted(kept[0]) == sorted(kept[1]):
        yield place.edit("next, in order", "; ".join(kept[0]), "; ".join(kept[1]))


def _way(edge: Edge) -> str:
    lead = (
        f"when {edge.when.text} " if edge.when is not None else "" if edge.kind == "next" else f"{edge.kind} "
    )
    return f"{lead}go to {edge.go}"


def _options(
    place: _Place, part: str, old: Mapping[str, Option], new: Mapping[str, Option]
) -> Iterator[Edit]:
    names = {was: option.id for option in new.values() for was in option.was if was in old}
    came_from = {names.get(id_, id_): option for id_, option in old.items()}
    for id_, option in new.items():
        before = came_from.pop(id_, None)
        if before is None:
            yield Edit("new", place.thing, place.id, f"{part}.{id_}", "", option.label, None, place.after)
            continue
        if before.id != id_:
            here = place.before, place.after
            yield Edit("renamed", place.thing, place.id, f"{part}.{id_}", before.id, id_, *here)
        yield from _fields(place, f"{part}.{id_}", before, option)
    for id_, before in came_from.items():
        yield Edit("lost", place.thing, place.id, f"{part}.{id_}", before.label, "", place.before, None)
    kept = [id_ for id_ in (names.get(id_, id_) for id_ in old) if id_ in new]
    if kept != [id_ for id_ in new if id_ in kept]:
        yield place.edit(f"{part}, in order", ", ".join(kept), ", ".join(id_ for id_ in new if id_ in kept))


def _condition(value: Any) -> Condition | None:
    return value if isinstance(value, Condition) else None


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Condition(text=text):
            return " ".join(text.split())
        case Source(ref=ref, at=at, says=says, grade=grade):
            return f"{ref}, {at}: {says}" + (f" ({grade})" if grade else "")
        case Review(status=status, by=by, on=on, due=due):
            return ", ".join(word for word in (status, by, on, due) if word)
        case Mapping():
            return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
        case tuple() | list():
            return "; ".join(_said(item) for item in value)
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)
