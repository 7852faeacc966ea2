"""The plan through the sessions of its case: their loose ends stand among its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.plan.sessions import sessions
from goldenthread.plan.thread import loose_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.case import SessionNote
    from goldenthread.plan.goals import GoalLine
    from goldenthread.plan.plan import Plan
    from goldenthread.plan.thread import Loose, Thread
    from goldenthread.walk import Walk


def followed(plan: Plan) -> tuple[GoalLine, ...]:
    """Give the goals that sessions work on: those of the plan, or of the plan before until new ones are chosen."""
    return plan.goals or (plan.before.goals if plan.before else ())


def with_sessions(plan: Plan, walk: Walk, notes: Sequence[SessionNote]) -> Plan:
    """Give a plan with the sessions of its case, their loose ends among its own; without sessions, as it was."""
    if not notes:
        return plan
    found = sessions(followed(plan), walk, notes)
    threads = tuple(_with_loose(line, found.loose) for line in plan.threads)
    on_a_thread = {id_ for line in plan.threads for id_ in line.goals}
    strays = (*plan.strays, *(end for end in found.loose if end.goal not in on_a_thread))
    ends = loose_ends(threads, strays)
    words = "The plan is whole. The sessions have left loose ends."
    if plan.status != "whole" or not ends:
        words = plan.status_words
    return replace(plan, sessions=found, threads=threads, strays=strays, loose_ends=ends, status_words=words)


def _with_loose(line: Thread, loose: Sequence[Loose]) -> Thread:
    return replace(line, loose=(*line.loose, *(end for end in loose if end.goal in line.goals)))
