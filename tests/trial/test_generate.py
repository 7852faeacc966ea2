"""Walks made up: the same for the same seed, each a whole case that fits, and across nearly all that there is."""

from __future__ import annotations

from itertools import islice

import pytest

from goldenthread.language import Duration
from goldenthread.trial.choices import Meaning, answers_to, without_value
from goldenthread.trial.generate import Generator
from goldenthread.walk import Misfit, Walk
from small import MOOD3, REFERENCE, ROLES_NONE, bank, chart, guide, shipped_program

ROLES = bank(
    "roles",
    {
        "age": {"answer": "number", "between": [0, 120]},
        "lasting": {"answer": "duration"},
        "signs": {
            "answer": "choices",
            "options": {"a": "A", "b": "B", "c": "C", "none": {"label": "none", "exclusive": True}},
        },
        "danger": {"answer": "yes_no", "safety": True},
        "kind": {"answer": "text", "safety": True},
    },
)
SMALL = (
    chart(
        "planning",
        """
        age: {ask: Age?, as: age, next: [{when: age >= 18, go: lasting}, {unknown: lasting}, {otherwise: child}]}
        lasting: {ask: How long?, as: lasting, next: [{when: lasting >= 4 weeks, go: signs}, {otherwise: signs}]}
        signs:
          ask: Which?
          as: signs
          next:
            - {when: "count(signs) >= 3 and a in signs and c in signs", go: mood}
            - {unknown: danger}
            - {otherwise: danger}
        mood:
          measure: mood3
          next:
            - {when: mood3.total >= 6 and mood3.item_3 == 0, go: rare}
            - {otherwise: danger}
        rare: {tell: It is rare., tone: urgent, next: danger}
        danger: {ask: Danger?, as: danger, next: done}
        child: {end: A child, stop: true}
        done: {end: Done}
        """,
    ),
    chart("risk", "kind: {ask: Which?, as: kind, next: done}\ndone: {end: Done}", phase="safety"),
    ROLES,
    ROLES_NONE,
    MOOD3,
    REFERENCE,
    bank("alerts", {"alarm": {"raise_when": "danger", "opens": "risk", "cleared_when": "known(kind)"}}),
    bank("goals", {"go_out": {"suggest": "b in signs and not a in signs", "rule_out": "age >= 65"}}),
)


def program():
    return guide(*SMALL).program


def answers(node, **known):
    made = program()
    step = made.steps[f"planning.{node}"]
    fitting = []
    for answer in answers_to(step, made, Meaning(made.library)):
        try:
            step.fit(answer, known)
        except Misfit:
            continue
        fitting.append(answer)
    return fitting


def test_the_same_seed_gives_the_same_walks_and_another_gives_others():
    first, again = (
        [walk.rounds for walk, _ in Generator(program(), "planning", 7).walks(40)] for _ in range(2)
    )
    assert first == again
    assert first != [walk.rounds for walk, _ in Generator(program(), "planning", 8).walks(40)]


def test_how_many_walks_are_asked_for_changes_none_of_them():
    few = [walk.rounds for walk, _ in Generator(program(), "planning").walks(10)]
    many = [walk.rounds for walk, _ in islice(Generator(program(), "planning").walks(60), 10)]
    assert few == many


@pytest.mark.parametrize("seed", range(3))
def test_every_walk_of_the_shipped_library_fits_and_reaches_an_end(seed):
    made = shipped_program()
    for walk, _ in Generator(made, "planning", seed).walks(60):
        again = Walk.replay(made, "planning", walk.rounds)
        assert again.problem is None
        assert again.finished
        assert not any(again.rounds[again.round].answers.keys() - again.state.used), "an answer leads nowhere"


def test_of_numbers_each_kind_that_conditions_tell_apart_comes_once():
    under, grown, old = answers("age")
    assert 0 <= under < 18 <= grown < 65 <= old <= 120
    short, long = (Duration.read(text) for text in answers("lasting"))
    assert short is not None
    assert long is not None
    assert short.days < 28 <= long.days


def test_options_come_alone_together_as_conditions_name_them_and_in_the_counts_asked_for():
    found = answers("signs")
    assert found[:4] == [["a"], ["b"], ["c"], ["none"]]
    assert ["a", "c"] in found
    assert ["a", "b", "c"] in found
    assert not any("none" in chosen for chosen in found if len(chosen) > 1)


def test_totals_lie_on_both_sides_of_a_threshold_with_each_answer_about_risk():
    found = answers("mood")
    for above in (True, False):
        risk = [score.get("item_3") for score in found if (score.get("total", -1) >= 6) is above]
        assert 0 in risk
        assert {"not_known": True} in risk
        assert any(value for value in risk if not isinstance(value, dict))


def test_what_is_required_is_never_left_for_later():
    made = shipped_program()
    required = next(step for step in made.steps.values() if step.required and step.waits)
    assert {"later": True} not in without_value(required)
    assert {"declined": True} in without_value(required)


def test_every_edge_alert_and_rule_of_a_small_library_is_crossed():
    generator = Generator(program(), "planning")
    list(generator.walks(150))
    assert generator.crossings.all.keys() - generator.crossed == set()


def test_nearly_all_of_the_shipped_library_is_crossed_by_few_walks():
    generator = Generator(shipped_program(), "planning")
    list(generator.walks(400))
    for sort in ("edge", "suggest", "rule_out", "caution"):
        there = [key for key in generator.crossings.all if key[0] == sort]
        crossed = [key for key in there if key in generator.crossed]
        assert len(crossed) >= 0.93 * len(there), sort


def test_a_second_round_is_walked_now_and_then():
    rounds = {walk.round for walk, _ in Generator(shipped_program(), "planning").walks(120)}
    assert max(rounds) >= 1
