"""The thread through the sessions: what was worked on, how far each goal is reached over time, what was left lying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.plan.thread import Loose
from goldenthread.walk import Misfit, bare, beside, chosen_goals, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.case import SessionNote
    from goldenthread.plan.goals import GoalLine
    from goldenthread.walk import Walk

UNTOUCHED = 4
"""A goal on which so many sessions in a row did not work is a loose end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One rating of a goal, 0 to 10, and where it was given: in a `session` or at a `review`."""

    date: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Course:
    """One goal of the plan through the sessions. `untouched` counts the sessions since it was last worked on."""

    goal: str
    name: str
    marks: tuple[Mark, ...]
    worked_on: int
    untouched: int

    @property
    def first(self) -> Mark | None:
        """The first rating."""
        return self.marks[0] if self.marks else None

    @property
    def latest(self) -> Mark | None:
        """The newest rating."""
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True, slots=True)
class Sessions:
    """What the sessions of a case come to, held against the goals of the plan."""

    held: int
    missed: int
    last: str
    """The day of the last one that took place."""
    courses: tuple[Course, ...]
    loose: tuple[Loose, ...]
    risk_due: str
    """The day of the session that found a change in safety after which risk was not opened; else nothing."""


def sessions(goals: Sequence[GoalLine], walk: Walk, notes: Sequence[SessionNote]) -> Sessions:
    """Hold sessions against goals: see `followed` for those of a plan."""
    stood = _goals_by_round(walk)
    # Notes may be written later than others that were held after them.
    held = sorted((note for note in notes if note.held), key=lambda note: note.date)
    reviews = list(_review_marks(walk, stood))
    courses = tuple(
        _course(goal.id, goal.name, stood[walk.round].get(goal.id), stood, held, reviews) for goal in goals
    )
    return Sessions(
        held=len(held),
        missed=len(notes) - len(held),
        last=held[-1].date if held else "",
        courses=courses,
        loose=(*_untouched(courses), *_on_no_goal(walk, stood, held)),
        risk_due=_risk_due(walk, notes),
    )


@dataclass(frozen=True, slots=True)
class _Stood:
    """A goal in the plan of a round. `same` tells it apart: `own_1` can be another goal in every round."""

    same: str
    chosen_on: str


_Rounds = list[dict[str, _Stood]]


def _goals_by_round(walk: Walk) -> _Rounds:
    """Give the goals that stood in each round: those that it chose, else those of the round before."""
    found: list[dict[str, _Stood] | None] = [None] * (walk.round + 1)
    for trace in walk.trail:
        if (
            trace.step.type is None
            or trace.step.type.kind != "goals"
            or trace.how not in {"answered", "kept"}
        ):
            continue
        raws = (walk.rounds[n].answers.get(trace.question) for n in range(trace.round, -1, -1))
        raw = next((raw for raw in raws if raw is not None and not status(raw)), None)
        if raw is not None:
            day = str(beside(raw).get("date", ""))
            found[trace.round] = {
                goal.id: _Stood(goal.own.casefold() or goal.id, day) for goal in chosen_goals(raw)
            }
    made: _Rounds = []
    for goals in found:
        made.append(goals if goals is not None else (made[-1] if made else {}))
    return made


def _same(stood: _Rounds, round_: int, goal: str) -> str:
    found = _in(stood, round_).get(goal)
    return found.same if found else goal


def _in(stood: _Rounds, round_: int) -> dict[str, _Stood]:
    """Give the goals of a round; of one that the walk has not come to again, those of the last."""
    return stood[min(round_, len(stood) - 1)]


def _course(
    goal: str,
    name: str,
    own: _Stood | None,
    stood: _Rounds,
    held: Sequence[SessionNote],
    reviews: Sequence[tuple[str, Mark]],
) -> Course:
    same = own.same if own else goal
    marks = [mark for which, mark in reviews if which == same]
    worked_on = untouched = 0
    for note in held:
        marks += [
            Mark(note.date, float(value), "session")
            for id_, value in note.ratings.items()
            if _same(stood, note.round, id_) == same
        ]
        if any(_same(stood, note.round, id_) == same for id_ in note.goals):
            worked_on, untouched = worked_on + 1, 0
        elif _in_plan(stood, note, same):
            untouched += 1
    # A review without its day is the newest that is known of its goal.
    marks.sort(key=lambda mark: mark.date or "9999")
    return Course(goal, name, tuple(marks), worked_on, untouched)


def _in_plan(stood: _Rounds, note: SessionNote, same: str = "") -> bool:
    """Say whether a goal (or any) was in the plan before the day of a session: that of its agreement is no test."""
    goals = [goal for goal in _in(stood, note.round).values() if same in {"", goal.same}]
    return any(goal.chosen_on < note.date or _earlier(stood, note.round, goal.same) for goal in goals)


def _earlier(stood: _Rounds, round_: int, same: str) -> bool:
    """Say whether a goal stood in the round before, and so before it was agreed again."""
    return round_ > 0 and any(goal.same == same for goal in _in(stood, round_ - 1).values())


def _review_marks(walk: Walk, stood: _Rounds) -> Iterator[tuple[str, Mark]]:
    """Give the ratings that reviews asked for. One without its day is put at the end of its round."""
    for trace in walk.trail:
        if trace.step.role != "goal_rating" or not trace.item or trace.how not in {"answered", "kept"}:
            continue
        raw = walk.rounds[trace.round].answers.get(f"{trace.key}@{trace.item}")
        try:
            value = float(trace.step.fit(bare(raw), walk.known, walk.asked))
        except Misfit:
            continue
        following = walk.rounds[trace.round + 1].begun if trace.round + 1 < len(walk.rounds) else ""
        day = str(beside(raw).get("date", "")) or following
        yield _same(stood, trace.round, trace.item), Mark(day, value, "review")


def _untouched(courses: Sequence[Course]) -> Iterator[Loose]:
    for course in courses:
        if course.untouched >= UNTOUCHED:
            text = f"the goal “{course.name}” was not worked on in the last {course.untouched} sessions"
            yield Loose("goal", text, course.goal)


def _on_no_goal(walk: Walk, stood: _Rounds, held: Sequence[SessionNote]) -> Iterator[Loose]:
    """Give the sessions of this round that worked on no goal, though the plan had some."""
    for note in held:
        if note.round == walk.round and not note.goals and _in_plan(stood, note):
            yield Loose("session", f"the session of {note.date} worked on no goal")


def _risk_due(walk: Walk, notes: Sequence[SessionNote]) -> str:
    """Give the day of the newest change in safety that was noted in this round and not followed up since.

    A new round asks about safety afresh.
    """
    opened = walk.rounds[walk.round].opened
    due = [
        note.date
        for note in notes
        if note.safety == "changed"
        and note.round == walk.round
        and not any(chart in walk.program.opened_by_alerts for chart, _ in opened[note.openings :])
    ]
    return max(due, default="")
