"""The thread through the sessions: ratings over time, goals left lying, sessions on no goal, risk to be opened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whole_case import GOAL, WHOLE, walked

from goldenthread.case import SessionNote
from goldenthread.export import as_text, field
from goldenthread.plan import Mark, followed, make_plan, sessions, with_sessions
from goldenthread.walk import Round, Walk

TODAY = dt.date(2026, 3, 20)
OWN = {
    "own": "I swim in the lake on 2 days a week within 8 weeks, from 0",
    "for": ["avoidance"],
    "by": ["cbt"],
}
BOTH = [GOAL, OWN]
CALM = {"screen.danger": False, "screen.unwell": False}


def note(day, *goals, round_=0, **more):
    return SessionNote(round=round_, date=f"2026-{day}", goals=goals, **more)


def held(walk, *notes):
    plan = make_plan(walk, TODAY)
    return sessions(followed(plan), walk, notes), with_sessions(plan, walk, notes)


WEEKS = ("01-12", "01-19", "01-26", "02-02", "02-09", "02-16")


def test_without_sessions_the_plan_is_as_it_was(plan, walk):
    made = plan()
    assert with_sessions(made, walk(), ()) is made
    assert made.sessions is None


@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_goal_untouched_for_four_sessions_is_a_loose_end(walk, count):
    made = walk(chosen_goals=BOTH)
    first = note("01-05", "go_out", "own_1")
    found, plan = held(made, first, *(note(day, "go_out") for day in WEEKS[:count]))
    assert [course.untouched for course in found.courses] == [0, count]
    assert [course.worked_on for course in found.courses] == [count + 1, 1]
    words = f"the goal “{OWN['own']}” was not worked on in the last {count} sessions"
    assert [(end.place, end.goal, end.text) for end in found.loose] == (
        [("goal", "own_1", words)] if count >= 4 else []
    )
    thread = next(line for line in plan.threads if line.factor == "avoidance")
    assert any(end.text == words for end in thread.loose) == (count >= 4)
    assert any(words in end for end in plan.loose_ends) == (count >= 4)


def test_a_missed_session_touches_no_goal_and_is_no_loose_end(walk):
    missed = [note(day, mode="missed") for day in WEEKS]
    found, plan = held(walk(), *missed)
    assert (found.held, found.missed, found.last, found.loose) == (0, 6, "", ())
    assert found.courses[0].untouched == 0
    assert plan.loose_ends == make_plan(walk(), TODAY).loose_ends


def test_a_session_on_no_goal_is_a_loose_end_once_there_is_a_goal(walk):
    found, plan = held(walk(), note("01-12", "go_out"), note("01-19"))
    assert [str(end) for end in found.loose] == ["the session of 2026-01-19 worked on no goal"]
    assert plan.strays[-1].place == "session"
    assert "19 January 2026 worked on no goal" in field(plan, "threads")
    dated = walk(chosen_goals={"value": [GOAL], "date": "2026-01-19"})
    assert held(dated, note("01-12"), note("01-19"))[0].loose == (), "the plan was made on that day"
    assert held(walk(chosen_goals=None), note("01-12"))[0].loose == ()


def test_a_goal_is_not_left_lying_before_it_was_chosen(walk):
    dated = walk(chosen_goals={"value": [GOAL], "date": "2026-02-05"})
    found, _ = held(dated, *(note(day) for day in WEEKS))
    assert found.courses[0].untouched == 2


def test_ratings_of_sessions_and_reviews_are_one_series(walk):
    made = walk({"rating.q@go_out": {"value": 6, "date": "2026-02-05"}})
    found, plan = held(
        made,
        note("02-09", "go_out", ratings={"go_out": 7}),
        note("01-12", "go_out", ratings={"go_out": 2, "gone_long_ago": 9}),
    )
    assert found.courses[0].marks == (
        Mark("2026-01-12", 2, "session"),
        Mark("2026-02-05", 6, "review"),
        Mark("2026-02-09", 7, "session"),
    )
    assert (found.courses[0].first.value, found.courses[0].latest.value) == (2, 7)
    shown = " ".join(field(plan, "measures").split())
    assert "2 on 12 January 2026, then 6 on 5 February 2026 (review), then 7 on 9 February 2026" in shown


def rounds(first, second, begun):
    made = walked({**WHOLE, "chosen_goals": first}, {"case.ask_again": True, "rating.q@own_1": 3})
    later = Round({**CALM, "case.chosen_goals": second}, begun=begun)
    return Walk.replay(made.program, "case", [made.rounds[0], later], settings=made.settings)


def test_a_goal_in_own_words_is_another_one_in_the_next_round_unless_it_says_the_same():
    other = {"own": "I go to the choir", "for": ["avoidance"]}
    notes = [
        note("01-12", "own_1", ratings={"own_1": 4}),
        note("04-10", "own_1", round_=1, ratings={"own_1": 8}),
    ]
    same, _ = held(rounds([OWN], [OWN], "2026-04-01"), *notes)
    assert [mark.value for mark in same.courses[0].marks] == [4, 3, 8]
    assert same.courses[0].marks[1] == Mark("2026-04-01", 3, "review"), (
        "undated, it stands where its round ended"
    )
    assert same.courses[0].worked_on == 2
    changed, _ = held(rounds([OWN], [other], "2026-04-01"), *notes)
    assert [mark.value for mark in changed.courses[0].marks] == [8]
    assert changed.courses[0].untouched == 0


def test_until_new_goals_are_chosen_the_sessions_are_held_against_those_before():
    walk = rounds([GOAL], {"later": True}, "2026-04-01")
    plan = make_plan(walk, TODAY)
    assert plan.goals == ()
    found = sessions(followed(plan), walk, [note("01-12", "go_out", ratings={"go_out": 4})])
    assert [(course.goal, course.worked_on) for course in found.courses] == [("go_out", 1)]


def test_loose_ends_of_sessions_of_an_earlier_round_are_past():
    walk = rounds([GOAL], [GOAL], "2026-04-01")
    found, _ = held(walk, note("01-12"), note("04-10", round_=1))
    assert [str(end) for end in found.loose] == ["the session of 2026-04-10 worked on no goal"]


def test_a_whole_plan_with_loose_ends_of_sessions_says_so(walk):
    assert make_plan(walk(), TODAY).status == "whole"
    _, plan = held(walk(), note("01-12"))
    assert plan.status == "whole"
    assert plan.status_words == "The plan is whole. The sessions have left loose ends."
    assert held(walk(), note("01-12", "go_out"))[1].status_words == make_plan(walk(), TODAY).status_words


def changed(day="01-12", openings=0, **more):
    return note(day, "go_out", safety="changed", openings=openings, **more)


@pytest.mark.parametrize(
    ("opened", "notes", "due"),
    [
        ((), [changed()], "2026-01-12"),
        ((), [changed(), note("01-19", safety="no_change")], "2026-01-12"),
        ((), [changed(mode="missed")], "2026-01-12"),
        ((), [note("01-12", safety="not_asked")], ""),
        ((("risk", "case.wanted_change"),), [changed()], ""),
        ((("risk", "case.wanted_change"),), [changed(openings=1)], "2026-01-12"),
        ((("detail", "case.wanted_change"),), [changed()], "2026-01-12"),
        ((), [changed(), changed("01-19")], "2026-01-19"),
    ],
)
def test_a_change_in_safety_asks_for_risk_until_it_was_opened(opened, notes, due):
    made = walked(WHOLE)
    walk = Walk.replay(made.program, "case", [Round(made.rounds[0].answers, opened)], settings=made.settings)
    assert held(walk, *notes)[0].risk_due == due


def test_a_new_round_asks_about_safety_itself():
    walk = rounds([GOAL], [GOAL], "2026-04-01")
    assert held(walk, changed())[0].risk_due == ""
    assert held(walk, changed("04-10", round_=1))[0].risk_due == "2026-04-10"


days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)).map(lambda day: day.isoformat())
some_notes = st.lists(
    st.builds(
        SessionNote,
        round=st.integers(0, 2),
        date=days,
        mode=st.sampled_from(["in_person", "missed"]),
        goals=st.lists(st.sampled_from(["go_out", "own_1", "gone"]), max_size=2, unique=True).map(tuple),
        ratings=st.dictionaries(st.sampled_from(["go_out", "own_1", "gone"]), st.integers(0, 10)),
        safety=st.sampled_from(["not_asked", "no_change", "changed"]),
        openings=st.integers(0, 2),
    ),
    min_size=1,
    max_size=8,
)
WALK = walked({**WHOLE, "chosen_goals": BOTH})
PLAN = make_plan(WALK, TODAY)


@given(some_notes)
def test_whatever_was_noted_is_counted_once_and_can_be_read(notes):
    plan = with_sessions(PLAN, WALK, notes)
    found = plan.sessions
    took_place = [one for one in notes if one.mode != "missed"]
    assert (found.held, found.missed) == (len(took_place), len(notes) - len(took_place))
    for course in found.courses:
        marks = [mark.date for mark in course.marks]
        assert marks == sorted(marks)
        assert len(marks) == sum(course.goal in one.ratings for one in took_place)
        assert course.worked_on == sum(course.goal in one.goals for one in took_place)
        assert course.worked_on + course.untouched <= found.held
    assert set(plan.loose_ends) >= set(PLAN.loose_ends)
    assert as_text(plan)
