"""One case walked over two libraries: its answers carried there and back, and how its outcomes differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from goldenthread.trial.change import Change, Comparer
from goldenthread.trial.observe import Observed
from goldenthread.walk import LATER, NOT_KNOWN, Round, Settings, Walk
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from goldenthread.trial.renames import Renames
    from goldenthread.walk import Program

LATER_SETTINGS = Settings(rest_later=True)
_MOST_FILLED = 60


@dataclass(frozen=True, slots=True)
class Trial:
    """A case as it is answered before and after. `vignette` is its id; a walk made up has none."""

    root_before: str
    root_after: str
    before: tuple[Round, ...]
    after: tuple[Round, ...]
    settings: Settings = LATER_SETTINGS
    vignette: str = ""
    forward: bool = True
    """Whether the answers were given before the change; else they were given after it."""
    refused: tuple[tuple[str, str], ...] = ()
    """Answers given after it that the questions before would not have taken, each with why."""
    sought: bool = False
    """Whether the answers were sought for an edit, and neither written nor made up."""

    @property
    def size(self) -> int:
        """How many answers it holds."""
        return sum(len(round_.answers) for round_ in self.after)


def _value(value: Any) -> str:
    """Give what an answer came to, in words."""
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value) or "nothing"
    return f"`{value}`"


class Differ:
    """Two programs, and the outcomes of one case over both. `edited` are the ids of entries with edited rules."""

    def __init__(self, before: Program, after: Program, renames: Renames, edited: Collection[str]) -> None:
        self.before, self.after, self.renames = before, after, renames
        self.known_before = frozenset(renames.node(key) for key in before.steps)
        """The nodes that there were before, by their names after."""
        self._comparer = Comparer(before.library, after.library, renames, edited)

    def observed(self, trial: Trial) -> tuple[Observed, Observed]:
        """Walk a case before and after."""
        before = Walk.replay(self.before, trial.root_before, trial.before, settings=trial.settings)
        after = Walk.replay(self.after, trial.root_after, trial.after, settings=trial.settings)
        return Observed(before), Observed(after)

    def changes(self, trial: Trial, only: Collection[str] | None = None) -> list[Change]:
        """Give what differs in the outcomes of a case; of entries, `only` those of these ids where it is given.

        An answer that no longer fits is the one change that there is then: what follows follows from it. One that
        fits only now is said where nothing else is.
        """
        before, after = self.observed(trial)
        if after.walk.problem is not None and before.walk.problem is None:
            problem = after.walk.problem
            key = problem.key.partition("@")[0]
            return [Change("misfit", "", key, "", problem.message, f"question {key}")]
        if before.walk.problem is not None:
            return []
        found = list(self._comparer.changes(before, after, only))
        if found:
            return found
        misfits = [(key, why, "") for key, why in trial.refused] or list(self._taken_otherwise(before, after))
        return [Change("misfit", "", key, then, now, f"question {key}") for key, then, now in misfits[:1]]

    def _taken_otherwise(self, before: Observed, after: Observed) -> Iterator[tuple[str, str, str]]:
        """Give each question at which the same answer comes to something else, and what it came to and comes to.

        That of the round before counts too: a round may be closed by the answer.
        """
        for fact, then in before.walk.known.items():
            key = fact.removeprefix(PREVIOUS)
            name = self.renames.node(key)
            now = after.walk.known.get(f"{PREVIOUS}{name}" if fact != key else name)
            if key not in self.before.steps or now is None:
                continue
            if self.renames.value_back(name, list(now) if isinstance(now, tuple) else now) != (
                list(then) if isinstance(then, tuple) else then
            ):
                yield name, _value(then), _value(now)

    # Cases

    def carried(self, rounds: Sequence[Round]) -> tuple[Round, ...]:
        """Give answers to questions before by their names after."""
        names = self.renames
        return tuple(
            replace(
                round_,
                answers={names.answer(key): raw for key, raw in round_.answers.items()},
                opened=tuple((names.chart(chart), names.answer(at)) for chart, at in round_.opened),
            )
            for round_ in rounds
        )

    def carried_back(self, rounds: Sequence[Round]) -> tuple[Round, ...]:
        """Give answers to questions after by their names before; those to new questions are left out."""
        names, steps = self.renames, self.before.steps
        made = []
        for round_ in rounds:
            answers = {
                names.answer_back(key): names.value_back(key, raw) for key, raw in round_.answers.items()
            }
            answers = {key: raw for key, raw in answers.items() if key.partition("@")[0] in steps}
            opened = ((names.chart_back(chart), names.answer_back(at)) for chart, at in round_.opened)
            made.append(
                replace(
                    round_, answers=answers, opened=tuple(o for o in opened if o[0] in self.before.charts)
                )
            )
        return tuple(made)

    def forward(self, root: str, rounds: Sequence[Round], settings: Settings, vignette: str = "") -> Trial:
        """Make a case of answers given before the change: new questions are left for later."""
        after = self.carried(rounds)
        trial = Trial(root, self.renames.chart(root), tuple(rounds), after, settings, vignette)
        if settings.rest_later:
            return trial
        for _ in range(_MOST_FILLED):
            walk = Walk.replay(self.after, trial.root_after, trial.after, settings=settings)
            if (
                not walk.at
                or walk.problem is not None
                or walk.step is None
                or walk.step.key in self.known_before
            ):
                break
            answer = (
                True if walk.step.node.verb == "tell" else dict(NOT_KNOWN if walk.step.required else LATER)
            )
            rounds_after = list(walk.rounds)
            here = rounds_after[walk.round]
            rounds_after[walk.round] = replace(here, answers={**here.answers, walk.at: answer})
            trial = replace(trial, after=tuple(rounds_after))
        return trial

    def backward(self, root: str, rounds: Sequence[Round], settings: Settings, vignette: str = "") -> Trial:
        """Make a case of answers given after the change; what the questions before cannot take is left for later."""
        before, root_before = self.carried_back(rounds), self.renames.chart_back(root)
        refused: list[tuple[str, str]] = []
        for _ in range(_MOST_FILLED):
            walk = Walk.replay(self.before, root_before, before, settings=settings)
            if walk.problem is None or not walk.at:
                # Where no branch leads on, the answer was taken.
                break
            key, here = walk.problem.key, before[min(walk.round, len(before) - 1)]
            if key not in here.answers:
                break
            refused.append((self.renames.answer(key).partition("@")[0], walk.problem.message))
            kept = replace(here, answers={k: v for k, v in here.answers.items() if k != key})
            before = tuple(kept if round_ is here else round_ for round_ in before)
        return Trial(
            root_before,
            root,
            before,
            tuple(rounds),
            settings,
            vignette,
            forward=False,
            refused=tuple(refused),
        )
