"""Risk is one key away on every page that is the clinician's, in a case or out of it."""

from __future__ import annotations

import pytest
from visiting import main, source

KEY = 'data-key="r"'
IN_A_CASE = ("", "answers", "thread", "plan", "plan/versions", "sessions", "review", "content", "delete")


@pytest.mark.parametrize(
    "page", ["/", "/library/", "/library/goals", "/library/teaching", "/keys", "/template"]
)
def test_out_of_a_case_it_leads_to_the_guide_to_be_read(clinician, page):
    text = source(clinician.get(page))
    assert text.count(KEY) == 1
    assert f'href="/library/flowcharts/risk" accesskey="r" {KEY}' in text
    assert clinician.get("/library/flowcharts/risk").status_code == 200


@pytest.mark.parametrize("page", IN_A_CASE)
def test_in_a_case_it_is_on_every_page_and_what_is_open_is_said_first(visit, page):
    case = visit("immediate_danger", until="risk.act_now@risk_suicide")
    answer = case.get(page)
    assert source(answer).count(KEY) == 1
    if page != "delete":
        assert main(answer).startswith("Risk is open.")


def test_it_is_on_no_page_for_the_client(visit):
    assert KEY not in source(visit("depression_after_separation").get("together"))
