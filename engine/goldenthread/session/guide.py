"""The facade: a library that can be walked, and a walk that asks, explains and plans."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Advice, advise
from goldenthread.diagnostics import did_you_mean
from goldenthread.loading import load as load_library
from goldenthread.plan import PLANNED, Days, Plan, Reading, make_plan, read, with_sessions
from goldenthread.session import explain
from goldenthread.session.ahead import Ahead, look_ahead
from goldenthread.session.question import Question, question
from goldenthread.walk import Program, Round, Settings, Walk, compile_library, rounds_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from goldenthread.case import Case, SessionNote
    from goldenthread.diagnostics import Report
    from goldenthread.model import Library
    from goldenthread.plan import Kept
    from goldenthread.walk import Problem


class NotSoundError(RuntimeError):
    """The library has errors, and so cannot be walked. `report` says which."""

    def __init__(self, report: Report) -> None:
        super().__init__("the library has errors and cannot be walked; `goldenthread check` shows them")
        self.report = report


class UnknownFlowchartError(KeyError):
    """There is no flowchart of that name; `help` gives the nearest."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.help = name, did_you_mean(name, names)

    def __str__(self) -> str:
        return f"there is no flowchart `{self.name}`"


class NotADateError(ValueError):
    """`today` in a file of answers is no date."""

    help = "write it as 2026-03-02"

    def __init__(self, value: object) -> None:
        super().__init__(f"`today` is no date: {value}")


@dataclass
class Guide:
    """A library ready to be walked. `model` is the frozen content; `report` what is wrong with it."""

    model: Library
    report: Report

    @cached_property
    def program(self) -> Program:
        """The table of steps that walks run on. Raises NotSoundError where the library has errors."""
        if self.report.errors:
            raise NotSoundError(self.report)
        return compile_library(self.model)

    def start(
        self,
        flowchart: str = "planning",
        *,
        client: str = "",
        today: datetime.date | None = None,
        quick: bool = False,
    ) -> GuidedWalk:
        """Begin a walk. Raises UnknownFlowchartError or NotSoundError."""
        return self.resume(
            (Round({}),), flowchart, client=client, today=today, settings=Settings(quick=quick)
        )

    def resume(
        self,
        rounds: Sequence[Round],
        flowchart: str = "planning",
        *,
        client: str = "",
        today: datetime.date | None = None,
        settings: Settings | None = None,
    ) -> GuidedWalk:
        """Replay answers. Raises UnknownFlowchartError or NotSoundError."""
        if flowchart not in self.program.charts:
            raise UnknownFlowchartError(flowchart, list(self.program.charts))
        walk = Walk.replay(self.program, flowchart, rounds, settings=settings)
        return GuidedWalk(walk, client, today or datetime.date.today())  # noqa: DTZ011 -- the clinician's own day, at the edge of the program

    def take_up(self, case: Case, *, today: datetime.date | None = None, at: str = "") -> GuidedWalk:
        """Walk a case as it stands, or standing back at the question `at`.

        Raises UnknownFlowchartError or NotSoundError, and UnknownQuestionError for a question that there is not.
        """
        settings = Settings(quick=case.quick)
        walk = self.resume(case.rounds, case.flowchart, client=case.client, today=today, settings=settings)
        days = tuple(Days(case.begun(n), case.signed_on(n)) for n in range(len(case.rounds)))
        walk = replace(walk, days=days, sessions=case.sessions)
        return walk.go_to(at) if at else walk

    def from_answers(
        self, data: Mapping[str, Any], *, today: datetime.date | None = None, quick: bool = False
    ) -> GuidedWalk:
        """Replay an answers file or a vignette: a map with `answers`, and perhaps `flowchart`, `client`, `rounds`.

        Raises UnknownFlowchartError, NotADateError or NotSoundError.
        """
        settings = Settings(quick=quick or bool(data.get("quick")), rest_later=data.get("rest") == "later")
        day = today or _day(data.get("today"))
        rounds = rounds_from(data, self.program)
        return self.resume(
            rounds,
            data.get("flowchart", "planning"),
            client=data.get("client", ""),
            today=day,
            settings=settings,
        )


def _day(value: object) -> datetime.date | None:
    if not value:
        return None
    try:
        # YAML reads an unquoted date as one, with or without a time.
        return datetime.date.fromisoformat(str(value).partition(" ")[0])
    except ValueError:
        raise NotADateError(value) from None


@dataclass(frozen=True)
class GuidedWalk:
    """A walk with its words: the question that waits, reasons, and the plan as it stands on `today`."""

    walk: Walk
    client: str
    today: datetime.date
    days: tuple[Days, ...] = ()
    """What is known of the days of each round."""
    sessions: tuple[SessionNote, ...] = ()
    _cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def _to(self, walk: Walk) -> GuidedWalk:
        return replace(self, walk=walk, _cache={})

    def answer(self, value: Any) -> GuidedWalk:
        """Answer the question that waits. An answer that does not fit leaves the walk there, with `problem` set."""
        return self._to(self.walk.answer(value))

    def later(self) -> GuidedWalk:
        """Leave the question for later."""
        return self._to(self.walk.later())

    def not_known(self) -> GuidedWalk:
        """Say that it was asked and is not known."""
        return self._to(self.walk.not_known())

    def declined(self) -> GuidedWalk:
        """Say that it was asked and declined."""
        return self._to(self.walk.declined())

    def revise(self, key: str, value: Any) -> GuidedWalk:
        """Change an earlier answer; later ones stay or are set aside."""
        return self._to(self.walk.revise(key, value))

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What this round has taken over from an earlier one without asking, confirmed or not."""
        return self.plan().kept

    def confirm(self, keys: Iterable[str] | None = None) -> GuidedWalk:
        """Say today that what was taken over still stands: all of it, or the answers to these questions."""
        named = (one.key for one in self.kept if not one.stands) if keys is None else keys
        return self._to(self.walk.confirm(named, self.today.isoformat()))

    @property
    def ahead(self) -> Ahead:
        """How far this phase can stand as an earlier round left it, from the question that waits."""
        if "ahead" not in self._cache:
            self._cache["ahead"] = look_ahead(self.walk, self.today.isoformat())
        found: Ahead = self._cache["ahead"]
        return found

    def each_ahead(self) -> list[tuple[GuidedWalk, Any]]:
        """Give the walk at each of its questions, and what it is answered there."""
        return [(self._to(walk), raw) for walk, raw in self.ahead.passed]

    def confirm_ahead(self) -> GuidedWalk:
        """Say today that all of this is still so, as answering each of the questions would."""
        return self._to(self.ahead.walk)

    def go_to(self, key: str) -> GuidedWalk:
        """Stand at an earlier question again, nothing lost."""
        return self._to(self.walk.go_to(key))

    def back(self) -> GuidedWalk:
        """Stand at the question before this one."""
        return self._to(self.walk.back())

    def onward(self) -> GuidedWalk:
        """Stand at the first question without an answer."""
        return self._to(self.walk.onward())

    def open(self, flowchart: str) -> GuidedWalk:
        """Open a flowchart (`risk`) here, and come back after."""
        return self._to(self.walk.open(flowchart))

    def begin_round(self) -> GuidedWalk:
        """Begin the next round of a walk that has ended."""
        return self._to(self.walk.begin_round())

    @property
    def whole(self) -> GuidedWalk:
        """The walk with all its answers, also while an earlier question is stood at."""
        if not self.walk.stop_at:
            return self
        if "whole" not in self._cache:
            self._cache["whole"] = self.onward()
        found: GuidedWalk = self._cache["whole"]
        return found

    @property
    def reading(self) -> Reading:
        """The walk read as facts and words."""
        if "reading" not in self._cache:
            self._cache["reading"] = read(self.walk)
        found: Reading = self._cache["reading"]
        return found

    @property
    def question(self) -> Question | None:
        """The question that waits, or None at the end."""
        if "question" not in self._cache:
            self._cache["question"] = question(self.reading, self.client or "the client")
        found: Question | None = self._cache["question"]
        return found

    @property
    def finished(self) -> bool:
        """Whether the walk has reached an end."""
        return self.walk.finished

    @property
    def problem(self) -> Problem | None:
        """The answer that could not be taken, if any."""
        return self.walk.problem

    def advice(self, kind: str) -> Advice:
        """Advise on a bank from what is known so far. Raises KeyError for a bank that suggests nothing."""
        if kind not in self._cache:
            self._cache[kind] = advise(self.reading.library, self.reading.facts, kind)
        found: Advice = self._cache[kind]
        return found

    def why(self, words: str) -> list[str]:
        """Say why an entry is offered, held or left out."""
        return explain.why(self.reading, words)

    def why_ask(self) -> list[str]:
        """Say why the question that waits is asked."""
        return explain.why_ask(self.reading)

    def plan(self) -> Plan:
        """Make the plan as it stands, also while an earlier question is stood at."""
        if "plan" not in self._cache:
            walk = self.whole.walk
            days = self.days[walk.round] if walk.round < len(self.days) else None
            advice = {kind: self.whole.advice(kind) for kind in PLANNED}
            plan = make_plan(walk, self.today, self.client, days, advice)
            self._cache["plan"] = with_sessions(plan, walk, self.sessions)
        found: Plan = self._cache["plan"]
        return found

    def to_sign(self) -> Plan:
        """Make the plan as it will stand once it is signed today: the time to its review runs from now on."""
        round_ = self.walk.round
        days = [*self.days, *(Days() for _ in range(round_ + 1 - len(self.days)))]
        days[round_] = replace(days[round_], signed=self.today.isoformat())
        return replace(self, days=tuple(days), _cache={}).plan()


def load(paths: Sequence[str | Path] = (), *, only: bool = False) -> tuple[Guide, Report]:
    """Load the shipped library, and those at `paths` over it (`only` those, with `only`)."""
    model, report = load_library(paths, only=only)
    return Guide(model, report), report
