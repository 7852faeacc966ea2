"""Alerts: raised by answers, cleared by what a run of the flowchart that they open has recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.walk.program import MEASURE, exclusive_options
from goldenthread.walk.state import Raised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from goldenthread.model import Alert
    from goldenthread.walk.program import Program, Step
    from goldenthread.walk.state import Frame, State


def raise_alerts(state: State, step: Step) -> None:
    """Raise what the answer to a step makes true, also a second time where the new answer alone is reason enough.

    What was done about the same risk earlier in the sitting counts. A review is another sitting: nothing done before
    it answers what is said in it.
    """
    another_sitting = step.phase == "review"
    for alert in step.alerts:
        if alert.raise_when.truth(state.known, state.asked) is not True:
            continue
        times = sum(raised.alert is alert for raised in state.raised.values())
        if times and not _alone_is_reason(state, step, alert):
            continue
        runs = () if another_sitting or times else state.runs.get(alert.opens, ())
        cleared = any(alert.cleared_when.truth(*told) is True for told in runs)
        item = f"{alert.id}_{times + 1}" if times else alert.id
        state.raised[item] = Raised(alert, cleared)
        if not cleared:
            state.pending = (*state.pending, item)


def _alone_is_reason(state: State, step: Step, alert: Alert) -> bool:
    own = {step.key, step.role}
    stem = f"{step.node.measure}." if step.kind == MEASURE else "\0"
    known = {key: value for key, value in state.known.items() if key in own or key.startswith(stem)}
    asked = {key: value for key, value in state.asked.items() if key in own or key.startswith(stem)}
    return alert.raise_when.truth(known, asked) is True


def under_way(state: State, flowchart: str) -> bool:
    """Say whether a flowchart is being run; what opens it takes its turn after that."""
    return any(frame.chart.id == flowchart for frame in state.frames)


def clear_alerts(state: State, flowchart: str) -> None:
    """Clear what the run of a flowchart that has just ended clears, by its own answers."""
    for item, raised in state.raised.items():
        if raised.cleared or raised.alert.opens != flowchart:
            continue
        if raised.alert.cleared_when.truth(state.known, state.asked) is True:
            state.raised[item] = Raised(raised.alert, cleared=True)
    state.pending = tuple(waiting for waiting in state.pending if not state.raised[waiting].cleared)


def keep_run(program: Program, state: State, frame: Frame) -> None:
    """Keep the run that has ended, then put back what earlier runs made known and this one did not ask again.

    Options chosen are put together. A yes stands, whatever a later run says, unless that run was about the same:
    danger from one side is not undone by a run about another.
    """
    chart, known = frame.chart, state.known
    runs = state.runs.get(chart.id, ())
    state.runs[chart.id] = (*runs, state.told)
    if not runs:
        return
    before = frame.before
    same = _about(program, chart.id, before)
    undone = bool(same) and same <= _about(program, chart.id, known)
    roles = program.library.roles
    for node in program.library.flowcharts[chart.id].nodes.values():
        asked_now = (f"{node.key}@{frame.item}" if frame.item else node.key) in state.used
        for key in (node.key, node.role):
            if not key or key not in before:
                continue
            if not asked_now:
                known.setdefault(key, before[key])
            elif before[key] is True and not undone:
                known[key] = True
                state.asked.pop(key, None)
            elif isinstance(known.get(key), tuple):
                known[key] = _together(
                    before[key], known[key], exclusive_options(roles.get(node.role) or node)
                )


def _together(before: tuple[str, ...], now: tuple[str, ...], alone: AbstractSet[str]) -> tuple[str, ...]:
    """Put options chosen together; what can only be chosen alone gives way to what was chosen besides it."""
    both = tuple(dict.fromkeys((*before, *now)))
    return both if len(both) == 1 else tuple(option for option in both if option not in alone) or now


def _about(program: Program, flowchart: str, known: Mapping[str, Any]) -> set[str]:
    """Give the alerts that a run clears by what it made known: what it was about."""
    alerts = program.library.alerts.values()
    return {a.id for a in alerts if a.opens == flowchart and a.cleared_when.truth(known, {}) is True}
