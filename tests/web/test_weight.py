"""How heavy the pages are. That nothing on them comes from elsewhere is held by every window of these tests."""

from __future__ import annotations

import pytest
from addresses import addresses
from cases import kept
from serving import PHONE

LARGEST = 100_000
_LOADED = """() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .map((one) => one.decodedBodySize)"""


def test_all_that_the_first_question_loads_is_light_without_being_compressed(opened, seeded, server):
    page = opened(PHONE)
    page.goto(f"{server.home}case/{seeded['text'].id}/", wait_until="networkidle")
    sizes = page.evaluate(_LOADED)
    assert len(sizes) > 3
    assert sum(sizes) < LARGEST


def test_every_page_is_light(clinician, desk):
    case = kept(desk, "depression_after_separation")
    heavy = {}
    for address in addresses(case):
        if address.name in {"open", "locked"}:
            continue
        response = clinician.get(address.path)
        if response.get("Content-Type", "").startswith("text/html") and len(response.content) > LARGEST:
            heavy[address.name] = len(response.content)
    assert not heavy


@pytest.mark.parametrize(
    "at", ["conceptualization.perpetuating", "goals.chosen_goals", "modality.chosen_modality"]
)
def test_the_longest_lists_stay_light_whoever_the_client_is(clinician, desk, at):
    for name in ("disclosure_during_goals", "gad_school_secretary", "recurrent_depression"):
        case = kept(desk, name, name, until=at)
        clinician.post(f"/case/{case}/answer", {"key": at, "action": "draft", "own_idea": "-"})
        said = clinician.get(f"/case/{case}/").content
        assert b"<form" in said
        assert len(said) < LARGEST, name
