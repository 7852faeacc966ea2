"""The library as a table of steps: what the walk runs on, made once.

A step is a node with everything that running it needs already looked up: its fit, the keys it makes known,
its edges as compiled conditions with the steps they lead to, and the alerts that its answer may raise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.walk import fits
from goldenthread.walk.scores import measure_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.language import Type
    from goldenthread.language.compile import Truth
    from goldenthread.model import Alert, Edge, Library, Node, Role
    from goldenthread.walk.answers import Fit

ASK, MEASURE, ACKNOWLEDGE, DECIDE, TELL, VISIT, END = range(7)
_KINDS = {"ask": ASK, "measure": MEASURE, "decide": DECIDE, "tell": TELL, "visit": VISIT, "end": END}
PREVIOUS = "previous."


@dataclass(slots=True, eq=False)
class Step:
    """One node, ready to run."""

    node: Node
    key: str
    kind: int
    fit: Fit = fits.fit_acknowledged
    phase: str = ""
    role: str = ""
    type: Type | None = None
    waits: bool = False
    plain: bool = False
    """Whether it is a question that raises no alert and always leads on within the round."""
    core: bool = False
    required: bool = False
    carry: str = "confirm"
    opened: bool = False
    """Whether its flowchart can be opened by an alert or by hand."""
    leads_on: tuple[Edge, Step] = field(init=False)
    """Where a plain step goes when no branch is taken; other steps have none."""
    branches: tuple[tuple[Truth, Edge, Step], ...] = ()
    otherwise: tuple[Edge, Step] | None = None
    unknown: tuple[Edge, Step] | None = None
    alerts: tuple[Alert, ...] = ()

    def keeps(self, item: str) -> bool:
        """Say whether the answer of an earlier round is taken over: not in a run that is opened, which asks afresh."""
        return self.carry == "keep" and not (item and self.opened)


@dataclass(slots=True, eq=False)
class Chart:
    """One flowchart, ready to run."""

    id: str
    start: Step
    phase: str
    fills: frozenset[str]
    """The keys that its own questions make known: node keys and roles."""


@dataclass(slots=True, eq=False)
class Program:
    """Every flowchart, ready to run."""

    library: Library
    steps: Mapping[str, Step]
    charts: Mapping[str, Chart]
    opened_by_alerts: frozenset[str]
    renamed: Mapping[str, str]
    """Earlier full names of nodes to their present ones."""
    roles: tuple[str, ...] = ()
    alerts_by_key: Mapping[str, tuple[Alert, ...]] = field(default_factory=dict)


def compile_library(library: Library) -> Program:
    """Make the program of a library that was loaded without errors."""
    readers = _alerts_by_key(library)
    steps = {node.key: _step(node, library, readers) for node in library.nodes()}
    charts: dict[str, Chart] = {}
    renamed: dict[str, str] = {}
    for chart in library.flowcharts.values():
        for node in chart.nodes.values():
            _join(steps[node.key], steps)
            for flowchart in (chart.id, *chart.was):
                for name in (node.id, *node.was):
                    renamed[f"{flowchart}.{name}"] = node.key
        fills = frozenset(
            key
            for node in chart.nodes.values()
            if node.verb in {"ask", "measure"}
            for key in (node.key, node.role)
            if key
        )
        charts[chart.id] = Chart(chart.id, steps[f"{chart.id}.{chart.start}"], chart.phase, fills)
    opened = frozenset(alert.opens for alert in library.alerts.values())
    opened |= {chart.id for chart in library.flowcharts.values() if chart.opened_by_hand}
    for step in steps.values():
        step.opened = step.node.flowchart in opened
    renamed = {old: new for old, new in renamed.items() if old != new}
    return Program(library, steps, charts, opened, renamed, tuple(library.roles), readers)


def _alerts_by_key(library: Library) -> dict[str, tuple[Alert, ...]]:
    readers: dict[str, list[Alert]] = {}
    for alert in library.alerts.values():
        for fact in alert.raise_when.facts:
            readers.setdefault(fact.key, []).append(alert)
    return {key: tuple(alerts) for key, alerts in readers.items()}


def _step(node: Node, library: Library, readers: Mapping[str, tuple[Alert, ...]]) -> Step:
    kind = ACKNOWLEDGE if node.verb == "tell" and node.tone == "urgent" else _KINDS[node.verb]
    waits = kind in {ASK, MEASURE, ACKNOWLEDGE}
    step = Step(
        node,
        node.key,
        kind,
        role=node.role,
        waits=waits,
        core=node.core or kind == ACKNOWLEDGE,
        required=node.required,
    )
    phase = step.phase = library.flowcharts[node.flowchart].phase
    step.carry = node.carry or ("never" if phase == "safety" or kind != ASK else "confirm")
    if kind == ASK:
        step.type = library.facts[node.key].type
        step.fit = _fit(node, step.type, library)
        keys = [node.key, *([node.role] if node.role else [])]
    elif kind == MEASURE:
        step.fit = measure_fit(library.instruments[node.measure])
        keys = [node.key, *(key for key in readers if key.partition(".")[0] == node.measure)]
    else:
        keys = []
    step.alerts = tuple({alert.id: alert for key in keys for alert in readers.get(key, ())}.values())
    return step


def _fit(node: Node, type_: Type, library: Library) -> Fit:
    role = library.roles.get(node.role)
    asked = fits.ChoicesAsked(
        exclusive_options(role or node),
        role.other if role else node.other,
        node.at_least,
        node.at_most,
        allowed_options(node, library) if type_.kind in {"choice", "choices"} else None,
        renamed_options(role or node, library),
        (role or node).options_from in library.roles,
    )
    return fits.fit_for(type_, asked, role.step if role else node.step)


def exclusive_options(asked: Role | Node) -> frozenset[str]:
    """Give the options that cannot stand beside others."""
    return frozenset(option.id for option in asked.options.values() if option.exclusive)


def renamed_options(asked: Role | Node, library: Library) -> dict[str, str]:
    """Give earlier ids of what can be chosen to their present ones."""
    renamed = {old: option.id for option in asked.options.values() for old in option.was}
    if asked.options_from and asked.options_from not in library.roles:
        entries = library.advised(asked.options_from).values()
        renamed |= {old: entry.id for entry in entries for old in entry.was}
    return renamed


def allowed_options(
    node: Node, library: Library
) -> Callable[[Mapping[str, Any], Mapping[str, str]], frozenset[str]] | None:
    """Give what narrows a question's options by the answers so far, or None where nothing does."""
    role = library.roles.get(node.role)
    options = role.options if role else node.options
    source = role.options_from if role else node.options_from
    static = frozenset(library.facts[node.key].type.options)
    hidden = [(option.id, option.when.truth) for option in options.values() if option.when is not None]
    chosen_in = source if source in library.roles else ""
    if not hidden and not chosen_in:
        return None

    def allowed(known: Mapping[str, Any], asked: Mapping[str, str]) -> frozenset[str]:
        can = static
        if chosen_in and chosen_in in known:
            can = frozenset(known[chosen_in])
        return can - {id_ for id_, truth in hidden if truth(known, asked) is False}

    return allowed


def _join(step: Step, steps: Mapping[str, Step]) -> None:
    branches = []
    for edge in step.node.edges:
        target = steps[f"{step.node.flowchart}.{edge.go}"]
        if edge.when is not None:
            branches.append((edge.when.truth, edge, target))
        elif edge.kind == "unknown":
            step.unknown = (edge, target)
        else:
            step.otherwise = (edge, target)
    step.branches = tuple(branches)
    if (
        step.otherwise is not None
        and step.kind == ASK
        and not step.alerts
        and not any(edge.again for edge in step.node.edges)
    ):
        step.leads_on, step.plain = step.otherwise, True
