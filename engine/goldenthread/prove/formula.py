"""A propositional formula that grows, and the solver that is asked about it.

A literal is an integer: a variable, or its negation with a minus sign. Every gate is made once: what is asked for
twice is the same literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TRUE = 1
FALSE = -1
Truth = tuple[int, int]
"""A three-valued truth: the literal of being true, the literal of being false. Where neither holds, it is unknown."""
UNKNOWN: Truth = (FALSE, FALSE)
MOST_CONFLICTS = 200_000
"""How long one question may take before it is said to be not decided."""


class Formula:
    """Clauses over literals, with the gates that were made of them. It goes with one solver."""

    def __init__(self) -> None:
        self.clauses: list[tuple[int, ...]] = [(TRUE,)]
        """What was not yet handed on to the solver."""
        self._top = TRUE
        self._gates: dict[tuple[int, ...], int] = {}
        self._counts: dict[tuple[tuple[int, ...], int], int] = {}

    def new(self) -> int:
        """Give a fresh variable."""
        self._top += 1
        return self._top

    def add(self, *literals: int) -> None:
        """Demand that one of the literals holds."""
        if TRUE not in literals:
            self.clauses.append(tuple(literal for literal in literals if literal != FALSE))

    def all(self, parts: Iterable[int]) -> int:
        """Give the literal that holds exactly when every part does."""
        unique: set[int] = set()
        for part in parts:
            if part == TRUE or part in unique:
                continue
            if part == FALSE or -part in unique:
                return FALSE
            unique.add(part)
        if len(unique) < 2:
            return unique.pop() if unique else TRUE
        key = tuple(sorted(unique))
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.new()
            self.clauses.extend((-gate, part) for part in key)
            self.clauses.append((gate, *(-part for part in key)))
        return gate

    def any(self, parts: Iterable[int]) -> int:
        """Give the literal that holds exactly when some part does."""
        return -self.all([-part for part in parts])

    def both(self, one: int, other: int) -> int:
        """Give the literal that holds exactly when both do."""
        if one in {TRUE, other}:
            return other
        return one if other == TRUE else self.all((one, other))

    def same(self, one: int, other: int) -> None:
        """Demand that two literals hold together or not at all."""
        self.add(-one, other)
        self.add(one, -other)

    def at_least(self, number: int, parts: Sequence[int]) -> int:
        """Give the literal that holds exactly when that many parts do."""
        if number <= 0:
            return TRUE
        if number > len(parts):
            return FALSE
        if number == 1:
            return self.any(parts)
        key = (tuple(parts), number)
        if key not in self._counts:
            # By number, the literal of at least that many of the parts from one place on.
            counts = [TRUE, *[FALSE] * number]
            for part in reversed(parts):
                counts[1:] = [
                    self.any((self.both(part, counts[n - 1]), counts[n])) for n in range(1, number + 1)
                ]
            self._counts[key] = counts[number]
        return self._counts[key]

    def at_most_one(self, parts: Sequence[int]) -> None:
        """Demand that no two parts hold."""
        before = FALSE
        for part in parts:
            self.add(-part, -before)
            if before == FALSE:
                before = part
                continue
            passed = self.new()
            self.add(-before, passed)
            self.add(-part, passed)
            before = passed


class Solver:
    """Asks whether a formula, which may go on growing, can hold together with further literals."""

    def __init__(self, formula: Formula) -> None:
        from pysat.solvers import Solver as Sat  # noqa: PLC0415 -- a heavy import, made when used

        self._formula = formula
        self._sat = Sat(name="cadical153")

    def solve(self, assumed: Iterable[int], most_conflicts: int = MOST_CONFLICTS) -> frozenset[int] | bool:
        """Give the variables that hold in a solution; False where there is none, True where it was not decided."""
        self._sat.append_formula(self._formula.clauses)
        self._formula.clauses.clear()
        self._sat.conf_budget(most_conflicts)
        found = self._sat.solve_limited(assumptions=[literal for literal in assumed if literal != TRUE])
        if found is None:
            return True
        return frozenset(filter((0).__lt__, self._sat.get_model())) if found else False

    def core(self) -> frozenset[int]:
        """Give the assumed literals that together rule a solution out, after `solve` gave False."""
        return frozenset(self._sat.get_core() or ())
