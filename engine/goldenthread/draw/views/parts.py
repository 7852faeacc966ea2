"""The boxes and arrows of flowcharts, with the path of a case laid over."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.draw.diagram import NEW_ROUND, Arrow, Box
from goldenthread.draw.views.names import filled, label, name_of
from goldenthread.graph import raising

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goldenthread.draw.diagram import Kind, State
    from goldenthread.model import Flowchart, Library, Node

_TONES = {"note": "Note", "caution": "Caution", "urgent": "Urgent"}


class Parts:
    """Makes the boxes and arrows of a library's flowcharts, node by node."""

    def __init__(self, library: Library, path: Sequence[str] = ()) -> None:
        self.library, self.path = library, path
        self.on = set(path)
        self.steps = set(pairwise(path))
        for id_ in dict.fromkeys(key.partition(".")[0] for key in path):
            # In the path, what was visited follows a visit; in its flowchart, what comes after it does.
            self.steps |= set(pairwise(key for key in path if key.partition(".")[0] == id_))
        self.alerts: dict[str, dict[str, list[str]]] = {}
        """By node, then by the flowchart that is opened: the conditions, said."""
        for alert in library.alerts.values():
            for node in raising(library, alert):
                opened = self.alerts.setdefault(node.key, {})
                opened.setdefault(alert.opens, []).append(alert.raise_when.say())
        self.opened: dict[str, list[str]] = {alert.opens: [] for alert in library.alerts.values()}
        """By the flowchart that alerts open: the numbers of the nodes that can raise them."""
        for node in library.nodes():
            for opens in self.alerts.get(node.key, ()):
                self.opened[opens].append(node.number or node.key)
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

    def entries(self, flowchart: Flowchart, *, visited: bool = True) -> tuple[list[Box], list[Arrow]]:
        """Give the ways into a flowchart: from the visits elsewhere (if `visited`), from alerts, and by hand."""
        visits = self.visits.get(flowchart.id)
        raised = self.opened.get(flowchart.id)
        ways = (
            [] if raised is None else ["at once by an alert" + (f" at {', '.join(raised)}" if raised else "")]
        )
        ways += ["by hand at any question"] if flowchart.opened_by_hand else []
        entries: dict[Kind, str] = {}
        if visits and visited:
            entries["start"] = f"From {', '.join(visits)}"
        elif not visits and (flowchart.root or not ways):
            entries["start"] = "Start"
        if ways:
            entries["alert"] = f"Opened {' or '.join(ways)}"
        start = f"{flowchart.id}.{flowchart.start}"
        boxes = [
            Box(f"{flowchart.id}/{kind}", kind, text=(text,), state=self.state(start))
            for kind, text in entries.items()
        ]
        there = flowchart.start in flowchart.nodes
        return boxes, [Arrow(box.id, start, state=box.state) for box in boxes if there]

    def boxes(self, nodes: Iterable[Node], *, alerts: bool = True) -> list[Box]:
        """Give the boxes of nodes, each with those of the alerts that its answer can raise after it."""
        boxes = []
        for node in nodes:
            boxes.append(self.box(node))
            if alerts and node.key in self.alerts:
                boxes += self.alert_boxes(node)
        return boxes

    def alert_boxes(self, node: Node) -> list[Box]:
        """Give a box for each flowchart that alerts at a node open, with what raises them."""
        boxes = []
        for opens, conditions in self.alerts.get(node.key, {}).items():
            heading = f"Alert: opens {name_of(self.library, opens)}"
            text = (f"when {conditions[0]}", *(f"or {said}" for said in conditions[1:]))
            state = self.state(node.key, self.start(opens))
            boxes.append(Box(alert_id(node.key, opens), "alert", heading, text, state=state))
        return boxes

    def start(self, flowchart_id: str) -> str:
        """Give the full name of a flowchart's first node."""
        flowchart = self.library.flowcharts.get(flowchart_id)
        return f"{flowchart_id}.{flowchart.start if flowchart else ''}"

    def box(self, node: Node) -> Box:
        """Give the box of a node."""
        text: tuple[str, ...] = (filled(self.library, node.text),)
        heading, strong = node.number, False
        match node.verb:
            case "measure":
                text = self._instrument(node) or text
            case "tell":
                heading = f"{node.number} {_TONES.get(node.tone, '')}".strip()
                strong = node.tone == "urgent"
            case "visit":
                each = f"for each of: {label(self.library, node.each)}" if node.each else ""
                most = f"at most {node.max}" if node.max else ""
                details = ", ".join(part for part in (each, most) if part)
                text = (name_of(self.library, node.visit), *([details] if details else []))
            case "end" if node.stop:
                text, strong = (*text, "Everything stops here."), True
        key, kind = node.key, node.verb  # the verbs are the kinds
        return Box(key, kind, heading, text, strong, self.state(key))  # type: ignore[arg-type]

    def _instrument(self, node: Node) -> tuple[str, ...]:
        instrument = self.library.instruments.get(node.measure)
        if instrument is None:
            return ()
        main = instrument.scales.get("total") or next(iter(instrument.scales.values()), None)
        scale = (f"{main.between[0]:g} to {main.between[1]:g}",) if main else ()
        return (f"{instrument.name} ({instrument.short})", *scale)

    def arrows(self, nodes: Iterable[Node], *, alerts: bool = True) -> list[Arrow]:
        """Give the arrows out of nodes, to the nodes after them and to the alerts beside them."""
        arrows = []
        for node in nodes:
            arrows += self.ways(node)
            if alerts and node.key in self.alerts:
                arrows += self.alert_arrows(node)
        return arrows

    def alert_arrows(self, node: Node) -> list[Arrow]:
        """Give the arrows from a node to the alerts beside it."""
        return [
            Arrow(
                node.key, alert_id(node.key, opens), side=True, state=self.state(node.key, self.start(opens))
            )
            for opens in self.alerts.get(node.key, ())
        ]

    def ways(self, node: Node) -> list[Arrow]:
        """Give one arrow to each node after a node; edges to the same node share it, each with its words."""
        nodes = self.library.flowcharts[node.flowchart].nodes
        together: dict[tuple[str, bool], dict[str, None]] = {}
        for edge in node.edges:
            if edge.go in nodes:
                together.setdefault((edge.go, edge.again), {})[filled(self.library, edge.say())] = None
        arrows = []
        key = node.key
        for (go, again), words in together.items():
            said = ", or ".join(filter(None, words))
            if again:
                said = f"{said} ({NEW_ROUND})" if said else NEW_ROUND
            head = f"{node.flowchart}.{go}"
            arrows.append(Arrow(key, head, said, dashed=again, state=self.state(key, head)))
        return arrows


def alert_id(key: str, opens: str) -> str:
    """Give the id of the box of what a node's answer opens."""
    return f"{key}/opens/{opens}"
