"""Numbers of nodes, in the order of the walk: what has one keeps it, and an insertion takes a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goldenthread.author.script import Block, Item, Scalar
from goldenthread.source.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBER = re.compile(r"(\d+(?:\.\d+)*)([a-z]*)\Z")
_LAST = "z"

Number = tuple[tuple[int, ...], str]
"""`3.2a` as (3, 2) and `a`: they sort as they are read."""


def number(root: Block, data: Mapping[str, Any], *, afresh: bool = False) -> dict[str, Any]:
    """Give numbers to the nodes of a flowchart that have none, with `afresh` to all; return what was written, by id.

    Ends of a flowchart have none. A flowchart that extends another is left: its nodes stand among others there.
    """
    nodes = data.get("nodes")
    held = root.get("nodes")
    if not isinstance(nodes, dict) or held is None or not isinstance(held.value, Block) or "extends" in data:
        return {}
    blocks = {item.key: item.value for item in held.value.items if isinstance(item.value, Block)}
    numbered = [
        id_ for id_ in _in_order(nodes, data.get("start")) if id_ in blocks and "end" not in nodes[id_]
    ]
    given = {} if afresh else {id_: _had(blocks[id_]) for id_ in numbered if blocks[id_].get("number")}
    written = {}
    for id_, shown in _numbers(numbered, given, data.get("number")):
        value = resolve(shown)
        plain = str(value) == shown
        scalar = Scalar(value, shown) if plain else Scalar(shown)
        item = blocks[id_].get("number")
        if item is None:
            blocks[id_].items.insert(0, Item("number", scalar))
        else:
            item.value = scalar
        written[id_] = scalar.value
    return written


def _had(block: Block) -> Number | None:
    item = block.get("number")
    if item is None or not isinstance(item.value, Scalar):
        return None
    return _read(item.value.spelt or str(item.value.value))


def _read(shown: str) -> Number | None:
    found = _NUMBER.match(shown)
    return (tuple(int(part) for part in found[1].split(".")), found[2]) if found else None


def _in_order(nodes: Mapping[str, Any], start: Any) -> list[str]:
    """Give the nodes in the order of the walk: each after all that lead to it, the first branch first."""
    seen: set[str] = set()
    walked = _after(nodes, [start], seen)
    return walked + _after(nodes, list(nodes), seen)


def _after(nodes: Mapping[str, Any], roots: list[Any], seen: set[str]) -> list[str]:
    """Give what the roots lead to and has not been seen, each after all that lead to it."""
    done: list[str] = []
    stack = [(root, False) for root in roots]
    while stack:
        id_, left = stack.pop()
        if left:
            done.append(id_)
        elif id_ not in seen and isinstance(nodes.get(id_), dict):
            seen.add(id_)
            stack.append((id_, True))
            stack += [(target, False) for target in _targets(nodes[id_].get("next"))]
    return done[::-1]


def _targets(after: Any) -> Iterator[str]:
    """Give where a node leads, in the order written, rounds that begin again left out."""
    for edge in after if isinstance(after, list) else [after]:
        if isinstance(edge, str):
            yield edge
        elif isinstance(edge, dict) and not edge.get("again"):
            yield from (edge[key] for key in ("go", "otherwise", "unknown") if isinstance(edge.get(key), str))


def _numbers(ids: list[str], given: Mapping[str, Number | None], first: Any) -> Iterator[tuple[str, str]]:
    """Give a number to each id that has none: what comes after all that have one goes on counting."""
    taken = {found for found in given.values() if found}
    last = max((n for n, id_ in enumerate(ids) if given.get(id_)), default=-1)
    above = (first,) if isinstance(first, int) else ()
    before: Number = ((*above, 0), "")
    for n, id_ in enumerate(ids):
        if id_ in given:
            before = given[id_] or before
            continue
        if n > last:
            parts, _ = max(taken, default=before)
            before = ((*parts[:-1], parts[-1] + 1), "")
        elif n or before in taken:
            before = _between(before, taken)
        taken.add(before)
        yield id_, ".".join(map(str, before[0])) + before[1]


def _between(before: Number, taken: set[Number]) -> Number:
    """Give a number with a letter that follows another, and comes before the next where there is room."""
    parts, letters = before
    later = min((found for found in taken if found > before), default=None)
    following = _letter_after(letters)
    for choice in ((parts, following), (parts, letters + "a")):
        if choice not in taken and (later is None or choice < later):
            return choice
    while (parts, following) in taken:
        following = _letter_after(following)
    return (parts, following)


def _letter_after(letters: str) -> str:
    if not letters or letters[-1] == _LAST:
        return letters + "a"
    return letters[:-1] + chr(ord(letters[-1]) + 1)
