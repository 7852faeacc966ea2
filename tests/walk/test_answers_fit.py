"""Every answer type: what fits is kept as its value; what does not leaves the walk where it is, and says what to do."""

from __future__ import annotations

import datetime as dt

import pytest

from goldenthread.language import Duration
from goldenthread.walk import DECLINED, LATER, NOT_KNOWN, Chosen, beside, examples, own_words
from small import MOOD3, REFERENCE, ROLE_NOTHING, bank, chart, walk_of

ROLES = bank(
    "roles",
    {
        **ROLE_NOTHING,
        "keeps": {
            "label": "what keeps it going",
            "answer": "choices",
            "from": "perpetuating_factors",
            "other": True,
        },
    },
)
FACTORS = bank("factors", {"avoidance": {"was": ["fleeing"]}, "rumination": {}})
GOALS = bank("goals", {"go_out": {"targets": ["avoidance"]}, "call_a_friend": {"targets": ["rumination"]}})


def asking(question: str):
    """Begin a walk that asks one question and ends."""
    nodes = f"""
    q: {{{question}, next: done}}
    done: {{end: Done}}
    """
    return walk_of(chart("one", nodes), ROLES, FACTORS, GOALS, MOOD3, REFERENCE)


TEXT = "ask: What?, answer: text"
NUMBER = "ask: How many?, answer: number, between: [0, 10], step: 0.5"
PLAIN_NUMBER = "ask: How many?, answer: number"
DURATION = "ask: How long?, answer: duration"
DATE = "ask: When?, answer: date"
YES_NO = "ask: Is it?, answer: yes_no"
CHOICE = (
    "ask: Which?, answer: choice, "
    "options: {red: Red, dark_blue: {label: Dark blue, was: [navy]}, yes: Yes, no: No}"
)
CHOICES = (
    "ask: Which?, answer: choices, at_least: 1, at_most: 3, other: true, "
    "options: {red: Red, blue: {label: Blue, was: [navy]}, green: Green, none: {label: None of these, exclusive: true}}"
)
PLAIN_CHOICES = "ask: Which?, answer: choices, options: {red: Red, blue: Blue}"
FACTOR_CHOICES = "ask: What keeps it going?, as: keeps"
GOAL = "ask: Which goals?, answer: goals, from: goals, at_least: 1, at_most: 2"
MEASURE = "measure: mood3"
URGENT = "tell: Act now., tone: urgent"

FITS = [
    (TEXT, "  The lift. ", "The lift."),
    (TEXT, 5551234567, "5551234567"),
    (TEXT, 2.5, "2.5"),
    (NUMBER, 3, 3),
    (NUMBER, "3.5", 3.5),
    (NUMBER, 10.0, 10),
    (NUMBER, 0, 0),
    (PLAIN_NUMBER, -40, -40),
    (DURATION, "4 weeks", Duration(4, "week")),
    (DURATION, "1 month", Duration(1, "month")),
    (DURATION, " 1.5 Years ", Duration(1.5, "year")),
    (DATE, "2026-02-28", "2026-02-28"),
    (DATE, dt.date(2026, 2, 28), "2026-02-28"),
    (YES_NO, True, True),
    (YES_NO, "Y", True),
    (YES_NO, " no ", False),
    (YES_NO, False, False),
    (CHOICE, "red", "red"),
    (CHOICE, "navy", "dark_blue"),
    (CHOICE, True, "yes"),
    (CHOICE, {"value": "red", "date": "2026-01-01", "source": "record", "note": "said twice"}, "red"),
    (CHOICES, ["blue", "red"], ("blue", "red")),
    (CHOICES, "red", ("red",)),
    (CHOICES, ["none"], ("none",)),
    (CHOICES, ["navy"], ("blue",)),
    (CHOICES, ["red", {"own": "the smell"}, {"own": "the noise"}], ("red", "own_1", "own_2")),
    (CHOICES, {"red": "on Monday", "blue": "at work"}, ("red", "blue")),
    (
        CHOICES,
        [{"option": "navy", "example": "at work"}, {"own": "the smell", "example": "the stairs"}, "red"],
        ("blue", "own_1", "red"),
    ),
    (PLAIN_CHOICES, [], ()),
    (FACTOR_CHOICES, ["fleeing"], ("avoidance",)),
    (GOAL, [{"id": "go_out", "for": ["avoidance"], "blanks": {"base": 1}}], ("go_out",)),
    (GOAL, "go_out", ("go_out",)),
    (GOAL, [{"own": "Sing in the choir"}, "go_out"], ("own_1", "go_out")),
    (
        GOAL,
        {
            "own": "Sing",
            "for": "avoidance",
            "by": "exposure",
            "measure": None,
            "domain": None,
            "blanks": None,
        },
        ("own_1",),
    ),
    (MEASURE, {"items": [1, 2, 3]}, 6),
    (MEASURE, {"total": 4, "item_3": 1, "date": "2026-01-01"}, 4),
    (MEASURE, {"total": 4, "item_3": {"not_known": True}}, 4),
]

MISFITS = [
    (TEXT, "   ", "words are expected", ""),
    (TEXT, True, "words are expected", ""),
    (TEXT, ["a"], "words are expected", ""),
    (TEXT, 10**400, "words are expected", ""),
    (TEXT, "x" * 20_001, "20001 characters", ""),
    (NUMBER, 11, "11 is out of range", "from 0 to 10"),
    (NUMBER, -0.5, "-0.5 is out of range", "from 0 to 10"),
    (NUMBER, 3.2, "between two steps of 0.5", ""),
    (NUMBER, "three", "`three` is not a number", "write a number"),
    (NUMBER, True, "`True` is not a number", "write a number"),
    (NUMBER, None, "is not a number", "write a number"),
    (NUMBER, [3], "is not a number", "write a number"),
    (NUMBER, "nan", "no number to count with", "at most 15 digits"),
    (PLAIN_NUMBER, "inf", "no number to count with", "at most 15 digits"),
    (PLAIN_NUMBER, 10**400, "no number to count with", "at most 15 digits"),
    (DURATION, "4", "not a length of time", "4 weeks"),
    (DURATION, 4, "not a length of time", "4 weeks"),
    (DURATION, "4 fortnights", "not a length of time", "4 weeks"),
    (DURATION, "-4 weeks", "not a length of time", "4 weeks"),
    (DURATION, "9999999 years", "longer than a life", "a shorter time"),
    (DURATION, "9" * 400 + " days", "longer than a life", "a shorter time"),
    (DATE, "28.2.2026", "not a date", "2026-01-31"),
    (DATE, "2026-02-30", "not a date", "2026-01-31"),
    (YES_NO, "perhaps", "neither yes nor no", "answer yes or no"),
    (YES_NO, 1, "neither yes nor no", "answer yes or no"),
    (YES_NO, None, "neither yes nor no", "answer yes or no"),
    (CHOICE, "reed", "`reed` is not an option", "did you mean `red`"),
    (CHOICE, ["red"], "is not an option", ""),
    (CHOICE, {"value": "reed"}, "`reed` is not an option", "did you mean `red`"),
    (CHOICES, 3, "a list of options", "write [one, another]"),
    (CHOICES, ["red", "red"], "named twice", ""),
    (CHOICES, ["blue", "navy"], "named twice", ""),
    (CHOICES, ["red", "none"], "“None of these” cannot stand beside others", ""),
    (CHOICES, [], "at least 1", ""),
    (CHOICES, ["red", "blue", "green", {"own": "x"}], "at most 3", ""),
    (CHOICES, ["gren"], "`gren` is not an option", "did you mean `green`"),
    (CHOICES, ["own_1"], "is not an option", ""),
    (CHOICES, [{"own": "  "}], "is not an option", ""),
    (CHOICES, [["red"]], "is not an option", ""),
    (PLAIN_CHOICES, [{"own": "mauve"}], "is not an option", ""),
    (GOAL, 3, "a list of goals", "[{id: goal"),
    (GOAL, [], "at least 1 goal", ""),
    (GOAL, [{"for": ["avoidance"]}], "an `id` from the bank, or `own` words", ""),
    (GOAL, [{"id": "go_out", "blank": {}}], "a goal has no `blank`", "blanks"),
    (GOAL, [{"id": "go_outt"}], "there is no goal `go_outt`", "did you mean `go_out`"),
    (GOAL, [{"id": ["go_out"]}], "there is no goal", ""),
    (GOAL, ["go_out", "go_out"], "named twice", ""),
    (GOAL, ["go_out", "call_a_friend", {"own": "x"}], "at most 2", ""),
    (GOAL, [{"id": "go_out", "for": 3}], "`for` of a goal is a list", "for: [one"),
    (GOAL, [{"id": "go_out", "by": [3]}], "`by` of a goal is a list", "by: [one"),
    (GOAL, [{"id": "go_out", "blanks": [1]}], "the blanks of a goal are a map", "blanks: {"),
    (MEASURE, "high", "a score is expected", "{items: ["),
    (MEASURE, {}, "needs its `items` or its `total`", ""),
    (MEASURE, 4, "item 3", "add item_3"),
    (MEASURE, {"total": 4}, "thoughts of death in item 3", "add item_3"),
    (MEASURE, {"total": 10, "item_3": 0}, "runs from 0 to 9", ""),
    (MEASURE, {"total": 1e999, "item_3": 0}, "no number to count with", ""),
    (MEASURE, {"total": True, "item_3": 0}, "is not a number", ""),
    (MEASURE, {"total": 4, "item_3": 4}, "item 3 of the MOOD-3 runs from 0 to 3", ""),
    (MEASURE, {"total": 4, "item_3": 0.5}, "whole number", ""),
    (MEASURE, {"total": 4, "item_3": 0, "scale": "sad"}, "no scale `sad`", ""),
    (MEASURE, {"total": 4, "item_3": 0, "totl": 4}, "a score has no `totl`", "it has items"),
    (MEASURE, {"total": 4, "item_3": 0, 7: 4}, "a score has no `7`", "it has items"),
    (MEASURE, {"items": [1, 2]}, "has 3 items; 2 were given", ""),
    (MEASURE, {"items": [1, 2, 4]}, "item 3 of the MOOD-3 runs from 0 to 3, not 4", ""),
    (MEASURE, {"items": [1, None, 2]}, "cannot be scored without item 2", ""),
    (MEASURE, {"items": 3}, "the items are a list", "{items: ["),
    (URGENT, False, "must be acknowledged", "write true"),
    (URGENT, "no", "must be acknowledged", "write true"),
]


@pytest.mark.parametrize(("question", "raw", "value"), FITS)
def test_what_fits_is_kept_as_its_value(question, raw, value):
    after = asking(question).answer(raw)
    assert after.finished
    assert after.problem is None
    assert after.known["one.q"] == value
    assert isinstance(after.known["one.q"], bool) is isinstance(value, bool)
    assert after.rounds[0].answers == {"one.q": raw}


@pytest.mark.parametrize(("question", "raw", "message", "help_"), MISFITS)
def test_what_does_not_fit_says_so_and_changes_nothing(question, raw, message, help_):
    before = asking(question)
    after = before.answer(raw)
    assert after.at == before.at == "one.q"
    assert not after.finished
    assert after.rounds == before.rounds
    assert after.known == before.known
    assert after.trail == before.trail
    assert message in after.problem.message
    assert after.problem.key == "one.q"
    assert help_ in after.problem.help
    assert before.problem is None, "the walk before is left as it was"


def test_an_urgent_message_is_acknowledged_and_kept():
    after = asking(URGENT).answer("seen")
    assert after.finished
    assert [(t.key, t.how) for t in after.trail] == [("one.q", "answered"), ("one.done", "ended")]


@pytest.mark.parametrize("status", [LATER, NOT_KNOWN, DECLINED], ids=["later", "not_known", "declined"])
@pytest.mark.parametrize("question", [TEXT, NUMBER, DURATION, DATE, YES_NO, CHOICE, CHOICES, GOAL, MEASURE])
def test_every_type_can_stay_without_a_value(question, status):
    after = asking(question).answer(dict(status))
    assert after.finished
    assert "one.q" not in after.known
    word = next(iter(status))
    assert after.asked.get("one.q") == (None if word == "later" else word)
    assert after.left_for_later() == (["one.q"] if word == "later" else [])


def test_required_cannot_be_left_for_later_but_be_declined():
    before = asking("ask: Is it?, answer: yes_no, required: true")
    after = before.later()
    assert after.at == "one.q"
    assert "cannot be left for later" in after.problem.message
    assert "not known or declined" in after.problem.help
    assert after.rounds == before.rounds
    assert after.declined().finished
    assert after.not_known().asked["one.q"] == "not_known"


def test_a_misfit_is_forgotten_once_the_question_is_answered():
    after = asking(NUMBER).answer("many").answer(2)
    assert after.problem is None
    assert after.known["one.q"] == 2


def test_a_score_makes_totals_bands_and_items_known():
    known = asking(MEASURE).answer({"items": [3, 2, 1]}).known
    assert known["mood3.total"] == 6
    assert known["mood3.band"] == "high"
    assert known["mood3.item_3"] == 1
    assert known["mood3.first"] == known["mood3.latest"] == 6
    assert "mood3.change" not in known


def test_a_risk_item_that_is_not_known_was_asked_and_is_not_a_no():
    after = asking(MEASURE).answer({"total": 2, "item_3": {"declined": True}})
    assert "mood3.item_3" not in after.known
    assert after.asked["mood3.item_3"] == "not_known"


def test_a_chosen_goal_keeps_what_it_is_for_and_its_blanks():
    raw = [
        {"id": "go_out", "for": "avoidance", "blanks": {"base": 1}},
        {"own": " Sing ", "by": "choir", "domain": "skills"},
    ]
    assert asking(GOAL).answer(raw).goals() == (
        Chosen("go_out", "", ("avoidance",), {"base": 1}),
        Chosen("own_1", "Sing", (), {}, "", ("choir",), "skills"),
    )


def test_an_option_that_the_answers_hide_cannot_be_chosen():
    nodes = """
    adult: {ask: Adult?, answer: yes_no, next: kind}
    kind: {ask: Kind?, answer: choice, options: {school: {label: School, when: not adult}, work: Work}, next: kinds}
    kinds:
      ask: Kinds?
      answer: choices
      at_least: 1
      options: {school: {label: School, when: not adult}, work: Work}
      next: done
    done: {end: Done}
    """
    begun = walk_of(chart("one", nodes))
    assert "cannot be chosen" in begun.answer(True).answer("school").problem.message
    assert begun.answer(False).answer("school").problem is None
    assert begun.later().answer("school").problem is None, "what is not known hides nothing"
    both = begun.answer(False).answer("work").answer(["school", "work"])
    assert both.known["one.kinds"] == ("school", "work")
    narrowed = both.revise("one.adult", True)
    assert narrowed.known["one.kinds"] == ("work",)
    assert narrowed.raw("one.kinds") == ["school", "work"], "the raw answer is kept"
    alone = begun.answer(False).answer("work").answer(["school"]).revise("one.adult", True)
    assert alone.at == "one.kinds", "asked again where too little is left"
    assert "at least 1" in alone.problem.message


def test_options_from_a_role_are_those_that_were_chosen_for_it():
    roles = bank(
        "roles",
        """
        concern:
          label: concerns
          about: Concerns.
          answer: choices
          options: {panic: Panic, sleep: Sleep, grief: Grief}
        main: {label: the main concerns, about: Main., answer: choices, from: concern}
        """,
    )
    nodes = """
    all: {ask: Which?, as: concern, next: few}
    few: {ask: Main?, as: main, at_least: 1, next: done}
    done: {end: Done}
    """
    begun = walk_of(chart("one", nodes), roles).answer(["panic", "sleep"])
    assert begun.answer(["sleep"]).known["main"] == ("sleep",)
    refused = begun.answer(["grief"])
    assert refused.at == "one.few"
    assert "at least 1" in refused.problem.message


def test_what_was_named_in_own_words_for_a_role_can_be_chosen_from_it():
    roles = bank(
        "roles",
        {
            "concern": {"answer": "choices", "options": {"panic": "Panic", "sleep": "Sleep"}, "other": True},
            "main": {"answer": "choices", "from": "concern"},
            "first": {"answer": "choice", "from": "concern"},
        },
    )
    nodes = """
    all: {ask: Which?, as: concern, next: few}
    few: {ask: Main?, as: main, at_least: 1, next: one}
    one: {ask: The first?, as: first, next: done}
    done: {end: Done}
    """
    begun = walk_of(chart("one", nodes), roles)
    named = begun.answer([{"own": "the neighbours"}, "panic", {"own": "my knee"}])
    for raw in (["own_2", "panic"], [{"option": "own_2", "example": "the stairs"}, "panic"]):
        chosen = named.answer(raw)
        assert chosen.known["main"] == ("own_2", "panic")
        assert chosen.answer("own_2").known["first"] == "own_2"
    assert named.answer(["own_3"]).at == "one.few", "there are two"
    assert named.answer(["panic"]).answer("own_3").at == "one.one"
    fewer = named.answer(["own_2", "panic"]).revise("one.all", ["panic", {"own": "the neighbours"}])
    assert fewer.known["main"] == ("panic",), "what is named no more is no concern to work on"
    assert fewer.raw("one.few") == ["own_2", "panic"]


def test_examples_are_found_in_every_form_in_which_they_are_written():
    listed = [
        {"option": "avoidance", "example": "the bus"},
        {"own": "the neighbours", "example": "on Sunday"},
        "rumination",
        {"own": "my knee"},
    ]
    assert examples(listed) == {"avoidance": "the bus", "own_1": "on Sunday"}
    assert own_words(listed) == {"own_1": "the neighbours", "own_2": "my knee"}
    assert examples({"avoidance": "the bus", "rumination": True}) == {"avoidance": "the bus"}
    assert examples({"value": listed, "note": "said twice"}) == examples(listed)
    assert asking(FACTOR_CHOICES).answer(listed).known["keeps"] == (
        "avoidance",
        "own_1",
        "rumination",
        "own_2",
    )


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (
            {"value": 3, "date": "2026-01-01", "source": "mother", "note": "by phone"},
            {"date": "2026-01-01", "source": "mother", "note": "by phone"},
        ),
        ({"declined": True, "why": "not today"}, {"why": "not today"}),
        ({"total": 4, "date": "2026-01-01"}, {"date": "2026-01-01"}),
        ("a word", {}),
        ({"avoidance": "the bus"}, {}),
    ],
)
def test_what_an_answer_carries_beside_its_value(raw, kept):
    assert beside(raw) == kept
