"""K007: threads that can never be whole: a factor no goal acts on, a goal no treatment serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import at, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Finding]:
    """Find gaps in the bank that would leave every thread through them loose."""
    targeted = {target for goal in library.goals.values() for target in goal.targets}
    for factor in library.advised("perpetuating_factors").values():
        if factor.id not in targeted:
            message = f"no goal acts on `{factor.id}`, so a thread from it is always loose"
            yield warning("K007", at(factor), message, f"write a goal with `targets: [{factor.id}]`")
    held = {id_ for modality in library.modalities.values() for id_ in modality.interventions}
    for goal in library.goals.values():
        if goal.interventions and held.isdisjoint(goal.interventions):
            message = f"no treatment holds an intervention of the goal `{goal.id}`"
            where = at(goal, "interventions")
            yield warning("K007", where, message, "add one of its interventions to a modality")
