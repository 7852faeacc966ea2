"""Every route through one round of a flowchart and what it visits, as one formula.

A literal says of each node whether it was passed. A flowchart runs once a round, so its nodes stand once; what a
place knows depends on which questions were passed before it. What is not modelled exactly (a second run of the risk
guide, several items of an `each` at once) is left free under the literal `loose`: with it every real route is in
the formula, without it every route in the formula is meant to be real.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.prove.answers import listed
from goldenthread.prove.charts import Charts
from goldenthread.prove.formula import FALSE, TRUE, UNKNOWN, Formula, Truth
from goldenthread.prove.questions import Choosing, Listed, free
from goldenthread.prove.reading import truth_at, truth_of
from goldenthread.walk.program import ASK, DECIDE, END, MEASURE, PREVIOUS, TELL, VISIT, exclusive_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Fact, Scope, ast
    from goldenthread.language import Condition
    from goldenthread.model import Alert, Edge
    from goldenthread.prove.questions import Source
    from goldenthread.prove.reading import Atom, Atoms
    from goldenthread.walk import Program, Step


@dataclass(frozen=True, slots=True)
class Ended:
    """An end as the source of its flowchart's outcome."""

    end: int
    step: Step
    nothing: int = FALSE

    def valued(self, key: str) -> int:  # noqa: ARG002 -- the shape of a source
        """It gives the outcome wherever it is reached."""
        return self.end

    def unanswered(self, key: str) -> int:  # noqa: ARG002 -- as above
        """It is never asked."""
        return FALSE

    def atom(self, atom: Atom) -> Truth:
        """Give the truth over this outcome."""
        truth = atom.truth({atom.fact.key: self.step.node.id}, {})
        return (self.end, FALSE) if truth else (FALSE, FALSE if truth is None else self.end)

    def raw(self, model: object) -> None:  # noqa: ARG002 -- as above
        """Nobody answers an end."""


class Routes:
    """The routes from the start of one flowchart, in one round with any earlier history."""

    def __init__(self, program: Program, atoms: Atoms, root: str, formula: Formula) -> None:
        self.program, self.atoms, self.root, self.formula = program, atoms, root, formula
        self.charts = Charts(program, root)
        self.loose, self.second = formula.new(), formula.new()
        self.visited = {key: formula.new() for key in self.charts.keys}
        self.opened = {
            chart: {key: formula.new() for key in self.charts.askers_outside(chart)}
            for chart in self.charts.opened
        }
        self.taken: dict[tuple[str, int], int] = {}
        """The literal of each edge's being taken, by node and place among its edges."""
        self.stuck: dict[str, int] = {}
        self.begun: dict[str, int] = {root: TRUE}
        self._sources: dict[str, Source] = {}
        self._precedes: dict[tuple[str, str], int] = {}
        self._entered: dict[tuple[str, str], int] = {}
        self._active: dict[tuple[str, str, str, bool], int] = {}
        self._free: dict[str, Source] = {}
        self._any: dict[int, Truth] = {}
        self._raised: dict[str, int] = {}
        self._writers = self.charts.writers
        self._build()

    # The shape of a route

    def _build(self) -> None:
        formula = self.formula
        for chart, opened in self.opened.items():
            formula.at_most_one(list(opened.values()))
            for key, literal in opened.items():
                formula.add(-literal, self.visited[key])
                for visit in self.charts.visits.get(chart, ()):
                    formula.add(-literal, -self.visited[visit])
        into: dict[str, list[int]] = {key: [] for key in self.visited}
        self._starts(into)
        for key in self.charts.keys:
            step = self.program.steps[key]
            if step.kind in {ASK, MEASURE}:
                self.source(key)
            for n, (edge, target) in enumerate(self._edges(step)):
                literal = self._taken(step, n, edge)
                if not edge.again and target.key in into:
                    into[target.key].append(literal)
        for key, literals in into.items():
            formula.same(self.visited[key], formula.any(literals))

    def _starts(self, into: dict[str, list[int]]) -> None:
        """A round begins at the start, or where an edge with `again` led out of the round before."""
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
            if chart == self.root:
                continue
            start = self.program.charts[chart].start.key
            into[start].extend(self.entries(chart).values())

    def entries(self, chart: str) -> dict[str, int]:
        """Give the literals of a flowchart's being entered, by the node it is entered from."""
        visits = {visit: self.entered(visit) for visit in self.charts.visits.get(chart, ())}
        return visits | self.opened.get(chart, {})

    def entered(self, visit: str) -> int:
        """Give the literal of a visit's running its flowchart, not passing it by."""
        node = self.program.steps[visit].node
        key = (node.visit, visit)
        if key not in self._entered:
            if node.each:
                items = self.items(visit)
                self._entered[key] = self.formula.both(
                    self.visited[visit], items.count(1) if items else FALSE
                )
            else:
                others = [v for v in self.charts.visits[node.visit] if v != visit and not self._each(v)]
                done = self.formula.any(
                    [self.formula.both(self.visited[v], self.precedes(v, visit)) for v in others]
                )
                self._entered[key] = self.formula.both(self.visited[visit], -done)
        return self._entered[key]

    def _each(self, visit: str) -> bool:
        return bool(self.program.steps[visit].node.each)

    def items(self, visit: str) -> _List | None:
        """Give the list that an `each` runs over, as it stands at the visit."""
        node = self.program.steps[visit].node
        for key in (node.each, f"{node.flowchart}.{node.each}"):
            writers = [w for w in self._writers(key) if self.before(w, visit, after=True) != FALSE]
            if writers:
                return _List(self, key, visit, tuple(writers))
        return None

    def goes_on(self, step: Step) -> int:
        """Give the literal of the walk's going on after a node: a visit only where what it ran came back."""
        visited = self.visited[step.key]
        if step.kind == END:
            return FALSE
        if step.kind != VISIT:
            return self.formula.all([visited, *(-stopped for stopped in self._stopped_at(step.key))])
        entered = self.entered(step.key)
        back = self.formula.any([self.visited[key] for key in self.charts.returns(step.node.visit)])
        return self.formula.all([visited, self.formula.any([-entered, back])])

    def _stopped_at(self, key: str) -> Iterator[int]:
        """Give the literals of the whole walk's ending in a flowchart that was opened at a question."""
        for chart, places in self.opened.items():
            if key in places:
                back = self.formula.any([self.visited[end] for end in self.charts.returns(chart)])
                yield self.formula.both(places[key], -back)

    def _edges(self, step: Step) -> Iterator[tuple[Edge, Step]]:
        yield from self.charts.edges(step)

    def _taken(self, step: Step, n: int, edge: Edge) -> int:
        key = (step.key, n)
        if not self.taken.keys() & {key}:
            self._branch(step)
        return self.taken[key]

    def _branch(self, step: Step) -> None:
        """Put down when each edge of a node is taken: the first that is true, else unknown, else otherwise."""
        formula, on = self.formula, self.goes_on(step)
        earlier: list[int] = []
        unknown: list[int] = []
        places = {id(edge): n for n, (edge, _) in enumerate(self._edges(step))}
        for _, edge, _ in step.branches:
            true, false = self.truth(edge.when, step.key, after=True) if edge.when else UNKNOWN
            self.taken[step.key, places[id(edge)]] = formula.all([on, true, *(-t for t in earlier)])
            earlier.append(true)
            unknown.append(formula.all([-true, -false]))
        rest = formula.all([on, *(-t for t in earlier)])
        some_unknown = formula.any(unknown)
        left = rest
        if step.unknown is not None:
            self.taken[step.key, places[id(step.unknown[0])]] = formula.both(rest, some_unknown)
            left = formula.both(rest, -some_unknown)
        if step.otherwise is not None:
            self.taken[step.key, places[id(step.otherwise[0])]] = left
        elif step.kind != END:
            self.stuck[step.key] = left

    def closing(self, begun: str) -> int:
        """Give the literal of a round's closing so that the next begins at a node; an empty name is the start."""
        if begun:
            return self.formula.any(
                self.taken[key, n]
                for key in self.charts.keys
                for n, (edge, target) in enumerate(self._edges(self.program.steps[key]))
                if edge.again and target.key == begun
            )
        ends = [key for key in self.charts.returns(self.root)] + list(self.ends)
        return self.formula.any(self.visited[key] for key in ends)

    # Order

    def precedes(self, one: str, other: str) -> int:
        """Give the literal of one node's being passed before another, where both are passed."""
        key = (one, other)
        found = self._precedes.get(key)
        if found is None:
            found = self._precedes[key] = self._find_order(one, other)
        return found

    def _find_order(self, one: str, other: str) -> int:
        charts = self.charts
        first, second = charts.chart_of(one), charts.chart_of(other)
        if first == second:
            return TRUE if other in charts.after(one) else FALSE
        if charts.rank[first] < charts.rank[second]:
            # The later flowchart was entered from somewhere: that place comes after `one`, or is it.
            ways = [
                (entry, TRUE if visit == one else self.precedes(one, visit))
                for visit, entry in self.entries(second).items()
            ]
        else:
            ways = [
                (entry, TRUE if visit == other else self.precedes(visit, other))
                for visit, entry in self.entries(first).items()
            ]
        certain = {order for _, order in ways}
        if len(certain) <= 1:
            return certain.pop() if certain else FALSE
        return self.formula.any([self.formula.both(entry, order) for entry, order in ways])

    def before(self, writer: str, place: str, *, after: bool) -> int:
        """Give the literal of a question's being passed before a place. An empty place is the end of the round."""
        if writer == place:
            return TRUE if after else FALSE
        return self.precedes(writer, place) if place else TRUE

    # What is known at a place

    def source(self, key: str) -> Source:
        """Give what a question, or an end, makes known."""
        if key not in self._sources:
            step = self.program.steps[key]
            self._sources[key] = self._make_source(step)
        return self._sources[key]

    def _make_source(self, step: Step) -> Source:
        formula, visited, node = self.formula, self.visited[step.key], step.node
        if step.kind == END:
            return Ended(visited, step)
        if step.type is not None and step.type.kind == "choices":
            role = self.program.library.roles.get(step.role)
            choosing = Choosing(formula, step.type, visited=visited, other=role.other if role else node.other)
            self._sources[step.key] = choosing
            choosing.narrow(exclusive_options(role or node), node.at_least, node.at_most)
            for option, literal in choosing.options.items():
                formula.add(-literal, self.allowed(step.key, option))
            made: Choosing | Listed = choosing
            having = choosing.value
        else:
            instrument = self.program.library.instruments.get(node.measure)
            answers = listed(step, instrument, self.atoms.by_key)
            made = Listed(formula, answers, visited=visited)
            self._sources[step.key] = made
            for literal, answer in zip(made.literals, answers, strict=True):
                if answer.before is not None:
                    formula.add(-literal, self.second)
                if step.type is not None and step.type.kind == "choice":
                    formula.add(-literal, self.allowed(step.key, str(answer.raw)))
            having = formula.any(made.literals)
        stopped = formula.any(self._stopped_at(step.key))
        for literal in (having, made.nothing):
            formula.add(-literal, -stopped)
        if step.required:
            formula.add(-visited, having, made.nothing, stopped)
        return made

    def allowed(self, key: str, option: str) -> int:
        """Give the literal of an option's being on offer at a question."""
        hidden, chosen_in = self.charts.narrowing(key)
        parts = []
        if option in hidden:
            parts.append(-self.truth(hidden[option], key, after=False)[1])
        if chosen_in:
            known, among = self._chosen(key, chosen_in, option)
            parts.append(self.formula.any([-known, among]))
        return self.formula.all(parts)

    def _chosen(self, key: str, role: str, option: str) -> tuple[int, int]:
        known, among = [], []
        for writer in self._writers(role):
            active = self.active(writer, role, key, after=False)
            source = self.source(writer) if active != FALSE else None
            if isinstance(source, Choosing):
                known.append(active)
                among.append(self.formula.both(active, source.options.get(option, FALSE)))
        return self.formula.any(known), self.formula.any(among)

    def active(self, writer: str, key: str, place: str, *, after: bool) -> int:
        """Give the literal of a fact's having, at a place, the value that one question gave it."""
        cached = (writer, key, place, after)
        found = self._active.get(cached)
        if found is None:
            found = self._active[cached] = self._find_active(writer, key, place, after=after)
        return found

    def _find_active(self, writer: str, key: str, place: str, *, after: bool) -> int:
        before = self._reads(writer, key, place, after=after)
        if before == FALSE:
            return FALSE
        parts = [self.source(writer).valued(key), before]
        for other in self._writers(key):
            if other == writer:
                continue
            later = self.precedes(writer, other)
            there = self._reads(other, key, place, after=after) if later != FALSE else FALSE
            if there != FALSE:
                parts.append(-self.formula.all([self.source(other).valued(key), there, later]))
        return self.formula.all([*parts, *(-literal for literal in self._forgotten(writer, key, place))])

    def _reads(self, writer: str, key: str, place: str, *, after: bool) -> int:
        """As `before`, but what a flowchart that begins afresh has forgotten does not count."""
        own, here = self.charts.chart_of(writer), self.charts.chart_of(place) if place else ""
        if here != own and here in self.charts.afresh and key in self.program.charts[here].fills:
            return FALSE
        if (
            own in self.charts.each
            and key in self.program.charts[own].fills
            and here not in self.charts.below(own)
        ):
            return FALSE
        return self.before(writer, place, after=after)

    def _forgotten(self, writer: str, key: str, place: str) -> Iterator[int]:
        """Give the literals of a fact's having been forgotten since: each run for an item begins afresh."""
        own = self.charts.chart_of(writer)
        for chart in self.charts.afresh:
            if chart == own or key not in self.program.charts[chart].fills:
                continue
            if place and self.charts.chart_of(place) in self.charts.below(chart):
                continue
            visits = self.charts.visits.get(chart, ())
            entries = {v: self.visited[v] for v in visits if self._each(v)} | self.opened.get(chart, {})
            for visit, entry in entries.items():
                between = [entry, self.precedes(writer, visit)]
                between.append(self.before(visit, place, after=True) if place else TRUE)
                yield self.formula.all(between)

    def truth(self, condition: Condition, place: str, *, after: bool) -> Truth:
        """Give the truth of a condition at a place; an empty place is the end of the round."""
        return self.truth_at(condition, At(self, place, after))

    def truth_at(self, condition: Condition, place: At) -> Truth:
        """Give the truth of a condition at a place."""
        return truth_at(self.formula, self.atoms, condition, place)

    def unsure(self, key: str, place: str) -> bool:
        """Say whether a fact may have come from several runs of a flowchart, of which one is modelled."""
        here = self.charts.chart_of(place) if place else ""
        return any(
            key in self.program.charts[chart].fills and here not in self.charts.below(chart)
            for chart in self.charts.opened
        )

    def anything(self, name: int, true: int, false: int) -> Truth:
        """Give a truth that may be anything where `loose` holds."""
        formula, loose = self.formula, self.loose
        if name not in self._any:
            one, other = formula.new(), formula.new()
            formula.add(-one, -other)
            self._any[name] = (one, other)
        one, other = self._any[name]
        return (
            formula.any((formula.both(true, -loose), formula.both(one, loose))),
            formula.any((formula.both(false, -loose), formula.both(other, loose))),
        )

    def free(self, key: str, fact: Fact) -> Source:
        """Give a fact of the round before: anything, where there was one."""
        if key not in self._free:
            self._free[key] = free(self.formula, key, fact.type, self.atoms.by_key, visited=self.second)
        return self._free[key]

    @property
    def history(self) -> dict[str, Source]:
        """The facts of the round before that conditions read."""
        return self._free

    @cached_property
    def rests(self) -> int:
        """The literal of the round's not being closed by an edge that begins another."""
        return self.formula.all(
            -self.taken[key, n]
            for key in self.charts.keys
            for n, (edge, _) in enumerate(self._edges(self.program.steps[key]))
            if edge.again
        )

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
            self._raised[alert.id] = self.formula.any(
                self.formula.both(self.visited[key], self.truth(alert.raise_when, key, after=True)[0])
                for key in raising
            )
        return self._raised[alert.id]

    @cached_property
    def unopened(self) -> int:
        """The literal of nothing's being opened by hand."""
        return self.formula.all(-literal for literal in self._openings())

    def _openings(self) -> Iterator[int]:
        return (literal for places in self.opened.values() for literal in places.values())

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The ends at which the whole walk stops."""
        return tuple(key for key in self.charts.keys if self.program.steps[key].node.stop)


@dataclass(frozen=True, slots=True)
class _List:
    """The list that an `each` runs over."""

    routes: Routes
    key: str
    visit: str
    writers: tuple[str, ...]

    def count(self, number: int) -> int:
        """Give the literal of its having at least that many items."""
        formula, parts = self.routes.formula, []
        for writer in self.writers:
            source = self.routes.source(writer)
            active = self.routes.active(writer, self.key, self.visit, after=True)
            if isinstance(source, Choosing):
                parts.append(formula.both(active, source.count(number)))
            elif isinstance(source, Listed):
                long = [
                    lit
                    for lit, answer in zip(source.literals, source.answers, strict=True)
                    if len(answer.known.get(self.key, ())) >= number
                ]
                parts.append(formula.both(active, formula.any(long)))
        return formula.any(parts)

    def first(self, model: AbstractSet[int]) -> str:
        """Give the first item of a solution; an empty text where there is none."""
        for writer in self.writers:
            if not _holds(self.routes.active(writer, self.key, self.visit, after=True), model):
                continue
            raw = self.routes.source(writer).raw(model)
            for item in raw if isinstance(raw, list) else ():
                if isinstance(item, str):
                    return item
                return "own_1"
        return ""


def _holds(literal: int, model: AbstractSet[int]) -> bool:
    return literal in model if literal > 0 else -literal not in model


@dataclass(frozen=True, slots=True)
class At:
    """A place on a route: a node, before or after its own answer; without a name the end of the round."""

    routes: Routes
    place: str = ""
    after: bool = True
    within: str = ""
    """The flowchart whose run for one item is looked at."""

    def _writers(self, fact: Fact) -> Iterator[tuple[Source, int]]:
        routes = self.routes
        if fact.key.startswith(PREVIOUS):
            source = routes.free(fact.key, fact)
            yield source, source.valued(fact.key)
            return
        for writer in routes.charts.writers(fact.key):
            if self.within and routes.charts.chart_of(writer) == self.within:
                source = routes.source(writer)
                yield source, source.valued(fact.key)
                continue
            active = routes.active(writer, fact.key, self.place, after=self.after)
            if active != FALSE:
                yield routes.source(writer), active

    def atom(self, atom: Atom) -> Truth:
        """Give the truth of an atom here."""
        formula = self.routes.formula
        true, false = [], []
        for source, active in self._writers(atom.fact):
            t, f = source.atom(atom)
            true.append(formula.both(active, t))
            false.append(formula.both(active, f))
        return self._loosened(atom.fact, formula.any(true), formula.any(false), id(atom))

    def _loosened(self, fact: Fact, true: int, false: int, name: int) -> Truth:
        if not self.routes.unsure(fact.key, self.place):
            return true, false
        return self.routes.anything(name, true, false)

    def known(self, fact: Fact) -> int:
        """Give the literal of a value here."""
        literal = self.routes.formula.any([active for _, active in self._writers(fact)])
        return self._loosened(fact, literal, -literal, hash(("known", fact.key)))[0]

    def answered(self, fact: Fact) -> int:
        """Give the literal of its having been asked here."""
        routes = self.routes
        parts = [self.known(fact)]
        for writer in routes.charts.writers(fact.key):
            before = routes.before(writer, self.place, after=self.after)
            if before != FALSE:
                parts.append(routes.formula.both(routes.source(writer).unanswered(fact.key), before))
        literal = routes.formula.any(parts)
        return self._loosened(fact, literal, -literal, hash(("answered", fact.key)))[0]

    def over_each(self, call: ast.Call, scope: Scope, atoms: Atoms) -> Truth:
        """Give the truth of `any_of` or `all_of`: of one item exactly, of several only as far as one decides."""
        routes, formula = self.routes, self.routes.formula
        assert call.condition is not None  # noqa: S101 -- such a call has one
        chart = next(f.each for f in _each_facts(call, scope) if f.each)
        visits = [v for v in routes.charts.visits.get(chart, ()) if routes.program.steps[v].node.each]
        inner = truth_of(formula, atoms, call.condition, scope, At(routes, self.place, self.after, chart))
        any_ = call.function == "any_of"
        true, false = [], []
        for visit in visits:
            items = routes.items(visit)
            here = formula.both(
                routes.visited[visit],
                routes.before(visit, self.place, after=self.after) if self.place else TRUE,
            )
            none = -items.count(1) if items else TRUE
            several = items.count(2) if items else FALSE
            t = formula.all([here, -none, inner[0], TRUE if any_ else -several])
            f = formula.all([here, -none, inner[1], -several if any_ else TRUE])
            empty = formula.both(here, none)
            true.append(t if any_ else formula.any([t, empty]))
            false.append(formula.any([f, empty]) if any_ else f)
        return routes.anything(id(call), formula.any(true), formula.any(false))


def _each_facts(call: ast.Call, scope: Scope) -> Iterator[Fact]:
    from goldenthread.language.types import facts_of

    assert call.condition is not None
    yield from facts_of(call.condition, scope)
