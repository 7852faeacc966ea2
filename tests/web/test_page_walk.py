"""The walk, question by question: taken, left open, refused with what was typed, gone back to, declined, risk."""

from __future__ import annotations

import datetime

import pytest
from visiting import controls_of, main, source, words

from goldenthread.walk import bare

NAME = "depression_after_separation"
CONCERN = "problem.concern"
LATER, NOT_KNOWN, DECLINED = {"later": True}, {"not_known": True}, {"declined": True}


# Answered, or left open


def test_an_answer_is_kept_with_its_day_and_the_next_question_waits(visit):
    case = visit(NAME, until="problem.opening_words")
    response = case.answer({"answer": "I cannot get up.\r\nNot even on Sundays."})
    assert response.status_code == 302
    assert case.given("problem.opening_words") == {
        "value": "I cannot get up.\nNot even on Sundays.",
        "date": "2026-03-02",
    }
    assert case.at == "problem.wanted_change"
    assert "I cannot get up." not in words(case.get())


@pytest.mark.parametrize(("action", "kept"), [("not_known", NOT_KNOWN), ("declined", DECLINED)])
def test_what_was_asked_and_not_answered_is_kept_with_its_day(visit, action, kept):
    case = visit(NAME, until="problem.wanted_change")
    assert case.answer({"answer": "half a sent"}, action=action).status_code == 302
    assert case.given("problem.wanted_change") == {**kept, "date": "2026-03-02"}
    assert case.at == "problem.unit_of_care"


def test_what_is_left_for_later_is_listed_and_can_be_answered_from_there(visit):
    case = visit(NAME, until="problem.wanted_change")
    case.answer(action="later")
    assert case.given("problem.wanted_change") == LATER
    assert "at=problem.wanted_change" in source(case.get("answers"))
    page = case.get(at="problem.wanted_change", **{"from": "answers"})
    fields = controls_of(page)
    assert fields["from"] == ["answers"]
    back = case.answer({**fields, "answer": "Sing again."})
    assert back["Location"] == case.path("answers")
    assert "Sing again." in main(case.get("answers"))


def test_date_source_and_note_stand_beside_an_answer(visit):
    case = visit(NAME, until="problem.onset")
    case.answer(
        {
            "answer": "In spring",
            "beside_date": "2026-02-20",
            "beside_source": "mother",
            "beside_note": "unsure",
        }
    )
    assert case.given("problem.onset") == {
        "value": "In spring",
        "date": "2026-02-20",
        "source": "mother",
        "note": "unsure",
    }
    fields = controls_of(case.get(at="problem.onset"))
    assert (fields["beside_date"], fields["beside_source"], fields["beside_note"]) == (
        ["2026-02-20"],
        ["mother"],
        ["unsure"],
    )


def test_an_answer_that_is_changed_later_was_said_then_unless_another_day_is_given(visit, practice):
    case = visit(NAME, until="problem.onset")
    case.answer({"answer": "In spring"})
    practice.today = datetime.date(2026, 4, 1)
    form = controls_of(case.get(at="problem.onset"))
    assert form["beside_date"] == ["2026-03-02"]
    del form["version"]
    case.answer({**form, "beside_source": "mother"}, at="problem.onset")
    assert case.given("problem.onset") == {"value": "In spring", "date": "2026-03-02", "source": "mother"}
    case.answer({**form, "answer": "In May"}, at="problem.onset")
    assert case.given("problem.onset") == {"value": "In May", "date": "2026-04-01"}
    case.answer({**form, "answer": "In June", "beside_date": "2026-03-20"}, at="problem.onset")
    assert case.given("problem.onset") == {"value": "In June", "date": "2026-03-20"}
    case.answer(form | {"beside_date": "2026-03-20"}, at="problem.onset", action="not_known")
    assert case.given("problem.onset") == {**NOT_KNOWN, "date": "2026-04-01"}


def test_a_score_that_is_put_right_keeps_the_day_on_which_it_was_taken(visit, practice):
    case = visit(NAME)
    at = "diagnosis_mood.mood_score"
    taken = case.given(at)["date"]
    assert case.given(at)["items"][0] != 1
    practice.today = datetime.date(2026, 4, 1)
    case.answer({**controls_of(case.get(at=at)), "item_1": "1"}, at=at)
    assert case.given(at)["items"][0] == 1
    assert case.given(at)["date"] == str(taken)


def test_a_required_question_cannot_be_left_for_later(visit):
    case = visit("disclosure_during_goals", until="risk.risk_kind@opened_1")
    page = case.get()
    assert 'value="later"' not in source(page)
    before = case.version
    refused = case.answer(action="later")
    assert refused.status_code == 422
    assert "cannot be left for later" in main(refused)
    assert case.version == before
    assert case.answer(action="not_known").status_code == 302


# Refused


@pytest.mark.parametrize(
    ("until", "form", "said"),
    [
        ("problem.age", {"answer": "four"}, "`four` is not a number"),
        ("problem.age", {"answer": "412"}, "412 is out of range"),
        ("problem.age", {"answer": ""}, "nothing was answered"),
        ("problem.problem_duration", {"amount": "", "unit": "years"}, "how long is not filled in"),
        ("problem.problem_duration", {"amount": "900", "unit": "years"}, "longer than a life"),
        (CONCERN, {}, "at least 1 must be chosen"),
        ("problem.targeted_concern", {"answer": ["low_mood", "nowhere"]}, "not an option"),
        ("diagnosis_mood.mood_score", {"total": "99", "item_9": "0"}, "99 is not a score"),
        ("diagnosis_mood.mood_score", {"item_1": "7"}, "7"),
        ("problem.onset", {"answer": "spring", "beside_date": "last week"}, "`last week` is not a date"),
    ],
)
def test_what_does_not_fit_stays_in_its_field_and_why_is_said(visit, until, form, said):
    case = visit(NAME, until=until)
    before = case.version
    refused = case.answer(form)
    assert refused.status_code == 422
    assert said in main(refused)
    assert 'role="alert"' in source(refused)
    assert case.version == before
    assert case.at == until
    typed = controls_of(refused)
    for name, text in form.items():
        if isinstance(text, str) and name != "beside_date":
            assert typed[name] == [text]


def test_what_stands_alone_is_refused_beside_others(visit):
    case = visit(NAME, until="safety.unwell_now")
    options = [one.id for one in case.walk().question.options if not one.exclusive]
    alone = next(one.id for one in case.walk().question.options if one.exclusive)
    refused = case.answer({"answer": [options[0], alone]})
    assert refused.status_code == 422
    assert "cannot stand beside others" in main(refused)
    assert set(controls_of(refused)["answer"]) == {options[0], alone}


# Another tab


def test_what_another_tab_has_changed_is_not_overwritten_and_what_was_typed_is_shown(visit):
    case = visit(NAME, until="problem.wanted_change")
    old = case.version
    case.answer({"answer": "First"})
    late = case.answer({"answer": "Second"}, at="problem.wanted_change", version=old)
    assert late.status_code == 409
    assert "Second" in main(late)
    assert case.given("problem.wanted_change")["value"] == "First"
    assert case.draft("problem.wanted_change")["answer"] == ["Second"]
    again = case.get(at="problem.wanted_change")
    assert controls_of(again)["answer"] == ["Second"]
    assert "What you had typed here before" in main(again)


def test_what_is_sent_twice_is_taken_once(visit):
    case = visit(NAME, until="problem.wanted_change")
    old = case.version
    for _ in range(2):
        sent = case.answer({"answer": "Once"}, at="problem.wanted_change", version=old)
        assert sent.status_code == 302
    assert int(case.version) == int(old) + 1
    assert case.draft("problem.wanted_change") is None


# Gone back


def test_going_back_changes_nothing_and_leads_to_what_was_answered(visit):
    case = visit(NAME, until="problem.age")
    before = case.version
    back = case.post("move", {"action": "back", "key": case.at})
    page = case.client.get(back["Location"])
    assert controls_of(page)["answer"] == ["individual"]
    assert "You have gone back to this question" in main(page)
    assert case.version == before


def test_a_changed_answer_sets_later_ones_aside_says_so_and_gives_them_back(visit):
    case = visit(NAME)
    case.answer({"answer": ["low_mood", "life_change"], "first": "low_mood"}, at=CONCERN)
    case.answer({"answer": ["low_mood", "life_change"]}, at="problem.targeted_concern")
    said = case.get()
    assert "set aside: the path no longer asks for" in main(said)
    assert "Nothing is lost" in main(said)
    assert "set aside" not in main(case.get("sessions")), "it is said once"
    listed = main(case.get("answers"))
    assert "Set aside" in listed
    assert "Sleep is put off" in listed.partition("Set aside")[2]
    assert case.given("problem.deferred_needs")
    case.answer({"answer": ["low_mood", "life_change", "sleep"], "first": "low_mood"}, at=CONCERN)
    assert "back on the path" in main(case.get())
    assert "Set aside" not in main(case.get("answers"))


def test_an_earlier_question_can_be_stood_at_and_left_again(visit):
    case = visit(NAME)
    page = case.get(at="problem.onset")
    assert controls_of(page)["answer"] == ["last September, when Jo moved out after eleven years together"]
    assert f'href="{case.path("")}">Go on to the first open question' in source(page)
    assert "Read the plan" in main(case.get())


def test_a_question_that_there_is_not_leads_to_the_one_that_waits(visit):
    case = visit(NAME, until=CONCERN)
    for at in ("nowhere.nothing", "problem.nothing", "modality.chosen_modality", "@", "problem.concern@x"):
        assert controls_of(case.get(at=at))["key"] == [CONCERN]


def test_a_form_sent_as_it_is_shown_changes_no_answer(visit, request):
    """The first question of each kind in each flowchart is sent, every question in the sweep."""
    case = visit(NAME)
    keys, sent_before = case.walk().walk.questions_passed(), set()
    before = {key: case.given(key) for key in keys}
    for key in keys:
        question = case.walk(key).question
        like = (key.partition(".")[0], question.kind, question.ranked)
        spared = like in sent_before and not request.config.getoption("--sweep")
        if spared or question.kind in {"acknowledge", "goals"}:
            continue
        sent_before.add(like)
        sent = case.answer(controls_of(case.get(at=key)), at=key)
        assert sent.status_code == 302, (key, main(sent))
        step, known = case.walk(key).walk.step, case.walk(key).walk.known
        now, then = (step.fit(bare(raw), known) for raw in (case.given(key), before[key]))
        if question.kind == "choices":
            assert now[:1] == then[:1] or not question.ranked, key
            now, then = set(now), set(then)
        assert now == then, key
    assert len(sent_before) > 15
    assert not case.walk().walk.set_aside


# Suggestions


WORKING = "diagnosis.working_diagnosis"


def offered(case, kind="diagnoses"):
    return [offer.id for offer in case.walk().advice(kind).offers]


def test_the_own_idea_comes_before_the_list_and_stays_in_the_note(visit):
    case = visit(NAME, until=WORKING)
    first = case.get()
    assert "Your own idea first" in main(first)
    assert 'name="answer"' not in source(first)
    for id_ in offered(case):
        assert case.walk().advice("diagnoses").find(id_).entry.name not in main(first)
    listed = case.answer({"own_idea": "A first depression"}, action="own_idea")
    assert "Your own idea: “A first depression”" in main(listed)
    assert 'value="depression_less_severe"' in source(listed)
    assert "A first depression" in main(case.get()), "also after the page is loaded again"
    form = {**controls_of(listed), "answer": ["depression_less_severe"], "beside_note": "after supervision"}
    assert case.answer(form).status_code == 302
    assert case.given(WORKING)["note"] == "own idea first: A first depression; after supervision"


def test_the_list_can_be_had_without_an_idea(visit):
    case = visit(NAME, until=WORKING)
    listed = case.answer({"own_idea": ""}, action="own_idea")
    assert 'value="depression_less_severe"' in source(listed)
    assert "Your own idea" not in main(listed)
    case.answer({**controls_of(listed), "answer": ["depression_less_severe"]})
    assert "note" not in case.given(WORKING)


def decided(case, kind="diagnoses"):
    return [(one.id, one.verdict, one.reason) for one in case.case.decisions if one.kind == kind]


def test_an_accepted_suggestion_is_kept_as_a_decision_once(visit):
    case = visit(NAME, until=WORKING)
    for _ in range(2):
        case.answer({"answer": ["depression_less_severe"], "own_idea": "-"}, at=WORKING)
    assert decided(case) == [("depression_less_severe", "accepted", "")]


def test_what_is_declined_stays_away_until_the_facts_behind_it_change(visit):
    case = visit(NAME, until=WORKING)
    assert "depression_less_severe" in offered(case)
    reason = "The <b>bereavement</b> says it all"
    form = {"key": WORKING, "own_idea": "-", "reason_depression_less_severe": reason}
    sent = case.post("decide", {**form, "decide": "declined:depression_less_severe"})
    page = case.client.get(sent["Location"])
    assert decided(case) == [("depression_less_severe", "declined", reason)]
    assert "<b>bereavement" not in source(page)
    near, _, far = source(page).partition('class="far"')
    assert 'value="depression_less_severe"' not in near
    assert reason in words(far)
    assert case.at == WORKING
    case.answer({"answer": "Somebody died."}, at="problem.onset")
    assert reason in words(case.get(at=WORKING)), "nothing behind it has changed"
    case.answer({"amount": "7", "unit": "months"}, at="diagnosis_mood.mood_duration")
    near, _, far = source(case.get(at=WORKING)).partition('class="far"')
    assert 'value="depression_less_severe"' in near
    assert reason not in words(near + far)


@pytest.mark.parametrize("verdict", ["adapted", "later"])
def test_a_suggestion_is_adapted_or_left_for_later_with_its_words(visit, verdict):
    case = visit(NAME, until=WORKING)
    form = {"key": WORKING, "own_idea": "-", "reason_depression_less_severe": "with the grief in view"}
    sent = case.post("decide", {**form, "decide": f"{verdict}:depression_less_severe"})
    assert decided(case) == [("depression_less_severe", verdict, "with the grief in view")]
    fields = controls_of(case.client.get(sent["Location"]))
    assert ("depression_less_severe" in fields.get("answer", [])) == (verdict == "adapted")
    case.answer({"answer": ["depression_less_severe"], "own_idea": "-"})
    last = "adapted" if verdict == "adapted" else "accepted"
    assert decided(case)[-1][:2] == ("depression_less_severe", last)


def test_a_decision_on_what_is_not_offered_changes_nothing(visit):
    case = visit(NAME, until=WORKING)
    before = case.version
    for decide in ("declined:bipolar_not_here", "thrown:depression_less_severe", "", "declined:"):
        assert case.post("decide", {"key": WORKING, "decide": decide}).status_code == 302
    assert case.version == before


@pytest.mark.parametrize(
    "entry", ["depression_less_severe", "bipolar", "nowhere", "behavioural_activation_therapy"]
)
def test_why_says_the_reasons_or_that_there_is_no_such_entry(visit, entry):
    case = visit(NAME, until=WORKING)
    page = case.get(f"why/{entry}")
    part = case.client.get(case.path(f"why/{entry}"), headers={"hx-request": "true"})
    assert page.status_code == part.status_code == 200
    assert "<html" not in source(part)
    assert words(part)
    assert words(part) in main(page)


# Risk


@pytest.mark.parametrize(
    "until", ["problem.opening_words", CONCERN, WORKING, "goals.chosen_goals", "plan_review.copy_safe"]
)
def test_the_risk_guide_opens_at_any_question_and_leads_back_to_it(visit, until):
    case = visit(NAME, until=until)
    case.post("move", {"action": "risk", "key": case.at})
    assert case.at == "risk.risk_kind@opened_1"
    assert main(case.get())
    walked = 0
    while "@opened_1" in case.at:
        action = "answer" if case.walk().question.kind == "acknowledge" else "not_known"
        assert case.answer(action=action).status_code == 302
        walked += 1
        assert walked < 60
    alerts = [raised for raised in case.walk().walk.alerts if not raised.cleared]
    assert case.at == until or alerts


def test_the_risk_guide_opens_after_the_end(visit):
    case = visit(NAME)
    assert case.walk().finished
    case.post("move", {"action": "risk"})
    assert case.at == "risk.risk_kind@opened_1"


def test_risk_pressed_twice_opens_one_guide(visit):
    case = visit(NAME, until=CONCERN)
    for _ in range(3):
        case.post("move", {"action": "risk", "key": case.at})
    assert [opened for opened, _ in case.case.rounds[0].opened] == ["risk"]


def test_a_risk_guide_opened_by_mistake_is_closed_by_going_back(visit):
    case = visit(NAME, until=CONCERN)
    case.post("move", {"action": "risk", "key": case.at})
    back = case.post("move", {"action": "back", "key": case.at})
    assert controls_of(case.client.get(back["Location"]))["key"] == [CONCERN]
    assert case.at == CONCERN


PAGES = ("", "answers", "thread", "plan", "sessions", "review")


def test_an_alert_takes_the_next_turn_and_is_on_every_page_until_it_is_recorded(visit):
    case = visit(NAME, until="safety.suicidal_thoughts")
    assert "Risk is open" not in words(case.get())
    case.answer({"answer": "yes"})
    assert case.at.startswith("risk.")
    alert = next(raised.alert.text for raised in case.walk().walk.alerts)
    for page in PAGES:
        said = words(case.get(page))
        assert "Risk is open" in said, page
        assert alert in said, page
    assert "Risk is open" in words(case.client.get("/"))
    asked = 0
    while any(not raised.cleared for raised in case.walk().walk.alerts):
        question = case.walk().question
        form: dict[str, object] = {}
        if question.kind in {"choice", "choices"}:
            form = {"answer": [question.options[0].id]}
        elif question.kind == "yes_no":
            form = {"answer": "no"}
        elif question.kind == "text":
            form = {"answer": "Done and written down."}
        if case.answer(form).status_code == 422:
            assert case.answer(action="not_known").status_code == 302
        asked += 1
        assert asked < 80
    for page in PAGES:
        assert "Risk is open" not in words(case.get(page)), page
    assert "Risk is open" not in words(case.client.get("/"))


def test_nothing_can_be_walked_in_a_case_that_there_is_not(clinician):
    gone = "/case/aaaaaaaaaaaaaaaaaaaaaaaaaa/"
    for page in (
        "answer",
        "move",
        "decide",
        "plan/sign",
        "sessions/note",
        "client/safe",
        "content/take-over",
    ):
        assert clinician.post(gone + page, {"key": CONCERN}).status_code == 404
