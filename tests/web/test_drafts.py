"""What is typed beside the walk, into a session's note or a part of the plan, is kept until it is sent."""

from __future__ import annotations

import time

import pytest
from driver import Driver
from visiting import controls_of, main

from goldenthread.web import middleware
from goldenthread.web.launch import new_link

WHOLE = "depression_after_separation"
NOTE = {
    "date": "2026-03-01",
    "mode": "by_video",
    "response": "It was <quiet> this week.",
    "safety": "not_asked",
}
SESSION = "card session"


@pytest.fixture
def case(visit):
    return visit(WHOLE)


def open_anew(case):
    return case.client.get(f"/open/{new_link('seal', time.time())}")


def left_alone(monkeypatch):
    monkeypatch.setattr(middleware, "idle_seconds", lambda _: 1e9)


def test_a_session_that_is_being_noted_is_there_when_the_page_is_loaded_again(case):
    goal = next(name for name in controls_of(case.get("sessions"), SESSION) if name.startswith("rating_"))
    assert case.post("sessions/note", NOTE, action="draft", **{goal: "not yet"}).status_code == 204
    page = case.get("sessions")
    form = controls_of(page, SESSION)
    assert (form["response"], form[goal], form["date"]) == ([NOTE["response"]], ["not yet"], [NOTE["date"]])
    assert "not noted yet" in main(page)
    assert case.case.sessions == ()


def test_a_session_that_is_kept_leaves_no_draft_behind(case):
    case.post("sessions/note", NOTE, action="draft")
    case.post("sessions/note", NOTE)
    page = case.get("sessions")
    assert controls_of(page, SESSION)["response"] == [""]
    assert "not noted yet" not in main(page)


def test_a_session_that_is_refused_is_still_there_after_a_look_elsewhere(case):
    assert case.post("sessions/note", NOTE, date="2026-13-01").status_code == 422
    case.get("plan")
    assert controls_of(case.get("sessions"), SESSION)["response"] == [NOTE["response"]]


def test_a_session_sent_twice_is_noted_once_and_its_late_draft_is_dropped(case):
    before = case.version
    case.post("sessions/note", NOTE)
    assert case.post("sessions/note", NOTE, version=before).status_code == 302
    assert case.post("sessions/note", NOTE, version=before, action="draft").status_code == 204
    assert [note.response for note in case.case.sessions] == [NOTE["response"]]
    assert controls_of(case.get("sessions"), SESSION)["response"] == [""]


def test_a_correction_has_a_draft_of_its_own_until_the_session_is_left_as_it_was(case):
    case.post("sessions/note", NOTE)
    case.post("sessions/note", NOTE, response="louder", correct="0", action="draft")
    assert controls_of(case.get("sessions"), SESSION)["response"] == [""]
    assert controls_of(case.get("sessions", correct="0"), SESSION)["response"] == ["louder"]
    case.post("sessions/note", NOTE, correct="0", action="drop")
    assert controls_of(case.get("sessions", correct="0"), SESSION)["response"] == [NOTE["response"]]
    assert [note.response for note in case.case.sessions] == [NOTE["response"]]


def test_words_for_a_part_of_the_plan_wait_until_they_are_kept_or_thrown_away(case):
    typed = {"field": "problem", "text": "Her own words\nfor it"}
    assert case.post("plan/word", typed, action="draft").status_code == 204
    assert "problem" not in case.case.wording
    assert "Go on with the words you typed" in main(case.get("plan"))
    assert controls_of(case.get("plan", edit="problem"), "plan/word")["text"][0].split("\r\n") == [
        "Her own words",
        "for it",
    ]
    case.post("plan/word", typed, action="drop")
    assert "Go on with the words you typed" not in main(case.get("plan"))
    case.post("plan/word", typed, action="draft")
    case.post("plan/word", typed)
    assert case.case.wording["problem"].text == typed["text"]
    assert "Go on with the words you typed" not in main(case.get("plan"))


@pytest.mark.parametrize(
    ("page", "form", "leads_to"),
    [("sessions/note", NOTE, "sessions"), ("plan/word", {"field": "problem", "text": "mine"}, "plan")],
)
def test_what_is_sent_after_the_page_has_locked_is_kept_and_led_back_to(
    case, monkeypatch, page, form, leads_to
):
    before = case.version
    with monkeypatch.context() as alone:
        left_alone(alone)
        assert case.post(page, form)["Location"] == "/locked"
    assert case.version == before
    opened = open_anew(case)
    assert opened["Location"] == case.path(page)
    assert case.client.get(opened["Location"])["Location"] == case.path(leads_to)
    waiting = {"sessions": "not noted yet", "plan": "Go on with the words you typed"}[leads_to]
    assert waiting in main(case.get(leads_to))


def test_what_enters_the_record_stays_chosen_when_the_page_is_opened_anew(case):
    case.post("plan/choose", {"fields": ["problem", "goals"], "also": ["declines"]})
    case.client.cookies.clear()
    assert case.get("plan").status_code == 403
    open_anew(case)
    form = controls_of(case.get("plan"), "plan/choose")
    assert (form["fields"], form["also"]) == (["problem", "goals"], ["declines"])


def test_a_note_survives_a_reload_in_the_browser_and_is_sent_by_the_keyboard(opened, seeded, server):
    page = opened()
    page.goto(f"{server.home}case/{seeded['ended'].id}/sessions")
    driver = Driver(page, {})
    driver.write("[name=response]", "It went by itself.")
    page.wait_for_selector("#drafted:has-text('Kept as a draft')")
    page.reload()
    assert page.input_value("[name=response]") == "It went by itself."
    driver.leave_field()
    driver.press("Enter")
    assert page.input_value("[name=response]") == "It went by itself."
    driver.turn(lambda: (driver.tab_to("[name=response]"), driver.press("Control+Enter")))
    assert page.inner_text(".banner.good") == "The session is kept."
    assert page.input_value("[name=response]") == ""
