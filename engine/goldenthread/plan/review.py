"""Is this working? Scores and ratings over time, with a verdict that does not flatter."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.language import Duration
from goldenthread.plan.days import Days, answered_on, latest
from goldenthread.plan.reading import PREVIOUS
from goldenthread.plan.roles import USUAL_REVIEW_DAYS
from goldenthread.plan.wording import item_label
from goldenthread.score import change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Source
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
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """How far one goal is reached, in the client's eyes, 0 to 10."""

    goal: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Progress:
    """The last review: goal ratings, the client's own verdict, what has to change. `round` is counted from 1."""

    round: int
    ratings: tuple[Rating, ...]
    client_verdict: str
    different: str
    stuck: str
    to_change: tuple[str, ...]
    ending: str = ""
    """How treatment ends, and what to do if things slip."""


def review_date(reading: Reading, today: datetime.date, days: Days) -> tuple[str, str]:
    """Give the date of the review, and how it came about.

    The interval runs from the day on which it was agreed, the plan was signed, or a review left it as it was,
    whichever was last; where none of these is known, from the beginning of the round; else from today.
    """
    interval, walk = reading.value("review_interval"), reading.walk
    if isinstance(interval, Duration):
        agreed = (answered_on(walk, role) for role in ("review_interval", "change_needed"))
        since = latest(*agreed, days.signed) or latest(days.begun) or today
        due = since + datetime.timedelta(days=round(interval.days))
        return due.isoformat(), f"{interval} from {since.isoformat()}, as agreed"
    since = latest(days.signed, days.begun) or today
    due = since + datetime.timedelta(days=USUAL_REVIEW_DAYS)
    return due.isoformat(), f"{USUAL_REVIEW_DAYS} days from {since.isoformat()}, put forward; not agreed yet"


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
            note = (
                f"The band went from {first_band} to {last_band}, and the change of {abs(found.amount):g} points "
                "is still within error of measurement."
            )
    return Followed(instrument.id, name, label, tuple(points), verdict, note, scale.sources)


_REVIEW = ("client_verdict", "what_is_different", "still_stuck", "change_needed")


def progress(reading: Reading) -> Progress | None:
    """Give the last review: that of this round, or the one that opened it; None where none was made."""
    known, round_ = reading.facts.known, reading.walk.round
    for mark, made_in in (("", round_ + 1), (PREVIOUS, round_)):
        if not any(f"{mark}{role}" in known for role in _REVIEW):
            continue
        said = {role: reading.words(role, known.get(f"{mark}{role}", "")) for role in _REVIEW[:3]}
        change = known.get(f"{mark}change_needed", ())
        return Progress(
            made_in,
            tuple(_ratings(reading, mark)),
            said["client_verdict"],
            said["what_is_different"],
            said["still_stuck"],
            tuple(reading.option("change_needed", option) for option in change),
            reading.words("ending_plan", known.get(f"{mark}ending_plan", "")),
        )
    return None


def _ratings(reading: Reading, mark: str) -> Iterator[Rating]:
    start = f"{mark}goal_rating@"
    own = {goal.id: goal.own for goal in reading.agreed.goals}
    for key, value in reading.facts.known.items():
        if key.startswith(start):
            goal = key.removeprefix(start)
            yield Rating(goal, own.get(goal) or item_label(reading, goal), float(value))
