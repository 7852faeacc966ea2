"""An answer as the fields of a form, and back: nothing that was answered is lost or changed on the way."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest
from cases import VIGNETTES, plain, vignette
from hypothesis import assume, given
from hypothesis import strategies as st

from answering import WORDS, fitting
from goldenthread.score import ScoreError
from goldenthread.walk import Misfit, bare, beside, chosen_goals, examples, own_words, rounds_from, status
from goldenthread.web import controls, goal_fields
from goldenthread.web.controls import first, from_fields, to_fields, with_beside
from small import shipped

NAMES = sorted(path.stem for path in VIGNETTES.glob("*.yaml"))


def asked(kind, **more):
    plain_ = {"kind": kind, "ranked": False, "example": "", "other": False, "instrument": ""}
    return SimpleNamespace(**plain_ | more)


def instrument_of(question):
    return shipped().model.instruments.get(question.instrument)


def round_trip(question, raw):
    fields = to_fields(question, raw)
    return with_beside(from_fields(question, fields, instrument_of(question)), fields)


def steps_of(name):
    """Walk a vignette, and give the walk at each of its questions with what was answered there."""
    written = vignette(name)
    rounds = rounds_from(written, shipped().program)
    opened = [list(round_.opened) for round_ in rounds]
    walk = shipped().start(quick=bool(written.get("quick")))
    while (at := walk.walk.at) or walk.walk.round + 1 < len(rounds):
        if not at:
            walk = walk.begin_round()
            continue
        now = walk.walk.round
        if opened[now] and opened[now][0][1] == at:
            walk = walk.open(opened[now].pop(0)[0])
            continue
        if at not in rounds[now].answers and written.get("rest") != "later":
            return
        raw = plain(rounds[now].answers.get(at, {"later": True}))
        yield walk, raw
        walk = walk.answer(raw)
        assert walk.problem is None, (at, walk.problem)


@cache
def every_question():
    """Give a walk at each question that the vignettes come to, once each."""
    found = {}
    for name in NAMES:
        for walk, _ in steps_of(name):
            found.setdefault(walk.walk.at.partition("@")[0], walk)
    return found


def value_of(walk, raw):
    return walk.walk.step.fit(bare(raw), walk.walk.known)


def fits(walk, raw):
    try:
        value_of(walk, raw)
    except Misfit:
        return False
    return True


# Whatever was answered


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_of_a_vignette_come_back_from_the_fields_that_they_fill(name):
    seen = 0
    for walk, raw in steps_of(name):
        seen += 1
        if status(raw):
            assert to_fields(walk.question, raw).keys() <= {"beside_date", "beside_source", "beside_note"}
            continue
        back = round_trip(walk.question, raw)
        assert value_of(walk, back) == value_of(walk, raw), walk.walk.at
        assert beside(back) == beside(raw)
        if walk.question.kind == "choices":
            assert examples(back) == examples(raw)
            assert own_words(back) == own_words(raw)
        if walk.question.kind == "goals":
            assert chosen_goals(back) == chosen_goals(raw)
    assert seen


def test_the_vignettes_come_to_questions_of_every_kind():
    kinds = {walk.question.kind for walk in every_question().values()}
    assert kinds >= {
        "text",
        "number",
        "duration",
        "yes_no",
        "choice",
        "choices",
        "measure",
        "goals",
        "acknowledge",
    }


@given(data=st.data())
def test_any_answer_that_fits_comes_back_from_the_fields_that_it_fills(data):
    walk = every_question()[data.draw(st.sampled_from(sorted(every_question())))]
    raw = data.draw(fitting(walk.walk))
    aside = data.draw(
        st.fixed_dictionaries({}, optional={"date": st.dates().map(str), "source": WORDS, "note": WORDS})
    )
    if walk.question.kind not in {"measure", "acknowledge"} and aside:
        raw = {"value": raw, **aside}
    assume(not status(raw) and not status(bare(raw)) and fits(walk, raw))
    back = round_trip(walk.question, raw)
    assert value_of(walk, back) == value_of(walk, raw)
    said = {name: text.strip() for name, text in beside(raw).items()}
    assert walk.question.kind == "acknowledge" or beside(back) == {n: t for n, t in said.items() if t}
    if walk.question.example:
        assert {o: t.strip() for o, t in examples(raw).items()} == examples(back)
    if walk.question.kind == "choices":
        assert own_words(back) == own_words(raw)
    if walk.question.kind == "goals":
        assert [goal_without_blanks(goal) for goal in chosen_goals(back)] == [
            goal_without_blanks(goal) for goal in chosen_goals(raw)
        ]
        assert [blanks_said(goal) for goal in chosen_goals(back)] == [
            blanks_said(goal) for goal in chosen_goals(raw)
        ]


def goal_without_blanks(goal):
    return replace(goal, blanks=None, measure=goal.measure.strip())


def blanks_said(goal):
    """Give the blanks of a goal as they read: a figure that was typed is that number."""
    return {
        name: goal_fields.figure(str(value).strip())
        for name, value in (goal.blanks or {}).items()
        if str(value).strip()
    }


@given(
    number=st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True) | st.integers(-(10**15) + 1, 10**15 - 1)
)
def test_a_number_comes_back_to_its_last_digit(number):
    assert from_fields(asked("number"), to_fields(asked("number"), number)) == number


@given(amount=st.integers(0, 10_000) | st.sampled_from(["0.5", "1.25"]), unit=st.sampled_from(controls.UNITS))
def test_a_length_of_time_comes_back_in_its_unit(amount, unit):
    from goldenthread.language import Duration

    raw = f"{amount} {unit}"
    assert Duration.read(from_fields(asked("duration"), to_fields(asked("duration"), raw))) == Duration.read(
        raw
    )


# By hand


@pytest.mark.parametrize(
    ("raw", "field"),
    [*((raw, "yes") for raw in (True, "yes", "Y", "y")), *((raw, "no") for raw in (False, "no", "N"))],
)
def test_yes_and_no_as_files_write_them_check_their_box(raw, field):
    assert to_fields(asked("yes_no"), raw) == {"answer": [field]}


def test_nothing_typed_is_no_answer():
    for kind in ("text", "number", "date", "yes_no", "choice"):
        with pytest.raises(Misfit, match="nothing was answered"):
            from_fields(asked(kind), {"answer": ["  "]})
    with pytest.raises(Misfit, match="how long"):
        from_fields(asked("duration"), {"unit": ["weeks"]})


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        ("1 week", {"amount": ["1"], "unit": ["weeks"]}),
        ("3 Months", {"amount": ["3"], "unit": ["months"]}),
        ("2.5 years", {"amount": ["2.5"], "unit": ["years"]}),
        ("10days", {"amount": ["10"], "unit": ["days"]}),
    ],
)
def test_a_length_of_time_fills_a_number_and_a_unit(raw, fields):
    assert to_fields(asked("duration"), raw) == fields


def test_one_of_a_unit_is_written_as_one():
    assert from_fields(asked("duration"), {"amount": ["1"], "unit": ["weeks"]}) == "1 week"
    assert from_fields(asked("duration"), {"amount": ["1,5"], "unit": ["weeks"]}) == "1.5 weeks"


def test_a_decimal_comma_is_a_decimal_point():
    assert from_fields(asked("number"), {"answer": ["7,5"]}) == 7.5
    assert from_fields(asked("number"), {"answer": ["7.0"]}) == 7
    assert from_fields(asked("number"), {"answer": ["seven"]}) == "seven"


@pytest.mark.parametrize("text", ["nan", "inf", "1e400"])
def test_what_only_a_machine_takes_for_a_number_does_not_fit(text):
    walk = next(walk for walk in every_question().values() if walk.question.kind == "number")
    with pytest.raises(Misfit):
        walk.walk.step.fit(from_fields(walk.question, {"answer": [text]}), {})


def test_what_comes_first_is_written_first():
    question = asked("choices", ranked=True, other=True)
    fields = {"answer": ["a", "b", "c"], "first": ["c"]}
    assert from_fields(question, fields) == ["c", "a", "b"]
    assert from_fields(asked("choices"), fields) == ["a", "b", "c"]
    assert from_fields(question, {"answer": ["a", "b"], "first": ["gone"]}) == ["a", "b"]


def test_own_words_can_come_first():
    question = asked("choices", ranked=True, other=True)
    raw = [{"own": "the neighbours"}, "low_mood", {"own": "the dog"}]
    fields = to_fields(question, raw)
    assert fields["first"] == ["own_1"]
    assert from_fields(question, fields)[0] == {"own": "the neighbours"}
    blank = {**fields, "own": ["", "the neighbours", "the dog"], "first": ["own_3"]}
    assert from_fields(question, blank) == [{"own": "the dog"}, "low_mood", {"own": "the neighbours"}]


def test_examples_stay_with_their_options_and_with_own_words():
    question = asked("choices", example="An example?", other=True)
    raw = [
        {"option": "isolation", "example": "I let it ring."},
        "inactivity",
        {"own": "the phone", "example": "Until dark."},
        {"own": "the cat"},
    ]
    fields = to_fields(question, raw)
    assert fields["answer"] == ["isolation", "inactivity"]
    assert fields["example_isolation"] == ["I let it ring."]
    assert (fields["own"], fields["own_example"]) == (["the phone", "the cat"], ["Until dark.", ""])
    back = from_fields(question, fields)
    assert examples(back) == examples(raw)
    assert own_words(back) == own_words(raw)
    assert from_fields(
        question, {"answer": ["isolation"], "example_isolation": ["So."], "example_x": ["Not."]}
    ) == {"isolation": "So."}


def test_what_stands_beside_an_answer_is_put_beside_it():
    fields = {"beside_date": ["2026-02-01"], "beside_source": ["mother"], "beside_note": [" said twice "]}
    said = {"date": "2026-02-01", "source": "mother", "note": "said twice"}
    assert with_beside("so", fields, date="2026-03-02") == {"value": "so", **said}
    assert with_beside("so", {}, date="2026-03-02") == {"value": "so", "date": "2026-03-02"}
    assert with_beside({"declined": True}, fields) == {"declined": True, **said}
    assert with_beside(["a"], {}) == ["a"]


def test_an_own_idea_and_a_note_stand_together():
    fields = {"beside_note": ["said twice"]}
    assert (
        with_beside("so", fields, note="own idea first: grief")["note"] == "own idea first: grief; said twice"
    )


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "20260201", "2026-02-30"])
def test_a_date_that_is_none_is_refused(day):
    with pytest.raises(Misfit, match="not a date"):
        with_beside("so", {"beside_date": [day]})
    with pytest.raises(Misfit, match="not a date"):
        from_fields(asked("measure"), {"total": ["7"], "taken": [day]}, shipped().model.instruments["gad7"])


# Scores


def score(instrument, **fields):
    made = shipped().model.instruments[instrument]
    return from_fields(asked("measure"), {name: [text] for name, text in fields.items()}, made)


def items(count, **more):
    return {f"item_{n}": "1" for n in range(1, count + 1)} | more


def test_a_score_by_its_items():
    assert score("phq9", **items(9), taken="2026-03-02") == {"items": [1] * 9, "date": "2026-03-02"}
    assert score("phq9", **items(9, item_2=""))["items"][1] is None


def test_a_score_by_its_total_asks_for_the_items_about_risk():
    assert score("phq9", total="14", item_9="0") == {"total": 14, "item_9": 0}
    assert score("phq9", total="14") == {"total": 14, "item_9": {"not_known": True}}
    assert score("gad7", total="9") == {"total": 9}


def test_a_risk_item_alone_is_no_score():
    with pytest.raises(Misfit, match="no score"):
        score("phq9", item_9="2")


def test_a_total_beside_items_is_not_thrown_away_unsaid():
    with pytest.raises(Misfit, match="both"):
        score("phq9", total="14", **items(9))
    with pytest.raises(Misfit, match="both"):
        score("phq9", total="14", item_1="3", item_9="0")


def test_the_total_of_a_subscale_names_its_scale():
    assert score("dass21", total="14", scale="anxiety") == {"total": 14, "scale": "anxiety"}
    question = asked("measure", instrument="dass21")
    assert round_trip(question, {"total": 14, "scale": "anxiety"}) == {"total": 14, "scale": "anxiety"}


def test_the_scale_put_forward_is_the_one_that_a_bare_total_is_of():
    from goldenthread.score import from_total

    for made in shipped().model.instruments.values():
        main = next(iter(from_total(made, made.scales[next(iter(made.scales))].between[0]).totals))
        assert main == next(iter(made.scales)), made.id


@pytest.mark.parametrize("text", ["many", "-1", "28", "3.5.1"])
def test_a_score_that_cannot_be_is_refused(text):
    walk = next(walk for walk in every_question().values() if walk.question.instrument == "phq9")
    raw = score("phq9", total=text, item_9="0")
    with pytest.raises((Misfit, ScoreError)):
        walk.walk.step.fit(raw, {})


def test_a_total_from_a_file_fills_the_total_and_its_items():
    question = asked("measure", instrument="phq9")
    assert to_fields(question, 14) == {"total": ["14"]}
    fields = to_fields(question, {"total": 14, "item_9": 1, "date": "2026-02-01"})
    assert fields == {
        "total": ["14"],
        "item_9": ["1"],
        "taken": ["2026-02-01"],
        "beside_date": ["2026-02-01"],
    }


# Goals


def test_goals_keep_their_order_their_blanks_and_what_they_are_for():
    raw = [
        {
            "own": "Sing on Thursdays",
            "for": ["problem"],
            "measure": "a count",
            "by": ["own_1"],
            "domain": "skills",
        },
        {
            "id": "depression_lift",
            "for": ["problem"],
            "blanks": {"weeks": 12, "activity_one": "choir", "x": None},
        },
    ]
    fields = goal_fields.to_fields(raw)
    assert goal_fields.chosen(fields) == ["own_1", "depression_lift"]
    back = goal_fields.from_fields(fields)
    assert back[0] == raw[0]
    assert back[1] == {**raw[1], "blanks": {"weeks": 12, "activity_one": "choir"}}
    assert goal_fields.next_own(fields) == "own_2"


def test_a_goal_named_by_its_id_alone_is_chosen():
    assert goal_fields.from_fields(goal_fields.to_fields("depression_lift")) == [
        {"id": "depression_lift", "blanks": {}}
    ]


def test_an_own_goal_without_words_is_none():
    assert goal_fields.from_fields({"goal": ["own_1"], "words_own_1": ["  "]}) == []


def test_the_blanks_of_one_goal_are_not_those_of_another_whose_name_begins_alike():
    fields = {
        "goal": ["sleep", "sleep_window"],
        "blank_sleep_weeks": ["4"],
        "blank_sleep_window_weeks": ["6"],
    }
    assert [goal["blanks"] for goal in goal_fields.from_fields(fields)] == [{"weeks": 4}, {"weeks": 6}]


def test_the_first_of_a_field():
    assert first({"a": [" x ", "y"]}, "a") == "x"
    assert first({"a": []}, "a") == ""
    assert first({}, "a") == ""
