"""What a new round takes over without asking: since when it stands, and whether anybody has said that it still does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.plan.wording import item_label
from goldenthread.walk import bare, beside
from goldenthread.walk.run import earlier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.plan.reading import Reading


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer of an earlier round that stands in this one.

    `since` is the day on which it was given, `confirmed` that on which it was said to stand still; nothing where no
    day is known. `free` says that the answer is in free words.
    """

    key: str
    number: str
    label: str
    said: str
    since: str
    stands: bool
    """Whether it was confirmed in this round."""
    confirmed: str
    free: bool


def kept(reading: Reading) -> tuple[Kept, ...]:
    """Give what was taken over on the way so far, in order. What was answered otherwise in this round is not."""
    return tuple(_kept(reading))


def _kept(reading: Reading) -> Iterator[Kept]:
    walk, library = reading.walk, reading.library
    for key in walk.questions_passed():
        value = walk.known.get(key)
        if value is None or not walk.taken_over(key):
            continue
        before, own = earlier(walk.rounds, walk.round, key), walk.raw(key)
        if own is not None and bare(own) != bare(before):
            continue
        name, _, item = key.partition("@")
        step = walk.program.steps[name]
        if step.type is None:
            continue
        fact = library.facts.get(step.key)
        about = item_label(reading, item, step.node.flowchart)
        yield Kept(
            key=key,
            number=step.node.number,
            label=(fact.label if fact else step.key) + (f" ({about})" if about else ""),
            said=reading.words(step.role or step.key, value),
            since=str(beside(before).get("date", "")),
            stands=own is not None,
            confirmed=str(beside(own).get("date", "")),
            free=step.type.kind == "text",
        )
