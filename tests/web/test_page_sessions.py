"""Sessions and the review: noted, corrected, missed; safety; what the scores say; the round that follows."""

from __future__ import annotations

import datetime
import re

import pytest
from visiting import controls_of, main, source, words

NAME, REVIEWED = "depression_after_separation", "review_after_twelve_weeks"
NOTE = {
    "date": "2026-03-02",
    "mode": "in_person",
    "present": "client, sister",
    "goals": ["depression_lift"],
    "rating_depression_lift": "4",
    "response": "It was <i>easier</i>.\r\nA bit.",
    "safety": "no_change",
    "next_step": "Ring Farah",
}


@pytest.fixture
def case(visit):
    return visit(NAME)


def note(case, **more):
    return case.post("sessions/note", NOTE | more)


def form_of(page):
    return controls_of(page, 'class="card session"')


# Noting


def test_a_session_is_noted_and_read_as_a_note(case):
    assert note(case)["Location"] == case.path("sessions")
    (one,) = case.case.sessions
    assert (one.date, one.present, one.goals) == ("2026-03-02", ("client", "sister"), ("depression_lift",))
    assert one.ratings == {"depression_lift": 4}
    assert one.response == "It was <i>easier</i>.\nA bit."
    page = case.get("sessions")
    assert "It was <i>easier</i>." in words(page)
    assert "<i>" not in source(page)
    assert "Agreed last time: Ring Farah" in main(page)
    assert "The session is kept" in main(page)


def test_a_session_can_be_noted_before_there_is_a_plan(visit):
    case = visit(NAME, until="problem.age")
    assert "The plan has no goal yet" in main(case.get("sessions"))
    case.post("sessions/note", {"date": "2026-03-01", "mode": "telephone"})
    (one,) = case.case.sessions
    assert (one.mode, one.safety, one.goals) == ("telephone", "not_asked", ())


def test_a_missed_session_is_noted_as_missed(case):
    assert 'value="missed"' in source(case.get("sessions"))
    note(case)
    case.post("sessions/note", {"date": "2026-03-01", "mode": "missed"})
    assert not case.case.sessions[1].held
    page = case.get("sessions")
    assert "The session of 1 March 2026 was missed" in main(page)
    assert "Agreed last time: Ring Farah" in main(page), "nothing was agreed in the one that was missed"
    assert 'value="missed" selected' in source(case.get("sessions", correct="1"))


def test_what_was_agreed_last_is_what_was_agreed_in_the_session_held_last(case):
    note(case, next_step="The newest")
    note(case, date="2026-02-20", next_step="An older one, noted late")
    assert "Agreed last time: The newest" in main(case.get("sessions"))


def test_a_session_is_corrected_in_its_place(case):
    note(case)
    note(case, date="2026-02-28", response="The second")
    page = case.get("sessions", correct="0")
    fields = form_of(page)
    assert fields["correct"] == ["0"]
    assert fields["goals"] == ["depression_lift"]
    assert fields["rating_depression_lift"] == ["4"]
    assert fields["safety"] == ["no_change"]
    before = case.case.sessions
    assert case.post("sessions/note", fields).status_code == 302
    assert case.case.sessions == before, "a form sent as it is shown changes nothing"
    case.post("sessions/note", {**fields, "response": "Harder.", "version": case.version})
    first, second = case.case.sessions
    assert (first.response, second) == ("Harder.", before[1])


@pytest.mark.parametrize("place", ["7", "-1", "x", "²", "9" * 5000, "1.0"])
def test_a_session_that_there_is_not_cannot_be_corrected(case, place):
    note(case)
    assert case.get("sessions", correct=place).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rating_depression_lift": "11"}, "from 0"),
        ({"rating_depression_lift": "-1"}, "from 0"),
        ({"rating_depression_lift": "7.5"}, "whole number"),
        ({"rating_depression_lift": "much"}, "whole number"),
        ({"date": "2026-03-03"}, "lies ahead"),
        ({"date": "yesterday"}, "needs a date"),
        ({"date": "20260301"}, "needs a date"),
        ({"date": ""}, "needs a date"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_that_was_typed(case, wrong, said):
    refused = note(case, **wrong)
    assert refused.status_code == 422
    assert said in main(refused)
    fields = form_of(refused)
    for name, text in (NOTE | wrong).items():
        assert fields[name] == ([text] if isinstance(text, str) else text), name
    assert not case.case.sessions


def test_a_note_on_a_case_that_changed_meanwhile_is_not_lost(case):
    old = case.version
    case.answer({"answer": "another"}, at="problem.onset")
    refused = note(case, version=old)
    assert refused.status_code == 422
    assert "changed in another tab" in main(refused)
    fields = form_of(refused)
    assert fields["response"] == [NOTE["response"]]
    assert case.post("sessions/note", fields).status_code == 302
    assert len(case.case.sessions) == 1


def test_a_session_of_an_earlier_round_is_corrected_against_its_own_plan(visit, desk):
    case = visit(NAME, until="goals.chosen_goals")
    case.send([{"own": "Cook for two within 8 weeks", "for": ["problem"]}])
    while case.at:
        question = case.walk().question
        case.answer(action="answer" if question.kind == "acknowledge" else "not_known")
    case.post("sessions/note", {**NOTE, "goals": ["own_1"], "rating_own_1": "3"})
    desk.keep(desk.sit(case.id), case.walk().begin_round())
    assert case.walk().walk.round == 1
    assert "Cook for two" in main(case.get("sessions"))
    fields = form_of(case.get("sessions", correct="0"))
    assert (fields["goals"], fields["rating_own_1"]) == (["own_1"], ["3"])
    case.post("sessions/note", {**fields, "response": "Corrected"})
    (one,) = case.case.sessions
    assert (one.round, one.goals, one.ratings) == (0, ("own_1",), {"own_1": 3})


# Safety


def test_a_change_in_safety_opens_the_risk_guide_while_the_walk_is_under_way(visit):
    case = visit(NAME, until="goals.chosen_goals")
    sent = note(case, safety="changed", safety_note="said he would rather not be here")
    assert sent["Location"] == case.path("")
    assert case.at == "risk.risk_kind@opened_1"
    assert "Safety has changed" in main(case.get())


def test_a_change_in_safety_opens_the_risk_guide_after_the_walk_has_ended(case):
    assert case.walk().finished
    note(case, safety="changed")
    assert case.at == "risk.risk_kind@opened_1"


def test_a_correction_opens_it_where_the_change_is_new_and_only_there(case):
    note(case)
    note(case, correct="0", safety="changed")
    assert case.at.startswith("risk.")
    opened = case.case.rounds[0].opened
    note(case, correct="0", safety="changed", response="put right")
    assert case.case.rounds[0].opened == opened


def test_a_change_in_safety_whose_guide_was_closed_again_stays_in_sight(case):
    note(case, safety="changed")
    case.post("move", {"action": "back", "key": case.at})
    assert "the risk guide was not opened since" in main(case.get("sessions"))
    assert "Risk is open" in words(case.client.get("/"))


# The review


def test_a_review_with_too_few_data_says_so(case):
    page = main(case.get("review"))
    assert "too few data: one score" in page
    assert "Too few data: no rating" in page
    assert "The next review is on 25 May 2026" in page
    note(case, rating_depression_see_people="4")
    assert "Too few data: one rating" in main(case.get("review"))


def test_ratings_are_drawn_over_time(case):
    note(case, rating_depression_see_people="4")
    note(case, date="2026-02-20", rating_depression_see_people="2")
    page = case.get("review")
    assert "Rated 2 at first and 4 now" in main(page)
    assert source(page).count("<svg") >= 2
    assert "style=" not in source(page)


def test_scores_are_held_against_what_a_reliable_change_is(visit, practice):
    practice.today = datetime.date(2026, 6, 1)
    case = visit(REVIEWED)
    page = case.get("review")
    said = main(page)
    assert "PHQ-9: changed, but not reliably" in said
    assert "In the client’s own words" in said
    assert "I would rather someone asked me each week what I did." in said
    assert "wanted in the last review" in said
    assert "<svg" in source(page)


def test_an_overdue_review_is_said_to_be(case, practice):
    practice.today = datetime.date(2026, 6, 1)
    assert "overdue" in main(case.get("review"))


def test_beginning_the_review_leads_to_it_puts_answers_forward_and_asks_safety_anew(case, practice):
    for at in ("problem.opening_words", "problem.wanted_change", "problem.what_happens"):
        case.answer(controls_of(case.get(at=at)), at=at)
    case.post("plan/sign", {"by": "Dr Ada Hall"})
    (before,) = case.case.signed
    practice.today = datetime.date(2026, 5, 25)
    assert "Begin the review now" in main(case.get("review"))
    for _ in range(2):
        case.post("move", {"action": "begin_round"})
        assert case.at == "progress_review.safety_again", "it is begun once"
    carried, safety = {}, {}
    for _ in range(90):
        at, page, question = case.at, case.get(), case.walk().question
        if case.walk().walk.round and at.startswith("diagnosis"):
            break
        if question.safety:
            safety[at] = controls_of(page).get("answer", [""])
        elif question.prefill_date and case.walk().walk.round:
            carried[at] = main(page)
        known = {"progress_review.change_needed": {"answer": ["method"]}}
        form = known.get(at, {} if question.kind == "acknowledge" else controls_of(page))
        if question.safety:
            option = (
                "no" if question.kind == "yes_no" else question.options[-1].id if question.options else ""
            )
            form = {"answer": option}
        if case.answer(form).status_code == 422:
            assert case.answer(action="not_known").status_code == 302
    assert case.walk().walk.round == 1
    assert {"problem.opening_words", "problem.wanted_change"} <= carried.keys()
    assert all(
        "Put forward from 2 March 2026. Press Answer to confirm it, or change it." in said
        for said in carried.values()
    )
    assert {"progress_review.safety_again", "safety.suicidal_thoughts"} <= safety.keys()
    assert set(map(tuple, safety.values())) == {("",)}, "nothing about safety is put forward"
    assert case.case.signed == (before,)
    assert case.get("plan/signed/1/txt").content.decode() == before.text
    assert "version 1" in main(case.get("plan/versions"))


def test_what_may_have_to_change_leads_to_its_phase(visit, practice):
    practice.today = datetime.date(2026, 6, 1)
    case = visit(REVIEWED)
    listed = source(case.get("review")).partition("What may have to change")[2]
    links = re.findall(r"\?at=([\w.@]+)", listed)
    assert links
    for at in links:
        assert case.get(at=at).status_code == 200


def test_where_no_plan_came_about_no_review_of_it_is_said_to_be_due_or_done(visit):
    case = visit("past_hypomania")
    said, end = main(case.get("review")), main(case.get())
    words_of_the_end = case.walk().plan().status_words
    assert words_of_the_end in said
    assert "Begin a new round" in said
    assert "is done" not in said
    assert "next review" not in said
    assert end.count(case.walk().walk.end.end.rstrip(".")) == 1, "it is said once"
    assert "loose end" not in end


def test_a_review_that_was_made_is_said_to_be_done(visit, practice):
    practice.today = datetime.date(2026, 6, 1)
    case = visit(NAME)
    walk = case.desk.sit(case.id).walk.go_to("planning.review_now").answer("review")
    while walk.walk.at:
        question = walk.question
        walk = walk.answer(
            ["nothing"] if question.key.endswith("change_needed") else "none_told"
            if question.key.endswith("safety_again") else {"not_known": True}
        )  # fmt: skip
    case.desk.keep(case.desk.sit(case.id), walk)
    assert "The review of this round is done." in main(case.get("review"))
    walk = walk.go_to("progress_review.change_needed")
    asked = source(case.get(at="progress_review.change_needed"))
    assert "The scores and ratings so far" in asked
    assert f'hx-get="{case.path("review")}"' in asked
