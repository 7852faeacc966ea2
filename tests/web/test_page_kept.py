"""A second round by the page: what is put forward is said anew, what is taken over is seen and confirmed."""

from __future__ import annotations

import datetime

import pytest
from serving import DAY, LATER, seed
from visiting import controls_of, main, source

AGE, NEXT = "problem.age", "problem.concern"
NOW = LATER.isoformat()


def confirm(case, times=1):
    for _ in range(times):
        case.answer(controls_of(case.get()))


@pytest.fixture
def behind_the_age(again):
    """Give it at the question behind the age, which is taken over."""
    confirm(again, 3)
    assert again.at == NEXT
    return again


def test_what_is_put_forward_and_confirmed_is_said_today_by_whom_it_was_said(again):
    page = again.get()
    assert "Put forward from 2 March 2026" in main(page)
    assert controls_of(page)["beside_date"] == [""]
    key, before = again.at, again.case.rounds[0].answers[again.at]
    again.answer(controls_of(page))
    assert again.case.rounds[1].answers[key] == {**before, "date": NOW}
    assert controls_of(again.get(at=key))["beside_date"] == [NOW], "a day of this round stays"


def walked_to(case, until):
    """Answer all questions on the way to another as the first round did."""
    sitting = case.desk.sit(case.id)
    walk, first = sitting.walk, case.case.rounds[0].answers
    while (key := walk.walk.at) != until:
        walk = walk.answer(
            True if walk.question.kind == "acknowledge" else first.get(key, {"not_known": True})
        )
        assert walk.walk.at != key, walk.problem
    case.desk.keep(sitting, walk)


def test_the_times_of_a_second_plan_run_from_its_own_day(again):
    for key in ("goals.chosen_goals", "plan_review.review_interval"):
        walked_to(again, key)
        assert again.answer(controls_of(again.get())).status_code == 302
        assert again.at != key
    made = again.walk().plan()
    assert made.review_date == (LATER + datetime.timedelta(weeks=12)).isoformat()
    assert [goal.due > NOW for goal in made.goals] == [True] * 3


def test_what_is_taken_over_stands_at_the_next_question_and_is_confirmed_there(behind_the_age):
    case = behind_the_age
    said = main(case.get())
    assert "Taken over from an earlier round" in said
    assert "age: 41 years 2 March 2026" in said
    page = case.answer({"answer": ["panic"], "beside_note": "half typed"}, action="confirm")
    assert page.status_code == 200
    assert case.at == NEXT
    assert case.case.rounds[1].answers[AGE] == {"value": 41, "date": NOW, "source": "record"}
    assert "Taken over" not in main(page)
    form = controls_of(page)
    assert (form["answer"], form["beside_note"]) == (["panic"], ["half typed"]), "what was chosen stays"
    assert form["version"] == [case.version]
    twice = case.answer({"answer": ["panic"]}, action="confirm", version="1")
    assert twice.status_code == 200, "what was sent twice is taken once"
    assert controls_of(twice)["version"] == [case.version]


def test_one_of_it_is_changed_from_there(behind_the_age):
    case = behind_the_age
    assert f"at={AGE}" in source(case.get())
    page = case.get(at=AGE)
    assert "Put forward from 2 March 2026. Press Answer to confirm it" in main(page)
    assert case.answer({**controls_of(page), "answer": "42"}, at=AGE).status_code == 302
    assert case.at == NEXT
    assert case.case.rounds[1].answers[AGE]["value"] == 42
    assert "Taken over" not in main(case.get())


def test_all_that_was_taken_over_is_listed_with_the_answers_and_confirmed_at_once_or_one_by_one(again):
    sitting = again.desk.sit(again.id)
    walk = sitting.walk
    for _ in range(30):
        walk = walk.answer(True if walk.question.kind == "acknowledge" else {"not_known": True})
    again.desk.keep(sitting, walk)
    left = [one.key for one in again.walk().kept]
    assert len(left) > 2
    page = again.get("answers")
    assert "Taken over from an earlier round" in main(page)
    assert again.post("confirm", {"key": left[0]}, version="1").status_code == 302
    assert left[0] not in again.case.rounds[1].answers, "what was seen is not what there is"
    assert "changed in another tab" in main(again.get("answers"))
    again.post("confirm", {"key": left[0]})
    assert [one.key for one in again.walk().kept if not one.stands] == left[1:]
    assert again.get("confirm")["Location"].endswith(again.path("answers")), (
        "loaded again, it leads to its form"
    )
    again.post("confirm")
    assert all(one.stands and one.confirmed == NOW for one in again.walk().kept)
    assert "All of it is still so" not in main(again.get("answers"))


def test_the_end_and_the_thread_say_what_nobody_has_confirmed(again):
    sitting = again.desk.sit(again.id)
    walk = sitting.walk
    while walk.walk.at:
        walk = walk.answer(True if walk.question.kind == "acknowledge" else {"not_known": True})
    again.desk.keep(sitting, walk)
    for page in ("", "thread"):
        assert "taken over from an earlier round, and nobody has said" in main(again.get(page))
    again.post("confirm")
    for page in ("", "thread"):
        assert "taken over from an earlier round" not in main(again.get(page))


def test_what_was_chosen_before_comes_first_in_a_long_list(again):
    key = "conceptualization.perpetuating"
    walked_to(again, key)
    page = source(again.get()).partition('class="options')[2]
    before = list(again.case.rounds[0].answers[key]["value"])
    assert len(before) > 1
    places = [page.index(f'value="{option}"') for option in before]
    others = [option.id for option in again.walk().question.offered if option.id not in before]
    assert places == sorted(places)
    assert max(places) < min(page.index(f'value="{option}"') for option in others)


def test_one_key_confirms_it_and_leaves_what_was_typed(opened, server):
    case = seed(server, {"by_key": ("review_after_twelve_weeks", "")})["by_key"]
    page = opened()
    page.goto(f"{server.home}case/{case.id}/")
    assert "when it began" in page.inner_text(".kept")
    page.fill("[name=amount]", "7")
    page.press("[name=amount]", "Escape")
    page.keyboard.press("k")
    page.wait_for_selector("form.answer:not(:has(.kept))")
    assert page.input_value("[name=amount]") == "7"
    key = page.get_attribute("form.answer [name=key]", "value")
    (_, again) = server.kept("by_key")["rounds"]
    assert again["answers"]["problem.onset"]["date"] == DAY.isoformat()
    assert key not in again["answers"]
