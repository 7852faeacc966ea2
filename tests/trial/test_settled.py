"""Whatever is edited in the shipped library: answers show what it changes, or it is proven that nothing follows.

No walk is made up here: what is shown, the prover was asked for.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from edited import shows
from mutations import KINDS

from goldenthread.trial.difference import difference
from goldenthread.walk import compile_library
from small import shipped_program

if TYPE_CHECKING:
    from goldenthread.model import Library
    from goldenthread.trial.difference import Difference

OF_EACH = 30


@cache
def mutants(kind: str) -> list[tuple[str, Library]]:
    made = list(KINDS[kind]())
    return Random(kind).sample(made, min(len(made), OF_EACH))


def against(library: Library, **how: bool) -> Difference:
    return difference(shipped_program(), compile_library(library), **{"walks": 0, **how})


@pytest.mark.parametrize(("kind", "n"), [(kind, n) for n in range(OF_EACH) for kind in KINDS])
def test_an_edit_is_shown_by_answers_or_proven_to_change_nothing(kind: str, n: int) -> None:
    made = mutants(kind)
    name, library = made[n % len(made)]
    found = against(library)
    assert found.follows, name
    for finding in found.findings:
        shows(finding, found.before, found.after)
    follows = {one.follows for one in found.follows}
    assert follows == {"outcome"} or not found.findings, name
    assert ("outcome" in follows) == bool(found.findings), name
    assert found.certain == (follows == {"nothing"})
    assert "unknown" not in follows, name
    if "outcome" not in follows:
        assert not against(library, walks=30, prove=False).findings, name
