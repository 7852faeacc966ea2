"""The preview in a browser: what is saved is seen, and what the author looks at stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from previewing import TALK, VIGNETTE

from browsing import DESKTOP, PHONE, eventually

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from previewing import Preview

MISSPELT = TALK.replace("when: opening", "when: openning")
BANK = """\
requirements: own
review: {status: draft}
entries:
  asked_for:
    text: A payer asks for it.
    jurisdiction: here
    parts: [plan]
    sources: [{ref: kroenke_2001, at: abstract, says: It is asked for.}]
"""
Shown = "Callable[..., Page]"


def drawn(page: Page, words: str) -> None:
    """Wait until some words stand in the drawing."""
    page.wait_for_function(
        "words => document.querySelector('.view svg')?.textContent.includes(words)", arg=words
    )


def wide(page: Page) -> float:
    return float(page.get_attribute(".view svg", "width"))


def test_it_begins_at_the_one_flowchart_of_ones_own(preview: Preview, shown: Shown) -> None:
    page = shown()
    assert page.url == f"{preview.home}flowcharts/talk"
    assert page.inner_text("h1") == "40 A talk"
    page.wait_for_selector("#standing >> text=No errors, no warnings")
    page.wait_for_selector("#standing >> text=vignettes as expected")
    assert "Nothing is wrong here." in page.inner_text("#findings")
    assert page.locator("#list a", has_text="Risk screen").count() == 1
    assert "goldenthread walk talk --library" in page.inner_text("#head")


def test_a_save_is_drawn_and_checked_while_size_choice_and_focus_stay(preview: Preview, shown: Shown) -> None:
    page = shown()
    page.evaluate("window.same = true")
    page.click("a.node[href$='/how_often']")
    page.wait_for_selector("#detail h2 >> text=How often a week?")
    page.click("[data-zoom=out]")
    page.click("[data-zoom=out]")
    before = wide(page)
    page.locator("a.node.chosen").focus()
    preview.save(TALK.replace("How often a week?", "How many times a day?"))
    drawn(page, "How many times a day?")
    page.wait_for_selector("#detail h2 >> text=How many times a day?")
    assert page.evaluate("window.same")
    assert page.url.endswith("/flowcharts/talk?node=how_often")
    assert page.get_attribute("a.node.chosen", "href") == "/flowcharts/talk/how_often"
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/flowcharts/talk/how_often"
    assert wide(page) == pytest.approx(before, rel=0.2)
    page.click("[data-zoom=in]")
    assert wide(page) > before


def test_the_place_that_is_looked_at_in_a_large_flowchart_stays(preview: Preview, shown: Shown) -> None:
    nodes = "".join(
        f"  n{n}: {{number: 40.{n}, ask: Question {n}?, answer: text, next: {f'n{n + 1}' if n < 40 else 'done'}}}\n"
        for n in range(1, 41)
    )
    head = TALK[: TALK.index("  opening:")].replace("start: opening", "start: n1")
    preview.save(head + nodes + "  done: {end: Done}\n")
    page = shown()
    page.evaluate("document.querySelector('.view').scrollTop = 900")
    preview.save(head + nodes.replace("Question 40?", "The last question?") + "  done: {end: Done}\n")
    drawn(page, "The last question?")
    assert page.evaluate("document.querySelector('.view').scrollTop") == 900


def test_a_misspelt_name_is_a_finding_with_its_line_its_box_and_its_help(
    preview: Preview, shown: Shown
) -> None:
    page = shown()
    path = preview.save(MISSPELT)
    line = MISSPELT.splitlines().index("      - when: openning") + 1
    page.wait_for_selector(".found.error")
    said = page.inner_text(".found")
    assert "there is no fact, role or instrument value openning" in said
    assert "did you mean opening?" in said
    excerpt = page.inner_text(".found pre").splitlines()
    assert excerpt[0] == f"{line} |       - when: openning"
    assert excerpt[1].index("^") == excerpt[0].index("openning")
    assert excerpt[1].count("^") == len("openning")
    link = page.get_attribute(".found .spot a", "href")
    assert link == f"vscode://file{path.as_posix()}:{line}:15"
    assert page.locator(".node.faulty").get_attribute("href") == "/flowcharts/talk/opening"
    assert page.locator(".node.faulty").get_attribute("aria-label").startswith("Error. 40.1 Does it happen?")
    assert "1 error" in page.inner_text("#list a[aria-current]")
    page.click(".found .to-step")
    page.wait_for_selector("#detail h2 >> text=Does it happen?")
    assert page.locator(".node.chosen").get_attribute("href") == "/flowcharts/talk/opening"
    preview.save(TALK)
    page.wait_for_selector("#findings >> text=Nothing is wrong here.")
    assert page.locator(".node.faulty").count() == 0


def test_the_code_of_a_finding_is_explained(preview: Preview, shown: Shown) -> None:
    preview.save(MISSPELT)
    page = shown()
    page.click(".found .what a")
    assert page.inner_text("h1").startswith("C002: ")
    assert page.locator("pre").count() == 2


def test_a_step_shows_what_it_says_and_where_each_part_is_written(preview: Preview, shown: Shown) -> None:
    page = shown()
    page.click("a.node[href$='/opening']")
    page.wait_for_selector("#detail h2")
    said = page.inner_text("#detail")
    for words in ("40.1 Question", "Does it happen?", "It may be nothing.", "Yes or no", "Otherwise"):
        assert words in said
    assert "40.2 How often a week?" in page.inner_text("#detail .ways")
    assert page.inner_text("#detail .written") == "opening"
    written = TALK.splitlines()
    for link in page.locator("#detail .spot a").all():
        _, line, column = link.get_attribute("href").rsplit(":", 2)
        assert written[int(line) - 1][int(column) - 1 :].startswith(("opening:", "how_often", "nothing"))
    assert page.locator("#detail .spot a").count() == 3


def test_a_role_and_a_source_are_found_in_their_own_files(preview: Preview, shown: Shown) -> None:
    page = shown()
    page.goto(f"{preview.home}flowcharts/conceptualization/perpetuating")
    assert "from the factors; the role perpetuating" in page.inner_text("#detail")
    assert "/goalbank/roles/" in page.inner_html("#detail")
    page.goto(f"{preview.home}flowcharts/safety/suicidal_thoughts")
    spots = page.locator("#detail .sources .spot a")
    assert spots.count() >= 1
    assert "/flowcharts/safety.yaml:" in spots.first.get_attribute("href")


def test_a_place_is_copied_by_its_button(preview: Preview, shown: Shown) -> None:
    page = shown(permissions=["clipboard-read", "clipboard-write"])
    page.click("#head .copy >> nth=0")
    assert page.evaluate("navigator.clipboard.readText()") == "own/flowcharts/talk.yaml:1:12"


def test_a_file_that_cannot_be_read_keeps_its_last_good_drawing_marked_as_old(
    preview: Preview, shown: Shown
) -> None:
    page = shown()
    preview.save(TALK.replace("ask: How often", 'ask: "How often'))
    page.wait_for_selector("#head >> text=This drawing is old")
    assert page.locator(".view.is-old").count() == 1
    drawn(page, "How often a week?")
    assert "old" in page.inner_text("#list a[aria-current]")
    assert "S004" in page.inner_text("#findings")
    assert page.locator(".node.faulty").count() == 0
    page.reload()
    drawn(page, "How often a week?")
    preview.save(TALK.replace("How often", "How seldom"))
    drawn(page, "How seldom")
    assert page.locator(".view.is-old").count() == 0
    assert "This drawing is old" not in page.inner_text("main")


def test_a_file_of_the_wrong_form_keeps_its_drawing_and_marks_the_box(preview: Preview, shown: Shown) -> None:
    page = shown()
    preview.save(TALK.replace("    between: [0, 50]", "    betwen: [0, 50]"))
    page.wait_for_selector("#head >> text=This drawing is old")
    assert page.locator(".node.faulty").get_attribute("href") == "/flowcharts/talk/how_often"


def test_a_file_that_is_taken_away_and_comes_back(preview: Preview, shown: Shown) -> None:
    page = shown()
    (preview.folder / "flowcharts" / "talk.yaml").unlink()
    page.wait_for_selector("main >> text=There is no flowchart talk in these files any more.")
    assert page.locator("#list a", has_text="A talk").count() == 0
    preview.save(TALK)
    drawn(page, "How often a week?")
    assert "There is no flowchart" not in page.inner_text("main")
    page.click("[data-zoom=in]")


def test_a_step_that_is_renamed_is_named_with_the_nearest(preview: Preview, shown: Shown) -> None:
    page = shown()
    page.click("a.node[href$='/how_often']")
    page.wait_for_selector("#detail h2")
    preview.save(TALK.replace("how_often", "how_oft"))
    page.wait_for_selector("#detail >> text=There is no step how_often here any more. Did you mean how_oft?")


def test_a_new_flowchart_is_listed_and_one_that_nothing_opens_is_a_warning(
    preview: Preview, shown: Shown
) -> None:
    page = shown()
    preview.save(
        TALK.replace("flowchart: talk", "flowchart: other")
        .replace("number: 40", "number: 41")
        .replace("title: A talk", "title: Another")
        .replace("root: true\n", ""),
        "flowcharts/other.yaml",
    )
    link = page.locator("#list a", has_text="Another")
    link.wait_for()
    assert "1 warning" in link.inner_text()
    link.click()
    page.wait_for_selector(".found.warning >> text=nothing opens the flowchart other")


def test_two_windows_both_follow(preview: Preview, shown: Shown) -> None:
    one, other = shown(), shown(PHONE)
    preview.save(MISSPELT)
    for page in (one, other):
        page.wait_for_selector(".found.error")
    preview.save(TALK)
    for page in (one, other):
        page.wait_for_selector("#findings >> text=Nothing is wrong here.")


def test_the_bank_and_the_vignettes_are_followed_too(preview: Preview, shown: Shown) -> None:
    page = shown()
    preview.save(VIGNETTE.replace("talk.done}", "talk.nothing}"), "flowcharts/vignettes/often.yaml")
    page.wait_for_selector("#standing >> text=failed")
    page.click("#list >> text=Vignettes")
    failed = page.locator(".entries > li").first
    assert "often" in failed.inner_text()
    assert "V003" in failed.inner_text()
    assert failed.locator("pre").inner_text().endswith("^")
    preview.save(VIGNETTE, "flowcharts/vignettes/often.yaml")
    page.wait_for_selector("#standing >> text=vignettes as expected")
    preview.save(BANK, "goalbank/own.yaml")
    page.wait_for_selector("#standing >> text=1 error")
    page.wait_for_selector("#tried >> text=They wait")
    page.click("#list >> text=All findings")
    assert "own/goalbank/own.yaml" in page.inner_text("#findings h2")
    assert "one of:" in page.inner_text("#findings .help")


def test_it_can_be_used_by_the_keyboard_alone(preview: Preview, shown: Shown) -> None:
    preview.save(MISSPELT)
    page = shown()
    page.locator(".found .to-step").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail h2")
    page.wait_for_function("() => document.activeElement.matches('#detail h2')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/flowcharts/talk/opening"


def test_without_scripts_it_is_a_plain_page_that_is_loaded_again(preview: Preview, shown: Shown) -> None:
    page = shown(java_script_enabled=False)
    assert "http-equiv" in page.content()
    assert not page.locator(".copy").first.is_visible()
    page.locator("a.node").nth(0).click()
    page.wait_for_url("**/flowcharts/talk/opening")
    assert "Does it happen?" in page.inner_text("#detail h2")
    preview.save(MISSPELT)
    page.reload()
    assert "did you mean opening?" in page.inner_text("#findings")


def test_a_page_says_when_the_preview_has_ended(alone: Preview, shown: Shown) -> None:
    page = shown(at=alone)
    alone.stop()
    page.wait_for_selector("#lost:not([hidden])")
    assert "goldenthread preview" in page.inner_text("#lost")
    alone.start()
    # Another server has another key: the page that is left open says so, too, and shows what it had.
    eventually(lambda: page.is_visible("#lost"))
    drawn(page, "How often a week?")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_hidden_below_another_and_nothing_runs_over_the_side(
    size: tuple[int, int], preview: Preview, shown: Shown
) -> None:
    preview.save(MISSPELT)
    page = shown(size)
    page.wait_for_selector(".found")
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0
    boxes = [page.locator(css).bounding_box() for css in ("#findings", ".diagram", "#detail")]
    assert all(box is not None and box["width"] >= 300 for box in boxes)
    found, picture, detail = boxes
    if size == PHONE:
        assert found["y"] + found["height"] <= picture["y"] <= detail["y"] - picture["height"]
    else:
        assert picture["x"] + picture["width"] <= found["x"]
        assert found["y"] + found["height"] <= detail["y"]
