"""The rest of a phase confirmed at once: where that is put forward, and what is decided with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.web.options import bank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from goldenthread.case import Decided
    from goldenthread.session import Ahead, Question
    from goldenthread.web.desk import Desk, Sitting

FEWEST = 2
"""One answer is confirmed at its own question."""


def put_forward(sitting: Sitting) -> Ahead | None:
    """Give what can be confirmed at once from the question that waits, or None where that spares nobody anything."""
    walk = sitting.walk
    if not walk.walk.round or walk.walk.stop_at:
        return None
    return walk.ahead if len(walk.ahead.answers) >= FEWEST else None


def decided(desk: Desk, sitting: Sitting) -> Iterator[Decided]:
    """Give the decisions that come of confirming it: those that answering each of the questions would keep."""
    made = set()
    known = sitting.walk.ahead.walk.known
    for at, _ in sitting.walk.each_ahead():
        asked = at.question
        value = known.get(at.walk.at, ())
        if asked is None or not isinstance(value, str | tuple):
            continue
        ids = (value,) if isinstance(value, str) else value
        for one in accepted(desk, replace(sitting, walk=at), asked, ids):
            which = (one.decision.kind, one.decision.id)
            if which not in made:
                made.add(which)
                yield one


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
