"""What a new round takes over without asking: since when it stands, and whether anybody has said that it still does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    walk = reading.walk
    for key in walk.questions_passed():
        if walk.known.get(key) is None or not walk.taken_over(key):
            continue
        before, own = earlier(walk.rounds, walk.round, key), walk.raw(key)
        if own is not None and bare(own) != bare(before):
            continue
        if walk.program.steps[key.partition("@")[0]].type is not None:
            yield as_kept(reading, key, before, own)


def as_kept(reading: Reading, key: str, before: Any, own: Any = None) -> Kept:
    """Show what is known of a question that an earlier round answered (`before`), and this one perhaps again."""
    name, _, item = key.partition("@")
    step = reading.walk.program.steps[name]
    fact = reading.library.facts.get(step.key)
    about = item_label(reading, item, step.node.flowchart)
    return Kept(
        key=key,
        number=step.node.number,
        label=(fact.label if fact else step.key) + (f" ({about})" if about else ""),
        said=reading.words(step.role or step.key, reading.walk.known[key]),
        since=str(beside(before).get("date", "")),
        stands=own is not None,
        confirmed=str(beside(own).get("date", "")),
        free=step.type is not None and step.type.kind == "text",
    )
