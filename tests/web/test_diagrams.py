"""Diagrams in a browser: moved, enlarged and asked, by mouse and by keyboard, and without scripts."""

from __future__ import annotations

import pytest
from serving import DESKTOP, PHONE

RISK = "library/flowcharts/risk"


@pytest.fixture
def diagram(opened, server):
    page = opened(DESKTOP)
    page.goto(server.home + RISK)
    page.wait_for_selector(".diagram-tools:not([hidden])")
    return page


def width(page):
    return float(page.get_attribute(".view svg", "width"))


def scrolled(page):
    return page.evaluate("document.querySelector('.view').scrollTop")


def beside(page, words):
    page.wait_for_function(
        "words => document.querySelector('#detail h2')?.textContent.includes(words)", arg=words
    )


def test_buttons_and_keys_change_its_size(diagram):
    first = width(diagram)
    diagram.click("[data-zoom=in]")
    assert width(diagram) > first
    diagram.click("[data-zoom=fit]")
    view = diagram.locator(".view svg").bounding_box()
    assert view["height"] <= diagram.locator(".view").bounding_box()["height"] or view["width"] < first / 4
    diagram.click("[data-zoom=reset]")
    assert width(diagram) == first
    diagram.focus(".view")
    diagram.keyboard.press("-")
    assert width(diagram) < first
    diagram.keyboard.press("0")
    assert width(diagram) == first


def test_arrow_keys_and_a_drag_move_it(diagram):
    diagram.focus(".view")
    at = scrolled(diagram)
    diagram.keyboard.press("ArrowDown")
    diagram.wait_for_function("at => document.querySelector('.view').scrollTop > at", arg=at)
    at, box = scrolled(diagram), diagram.locator(".view").bounding_box()
    diagram.mouse.move(box["x"] + 15, box["y"] + 400)
    diagram.mouse.down()
    diagram.mouse.move(box["x"] + 15, box["y"] + 250, steps=4)
    diagram.mouse.up()
    assert scrolled(diagram) == at + 150


def test_a_drag_that_begins_on_a_box_does_not_open_it(diagram):
    box = diagram.locator("a.node").nth(1).bounding_box()
    diagram.mouse.move(box["x"] + 20, box["y"] + 5)
    diagram.mouse.down()
    diagram.mouse.move(box["x"] + 20, box["y"] - 60, steps=4)
    diagram.mouse.up()
    diagram.locator("a.node").nth(1).click()
    beside(diagram, "What did the client say about it?")
    assert diagram.locator(".chosen").count() == 1


def test_a_step_is_read_beside_it_by_keyboard_alone(diagram, server):
    diagram.locator("a.node").nth(2).focus()
    diagram.keyboard.press("Enter")
    beside(diagram, "in danger now?")
    assert diagram.evaluate("document.activeElement.matches('#detail h2')")
    assert diagram.url == f"{server.home}{RISK}?node=immediate_danger"
    diagram.keyboard.press("Escape")
    assert diagram.evaluate("document.activeElement.id") == "box-risk.immediate_danger"
    diagram.locator("#detail .ways a").first.click()
    beside(diagram, "Act now.")
    diagram.reload()
    beside(diagram, "Act now.")


def test_a_box_that_is_tabbed_to_comes_into_sight(diagram):
    diagram.focus(".view")
    for _ in range(14):
        diagram.keyboard.press("Tab")
    assert diagram.evaluate(
        """(() => {
          const [box, view] = [document.activeElement, document.querySelector('.view')]
            .map((one) => one.getBoundingClientRect());
          return document.activeElement.matches('a.node') && box.top >= view.top - 1 && box.bottom <= view.bottom + 1;
        })()"""
    )


def test_without_scripts_it_scrolls_and_each_box_is_a_link(opened, server):
    page = opened(PHONE, java_script_enabled=False)
    page.goto(server.home + RISK)
    assert not page.locator(".diagram-tools").is_visible()
    page.locator("a.node").nth(1).click()
    page.wait_for_url("**/library/flowcharts/risk/risk_words")


def test_a_vignette_is_predicted_without_scripts(opened, server):
    page = opened(PHONE, java_script_enabled=False)
    page.goto(f"{server.home}library/teaching/panic_chef")
    page.fill("[name=diagnoses]", "Panic disorder")
    page.click("article button.main")
    page.wait_for_url("**?step=1")
    page.click("article button.main")
    page.wait_for_url("**?step=1&shown=yes")
    page.click("article a.main")
    page.wait_for_url("**?step=2")
    page.goto(f"{server.home}library/teaching/panic_chef?step=99999")
    assert "The guide offers it first." in page.inner_text("article")
