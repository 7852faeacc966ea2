"""A file in the house form: the same data, the same comments, one layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.author.comments import attach
from goldenthread.author.layout import write
from goldenthread.author.number import number
from goldenthread.author.order import arrange
from goldenthread.author.script import Block, Script, items
from goldenthread.loading.schema import kind_of, schema
from goldenthread.source import parse

if TYPE_CHECKING:
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.source import Tree


class NotTheSameError(Exception):
    """Raised where a file, written in the house form, would not say what it said before."""


@dataclass(slots=True)
class Formed:
    """What came of a file: its text before and in the house form; or what keeps it from being read."""

    before: str
    after: str
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the file is not yet in the house form."""
        return self.before != self.after


def form(blob: bytes, name: str, *, numbers: bool = False, afresh: bool = False) -> Formed:
    """Bring a file into the house form; with `numbers`, number its nodes, with `afresh` all of them.

    What cannot be read, or does not say what it is, is left as it is. Raises NotTheSameError.
    """
    tree, found, text = parse(blob, name)
    before = blob.decode("utf-8", "replace")
    if tree is None or text is None or found:
        return Formed(before, before, found)
    kind, found = kind_of(tree)
    if not kind or kind == "case":
        # The program writes case files, in a form of its own.
        return Formed(before, before, found)
    script = _script(text, name)
    added = number(script.root, tree.data, afresh=afresh) if numbers and kind == "flowchart" else {}
    arrange(script.root, schema(kind), schema(kind))
    after = write(script.root)
    _hold(tree, script, added, after, name)
    return Formed(before, after)


def _script(text: str, name: str) -> Script:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tree, _, _ = parse(text, name)
    if tree is None:
        raise NotTheSameError
    script = Script(tree, text)
    attach(script)
    return script


def comments(root: Block) -> Counter[str]:
    """Count the comments of a file."""
    found: Counter[str] = Counter(comment.text for comment in root.below)
    for item, _ in items(root):
        found.update(comment.text for comment in item.above)
        found.update([item.beside] if item.beside else [])
        if isinstance(item.value, Block):
            found.update(comment.text for comment in item.value.below)
    return found


def _hold(tree: Tree, script: Script, numbers: dict[str, Any], after: str, name: str) -> None:
    """Read what was written again, and hold it against what was there."""
    again, found, _ = parse(after, name)
    if again is None or found:
        raise NotTheSameError
    wanted = tree.data
    if numbers:
        nodes = {
            id_: {**node, "number": numbers[id_]} if id_ in numbers else node
            for id_, node in wanted["nodes"].items()
        }
        wanted = {**wanted, "nodes": nodes}
    if not same(again.data, wanted) or comments(_script(after, name).root) != comments(script.root):
        raise NotTheSameError


def same(one: Any, other: Any) -> bool:
    """Say whether two values are equal and of the same types all the way down, whatever the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
