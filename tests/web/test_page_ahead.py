"""The rest of a phase confirmed at once: what is listed, what is kept of it, and what is not passed over."""

from __future__ import annotations

import re

from serving import LATER, PHONE, seed
from visiting import controls_of, main, source

NOW = LATER.isoformat()
LISTED = "16 answers of this phase stand as they were"
DURATION = "problem.problem_duration"
FIRST, LAST, NEXT = "problem.opening_words", "problem.meaning_culture", "safety.session_place"


def listed(case):
    """Give what the button under the list would send."""
    form = source(case.get()).partition("stand as they were")[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert {"key", "version", "until"} < hidden.keys()
    return {**hidden, "action": "ahead"}


def confirm(case):
    """Press it."""
    return case.post("move", listed(case))


def test_what_stands_as_it_was_is_listed_and_where_it_stops_is_said(again):
    said = main(again.get())
    assert LISTED in said
    assert "1.11 how long it has lasted: 5 months 2 March 2026" in said
    assert "Then: 2.1 how the session is held, where Safety begins. All of this is still so" in said
    again.answer(controls_of(again.get()))
    assert "15 answers of this phase" in main(again.get())


def in_the_order_of_the_page(answers):
    """Give answers whose lists stand in the order in which a form sends them."""
    first, *others = answers["goals.chosen_goals"]
    goals = [{**first, "for": first["for"][::-1]}, *others]
    needs = answers["problem.practical_needs"][::-1]
    return {**answers, "goals.chosen_goals": goals, "problem.practical_needs": needs}


def test_it_is_the_same_case_as_after_answer_pressed_at_each(once_more):
    at_once, by_hand = (once_more(code, in_the_order_of_the_page) for code in ("Wren", "Heron"))
    while by_hand.at != "plan_review.next_step":
        before = by_hand.case.rounds[0].answers.get(by_hand.at)
        forward = by_hand.walk().ahead.answers
        if len(forward) < 2:
            assert [case.send(before).status_code for case in (at_once, by_hand)] == [302, 302]
            continue
        assert confirm(at_once).status_code == 302
        for one in forward:
            assert by_hand.at == one.key
            assert by_hand.answer(controls_of(by_hand.get())).status_code == 302
        assert at_once.at == by_hand.at
    assert at_once.case.rounds == by_hand.case.rounds
    assert at_once.case.decisions == by_hand.case.decisions


def test_each_is_said_today_by_whom_it_was_said(again):
    before = again.case.rounds[0].answers[LAST]
    response = confirm(again)
    assert response["Location"].endswith(f"at={NEXT}")
    assert again.case.rounds[1].answers[LAST] == {**before, "date": NOW}
    assert again.at == NEXT
    said = main(again.get())
    assert "16 earlier answers still stand, as of today" in said
    assert "stand as they were" not in said, "nothing of safety is put forward"


def test_a_first_round_and_a_question_gone_back_to_have_no_list(visit, again):
    assert "stand as they were" not in source(visit("depression_after_separation", "Finch", FIRST).get())
    confirm(again)
    assert "stand as they were" not in source(again.get(at=FIRST))


def test_the_client_does_not_see_it(again):
    assert "stand as they were" not in source(again.get("together"))


def test_a_second_tab_is_told_and_what_is_sent_twice_is_taken_once(again):
    form = listed(again)
    again.answer(controls_of(again.get()))
    stale = again.post("move", form)
    assert stale.status_code == 409
    assert "gone on in another tab" in main(stale)
    assert list(again.case.rounds[1].answers) == [FIRST]
    form = listed(again)
    again.post("move", form)
    kept = again.case
    twice = again.post("move", form)
    assert twice.status_code == 302
    assert again.case == kept


def test_what_is_half_typed_is_not_passed_over(again):
    form = listed(again)
    again.answer({"answer": "It is worse since May"}, action="draft")
    assert "stand as they were" not in source(again.get()), "what was typed comes first"
    page = again.post("move", form)
    assert page.status_code == 422
    assert "What you typed here is not an answer yet" in main(page)
    assert "It is worse since May" in source(page)
    assert again.case.rounds[1].answers == {}


def test_it_goes_no_further_than_where_something_is_half_typed(again):
    again.answer({"amount": "7", "unit": "months"}, at=DURATION, action="draft")
    response = confirm(again)
    assert response["Location"].endswith(f"at={DURATION}")
    page = again.get()
    assert controls_of(page)["amount"] == ["7"]
    assert "7 earlier answers still stand" in main(page)
    assert DURATION not in again.case.rounds[1].answers


def test_it_is_reached_and_pressed_by_the_keyboard(opened, server):
    case = seed(server, {"ahead": ("review_after_twelve_weeks", "")})["ahead"]
    page = opened(PHONE)
    page.goto(f"{server.home}case/{case.id}/")
    button = page.locator("button[value=ahead]")
    assert not button.is_visible(), "it is closed until somebody asks for it"
    count = page.locator("details:has(button[value=ahead]) li").count()
    page.locator("summary", has_text="stand as they were").focus()
    page.keyboard.press("Enter")
    assert button.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "ahead"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=still stand, as of today")
    (_, again) = server.kept("ahead")["rounds"]
    assert sum(isinstance(raw, dict) and "date" in raw for raw in again["answers"].values()) >= count
