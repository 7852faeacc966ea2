"""From a library to a diagram: one flowchart, one phase, all, or the overview."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.diagnostics import did_you_mean
from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box, Diagram, Direction, Group, Kind, State
from goldenthread.graph import raising

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.model import Flowchart, Library, Node

ALL = "all"
OVERVIEW = "overview"
PHASE = "phase:"
_TONES = {"note": "Note", "caution": "Caution", "urgent": "Urgent"}
_BLANK = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


class UnknownDrawingError(KeyError):
    """There is no drawing of that name."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        super().__init__(name)
        self.name = name
        self.help = did_you_mean(name, names)

    def __str__(self) -> str:
        return f"there is nothing to draw named `{self.name}`" + (f"; {self.help}" if self.help else "")


def drawings(library: Library) -> list[str]:
    """Give the names of all that can be drawn."""
    phases = {flowchart.phase for flowchart in library.flowcharts.values()}
    free = sorted(phases - library.flowcharts.keys())
    return [*library.flowcharts, *free, *(f"{PHASE}{phase}" for phase in sorted(phases)), ALL, OVERVIEW]


def extract(
    library: Library,
    what: str,
    *,
    path: Sequence[str] = (),
    direction: Direction = "TB",
    footer: str = "",
    depth: int = 0,
) -> Diagram:
    """Give the diagram of a flowchart, a phase, `all`, or the `overview` (one box a flowchart).

    A flowchart goes before the phase of its name; `phase:diagnosis` names the phase. `path` is full node
    names in the order walked. `depth` unfolds the visits of a flowchart that many levels, each flowchart
    once. Raises UnknownDrawingError.
    """
    chosen = _chosen(library, what, depth)
    title = _title(library, what)
    status = "draft" if any(flowchart.review.status == "draft" for flowchart in chosen) else ""
    parts = [title, f"library {library.digest}" if library.digest else "", footer, status]
    line = " · ".join(part for part in parts if part)
    frame = Diagram(title=title, boxes=(), arrows=(), footer=line, direction=direction)
    if what == OVERVIEW:
        return _overview(library, frame, path)
    return _Extract(library, chosen, path).diagram(frame, grouped=len(chosen) > 1)


def _chosen(library: Library, what: str, depth: int) -> list[Flowchart]:
    flowcharts = list(library.flowcharts.values())
    if what in library.flowcharts:
        return _unfolded(library, library.flowcharts[what], depth)
    if what in {ALL, OVERVIEW}:
        return flowcharts
    found = [flowchart for flowchart in flowcharts if flowchart.phase == what.removeprefix(PHASE)]
    if not found:
        raise UnknownDrawingError(what, drawings(library))
    return found


def _unfolded(library: Library, flowchart: Flowchart, depth: int) -> list[Flowchart]:
    found = {flowchart.id: flowchart}
    level = [flowchart]
    for _ in range(depth):
        visits = [node.visit for above in level for node in above.nodes.values()]
        new = [id_ for id_ in dict.fromkeys(visits) if id_ in library.flowcharts and id_ not in found]
        level = [library.flowcharts[id_] for id_ in new]
        found.update(zip(new, level, strict=True))
    return list(found.values())


def _title(library: Library, what: str) -> str:
    if what in library.flowcharts:
        return named(library.flowcharts[what])
    if what in {ALL, OVERVIEW}:
        return "All flowcharts" if what == ALL else "Overview"
    return f"Phase: {what.removeprefix(PHASE)}"


def named(flowchart: Flowchart) -> str:
    """Give a flowchart's number and title."""
    return f"{flowchart.number} {flowchart.title or flowchart.id.replace('_', ' ')}"


class _Extract:
    """Makes the boxes and arrows of some flowcharts, with a path laid over."""

    def __init__(self, library: Library, chosen: Sequence[Flowchart], path: Sequence[str]) -> None:
        self.library, self.chosen, self.path = library, chosen, path
        self.on = set(path)
        self.steps = set(pairwise(path))
        for flowchart in chosen:
            # In the path, what was visited follows a visit; in its flowchart, what comes after it does.
            self.steps |= set(pairwise(key for key in path if key.partition(".")[0] == flowchart.id))
        self.alerts: dict[str, dict[str, list[str]]] = {}
        """By node, then by the flowchart that is opened: the conditions, said."""
        for alert in library.alerts.values():
            for node in raising(library, alert):
                opened = self.alerts.setdefault(node.key, {})
                opened.setdefault(alert.opens, []).append(alert.raise_when.say())
        self.opened = {alert.opens for alert in library.alerts.values()}
        self.visits: dict[str, list[str]] = {}
        for node in library.nodes():
            if node.visit:
                self.visits.setdefault(node.visit, []).append(node.number or node.key)

    def state(self, *keys: str) -> State:
        """Give whether a node, or the step from one to another, is on the path."""
        if not self.path:
            return "plain"
        on = keys[0] in self.on if len(keys) == 1 else keys in self.steps
        return "on" if on else "off"

    def diagram(self, frame: Diagram, *, grouped: bool) -> Diagram:
        boxes: list[Box] = []
        arrows: list[Arrow] = []
        groups: list[Group] = []
        for flowchart in self.chosen:
            own = self._boxes(flowchart)
            boxes += own
            groups.append(Group(flowchart.id, named(flowchart), tuple(box.id for box in own)))
        for flowchart in self.chosen:
            arrows += self._arrows(flowchart)
        return replace(
            frame, boxes=tuple(boxes), arrows=tuple(arrows), groups=tuple(groups) if grouped else ()
        )

    def _boxes(self, flowchart: Flowchart) -> list[Box]:
        start = f"{flowchart.id}.{flowchart.start}"
        boxes = []
        for kind, text in self._entries(flowchart).items():
            boxes.append(Box(f"{flowchart.id}/{kind}", kind, text=(text,), state=self.state(start)))
        for node in flowchart.nodes.values():
            boxes.append(self._box(node))
            boxes += self._alert_boxes(node)
        return boxes

    def _entries(self, flowchart: Flowchart) -> dict[Kind, str]:
        """Give the ways into a flowchart: from the visits elsewhere, from alerts, and by hand."""
        visits = self.visits.get(flowchart.id)
        ways = ["at once by an alert"] if flowchart.id in self.opened else []
        ways += ["by hand at any question"] if flowchart.opened_by_hand else []
        entries: dict[Kind, str] = {}
        if visits:
            entries["start"] = f"From {', '.join(visits)}"
        elif flowchart.root or not ways:
            entries["start"] = "Start"
        if ways:
            entries["alert"] = f"Opened {' or '.join(ways)}"
        return entries

    def _alert_boxes(self, node: Node) -> list[Box]:
        boxes = []
        for opens, conditions in self.alerts.get(node.key, {}).items():
            heading = f"Alert: opens {self._name(opens)}"
            text = (f"when {conditions[0]}", *(f"or {said}" for said in conditions[1:]))
            state = self.state(node.key, self._start(opens))
            boxes.append(Box(_alert_id(node.key, opens), "alert", heading, text, state=state))
        return boxes

    def _start(self, flowchart_id: str) -> str:
        flowchart = self.library.flowcharts.get(flowchart_id)
        return f"{flowchart_id}.{flowchart.start if flowchart else ''}"

    def _name(self, flowchart_id: str) -> str:
        flowchart = self.library.flowcharts.get(flowchart_id)
        return named(flowchart) if flowchart else flowchart_id

    def _box(self, node: Node) -> Box:
        text: tuple[str, ...] = (self._filled(node.text),)
        heading, strong = node.number, False
        match node.verb:
            case "measure":
                instrument = self.library.instruments.get(node.measure)
                if instrument is not None:
                    main = instrument.scales.get("total") or next(iter(instrument.scales.values()), None)
                    scale = (f"{main.between[0]:g} to {main.between[1]:g}",) if main else ()
                    text = (f"{instrument.name} ({instrument.short})", *scale)
            case "tell":
                heading = f"{node.number} {_TONES.get(node.tone, '')}".strip()
                strong = node.tone == "urgent"
            case "visit":
                each = f"for each of: {self._label(node.each)}" if node.each else ""
                most = f"at most {node.max}" if node.max else ""
                details = ", ".join(part for part in (each, most) if part)
                text = (self._name(node.visit), *([details] if details else []))
            case "end" if node.stop:
                text, strong = (*text, "Everything stops here."), True
        key, kind = node.key, node.verb  # the verbs are the kinds
        return Box(key, kind, heading, text, strong, self.state(key))  # type: ignore[arg-type]

    def _label(self, name: str) -> str:
        fact = self.library.facts.get(name)
        return fact.label if fact and fact.label else name.replace("_", " ")

    def _filled(self, text: str) -> str:
        return text if "{" not in text else _BLANK.sub(lambda blank: f"[{self._label(blank[1])}]", text)

    def _arrows(self, flowchart: Flowchart) -> list[Arrow]:
        arrows = []
        start = f"{flowchart.id}.{flowchart.start}"
        if flowchart.start in flowchart.nodes:
            state = self.state(start)
            arrows += [
                Arrow(f"{flowchart.id}/{kind}", start, state=state) for kind in self._entries(flowchart)
            ]
        for node in flowchart.nodes.values():
            key = node.key
            arrows += self._ways(node, key, flowchart)
            for opens in self.alerts.get(key, ()):
                state = self.state(key, self._start(opens))
                arrows.append(Arrow(key, _alert_id(key, opens), side=True, state=state))
        return arrows

    def _ways(self, node: Node, key: str, flowchart: Flowchart) -> list[Arrow]:
        """Give one arrow to each node after a node; edges to the same node share it, each with its words."""
        together: dict[tuple[str, bool], dict[str, None]] = {}
        for edge in node.edges:
            if edge.go in flowchart.nodes:
                together.setdefault((edge.go, edge.again), {})[self._filled(edge.say())] = None
        arrows = []
        for (go, again), words in together.items():
            said = ", or ".join(filter(None, words))
            if again:
                said = f"{said} ({NEW_ROUND})" if said else NEW_ROUND
            head = f"{flowchart.id}.{go}"
            arrows.append(Arrow(key, head, said, dashed=again, state=self.state(key, head)))
        return arrows


def _alert_id(key: str, opens: str) -> str:
    return f"{key}/opens/{opens}"


def _overview(library: Library, frame: Diagram, path: Sequence[str]) -> Diagram:
    on = {key.partition(".")[0] for key in path}

    def state(*ids: str) -> State:
        if not path:
            return "plain"
        return "on" if on.issuperset(ids) else "off"

    boxes = []
    calls: dict[tuple[str, str], list[str]] = {}
    for flowchart in library.flowcharts.values():
        questions = sum(node.verb in {"ask", "measure"} for node in flowchart.nodes.values())
        count = f"{questions} question{'' if questions == 1 else 's'}"
        title = flowchart.title or flowchart.id.replace("_", " ")
        boxes.append(
            Box(flowchart.id, "visit", str(flowchart.number), (title, count), state=state(flowchart.id))
        )
        for node in flowchart.nodes.values():
            if node.visit in library.flowcharts:
                calls.setdefault((flowchart.id, node.visit), []).append(node.number)
    arrows = [
        Arrow(tail, head, ", ".join(number for number in numbers if number), state=state(tail, head))
        for (tail, head), numbers in calls.items()
    ]
    alerts = dict.fromkeys(
        (node.flowchart, alert.opens)
        for alert in library.alerts.values()
        for node in raising(library, alert)
        if alert.opens in library.flowcharts
    )
    arrows += [Arrow(tail, head, "alert", dashed=True, state=state(tail, head)) for tail, head in alerts]
    return replace(frame, boxes=tuple(boxes), arrows=tuple(arrows), line=False)
