"""The thread from a factor: goals that aim at it, their measures, what is done for them, and in which treatments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import Arrow, Box
from goldenthread.draw.views.names import cap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.draw.diagram import Diagram, Kind
    from goldenthread.model import Factor, Goal, Library, Modality

_FOR_ALL = {"", "total"}


def factor_thread(library: Library, factor: Factor, frame: Diagram) -> Diagram:
    """Draw what the bank holds against a factor.

    Goals for which the same is done share a box, and so do treatments that hold the same: each arrow then stands for
    all in it, and none is drawn twice. Treatments are those that aim at the factor themselves.
    """
    goals = [goal for goal in library.goals.values() if factor.id in goal.targets]
    done = [
        id_
        for id_, intervention in library.interventions.items()
        if id_ in factor.interventions or factor.id in intervention.targets
    ]
    needs = {goal.id: _needs(library, goal, done) for goal in goals}
    shown = [
        id_ for id_ in library.interventions if id_ in done or any(id_ in need for need in needs.values())
    ]
    modalities = [m for m in library.modalities.values() if factor.id in m.targets]
    holds = {m.id: tuple(id_ for id_ in shown if id_ in m.interventions) for m in modalities}
    boxes = [_factor(factor)]
    arrows: list[Arrow] = []
    for n, need in enumerate(dict.fromkeys(needs.values())):
        own = [goal for goal in goals if needs[goal.id] == need]
        box = _listed(f"goals/{n}", own, "Goal", [_measured(library, goal) for goal in own])
        boxes.append(box)
        arrows.append(Arrow(boxes[0].id, box.id))
        arrows += [Arrow(box.id, f"intervention/{id_}") for id_ in need]
    for id_ in shown:
        boxes.append(Box(f"intervention/{id_}", "intervention", text=(cap(library.interventions[id_].name),)))
        if not any(id_ in need for need in needs.values()):
            arrows.append(Arrow(boxes[0].id, f"intervention/{id_}"))
    for n, held in enumerate(dict.fromkeys(holds.values())):
        treatments = [m for m in modalities if holds[m.id] == held]
        box = _listed(f"treatments/{n}", treatments, "Treatment", [cap(m.name) for m in treatments])
        boxes.append(box)
        arrows += [Arrow(f"intervention/{id_}", box.id) for id_ in held] or [Arrow(boxes[0].id, box.id)]
    return replace(frame, boxes=tuple(boxes), arrows=tuple(arrows), line=False)


def _factor(factor: Factor) -> Box:
    text = [factor.maintains, f"To be changed: {factor.target}" if factor.target else ""]
    return Box(f"factor/{factor.id}", "factor", cap(factor.name), tuple(filter(None, text)), strong=True)


def _needs(library: Library, goal: Goal, done: Iterable[str]) -> tuple[str, ...]:
    """Give what is done for a goal: of what is done about the factor, or, where it is none of that, all of it."""
    own = [id_ for id_ in library.interventions if id_ in goal.interventions]
    shared = tuple(id_ for id_ in own if id_ in done)
    return shared or tuple(own)


def _measured(library: Library, goal: Goal) -> str:
    """Give a goal with how it is measured."""
    measure = goal.measure
    instrument = library.instruments.get(measure.instrument)
    if measure.count:
        said = measure.count + ("" if measure.per in _FOR_ALL else f" per {measure.per}")
    elif instrument is not None:
        said = f"score on the {instrument.short}"
    else:
        said = "a rating" if measure.rating else ""
    return cap(goal.name) + (f" (measure: {said})" if said else "")


def _listed(id_: str, entries: Sequence[Goal | Modality], name: str, text: Sequence[str]) -> Box:
    kind: Kind = "goal" if name == "Goal" else "modality"
    heading = name if len(entries) == 1 else f"{name}s"
    return Box(id_, kind, heading, tuple(text) if len(entries) == 1 else tuple(f"• {one}" for one in text))
