"""What is known at a place on a route: which question's answer stands there, and what was forgotten since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.prove.answers import listed
from goldenthread.prove.formula import FALSE, TRUE
from goldenthread.prove.order import Order
from goldenthread.prove.questions import Choosing, Ended, Listed, free, own_words, takes_own
from goldenthread.prove.reading import truth_at
from goldenthread.walk.program import END, PREVIOUS, exclusive_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.language import Condition, Fact
    from goldenthread.prove.formula import Formula, Truth
    from goldenthread.prove.questions import Source
    from goldenthread.prove.reading import Atoms, Place
    from goldenthread.walk import Program, Step


OVER_TIME = frozenset({"first", "change", "reliable"})


class Known(Order):
    """The sources of facts, and where on a route each of them is the one that counts.

    What is not modelled exactly (a second run of the risk guide, several items of an `each` at once) may be anything
    under the literal `loose`: with it every real route is in the formula, without it every route in the formula is
    meant to be real. Under `apart` the other runs may tell anything; loose without it, as if they told what the one
    that stands does. Under `past` the walk may go on where that one stops it.
    """

    def __init__(self, program: Program, atoms: Atoms, root: str, formula: Formula) -> None:
        super().__init__(program, root, formula)
        self.atoms = atoms
        self.loose, self.second = formula.new(), formula.new()
        self.apart, self.past = (formula.both(self.loose, formula.new()) for _ in range(2))
        self._questions: dict[str, Listed | Choosing] = {}
        self._ends: dict[str, Ended] = {}
        self._active: dict[tuple[str, str, str, bool], int] = {}
        self._free: dict[str, Listed | Choosing] = {}
        self._by_itself: dict[str, int] = {}
        self._within: dict[tuple[str, str], int] = {}
        self._truths: dict[tuple[Condition, Place], Truth] = {}
        self._whatever: dict[tuple[int, str, bool], Truth] = {}
        self._unsure: dict[tuple[str, str, bool], int] = {}
        self._elsewhere: dict[tuple[str, int, str], Listed | Choosing] = {}

    def source(self, key: str) -> Source:
        """Give what a question, or an end, makes known."""
        step = self.program.steps[key]
        if step.kind != END:
            return self.question(key)
        if key not in self._ends:
            self._ends[key] = Ended(self.visited[key], step)
        return self._ends[key]

    def question(self, key: str) -> Listed | Choosing:
        """Give what a question can be answered."""
        if key not in self._questions:
            self._questions[key] = self._make_question(self.program.steps[key])
        return self._questions[key]

    def _make_question(self, step: Step) -> Listed | Choosing:
        formula, visited, node, atoms = self.formula, self.visited[step.key], step.node, self.atoms.by_key
        keys = [key for key in (step.key, step.role) if key]
        if step.type is not None and step.type.kind == "choices":
            asked = self.program.library.roles.get(step.role) or node
            own = 0
            if takes_own(step.role if step.role in self.program.library.roles else step.key, self.program):
                # A flowchart that runs for each of a list may run for several in the client's own words.
                least = max(node.at_least, 0 if self.charts.listed.isdisjoint(keys) else 1)
                own = max(own_words(key, atoms, least) for key in keys)
            choosing = Choosing(formula, step.type, visited=visited, own=own, taken=not asked.other)
            choosing.narrow(exclusive_options(asked), node.at_least, node.at_most)
            return choosing
        instrument = self.program.library.instruments.get(node.measure)
        named = step.type is not None and step.type.kind == "choice"
        answers = listed(step, instrument, atoms)
        made = Listed(formula, answers, visited=visited, own=keys, named=named)
        for literal, answer in zip(made.literals, answers, strict=True):
            if answer.before is not None:
                formula.add(-literal, self.second)
        return made

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
        for other in self.charts.writers(key):
            if other == writer:
                continue
            later = self.precedes(writer, other)
            there = self._reads(other, key, place, after=after) if later != FALSE else FALSE
            if there != FALSE:
                parts.append(-self.formula.all([self.source(other).settles(key), there, later]))
        return self.formula.all(
            [*parts, *(-literal for literal in self._forgotten(writer, key, place, after=after))]
        )

    def told_for_item(self, writer: str, key: str) -> int:
        """Give the literal of a question's having told a fact last in the run for an item."""
        chart = self.charts.chart_of(writer)
        others = [w for w in self.charts.writers(key) if w != writer and self.charts.chart_of(w) == chart]
        later = [self.formula.both(self.source(w).settles(key), self.precedes(writer, w)) for w in others]
        return self.formula.all([self.source(writer).valued(key), *(-literal for literal in later)])

    def standing(self, writer: str, key: str, place: str, *, after: bool) -> int:
        """Give the literal of a question's having been passed before a place, and not forgotten since.

        A score may tell what an earlier one left open; what a later one leaves out is open no more.
        """
        reads = self._reads(writer, key, place, after=after)
        if reads == FALSE:
            return FALSE
        gone = [*self._forgotten(writer, key, place, after=after)]
        for other in self.charts.measures.get(key.partition(".")[0], ()):
            later = self.precedes(writer, other) if other != writer else FALSE
            if later != FALSE:
                there = self._reads(other, key, place, after=after)
                gone.append(self.formula.all([self.source(other).valued(key), there, later]))
        return self.formula.all([reads, *(-literal for literal in gone)])

    def _reads(self, writer: str, key: str, place: str, *, after: bool) -> int:
        """As `before`, but what was answered for an item is no fact after its run."""
        own, here = self.charts.chart_of(writer), self.charts.chart_of(place) if place else ""
        fills = self.program.charts[own].fills
        if self.once_an_item(own) and key in fills and here not in self.charts.below(own):
            # A walk that ends within the run has not forgotten it, and what is opened there reads it.
            within = self.within(own, here) if place else -self._came_back(own)
            if within == FALSE or not place:
                return within
            return self.formula.both(within, self.before(writer, place, after=after))
        if here != own and here in self.charts.afresh and key in self.program.charts[here].fills:
            visits = [v for v in self.charts.visits.get(here, ()) if not self.by_item(v)]
            if not visits:
                return FALSE
        return self.before(writer, place, after=after)

    def once_an_item(self, chart: str) -> bool:
        """Say whether a flowchart is visited once an item, and not otherwise."""
        return chart in self.charts.each and all(self.by_item(visit) for visit in self.charts.visits[chart])

    def within(self, outer: str, chart: str) -> int:
        """Give the literal of a flowchart's run lying in that of another."""
        if chart == outer:
            return TRUE
        cached = (outer, chart)
        if cached not in self._within:
            ways = [
                (self.within(outer, self.charts.chart_of(e.place)), lit) for e, lit in self.entries(chart)
            ]
            self._within[cached] = self.formula.any(self.formula.both(*way) for way in ways)
        return self._within[cached]

    def _came_back(self, chart: str) -> int:
        """Give the literal of a flowchart's run having come to an end that leads back."""
        return self.formula.any(self.visited[end] for end in self.charts.returns(chart))

    def _forgotten(self, writer: str, key: str, place: str, *, after: bool) -> Iterator[int]:
        """Give the literals of a fact's having been forgotten since: each run for an item begins afresh."""
        own, here = self.charts.chart_of(writer), self.charts.chart_of(place) if place else ""
        for chart in self.charts.afresh:
            if key not in self.program.charts[chart].fills:
                continue
            visits = [v for v in self.charts.visits.get(chart, ()) if self.by_item(v)]
            if chart != own:
                start = self.program.charts[chart].start.key
                before = self.precedes(writer, start)
                there = TRUE if here == chart else self.before(start, place, after=after)
                yield self.formula.all([self.by_itself(chart), before, there])
            for visit in visits if here not in self.charts.below(chart) else ():
                passed = [self.visited[visit], self.precedes(writer, visit)]
                passed += [self._came_back(chart)] if own in self.charts.below(chart) and not place else []
                passed += [-self.within(chart, here)] if place else []
                yield self.formula.all([*passed, self.before(visit, place, after=after)])

    def by_itself(self, chart: str) -> int:
        """Give the literal of a flowchart's run being one for an item, or opened by hand or an alert."""
        if chart not in self._by_itself:
            visits = [v for v in self.charts.visits.get(chart, ()) if self.by_item(v)]
            entries = [self.entered(visit) for visit in visits]
            entries += [literal for _, literal in self.openings(chart)]
            self._by_itself[chart] = self.formula.any(entries)
        return self._by_itself[chart]

    def free(self, key: str, fact: Fact) -> Listed | Choosing:
        """Give a fact of the round before: anything, where there was one."""
        if key not in self._free:
            self._free[key] = self._anything(key, key.removeprefix(PREVIOUS), fact, self.second)
        return self._free[key]

    def _anything(self, key: str, own: str, fact: Fact, visited: int) -> Listed | Choosing:
        other = takes_own(own, self.program)
        return free(self.formula, key, fact.type, self.atoms.by_key, visited=visited, other=other)

    @property
    def history(self) -> Mapping[str, Listed | Choosing]:
        """The facts of the round before that conditions read."""
        return self._free

    def truth_at(self, condition: Condition, place: Place) -> Truth:
        """Give the truth of a condition at a place; found once, since hundreds of claims rest on a few conditions."""
        cached = (condition, place)
        if cached not in self._truths:
            self._truths[cached] = truth_at(self.formula, self.atoms, condition, place)
        return self._truths[cached]

    # What is not modelled exactly

    def unsure(self, key: str, place: str, *, after: bool) -> int:
        """Give the literal of a fact's perhaps having come, at a place, from another run than the one that stands."""
        cached = (key, place, after)
        if cached not in self._unsure:
            sure = [self._sure(chart, key, place, after=after) for chart in self.charts.afresh]
            sure.append(-self._over_time(key))
            self._unsure[cached] = self.formula.both(self.apart, -self.formula.all(sure))
        return self._unsure[cached]

    def _sure(self, chart: str, key: str, place: str, *, after: bool) -> int:
        """Give the literal of the runs of one flowchart, but for the one that stands, having no say."""
        charts, here = self.charts, self.charts.chart_of(place) if place else ""
        below, fills = charts.below(chart), self.program.charts[chart].fills
        telling = charts.tellers(key) & below
        if not telling or not self._can_have_run(chart, place, after=after):
            return TRUE
        if here != chart and here in below:
            # Opened within a run of this flowchart, the other may run it again before that has ended.
            again = chart in charts.opened and here in charts.apart(chart)
            return TRUE if telling == {here} and not again else FALSE
        if telling == {chart} and key in fills:
            if here == chart:
                return self._told_here(chart, key, place, after=after)
            if chart not in charts.opened and self.once_an_item(chart):
                return TRUE
        visits = charts.visits.get(chart, ())
        return -self.many[visits[0]] if chart not in charts.opened and len(visits) == 1 else FALSE

    def _can_have_run(self, chart: str, place: str, *, after: bool) -> bool:
        """Say whether any run of a flowchart can lie before a place: by a visit, or where anything can be opened."""
        charts = self.charts
        if not place or charts.chart_of(place) in charts.unsteady:
            return True
        if any(self.before(v, place, after=after) != FALSE for v in charts.visits.get(chart, ())):
            return True
        entries = (entry for opened in charts.opened for entry, _ in self.openings(opened))
        return any(self._after_entry(entry, place, ran=after) != FALSE for entry in entries)

    def _told_here(self, chart: str, key: str, place: str, *, after: bool) -> int:
        """Give the literal of the run's having forgotten all earlier ones, or having told the fact itself."""
        if self.once_an_item(chart):
            return TRUE
        own = [writer for writer in self.charts.writers(key) if self.charts.chart_of(writer) == chart]
        told = [self.active(writer, key, place, after=after) for writer in own]
        return self.formula.any([self.by_itself(chart), *told])

    def _over_time(self, key: str) -> int:
        """Give whether a fact is a change of scores that can be taken twice in a round, or each of one scale."""
        instrument, _, part = key.partition(".")
        measures = self.charts.measures.get(instrument, ())
        several = measures and len(self.program.library.instruments[instrument].scales) > 1
        return TRUE if (len(measures) > 1 or several) and part.rpartition(".")[2] in OVER_TIME else FALSE

    def whatever(self, name: tuple[int, str, bool]) -> Truth:
        """Give a truth that is bound to nothing."""
        if name not in self._whatever:
            one, other = self._whatever[name] = (self.formula.new(), self.formula.new())
            self.formula.add(-one, -other)
        return self._whatever[name]

    def elsewhere(self, key: str, place: str, *, after: bool) -> Listed | Choosing:
        """Give what another run than the one that stands may have told at a place: anything."""
        unsure = self.unsure(key, place, after=after)
        cached = (key, unsure, self.charts.standing(place, after=after))
        if cached not in self._elsewhere:
            fact = self.program.library.facts[key]
            self._elsewhere[cached] = self._anything(key, key, fact, unsure)
        return self._elsewhere[cached]

    def elsewhere_told(self) -> Iterator[tuple[str, int, Listed | Choosing]]:
        """Give what another run may have told: by fact, the literal of its having done so, and what it told."""
        yield from [(key, unsure, source) for (key, unsure, _), source in self._elsewhere.items()]
