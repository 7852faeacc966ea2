"""The facade: loading, starting, and the answers to why, why not and why ask on the shipped content."""

from __future__ import annotations

import datetime as dt

import pytest

import goldenthread
from goldenthread.diagnostics import Report
from goldenthread.session import Guide, NotSoundError, UnknownFlowchartError
from small import chart, shipped

TODAY = dt.date(2026, 1, 5)
CALM = {
    f"safety.{name}": False
    for name in ("suicidal_thoughts", "self_harm", "harm_to_others", "abuse_now", "dependant_at_risk")
}
PANIC = {
    **CALM,
    "safety.unwell_now": ["none_of_these"],
    "problem.concern": ["panic"],
    "problem.age": 30,
    "conceptualization.perpetuating": {"avoidance": "the bus", "safety_behaviours": "the bottle"},
}


def walked(**changed):
    answers = {**PANIC, **{key.replace("__", "."): value for key, value in changed.items()}}
    return shipped().from_answers({"answers": answers, "rest": "later"}, today=TODAY)


def test_loading_twice_gives_a_library_each_time():
    """No room may bear the name of a function of the package: importing it would take the function's place."""
    for _ in range(2):
        library, report = goldenthread.load()
        assert isinstance(library, Guide)
        assert isinstance(report, Report)


def test_the_few_lines_of_the_package_docstring_run():
    library, _ = goldenthread.load()
    walk = library.start("planning")
    walk = walk.answer("I cannot sleep since June")
    assert walk.plan().statement.client_words == "I cannot sleep since June"


def test_an_unknown_flowchart_names_the_nearest():
    with pytest.raises(UnknownFlowchartError) as caught:
        shipped().start("planing")
    assert str(caught.value) == "there is no flowchart `planing`"
    assert "`planning`" in caught.value.help
    assert isinstance(caught.value, KeyError)


def test_a_library_with_errors_can_be_read_and_not_walked(tmp_path):
    (tmp_path / "one.yaml").write_text(
        chart("one", "q: {ask: Q?, answer: text, next: nowhere}\ndone: {end: Done}"), encoding="utf-8"
    )
    broken, report = goldenthread.load([tmp_path], only=True)
    assert report.errors
    assert "one" in broken.model.flowcharts
    with pytest.raises(NotSoundError) as caught:
        broken.start("one")
    assert caught.value.report is report
    assert "goldenthread check" in str(caught.value)


def test_a_library_alone_plans_nothing(tmp_path):
    (tmp_path / "one.yaml").write_text(
        chart("one", "q: {ask: Q?, answer: text, next: done}\ndone: {end: Done}"), encoding="utf-8"
    )
    alone, _ = goldenthread.load([tmp_path], only=True)
    assert not alone.model.protected
    assert shipped().model.protected


@pytest.mark.parametrize("spelt", ["id", "spaced", "name"])
def test_why_an_offered_treatment_is_found_by_id_and_by_name(spelt):
    words = {"id": "cbt_panic", "spaced": "CBT panic ", "name": shipped().model.modalities["cbt_panic"].name}[
        spelt
    ]
    lines = walked().why(words)
    assert "is offered" in lines[0]
    text = "\n".join(lines)
    assert "  For: " in text
    assert "Since" in text
    assert "Source: " in text or "Basis: clinical consensus" in text
    assert "Review state: draft." in text


def test_why_says_once_that_it_is_not_known_what_applies():
    text = "\n".join(walked().why("cbt_panic"))
    assert text.count("Not known whether these apply:") == 1
    assert "Not known whether this applies" not in text
    lead = text.index("  Not known whether these apply:\n")
    assert lead < text.index("\n    In pregnancy, choose interoceptive exercises")
    known = {"diagnosis_screen__medical_cause": "possible", "diagnosis_screen__perinatal": "pregnant"}
    assert "  Caution: Something may point to a bodily cause" in "\n".join(walked(**known).why("cbt_panic"))


def test_why_not_names_what_to_ask_first():
    lines = walked(safety__abuse_now={"later": True}).why("cbt_panic")
    assert "is held" in lines[0]
    assert any("Ask first: being hurt, threatened or controlled (2.7)" in line for line in lines)


def test_why_not_names_the_answers_that_leave_it_out():
    out = next(x for x in walked().advice("modalities").left_out if not x.ruled_out)
    lines = walked().why(out.id)
    assert "is left out" in lines[0]
    assert "Because: Nothing in the answers suggests it." in lines[1]


def test_why_not_names_the_reason_that_rules_it_out():
    walk = walked(safety__unwell_now=["psychosis"])
    out = next(
        x
        for kind in ("goals", "interventions", "modalities")
        for x in walk.advice(kind).left_out
        if x.ruled_out
    )
    assert "is left out" in walk.why(out.id)[0]
    assert any("psychosis" in line or "acute" in line for line in walk.why(out.id))


@pytest.mark.parametrize("kind", ["diagnoses", "factors", "goals", "interventions", "modalities"])
def test_every_shipped_entry_can_say_how_it_stands(kind):
    walk = walked()
    for entry in walk.walk.program.library.advised(kind).values():
        lines = walk.why(entry.id)
        assert lines[0].startswith(entry.name)
        assert any(word in lines[0] for word in ("is offered", "is held", "is left out")), lines
        assert len(lines) > 1 or "held" in lines[0]
        assert not any("None" in line.split() for line in lines)


def test_an_entry_that_there_is_not_names_the_nearest():
    assert "Did you mean" in walked().why("cbt_panik")[0]
    assert walked().why("xyzzy plugh") == ["There is no entry “xyzzy plugh”."]
    assert walked().why("  ")[0].startswith("There is no entry")


def test_words_that_many_names_hold_are_not_taken_for_one():
    assert walked().why("a")[0].startswith("There is no entry")


def test_why_ask_gives_the_reason_of_the_question_and_what_waits_for_it():
    begun = shipped().start("planning", today=TODAY)
    standing = shipped().from_answers(
        {"answers": {k: v for k, v in PANIC.items() if k != "safety.abuse_now"}, "rest": "later"}, today=TODAY
    )
    asked = standing.go_to("safety.abuse_now")
    lines = asked.why_ask()
    assert lines[0] == shipped().model.flowcharts["safety"].nodes["abuse_now"].why
    assert any(line.startswith("What is suggested later may wait for it: ") for line in lines)
    assert any(line.startswith("Source: ") for line in lines)
    assert begun.why_ask()


def test_why_ask_names_the_answer_that_led_here():
    standing = walked(safety__session_place="video").go_to("safety.client_location")
    assert standing.question.key == "safety.client_location"
    assert any(line.startswith("It is asked here since ") for line in standing.why_ask())


def test_why_ask_at_the_end_says_that_nothing_waits():
    assert walked().why_ask() == ["No question waits: the walk has ended."]


def test_every_shipped_question_can_be_shown_and_explained():
    """Each question on the way of a walk through its own flowchart that leaves everything for later."""
    seen = 0
    for id_ in shipped().model.flowcharts:
        walk = shipped().resume(
            (goldenthread.walk.Round({}),),
            id_,
            today=TODAY,
            settings=goldenthread.walk.Settings(rest_later=True),
        )
        for key in walk.walk.questions_passed():
            standing = walk.go_to(key)
            assert standing.question.key == key
            assert standing.question.ask
            seen += 1
            if seen % 6 == 0:
                assert standing.why_ask()
    assert seen > 40
