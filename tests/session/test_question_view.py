"""The question as a person sees it: words, phase, options with one line why, what was told, why nothing is offered."""

from __future__ import annotations

import datetime as dt

import pytest

from small import MOOD3, REFERENCE, bank, chart, guide

TODAY = dt.date(2026, 1, 5)
ROLES = bank(
    "roles",
    {
        "concern": {
            "answer": "choices",
            "options": {"panic": "panic", "sleep": {"label": "poor sleep", "note": "at night"}},
            "other": True,
            "label": "the concerns",
        },
        "main_concern": {"answer": "choices", "from": "concern", "ranked": True},
        "age": {"answer": "number", "between": [0, 120], "unit": "years", "label": "the age"},
        "perpetuating": {"answer": "choices", "from": "perpetuating_factors", "other": True},
        "chosen_goals": {"answer": "goals", "from": "goals"},
        "training": {"answer": "choices", "from": "modalities", "listed": True},
        "chosen_modality": {"answer": "choices", "from": "modalities"},
        "danger": {"answer": "yes_no", "safety": True, "private": True, "label": "danger"},
        "occasion": {"answer": "text"},
    },
)
CHARTS = (
    chart(
        "main",
        """
        start: {visit: screen, next: concern}
        concern:
          number: 1.2
          ask: "What troubles {client} most?"
          say: What troubles you most?
          why: It sets the course.
          as: concern
          at_least: 1
          at_most: 2
          next: age
        age:
          ask: "How old is {client} with {concern}?"
          as: age
          required: true
          next: [{when: age < 18, go: minor}, {otherwise: note}]
        minor: {tell: This is for adults., next: note}
        note: {tell: "Mind {concern} at {age}.", tone: caution, next: perpetuating}
        perpetuating: {ask: What keeps it going?, as: perpetuating, own_first: true, example: required, next: details}
        details: {visit: detail, each: perpetuating, next: goals}
        goals: {ask: Which goals?, as: chosen_goals, at_least: 1, next: training}
        training: {ask: What are you trained in?, as: training, next: score}
        score: {measure: mood3, next: urgent}
        urgent: {tell: "Look after {client}.", tone: urgent, next: done}
        done: {end: Done}
        """,
        title="The main chart",
        phase="planning",
    ),
    chart("screen", "danger: {ask: Danger?, as: danger, next: done}\ndone: {end: Done}", phase="safety"),
    chart(
        "risk",
        "q: {ask: What is done?, answer: text, next: done}\ndone: {end: Done}",
        phase="safety",
        opened_by_hand=True,
    ),
    chart(
        "detail",
        'q: {ask: "When does {item} happen?", as: occasion, next: done}\ndone: {end: Done}',
        phase="conceptualization",
    ),
)
BANKS = (
    ROLES,
    MOOD3,
    REFERENCE,
    bank(
        "factors",
        {
            "left_out": {"suggest": "sleep in concern"},
            "held": {
                "suggest": "panic in concern",
                "rule_out": [{"when": "age < 5", "because": "Too young."}],
            },
            "avoidance": {
                "name": "staying away",
                "suggest": {"when": "panic in concern", "because": "Panic makes people stay away."},
                "caution": [{"when": "age >= 65", "because": "Mind the heart."}],
            },
        },
    ),
    bank(
        "modalities",
        {
            "cbt": {"name": "CBT", "suggest": "panic in concern"},
            "other": {"name": "Other", "suggest": "sleep in concern"},
        },
    ),
    bank("goals", {"go_out": {"suggest": "avoidance in perpetuating", "targets": ["avoidance"]}}),
    bank(
        "alerts",
        {
            "alarm": {
                "text": "Alarm about {client}.",
                "raise_when": "danger",
                "opens": "risk",
                "cleared_when": "answered(danger)",
            }
        },
    ),
    bank(
        "obligations",
        {"screen_first": {"text": "Ask about danger first.", "hold": ["goals"], "until": "known(danger)"}},
    ),
)


@pytest.fixture
def begun():
    return guide(*CHARTS, *BANKS).start("main", client="M. K.", today=TODAY)


def answered(walk, *answers):
    for answer in answers:
        walk = walk.answer(answer)
        assert walk.problem is None, walk.problem
    return walk


def test_the_words_of_a_question_are_filled(begun):
    shown = answered(begun, False).question
    assert (shown.key, shown.number, shown.chart, shown.kind) == (
        "main.concern",
        "1.2",
        "The main chart",
        "choices",
    )
    assert shown.ask == "What troubles M. K. most?"
    assert shown.say == "What troubles you most?"
    assert shown.why == "It sets the course."
    assert (shown.at_least, shown.at_most, shown.other) == (1, 2, True)
    assert [(o.id, o.label, o.note, o.state) for o in shown.options] == [
        ("panic", "panic", "", "plain"),
        ("sleep", "poor sleep", "at night", "plain"),
    ]


def test_answers_are_filled_into_later_texts_in_words(begun):
    walk = answered(begun, False, ["sleep", {"own": "the neighbours"}])
    assert walk.question.ask == "How old is M. K. with poor sleep and the neighbours?"
    assert walk.question.unit == "years"
    assert walk.question.between == (0, 120)
    assert walk.question.required
    after = walk.answer(40).question
    assert after.told == (("caution", "Mind poor sleep and the neighbours at 40 years."),)
    told = walk.answer(12).question.told
    assert [text for _, text in told] == [
        "This is for adults.",
        "Mind poor sleep and the neighbours at 12 years.",
    ]


def test_what_is_not_known_is_left_out_of_the_way(begun):
    walk = begun.later().later()
    assert walk.question.ask == "How old is M. K. with …?"


def test_the_client_is_the_client_where_no_name_is_given():
    walk = guide(*CHARTS, *BANKS).start("main", today=TODAY).answer(False)
    assert walk.question.ask == "What troubles the client most?"


def test_the_phase_is_that_of_the_flowchart_or_the_last_one_seen(begun):
    assert (begun.question.phase, begun.question.phase_number) == ("Safety", 2)
    after = begun.answer(False).question
    assert after.phase == "Safety", "the main chart has no phase of its own"
    inside = answered(begun, False, ["panic"], 40, ["avoidance"]).question
    assert (inside.phase, inside.phase_number) == ("Conceptualization", 4)
    assert inside.ask == "When does staying away happen?"
    assert inside.item == "staying away"


def test_offered_options_stand_first_each_with_one_line_why(begun):
    shown = answered(begun, False, ["panic"]).not_known().question
    assert [(o.id, o.state) for o in shown.options] == [
        ("avoidance", "offered"),
        ("held", "held"),
        ("left_out", "left_out"),
    ]
    first, held, out = shown.options
    assert first.label == "staying away"
    assert first.why == "Panic makes people stay away."
    assert first.caution == "Not known whether this applies: Mind the heart."
    assert first.band
    assert held.why.startswith("ask first: the age")
    assert out.why
    assert all("\n" not in option.why for option in shown.options)
    assert shown.offered == (first,)
    assert shown.own_first
    assert shown.example == "required"


def test_a_bank_that_is_held_says_why_and_offers_nothing(begun):
    walk = begun.later()
    walk = answered(walk, ["panic"], 40, ["avoidance"], "x")
    shown = walk.question
    assert shown.kind == "goals"
    assert shown.offered == ()
    assert shown.gate == "Ask about danger first."
    free = answered(begun, False, ["panic"], 40, ["avoidance"], "x").question
    assert free.gate == ""
    assert [option.id for option in free.offered] == ["go_out"]
    assert free.offered[0].label


def test_a_listed_bank_is_shown_plain(begun):
    walk = answered(begun, False, ["panic"], 40, ["avoidance"], "x", ["go_out"])
    assert [(o.id, o.label, o.state) for o in walk.question.options] == [
        ("cbt", "CBT", "plain"),
        ("other", "Other", "plain"),
    ]


def test_measures_urgent_messages_and_the_end(begun):
    walk = answered(begun, False, ["panic"], 40, ["avoidance"], "x", ["go_out"], ["cbt"])
    assert (walk.question.kind, walk.question.instrument, walk.question.ask) == (
        "measure",
        "mood3",
        "Score the Mood in three items.",
    )
    urgent = walk.answer({"items": [0, 0, 0]})
    assert (urgent.question.kind, urgent.question.ask) == ("acknowledge", "Look after M. K..")
    end = urgent.answer(True)
    assert end.finished
    assert end.question is None


def test_an_alert_is_shown_with_the_question_that_follows_it_up(begun):
    shown = begun.answer(True).question
    assert shown.key == "risk.q@alarm"
    assert shown.alert == "Alarm about M. K.."
    assert shown.item == ""
    by_hand = answered(begun, False).open("risk").question
    assert (by_hand.key, by_hand.alert, by_hand.item) == ("risk.q@opened_1", "", "")


def test_safety_and_private_are_said(begun):
    assert begun.question.safety
    assert begun.question.private
    assert not begun.answer(False).question.safety


def test_a_guided_walk_is_immutable_and_moves_like_a_walk(begun):
    walk = answered(begun, False, ["panic"])
    before = walk.question
    assert walk.answer(200).problem is not None
    assert walk.back().question.key == "main.concern"
    assert walk.back().question.prefill == ["panic"]
    assert walk.back().onward().question.key == "main.age"
    assert walk.go_to("screen.danger").question.key == "screen.danger"
    assert walk.revise("main.concern", ["sleep"]).question.ask.endswith("with poor sleep?")
    assert walk.question is before
    assert walk.plan().date == "2026-01-05"


def test_an_answers_file_is_replayed():
    made = guide(*CHARTS, *BANKS)
    data = {
        "flowchart": "main",
        "client": "A. B.",
        "today": "2026-02-03",
        "answers": {"screen.danger": False, "main.concern": ["panic"]},
    }
    walk = made.from_answers(data)
    assert walk.question.key == "main.age"
    assert walk.client == "A. B."
    assert walk.today == dt.date(2026, 2, 3)
    assert made.from_answers(data, today=TODAY).today == TODAY
    assert made.from_answers({**data, "rest": "later"}).finished


def test_a_concern_in_own_words_can_be_chosen_to_be_worked_on():
    """What comes first is what matters most: the first chosen stands first in the list that is made of it."""
    nodes = """
    concern: {ask: Which?, as: concern, next: main}
    main: {ask: Which now?, as: main_concern, at_least: 1, next: details}
    details: {visit: one_concern, each: main_concern, next: after}
    after: {ask: "Are {main_concern} worked on?", answer: yes_no, next: done}
    done: {end: Done}
    """
    each = chart(
        "one_concern", 'q: {ask: "When does {item} happen?", as: occasion, next: done}\ndone: {end: Done}'
    )
    made = guide(chart("first", nodes), *CHARTS, each, *BANKS)
    walk = made.start("first", today=TODAY).answer(["sleep", {"own": "the neighbours"}, "panic"])
    shown = walk.question
    assert shown.ranked
    assert [(o.id, o.label, o.state) for o in shown.options] == [
        ("sleep", "poor sleep", "plain"),
        ("own_1", "the neighbours", "plain"),
        ("panic", "panic", "plain"),
    ]
    chosen = walk.answer(["own_1", "sleep"])
    assert chosen.question.ask == "When does the neighbours happen?"
    after = answered(chosen, "at night", "always")
    assert after.question.ask == "Are the neighbours and poor sleep worked on?"


def test_the_client_reads_the_words_that_are_for_the_client():
    each = chart(
        "said",
        'q: {ask: "When does {item} happen?", say: "Think of this: {item}.", as: occasion, next: done}\n'
        "done: {end: Done}",
    )
    nodes = """
    concern: {ask: Which?, as: concern, next: perpetuating}
    perpetuating: {ask: What keeps it going?, as: perpetuating, next: details}
    details: {visit: said, each: perpetuating, next: goals}
    goals: {ask: Which goals?, as: chosen_goals, next: follow}
    follow: {visit: followed, each: chosen_goals, next: done}
    done: {end: Done}
    """
    follow = chart(
        "followed",
        'q: {ask: "{item}?", say: "We wrote: {item} And now?", answer: text, next: done}\ndone: {end: Done}',
    )
    made = guide(chart("first", nodes), *CHARTS, each, follow, *BANKS)
    walk = made.start("first", client="M. K.", today=TODAY)
    walk = answered(walk, ["panic"], ["avoidance", {"own": "the noise"}])
    assert walk.question.ask == "When does staying away happen?"
    assert walk.question.say == "Think of this: the avoidance."
    assert walk.answer("x").question.say == "Think of this: the noise."
    walk = answered(walk, "x", "y", [{"id": "go_out", "blanks": {"base": 1}}, {"own": "sing again"}])
    assert walk.question.say == "We wrote: I do it 3 times a week within 8 weeks, from 1. And now?"
    assert walk.answer("z").question.say == "We wrote: Sing again. And now?"


AGAIN = chart(
    "again",
    """
    first: {ask: First?, answer: text, next: mind}
    mind: {tell: Mind this., next: lasting}
    lasting: {number: 1.3, ask: What lasts?, answer: text, carry: keep, label: what lasts, next: lasting_too}
    lasting_too: {ask: And what else?, answer: yes_no, carry: keep, next: more}
    more: {ask: More?, answer: yes_no, carry: never, next: [{when: more, go: first, again: true}, {otherwise: done}]}
    done: {end: Done}
    """,
)


@pytest.fixture(scope="module")
def at_more():
    """Give a second round, at the question that stands behind two which it takes over."""
    dated = {"value": "the rain", "date": "2025-12-01"}
    walk = guide(AGAIN).start("again", today=TODAY)
    for answer in ("a", dated, False, True, "b"):
        walk = walk.answer(answer)
    assert walk.walk.at == "again.more"
    return walk


def test_what_was_taken_over_on_the_way_stands_at_the_question_until_it_is_confirmed(at_more):
    kept = [(one.key, one.number, one.said, one.since) for one in at_more.question.kept]
    assert kept == [
        ("again.lasting", "1.3", "the rain", "2025-12-01"),
        ("again.lasting_too", "", "no", ""),
    ]
    one = at_more.confirm(["again.lasting"])
    assert [kept.key for kept in one.question.kept] == ["again.lasting_too"]
    assert at_more.confirm().question.kept == ()
    changed = at_more.revise("again.lasting", "the wind")
    assert [kept.key for kept in changed.question.kept] == ["again.lasting_too"]


def test_what_was_told_before_an_answer_that_is_taken_over_is_not_lost(at_more):
    assert at_more.question.told == (("note", "Mind this."),)
    assert at_more.go_to("again.first").question.told == ()
    asked = guide(AGAIN).start("again", today=TODAY).answer("a")
    assert asked.question.told == (("note", "Mind this."),)
    assert asked.answer("the rain").question.told == ()
