"""The summary: every answer on its line, in the words of its question, whatever the walk stands at."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.cli.readings import READINGS
from goldenthread.loading.files import shipped as shipped_folder
from goldenthread.loading.files import vignette_files
from goldenthread.session.summary import summary
from small import MOOD3, REFERENCE, bank, chart, guide, shipped

TODAY = dt.date(2026, 1, 5)
CHARTS = (
    chart(
        "main",
        """
        concern: {number: 1.1, ask: What?, as: concern, next: branch}
        branch: {decide: Danger?, next: [{when: sleep in concern, go: nights}, {otherwise: urgent}]}
        nights: {number: 1.2, ask: How many nights?, as: nights, next: urgent}
        urgent: {number: 1.3, tell: "Look after {client} tonight, and ask who else can.", tone: urgent, next: goals}
        goals: {number: 1.4, ask: Which goals?, as: chosen_goals, next: each}
        each: {visit: rating, each: chosen_goals, next: score}
        score: {number: 1.5, measure: mood3, next: secret}
        secret: {number: 1.6, ask: What do you think?, as: secret, next: done}
        done: {end: Done}
        """,
        phase="planning",
    ),
    chart(
        "rating",
        "q: {number: 2.1, ask: How far?, as: goal_rating, next: done}\ndone: {end: Done}",
        phase="review",
    ),
)
BANKS = (
    bank(
        "roles",
        {
            "concern": {
                "answer": "choices",
                "options": {"panic": "panic", "sleep": "poor sleep"},
                "label": "the concerns",
                "other": True,
            },
            "nights": {"answer": "number", "unit": "nights", "label": "the bad nights", "safety": True},
            "chosen_goals": {"answer": "goals", "from": "goals", "label": "the goals"},
            "goal_rating": {"answer": "number", "between": [0, 10], "label": "the rating"},
            "secret": {"answer": "text", "private": True, "label": "the own view"},
            "perpetuating": {"answer": "choices", "from": "perpetuating_factors"},
        },
    ),
    bank("factors", {"a_factor": {"suggest": "panic in concern"}}),
    bank("goals", {"sleep_well": {"name": "Sleep well", "suggest": "sleep in concern"}}),
    MOOD3,
    REFERENCE,
)
ANSWERS = {
    "main.concern": ["sleep", {"own": "the cold"}],
    "main.nights": {"value": 4, "date": "2026-01-02", "source": "diary", "note": "a bad week"},
    "main.urgent": True,
    "main.goals": [{"id": "sleep_well"}, {"own": "I walk the dog"}],
    "rating.q@sleep_well": {"not_known": True},
    "rating.q@own_1": 3,
    "main.score": {"total": 6, "item_3": 0},
}


def walk(answers=None, rest=""):
    return guide(*CHARTS, *BANKS).from_answers(
        {"flowchart": "main", "client": "A.", "answers": answers or ANSWERS, "rest": rest}, today=TODAY
    )


def shown(made):
    return [(line.number, line.phase, line.label, line.said, line.state) for line in summary(made)]


def test_every_answer_has_its_line_in_order():
    assert shown(walk(rest="later")) == [
        ("1.1", "Planning", "the concerns", "poor sleep and the cold", "known"),
        ("1.2", "Planning", "the bad nights", "4 nights", "known"),
        ("1.3", "Planning", "Look after A. tonight, and ask who else can", "seen", "seen"),
        ("1.4", "Planning", "the goals", "Sleep well and I walk the dog", "known"),
        ("2.1", "Review", "the rating (Sleep well)", "asked, not known", "not_known"),
        ("2.1", "Review", "the rating (I walk the dog)", "3", "known"),
        ("1.5", "Review", "the MOOD-3 score", "6 (high)", "known"),
        ("1.6", "Review", "the own view", "left for later", "later"),
    ]


def test_what_stands_beside_an_answer_and_what_it_bears_on_go_with_it():
    lines = {line.key: line for line in summary(walk(rest="later"))}
    nights = lines["main.nights"]
    assert (nights.date, nights.source, nights.note) == ("2026-01-02", "diary", "a bad week")
    assert nights.safety
    assert not nights.private
    assert lines["main.secret"].private
    assert not lines["main.secret"].safety


def test_what_is_aside_comes_last_in_words():
    made = walk({**ANSWERS, "main.concern": ["panic"], "rating.q@gone": 5})
    aside = {line.key: line for line in summary(made) if line.state == "aside"}
    assert {key: line.said for key, line in aside.items()} == {
        "main.nights": "4 nights",
        "rating.q@gone": "5",
    }
    assert [line.state for line in summary(made)][-2:] == ["aside", "aside"]
    assert aside["main.nights"].date == "2026-01-02"
    assert "the bad nights: 4 nights" in READINGS["set aside"](made)
    assert "the bad nights" not in READINGS["list"](made)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"later": True}, "left for later"),
        ({"declined": True}, "asked, declined"),
        ("a great many", "a great many"),
        ({"value": [1, {"of": "them"}]}, "1 and of: them"),
    ],
)
def test_an_answer_aside_that_no_longer_fits_is_said_as_it_was_written(raw, said):
    made = walk({**ANSWERS, "main.concern": ["panic"], "main.nights": raw})
    assert next(line.said for line in summary(made) if line.state == "aside") == said


@pytest.mark.parametrize("key", ["main.concern", "main.goals", "rating.q@own_1"])
def test_standing_back_takes_no_line_away(key):
    made = walk(rest="later")
    back = made.go_to(key)
    assert back.walk.at == key
    assert shown(back) == shown(made)
    assert back.plan().goals == made.plan().goals


def test_a_question_that_waits_has_no_line_yet():
    made = walk({"main.concern": ["sleep"]})
    assert [line.key for line in summary(made)] == ["main.concern"]


SHIPPED = {path.stem: path for path in vignette_files(shipped_folder() / "flowcharts")}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_line_of_a_shipped_walk_leads_back_to_its_question(name):
    made = shipped().from_answers(yaml.safe_load(SHIPPED[name].read_text(encoding="utf-8")), today=TODAY)
    lines = summary(made)
    assert [line.key for line in lines if line.state != "aside"] == made.walk.questions_passed()
    for line in lines:
        assert line.label
        assert line.said
        assert "{" not in line.label + line.said
    for line in lines[:: max(1, len(lines) // 6)]:
        if line.state != "aside":
            assert made.go_to(line.key).walk.at == line.key


odd = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.text(max_size=5) | st.just("panic"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["value", "own", "id", "total"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*ANSWERS, "main.secret", "main.gone"]), odd))
def test_whatever_is_in_a_file_has_a_line_of_words(answers):
    for line in summary(walk({"main.concern": ["panic"], **answers})):
        assert isinstance(line.said, str)
        assert isinstance(line.label, str)
