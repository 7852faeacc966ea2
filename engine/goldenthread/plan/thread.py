"""The thread: from each factor that keeps the problem going to a goal, a treatment, a measure and a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.plan.goals import GoalLine
    from goldenthread.plan.reading import Reading


@dataclass(frozen=True, slots=True)
class Thread:
    """One line from problem to review. `loose` says at which place it ends, in words; empty where it is whole."""

    factor: str
    factor_name: str
    goals: tuple[str, ...]
    treatments: tuple[str, ...]
    measures: tuple[str, ...]
    review: str
    loose: tuple[str, ...]

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
    loose: list[str] = []
    if not own:
        loose.append("no goal is for it")
    treatments: dict[str, None] = {}
    for goal in own:
        serving = serving_treatments(goal, reading)
        treatments |= dict.fromkeys(serving)
        if not serving:
            loose.append(f"no treatment chosen holds what the goal “{_short(goal.text)}” needs")
        if not goal.measure or "[not filled in]" in goal.measure:
            loose.append(f"the goal “{_short(goal.text)}” is not measured yet: its baseline or target is open")
    if not review:
        loose.append("no review date is set")
    measures = tuple(goal.measure for goal in own if goal.measure)
    return Thread(factor, name, tuple(goal.text for goal in own), tuple(treatments), measures, review, tuple(loose))


def serving_treatments(goal: GoalLine, reading: Reading) -> tuple[str, ...]:
    """Give the chosen treatments that hold one of the goal's interventions, or that were tied to it by hand."""
    library, found = reading.library, []
    for id_ in reading.facts.known.get("chosen_modality", ()):
        modality = library.modalities.get(id_)
        linked = id_ in goal.interventions
        if linked or (modality is not None and set(modality.interventions) & set(goal.interventions)):
            found.append(modality.name if modality else reading.option("chosen_modality", id_))
    return tuple(found)


def loose_ends(reading: Reading, goals: Sequence[GoalLine], lines: Sequence[Thread]) -> tuple[str, ...]:
    """Give every place where the thread is broken, forward and backward."""
    found = [f"{line.factor_name}: {reason}" for line in lines for reason in line.loose if reason != "no review date is set"]
    if any("no review date is set" in line.loose for line in lines):
        found.append("No review date is set.")
    for goal in goals:
        if not goal.for_:
            found.append(f"The goal “{_short(goal.text)}” is for nothing that keeps the problem going.")
    needed = {intervention for goal in goals for intervention in goal.interventions}
    for id_ in reading.facts.known.get("chosen_modality", ()):
        modality = reading.library.modalities.get(id_)
        if modality is not None and goals and not set(modality.interventions) & needed:
            found.append(f"{modality.name} serves none of the goals.")
    return tuple(dict.fromkeys(found))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
