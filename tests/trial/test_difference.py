"""Edits planted in the shipped library: each gives the outcomes that change, why, and the fewest answers for it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from edited import VIGNETTES, compared, edited, seen_in, shows

from goldenthread.trial.differ import Differ
from goldenthread.trial.difference import difference
from goldenthread.trial.generate import Generator
from goldenthread.trial.renames import Renames
from goldenthread.walk import Walk, compile_library
from small import shipped_program

PANIC = "goalbank/goals/panic.yaml"
NONE, RISKY = (
    "      no_problem: no use, or use that causes no trouble\n",
    "      risky: use that causes some harm or risk\n",
)


def changes(found, sort=""):
    return [change for f in found.findings for change, _ in f.changes if not sort or change.sort == sort]


def causes(found, id_):
    return [
        cause for f in found.findings for change, causes in f.changes if change.id == id_ for cause in causes
    ]


def edits(found, *sorts):
    return [(edit.sort, edit.id, edit.part) for edit in found.edits if not sorts or edit.sort in sorts]


def test_a_library_does_not_differ_from_itself():
    found = compared(shipped_program())
    assert (found.edits, found.findings, found.certain) == ((), (), True)
    assert compared(edited()).edits == ()


@pytest.mark.parametrize("seed", range(2))
def test_no_walk_comes_out_otherwise_over_a_copy(seed):
    """Also where the outcomes are looked at: every entry counts as edited."""
    before, after = shipped_program(), edited()
    differ = Differ(before, after, Renames(before, after), {entry.id for entry in after.library.entries()})
    for walk, _ in Generator(before, "planning", seed).walks(40):
        assert differ.changes(differ.forward("planning", walk.rounds, walk.settings)) == []
        assert differ.changes(differ.backward("planning", walk.rounds, walk.settings)) == []


def test_wording_alone_changes_no_outcome_and_nothing_has_to_be_walked():
    old, new = "why: Self-harm, with", "why: Hurting oneself, with"
    found = compared(edited(("flowcharts/safety.yaml", old, new)))
    assert found.certain
    assert (found.findings, found.walks) == ((), 0)
    (edit,) = found.edits
    assert (edit.sort, edit.id, edit.part) == ("words", "safety.self_harm", "why")
    assert edit.before.startswith("Self-harm, with")
    assert edit.after.startswith("Hurting oneself, with")
    assert edit.span_after.line == edit.span_before.line


def test_a_source_alone_changes_no_outcome():
    old = "at: highlights and abstract"
    found = compared(edited((PANIC, old, "at: abstract")))
    assert found.certain
    assert edits(found) == [("sources", "drop_safety_behaviours", "suggest.sources")]


def test_a_threshold_that_moved_is_shown_at_the_very_number():
    """Who is under 18 is led away."""
    file = "flowcharts/problem.yaml"
    found = compared(edited((file, "when: age < 18", "when: age < 17")))
    assert edits(found, "decides") == [("decides", "problem.age", "next.when")]
    assert changes(found, "ends")
    ended = next(f for f in found.findings if any(c.sort == "ends" for c, _ in f.changes))
    assert ended.witness.after[0].answers["problem.age"] == 17
    (cause,) = ended.changes[0][1]
    assert (cause.sort, cause.said_before, cause.said_after) == ("branch", "when age < 18", "when age < 17")
    assert cause.span_after.file.endswith("problem.yaml")


def test_an_edge_that_is_gone_is_named_with_the_question_that_nobody_comes_to():
    old = (
        "      - when: session_place in [video, telephone]\n        go: client_location\n"
        "        label: a remote session\n"
    )
    found = compared(edited(("flowcharts/safety.yaml", old, "")))
    assert edits(found) == [("lost", "safety.session_place", "next")]
    (asked,) = changes(found)
    assert (asked.sort, asked.id, asked.before, asked.after) == (
        "asks",
        "safety.client_location",
        "asked",
        "",
    )
    (finding,) = found.findings
    (answers,) = finding.witness.after
    assert list(answers.answers) == ["safety.session_place"]
    assert answers.answers["safety.session_place"] in {"video", "telephone"}
    assert "panic_agoraphobia_by_telephone" in finding.vignettes
    assert finding.walks > 10
    (cause,) = causes(found, "safety.client_location")
    assert (cause.said_before, cause.said_after) == ("when session_place in [video, telephone]", "otherwise")
    assert cause.before, cause.after == ("safety.client_location", "safety.introduction")


def test_a_rule_that_changes_says_which_entry_and_because_of_which_rule():
    old = "- when: any(unwell_now, [psychosis, mania])\n        because: Exposure as the sole work"
    found = compared(edited((PANIC, old, old.replace(", mania", ""))))
    (change,) = changes(found)
    assert change[:3] == ("offers", "goals", "drop_safety_behaviours")
    assert (change.before, change.after) == ("left_out", "held")
    (cause,) = causes(found, "drop_safety_behaviours")
    assert (cause.sort, cause.before, cause.after) == ("rule_out", "true", "false")
    assert cause.said_after == "any(unwell_now, [psychosis])"
    (round_,) = found.findings[0].witness.after
    assert round_.answers["safety.unwell_now"] == ["mania"]
    assert len(round_.answers) == 3, "what suggests the goal is needed, and no more"


def test_two_rules_of_one_entry_are_two_changes_each_with_its_own_answers():
    after = shipped_program().library
    goal = next(
        g
        for g in after.goals.values()
        if len(g.suggest) > 1 and all("perpetuating" in r.when.reads for r in g.suggest)
    )
    without = replace(goal, suggest=())
    library = replace(after, goals={**after.goals, goal.id: without})
    found = difference(shipped_program(), compile_library(library), (VIGNETTES, VIGNETTES), walks=60)
    offered = [f for f in found.findings if f.sort == "offers"]
    assert len({change.cause for f in offered for change, _ in f.changes}) == len(goal.suggest)
    for finding in offered:
        shows(finding, found.before, found.after)


def test_a_grade_that_changes_is_an_outcome_of_its_own():
    found = compared(edited((PANIC, "certainty: low", "certainty: high")), walks=60)
    (change,) = changes(found)
    assert (change.sort, change.id) == ("order", "drop_safety_behaviours")
    assert (change.before, change.after) == ("conditional, low certainty", "conditional, high certainty")


def test_an_option_that_is_gone_no_longer_fits_where_it_was_chosen():
    file = "goalbank/roles/problem.yaml"
    found = compared(edited((file, "      rarely: less than once a week\n", "")))
    assert edits(found) == [("lost", "frequency", "options.rarely")]
    misfit = next(f for f in found.findings if f.sort == "misfit")
    assert "blood_phobia_faints" in misfit.vignettes
    (change,) = [change for change, _ in misfit.changes]
    assert change.id == "problem.frequency"
    assert "rarely" in change.after
    (round_,) = misfit.witness.after
    assert round_.answers == {"problem.frequency": "rarely"}


def test_an_option_renamed_with_was_still_fits():
    file = "goalbank/roles/problem.yaml"
    now = "      seldom: {label: less than once a week, was: [rarely]}\n"
    found = compared(edited((file, "      rarely: less than once a week\n", now)))
    assert edits(found) == [("renamed", "frequency", "options.seldom")]
    assert found.findings == ()


def test_an_option_that_moved_among_ordered_ones_changes_what_is_compared_with_it():
    file = "goalbank/roles/diagnosis.yaml"
    found = compared(edited((file, NONE + RISKY, RISKY + NONE)))
    assert edits(found) == [("decides", "substance_pattern", "options, in order")]
    assert changes(found)


def test_a_question_renamed_with_was_is_no_change():
    file = "flowcharts/safety.yaml"
    renamed = (
        (file, "\n  client_location:\n", "\n  where_they_are:\n    was: [client_location]\n"),
        (file, "go: client_location", "go: where_they_are"),
    )
    found = compared(edited(*renamed))
    assert edits(found) == [("renamed", "safety.where_they_are", "")]
    assert found.certain
    assert found.findings == ()


def test_a_question_that_is_new_is_left_for_later_in_older_cases():
    file = "flowcharts/safety.yaml"
    new = (
        "\n  calm:\n    number: 2.1a\n    ask: Is the client calm?\n    say: Are you calm?\n    why: It matters.\n"
        "    answer: yes_no\n    next: introduction\n\n  introduction:\n"
    )
    planted = (
        (
            file,
            "- unknown: introduction\n      - otherwise: introduction",
            "- unknown: introduction\n      - otherwise: calm",
        ),
        (file, "\n  introduction:\n", new),
    )
    found = compared(edited(*planted))
    assert ("new", "safety.calm", "") in edits(found)
    assert found.later == ("safety.calm",)
    assert [(change.sort, change.id, change.after) for change in changes(found)] == [
        ("asks", "safety.calm", "asked")
    ]


def test_an_alert_that_no_longer_rises_is_shown_with_what_follows():
    file = "goalbank/alerts/risk.yaml"
    found = compared(
        edited(
            (
                file,
                "raise_when: mania in unwell_now",
                "raise_when: mania in unwell_now and psychosis in unwell_now",
            ),
        )
    )
    gone = {change.id for change in changes(found, "alerts") if not change.after}
    assert gone == {"risk_mania"}
    assert {cause.sort for cause in causes(found, "risk_mania")} == {"raise_when"}
    assert changes(found, "asks"), "the risk questions are asked less often"


def test_an_obligation_that_is_gone_frees_a_bank_at_once_and_not_entry_by_entry():
    before = shipped_program()
    left = {id_: o for id_, o in before.library.obligations.items() if id_ != "screen_before_plan"}
    after = compile_library(replace(before.library, obligations=left))
    found = difference(before, after, (VIGNETTES, VIGNETTES), walks=60)
    held = changes(found, "holds")
    assert {change.before for change in held} == {"screen_before_plan"}
    assert {change.kind for change in held} <= {"goals", "interventions", "modalities"}
    assert not changes(found, "offers")


def test_the_fewest_answers_are_the_fewest():
    """Of a witness, no answer can be taken away."""
    found = compared(edited((PANIC, "certainty: low", "certainty: high")), walks=60)
    (finding,) = found.findings
    change = finding.changes[0][0]
    trial = finding.witness
    assert trial.size > 3
    for n, round_ in enumerate(trial.after):
        for key in round_.answers:
            fewer = replace(round_, answers={k: v for k, v in round_.answers.items() if k != key})
            rounds = (*trial.after[:n], fewer, *trial.after[n + 1 :])
            then, now = (
                Walk.replay(program, "planning", rounds, settings=trial.settings)
                for program in (found.before, found.after)
            )
            assert seen_in(then, change) == seen_in(now, change), key


def test_the_same_edit_and_seed_give_the_same_report():
    after = edited(("flowcharts/problem.yaml", "when: age < 18", "when: age < 17"))
    one, other = compared(after), compared(after)
    assert [(f.changes, f.witness, f.vignettes, f.walks) for f in one.findings] == [
        (f.changes, f.witness, f.vignettes, f.walks) for f in other.findings
    ]


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_edited_every_witness_shows_it(seed):
    """A rule that is dropped, and two ways of a node that take each other's place, anywhere in the shipped library."""
    random = Random(seed)
    library = shipped_program().library
    node = random.choice([n for n in library.nodes() if len({e.go for e in n.edges}) > 1])
    first, *rest = node.edges
    other = next(edge for edge in rest if edge.go != first.go)
    swapped = {first: replace(first, go=other.go), other: replace(other, go=first.go)}
    turned = replace(node, edges=tuple(swapped.get(edge, edge) for edge in node.edges))
    chart = library.flowcharts[node.flowchart]
    goal = random.choice([g for g in library.goals.values() if g.suggest])
    edited_library = replace(
        library,
        flowcharts={
            **library.flowcharts,
            chart.id: replace(chart, nodes={**chart.nodes, node.id: turned}),
        },
        goals={**library.goals, goal.id: replace(goal, suggest=goal.suggest[1:])},
    )
    found = compared(compile_library(edited_library), walks=40)
    assert {edit.id for edit in found.edits} == {node.key, goal.id}
    assert found.findings, (node.key, goal.id)
    ways = [f for f in found.findings for change, _ in f.changes if change.cause.startswith("way")]
    assert all(finding.witness.size <= 40 for finding in ways)


def test_answers_follow_a_renamed_option_there_and_back():
    file = "goalbank/roles/problem.yaml"
    now = "      seldom: {label: less than once a week, was: [rarely]}\n"
    renamed = (file, "      rarely: less than once a week\n", now)
    found = compared(edited(renamed, (PANIC, "certainty: low", "certainty: high")), walks=60)
    assert not found.certain
    assert {change.sort for change in changes(found)} == {"order"}


def test_a_part_of_an_obligation_that_is_gone_is_found_by_the_answers_that_it_alone_was_about():
    file = "goalbank/obligations/safety.yaml"
    found = compared(edited((file, "answered(harm_to_others) and ", "")), walks=60)
    (finding,) = found.findings
    assert {change.before for change, _ in finding.changes} == {"screen_before_plan"}
    answered = {key for round_ in finding.witness.after for key in round_.answers}
    assert "safety.harm_to_others" not in answered
    assert {"safety.suicidal_thoughts", "safety.self_harm", "safety.abuse_now"} <= answered
