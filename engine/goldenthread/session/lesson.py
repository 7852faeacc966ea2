"""A vignette as a lesson: its walk taken one question at a time, to be predicted before it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.model import PHASES
from goldenthread.session.question import PHASE_NAMES
from goldenthread.walk import rounds_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.session.guide import Guide, GuidedWalk
    from goldenthread.trial import Vignette
    from goldenthread.walk import Round, Trace


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the vignette answers: in which round (from 0), and where it stands in the trail."""

    key: str
    round: int
    place: int
    phase: str


@dataclass(frozen=True)
class Lesson:
    """A vignette over a library. Its questions are counted from 1."""

    guide: Guide
    vignette: Vignette

    @cached_property
    def whole(self) -> GuidedWalk:
        """The walk with every answer. Raises NotSoundError, or UnknownFlowchartError where the library has none."""
        return self.guide.from_answers(self.vignette.data)

    @cached_property
    def _rounds(self) -> tuple[Round, ...]:
        return rounds_from(self.vignette.data, self.guide.program)

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """The questions that the vignette answers, in the order of the walk. What it leaves out is not among them."""
        return tuple(self._questions())

    def _questions(self) -> Iterator[Asked]:
        phase = ""
        for place, trace in enumerate(self.whole.walk.trail):
            # A question of the flowchart that leads through the phases belongs to the phase before it.
            phase = trace.step.phase if trace.step.phase in PHASES else phase
            key = trace.question
            if trace.step.waits and key in self._rounds[trace.round].answers:
                yield Asked(key, trace.round, place, PHASE_NAMES.get(phase, "Planning"))

    def at(self, number: int) -> GuidedWalk:
        """Give the walk as it stands at a question, with nothing answered after it; the whole walk after the last."""
        if number > len(self.questions):
            return self.whole
        asked = self.questions[number - 1]
        before = [other for other in self.questions[: number - 1] if other.round == asked.round]
        current = self._rounds[asked.round]
        answers = {other.key: current.answers[other.key] for other in before}
        opened = current.opened[: self._opened(asked)]
        rounds = (*self._rounds[: asked.round], replace(current, answers=answers, opened=opened))
        whole = self.whole.walk
        walk = self.guide.resume(
            rounds,
            whole.root,
            client=self.whole.client,
            today=self.whole.today,
            settings=whole.settings,
        )
        return walk if walk.walk.at == asked.key else walk.go_to(asked.key)

    def _opened(self, asked: Asked) -> int:
        """Count the openings by hand that had their turn in the round before a question."""
        trail = self.whole.walk.trail[: asked.place + 1]
        items = {trace.item for trace in trail if trace.round == asked.round}
        return max(
            (int(item.removeprefix("opened_")) for item in items if item.startswith("opened_")), default=0
        )

    def given(self, number: int) -> Any:
        """Give the answer to a question as the vignette writes it."""
        asked = self.questions[number - 1]
        return self._rounds[asked.round].answers[asked.key]

    def after(self, number: int) -> tuple[Trace, ...]:
        """Give the steps from a question to the one before the next that the vignette answers, or to the end."""
        asked = self.questions[number - 1]
        later = self.questions[number].place if number < len(self.questions) else None
        return self.whole.walk.trail[asked.place : later]

    def path(self, number: int) -> tuple[str, ...]:
        """Give the full names of the nodes passed in its round on the way to a question, that one included."""
        asked = self.questions[number - 1]
        trail = self.whole.walk.trail[: asked.place + 1]
        return tuple(trace.key for trace in trail if trace.round == asked.round)
