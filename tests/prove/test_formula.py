"""Gates hold exactly when what they stand for does."""

from __future__ import annotations

from itertools import product

import pytest

from goldenthread.prove.formula import Formula, Solver


@pytest.mark.parametrize("number", range(6))
def test_at_least_holds_when_that_many_do(number: int) -> None:
    formula = Formula()
    parts = [formula.new() for _ in range(4)]
    enough, solver = formula.at_least(number, parts), Solver(formula)
    for held in product((True, False), repeat=4):
        given = [part if holds else -part for part, holds in zip(parts, held, strict=True)]
        assert bool(solver.solve([*given, enough])) is (sum(held) >= number)
        assert bool(solver.solve([*given, -enough])) is (sum(held) < number)


def test_thousands_of_parts_are_counted() -> None:
    formula = Formula()
    parts = [formula.new() for _ in range(3000)]
    enough = formula.at_least(3, parts)
    assert Solver(formula).solve([enough, *(-part for part in parts[:-2])]) is False
    assert Solver(formula).solve([enough, *(-part for part in parts[:-3])]) is not False
