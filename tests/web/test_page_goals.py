"""The page of goals: chosen, filled, in own words, lit letter by letter, and never another client's."""

from __future__ import annotations

import re

import pytest
from visiting import controls_of, main, source, words

NAME, AT = "depression_after_separation", "goals.chosen_goals"


@pytest.fixture
def case(visit):
    return visit(NAME, until=AT)


def letters(page):
    """Give the letters of the first goal: whether each is lit, and what it lacks."""
    found = re.findall(r'<li class="(has|lacks)"><b>(\w)</b>', source(page))
    return {letter: state for state, letter in found}


def chosen(case, *ids):
    page = case.get()
    for id_ in ids:
        page = case.answer(controls_of(page), action=f"choose:{id_}")
    return page


def test_a_goal_is_chosen_from_the_ranked_list_with_what_it_is_for(case):
    first = case.get()
    suggested = re.findall(r'value="choose:(\w+)"', source(first))
    assert suggested[0] == "depression_lift"
    page = chosen(case, "depression_lift")
    fields = controls_of(page)
    assert fields["goal"] == ["depression_lift"]
    assert set(fields["for_depression_lift"]) <= {"problem", "inactivity", "isolation", "lost_routine"}
    assert fields["for_depression_lift"]
    assert 'value="choose:depression_lift"' not in source(page)
    assert case.at == AT, "nothing is answered yet"
    assert controls_of(case.get())["goal"] == ["depression_lift"], "it is kept as a draft"


def test_a_goal_is_removed_again(case):
    fields = controls_of(chosen(case, "depression_lift", "depression_see_people"))
    page = case.answer(fields, action="remove:depression_lift")
    assert controls_of(page)["goal"] == ["depression_see_people"]
    assert 'value="choose:depression_lift"' in source(page)


def test_the_letters_light_up_as_a_sentence_is_filled(case):
    fields = controls_of(chosen(case, "depression_see_people"))
    bare = case.answer(fields, action="check")
    assert letters(bare)["S"] == "lacks"
    filled = fields | {
        "blank_depression_see_people_person_one": "Mira",
        "blank_depression_see_people_person_two": "Farah",
        "blank_depression_see_people_first_contact": "soup on Sunday",
        "blank_depression_see_people_times": "3",
        "blank_depression_see_people_baseline": "1",
        "blank_depression_see_people_weeks": "8",
        "for_depression_see_people": ["isolation"],
    }
    page = case.answer(filled, action="check")
    assert set(letters(page).values()) == {"has"}
    assert letters(case.answer({**filled, "for_depression_see_people": []}, action="check"))["R"] == "lacks"
    back = case.answer({**filled, "blank_depression_see_people_times": "1"}, action="check")
    assert letters(back)["A"] == "lacks"
    assert case.answer(filled).status_code == 302
    (kept,) = case.given(AT)["value"]
    assert kept["blanks"]["times"] == 3
    assert kept["for"] == ["isolation"]


def test_a_target_nearer_than_a_reliable_change_is_said_to_fall_short(case):
    fields = controls_of(chosen(case, "depression_lift"))
    near = {**fields, "blank_depression_lift_baseline": "14", "blank_depression_lift_target": "12"}
    assert "The target falls short" in main(case.answer(near, action="check"))
    far = {**near, "blank_depression_lift_target": "7"}
    assert "The target falls short" not in main(case.answer(far, action="check"))


def test_a_goal_in_own_words_is_written_measured_and_kept(case):
    page = case.answer(controls_of(case.get()), action="own_goal")
    fields = controls_of(page)
    assert fields["goal"] == ["own_1"]
    vague = case.answer({**fields, "words_own_1": "Cope better with the days"}, action="check")
    assert "“better” says too little" in main(vague)
    assert letters(vague)["T"] == "lacks"
    form = {
        **controls_of(vague),
        "words_own_1": "Cook for two friends\r\nonce a week within 8 weeks",
        "measure_own_1": "a count a week",
        "for_own_1": ["isolation"],
    }
    assert set(letters(case.answer(form, action="check")).values()) == {"has"}
    assert case.answer(form).status_code == 302
    assert case.given(AT)["value"] == [
        {
            "own": "Cook for two friends\nonce a week within 8 weeks",
            "measure": "a count a week",
            "for": ["isolation"],
        }
    ]


def test_what_a_goal_is_reached_by_outlives_the_form(case):
    raw = [
        {"own": "Sing on Thursdays within 8 weeks", "for": ["isolation"], "by": ["ipt"], "domain": "skills"}
    ]
    assert case.send(raw).status_code == 302
    case.answer(controls_of(case.get(at=AT)), at=AT)
    (kept,) = case.given(AT)["value"]
    assert (kept["by"], kept["domain"]) == (["ipt"], "skills")


def test_a_chosen_goal_comes_back_from_its_form_as_it_was(visit):
    case = visit(NAME)
    before = case.given(AT)
    assert case.answer(controls_of(case.get(at=AT)), at=AT).status_code == 302
    now = case.given(AT)
    goals = now["value"] if isinstance(now, dict) else now
    assert [goal["id"] for goal in goals] == [goal["id"] for goal in before]
    for one, other in zip(goals, before, strict=True):
        assert set(one["for"]) == set(other["for"])
        assert {n: one["blanks"][n] for n in other["blanks"]} == other["blanks"]


def test_no_more_goals_are_chosen_than_can_be_followed_at_once(case):
    most = case.walk().question.at_most
    ids = [offer.id for offer in case.walk().advice("goals").offers][: most + 1]
    assert len(ids) == most + 1
    page = chosen(case, *ids[:most])
    assert f"{most} goals at most" in main(page)
    assert 'value="choose:' not in source(page)
    assert 'value="own_goal"' not in source(page)
    refused = case.answer({**controls_of(page), "goal": ids})
    assert refused.status_code == 422
    assert "can be followed at once" in main(refused)
    assert controls_of(refused)["goal"] == ids


def test_no_goal_is_no_answer(case):
    refused = case.answer(controls_of(case.get()))
    assert refused.status_code == 422
    assert "must be chosen" in main(refused)


def test_a_goal_that_there_is_not_cannot_be_chosen(case):
    page = case.answer(controls_of(case.get()), action="choose:nowhere")
    assert "goal" not in controls_of(page)
    gone = case.answer({"goal": ["nowhere"]}, action="check")
    assert "no longer in the bank" in main(gone)
    assert case.answer({"goal": ["nowhere"]}).status_code == 422


def test_a_declined_goal_stays_away_with_its_reason_and_can_still_be_chosen(case):
    form = {"key": AT, "reason_depression_lift": "the number says little to Linden"}
    sent = case.post("decide", {**form, "decide": "declined:depression_lift"})
    page = case.client.get(sent["Location"])
    near, _, far = source(page).partition("declined before")
    assert 'value="choose:depression_lift"' not in near
    assert 'value="choose:depression_lift"' in far
    assert "the number says little to Linden" in words(far)
    page = case.answer(controls_of(page), action="choose:depression_lift")
    assert controls_of(page)["goal"] == ["depression_lift"]


OTHERS = {
    "activity_one": "rowing on the Ouse with the Tuesday crew",
    "activity_two": "repairing clocks in the shed",
}


def with_blanks(case, blanks):
    fields = controls_of(chosen(case, "depression_lift"))
    return {**fields, **{f"blank_depression_lift_{name}": text for name, text in blanks.items()}}


def test_a_goal_that_reads_like_another_clients_is_flagged_and_the_other_is_shown_nowhere(visit):
    flag = "This reads like a goal in another case"
    other = visit(NAME, "Sandpiper", until=AT)
    other.answer(with_blanks(other, OTHERS | {"baseline": "15"}))
    case = visit(NAME, "Wren", until=AT)
    own = with_blanks(case, {"activity_one": "the choir", "activity_two": "a dinner for Mira"})
    page = case.answer(own, action="check")
    assert flag not in main(page)
    alike = case.answer(with_blanks(case, OTHERS | {"baseline": "9"}), action="check")
    assert flag in main(alike)
    assert "Sandpiper" not in source(alike)
    turned = {**OTHERS, "activity_two": "Repairing clocks, in the SHED"}
    page = case.answer(
        with_blanks(case, {n: t.replace("Tuesday ", "") for n, t in turned.items()}), action="check"
    )
    assert flag in main(page)
    for text in ("Sandpiper", "Tuesday", "repairing clocks"):
        assert text not in source(page)


def test_a_goal_in_own_words_that_reads_like_another_clients_is_flagged(visit):
    other = visit(NAME, "Sandpiper", until=AT)
    other.send([{"own": "Walk the dog round the lake each morning", "for": ["problem"]}])
    case = visit(NAME, "Wren", until=AT)
    fields = controls_of(case.answer(controls_of(case.get()), action="own_goal"))
    page = case.answer({**fields, "words_own_1": "each morning walk the dog round the lake"}, action="check")
    assert "This reads like a goal in another case" in main(page)
    assert "Sandpiper" not in source(page)
