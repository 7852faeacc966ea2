"""The thread: from each factor that keeps the problem going to a goal, a treatment, a measure and a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.plan.goals import GoalLine
    from goldenthread.plan.reading import Reading

Place = Literal["factor", "goal", "treatment", "measure", "review", "session"]
NO_REVIEW = "no review date is set"


@dataclass(frozen=True, slots=True)
class Loose:
    """One place at which a thread is broken, and how, in words. `goal` is the id of the goal it is about."""

    place: Place
    text: str
    goal: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Thread:
    """One line from problem to review. `loose` says at which place it ends; empty where it is whole.

    `goals` are ids of goals of the plan.
    """

    factor: str
    factor_name: str
    goals: tuple[str, ...]
    treatments: tuple[str, ...]
    measures: tuple[str, ...]
    review: str
    loose: tuple[Loose, ...]

    @property
    def whole(self) -> bool:
        """Whether the line runs through to the review."""
        return not self.loose


def threads(reading: Reading, goals: Sequence[GoalLine], review: str) -> tuple[Thread, ...]:
    """Give a thread for every factor that keeps the problem going, and one for the problem where a goal is for it."""
    factors = tuple(reading.facts.known.get("perpetuating", ()))
    if any("problem" in goal.for_ for goal in goals) or not factors:
        factors = (*factors, "problem")
    return tuple(_thread(factor, reading, goals, review) for factor in factors)


def _thread(factor: str, reading: Reading, goals: Sequence[GoalLine], review: str) -> Thread:
    own = [goal for goal in goals if factor in goal.for_]
    name = "the presenting problem" if factor == "problem" else reading.option("perpetuating", factor)
    serving = {goal.id: serving_treatments(goal, reading) for goal in own}
    treatments = tuple(dict.fromkeys(name for found in serving.values() for name in found))
    loose = tuple(_loose(factor, own, serving, reading, review))
    measures = tuple(goal.measure for goal in own if goal.measure)
    return Thread(factor, name, tuple(goal.id for goal in own), treatments, measures, review, loose)


def _loose(
    factor: str, own: Sequence[GoalLine], serving: dict[str, tuple[str, ...]], reading: Reading, review: str
) -> Iterator[Loose]:
    if (
        factor != "problem"
        and "perpetuating" in reading.need_examples
        and not reading.examples.get(f"perpetuating {factor}")
    ):
        yield Loose("factor", "no example from this client")
    if not own:
        yield Loose("goal", "no goal is for it")
    for goal in own:
        if not serving[goal.id]:
            yield Loose("treatment", f"no treatment chosen holds what the goal “{goal.name}” needs", goal.id)
        if not goal.measure or "[not filled in]" in goal.measure:
            yield Loose("measure", f"the baseline or target of the goal “{goal.name}” is open", goal.id)
    if not review:
        yield Loose("review", NO_REVIEW)


def serving_treatments(goal: GoalLine, reading: Reading) -> tuple[str, ...]:
    """Give the chosen treatments that hold one of the goal's interventions, or that were tied to it by hand."""
    library, found = reading.library, []
    for id_ in reading.facts.known.get("chosen_modality", ()):
        modality = library.modalities.get(id_)
        linked = id_ in goal.interventions
        if linked or (modality is not None and set(modality.interventions) & set(goal.interventions)):
            found.append(modality.name if modality else reading.option("chosen_modality", id_))
    return tuple(found)


def strays(reading: Reading, goals: Sequence[GoalLine]) -> tuple[Loose, ...]:
    """Give the loose ends that lie on no thread: goals that are for nothing, treatments that serve no goal."""
    found = [
        Loose("goal", f"the goal “{goal.name}” is for nothing that keeps the problem going", goal.id)
        for goal in goals
        if not goal.for_
    ]
    needed = {intervention for goal in goals for intervention in goal.interventions}
    for id_ in reading.facts.known.get("chosen_modality", ()):
        modality = reading.library.modalities.get(id_)
        if modality is not None and goals and id_ not in needed and not set(modality.interventions) & needed:
            found.append(Loose("treatment", f"{modality.name} serves none of the goals"))
    return tuple(found)


def loose_ends(lines: Sequence[Thread], apart: Sequence[Loose]) -> tuple[str, ...]:
    """Give every place where the thread is broken, forward and backward, in words."""
    found = [
        NO_REVIEW if end.place == "review" else f"{line.factor_name}: {end}"
        for line in lines
        for end in line.loose
    ]
    return tuple(dict.fromkeys((*found, *(str(end) for end in apart))))
