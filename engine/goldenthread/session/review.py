"""The review on one sheet: scores and ratings over time, the client's own verdict beside them, what has to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.plan import followed, sessions
from goldenthread.plan.reading import PREVIOUS
from goldenthread.session.question import PHASE_NAMES
from goldenthread.walk import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldenthread.model import Scale
    from goldenthread.plan import Course, GoalLine, Reading
    from goldenthread.plan.review import Followed
    from goldenthread.session.guide import GuidedWalk
    from goldenthread.walk import Program

REVIEW = "review"
"""The answer that leads into the review."""
TOO_FEW = "too few data"
WALKED_AGAIN: Mapping[str, str] = {
    "nothing": "",
    "target": "conceptualization",
    "goals": "goals",
    "dose": "modality",
    "method": "modality",
    "diagnosis": "diagnosis",
    "level_of_care": "safety",
    "consult": "",
    "finish": "",
}
"""What a review may want changed (the options of the role `change_needed`), and the phase that is walked again for it.

Going on, consulting a colleague and finishing lead back to no phase.
"""


@dataclass(frozen=True, slots=True)
class ScaleView:
    """One scale over time. `bands` give each band's label and where it begins; `within` what the scale can be.

    `reliable` is the smallest change beyond error of measurement, None where none is published; `better` says
    which way is better: `lower` or `higher`.
    """

    instrument: str
    scale: str
    name: str
    points: tuple[tuple[str, float, str], ...]
    """Day (or nothing), score, band."""
    verdict: str
    note: str
    bands: tuple[tuple[str, float], ...]
    within: tuple[float, float]
    reliable: float | None
    better: str

    @property
    def first(self) -> float:
        """The first score."""
        return self.points[0][1]

    @property
    def latest(self) -> float:
        """The newest score."""
        return self.points[-1][1]


@dataclass(frozen=True, slots=True)
class GoalView:
    """One goal: where it began, where it should come to, where it is.

    `latest` is on the goal's own measure, and known only where that is an instrument; `reached` says whether it has
    come to the target. `course` holds the client's ratings, 0 to 10.
    """

    number: int
    id: str
    name: str
    text: str
    measure: str
    baseline: float | None
    target: float | None
    latest: float | None
    reached: bool | None
    due: str
    course: Course
    verdict: str


@dataclass(frozen=True, slots=True)
class Leading:
    """One thing that a review may want changed. `phase` is walked again for it, from the question `at`; or neither."""

    option: str
    label: str
    phase: str
    phase_name: str
    at: str
    wanted: bool
    """Whether the last review said so."""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a review looks at. `version` is the round whose plan was reviewed last, 0 before any review."""

    due: str
    due_words: str
    overdue: bool
    scales: tuple[ScaleView, ...]
    goals: tuple[GoalView, ...]
    version: int
    client_verdict: str
    different: str
    stuck: str
    ending: str
    changes: tuple[Leading, ...]


def review_waits(walk: GuidedWalk) -> str:
    """Give the question whose answer leads into the review of this round; nothing where it was led into."""
    for key in walk.walk.questions_passed():
        step = walk.walk.program.steps[key.partition("@")[0]]
        if step.role == "review_now":
            return "" if bare(walk.walk.given(key)) == REVIEW else key
    return ""


def review(walk: GuidedWalk) -> Review:
    """Give what a review looks at, as the case stands."""
    whole = walk.whole
    plan, reading, program = whole.plan(), whole.reading, whole.walk.program
    found = plan.progress
    scales = tuple(_scale(line, program) for line in plan.measures)
    lines = followed(plan)
    courses = sessions(lines, whole.walk, whole.sessions).courses
    # A review that opened this round is known as what went before.
    mark = PREVIOUS if found and found.round < plan.version else ""
    wanted = reading.facts.known.get(f"{mark}change_needed", ())
    return Review(
        due=plan.review_date,
        due_words=plan.review_words,
        overdue=plan.review_date < walk.today.isoformat(),
        scales=scales,
        goals=tuple(
            _goal(n, line, course, scales, program)
            for n, (line, course) in enumerate(zip(lines, courses, strict=True), 1)
        ),
        version=found.round if found else 0,
        client_verdict=found.client_verdict if found else "",
        different=found.different if found else "",
        stuck=found.stuck if found else "",
        ending=found.ending if found else "",
        changes=tuple(_changes(reading, wanted)),
    )


def _scale(line: Followed, program: Program) -> ScaleView:
    scale: Scale = program.library.instruments[line.instrument].scales[line.scale]
    return ScaleView(
        instrument=line.instrument,
        scale=line.scale,
        name=line.name,
        points=line.scores,
        verdict=line.verdict if len(line.scores) > 1 else f"{TOO_FEW}: one score",
        note=line.note,
        bands=tuple((band.label, band.start) for band in scale.bands),
        within=scale.between,
        reliable=scale.reliable_change,
        better=scale.better,
    )


def _goal(
    number: int, line: GoalLine, course: Course, scales: tuple[ScaleView, ...], program: Program
) -> GoalView:
    goal = program.library.goals.get(line.id)
    instrument, _, scale = goal.measure.instrument.partition(".") if goal else ("", "", "")
    followed = next((s for s in scales if (s.instrument, s.scale) == (instrument, scale or "total")), None)
    latest = followed.latest if followed else None
    return GoalView(
        number=number,
        id=line.id,
        name=line.name,
        text=line.text,
        measure=line.measure,
        baseline=line.baseline,
        target=line.target,
        latest=latest,
        reached=_reached(line.baseline, line.target, latest),
        due=line.due,
        course=course,
        verdict=followed.verdict if followed else _rated(course),
    )


def _reached(baseline: float | None, target: float | None, latest: float | None) -> bool | None:
    if baseline is None or target is None or latest is None:
        return None
    return latest <= target if target < baseline else latest >= target


def _rated(course: Course) -> str:
    """Say what the ratings come to. No error of measurement is known for them, and so no verdict is given."""
    if course.first is None or course.latest is None:
        return f"{TOO_FEW}: no rating"
    if len(course.marks) == 1:
        return f"{TOO_FEW}: one rating"
    return f"rated {course.first.value:g} at first and {course.latest.value:g} now"


def _changes(reading: Reading, wanted: Sequence[str]) -> Iterator[Leading]:
    role = reading.library.roles.get("change_needed")
    for id_, option in role.options.items() if role else ():
        phase = WALKED_AGAIN.get(id_, "")
        at = _first_question(reading.walk.program, phase) if phase else ""
        yield Leading(id_, option.label, phase, PHASE_NAMES.get(phase, ""), at, id_ in wanted)


def _first_question(program: Program, phase: str) -> str:
    """Give the question with which a phase begins, in the first of its flowcharts."""
    charts = [chart for chart in program.library.flowcharts.values() if chart.phase == phase]
    for chart in sorted(charts, key=lambda chart: float(chart.number)):
        step = program.charts[chart.id].start
        if step.waits:
            return step.key
    return ""
