"""A flowchart as a form on paper: its steps in order, what can be ticked, and where each answer leads.

Where each answer leads is read from the edges that are walked. What hangs on the answer alone stands at its box; what
reads other answers too is a rule, and rules are tried from the top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.graph import raising
from goldenthread.language import ast
from goldenthread.print.likely import Listed, listed
from goldenthread.print.numbered import numbers_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.language import Condition
    from goldenthread.model import Alert, Edge, Flowchart, Library, Node

NOT_KNOWN, DECLINED, LATER = "not_known", "declined", "later"
_BLANK = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Go:
    """A step to go to, by its id in the flowchart; in a new round where `again`."""

    to: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick: an option, `yes`, `no`, `not_known`, `declined` or `later`.

    `go` is where it leads, where that hangs on it alone; `opens` are the alerts that it raises.
    """

    id: str
    label: str
    note: str = ""
    go: Go | None = None
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Where to go on a condition; without one, otherwise. `unknown` is for when what it reads is not known."""

    words: str
    go: Go
    when: Condition | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A sheet to be filled in at once, before going on, where an alert is raised."""

    alert: Alert
    words: str
    at_boxes: bool


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step of the form. `then` is where to go where neither a box nor a rule says so."""

    node: Node
    number: str
    text: str
    say: str = ""
    kind: str = ""
    """The type of the answer; empty where nothing is asked."""
    boxes: tuple[Box, ...] = ()
    statuses: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    openings: tuple[Opening, ...] = ()
    then: Go | None = None
    list: Listed | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The sheet of one flowchart."""

    flowchart: Flowchart
    steps: Mapping[str, FormStep]

    def after(self, id_: str) -> str:
        """Give the step below another on the sheet."""
        ids = list(self.steps)
        at = ids.index(id_) + 1
        return ids[at] if at < len(ids) else ""


def form(library: Library, flowchart: Flowchart) -> Form:
    """Make the form of a flowchart."""
    numbers = _numbers(flowchart)
    steps = {id_: _step(library, node, numbers[id_]) for id_, node in flowchart.nodes.items()}
    return Form(flowchart, steps)


def _numbers(flowchart: Flowchart) -> dict[str, str]:
    """Give the numbers as on screen; ends are lettered, and a step without a number is counted."""
    found, ends = {}, 0
    for n, node in enumerate(flowchart.nodes.values(), 1):
        if node.verb == "end":
            letter = _LETTERS[ends % 26] + ("" if ends < 26 else str(ends // 26 + 1))
            found[node.id], ends = f"End {letter}", ends + 1
        else:
            found[node.id] = node.number or f"({n})"
    return found


def _step(library: Library, node: Node, number: str) -> FormStep:
    text = filled(library, node, node.text)
    if not node.asks:
        return FormStep(node, number, text, rules=_rules(library, node), then=_then(node))
    if node.verb == "tell":
        return FormStep(node, number, text, then=_then(node), rules=_rules(library, node))
    fact = library.facts.get(node.key)
    kind = "measure" if node.verb == "measure" else fact.type.kind if fact else "text"
    of = listed(library, node) if kind in {"choice", "choices"} else None
    boxes = _boxes(kind, of)
    statuses: tuple[Box, ...] = (Box(NOT_KNOWN, "asked, not known"), Box(DECLINED, "declined"))
    if not node.required:
        statuses = (*statuses, Box(LATER, "later"))
    asked = _Asked(library, node, kind, of)
    openings = tuple(asked.openings())
    led = tuple(asked.leading(box, openings) for box in (*boxes, *statuses))
    rules = () if asked.boxes_lead else tuple(asked.still_needed(_rules(library, node), led[: len(boxes)]))
    return FormStep(
        node,
        number,
        text,
        filled(library, node, node.say),
        kind,
        led[: len(boxes)],
        led[len(boxes) :],
        rules,
        openings,
        _then(node),
        of,
    )


def _boxes(kind: str, of: Listed | None) -> tuple[Box, ...]:
    if kind == "yes_no":
        return Box("yes", "Yes"), Box("no", "No")
    if of is None:
        return ()
    return tuple(Box(option.id, option.label, option.note) for option in of.options)


def _then(node: Node) -> Go | None:
    """Give where a step leads where no condition is true."""
    for kind in ("next", "otherwise"):
        for edge in node.edges:
            if edge.kind == kind:
                return _go(edge)
    return None


def _go(edge: Edge) -> Go:
    return Go(edge.go, edge.again)


def _rules(library: Library, node: Node) -> tuple[Rule, ...]:
    if all(edge.kind == "next" for edge in node.edges):
        return ()
    found = [
        Rule(said(library, edge.when), _go(edge), edge.when) for edge in node.edges if edge.when is not None
    ]
    unknown = [edge for edge in node.edges if edge.kind == "unknown"]
    found += [Rule("that is not known", _go(edge), unknown=True) for edge in unknown]
    return (*found, *(Rule("", _go(edge)) for edge in node.edges if edge.kind == "otherwise"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what hangs on its answer alone."""

    library: Library
    node: Node
    kind: str
    list: Listed | None

    def alone(self, condition: Condition) -> bool:
        """Say whether a condition reads this question only, and each of its boxes decides it."""
        own = {self.node.key, self.node.role}
        askers = self.library.askers.get(self.node.role, ()) if self.node.role else ()
        if not set(condition.reads) <= own or len(askers) > 1 or not condition.bound:
            return False
        if self.kind in {"yes_no", "choice"}:
            return not (self.list and self.list.folded)
        whole = self.list is not None and not self.list.folded and not self.list.chosen_at
        return self.kind == "choices" and whole and _grows(condition.expression)

    @property
    def boxes_lead(self) -> bool:
        """Say whether all that is said of where to go stands at the boxes."""
        when = [edge for edge in self.node.edges if edge.when is not None]
        if not when or not all(edge.when is not None and self.alone(edge.when) for edge in when):
            return False
        # Of several boxes ticked, two could lead to different steps: then the rules say which comes first.
        return self.kind != "choices" or len({edge.go for edge in when}) == 1

    def still_needed(self, rules: tuple[Rule, ...], boxes: tuple[Box, ...]) -> Iterator[Rule]:
        """Give the rules that say more than the boxes do."""
        for rule in rules:
            if rule.when is not None and boxes and self.alone(rule.when) and self.kind != "choices":
                true = [box for box in boxes if rule.when.truth(*self._known(box)) is True]
                if true and all(box.go is not None for box in true):
                    continue
            yield rule

    def openings(self) -> Iterator[Opening]:
        """Give the alerts that the answer may raise."""
        for alert in self.library.alerts.values():
            if any(node.key == self.node.key for node in raising(self.library, alert)):
                words = said(self.library, alert.raise_when)
                yield Opening(alert, words, self.alone(alert.raise_when))

    def leading(self, box: Box, openings: tuple[Opening, ...]) -> Box:
        """Give a box with where it leads and what it opens."""
        known, asked = self._known(box)
        opens = tuple(
            each.alert.id
            for each in openings
            if each.at_boxes and box.id != LATER and each.alert.raise_when.truth(known, asked) is True
        )
        if self.boxes_lead:
            go = self._taken(known, asked)
        else:
            go = self._certain(known) if self.kind in {"yes_no", "choice"} and known else None
        if self.kind == "choices" and go is not None and go == _then(self.node) and not self._is_status(box):
            go = None  # ticked beside another box, it says nothing
        return Box(box.id, box.label, box.note, go, opens)

    def _certain(self, known: Mapping[str, Any]) -> Go | None:
        """Give where an answer leads whatever else was answered, or None where that depends on it."""
        edges = [edge for edge in self.node.edges if edge.when is not None]
        for edge in edges:
            if (
                edge.when is None
                or not edge.when.bound
                or not (self.alone(edge.when) or _steady(edge.when.expression))
            ):
                return None
            truth = edge.when.truth(known, {})
            if truth is not False:
                return _go(edge) if truth else None
        return _then(self.node) if edges else None

    def _known(self, box: Box) -> tuple[dict[str, Any], dict[str, str]]:
        keys = [key for key in (self.node.key, self.node.role) if key]
        if box.id in {NOT_KNOWN, DECLINED} and self._is_status(box):
            return {}, dict.fromkeys(keys, box.id)
        if box.id == LATER and self._is_status(box):
            return {}, {}
        values = {"yes": True, "no": False} if self.kind == "yes_no" else {}
        value: Any = values.get(box.id, (box.id,) if self.kind == "choices" else box.id)
        return dict.fromkeys(keys, value), {}

    def _is_status(self, box: Box) -> bool:
        options = self.list.options if self.list else ()
        return box.id in {NOT_KNOWN, DECLINED, LATER} and all(option.id != box.id for option in options)

    def _taken(self, known: Mapping[str, Any], asked: Mapping[str, str]) -> Go | None:
        """Choose among the ways on as the walk does."""
        unknown = False
        for edge in self.node.edges:
            truth = edge.when.truth(known, asked) if edge.when is not None else False
            if truth is True:
                return _go(edge)
            unknown = unknown or truth is None
        for edge in self.node.edges:
            if unknown and edge.kind == "unknown":
                return _go(edge)
        return _then(self.node)


def _grows(expression: ast.Expression) -> bool:
    """Say whether a condition is about one of several options being ticked, so that each box alone decides it."""
    match expression:
        case ast.Or(parts=parts):
            return all(map(_grows, parts))
        case ast.In(right=ast.Name()):
            return True
        case ast.Call(function="any"):
            return True
    return False


def _steady(expression: ast.Expression) -> bool:
    """Say whether more answers cannot turn what is true or false of a condition: it does not ask what is known."""
    match expression:
        case ast.Not(inner=inner):
            return _steady(inner)
        case ast.And(parts=parts) | ast.Or(parts=parts):
            return all(map(_steady, parts))
        case ast.Compare() | ast.Between() | ast.In():
            return True
        case ast.Call(function=function):
            return function == "any"
    return False  # a name may stand for a derived fact


def filled(library: Library, node: Node, text: str) -> str:
    """Give a text for paper: names that are filled on screen say where their answer stands."""

    def blank(found: re.Match[str]) -> str:
        name = found[1]
        if name == "client":
            return "the client"
        if name == "item":
            return "________"
        numbers = numbers_of(library, f"{node.flowchart}.{name}") or numbers_of(library, name)
        return f"see {' or '.join(numbers)}" if numbers else name.replace("_", " ")

    return _BLANK.sub(blank, text) if "{" in text else text
