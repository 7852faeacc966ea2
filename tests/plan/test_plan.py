"""The plan: what it says, what it says it lacks, and where its thread is loose."""

from __future__ import annotations

import datetime as dt

import pytest
from whole_case import GOAL, WHOLE

from goldenthread.plan import make_plan, sentence
from goldenthread.score import change
from goldenthread.walk import Walk
from small import shipped

LATER = None


# Specificity

PARTS = {
    "what_happens": "what happens, by an example",
    "onset": "when it began",
    "problem_duration": "how long it has lasted",
    "frequency": "how often it happens",
    "trigger": "what set it off",
    "cost_work": "what it costs at work or study",
    "cost_home": "what it costs at home",
    "cost_others": "what it costs with other people",
}


def test_the_problem_statement_is_composed_from_the_answers(plan):
    said = plan(client="M. K.").statement
    assert said.specific
    for role in ("what_happens", "trigger", "cost_work", "cost_home", "cost_others"):
        assert WHOLE[role].removeprefix("my ").removeprefix("the ") in said.text, role
    for words in ("M. K., aged 34, comes with panic.", "in June", "3 months", "every week"):
        assert words in said.text
    assert plan().statement.text.startswith("The client, aged 34, comes with panic.")
    assert said.client_words == "I cannot leave the house"
    assert said.wanted == "I would go dancing"


@pytest.mark.parametrize("role", PARTS)
@pytest.mark.parametrize(
    "empty", [LATER, {"not_known": True}, {"declined": True}], ids=["later", "not_known", "declined"]
)
def test_each_part_that_the_statement_lacks_is_named(plan, role, empty):
    found = plan(**{role: empty})
    assert found.statement.lacks == {role: PARTS[role]}
    assert not found.statement.specific
    assert found.status == "provisional"
    assert "None" not in found.statement.text


def test_a_statement_of_nothing_lacks_everything(plan):
    found = plan(**dict.fromkeys(WHOLE, LATER))
    assert found.statement.lacks == PARTS
    assert found.statement.text == ""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        (" my heart. ", "My heart."),
        ("why me?", "Why me?"),
        ("x", "X."),
        ("he said “go”", "He said “go”."),
    ],
)
def test_a_sentence_has_a_capital_and_an_end(text, made):
    assert sentence(text) == made


# Status


def test_a_plan_is_whole_when_nothing_is_open(plan):
    found = plan()
    assert found.status == "whole"
    assert found.loose_ends == ()
    assert found.draft
    assert found.version == 1
    assert found.content


@pytest.mark.parametrize("role", ["chosen_goals", "chosen_modality", "perpetuating", "trigger"])
def test_it_is_provisional_when_something_is_open(plan, role):
    found = plan(**{role: LATER})
    assert found.status == "provisional"
    assert "stands at the end" in found.status_words


def test_it_is_provisional_while_it_is_walked(walk):
    whole = walk()
    standing = whole.go_to("case.next_step")
    assert make_plan(standing, dt.date(2026, 1, 5)).status == "provisional"
    assert make_plan(whole, dt.date(2026, 1, 5)).status == "whole"


@pytest.mark.parametrize(
    ("role", "value"),
    [("danger", LATER), ("unwell", LATER), ("unwell", True), ("unwell", {"declined": True})],
)
def test_it_is_held_while_the_screen_is_not_recorded_or_not_clear(plan, role, value):
    found = plan(**{role: value})
    assert found.status == "held"
    assert "risk screen" in found.status_words
    assert {"goal", "treatment"} <= {kind for kind, _ in found.held}


@pytest.mark.parametrize("value", [True, {"declined": True}, {"not_known": True}])
def test_it_is_held_while_an_alert_is_open(plan, value):
    found = plan(danger=value)
    assert found.status == "held"
    assert "alert is open" in found.status_words
    assert found.safety.open == ("Alarm for the client.",)


RUN = {
    "risk.kind@alarm": ["suicide"],
    "risk.step@alarm": "plan",
    "risk.coping@alarm": "the garden",
    "risk.urgent@alarm": True,
}


def test_it_is_whole_again_once_the_step_is_recorded_and_shows_what_was_done(plan):
    found = plan(RUN, danger=True)
    assert found.status == "whole"
    safety = found.safety
    assert safety.open == ()
    assert safety.not_asked == ()
    assert [(line.label, line.answer) for line in safety.screen] == [
        ("danger", "yes"),
        ("being unwell", "no"),
    ]
    assert [step.about for step in safety.steps] == ["suicide"]
    assert ("safety step", "a safety plan") in [(line.label, line.answer) for line in safety.steps[0].lines]
    assert [(line.label, line.answer) for line in safety.safety_plan] == [("plan coping", "the garden")]
    assert safety.told == ("Stay with the client.",)


def test_a_walk_that_stopped_offers_no_routine_plan(plan):
    found = plan({"risk.kind@alarm": ["suicide"], "risk.step@alarm": "emergency"}, danger=True)
    assert found.status == "stopped"
    assert "Emergency first" in found.status_words


def test_what_the_screen_lacks_is_named(plan):
    found = plan(unwell=LATER)
    assert found.safety.not_asked == ("being unwell",)
    assert ("being unwell", "not asked") in [(line.label, line.answer) for line in found.safety.screen]
    assert ("danger", "declined") in [
        (line.label, line.answer) for line in plan(danger={"declined": True}).safety.screen
    ]


# SMART, letter by letter


def letters(found, goal=0):
    return "".join(found.goals[goal].smart.lacks)


def test_a_bank_goal_with_every_blank_filled_is_whole(plan):
    line = plan(client="M. K.").goals[0]
    assert line.smart.whole
    assert line.text == "M. K. does it 3 times a week within 8 weeks, from 1."
    assert line.say == "I do it 3 times a week within 8 weeks, from 1."
    assert (line.baseline, line.target, line.due) == (1, 3, "2026-03-02")
    assert line.measure == "times per week, from 1 to 3"
    assert line.for_names == ("staying away",)


def mood(**blanks):
    return {
        "chosen_goals": [{"id": "mood_down", "for": ["problem"], "blanks": blanks}],
        "chosen_modality": ["cbt"],
    }


FULL = {"start": 8, "target": 2, "helper": "her sister"}


@pytest.mark.parametrize(
    ("blanks", "lacks", "word"),
    [
        (FULL, "", ""),
        ({**FULL, "helper": ""}, "S", "Who helps?"),
        ({**FULL, "helper": LATER}, "S", "Who helps?"),
        ({**FULL, "target": LATER}, "M", "the target is not filled in"),
        ({**FULL, "start": LATER}, "M", "the baseline is not filled in"),
        ({"helper": "her sister"}, "M", "baseline and target"),
        ({**FULL, "target": 8}, "A", "no step on"),
        ({**FULL, "target": 9}, "A", "no step on"),
        ({**FULL, "weeks": 99}, "A", "outside what is usual"),
        ({**FULL, "weeks": "soon"}, "T", "no time is set"),
        ({"start": 2, "target": 8}, "SA", "no step on"),
    ],
)
def test_each_letter_that_a_bank_goal_lacks_is_named(plan, blanks, lacks, word):
    blanks = {name: value for name, value in blanks.items() if value is not None}
    found = plan(**mood(**blanks))
    assert letters(found) == lacks
    assert word in " ".join(found.goals[0].smart.lacks.values())
    if "M" in lacks:
        assert "[not filled in]" in found.goals[0].measure
    if "S" in lacks:
        assert found.goals[0].unfilled == ("Who helps?",)


def test_a_goal_for_nothing_lacks_relevance(plan):
    found = plan(chosen_goals=[{"id": "go_out", "blanks": {"base": 1}}], perpetuating=["rumination"])
    assert letters(found) == "R"
    assert any("is for nothing" in loose for loose in found.loose_ends)


def test_what_a_goal_is_for_is_found_by_its_targets(plan):
    found = plan(chosen_goals=[{"id": "go_out", "blanks": {"base": 1}}])
    assert found.goals[0].for_ == ("avoidance",)


def test_a_blank_is_filled_by_a_fact_of_the_case_and_the_clinicians_word_goes_before(plan):
    score = {"case.mood": {"items": [3, 3, 0]}}
    assert plan(score, **mood(target=2, helper="x")).goals[0].baseline == 6
    assert plan(score, **mood(start=7, target=2, helper="x")).goals[0].baseline == 7


def test_a_number_written_as_a_word_is_a_number(plan):
    line = plan(
        chosen_goals=[{"id": "go_out", "for": ["avoidance"], "blanks": {"base": "1", "times": " 4 "}}]
    ).goals[0]
    assert line.smart.whole
    assert line.measure == "times per week, from 1 to 4"
    assert (line.baseline, line.target) == (1, 4)


@pytest.mark.parametrize(
    ("start", "target", "flagged"), [(8, 4, False), (8, 5, True), (6, 5, True), (5, 1, False)]
)
def test_a_target_short_of_reliable_change_is_flagged(plan, start, target, flagged):
    flags = plan(**mood(start=start, target=target, helper="x")).goals[0].flags
    assert bool(flags) is flagged
    if flagged:
        assert "reliable change on the MOOD-3 is 4 or more" in flags[0]


def test_a_goal_in_own_words_keeps_its_words_and_its_date(plan):
    own = {
        "own": "go to the choir 2 times within 3 weeks",
        "for": ["avoidance"],
        "by": ["cbt"],
        "domain": "relationships",
    }
    found = plan(chosen_goals=[own])
    line = found.goals[0]
    assert line.text == "Go to the choir 2 times within 3 weeks."
    assert line.smart.whole
    assert line.due == "2026-01-26"
    assert line.measure.startswith("rating 0 to 10")
    assert found.threads[0].whole, "tied to a treatment by hand"


# Threads


def test_a_whole_thread_runs_from_factor_to_review(plan):
    (thread,) = plan().threads
    assert thread.factor_name == "staying away"
    assert thread.goals == ("go_out",)
    assert thread.treatments == ("CBT",)
    assert thread.measures == ("times per week, from 1 to 3",)
    assert thread.review == "2026-03-30"
    assert thread.whole


@pytest.mark.parametrize(
    ("roles", "loose"),
    [
        ({"perpetuating": ["avoidance", "rumination"]}, "brooding: no goal is for it"),
        ({"chosen_goals": LATER}, "staying away: no goal is for it"),
        ({"chosen_modality": LATER}, "staying away: no treatment chosen holds"),
        ({"chosen_modality": ["reading_group"]}, "staying away: no treatment chosen holds"),
        ({"chosen_goals": [{**GOAL, "blanks": {}}]}, "the baseline or target of the goal"),
        (
            {"chosen_goals": [GOAL, {"own": "Sing in the choir 2 times within 3 weeks"}]},
            "is for nothing that keeps the problem going",
        ),
        ({"chosen_modality": ["cbt", "reading_group"]}, "Reading group serves none of the goals"),
        ({"perpetuating": LATER}, "staying away"),
    ],
)
def test_a_loose_thread_is_loose_at_its_place(plan, roles, loose):
    found = plan(**roles)
    if roles == {"perpetuating": LATER}:
        assert [t.factor for t in found.threads] == ["problem"]
        assert "the presenting problem: no goal is for it" in found.loose_ends
        return
    assert any(loose in said for said in found.loose_ends), found.loose_ends
    assert found.status != "whole"


def test_a_goal_for_the_problem_makes_a_thread_of_its_own(plan):
    found = plan(
        chosen_goals=[GOAL, {"own": "Dance once a week within 4 weeks", "for": ["problem"], "by": ["cbt"]}]
    )
    assert [thread.factor for thread in found.threads] == ["avoidance", "problem"]
    assert found.threads[1].factor_name == "the presenting problem"


# What else it says


def test_the_background_is_told_in_the_clients_voice_where_it_is(plan):
    made = plan(earlier_treatment="None before", meaning_culture="We do not lie about", health_medicines=None)
    assert made.background == (
        ("earlier treatment", "none before"),
        ("meaning culture", "“We do not lie about.”"),
    )


def test_deferred_needs_are_named_one_by_one(plan):
    found = plan(concern=["panic", "sleep", {"own": "the flat"}], targeted_concern=["panic"])
    assert found.targeted == ("panic",)
    assert [line.split(":")[0] for line in found.deferred] == ["poor sleep", "the flat"]
    assert all("is not recorded" in line for line in found.deferred)
    said = plan(
        concern=["panic", "sleep"], targeted_concern=["panic"], deferred_needs="Sleep after the summer"
    )
    assert said.deferred == ("poor sleep: not worked on now", "Sleep after the summer")


def test_the_first_concern_is_the_target_where_none_was_chosen(plan):
    found = plan(concern=["sleep", "panic"])
    assert found.targeted == ("poor sleep",)
    assert [line.split(":")[0] for line in found.deferred] == ["panic"]


@pytest.mark.parametrize(
    ("interval", "date", "word"),
    [
        ("12 weeks", "2026-03-30", "as agreed"),
        ("1 month", "2026-02-04", "as agreed"),
        (LATER, "2026-04-05", "put forward"),
        ("100 years", "2126-01-06", "as agreed"),
    ],
)
def test_the_review_date(plan, interval, date, word):
    found = plan(review_interval=interval)
    assert found.review_date == date
    assert word in found.review_words


def test_working_diagnoses_say_how_the_answers_stand_to_them(plan):
    state = {
        w.id: w.state
        for w in plan(working_diagnosis=["panic_disorder", "other_one", {"own": "something else"}]).working
    }
    assert state["panic_disorder"] == "possible"
    assert state["other_one"].startswith("the answers speak against it")
    assert state["own_1"] == "in own words"
    held = plan(bar=LATER).working[0].state
    assert held.startswith("held: ask first")


def test_treatments_carry_their_reasons_cautions_and_sources(plan):
    line = plan(age=70).treatments[0]
    assert (line.id, line.chosen, line.flag) == ("cbt", True, "")
    assert line.cautions == ("Go slowly.",)
    assert line.sources == ("Author 2020, p. 7",)
    assert plan().treatments[0].cautions == ()


def test_a_chosen_treatment_that_is_held_or_ruled_out_is_flagged(plan):
    found = plan(chosen_modality=["reading_group"], bar=LATER).treatments[0]
    assert found.flag.startswith("Chosen, and held")
    ruled = plan(chosen_modality=["reading_group"], bar=True)
    assert "barred." in ruled.treatments[0].flag
    assert ("treatment", "reading_group") in [(kind, out.id) for kind, out in ruled.left_out]


def test_factors_carry_the_clients_example_and_loop(plan):
    (line,) = plan(
        {"case.perpetuating": {"avoidance": "the stairs"}, "detail.q@avoidance": "the queue"}
    ).perpetuating
    assert (line.name, line.example, line.trigger) == ("staying away", "the stairs", "the queue")
    (own,) = plan(perpetuating=[{"own": "the neighbour's dog"}]).perpetuating
    assert own.name == "the neighbour's dog"


# Open questions


def test_open_questions_stand_in_the_order_of_what_they_would_change(plan):
    found = plan(unwell=LATER, trigger=LATER, perpetuating=LATER, barriers=LATER, bar=LATER)
    keys = [question.key for question in found.open]
    assert keys[0] == "screen.unwell", "safety first"
    assert (
        keys.index("case.perpetuating")
        < keys.index("case.bar")
        < keys.index("case.trigger")
        < keys.index("case.barriers")
    )
    words = {question.key: question.changes for question in found.open}
    assert "wait" in words["screen.unwell"]
    assert "wait" in words["case.bar"]
    assert words["case.trigger"] == "the problem statement lacks what set it off"
    assert words["case.barriers"] == "it would make the plan fuller"


def test_open_questions_are_filled_with_the_clients_words(plan):
    texts = {question.key: question.text for question in plan().open}
    assert texts["detail.q@avoidance"] == "What sets staying away off?"
    assert texts["case.mood"] == "Score the MOOD-3"


def test_the_question_that_waits_is_open_too(walk):
    standing = walk().go_to("case.trigger")
    assert "case.trigger" in [question.key for question in make_plan(standing, dt.date(2026, 1, 5)).open]


# Progress


def scored(*totals):
    """Answers of rounds, each with its score; the review of the last asks the client too."""
    rounds = []
    for n, items in enumerate(totals):
        last = n == len(totals) - 1
        answers = {"case.mood": {"items": items, "date": f"2026-0{n + 1}-01"}, "case.ask_again": not last}
        if n:
            answers |= {
                "screen.danger": False,
                "screen.unwell": False,
                "case.client_verdict": "better",
                "case.still_stuck": "the bus",
            }
        rounds.append(answers)
    return rounds


@pytest.mark.parametrize(
    ("scores", "verdict", "note"),
    [
        (([3, 3, 0], [1, 1, 0]), "improved reliably", ""),
        (([1, 1, 0], [3, 3, 0]), "worse reliably", ""),
        (([3, 3, 0], [3, 3, 0]), "no change", ""),
        (([3, 3, 0], [3, 2, 0]), "changed, but not reliably", ""),
        (([3, 2, 0], [2, 2, 0]), "changed, but not reliably", "still within error"),
    ],
)
def test_the_verdict_does_not_flatter(plan, scores, verdict, note):
    first, *others = scored(*scores)
    found = plan(first, others)
    assert found.version == 2
    (followed,) = found.measures
    assert followed.verdict == verdict
    assert (note in followed.note) if note else followed.note == ""
    assert [score for _, score, _ in followed.scores] == [sum(items) for items in scores]
    assert found.progress.client_verdict == "things are better"
    assert found.progress.stuck == "the bus"


def test_one_score_gives_no_verdict_and_without_a_review_there_is_no_progress(plan):
    found = plan({"case.mood": {"items": [1, 1, 0]}})
    assert found.measures[0].verdict == ""
    assert found.progress is None


def test_goal_ratings_stand_beside_the_clients_verdict(plan):
    found = plan({"rating.q@go_out": 4}, client_verdict="same", change_needed=["goals"])
    assert [(rating.goal, rating.value) for rating in found.progress.ratings] == [("go_out", 4)]
    assert found.progress.to_change == ("the goals",)


def test_the_shipped_phq9_from_10_to_9_is_nothing():
    scale = shipped().model.instruments["phq9"].scales["total"]
    found = change(scale, 10, 9)
    assert found.verdict == "not_reliable"
    assert found.words == "changed, but not reliably"


# Audit

AUDITED = {
    "trigger": ["problem statement"],
    "opening_words": ["client words"],
    "working_diagnosis": ["diagnoses"],
    "chosen_goals": ["goals", "objectives", "measures", "individual"],
    "chosen_modality": ["interventions"],
    "unwell": ["safety"],
    "protective": ["strengths"],
    "review_interval": ["review date"],
    "participation": ["participation"],
}


def test_a_whole_plan_has_all_that_is_asked_for(plan):
    assert [(line.id, line.lacks) for line in plan().audit] == [("payer", ())]


@pytest.mark.parametrize("role", AUDITED)
def test_the_audit_names_what_the_plan_lacks(plan, role):
    assert list(plan(**{role: LATER}).audit[0].lacks) == AUDITED[role]


def test_a_goal_with_an_open_blank_is_not_individual_and_not_measured(plan):
    assert plan(chosen_goals=[{**GOAL, "blanks": {}}]).audit[0].lacks == ("measures", "individual")


def test_a_plan_of_an_empty_walk_can_be_read(walk):
    begun = Walk.start(walk().program, "case")
    found = make_plan(begun, dt.date(2026, 1, 5))
    assert found.status == "held"
    assert found.goals == found.treatments == found.perpetuating == ()
    assert found.open[0].key == "screen.danger"
