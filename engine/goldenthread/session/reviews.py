"""How far the content is reviewed: by whom, when, and whether the next review is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from goldenthread.session.entries import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Span
    from goldenthread.model import Library, Review


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One entry or flowchart with its review. `state` is draft, reviewed, or overdue."""

    kind: str
    id: str
    name: str
    span: Span
    review: Review
    state: str


def reviews(library: Library, today: date) -> Iterator[Reviewed]:
    """Give the review of every flowchart and every entry; what is due today is not overdue yet."""
    for chart in library.flowcharts.values():
        yield Reviewed(
            "flowcharts", chart.id, chart.title, chart.span, chart.review, _state(chart.review, today)
        )
    for entry in library.entries():
        state = _state(entry.review, today)
        yield Reviewed(entry.kind, entry.id, name_of(entry), entry.span, entry.review, state)


def _state(review: Review, today: date) -> str:
    if review.due and date.fromisoformat(review.due) < today:
        return "overdue"
    return review.status
