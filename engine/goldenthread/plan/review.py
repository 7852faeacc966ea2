"""Is this working? Scores and ratings over time, with a verdict that does not flatter."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.language import Duration
from goldenthread.plan.roles import USUAL_REVIEW_DAYS
from goldenthread.score import change

if TYPE_CHECKING:
    from goldenthread.plan.reading import Reading
    from goldenthread.score import Score


@dataclass(frozen=True, slots=True)
class Followed:
    """One scale over time. `verdict` is in words; empty while there is a single score."""

    instrument: str
    scale: str
    name: str
    scores: tuple[tuple[str, float, str], ...]
    """Date (or nothing), score, band."""
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The review: measures, goal ratings, and the client's own verdict beside them."""

    measures: tuple[Followed, ...]
    ratings: tuple[tuple[str, float], ...]
    client_verdict: str
    different: str
    stuck: str
    to_change: tuple[str, ...]


def review_date(reading: Reading, today: datetime.date) -> tuple[str, str]:
    """Give the date of the review, and how it came about."""
    interval = reading.value("review_interval")
    if isinstance(interval, Duration):
        return (today + datetime.timedelta(days=round(interval.days))).isoformat(), f"{interval} from {today.isoformat()}, as agreed"
    due = today + datetime.timedelta(days=USUAL_REVIEW_DAYS)
    return due.isoformat(), f"{USUAL_REVIEW_DAYS} days from {today.isoformat()}, put forward; not agreed yet"


def measures(reading: Reading) -> tuple[Followed, ...]:
    """Give every scale that was scored, over all rounds."""
    made = []
    for series in reading.walk.state.scores.values():
        names = dict.fromkeys(name for score in series for name in score.totals)
        made += [_followed(series, name) for name in names]
    return tuple(made)


def _followed(series: tuple[Score, ...], name: str) -> Followed:
    scored = [score for score in series if name in score.totals]
    instrument = scored[0].instrument
    scale = instrument.scales[name]
    label = instrument.short if name == "total" else f"{instrument.short} {scale.label or name}"
    points = []
    for score in scored:
        band = score.band(name)
        points.append((score.date, score.totals[name], band.label if band else ""))
    verdict, note = "", ""
    if len(scored) > 1:
        found = change(scale, scored[0].totals[name], scored[-1].totals[name])
        verdict = found.words
        first_band, last_band = points[0][2], points[-1][2]
        if found.verdict == "not_reliable" and first_band != last_band:
            note = f"The band went from {first_band} to {last_band}, and the change of {abs(found.amount):g} points is still within error of measurement."
    return Followed(instrument.id, name, label, tuple(points), verdict, note)


def progress(reading: Reading) -> Progress | None:
    """Give the review of a round in which one was made, or None."""
    if not any(reading.text(role) for role in ("client_verdict", "change_needed", "still_stuck", "what_is_different")):
        return None
    ratings = []
    for goal in reading.walk.goals():
        value = reading.facts.known.get(f"goal_rating@{goal.id}")
        if value is not None:
            ratings.append((goal.id, float(value)))
    return Progress(
        measures(reading),
        tuple(ratings),
        reading.text("client_verdict"),
        reading.text("what_is_different"),
        reading.text("still_stuck"),
        reading.options("change_needed"),
    )
