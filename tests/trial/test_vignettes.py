"""Vignettes: each kind of expectation passes where it holds, and fails at its place where it does not."""

from __future__ import annotations

import json

import pytest

from goldenthread.diagnostics import Report
from goldenthread.diagnostics.printers import as_text
from goldenthread.trial import read_vignettes, run_vignette
from small import MOOD3, REFERENCE, bank, chart, guide

ROLES = bank(
    "roles",
    {
        "concern": {"answer": "choices", "options": {"panic": "panic", "sleep": "sleep"}},
        "danger": {"answer": "yes_no", "safety": True},
        "bar": {"answer": "yes_no"},
        "kind": {"answer": "text", "safety": True},
        "what_happens": {"answer": "text"},
        "onset": {"answer": "text"},
    },
)
LIBRARY = (
    chart(
        "planning",
        """
        danger: {ask: Danger?, as: danger, next: concern}
        concern: {ask: Which?, as: concern, next: [{when: panic in concern, go: bar}, {otherwise: onset}]}
        bar: {ask: Bar?, as: bar, next: onset}
        onset: {ask: Since when?, as: onset, core: true, next: done}
        done: {end: Done}
        """,
    ),
    chart("risk", "kind: {ask: Which?, as: kind, next: done}\ndone: {end: Done}", phase="safety"),
    ROLES,
    MOOD3,
    REFERENCE,
    bank(
        "modalities",
        {
            "talking": {"suggest": "panic in concern"},
            "walking": {"suggest": {"when": "panic in concern", "strength": "strong", "certainty": "high"}},
            "second": {
                "suggest": {"when": "panic in concern", "strength": "strong", "certainty": "moderate"}
            },
            "third": {"suggest": {"when": "panic in concern", "strength": "strong", "certainty": "moderate"}},
            "barred": {
                "suggest": "panic in concern",
                "rule_out": [{"when": "bar", "because": "The bar is up."}],
            },
            "for_sleep": {"suggest": "sleep in concern"},
        },
    ),
    bank("goals", {"go_out": {"suggest": "panic in concern"}}),
    bank("alerts", {"alarm": {"raise_when": "danger", "opens": "risk", "cleared_when": "known(kind)"}}),
)
ANSWERS = {
    "planning.danger": False,
    "planning.concern": ["panic"],
    "planning.bar": False,
    "planning.onset": "in May",
}
HOLDS = {
    "planning.danger": False,
    "planning.concern": ["panic"],
    "planning.bar": {"not_known": True},
    "planning.onset": "in May",
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a vignette; give what was found, and the line of the file at which each stands."""
    monkeypatch.chdir(tmp_path)

    def ran(expect, answers=ANSWERS, **more):
        keys = {"vignette": "a_case", "about": "A case.", "answers": answers, "expect": expect, **more}
        text = "\n".join(f"{key}: {json.dumps(value, indent=2)}" for key, value in keys.items()) + "\n"
        (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
        vignettes, wrong, _ = read_vignettes([tmp_path / "case.yaml"])
        assert not wrong, wrong
        outcome = run_vignette(guide(*LIBRARY).program, vignettes[0])
        lines = text.splitlines()
        return outcome, [
            (d.code, lines[d.span.line - 1].strip().rstrip(","), d.message, d.help) for d in outcome.found
        ]

    return ran


HOLDING = [
    ({"passes": ["planning.bar"], "never_passes": ["risk.kind"]}, ANSWERS),
    ({"ends": "planning.done"}, ANSWERS),
    ({"ends": "open"}, {"planning.danger": False}),
    ({"passes": ["planning.concern"], "never_passes": ["planning.bar"]}, {"planning.danger": False}),
    (
        {
            "offers": {
                "modalities": {
                    "first": "walking",
                    "among_first": ["walking", "second", "third"],
                    "include": ["talking", "barred"],
                }
            }
        },
        ANSWERS,
    ),
    ({"never": {"modalities": ["for_sleep"]}}, ANSWERS),
    (
        {"never": {"goals": "all"}, "holds": {"modalities": "all", "goals": ["go_out"]}, "alerts": ["alarm"]},
        {**HOLDS, "planning.danger": True},
    ),
    ({"holds": {"modalities": ["barred"]}, "never": {"modalities": ["barred"]}}, HOLDS),
    ({"lacks": ["what_happens"], "threads": "loose"}, ANSWERS),
    ({"questions_at_most": 4}, ANSWERS),
]


@pytest.mark.parametrize(("expect", "answers"), HOLDING)
def test_what_holds_passes(run, expect, answers):
    extra = {"rest": "later"} if answers.get("planning.danger") is True else {}
    outcome, found = run(expect, answers, **extra)
    assert found == []
    assert outcome.passed


FAILING = [
    # expectation, answers, the line at which it stands, what is said, what helps
    (
        {"passes": ["planning.bar"]},
        {**ANSWERS, "planning.concern": ["sleep"]},
        '"planning.bar"',
        "`planning.bar` is not passed",
        "",
    ),
    ({"passes": ["planning.barr"]}, ANSWERS, '"planning.barr"', "there is no node", "`planning.bar`"),
    ({"never_passes": ["planning.onset"]}, ANSWERS, '"planning.onset"', "`planning.onset` is passed", ""),
    ({"never_passes": ["planning.nset"]}, ANSWERS, '"planning.nset"', "there is no node", "`planning.onset`"),
    ({"ends": "risk.done"}, ANSWERS, '"ends": "risk.done"', "ends at `planning.done`", ""),
    (
        {"ends": "planning.done"},
        {"planning.danger": False},
        '"ends": "planning.done"',
        "ends at `open` (it waits at `planning.concern`)",
        "",
    ),
    (
        {"offers": {"modalities": {"include": ["for_sleep"]}}},
        ANSWERS,
        '"for_sleep"',
        "is not offered: left out; Nothing in the answers",
        "",
    ),
    (
        {"offers": {"modalities": {"include": ["barred"]}}},
        HOLDS,
        '"barred"',
        "is not offered: held; ask first bar",
        "",
    ),
    (
        {"offers": {"modalities": {"include": ["barred"]}}},
        {**ANSWERS, "planning.bar": True},
        '"barred"',
        "left out; The bar is up.",
        "",
    ),
    (
        {"offers": {"modalities": {"include": ["waking"]}}},
        ANSWERS,
        '"waking"',
        "among the modalities",
        "`walking`",
    ),
    (
        {"offers": {"modalities": {"among_first": ["talking"]}}},
        ANSWERS,
        '"talking"',
        "has rank 4; before it stand walking, second, third",
        "",
    ),
    (
        {"offers": {"modalities": {"among_first": ["for_sleep"]}}},
        ANSWERS,
        '"for_sleep"',
        "is not offered",
        "",
    ),
    (
        {"offers": {"modalities": {"among_first": ["talkin"]}}},
        ANSWERS,
        '"talkin"',
        "there is nothing called",
        "`talking`",
    ),
    (
        {"offers": {"modalities": {"first": "talking"}}},
        ANSWERS,
        '"first": "talking"',
        "the first is walking, not `talking`",
        "",
    ),
    (
        {"offers": {"modalities": {"first": "secnd"}}},
        ANSWERS,
        '"first": "secnd"',
        "there is nothing called",
        "`second`",
    ),
    ({"holds": {"modalities": ["talking"]}}, ANSWERS, '"talking"', "`talking` is not held", ""),
    ({"holds": {"modalities": ["taking"]}}, ANSWERS, '"taking"', "there is nothing called", "`talking`"),
    (
        {"holds": {"modalities": "all"}},
        ANSWERS,
        '"modalities": "all"',
        "walking, second, third are offered",
        "",
    ),
    (
        {"holds": {"modalities": "all"}},
        {**ANSWERS, "planning.concern": []},
        '"modalities": "all"',
        "nothing is held",
        "",
    ),
    ({"never": {"modalities": ["talking"]}}, ANSWERS, '"talking"', "`talking` is offered", ""),
    ({"never": {"modalities": ["taking"]}}, ANSWERS, '"taking"', "there is nothing called", "`talking`"),
    (
        {"never": {"modalities": "all"}},
        ANSWERS,
        '"modalities": "all"',
        "walking, second, third are offered",
        "",
    ),
    ({"alerts": ["alarm"]}, ANSWERS, '"alarm"', "the alert `alarm` is not raised", ""),
    ({"alerts": ["alarms"]}, ANSWERS, '"alarms"', "there is no alert `alarms`", "`alarm`"),
    (
        {"threads": "whole"},
        ANSWERS,
        '"threads": "whole"',
        "the threads are loose: the presenting problem: no goal is for it",
        "",
    ),
    ({"questions_at_most": 3}, ANSWERS, '"questions_at_most": 3', "4 answers were given", ""),
    ({"lacks": ["onset"]}, ANSWERS, '"onset"', "does not lack `onset`", ""),
    ({"lacks": ["onest"]}, ANSWERS, '"onest"', "is no part of a problem statement", "`onset`"),
    ({"ends": "planning.don"}, ANSWERS, '"ends": "planning.don"', "there is no end", "`planning.done`"),
    ({"ends": "planning.bar"}, ANSWERS, '"ends": "planning.bar"', "is a node and no end", "`planning.done`"),
]


@pytest.mark.parametrize(("expect", "answers", "line", "message", "help_"), FAILING)
def test_what_does_not_hold_fails_at_its_place(run, expect, answers, line, message, help_):
    outcome, found = run(expect, answers)
    assert not outcome.passed
    place = [(code, at, said, helped) for code, at, said, helped in found if code in {"V003", "V005"}]
    assert len(place) == 1, found
    code, at, said, helped = place[0]
    assert (code == "V005") == bool(help_)
    assert at == line
    assert message in said
    assert help_ in helped
    if expect == {"holds": {"modalities": "all"}} and not answers["planning.concern"]:
        return
    assert len(found) == 1 or answers.get("planning.concern") in (["sleep"], []), (
        "the answer about the bar is then never asked"
    )


def test_an_answer_to_no_question_is_named_with_the_nearest(run):
    _, found = run({}, {**ANSWERS, "planning.onsett": "x"})
    assert (
        "V002",
        '"planning.onsett": "x"',
        "no question is called `planning.onsett`",
        "did you mean `planning.onset`?",
    ) in found


def test_an_answer_that_does_not_fit_is_named_at_its_place(run):
    _, found = run({}, {**ANSWERS, "planning.bar": "perhaps"})
    assert found[0] == (
        "V002",
        '"planning.bar": "perhaps"',
        "`planning.bar`: `perhaps` is neither yes nor no",
        "answer yes or no",
    )


def test_an_answer_that_is_never_asked_is_named(run):
    _, found = run({}, {**ANSWERS, "planning.concern": ["sleep"]})
    assert found == [
        (
            "V004",
            '"planning.bar": false',
            "`planning.bar` is answered and never asked: the walk ends before it",
            "take it out, or change what leads there",
        )
    ]
    _, found = run({}, {"planning.danger": False, "planning.onset": "x"})
    assert "the walk waits at `planning.concern`" in found[0][2]


def test_an_unknown_flowchart_is_named(run):
    _, found = run({}, ANSWERS, flowchart="planing")
    assert found == [
        ("V002", 'flowchart: "planing"', "there is no flowchart `planing`", "did you mean `planning`?")
    ]


def test_quick_walks_only_the_core(run):
    outcome, found = run(
        {"questions_at_most": 1, "ends": "planning.done"}, {"planning.onset": "x"}, quick=True
    )
    assert found == []
    assert outcome.walk.left_for_later() == ["planning.danger", "planning.concern"]


def test_what_is_opened_by_hand_is_walked(run):
    answers = {**ANSWERS, "risk.kind@opened_1": "told at the end"}
    _, found = run({"passes": ["risk.kind"]}, answers, opened=[{"flowchart": "risk", "at": "planning.onset"}])
    assert found == []


def test_files_that_are_no_vignettes_are_told_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = {
        "chart.yaml": chart("one", "q: {ask: Q?, answer: text, next: done}\ndone: {end: Done}"),
        "broken.yaml": "vignette: [",
        "lacking.yaml": "vignette: x\nabout: A case.\nanswers: {}\n",
        "sound.yaml": "vignette: sound\nabout: A case.\nanswers: {}\nexpect: {}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made, found, read = read_vignettes([tmp_path / name for name in texts])
    assert [vignette.id for vignette in made] == ["sound"]
    by_file = {d.span.file: d for d in found}
    assert by_file["chart.yaml"].code == "V001"
    assert "its first key is `flowchart`" in by_file["chart.yaml"].message
    assert "lacks `expect`" in by_file["lacking.yaml"].message
    assert by_file["broken.yaml"].level == "error"
    assert set(read) == set(texts)
    report = Report()
    report.texts.update(read)
    report.extend(found)
    assert "lacking.yaml:1" in as_text(report)
