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

    def _writers(self, fact: Fact) -> Iterator[tuple[Source, int]]:
        routes = self.routes
        if fact.key.startswith(PREVIOUS):
            past = routes.free(fact.key, fact)
            yield past, past.valued(fact.key)
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
        found = formula.any(true), formula.any(false)
        left = self._left(atom.fact)
        if left is None:
            return found
        t, f = left.atom(atom)
        return self.routes.or_loosely(found[0], t), self.routes.or_loosely(found[1], f)

    def _left(self, fact: Fact) -> Listed | Choosing | None:
        """Give what several runs may have left of a fact here; None where no run can have."""
        if not self.routes.unsure(fact.key, self.place):
            return None
        return self.routes.left(fact, self.routes.charts.standing(self.place, after=self.after))

    def known(self, fact: Fact) -> int:
        """Give the literal of a value here."""
        literal = self.routes.formula.any([active for _, active in self._writers(fact)])
        left = self._left(fact)
        return literal if left is None else self.routes.or_loosely(literal, left.valued(fact.key))

    def answered(self, fact: Fact) -> int:
        """Give the literal of its having been asked here."""
        routes = self.routes
        parts = [active for _, active in self._writers(fact)]
        for writer in routes.charts.writers(fact.key):
            before = routes.before(writer, self.place, after=self.after)
            if before != FALSE:
                parts.append(routes.formula.both(routes.source(writer).unanswered(fact.key), before))
        literal, left = routes.formula.any(parts), self._left(fact)
        if left is None:
            return literal
        return routes.or_loosely(literal, routes.formula.any((left.valued(fact.key), left.nothing)))

    def over_each(self, call: ast.Call, scope: Scope, atoms: Atoms) -> Truth:
        """Give the truth of `any_of` or `all_of`: of one item exactly, of several only as far as one decides."""
        routes, formula = self.routes, self.routes.formula
        assert call.condition is not None  # noqa: S101 -- such a call has one
        chart = next(fact.each for fact in facts_of(call.condition, scope) if fact.each)
        inner = truth_of(formula, atoms, call.condition, scope, At(routes, self.place, self.after, chart))
        any_ = call.function == "any_of"
        true, false = [], []
        for visit in filter(routes.by_item, routes.charts.visits.get(chart, ())):
            items = items_of(routes, visit)
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


@dataclass(frozen=True, slots=True)
class Items:
    """The list that an `each` runs over."""

    routes: Known
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
            if not holds(self.routes.active(writer, self.key, self.visit, after=True), model):
                continue
            raw = self.routes.source(writer).raw(model)
            for item in raw if isinstance(raw, list) else ():
                return item if isinstance(item, str) else "own_1"
        return ""


def items_of(routes: Known, visit: str) -> Items | None:
    """Give the list that an `each` runs over, as it stands at the visit."""
    node = routes.program.steps[visit].node
    for key in (node.each, f"{node.flowchart}.{node.each}"):
        writers = [w for w in routes.charts.writers(key) if routes.before(w, visit, after=True) != FALSE]
        if writers:
            return Items(routes, key, visit, tuple(writers))
    return None
