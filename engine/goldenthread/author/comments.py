"""Comments, each given to what it speaks of: the key below it, the line that it ends, or the end of its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.author.script import Block, Comment, Item, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.author.script import Script

_COMMENT = re.compile("#[^\n\x85\u2028\u2029]*")


class _Found(NamedTuple):
    place: int
    comment: Comment
    before: str


def attach(script: Script) -> None:
    """Give every comment of a file to an item or a block."""
    order = list(items(script.root))
    starts = [item.start for item, _ in order]
    for found in _comments(script):
        n = bisect_right(starts, found.place)
        before = order[n - 1] if n else None
        after = order[n] if n < len(order) else None
        if found.before.strip("- \t"):
            _beside(found, before)
        else:
            _alone(found, script.column(found.place), before, after)


def _comments(script: Script) -> Iterator[_Found]:
    """Find the comments: what begins with `#` where no key and no value stands."""
    stops = [(0, 0), *script.scalars, (len(script.text), len(script.text))]
    for (_, start), (end, _) in pairwise(stops):
        for match in _COMMENT.finditer(script.text, start, max(start, end)):
            line = script.text.rfind("\n", 0, match.start()) + 1
            before = script.text[line : match.start()]
            alone = not before.strip()
            comment = Comment(match[0].rstrip(), alone and script.spaced(match.start()))
            yield _Found(match.start(), comment, before)


_Point = tuple[Item, tuple[Block, ...]]


def _beside(found: _Found, before: _Point | None) -> None:
    """Give a comment to the line that it ends: to the outermost item that ends there."""
    if before is None:
        return
    owner, chain = before
    while chain and chain[-1].flow and chain[-1].end <= found.place:
        block, chain = chain[-1], chain[:-1]
        if chain:
            owner = next(item for item in chain[-1].items if item.value is block)
    if owner.beside:
        owner.above.append(Comment(owner.beside))
    owner.beside = found.comment.text


def _alone(found: _Found, column: int, before: _Point | None, after: _Point | None) -> None:
    """Give a comment with a line of its own to what stands below it, or to the end of the block that it is in."""
    if before is None:
        if after is not None:
            after[0].above.append(found.comment)
        return
    owner, chain = before
    empty = not isinstance(owner.value, Block) or not owner.value.items
    within = isinstance(owner.value, Block) and owner.value.end > found.place
    if empty and (owner.value_start > found.place or within):
        owner.above.append(found.comment)
        return
    bracket = next((b for b in reversed(chain) if b.flow and b.start < found.place < b.end), None)
    if bracket is not None and (after is None or bracket not in after[1]):
        bracket.below.append(found.comment)
    elif after is None or (bracket is None and column > after[1][-1].column):
        ends = [block for block in chain if not block.flow and block.column <= column] or [chain[0]]
        if after is not None and any(ends[-1] is block for block in after[1]):
            after[0].above.append(found.comment)
        else:
            ends[-1].below.append(found.comment)
    else:
        after[0].above.append(found.comment)
