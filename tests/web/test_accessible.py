"""Every kind of page, light and dark, on a phone and a desk: axe-core finds nothing, nothing runs over the side."""

from __future__ import annotations

import pytest
from addresses import addresses
from driver import FORM
from serving import DESKTOP, PHONE

from browsing import AXE, COLOURS, EVERYTHING, RUN, SIZES, STILL

APART = {"open", "walk", "lock", "unlock"}
"""What is no page, or was looked at above."""


def pages(case):
    """Give every kind of page: its name, its address, and what is to be pressed there first."""
    whole = case["ended"].id
    return {
        "home": ("", ""),
        "home_put_away": ("?archived", ""),
        "walk_text": (f"case/{case['text'].id}/", ""),
        "walk_number": (f"case/{case['number'].id}/", ""),
        "walk_choice": (f"case/{case['choice'].id}/", ""),
        "walk_choices": (f"case/{case['choices'].id}/", ""),
        "walk_duration": (f"case/{case['duration'].id}/", ""),
        "walk_yes_no": (f"case/{case['yes_no'].id}/", ""),
        "walk_score": (f"case/{case['score'].id}/", ""),
        "walk_factors": (f"case/{case['factors'].id}/?at=conceptualization.perpetuating", ""),
        "walk_treatments": (f"case/{case['treatments'].id}/", ""),
        "walk_goals": (f"case/{case['goals'].id}/", ""),
        "walk_goals_chosen": (f"case/{case['goals_chosen'].id}/", f"{FORM} button[value^=choose]"),
        "walk_goals_own": (f"case/{case['goals_own'].id}/", f"{FORM} button[value=own_goal]"),
        "walk_steps": (f"case/{case['steps'].id}/", ""),
        "walk_taken_over": (f"case/{case['again'].id}/", ""),
        "answers_taken_over": (f"case/{case['again'].id}/answers", ""),
        "walk_problem": (f"case/{case['number'].id}/", f"{FORM} .buttons button.main"),
        "walk_back": (f"case/{whole}/?at=problem.concern", ""),
        "walk_end": (f"case/{whole}/", ""),
        "walk_stopped": (f"case/{case['referred'].id}/", ""),
        "answers": (f"case/{whole}/answers", ""),
        "answers_none": (f"case/{case['text'].id}/answers", ""),
        "why": (f"case/{whole}/why/depression_lift", ""),
        "why_not": (f"case/{whole}/why/cbasp", ""),
        "together": (f"case/{case['choices'].id}/together", ""),
        "together_apart": (f"case/{case['yes_no'].id}/together", ""),
        "together_end": (f"case/{whole}/together", ""),
        "thread": (f"case/{whole}/thread", ""),
        "thread_begun": (f"case/{case['text'].id}/thread", ""),
        "plan": (f"case/{whole}/plan", ""),
        "plan_stopped": (f"case/{case['referred'].id}/plan", ""),
        "sessions": (f"case/{whole}/sessions", ""),
        "review": (f"case/{whole}/review", ""),
        "delete": (f"case/{whole}/delete", ""),
        "keys": ("keys", ""),
        "library": ("library/", ""),
        "library_found": ("library/?q=panic", ""),
        "library_goals": ("library/goals?q=panic", ""),
        "library_goal": ("library/goals/drop_safety_behaviours", ""),
        "library_instrument": ("library/instruments/phq9", ""),
        "library_references": ("library/references", ""),
        "library_reference": ("library/references/nice_ng222", ""),
        "library_draft": ("library/draft?kind=alerts", ""),
        "library_missing": ("library/goals/no_such_goal", ""),
        "flowcharts": ("library/flowcharts", ""),
        "flowchart": ("library/flowcharts/risk?node=immediate_danger", ""),
        "flowchart_step": ("library/flowcharts/risk/immediate_danger", ""),
        "teaching": ("library/teaching", ""),
        "vignette": ("library/teaching/panic_chef", ""),
        "vignette_question": ("library/teaching/panic_chef?step=34", ""),
        "vignette_shown": ("library/teaching/panic_chef?step=37&shown=yes", ""),
        "vignette_end": ("library/teaching/panic_chef?step=99999", ""),
        "trouble": ("nowhere", ""),
        "locked": ("locked", ""),
    }


def others(page, server, case_id, known):
    """Give every further address that is a page, so that one is looked at as soon as it is there."""
    found = {}
    for address in addresses(case_id):
        if address.name in {*known, *APART} or address.path.startswith("/library/"):
            continue
        answer = page.request.get(server.home + address.path[1:])
        here = answer.url == server.home + address.path[1:]
        if answer.ok and here and answer.headers["content-type"].startswith("text/html"):
            found[address.name] = (address.path[1:], "")
    return found


def signed(page, server, case_id):
    """Sign a plan, so that there is one to look at."""
    page.goto(f"{server.home}case/{case_id}/plan")
    if not page.query_selector("form[action$='/sign']"):
        return
    page.fill("form[action$='/sign'] input:not([type=hidden])", "A. Clinician")
    page.click("form[action$='/sign'] button.main")
    page.wait_for_selector("text=signed")


def look(page, server, address, press):
    """Go to a page, and press what is to be pressed there, unless that was done before."""
    page.goto(server.home + address)
    if press and not page.query_selector(f"{FORM} .goal"):
        page.click(press)
        page.wait_for_load_state("networkidle")
    page.add_style_tag(content=STILL)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_page_and_nothing_runs_over_the_side(size, opened, seeded, server, request):
    """One page in three is looked at, all of them in the sweep."""
    every = 1 if request.config.getoption("--sweep") else 3
    page = opened(size, bypass_csp=True)
    found, kinds = {}, pages(seeded)
    case_id = seeded["signed"].id
    signed(page, server, case_id)
    there = {**others(page, server, case_id, kinds), **kinds}
    for name, (address, press) in list(there.items())[::every]:
        page.emulate_media(color_scheme="light")
        look(page, server, address, press)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # a bar that sticks covers nothing there
        page.evaluate(AXE)
        seen = page.evaluate(RUN, EVERYTHING if size == PHONE else SIZES)
        page.emulate_media(color_scheme="dark")
        seen += page.evaluate(RUN, COLOURS)
        if wide := page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        ):
            seen.append(f"{wide} pixels run over the side")
        if seen:
            found[name] = seen
    assert not found, "\n".join(f"{name}: {seen}" for name, seen in found.items())
