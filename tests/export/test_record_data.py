"""A record as data: the parts that were chosen, in the words that were chosen, and no more than was decided."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from export_plans import shipped_plan, small_plan
from test_record import BESIDE, Words, decided

from goldenthread.export import FIELDS, as_json
from goldenthread.export.data import KEYS, record_data
from goldenthread.export.record import RECORDED, record


def written(data):
    return json.dumps(data, ensure_ascii=False)


def test_all_parts_are_the_whole_plan():
    plan = small_plan("full")
    made = record_data(plan, fields=FIELDS, considered=True)
    assert made.pop("parts") == list(FIELDS)
    assert made == as_json(plan)


def test_every_part_of_the_plan_says_what_of_the_data_stands_in_it():
    assert list(KEYS) == list(FIELDS)


@pytest.mark.parametrize("out", ["safety", "formulation", "client_words", "measures"])
def test_a_part_that_is_not_chosen_is_left_out_with_all_that_stands_in_it(out):
    plan = small_plan("full")
    data = record_data(plan, fields=[name for name in RECORDED if name != out])
    assert not set(KEYS[out]) & set(data)
    assert out not in data["parts"]
    kept = {key for name in data["parts"] for key in KEYS[name]} - set(KEYS[out])
    assert kept <= set(data) | {"sessions", "kept"}


def test_how_a_plan_stands_is_there_whatever_was_chosen():
    data = record_data(small_plan("full"), fields=[])
    assert {"plan", "client", "date", "version", "status", "status_words", "draft", "content"} <= set(data)
    assert not {key for keys in KEYS.values() for key in keys} & set(data)


def test_what_was_put_forward_and_not_taken_stays_out_unless_wanted():
    plan = shipped_plan(BESIDE)
    taken = {line.id for line in plan.working}
    others = {offer.entry.id for offer in plan.diagnoses.offers} - taken
    assert others
    bare = record_data(plan, fields=RECORDED)
    assert {one["id"] for one in bare["diagnoses"]["worth_considering"]} <= taken
    assert bare["treatments"]["put_forward"] == []
    whole = record_data(plan, fields=RECORDED, considered=True)
    assert others <= {one["id"] for one in whole["diagnoses"]["worth_considering"]}
    assert whole["treatments"]["put_forward"]


def test_a_part_that_was_reworded_is_its_words_alone():
    plan = small_plan("full")
    words = Words("She lies awake.", "")
    data = record_data(plan, fields=RECORDED, wording={"problem": words, "open": Words("Nothing.", "")})
    assert data["wording"] == {"problem": "She lies awake."}, (
        "what is not chosen is not there in other words either"
    )
    assert "problem" not in data
    assert "problem" in data["parts"]


def test_private_things_enter_only_if_wanted_and_with_their_part():
    plan = replace(small_plan("full"), own_view="a view of mine", own_hypothesis="a guess of mine")
    assert "of mine" not in written(record_data(plan, fields=FIELDS))
    both = record_data(plan, fields=FIELDS, private=True)["private"]
    assert both == {"own_hypothesis": "a guess of mine", "own_view": "a view of mine"}
    one = record_data(plan, fields=["diagnosis"], private=True)
    assert one["private"] == {"own_hypothesis": "a guess of mine", "own_view": ""}


def test_declines_are_told_only_if_wanted():
    decisions = [decided("modalities", "cbt_panic", reason="too far"), decided("goals", "sleep", "accepted")]
    plan = small_plan("full")
    assert "too far" not in written(record_data(plan, fields=FIELDS, decisions=decisions))
    (told,) = record_data(plan, fields=FIELDS, decisions=decisions, declines=True)["declined"]
    assert (told["kind"], told["id"], told["reason"]) == ("modalities", "cbt_panic", "too far")


def test_the_data_says_how_the_plan_stands_as_the_document_does():
    plan = replace(small_plan("full"), status="provisional", status_words="At the end.")
    for fields, listed in ((RECORDED, False), ([*RECORDED, "open"], True)):
        words = record_data(plan, fields=fields)["status_words"]
        assert (words == "At the end.") is listed
        assert words in " ".join(str(block) for block in record(plan, fields=fields).document.lead)


def test_a_part_that_there_is_not_is_named():
    with pytest.raises(KeyError, match="gaols"):
        record_data(small_plan("full"), fields=["gaols"])
