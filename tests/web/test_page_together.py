"""The client's view: the question in the client's words, and nothing that is the clinician's alone."""

from __future__ import annotations

import re

import pytest
from cases import plain, vignette
from visiting import Visit, controls_of, main, source, words

from goldenthread.walk import keyed

WAIT = "One moment, please."
TOGETHER = "data-draft"
CODE = re.compile(r"\b(F\d\d(\.\d+)?|6[A-E]\d\d(\.\d)?|ICD|DSM)\b")


def forbidden(guide):
    """Give what must not stand in a client's view: diagnoses, codes of clients, what the clinician is told."""
    names = {entry.name for entry in guide.model.diagnoses.values()}
    names |= {code for entry in guide.model.diagnoses.values() for code in entry.codes.get("icd10cm", ())}
    return names | {
        "Wren",
        "Sandpiper",
        "caution",
        "Caution",
        "Why ask",
        "held",
        "left out",
        "Sessions",
        "Review",
    }


@pytest.mark.parametrize("name", ["depression_after_separation", "disclosure_during_goals"])
def test_at_no_question_does_the_client_see_what_is_not_theirs(visit, clinician, desk, guide, name):
    written = vignette(name)
    answers = keyed(written["answers"], guide.program)
    visit("quick_panic", "Sandpiper")
    case = Visit(clinician, desk, desk.begin("Wren", quick=False))
    opened = {opening["at"] for opening in written.get("opened", ())}
    out = forbidden(guide)
    safety = {node.ask for node in guide.model.nodes() if node.flowchart in {"risk", "safety"} and node.ask}
    seen = asked_ = 0
    while at := case.at:
        if at in opened:
            opened.remove(at)
            case.post("move", {"action": "risk", "key": at})
            continue
        question = case.walk().question
        page = case.get("together")
        said, html = words(page), source(page)
        seen += 1
        for text in out:
            assert text not in said, (at, text)
        assert not CODE.search(said), at
        assert not any(text in said for text in safety), at
        assert "Risk is open" not in said
        assert question.ask not in said or question.ask == question.say
        closed = question.private or question.safety or question.kind in {"measure", "goals", "acknowledge"}
        if closed:
            assert WAIT in said, at
            assert TOGETHER not in html, at
        for option in question.options:
            for reason in (option.why, option.caution, option.band):
                assert not reason or reason not in said, at
        if WAIT in said:
            assert 'name="answer"' not in html, at
        else:
            asked_ += 1
            assert question.say in said
        walk = case.walk()
        answered = walk.answer(plain(answers.get(at, {"later": True})))
        assert answered.problem is None
        desk.keep(desk.sit(case.id), answered)
    assert seen > 40
    assert asked_ > 15
    assert "no more questions" in words(case.get("together"))


def test_no_banner_about_risk_stands_in_the_clients_view(visit):
    case = visit("depression_after_separation", until="safety.suicidal_thoughts")
    case.answer({"answer": "yes"})
    said = words(case.get("together"))
    assert WAIT in said
    assert "Risk" not in said
    assert "suicid" not in said.lower()


def test_what_the_client_answers_is_kept_and_the_next_question_comes_in_the_same_view(visit):
    case = visit("depression_after_separation", until="problem.cost_home")
    fields = controls_of(case.get("together"), TOGETHER)
    sent = case.answer({**fields, "answer": "Toast for dinner"})
    assert sent["Location"].partition("?")[0] == case.path("together")
    assert case.given("problem.cost_home") == {"value": "Toast for dinner", "date": "2026-03-02"}


def test_what_does_not_fit_is_said_in_the_same_view(visit):
    case = visit("depression_after_separation", until="problem.concern")
    refused = case.answer(controls_of(case.get("together"), TOGETHER))
    assert refused.status_code == 422
    assert "at least 1 must be chosen" in main(refused)
    assert "Why ask" not in source(refused)


def test_what_the_client_does_not_see_stays_as_it_was(visit):
    at = "problem.concern"
    case = visit("depression_after_separation")
    form = {"answer": ["low_mood", "sleep"], "first": "sleep", "own": ["the neighbours"]}
    case.answer(
        {**form, "beside_source": "sister", "beside_date": "2026-02-01", "beside_note": "twice"}, at=at
    )
    before = case.given(at)
    assert before["value"] == ["sleep", "low_mood", {"own": "the neighbours"}]
    sent = controls_of(case.get("together", at=at), TOGETHER)
    assert "the neighbours" not in sent.get("own", [])
    assert case.answer(sent, at=at).status_code == 302
    assert case.given(at) == before


def test_a_draft_of_the_clinician_outlives_the_clients_view(visit):
    case = visit("depression_after_separation", until="problem.concern")
    form = {"answer": ["low_mood"], "own": ["half a sen"], "beside_note": "n"}
    case.answer(form, action="draft")
    sent = controls_of(case.get("together"), TOGETHER)
    case.answer({**sent, "answer": ["low_mood", "sleep"]}, action="draft")
    draft = case.draft("problem.concern")
    assert draft["answer"] == ["low_mood", "sleep"]
    assert draft["own"] == ["half a sen"]
    assert draft["beside_note"] == ["n"]


def test_what_is_said_to_the_clinician_waits_for_the_clinicians_view(visit):
    case = visit("depression_after_separation")
    at = "problem.concern"
    sent = controls_of(case.get("together", at=at), TOGETHER)
    case.answer({**sent, "answer": ["low_mood", "life_change"]}, at=at)
    assert "set aside" not in words(case.get("together"))
    assert "set aside" in main(case.get())
