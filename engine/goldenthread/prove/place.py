"""A place on a route, where conditions are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.language.types import facts_of
from goldenthread.prove.formula import FALSE, TRUE
from goldenthread.prove.questions import Choosing, Listed, holds
from goldenthread.prove.reading import truth_of
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Fact, Scope, ast
    from goldenthread.prove.formula import Truth
    from goldenthread.prove.known import Known
    from goldenthread.prove.questions import Source
    from goldenthread.prove.reading import Atom, Atoms


@dataclass(frozen=True, slots=True)
class At:
    """A node on a route, before or after its own answer; without a name the end of the round."""

    routes: Known
    place: str = ""
    after: bool = True
    within: str = ""
    """The flowchart whose run for one item is looked at."""

    def sources(self, key: str) -> list[tuple[Source, int]]:
        """Give what may have told a fact that stands here, each with the literal of its having done so."""
        routes = self.routes
        if key.startswith(PREVIOUS):
            fact = routes.program.library.facts.get(key.removeprefix(PREVIOUS))
            past = routes.free(key, fact) if fact is not None else None
            return [(past, past.valued(key))] if past is not None else []
        if self._of_item(key):
            return [(routes.source(writer), self._told_for_item(writer, key)) for writer in self._askers(key)]
        unsure = routes.unsure(key, self.place, after=self.after)
        made: list[tuple[Source, int]] = []
        for writer in routes.charts.writers(key):
            active = routes.active(writer, key, self.place, after=self.after)
            if active != FALSE:
                made.append((routes.source(writer), routes.formula.both(active, -unsure)))
        if unsure != FALSE:
            other = routes.elsewhere(key, self.place, after=self.after)
            made.append((other, other.valued(key)))
        return made

    def _of_item(self, key: str) -> bool:
        """Say whether a fact is looked at as it was told for one item."""
        return bool(self.within) and key in self.routes.program.charts[self.within].fills

    def _askers(self, key: str) -> list[str]:
        charts = self.routes.charts
        return [writer for writer in charts.writers(key) if charts.chart_of(writer) == self.within]

    def _told_for_item(self, writer: str, key: str) -> int:
        if self._inside:
            return self.routes.active(writer, key, self.place, after=self.after)
        return self.routes.told_for_item(writer, key)

    @property
    def _inside(self) -> bool:
        """Whether the place lies in the run for an item."""
        charts = self.routes.charts
        return bool(self.place) and charts.chart_of(self.place) in charts.below(self.within)

    def atom(self, atom: Atom) -> Truth:
        """Give the truth of an atom here."""
        formula = self.routes.formula
        true, false = [], []
        for source, active in self.sources(atom.fact.key):
            t, f = source.atom(atom)
            true.append(formula.both(active, t))
            false.append(formula.both(active, f))
        return formula.any(true), formula.any(false)

    def known(self, fact: Fact) -> int:
        """Give the literal of a value here."""
        return self.routes.formula.any([active for _, active in self.sources(fact.key)])

    def answered(self, fact: Fact) -> int:
        """Give the literal of its having been asked here."""
        routes, formula = self.routes, self.routes.formula
        parts = [self.known(fact)]
        if fact.key.startswith(PREVIOUS):
            return parts[0]
        if self._of_item(fact.key):
            return formula.any([*parts, *self._asked_for_item(fact.key)])
        unsure = routes.unsure(fact.key, self.place, after=self.after)
        for writer in routes.charts.writers(fact.key):
            asked = routes.source(writer).unanswered(fact.key)
            standing = (
                routes.standing(writer, fact.key, self.place, after=self.after) if asked != FALSE else FALSE
            )
            parts.append(formula.all([asked, standing, -unsure]))
        if unsure != FALSE:
            parts.append(routes.elsewhere(fact.key, self.place, after=self.after).nothing)
        return formula.any(parts)

    def _asked_for_item(self, key: str) -> Iterator[int]:
        for writer in self._askers(key):
            asked = self.routes.source(writer).unanswered(key)
            there = self.routes.before(writer, self.place, after=self.after) if self._inside else TRUE
            yield self.routes.formula.both(asked, there)

    def chosen(self, key: str, option: str) -> tuple[int, int]:
        """Give the literals of options' having been chosen for a fact, and of one option's being among them."""
        formula, known, among = self.routes.formula, [], []
        for source, active in self.sources(key):
            if isinstance(source, Choosing):
                known.append(active)
                among.append(formula.both(active, source.options.get(option, FALSE)))
        return formula.any(known), formula.any(among)

    def over_each(self, call: ast.Call, scope: Scope, atoms: Atoms) -> Truth:
        """Give the truth of `any_of` or `all_of`: of one item exactly, of several only as far as one decides."""
        routes, formula = self.routes, self.routes.formula
        assert call.condition is not None  # noqa: S101 -- such a call has one
        chart = next(fact.each for fact in facts_of(call.condition, scope) if fact.each)
        inner = truth_of(formula, atoms, call.condition, scope, At(routes, self.place, self.after, chart))
        any_ = call.function == "any_of"
        true, false = [], []
        visits = [visit for visit in routes.charts.visits.get(chart, ()) if routes.by_item(visit)]
        once = len(visits) == 1 and routes.once_an_item(chart) and chart not in routes.opened
        several = [] if once else [routes.apart]
        for visit in visits:
            items = items_of(routes, visit)
            before = routes.before(visit, self.place, after=self.after) if self.place else TRUE
            here = formula.both(routes.visited[visit], TRUE if self._runs_in(chart) else before)
            some = items.count(1) if items else FALSE
            many = formula.all([here, routes.many[visit]])
            several.append(formula.both(many, routes.apart))
            t = formula.all([here, some, inner[0], TRUE if any_ else -many])
            f = formula.all([here, some, inner[1], -many if any_ else TRUE])
            empty = formula.both(here, -some)
            true.append(t if any_ else formula.any([t, empty]))
            false.append(formula.any([f, empty]) if any_ else f)
        return self._loosened(call, formula.any(several), (formula.any(true), formula.any(false)))

    def _runs_in(self, chart: str) -> bool:
        charts = self.routes.charts
        return bool(self.place) and charts.chart_of(self.place) in charts.below(chart)

    def _loosened(self, call: ast.Call, several: int, truth: Truth) -> Truth:
        """Give a truth that may be anything where other runs than the one that stands have a say."""
        formula = self.routes.formula
        anything = self.routes.whatever((id(call), self.place, self.after))
        true, false = (
            formula.any((formula.both(one, -several), formula.both(other, several)))
            for one, other in zip(truth, anything, strict=True)
        )
        return true, false


@dataclass(frozen=True, slots=True)
class Items:
    """The list that an `each` runs over."""

    routes: Known
    key: str
    visit: str

    @property
    def changing(self) -> bool:
        """Whether a run itself may change the list."""
        charts, chart = self.routes.charts, self.routes.program.steps[self.visit].node.visit
        fills = self.routes.program.charts[chart].fills
        return self.key in fills or not charts.tellers(self.key).isdisjoint(charts.below(chart))

    def _sources(self) -> list[tuple[Source, int]]:
        return At(self.routes, self.visit, after=False).sources(self.key)

    def count(self, number: int) -> int:
        """Give the literal of its having at least that many items."""
        formula, parts = self.routes.formula, []
        for source, active in self._sources():
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
        for source, active in self._sources():
            raw = source.raw(model) if holds(active, model) else None
            for item in raw if isinstance(raw, list) else ():
                return item if isinstance(item, str) else "own_1"
        return ""


def items_of(routes: Known, visit: str) -> Items | None:
    """Give the list that an `each` runs over, as it stands at the visit."""
    node = routes.program.steps[visit].node
    for key in node.lists:
        writers = [w for w in routes.charts.writers(key) if routes.before(w, visit, after=False) != FALSE]
        if writers:
            return Items(routes, key, visit)
    return None
