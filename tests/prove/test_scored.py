"""Scores of every kind are looked at: what some score does is not said to be done by none."""

from __future__ import annotations

import pytest

from goldenthread.prove import Case, Replayed, prove
from goldenthread.walk import Round
from random_library import load_texts
from small import REFERENCE, ROLES_NONE, bank, chart

BANDS = "bands: [{id: low, label: low, from: 0}], better: lower"
ONE = f"{{total: {{items: all, between: [0, 27], {BANDS}}}}}"
PRORATED = f"{{total: {{items: all, between: [0, 27], missing: {{at_most: 1, rule: prorate}}, {BANDS}}}}}"
TWO = f"{{a: {{items: [1, 2], between: [0, 6], {BANDS}}}, b: {{items: [3], between: [0, 3], {BANDS}}}}}"
NESTED = (
    f"{{total: {{items: all, between: [0, 27], {BANDS}}}, sub: {{items: [1], between: [0, 3], {BANDS}}}}}"
)
MEAN = (
    f"{{a: {{items: [1, 2, 3], score: mean, between: [0, 3], {BANDS}}}, "
    f"b: {{items: [4, 5], reverse: [5], between: [0, 6], {BANDS}}}}}"
)
PLAIN = [None, *[1] * 8], [1] * 9, 9


def instrument(scales: str) -> str:
    """Write an instrument of nine items."""
    return bank(
        "instruments",
        f"""
        m:
          name: Mood
          short: MOOD
          about: Mood.
          timeframe: the last week
          items: 9
          item_between: [0, 3]
          scales: {scales}
          risk: []
          licence: {{status: public_domain, ship_wording: allowed}}
          confirmed: primary
          sources: [{{ref: a_book, at: page 1, says: It measures mood.}}]
        """,
    )


def score(raw: object) -> object:
    """Write a score: by items, by a total, or by that of a scale."""
    if isinstance(raw, tuple):
        return {"scale": raw[0], "total": raw[1]}
    return {"items": raw} if isinstance(raw, list) else {"total": raw}


SCORES = [
    (TWO, "m.b.total >= 2 and not known(m.a.total)", [("b", 2)]),
    (TWO, "m.a.total >= 3 and not known(m.b.total)", [("a", 3)]),
    (TWO, "known(m.b.change)", [("b", 1), ("b", 2)]),
    (TWO, "known(m.a.change) and known(m.b.change)", [("a", 1), ("b", 2), [1] * 9]),
    (ONE, "m.item_1 == 3 and 5 <= m.total < 6", [[3, 1, 1, 0, 0, 0, 0, 0, 0]]),
    (PRORATED, "not known(m.item_1) and m.item_2 > 0", [PLAIN[0]]),
    (PRORATED, "known(m.total) and answered(m.item_1) and not known(m.item_1)", [PLAIN[0], 9]),
    (NESTED, "m.total == 20 and m.sub.total == 2", [[2, 3, 3, 3, 3, 3, 3, 0, 0]]),
    (MEAN, "1 < m.a.total < 1.5 and m.b.total == 1", [[2, 1, 1, 0, 2, 0, 0, 0, 0]]),
    (ONE, "m.change == -1", [1, 0]),
    (ONE, "-8 < m.change < -5", [20, 14]),
    (ONE, "m.change == 5 and m.total == 11", [6, 11]),
    (ONE, "m.change == -4 and previous.m.total == 7 and m.total == 1", [5, 7, 1]),
]
"""Scales, a condition that reads their scores, and scores that make it true, one after the other."""
WAYS = [
    (*score, rounds) for score in SCORES for rounds in (True, False) if rounds or "previous" not in score[1]
]


@pytest.mark.parametrize(("scales", "when", "scores", "rounds"), WAYS)
def test_what_scores_come_to_is_not_ruled_out(
    scales: str, when: str, scores: list[object], rounds: bool
) -> None:
    nodes = {f"q{n}": f"{{measure: m, next: q{n + 1}}}" for n in range(len(scores))}
    answers = [Round({f"main.q{n}": score(raw) for n, raw in enumerate(scores)})]
    if rounds:
        nodes = {"q0": "{measure: m, next: q1}"}
        answers = [Round({"main.q0": score(raw), "main.more": True}) for raw in scores]
        answers[-1] = Round({"main.q0": score(scores[-1])})
    text = "\n".join(f"{id_}: {node}" for id_, node in nodes.items())
    text += f"""
q{len(nodes)}: {{decide: Which?, next: [{{when: "{when}", go: so}}, {{otherwise: more}}]}}
more: {{ask: More?, answer: yes_no, next: [{{when: more, go: q0, again: true}}, {{otherwise: other}}]}}
so: {{end: So}}
other: {{end: Other}}
"""
    library = load_texts(
        [
            chart("main", text, root=True),
            instrument(scales),
            ROLES_NONE,
            REFERENCE,
            bank("goals", {"goal": {}}),
        ]
    )
    proof = prove(library)
    walked = Replayed(proof.prover.program, Case("main", tuple(answers)))
    assert "main.so" in walked.passed
    assert not [v.claim for v in proof.verdicts if v.done is False and v.claim.seen(walked)]


def test_a_scale_that_was_scored_once_has_not_changed() -> None:
    text = "q: {measure: m, next: r}\nr: {measure: m, next: end}\nend: {end: End}\n"
    library = load_texts(
        [chart("main", text, root=True), instrument(TWO), ROLES_NONE, REFERENCE, bank("goals", {"goal": {}})]
    )
    case = Case("main", (Round({"main.q": score(("a", 3)), "main.r": score(("b", 2))}),))
    known = case.walk(prove(library).prover.program).known
    assert known["m.b.first"] == 2
    assert "m.b.change" not in known
