"""Which visit began each run of a flowchart, read off the trail of a walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.walk import Program, Step, Trace


def begun_by(visit: str, trail: Sequence[Trace], program: Program, root: str) -> Iterator[int]:
    """Give the places in a trail from which on a flowchart runs that a visit has begun; not one opened at the visit."""
    standing = {1: program.charts[root].start}
    under_way: set[int] = set()
    round_ = 0
    for n, trace in enumerate(trail):
        if trace.round != round_:
            # A round begins where an edge led, or at the start where the one before had ended.
            round_, under_way = trace.round, set()
            standing = {1: standing.get(1, program.charts[root].start)}
        for depth in range(2, trace.depth + 1):
            if depth in under_way:
                continue
            under_way.add(depth)
            caller = standing.get(depth - 1)
            if caller is None:
                break
            if caller.key == visit and not (depth == trace.depth and _opened(trace, caller)):
                yield n
            if caller.node.visit:
                standing[depth] = program.charts[caller.node.visit].start
        _pass(trace, standing, under_way, program)


def _opened(trace: Trace, caller: Step) -> bool:
    """Say whether what runs at a visit is not what it visits, or was opened by hand or by an alert."""
    return trace.step.node.flowchart != caller.node.visit or bool(trace.item) != bool(caller.node.each)


def _pass(trace: Trace, standing: dict[int, Step], under_way: set[int], program: Program) -> None:
    for depth in [depth for depth in standing if depth > trace.depth]:
        del standing[depth]
    under_way -= {depth for depth in under_way if depth > trace.depth}
    if trace.edge is not None:
        standing[trace.depth] = program.steps[f"{trace.step.node.flowchart}.{trace.edge.go}"]
        if trace.edge.again:
            standing[1] = standing[trace.depth]
    elif trace.how == "ended":
        standing.pop(trace.depth, None)
        under_way.discard(trace.depth)
