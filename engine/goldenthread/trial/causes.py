"""Why an outcome differs: the edge, the rule or the obligation that comes to something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.trial.crossing import RULES
from goldenthread.trial.parting import parting
from goldenthread.trial.parts import paired_edges, paired_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition
    from goldenthread.model import Advisable, Alert, Edge, Entry, Library
    from goldenthread.trial.change import Change
    from goldenthread.trial.differ import Differ
    from goldenthread.trial.observe import Observed
    from goldenthread.walk import Step

_UNTIL = {"obligations": "until", "alerts": "cleared_when"}
_TRUTH = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Cause:
    """What came to something else: its sort, what it says, and what it came to before and after.

    A rule that is not there on one side has no span and no words there.
    """

    sort: str
    said_before: str
    said_after: str
    before: str
    after: str
    span_before: Span | None
    span_after: Span | None
    id: str = ""
    """The obligation or alert, where it is one that holds or frees a bank."""


def causes(change: Change, differ: Differ, before: Observed, after: Observed) -> tuple[Cause, ...]:
    """Give what a change follows from, as far as it is one thing."""
    if change.sort in {"offers", "order", "cautions"}:
        return tuple(_of_entry(change, differ, before, after))
    if change.sort == "holds":
        return tuple(_of_gates(change, differ, before, after))
    if change.sort == "alerts":
        return tuple(_of_alert(change, differ, before, after))
    if change.sort in {"asks", "ends"}:
        return tuple(_of_path(differ, before, after))
    node = differ.after.steps[change.id].node
    return (Cause("question", "", node.text, change.before, change.after, None, node.span),)


def _entries(change: Change, differ: Differ) -> tuple[Advisable | None, Advisable | None]:
    old = {differ.renames.entry(id_): e for id_, e in differ.before.library.advised(change.kind).items()}
    return old.get(change.id), differ.after.library.advised(change.kind).get(change.id)


def _of_entry(change: Change, differ: Differ, before: Observed, after: Observed) -> Iterator[Cause]:
    old, new = _entries(change, differ)
    sorts = RULES[2:] if change.sort == "cautions" else RULES[:2]
    for sort in sorts:
        pairs = paired_rules(getattr(old, sort, ()), getattr(new, sort, ()))
        for one, other in pairs:
            truths = [_came_to(one and one.when, before), _came_to(other and other.when, after)]
            graded = change.sort == "order" and one and other and _grade(one) != _grade(other)
            if truths[0] == truths[1] and not graded:
                continue
            said = [_condition(rule.when) if rule else "" for rule in (one, other)]
            if graded:
                truths = [_grade(one), _grade(other)]
            spans = [rule.span if rule else None for rule in (one, other)]
            yield Cause(sort, said[0], said[1], truths[0], truths[1], spans[0], spans[1])


def _grade(rule: object) -> str:
    parts = [getattr(rule, name, "") for name in ("strength", "certainty")]
    return ", ".join([*filter(None, parts), *(["first"] if getattr(rule, "first", False) else [])])


def _of_gates(change: Change, differ: Differ, before: Observed, after: Observed) -> Iterator[Cause]:
    """Give the obligations and alerts that hold a bank on one side only."""
    for ids, sort in ((change.before, "frees"), (change.after, "holds")):
        for id_ in filter(None, ids.split(", ")):
            old, new = (_gate(library, id_, now) for library, now in _libraries(differ))
            whens = [getattr(gate, _UNTIL.get(getattr(gate, "kind", ""), ""), None) for gate in (old, new)]
            truths = [_came_to(when, side) for when, side in zip(whens, (before, after), strict=True)]
            said = [_condition(when) if when else "" for when in whens]
            spans = [when.span if when else None for when in whens]
            yield Cause(sort, said[0], said[1], truths[0], truths[1], spans[0], spans[1], id_)


def _libraries(differ: Differ) -> tuple[tuple[Library, Callable[[str], str]], ...]:
    return (differ.before.library, differ.renames.entry), (differ.after.library, str)


def _gate(library: Library, id_: str, now: Callable[[str], str]) -> Entry | None:
    gates: tuple[Entry, ...] = (*library.obligations.values(), *library.alerts.values())
    return next((gate for gate in gates if now(gate.id) == id_), None)


def _of_alert(change: Change, differ: Differ, before: Observed, after: Observed) -> Iterator[Cause]:
    alerts: list[Alert | None] = [
        next(
            (a for a in differ.before.library.alerts.values() if differ.renames.entry(a.id) == change.id),
            None,
        ),
        differ.after.library.alerts.get(change.id),
    ]
    name = "cleared_when" if change.before and change.after else "raise_when"
    whens: list[Condition | None] = [getattr(alert, name) if alert else None for alert in alerts]
    truths = [_came_to(when, side) for when, side in zip(whens, (before, after), strict=True)]
    if truths[0] != truths[1]:
        said = [_condition(when) if when else "" for when in whens]
        spans = [when.span if when else None for when in whens]
        yield Cause(name, said[0], said[1], truths[0], truths[1], spans[0], spans[1])
    else:
        yield from _of_path(differ, before, after)


def _came_to(when: Condition | None, side: Observed) -> str:
    return _TRUTH[when.truth(side.facts.known, side.facts.asked)] if when is not None else ""


def _condition(when: Condition) -> str:
    return " ".join(when.text.split())


def _of_path(differ: Differ, before: Observed, after: Observed) -> Iterator[Cause]:
    """Give the edge at which two walks part."""
    found = parting(before, after, differ.renames)
    if found is not None:
        edited = _edited(found.steps, found.edges)
        shown = edited or found.edges
        said = [_way(edge) for edge in shown]
        spans = [edge.span for edge in shown]
        yield Cause("branch" if edited else "edge", said[0], said[1], *found.targets, spans[0], spans[1])


def _edited(steps: tuple[Step, Step], taken: tuple[Edge, Edge]) -> tuple[Edge, Edge] | None:
    """Give the branch that was taken on either side, before and after, where its condition was edited."""
    for old, new in paired_edges(steps[0].node.edges, steps[1].node.edges):
        if old and new and (old is taken[0] or new is taken[1]) and _way(old) != _way(new):
            return old, new
    return None


def _way(edge: Edge) -> str:
    return (
        f"when {_condition(edge.when)}" if edge.when is not None else "" if edge.kind == "next" else edge.kind
    )
