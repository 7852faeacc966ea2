"""Two versions of a plan side by side, part by part, from their texts as they were signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from goldenthread.export.closing import SUPPORTS
from goldenthread.export.sheet import FIELDS
from goldenthread.export.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

State = Literal["same", "changed", "added", "removed"]
TOP = "How it stands"
"""What stands above the first part: the day, the version, the status."""
_RULE = re.compile(r"-+|=+")
_POINT = re.compile(r"( *)(?:- |\d{1,3}\. )")
_NAMES = {plain(heading).upper(): heading for heading in FIELDS.values()}
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both versions, side by side; empty where one of them lacks it."""

    state: State
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of both versions."""

    heading: str
    state: State
    rows: tuple[Row, ...]


def compare(before: str, after: str) -> tuple[Part, ...]:
    """Hold two versions of a plan, as plain text, against each other; in the order of the newer one.

    A part that only the older has stands after what stood before it there. The title, and the lines at the end of
    every plan, are no part of it.
    """
    old, new = sections(before), sections(after)
    return tuple(_part(heading, old.get(heading), new.get(heading)) for heading in _order([*old], [*new]))


def _order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    order = list(new)
    for n, heading in enumerate(old):
        if heading not in order:
            at = max((order.index(above) + 1 for above in old[:n]), default=0)
            order.insert(at, heading)
    return order


def _part(heading: str, old: Sequence[str] | None, new: Sequence[str] | None) -> Part:
    rows = tuple(_rows(old or (), new or ()))
    if old is None or new is None:
        return Part(heading, "added" if old is None else "removed", rows)
    return Part(heading, "same" if all(row.state == "same" for row in rows) else "changed", rows)


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield from (Row("same", line, line) for line in old[a:b])
        else:
            yield from _paired(old[a:b], new[c:d])


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Set side by side, in order, the lines that are much alike; the others stand alone. One for one is a change."""
    if len(old) == len(new) == 1:
        yield Row("changed", old[0], new[0])
        return
    at = 0
    for line in old:
        near = next((k for k in range(at, len(new)) if _alike(line, new[k])), None)
        if near is None:
            yield Row("removed", line, "")
            continue
        yield from (Row("added", "", other) for other in new[at:near])
        yield Row("changed", line, new[near])
        at = near + 1
    yield from (Row("added", "", other) for other in new[at:])


def _alike(one: str, other: str) -> bool:
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.real_quick_ratio() >= _ALIKE and words.ratio() >= _ALIKE


def sections(text: str) -> Mapping[str, tuple[str, ...]]:
    """Give the parts of a plan's text by their headings, each as its lines with nothing broken."""
    found: dict[str, list[str]] = {}
    heading = TOP
    lines = text.partition(f"\n{SUPPORTS}")[0].splitlines()
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if _ruled(line, below):
            heading = "" if below.startswith("=") else _NAMES.get(line, line.capitalize())
            heading = heading or TOP
        elif not _RULE.fullmatch(line):
            found.setdefault(heading, []).append(line)
    return {name: tuple(_unbroken(body)) for name, body in found.items() if any(body)}


def _ruled(line: str, below: str) -> bool:
    return bool(line) and bool(_RULE.fullmatch(below)) and len(line) == len(below)


def _unbroken(lines: Sequence[str]) -> list[str]:
    """Join lines that were broken to fit."""
    joined: list[str] = []
    goes_on = False
    for line in lines:
        point = _POINT.match(line)
        if not line.strip():
            goes_on = False
        elif goes_on and not point:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip())
            goes_on = True
    return joined
