"""Where two walks of one case part: the last step that both pass, and the edges that they leave it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.model import Edge
    from goldenthread.trial.observe import Observed
    from goldenthread.trial.renames import Renames
    from goldenthread.walk import Step, Trace


@dataclass(frozen=True, slots=True)
class Parting:
    """A step before and after, the edges taken there, and the nodes that they lead to by their names after."""

    steps: tuple[Step, Step]
    edges: tuple[Edge, Edge]
    targets: tuple[str, str]

    @property
    def key(self) -> str:
        """What tells it from other partings."""
        return f"way {self.steps[1].key}: {self.targets[0]} > {self.targets[1]}"


def parting(before: Observed, after: Observed, renames: Renames) -> Parting | None:
    """Give where two walks part, or None where no edge parts them: they do not part, or an alert has come between."""
    last: tuple[Trace, Trace] | None = None
    for one, other in zip(before.trail, after.trail, strict=False):
        if (renames.node(one.key), one.item) != (other.key, other.item):
            break
        last = one, other
        if _targets(one, other, renames) is not None:
            break
    targets = _targets(*last, renames) if last else None
    if last is None or targets is None or last[0].edge is None or last[1].edge is None:
        return None
    return Parting((last[0].step, last[1].step), (last[0].edge, last[1].edge), targets)


def between(before: Observed, after: Observed, renames: Renames) -> str:
    """Give the alert whose run is the first thing that only one of two walks passes; nothing where it is no alert's."""
    for one, other in zip(before.trail, after.trail, strict=False):
        if (renames.node(one.key), one.item) != (other.key, other.item):
            runs = _alert(one, before), _alert(other, after)
            return next((renames.entry(run) for run in runs if run and runs[0] != runs[1]), "")
    return ""


def _alert(trace: Trace, seen: Observed) -> str:
    """Give the alert that a step is run for: runs are called by it, a second one with a number after it."""
    alerts = seen.library.alerts
    return next((id_ for id_ in (trace.item, trace.item.rpartition("_")[0]) if id_ in alerts), "")


def _targets(one: Trace, other: Trace, renames: Renames) -> tuple[str, str] | None:
    """Give where two edges lead, if that is not the same."""
    if one.edge is None or other.edge is None:
        return None
    then = renames.node(f"{one.step.node.flowchart}.{one.edge.go}")
    now = f"{other.step.node.flowchart}.{other.edge.go}"
    return (then, now) if then != now or one.edge.again != other.edge.again else None
