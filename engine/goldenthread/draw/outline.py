"""A diagram in words: what stands beside it for whoever cannot see it, and on paper beside it for whoever can."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.diagram import BACK, COPY, VISITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.draw.diagram import Arrow, Box, Diagram

_SAID = {"otherwise": "Otherwise", "not known": "If it is not known", VISITS: "By its visit"}

_ENDS = (".", "!", "?", ":", ";", "…", "”")


class Step(NamedTuple):
    """One box in words, with the ways on from it."""

    box: str
    """The box's id."""
    text: str
    """Its number and its text."""
    ways: tuple[str, ...]
    """Sentences: `If a remote session, go to 2.2.`"""


class Section(NamedTuple):
    """The steps within one frame; without a title where they stand in none."""

    title: str
    steps: tuple[Step, ...]


def outline(diagram: Diagram) -> tuple[Section, ...]:
    """Tell a diagram step by step, from its start, each step after those that lead to it."""
    boxes = {box.id: box for box in diagram.boxes}
    out: dict[str, list[Arrow]] = {}
    for arrow in diagram.arrows:
        out.setdefault(arrow.tail, []).append(arrow)
    beside = {arrow.head for arrow in diagram.arrows if arrow.side}
    steps = {
        id_: Step(
            id_,
            _text(boxes[id_]),
            tuple(_way(arrow, boxes[arrow.head], numbers=diagram.numbers) for arrow in out.get(id_, ())),
        )
        for id_ in in_order(diagram)
        # What stands beside a step is told with it, and what is drawn again is told once.
        if COPY not in id_ and (id_ not in beside or id_ in out)
    }
    grouped = {id_ for group in diagram.groups for id_ in group.boxes}
    parts = [("", [id_ for id_ in steps if id_ not in grouped])]
    for group in diagram.groups:
        own = set(group.boxes)
        parts.append((group.title, [id_ for id_ in steps if id_ in own]))
    return tuple(Section(title, tuple(steps[id_] for id_ in ids)) for title, ids in parts if ids)


def outline_text(diagram: Diagram) -> str:
    """Tell a diagram as plain text: a line a step, indented below it a line a way on."""
    lines = [diagram.title]
    for section in outline(diagram):
        if section.title:
            lines += ["", section.title]
        for step in section.steps:
            lines += [step.text, *(f"    {way}" for way in step.ways)]
    return "\n".join(lines) + "\n"


def _text(box: Box) -> str:
    """Give the heading and the paragraphs of a box on one line: each is ended before the next begins."""
    heading, paragraphs = box.heading, [part for part in box.text if part]
    if heading and paragraphs and heading.split()[-1].isalpha() and not paragraphs[0][0].islower():
        heading += ":"
    ended = [part if part.endswith(_ENDS) else f"{part}." for part in paragraphs[:-1]]
    return " ".join(part for part in (heading, *ended, *paragraphs[-1:]) if part) or box.kind


def _way(arrow: Arrow, head: Box, *, numbers: bool) -> str:
    if arrow.side:
        at = f", at {arrow.text}" if arrow.text else ""
        return f"Beside it{at}: {_text(head)}".rstrip(".") + "."
    named = head.kind == "more" or not head.heading
    # An end is called by its name, without what else is said of it.
    name = head.text[0] if head.kind == "end" and head.text else _text(head)
    to = f"“{name}”" if named else head.heading
    if not arrow.text:
        return f"Go to {to}."
    return f"{_said(arrow.text, numbers=numbers)}, go to {to}."


def _said(text: str, *, numbers: bool) -> str:
    if numbers:
        return f"At {text}"
    if text.startswith(BACK):
        return text[:1].upper() + text[1:]
    return _SAID.get(text, f"If {text}")


def in_order(diagram: Diagram) -> Sequence[str]:
    """Give the boxes as authored, but each after those that lead to it, where no circle forbids that."""
    at = {box.id: n for n, box in enumerate(diagram.boxes)}
    after: dict[str, list[str]] = {id_: [] for id_ in at}
    waits = dict.fromkeys(at, 0)
    for arrow in diagram.arrows:
        # A new round leads back, and nothing waits for it.
        if not arrow.dashed and arrow.tail != arrow.head:
            after[arrow.tail].append(arrow.head)
            waits[arrow.head] += 1
    free = [n for id_, n in at.items() if not waits[id_]]
    heapify(free)
    return _released([box.id for box in diagram.boxes], at, after, waits, free)


def _released(
    ids: Sequence[str],
    at: Mapping[str, int],
    after: Mapping[str, Sequence[str]],
    waits: dict[str, int],
    free: list[int],
) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < len(ids):
        if not free:
            # A circle: its first box as authored breaks it.
            free.append(next(n for n, id_ in enumerate(ids) if id_ not in found))
        id_ = ids[heappop(free)]
        if id_ in found:
            continue
        found[id_] = None
        for head in after[id_]:
            waits[head] -= 1
            if not waits[head] and head not in found:
                heappush(free, at[head])
    return list(found)
