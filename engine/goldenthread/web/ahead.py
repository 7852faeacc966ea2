"""The rest of a phase confirmed at once: where that is put forward, and what is decided with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.web import typed
from goldenthread.web.options import bank

if TYPE_CHECKING:
    from collections.abc import Collection

    from goldenthread.case import Decided
    from goldenthread.session import Ahead, GuidedWalk, Question
    from goldenthread.web.desk import Desk, Sitting

FEWEST = 2
"""One answer is confirmed at its own question."""


def put_forward(sitting: Sitting) -> Ahead | None:
    """Give what can be confirmed at once from the question that waits, or None where that spares nobody anything."""
    walk = sitting.walk
    if not walk.walk.round or walk.walk.stop_at:
        return None
    return walk.ahead if len(walk.ahead.answers) >= FEWEST else None


def confirmed(desk: Desk, sitting: Sitting) -> tuple[GuidedWalk, int, list[Decided]]:
    """Confirm it: give the walk, how many were answered, and the decisions that answering each would keep.

    Where something is half typed at one of the questions, it goes as far as that one.
    """
    each = [(at, asked) for at, _ in sitting.walk.each_ahead() if (asked := at.question) is not None]
    drafted = (n for n, (_, asked) in enumerate(each) if typed.kept(desk, sitting, asked) is not None)
    count = next(drafted, len(each))
    walk = each[count][0] if count < len(each) else sitting.walk.confirm_ahead()
    made: dict[tuple[str, str], Decided] = {}
    for at, asked in each[:count]:
        value = walk.walk.known.get(asked.key, ())
        ids = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        for one in accepted(desk, replace(sitting, walk=at), asked, ids):
            made.setdefault((one.decision.kind, one.decision.id), one)
    return walk, count, [*made.values()]


def accepted(desk: Desk, sitting: Sitting, asked: Question, wanted: Collection[str]) -> list[Decided]:
    """Give the decisions that an answer takes suggestions up with, but for those that were taken up before."""
    kind = bank(sitting, asked)
    offers = sitting.walk.advice(kind).offers if kind else ()
    return [
        desk.decided(sitting.walk, kind, offer, "accepted")
        for offer in offers
        if offer.id in wanted
        and (
            (before := sitting.case.decided(kind, offer.id)) is None
            or before.verdict not in {"accepted", "adapted"}
        )
    ]
