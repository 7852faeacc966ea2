"""What was asked about risk, what was said, what was done. Actions, never levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.plan.roles import SAFETY_PLAN
from goldenthread.plan.wording import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.plan.reading import Reading


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked and its answer in words."""

    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One time that risk was followed up: what it was about, and each answer."""

    about: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Safety:
    """The safety part of the plan. `open` names alerts not cleared; `not_asked` what the screen lacks."""

    screen: tuple[Line, ...]
    steps: tuple[Step, ...]
    told: tuple[str, ...]
    open: tuple[str, ...]
    not_asked: tuple[str, ...]
    safety_plan: tuple[Line, ...]


def safety(reading: Reading, client: str) -> Safety:
    """Read the safety part out of a walk."""
    walk, library = reading.walk, reading.library
    followed = walk.program.opened_by_alerts
    screen: list[Line] = []
    not_asked: list[str] = []
    for chart in library.flowcharts.values():
        if chart.phase != "safety" or chart.id in followed:
            continue
        for node in chart.nodes.values():
            if node.verb != "ask":
                continue
            role = node.role or node.key
            status = reading.status(role)
            on_path = any(trace.key == node.key for trace in walk.trail)
            label = library.facts[node.key].label
            if status == "known":
                screen.append(Line(label, reading.text(role)))
            elif on_path or node.core:
                screen.append(Line(label, status))
                if status == "not asked" and node.core:
                    not_asked.append(label)
    told = tuple(
        filled(trace.step.node.tell, reading, client, trace.item, trace.step.node.flowchart)
        for trace in walk.trail
        if trace.round == walk.round
        and trace.step.node.verb == "tell"
        and trace.step.node.tone == "urgent"
        and trace.how == "answered"
    )
    open_ = tuple(filled(raised.alert.text, reading, client) for raised in walk.alerts if not raised.cleared)
    plan = tuple(Line(library.roles[r].label, reading.text(r)) for r in SAFETY_PLAN if reading.text(r))
    return Safety(tuple(screen), _steps(reading), told, open_, tuple(not_asked), plan)


def _steps(reading: Reading) -> tuple[Step, ...]:
    walk, made = reading.walk, []
    for flowchart in sorted(walk.program.opened_by_alerts):
        chart = reading.library.flowcharts[flowchart]
        for known, _ in walk.state.runs.get(flowchart, ()):
            lines = []
            for node in chart.nodes.values():
                role = node.role or node.key
                if node.verb == "ask" and role in known and role not in SAFETY_PLAN:
                    lines.append(
                        Line(reading.library.facts[node.key].label, reading.words(role, known[role]))
                    )
            if lines:
                made.append(Step(_about(reading, known), tuple(lines)))
    return tuple(made)


def _about(reading: Reading, known: Mapping[str, Any]) -> str:
    kinds = known.get("risk_kind", ())
    return reading.words("risk_kind", kinds) if kinds else "a risk whose kind is not recorded"
