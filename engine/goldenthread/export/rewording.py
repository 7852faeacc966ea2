"""A part of the plan as text to be edited, and back; and whether what was reworded still stands behind it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.export.document import Block, Blocks, Item, Para, Sub
from goldenthread.export.sheet import part
from goldenthread.plan.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import Plan

_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_POINT = re.compile(r"[-*•]\s+(?=\S)")
_HEADING = re.compile(r"#+\s+(?=\S)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SOME_DAY, _DIGITS = "2000-01-01", 16


def editable(blocks: Iterable[Block]) -> str:
    """Give blocks as text to be edited: a line each; `#` before a small heading, `-` or `1.` before a point.

    What hangs under a point is indented.
    """
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Sub(text):
            return [f"# {clean(text)}"]
        case Para(text):
            return [clean(text)]
        case Item(text, under, number):
            mark = f"{number}." if number else "-"
            return [f"{mark} {clean(text)}", *(f"  - {clean(line)}" for line in under)]


def blocks_of(text: str) -> Blocks:
    """Give the blocks of a text that was edited. Whatever was written, every line of it is in one of them."""
    blocks: list[Block] = []
    for line in text.splitlines():
        words = clean(line)
        if not words:
            continue
        point, last = _POINT.match(words), blocks[-1] if blocks else None
        if line[:1].isspace() and isinstance(last, Item):
            words = words[point.end() :] if point else words
            blocks[-1] = Item(last.text, (*last.under, words), last.number)
        elif point:
            blocks.append(Item(words[point.end() :]))
        elif number := _NUMBER.match(words):
            blocks.append(Item(words[number.end() :], number=int(number[1])))
        elif heading := _HEADING.match(words):
            blocks.append(Sub(words[heading.end() :]))
        else:
            blocks.append(Para(words))
    return tuple(blocks)


def behind(plan: Plan, name: str) -> str:
    """Give a fingerprint of what the plan itself says in a part, for a rewording to name what it was written over.

    Days that may only be counted from today (of the plan, of its review, when goals are due) are no part of it.
    Raises KeyError for a name that is not in FIELDS.
    """
    timeless = replace(
        plan,
        date="",
        review_date=_SOME_DAY if plan.review_date else "",
        review_words=_DATE.sub("", plan.review_words),
        goals=tuple(replace(goal, due=_SOME_DAY if goal.due else "") for goal in plan.goals),
        threads=tuple(replace(line, review=_SOME_DAY if line.review else "") for line in plan.threads),
    )
    return hashlib.sha256(editable(part(timeless, name)).encode()).hexdigest()[:_DIGITS]
