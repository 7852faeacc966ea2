"""Nothing that was typed or answered is lost: reloads, the way back, two tabs, a double click, a killed server."""

from __future__ import annotations

import random
import secrets

import pytest
from driver import FORM, Driver
from serving import PHONE, eventually

WORDS = "The office is quiet after six; I stay because nobody rings."
AT = "problem.opening_words"


@pytest.fixture
def begun(opened):
    """Give somebody who has begun a case with a code of its own, and stands at its first question."""

    def begin(**options):
        page = opened(**options)
        driver = Driver(page, {}, scripts=options.get("java_script_enabled", True))
        driver.code = f"Case {secrets.token_hex(4)}"
        driver.begin(driver.code)
        assert driver.asked() == AT
        return driver

    return begin


def field(page):
    return page.locator(f"{FORM} [name=answer]:not(button)")


def typed(driver, text):
    """Type, and wait until the page says that it is kept."""
    driver.write(f"{FORM} [name=answer]:not(button)", text)
    driver.page.wait_for_selector("#drafted:has-text('Kept as a draft')")


def test_a_reload_brings_back_what_was_being_typed(begun):
    driver = begun()
    typed(driver, WORDS)
    driver.page.reload()
    assert field(driver.page).input_value() == WORDS
    assert "not an answer yet" in driver.page.inner_text("main")


def test_what_was_typed_a_moment_ago_is_kept_when_one_goes_elsewhere(begun):
    driver = begun()
    driver.write(f"{FORM} [name=answer]", WORDS)
    driver.follow("nav a[href$='/answers']")
    driver.follow("nav a[aria-label='This case'], nav[aria-label='This case'] a[data-key=w]")
    eventually(lambda: driver.page.reload() and field(driver.page).input_value() == WORDS)


def test_what_was_typed_a_moment_ago_is_kept_when_the_window_is_closed(begun, server, opened):
    driver = begun()
    driver.write(f"{FORM} [name=answer]", WORDS)
    address = driver.page.url
    driver.page.goto("about:blank")
    driver.page.close()
    other = opened()
    other.goto(address)
    eventually(lambda: other.reload() and field(other).input_value() == WORDS)


def test_the_browsers_way_back_shows_the_question_with_its_answer(begun):
    driver = begun()
    first = driver.page.url
    driver.answers = {AT: WORDS}
    driver.answer(AT)
    second = driver.asked()
    assert second != AT
    driver.follow("nav a[href$='/answers']")
    driver.page.go_back()
    driver.page.wait_for_selector(f"{FORM} [name=key]", state="attached")
    assert driver.asked() == second
    driver.page.goto(f"{first}?at={AT}")
    assert field(driver.page).input_value() == WORDS


def test_a_second_tab_is_told_keeps_its_text_and_overwrites_nothing(begun, server):
    driver = begun()
    other = driver.page.context.new_page()
    other.goto(driver.page.url)
    driver.answers = {AT: "What the first tab says."}
    driver.answer(AT)
    late = Driver(other, {AT: "What the second tab says."})
    late.answer(AT)
    said = other.inner_text("main")
    assert "another tab" in said
    assert "What the second tab says." in said
    kept = server.kept(driver.code)["rounds"][0]["answers"]
    assert kept[AT]["value"] == "What the first tab says."
    late.follow("a.button.main")
    assert late.asked() == AT
    assert field(other).input_value() == "What the second tab says."
    late.send()
    assert server.kept(driver.code)["rounds"][0]["answers"][AT]["value"] == "What the second tab says."


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_is_taken_once(begun, server, scripts):
    driver = begun(java_script_enabled=scripts)
    driver.write(f"{FORM} [name=answer]", WORDS)
    driver.page.dblclick(f"{FORM} .buttons button.main")
    driver.page.wait_for_selector(f"{FORM} [name=key][value='problem.wanted_change']", state="attached")
    kept = server.kept(driver.code)
    assert kept["at"] == "problem.wanted_change"
    assert [*kept["rounds"][0]["answers"]] == [AT]
    assert kept["draft"] is None


def test_an_answer_that_was_sent_leaves_no_draft_behind(begun, server):
    driver = begun()
    typed(driver, WORDS)
    driver.send()
    driver.page.goto(f"{driver.page.url.partition('?')[0]}?at={AT}")
    assert "not an answer yet" not in driver.page.inner_text("main")
    assert field(driver.page).input_value() == WORDS


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_field_answers_and_declines_nothing(opened, seeded, server, scripts):
    case = seeded["factors"]
    page = opened(java_script_enabled=scripts)
    page.goto(f"{server.home}case/{case.id}/?at=conceptualization.perpetuating")
    driver = Driver(page, {}, scripts=scripts)
    if page.query_selector("textarea[name=own_idea]"):
        driver.follow(f"{FORM} button.main")
    driver.tick(f"{FORM} [name=answer][value=inactivity]")
    driver.write(f"{FORM} [name=example_inactivity]", "I lie down again")
    driver.turn(lambda: driver.press("Enter"))
    kept = server.kept(case.code)
    assert kept["declined"] == []
    assert kept["rounds"][0]["answers"]["conceptualization.perpetuating"]["value"] == {
        "inactivity": "I lie down again"
    }


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_the_blank_of_a_goal_takes_no_goal_away(opened, seeded, server, scripts):
    page = opened(java_script_enabled=scripts)
    page.goto(f"{server.home}case/{seeded['goals'].id}/")
    driver = Driver(page, {}, scripts=scripts)
    if not page.query_selector("[name=goal][value=depression_see_people]"):
        driver.follow(f"{FORM} button[value='choose:depression_see_people']")
    driver.write(f"{FORM} [name=blank_depression_see_people_times]", 2)
    driver.turn(lambda: driver.press("Enter"))
    assert page.input_value(f"{FORM} [name=blank_depression_see_people_times]") == "2"
    assert driver.asked() == "goals.chosen_goals"


def test_a_server_killed_at_random_moments_has_every_answer_it_acknowledged(serve, opened):
    server = serve()
    page = opened(at=server)
    driver = Driver(page, {})
    driver.begin("Killed")
    address, said = page.url, {}
    moments = random.Random(7)
    for n in range(4):
        driver.page.goto(address)
        key, left = driver.asked(), None
        if page.query_selector(f"{FORM} textarea[name=answer]"):
            answer = f"answer {n}"
            driver.answers = {key: answer}
            driver.answer(key)
            said[key] = answer
            if page.query_selector(f"{FORM} textarea[name=answer]"):
                typed(driver, f"draft {n}")
                left = (driver.asked(), f"draft {n}")
        else:
            driver.leave_open("not_known")
        page.wait_for_timeout(moments.randrange(40))
        server.kill()
        kept = server.kept("Killed")
        answers = kept["rounds"][0]["answers"]
        assert {key: answers[key]["value"] for key in said} == said
        if left is not None:
            assert (kept["at"], kept["draft"]["answer"]) == (left[0], [left[1]])
        server.start()
        page.goto(server.link())


def test_a_lost_connection_is_told_and_what_was_typed_stays(serve, opened):
    server = serve()
    page = opened(PHONE, at=server)
    driver = Driver(page, {})
    driver.begin("Lost")
    typed(driver, "before")
    server.kill()
    driver.write(f"{FORM} [name=answer]", WORDS)
    page.wait_for_selector("#offline:visible")
    assert "still on this page" in page.inner_text("#offline")
    driver.press("Control+Enter")
    page.wait_for_timeout(300)
    assert field(page).input_value() == WORDS
    assert page.is_visible("#offline")
    server.start()
    assert server.kept("Lost")["draft"]["answer"] == ["before"]
    # What is sent while another answer is under way is dropped: the refusal has to have come.
    with page.expect_response(lambda response: response.status == 403):
        driver.press("Control+Enter")
    page.wait_for_timeout(300)
    assert field(page).input_value() == WORDS
    assert page.is_visible("#offline")
    page.context.new_page().goto(server.link())
    driver.send()
    assert server.kept("Lost")["rounds"][0]["answers"][AT]["value"] == WORDS
