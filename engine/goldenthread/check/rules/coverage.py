"""K007: threads that can never be whole: a factor no goal acts on, a goal no treatment serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Find gaps in the bank that would leave every thread through them loose."""
    targeted = {target for goal in library.goals.values() for target in goal.targets}
    for factor in library.advised("perpetuating_factors").values():
        if factor.id not in targeted:
            yield warning("K007", factor.span, f"no goal acts on `{factor.id}`, so a thread from it is always loose", "write a goal that targets it")
    held = {intervention for modality in library.modalities.values() for intervention in modality.interventions}
    for goal in library.goals.values():
        if goal.interventions and not held & set(goal.interventions):
            message = f"no treatment holds an intervention of the goal `{goal.id}`"
            yield warning("K007", goal.span, message, "add one of its interventions to a modality")
