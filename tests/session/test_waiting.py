"""What waits for a question: the same as in the whole advice, without weighing what does not read it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from goldenthread.advise import advise, waiting
from goldenthread.model import ADVISED
from goldenthread.session import load
from goldenthread.walk import keyed

VIGNETTES = Path(__file__).parents[2] / "flowcharts" / "vignettes"


@pytest.fixture(scope="module")
def guide():
    return load()[0]


@pytest.mark.parametrize(
    "name", ["depression_after_separation", "disclosure_during_goals", "risk_screen_left_for_later"]
)
def test_what_waits_for_a_question_is_what_the_advice_holds_for_it(guide, name):
    written = yaml.safe_load((VIGNETTES / f"{name}.yaml").read_text(encoding="utf-8"))
    answers = keyed(written["answers"], guide.program)
    walk, found = guide.start(), set()
    while walk.walk.at:
        node, reading = walk.walk.node, walk.reading
        names = {node.key, node.role}
        for kind in ADVISED:
            whole = [
                h
                for h in advise(reading.library, reading.facts, kind).held
                if names & {a.fact for a in h.ask_first}
            ]
            assert list(waiting(reading.library, reading.facts, kind, names.__contains__)) == whole
            found |= {held.id for held in whole}
        walk = walk.answer(answers.get(walk.walk.at, {"later": True}))
        if walk.problem:
            walk = walk.not_known()
    assert len(found) > 20
