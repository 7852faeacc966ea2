"""Handouts: one page each, for everything shipped, saying what the bank and the graph say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest
from spoken import said

from goldenthread.diagnostics import Report
from goldenthread.draw import UnknownDrawingError
from goldenthread.loading import shipped
from goldenthread.model import FACTOR_LISTS, Source
from goldenthread.plan import LETTERS
from goldenthread.plan.phrases import day
from goldenthread.print import HANDOUTS, handout, sheet
from goldenthread.print.handout import contents
from goldenthread.print.handouts.branch import branches
from goldenthread.print.handouts.texts import texts
from goldenthread.print.setting import pages
from goldenthread.session import PHASE_NAMES, Guide
from goldenthread.trial import read_vignettes
from small import shipped_library

LIBRARY = shipped_library()
ABOUT = {"factor": LIBRARY.factors, "goals": LIBRARY.diagnoses, "decision": branches(LIBRARY)}
EVERY = [
    (kind, name) for kind, handout_ in HANDOUTS.items() for name in (ABOUT[kind] if handout_.of else [""])
]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", HANDOUTS)
def test_each_is_one_page(kind, paper):
    names = ABOUT[kind] if HANDOUTS[kind].of else [""]
    longer = [name for name in names if pages(handout(LIBRARY, kind, name, sheet(paper))) != 1]
    assert longer == []


def test_in_large_print_nothing_is_left_out():
    one = handout(LIBRARY, "goals", "persistent_depression", sheet())
    large = handout(LIBRARY, "goals", "persistent_depression", sheet(large_print=True))
    assert pages(one) == 1
    assert pages(large) > 2


def test_the_same_handout_is_the_same_bytes():
    made = [handout(LIBRARY, "factor", "rumination", sheet(), date="2026-03-02") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("id_", LIBRARY.factors)
def test_a_factor_says_how_it_works_and_what_to_do(id_):
    factor, words = LIBRARY.factors[id_], said(contents(LIBRARY, "factor", id_))
    for text in (factor.maintains, factor.implies, factor.target):
        assert text in words
    for intervention in factor.interventions:
        assert LIBRARY.interventions[intervention].name.lower() in words.lower()
    for rule in factor.caution:
        assert rule.because in words


@pytest.mark.parametrize("id_", LIBRARY.diagnoses)
def test_goals_have_a_line_for_every_blank_and_none_is_left_in_braces(id_):
    words = said(contents(LIBRARY, "goals", id_))
    own = [goal for goal in LIBRARY.goals.values() if id_ in goal.diagnoses]
    assert not re.search(r"\{\w+\}", words)
    assert all(goal.name in words and goal.discharge in words for goal in own)
    blanks = sum(goal.text.count("{") - goal.text.count("{client}") for goal in own)
    assert len(re.findall("______+", words)) >= blanks
    if not own:
        assert "No goals are offered here" in words


@pytest.mark.parametrize("key", branches(LIBRARY))
def test_a_decision_table_has_a_row_for_every_way_on_in_the_order_in_which_they_are_tried(key):
    node = LIBRARY.node(key)
    table = next(
        block for block in contents(LIBRARY, "decision", key) if getattr(block, "head", ("",))[-1] == "Go to"
    )
    assert len(table.rows) == len(node.edges)
    kinds = [edge.kind for edge in node.edges]
    assert [row[0] for row in table.rows] == [str(n + 1) for n in range(len(kinds))]
    words = [said(row[1]) for row in table.rows]
    at = kinds.count("when")
    assert ("not known" in words[at]) == ("unknown" in kinds)
    assert words[-1].strip().endswith("otherwise") == ("otherwise" in kinds)
    heads = {edge.go: LIBRARY.flowcharts[node.flowchart].nodes[edge.go] for edge in node.edges}
    for row in table.rows:
        assert any(said(row[2]).startswith(head.number or "End") for head in heads.values())


def test_a_branch_is_found_by_its_number():
    assert contents(LIBRARY, "decision", "2.12") == contents(LIBRARY, "decision", "safety.nothing_reported")


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [
        ("factor", "avoidence", "avoidance"),
        ("goals", "panic", ""),
        ("decision", "2.4", ""),
        ("facter", "", "factor"),
    ],
)
def test_what_there_is_not_is_said_with_the_nearest_right_name(kind, name, near):
    with pytest.raises(UnknownDrawingError) as caught:
        handout(LIBRARY, kind, name, sheet())
    assert near in caught.value.help


def cited(found):
    """Give every work that a part of the library cites, with the place in it."""
    match found:
        case Source():
            yield found.ref, found.at
        case tuple() | list():
            for inner in found:
                yield from cited(inner)
        case Mapping():
            yield from cited(list(found.values()))
    if is_dataclass(found):
        yield from cited(
            [getattr(found, field.name) for field in fields(found) if field.name not in {"span", "when"}]
        )


def test_every_claim_of_the_texts_stands_in_the_bank_or_says_that_it_is_consensus():
    """A work is cited at a place where the bank cites it, and so for what it was read for."""
    known = set(cited([*LIBRARY.entries(), *LIBRARY.nodes()]))
    claims = [
        *texts("mistakes")["entries"],
        {"sources": [texts("smart")["source"], texts("smart")["confidence"]]},
    ]
    assert len(claims) > 10
    for claim in claims:
        sources = claim.get("sources", [])
        assert sources or claim["basis"] == "clinical_consensus"
        for source in sources:
            assert source.keys() == {"ref", "at", "says"}
            assert (source["ref"], source["at"]) in known


def test_the_strong_plan_is_the_plan_of_the_vignette():
    words = said(contents(LIBRARY, "weak-and-strong"))
    path = shipped() / "flowcharts" / "vignettes" / f"{texts('weak_and_strong')['vignette']}.yaml"
    (vignette,), _, _ = read_vignettes([path])
    plan = Guide(LIBRARY, Report()).from_answers(vignette.data).plan()
    assert len(plan.goals) >= 2
    for text in (
        *(goal.text for goal in plan.goals),
        *(line.example for line in plan.perpetuating),
        plan.next_step,
    ):
        assert text.rstrip(".") in words
    assert day(plan.review_date) in words
    assert "not specific" in words


def test_the_texts_have_the_form_that_the_sheets_read():
    for entry in texts("mistakes")["entries"]:
        assert entry.keys() in ({"mistake", "instead", "sources"}, {"mistake", "instead", "basis"})
    assert [each["letter"] for each in texts("smart")["letters"]] == list(LETTERS)
    assert list(texts("five_ps")["areas"]) == ["presenting", *FACTOR_LISTS.values()]
    phases = texts("teaching")["phases"]
    assert list(phases) == list(PHASE_NAMES.values())
    for own in phases.values():
        assert own.keys() == {"questions", "lines", "weight"}
        assert all(question.endswith((".", "?")) for question in own["questions"])
    for row in texts("case_sheet")["rows"]:
        assert row["share"] > 0
        assert all(area.keys() == {"heading", "prompts"} for area in row["areas"])
    assert texts("weak_and_strong")["weak"].keys() >= {"problem", "safety", "goals", "treatment", "review"}
