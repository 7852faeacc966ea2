"""Every route through one round of a flowchart and what it visits, as one formula."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.prove.formula import FALSE, TRUE, UNKNOWN
from goldenthread.prove.known import Known
from goldenthread.prove.place import At, items_of
from goldenthread.prove.questions import OWN, holds
from goldenthread.prove.stays import once_cleared, once_run
from goldenthread.walk.program import ASK, END, MEASURE, VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Condition
    from goldenthread.model import Alert, Edge
    from goldenthread.prove.formula import Formula, Truth
    from goldenthread.prove.reading import Atoms
    from goldenthread.walk import Program, Step


class Routes(Known):
    """The routes from the start of one flowchart, in one round with any earlier history."""

    def __init__(self, program: Program, atoms: Atoms, root: str, formula: Formula) -> None:
        super().__init__(program, atoms, root, formula)
        self.taken: dict[tuple[str, int], int] = {}
        """The literal of each edge's being taken, by node and place among its edges."""
        self.stuck: dict[str, int] = {}
        """By node without `otherwise`, the literal of no edge's being taken."""
        self.begun: dict[str, int] = {root: TRUE}
        """The literal of the round's beginning at a node; at the start, by the name of the flowchart."""
        self._raised: dict[str, int] = {}
        self._clears: dict[str, int] = {}
        self._clears_elsewhere: dict[str, int] = {}
        self._cuts: dict[str, int] = {}
        self._build()

    def _build(self) -> None:
        into: dict[str, list[int]] = {key: [] for key in self.visited}
        self._begin(into)
        for key in self.charts.keys:
            step = self.program.steps[key]
            if step.kind in {ASK, MEASURE}:
                self._ask(step)
            self._branch(step)
            for n, (edge, target) in enumerate(self.charts.edges(step)):
                if not edge.again and target.key in into:
                    into[target.key].append(self.taken[key, n])
        for key, literals in into.items():
            self.formula.same(self.visited[key], self.formula.any(literals))
        for visit in self.runs:
            self._run(visit)
        for chart in self.charts.opened:
            self._open(chart)
        for chart in self.charts.opened:
            self._keep(chart)
        for chart in self.charts.unsteady:
            self.formula.at_most_one([literal for _, literal in self.entries(chart)])

    def _run(self, visit: str) -> None:
        """Demand of a visit that it runs its flowchart in its turn; loosely it may be another run that stands."""
        formula, run = self.formula, self.runs[visit]
        turn = self.visited[visit] if self.by_item(visit) else self.turn(visit)
        if self.by_item(visit):
            items = items_of(self, visit)
            turn = formula.both(turn, items.count(1) if items else FALSE)
            if items is None or not items.changing:
                once = items is None or self.program.steps[visit].node.max == 1
                several = FALSE if once or items is None else items.count(2)
                formula.same(self.many[visit], formula.both(self.visited[visit], several))
        formula.add(-run, turn)
        formula.add(run, -turn, self.loose)

    def _open(self, chart: str) -> None:
        """Demand of what is opened that the place is passed, and of an alert that it was raised there."""
        formula = self.formula
        for key, literal in self.opened[chart].items():
            formula.add(-literal, self.visited[key])
            if not self.program.steps[key].waits or not self.charts.by_hand(chart):
                # It is opened within the visit, or within what is opened, at what that comes to itself.
                formula.add(-literal, self.loose)
        for key, literal in self.alerted[chart].items():
            formula.add(-literal, self.visited[key])
            raising = self._raising(chart, key)
            formula.add(-literal, raising, self.loose if self._raised_within else FALSE)
            formula.add(literal, -raising, self.loose)

    def _keep(self, chart: str) -> None:
        """Demand that what an alert's flowchart always asks is answered in the end, whatever other runs tell."""
        facts = once_run(self.program, chart)
        for fact in facts:
            answered = At(self).answered(fact)
            for alert, key in self._opening(chart):
                self.formula.add(-self.loose, -self.raises(alert, key), answered)

    def _opening(self, chart: str) -> Iterator[tuple[Alert, str]]:
        """Give the alerts that open a flowchart, with the questions after which it surely runs."""
        for key in self.charts.keys:
            step = self.program.steps[key]
            goes_on = step.otherwise is not None and not any(
                edge.again for edge, _ in self.charts.edges(step)
            )
            if goes_on:
                yield from ((alert, key) for alert in step.alerts if alert.opens == chart)

    @cached_property
    def _raised_within(self) -> bool:
        """Whether an alert can be raised in a flowchart that is opened itself."""
        inside = frozenset().union(*(self.charts.below(chart) for chart in self.charts.opened))
        raising = any(
            self.charts.chart_of(key) in inside and self.program.steps[key].alerts for key in self.charts.keys
        )
        return raising or len(self.charts.opened) > 1

    def _raising(self, chart: str, key: str) -> int:
        """Give the literal of a question's raising an alert that opens a flowchart there and then."""
        step = self.program.steps[key]
        raised = self.formula.any([self.raises(alert, key) for alert in step.alerts if alert.opens == chart])
        # Where the question closes the round, or no branch leads on, nothing is opened after it.
        over = [self.taken[key, n] for n, (edge, _) in enumerate(self.charts.edges(step)) if edge.again]
        return self.formula.all([raised, -self.stuck.get(key, FALSE), *(-literal for literal in over)])

    def raises(self, alert: Alert, key: str) -> int:
        """Give the literal of an alert's condition being true after a question that was not left for later."""
        question = self.question(key)
        given = self.formula.any((question.value, question.nothing))
        return self.formula.both(given, self.truth(alert.raise_when, key, after=True)[0])

    def _begin(self, into: dict[str, list[int]]) -> None:
        """Demand that a round begins at the start, or where an edge with `again` led out of the round before."""
        again = sorted({target.key for _, _, target in self.charts.again})
        begins = [self.formula.new() for _ in again]
        self.formula.at_most_one(begins)
        for key, literal in zip(again, begins, strict=True):
            self.formula.add(-literal, self.second)
            self.begun[key] = literal
            into[key].append(literal)
        start = self.program.charts[self.root].start.key
        self.begun[self.root] = self.formula.all([-literal for literal in begins])
        into[start].append(self.begun[self.root])
        for chart in self.charts.ids:
            if chart != self.root:
                into[self.program.charts[chart].start.key] += [literal for _, literal in self.entries(chart)]

    def _ask(self, step: Step) -> None:
        """Demand of an answer that it is on offer, and given where the question is not left."""
        formula, question = self.formula, self.question(step.key)
        stopped = formula.any([*self._stopped_at(step.key, self.opened), self._cut(step.key)])
        for option, literal in question.options.items():
            formula.add(-literal, self.allowed(step.key, option))
        for literal in (question.value, question.nothing):
            formula.add(-literal, -stopped)
        if step.required:
            formula.add(-self.visited[step.key], question.value, question.nothing, stopped)

    def goes_on(self, step: Step) -> int:
        """Give the literal of the walk's going on after a node: a visit only where what it ran came back."""
        formula, visited = self.formula, self.visited[step.key]
        if step.kind == END:
            return FALSE
        parts = [visited, -self._cut(step.key)]
        parts += [-stopped for stopped in self._stopped_at(step.key, self.opened)]
        if step.kind == VISIT:
            back = formula.any([self.visited[key] for key in self.charts.returns(step.node.visit)])
            parts.append(formula.any([-self.entered(step.key), back]))
            parts += [-stopped for stopped in self._stopped_at(step.key, self.alerted)]
        else:
            # What the question leads to is come to and no more.
            parts += [
                formula.any((-stopped, self.past)) for stopped in self._stopped_at(step.key, self.alerted)
            ]
        return formula.all(parts)

    def _stopped_at(self, key: str, ways: Mapping[str, Mapping[str, int]]) -> Iterator[int]:
        """Give the literals of the whole walk's ending in a flowchart that was opened at a node."""
        for chart, places in ways.items():
            if key in places:
                back = self.formula.any([self.visited[end] for end in self.charts.returns(chart)])
                yield self.formula.both(places[key], -back)

    def _cut(self, key: str) -> int:
        """Give the literal of the walk's ending here in another run than the one that stands."""
        if key not in self._cuts:
            step = self.program.steps[key]
            cut = FALSE
            if (step.waits and self.charts.opened) or (step.node.visit in self.charts.unsteady):
                cut = self.formula.new()
                self.formula.add(-cut, self.loose)
            self._cuts[key] = cut
        return self._cuts[key]

    def _branch(self, step: Step) -> None:
        """Put down when each edge of a node is taken: the first that is true, else unknown, else otherwise."""
        places = {id(edge): n for n, (edge, _) in enumerate(self.charts.edges(step))}
        for literal, edge, _ in read_edges(step, At(self, step.key), self.goes_on(step)):
            if edge is not None:
                self.taken[step.key, places[id(edge)]] = literal
            else:
                self.stuck[step.key] = literal

    def allowed(self, key: str, option: str) -> int:
        """Give the literal of an option's being on offer at a question."""
        hidden, chosen_in, other = self.charts.narrowing(key)
        if other and option.startswith(OWN):
            return TRUE
        parts = []
        if option in hidden:
            parts.append(-self.truth(hidden[option], key, after=False)[1])
        if chosen_in:
            known, among = At(self, key, after=False).chosen(chosen_in, option)
            # Own words are on offer only where they were said; authored options also before anything was chosen.
            parts.append(among if option.startswith(OWN) else self.formula.any([-known, among]))
        return self.formula.all(parts)

    def truth(self, condition: Condition, place: str, *, after: bool) -> Truth:
        """Give the truth of a condition at a place; an empty place is the end of the round."""
        return self.truth_at(condition, At(self, place, after))

    # What a whole round comes to

    def closing(self, begun: str) -> int:
        """Give the literal of a round's closing so that the next begins at a node; an empty name is the start."""
        if begun:
            return self.formula.any(self.taken[edge] for edge, target in self._again() if target == begun)
        return self.formula.any(self.visited[key] for key in (*self.charts.returns(self.root), *self.ends))

    def _again(self) -> Iterator[tuple[tuple[str, int], str]]:
        """Give the edges that close the round, each with the node at which it begins the next."""
        for key in self.charts.keys:
            for n, (edge, target) in enumerate(self.charts.edges(self.program.steps[key])):
                if edge.again:
                    yield (key, n), target.key

    @cached_property
    def rests(self) -> int:
        """The literal of the round's not being closed by an edge that begins another."""
        return self.formula.all(-self.taken[edge] for edge, _ in self._again())

    @cached_property
    def ways(self) -> tuple[tuple[int, ...], ...]:
        """What to demand beside a claim, the simplest first: no alert, nothing opened, no earlier round."""
        simple = (-self.loose, -self.second)
        return (
            (*simple, self.calm),
            (*simple, self.unopened),
            (*simple, self.quiet),
            (*simple, self.alone, self.unstopped),
            (*simple, self.unstopped),
            (*simple, self.alone),
            simple,
            (-self.loose,),
        )

    @property
    def loosely(self) -> tuple[tuple[int, ...], ...]:
        """What to demand where what is followed exactly shows nothing: several runs, of which the walk has the say."""
        one_way = (self.loose, -self.past)
        alike = (*one_way, -self.apart)
        going_on = (*alike, -self.second, self.unstopped)
        return (going_on, (*alike, -self.second), alike, (*one_way, -self.second), one_way, (self.loose,))

    @cached_property
    def calm(self) -> int:
        """The literal of no alert's being raised and nothing's being opened by hand."""
        return self.formula.both(self.quiet, self.unopened)

    @cached_property
    def quiet(self) -> int:
        """The literal of no alert's being raised."""
        return self.formula.all(-self.raised(alert) for alert in self.program.library.alerts.values())

    def raised(self, alert: Alert) -> int:
        """Give the literal of an alert's being raised after one of the answers that it reads."""
        if alert.id not in self._raised:
            raising = [key for key in self.charts.keys if alert in self.program.steps[key].alerts]
            self._raised[alert.id] = self.formula.any(self.raises(alert, key) for key in raising)
        return self._raised[alert.id]

    def cleared(self, alert: Alert) -> int:
        """Give the literal of an alert's being cleared by what a run of its flowchart has recorded."""
        return self.formula.any((self._clears_now(alert), self._clears_in_another(alert)))

    def raised_and_cleared(self, alert: Alert) -> int:
        """Give the literal of an alert's being raised, and cleared by the run that stands: any of them may be that."""
        raising = [key for key in self.charts.keys if alert in self.program.steps[key].alerts]
        elsewhere = any(self.charts.chart_of(key) in self.charts.unsteady for key in raising)
        raised = self.formula.any((self.raised(alert), self.apart if elsewhere else FALSE))
        return self.formula.both(raised, self._clears_now(alert))

    def never_cleared(self, alert: Alert) -> None:
        """Note that no run clears an alert that was raised."""
        self.formula.add(-self._clears_in_another(alert))

    def _clears_now(self, alert: Alert) -> int:
        """Give the literal of an alert's being cleared at the end of the run that stands."""
        if alert.id not in self._clears:
            ends = [key for key in self.charts.keys if self.program.steps[key].kind == END]
            self._clears[alert.id] = self.formula.any(
                self.formula.both(self.visited[key], self.truth(alert.cleared_when, key, after=True)[0])
                for key in ends
                if self.charts.chart_of(key) == alert.opens
            )
        return self._clears[alert.id]

    def _clears_in_another(self, alert: Alert) -> int:
        """Give the literal of an alert's being cleared at the end of another run."""
        if alert.id not in self._clears_elsewhere:
            stays = (At(self).answered(fact) for fact in once_cleared(self.program, alert))
            self._clears_elsewhere[alert.id] = self.formula.all([self.apart, self.formula.new(), *stays])
        return self._clears_elsewhere[alert.id]

    @cached_property
    def unopened(self) -> int:
        """The literal of nothing's being opened by hand."""
        ways = [*self.opened.values(), *self.alerted.values()]
        return self.formula.all(-literal for places in ways for literal in places.values())

    @cached_property
    def alone(self) -> int:
        """The literal of one thing at most being raised or opened by hand."""
        return -self.formula.at_least(2, self._stirring)

    @cached_property
    def unstopped(self) -> int:
        """The literal of no end's being reached at which the whole walk stops."""
        return self.formula.all(-self.visited[key] for key in self.ends)

    @cached_property
    def _stirring(self) -> list[int]:
        raised = [self.raised(alert) for alert in self.program.library.alerts.values()]
        return [*raised, *(literal for places in self.opened.values() for literal in places.values())]

    def stir(self, model: AbstractSet[int]) -> int:
        """Give the literal of the same being raised and opened as in a solution, and the same way being gone there."""
        opened = [
            self.taken[edge] for edge in self.taken if self.charts.chart_of(edge[0]) in self.charts.opened
        ]
        literals = [*self._stirring, *opened]
        return self.formula.all([literal if holds(literal, model) else -literal for literal in literals])

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The ends at which the whole walk stops."""
        return tuple(key for key in self.charts.keys if self.program.steps[key].node.stop)


def read_edges(step: Step, place: At, on: int = TRUE) -> list[tuple[int, Edge | None, Step | None]]:
    """Give the edges of a node as they are read at a place, each with its literal, one of which holds where `on` does.

    Without an edge it is that of none's being taken.
    """
    formula = place.routes.formula
    made: list[tuple[int, Edge | None, Step | None]] = []
    earlier: list[int] = []
    unknown: list[int] = []
    for _, edge, target in step.branches:
        true, false = place.routes.truth_at(edge.when, place) if edge.when is not None else UNKNOWN
        made.append((formula.all([on, true, *(-t for t in earlier)]), edge, target))
        earlier.append(true)
        unknown.append(formula.all([-true, -false]))
    left = rest = formula.all([on, *(-t for t in earlier)])
    some_unknown = formula.any(unknown)
    if step.unknown is not None:
        made.append((formula.both(rest, some_unknown), *step.unknown))
        left = formula.both(rest, -some_unknown)
    if step.otherwise is not None:
        made.append((left, *step.otherwise))
    elif step.kind != END:
        made.append((left, None, None))
    return made


__all__ = ["At", "Routes", "read_edges"]
