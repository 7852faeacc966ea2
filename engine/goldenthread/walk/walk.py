"""A walk through a flowchart: immutable, replayable; answering gives a new Walk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from goldenthread.walk.alerts import under_way
from goldenthread.walk.answers import DECLINED, LATER, NOT_KNOWN, bare, beside, status
from goldenthread.walk.goals import chosen_goals
from goldenthread.walk.replay import Endless, as_far_as, replayed
from goldenthread.walk.run import Round, Settings, earlier, next_round, run, unopened
from goldenthread.walk.state import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.model import Node
    from goldenthread.walk.goals import Chosen
    from goldenthread.walk.program import Program, Step
    from goldenthread.walk.state import Problem, Raised, State


class NothingAskedError(RuntimeError):
    """An answer was given where no question stands open."""


class UnderWayError(RuntimeError):
    """A flowchart was opened by hand within its own run."""


class UnknownQuestionError(KeyError):
    """No question of that name is in the library."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Answers over a program, and where they lead.

    `rounds` holds the answers as written, by `flowchart.node` (`flowchart.node@item` where a flowchart runs once an
    item). Every method that changes something gives a new Walk and leaves this one as it is.
    """

    program: Program
    root: str
    rounds: tuple[Round, ...]
    settings: Settings
    state: State
    stop_at: str = ""

    # Making

    @classmethod
    def start(cls, program: Program, root: str, *, settings: Settings | None = None) -> Walk:
        """Begin at the start of a flowchart. Raises KeyError for one that there is not."""
        return cls.replay(program, root, (Round({}),), settings=settings)

    @classmethod
    def replay(
        cls,
        program: Program,
        root: str,
        rounds: Sequence[Round],
        *,
        settings: Settings | None = None,
        stop_at: str = "",
    ) -> Walk:
        """Run answers from the beginning."""
        settings = settings or Settings()
        known_rounds = tuple(rounds) or (Round({}),)
        state = replayed(program, root, known_rounds, settings, stop_at)
        return cls(program, root, as_far_as(state, known_rounds), settings, state, stop_at)

    def _forward(self, rounds: tuple[Round, ...]) -> Walk:
        state = run(self.program, self.state.copy(), Endless(rounds), self.settings)
        rounds = as_far_as(state, rounds)
        if state.displaced or unopened(state, rounds):
            return self._again(rounds)
        return Walk(self.program, self.root, rounds, self.settings, state)

    def _again(self, rounds: tuple[Round, ...], stop_at: str = "") -> Walk:
        return Walk.replay(self.program, self.root, rounds, settings=self.settings, stop_at=stop_at)

    def _with_answer(self, key: str, raw: Any) -> tuple[Round, ...]:
        current = self.rounds[self.state.round]
        changed = replace(current, answers={**current.answers, key: raw})
        return (*self.rounds[: self.state.round], changed, *self.rounds[self.state.round + 1 :])

    # Answering

    @property
    def at(self) -> str:
        """The full name of the question that waits (with `@item`), or nothing."""
        step = self.state.at
        if step is None or not step.waits:
            return ""
        return f"{step.key}@{self.state.item}" if self.state.item else step.key

    def answer(self, value: Any) -> Walk:
        """Answer the question that waits. An answer that does not fit leaves the walk there, with `problem` set.

        Raises NothingAskedError where the walk has ended.
        """
        walk = self.write(value)
        if walk.problem is not None and walk.problem.key == self.at:
            # What does not fit is not kept: the question stands as it stood.
            return replace(self, state=_with_problem(self.state, walk.problem))
        return walk

    def write(self, value: Any) -> Walk:
        """Answer as a file does: also what does not fit, or leads nowhere, is kept, and `problem` says what is wrong.

        Raises NothingAskedError where the walk has ended.
        """
        if not self.at:
            raise NothingAskedError("the walk has ended: no question waits for an answer")
        return self._forward(self._with_answer(self.at, value))

    def later(self) -> Walk:
        """Leave the question for later."""
        return self.answer(dict(LATER))

    def not_known(self) -> Walk:
        """Say that it was asked and is not known."""
        return self.answer(dict(NOT_KNOWN))

    def declined(self) -> Walk:
        """Say that it was asked and declined."""
        return self.answer(dict(DECLINED))

    def revise(self, key: str, value: Any) -> Walk:
        """Change an earlier answer of this round. Later answers stay, or are set aside where the path leaves them.

        Raises UnknownQuestionError for a name that no question has.
        """
        self._must_exist(key)
        walk = self._again(self._with_answer(key, value))
        if walk.problem is not None and walk.problem.key == key:
            return replace(self, state=_with_problem(self.state, walk.problem))
        return walk

    def confirm(self, keys: Iterable[str], date: str) -> Walk:
        """Say on a day that answers which an earlier round gave still stand; no others are touched."""
        current = self.rounds[self.state.round]
        answers = {**current.answers}
        for key in keys:
            if self.taken_over(key) and key not in answers:
                raw = earlier(self.rounds, self.state.round, key)
                answers[key] = {**beside(raw), "value": bare(raw), "date": date}
        changed = replace(current, answers=answers)
        rounds = (*self.rounds[: self.state.round], changed, *self.rounds[self.state.round + 1 :])
        return self._again(rounds, stop_at=self.stop_at)

    def forget(self, key: str) -> Walk:
        """Take an answer of this round away."""
        self._must_exist(key)
        current = self.rounds[self.state.round]
        left = {k: v for k, v in current.answers.items() if k != key}
        rounds = (
            *self.rounds[: self.state.round],
            replace(current, answers=left),
            *self.rounds[self.state.round + 1 :],
        )
        return self._again(rounds)

    def go_to(self, key: str) -> Walk:
        """Stand at an earlier question of this round again; its answer and all later ones are kept.

        Raises UnknownQuestionError for a name that no question has.
        """
        self._must_exist(key)
        return self._again(self.rounds, stop_at=key)

    def back(self) -> Walk:
        """Stand at the question before this one. What was opened by hand and has no answer yet is closed."""
        closed = self._closed()
        if closed is not None:
            return closed
        asked = self._asked_so_far()
        return self.go_to(asked[-1]) if asked else self

    def _asked_so_far(self) -> list[str]:
        """Give the questions of this round that were stood at, oldest first: not those that the quick path skipped."""
        return [key for key in self.questions_passed() if self.given(key) is not None]

    def _closed(self) -> Walk | None:
        current = self.rounds[self.state.round]
        item = f"opened_{len(current.opened)}"
        if (
            not current.opened
            or self.state.item != item
            or any(k.endswith(f"@{item}") for k in current.answers)
        ):
            return None
        at = current.opened[-1][1]
        changed = replace(current, opened=current.opened[:-1])
        rounds = (*self.rounds[: self.state.round], changed, *self.rounds[self.state.round + 1 :])
        return self._again(rounds, stop_at=at if at in current.answers else "")

    def onward(self) -> Walk:
        """Leave a question that was gone back to, and stand at the first without an answer."""
        return self._again(self.rounds)

    def open(self, flowchart: str) -> Walk:
        """Open a flowchart (risk, say) at the question that waits, and come back to it after.

        Where the walk has ended, it is opened at the last question of the round that is not its own. Raises KeyError
        for a flowchart that there is not, NothingAskedError where the round has asked nothing, and UnderWayError where
        it is being run already: what that run has heard so far would be forgotten.
        """
        if flowchart not in self.program.charts:
            raise KeyError(flowchart)
        if not self.at:
            return self._at_the_last(flowchart).open(flowchart)
        if under_way(self.state, flowchart):
            title = self.program.library.flowcharts[flowchart].title
            message = f"“{title}” is under way here: go through it to its end, then open it again"
            raise UnderWayError(message)
        current = self.rounds[self.state.round]
        changed = replace(current, opened=(*current.opened, (flowchart, self.at)))
        return self._again((*self.rounds[: self.state.round], changed, *self.rounds[self.state.round + 1 :]))

    def _at_the_last(self, flowchart: str) -> Walk:
        """Stand at the last question at which a flowchart can be opened, or else at the last."""
        asked = self._asked_so_far()
        if not asked:
            raise NothingAskedError("nothing was asked yet, so there is no place to open a flowchart at")
        places = (self.go_to(key) for key in reversed(asked))
        return next((walk for walk in places if not under_way(walk.state, flowchart)), self.go_to(asked[-1]))

    def begin_round(self) -> Walk:
        """Close the round of a walk that has ended and begin the next; earlier answers are put forward again."""
        state = self.state.copy()
        rounds = (*self.rounds[: self.state.round + 1], Round({}))
        next_round(self.program, self.root, state, rounds)
        state = run(self.program, state, Endless(rounds), self.settings)
        return Walk(self.program, self.root, as_far_as(state, rounds), self.settings, state)

    def _must_exist(self, key: str) -> None:
        step = self.program.steps.get(key.partition("@")[0])
        if step is None or not step.waits:
            raise UnknownQuestionError(key)

    # Reading

    @property
    def finished(self) -> bool:
        """Whether the walk has reached an end."""
        return self.state.end is not None

    @property
    def end(self) -> Node | None:
        """The end that was reached."""
        return self.state.end.node if self.state.end else None

    @property
    def problem(self) -> Problem | None:
        """The answer that could not be taken, if the walk waits because of one."""
        return self.state.problem

    @property
    def node(self) -> Node | None:
        """The node that waits for an answer."""
        return self.state.at.node if self.at and self.state.at else None

    @property
    def step(self) -> Step | None:
        """The step that waits for an answer."""
        return self.state.at if self.at else None

    @property
    def item(self) -> str:
        """The item for which the present flowchart runs (a factor, a goal, an alert), or nothing."""
        return self.state.item

    @property
    def round(self) -> int:
        """The round under way, from 0."""
        return self.state.round

    @property
    def known(self) -> Mapping[str, Any]:
        """What is known, by fact."""
        return self.state.known

    @property
    def asked(self) -> Mapping[str, str]:
        """What was asked and has no value: `not_known` or `declined`, by fact."""
        return self.state.asked

    @property
    def alerts(self) -> tuple[Raised, ...]:
        """The alerts raised in this round."""
        return tuple(self.state.raised.values())

    @property
    def alerts_so_far(self) -> tuple[Raised, ...]:
        """The alerts raised in any round, as they stood when it was closed, or stand now."""
        return (*self.state.over, *self.alerts)

    @property
    def trail(self) -> tuple[Trace, ...]:
        """Every step passed, oldest first."""
        found = []
        chain = self.state.trail
        while chain is not None:
            (round_, step, item, how, edge, depth), chain = chain
            found.append(Trace(round_, step.key, item, step, how, edge, depth))
        return tuple(reversed(found))

    def questions_passed(self) -> list[str]:
        """Give the questions of this round that were passed and not skipped, oldest first."""
        return [trace.question for trace in self.trail if trace.round == self.round and trace.step.waits]

    def left_for_later(self) -> list[str]:
        """Give the questions of this round that stand open on the path."""
        return [
            trace.question
            for trace in self.trail
            if trace.round == self.round and trace.step.waits and trace.how == "later"
        ]

    @property
    def set_aside(self) -> Mapping[str, Any]:
        """Answers of this round that are not on the path; they come back when it does."""
        current = self.rounds[self.round].answers
        if not self.finished and self.stop_at:
            # Standing back at an earlier question sets nothing aside.
            whole = self._again(self.rounds)
            return whole.set_aside
        return {key: raw for key, raw in current.items() if key not in self.state.used and key != self.at}

    def raw(self, key: str) -> Any:
        """Give an answer of this round as written, or None."""
        return self.rounds[self.round].answers.get(key)

    def answered_here(self, key: str) -> bool:
        """Say whether a question has an answer of this round, and a value in it."""
        own = self.raw(key)
        return own is not None and not status(own)

    def taken_over(self, key: str) -> bool:
        """Say whether a question is not asked in this round, since an earlier one has answered it for good."""
        name, _, item = key.partition("@")
        step = self.program.steps.get(name)
        if not self.round or step is None or not step.keeps(item):
            return False
        before = earlier(self.rounds, self.round, key)
        return before is not None and not status(before)

    def prefill(self, key: str) -> Any:
        """Give what is put forward for a question: this round's own answer, an alert's, or an earlier round's."""
        if self.answered_here(key):
            return self.raw(key)
        name, _, item = key.partition("@")
        raised = self.state.raised.get(item)
        if raised is not None:
            proposed = raised.alert.prefill.get(name.partition(".")[2])
            if proposed is not None:
                return proposed
        step = self.program.steps.get(name)
        if self.round and step is not None and step.carry != "never":
            return earlier(self.rounds, self.round, key)
        return None

    def goals(self) -> tuple[Chosen, ...]:
        """Give the goals chosen in this round, with their blanks."""
        for key in reversed(self.questions_passed()):
            step = self.program.steps[key.partition("@")[0]]
            if step.type is not None and step.type.kind == "goals":
                raw = self.given(key)
                if raw is not None and not status(raw):
                    return chosen_goals(raw)
        return ()

    def given(self, key: str) -> Any:
        """Give the answer that stands for a question in this round: its own, or one kept from an earlier round."""
        raw = self.raw(key)
        if raw is not None:
            return raw
        name, _, item = key.partition("@")
        step = self.program.steps.get(name)
        if self.round and step is not None and step.keeps(item):
            return earlier(self.rounds, self.round, key)
        return None


def _with_problem(state: State, problem: Problem) -> State:
    changed = state.copy()
    changed.problem = problem
    return changed
