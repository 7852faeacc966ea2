"""What is known at a place on a route: which question's answer stands there, and what was forgotten since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.prove.answers import listed
from goldenthread.prove.formula import FALSE, TRUE
from goldenthread.prove.order import Order
from goldenthread.prove.questions import Choosing, Ended, Listed, free
from goldenthread.prove.reading import truth_at
from goldenthread.walk.program import END, exclusive_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.language import Condition, Fact
    from goldenthread.prove.formula import Formula, Truth
    from goldenthread.prove.questions import Source
    from goldenthread.prove.reading import Atoms, Place
    from goldenthread.walk import Program, Step


class Known(Order):
    """The sources of facts, and where on a route each of them is the one that counts.

    What is not modelled exactly (a second run of the risk guide, several items of an `each` at once) may be anything
    under the literal `loose`: with it every real route is in the formula, without it every route in the formula is
    meant to be real.
    """

    def __init__(self, program: Program, atoms: Atoms, root: str, formula: Formula) -> None:
        super().__init__(program, root, formula)
        self.atoms = atoms
        self.loose, self.second = formula.new(), formula.new()
        self._questions: dict[str, Listed | Choosing] = {}
        self._ends: dict[str, Ended] = {}
        self._active: dict[tuple[str, str, str, bool], int] = {}
        self._free: dict[str, Listed | Choosing] = {}
        self._any: dict[int, Truth] = {}
        self._left: dict[str, Listed | Choosing] = {}

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
        formula, visited, node = self.formula, self.visited[step.key], step.node
        if step.type is not None and step.type.kind == "choices":
            asked = self.program.library.roles.get(step.role) or node
            choosing = Choosing(formula, step.type, visited=visited, other=asked.other)
            choosing.narrow(exclusive_options(asked), node.at_least, node.at_most)
            return choosing
        instrument = self.program.library.instruments.get(node.measure)
        named = step.type is not None and step.type.kind == "choice"
        answers = listed(step, instrument, self.atoms.by_key)
        made = Listed(
            formula, answers, visited=visited, own=[k for k in (step.key, step.role) if k], named=named
        )
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
            entries = {v: self.visited[v] for v in visits if self.by_item(v)} | self.opened.get(chart, {})
            for visit, entry in entries.items():
                between = [entry, self.precedes(writer, visit)]
                between.append(self.before(visit, place, after=True) if place else TRUE)
                yield self.formula.all(between)

    def chosen(self, key: str, role: str, option: str) -> tuple[int, int]:
        """Give the literals of a role's being known at a question, and of an option's being among what was chosen."""
        known, among = [], []
        for writer in self.charts.writers(role):
            active = self.active(writer, role, key, after=False)
            source = self.source(writer) if active != FALSE else None
            if isinstance(source, Choosing):
                known.append(active)
                among.append(self.formula.both(active, source.options.get(option, FALSE)))
        return self.formula.any(known), self.formula.any(among)

    def free(self, key: str, fact: Fact) -> Listed | Choosing:
        """Give a fact of the round before: anything, where there was one."""
        if key not in self._free:
            self._free[key] = free(self.formula, key, fact.type, self.atoms.by_key, visited=self.second)
        return self._free[key]

    @property
    def history(self) -> Mapping[str, Listed | Choosing]:
        """The facts of the round before that conditions read."""
        return self._free

    def truth_at(self, condition: Condition, place: Place) -> Truth:
        """Give the truth of a condition at a place."""
        return truth_at(self.formula, self.atoms, condition, place)

    # What is not modelled exactly

    def left(self, fact: Fact, standing: str) -> Listed | Choosing:
        """Give a fact as several runs may have left it where a walk stands: anything, under `loose`."""
        name = f"{fact.key} {standing}"
        if name not in self._left:
            self._left[name] = free(self.formula, fact.key, fact.type, self.atoms.by_key, visited=self.loose)
        return self._left[name]

    def or_loosely(self, literal: int, other: int) -> int:
        """Give a literal, or under `loose` the other instead."""
        formula, loose = self.formula, self.loose
        return formula.any((formula.both(literal, -loose), formula.both(other, loose)))

    def unsure(self, key: str, place: str) -> bool:
        """Say whether a fact may have come from several runs of a flowchart, of which one is modelled."""
        here = self.charts.chart_of(place) if place else ""
        return any(
            (key in self.program.charts[chart].fills or key == f"{chart}.outcome")
            and here not in self.charts.below(chart)
            for chart in self.charts.opened
        )

    def anything(self, name: int, true: int, false: int) -> Truth:
        """Give a truth that may be anything where `loose` holds."""
        formula = self.formula
        if name not in self._any:
            one, other = formula.new(), formula.new()
            formula.add(-one, -other)
            self._any[name] = (one, other)
        one, other = self._any[name]
        return self.or_loosely(true, one), self.or_loosely(false, other)
