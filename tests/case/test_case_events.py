"""A case is its list of events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.case import (
    Answered,
    Aside,
    Began,
    CarriedOver,
    Case,
    CaseError,
    Decided,
    Decision,
    Event,
    EventError,
    Forgotten,
    Imported,
    Opened,
    PathChosen,
    Renamed,
    RoundBegun,
    SessionNote,
    SessionNoted,
    apply,
    difference,
    event_data,
    event_from,
    replay,
)
from goldenthread.walk import Round

BEGAN = Began(on="2026-01-01", client="A.", flowchart="planning", content="abc", quick=True)
DECISION = Decision(
    round=0,
    kind="goals",
    id="sleep",
    verdict="declined",
    on="2026-01-02",
    reason="not now",
    facts={"a": None},
)
NOTE = SessionNote(round=0, date="2026-01-03", goals=("own_1",), ratings={"own_1": 0})
EVENTS: list[Event] = [
    BEGAN,
    Answered(on="2026-01-02", round=0, key="a.b", value={"value": ["x"], "date": "2026-01-02"}),
    Answered(on="2026-01-02", round=0, key="a.c@x", value=None),
    Forgotten(on="2026-01-02", round=0, key="a.c@x"),
    Opened(on="2026-01-02", round=0, flowchart="risk", at="a.b"),
    Decided(on="2026-01-02", decision=DECISION),
    SessionNoted(on="2026-01-03", note=NOTE),
    SessionNoted(on="2026-01-04", note=SessionNote(round=0, date="2026-01-03", response="well"), replaces=0),
    RoundBegun(on="2026-04-01"),
    Renamed(on="2026-04-01", client="B."),
    PathChosen(on="2026-04-02", quick=False),
]


def test_events_make_the_case() -> None:
    assert replay(EVENTS) == Case(
        client="B.",
        flowchart="planning",
        content="abc",
        created="2026-01-01",
        saved="2026-04-02",
        quick=False,
        rounds=(Round({"a.b": {"value": ["x"], "date": "2026-01-02"}}, (("risk", "a.b"),)), Round({})),
        decisions=(DECISION,),
        sessions=(SessionNote(round=0, date="2026-01-03", response="well"),),
    )


def test_every_event_can_be_kept_as_json() -> None:
    carried = CarriedOver.to(
        Case(
            client="A.",
            flowchart="planning",
            created="2026-01-01",
            saved="2026-01-01",
            decisions=(DECISION,),
            sessions=(NOTE,),
            aside=(Aside(round=0, question="a.z", answer=0), Aside(round=0, question="a.z", opened="risk")),
        ),
        "2026-05-01",
    )
    for event in [*EVENTS, carried]:
        assert event_from(json.loads(json.dumps(event_data(event)))) == event


def test_a_case_of_a_file_comes_in_whole_and_goes_on() -> None:
    held = replay(EVENTS)
    imported = Imported(on="2026-06-01", case=held)
    assert event_from(json.loads(json.dumps(event_data(imported)))) == imported
    assert replay([imported]) == held
    assert replay([imported, EVENTS[-1]]).rounds == held.rounds
    with pytest.raises(EventError):
        replay([BEGAN, imported])


def test_an_event_of_a_newer_version_is_refused() -> None:
    with pytest.raises(CaseError, match="`merged` is not known"):
        event_from({"event": "merged", "on": "2026-01-01"})
    with pytest.raises(CaseError, match="damaged"):
        event_from({"event": "answered", "on": "2026-01-01"})


@pytest.mark.parametrize(
    "event",
    [
        BEGAN,
        Answered(on="2026-01-02", round=1, key="a.b", value=1),
        Answered(on="2026-01-02", round=-1, key="a.b", value=1),
        Opened(on="2026-01-02", round=1, flowchart="risk", at="a.b"),
        Forgotten(on="2026-01-02", round=0, key="a.b"),
        SessionNoted(on="2026-01-02", note=NOTE, replaces=0),
    ],
)
def test_an_event_that_does_not_follow_is_refused(event: Event) -> None:
    with pytest.raises(EventError):
        apply(replay([BEGAN]), event)


def test_a_case_begins_with_its_beginning() -> None:
    with pytest.raises(EventError):
        replay([])
    with pytest.raises(EventError):
        replay(EVENTS[1:])


def test_a_case_does_not_change_when_the_answer_that_was_given_does() -> None:
    given_ = {"value": ["x"]}
    case = apply(replay([BEGAN]), Answered(on="2026-01-02", round=0, key="a.b", value=given_))
    given_["value"].append("y")
    assert case.rounds[0].answers["a.b"] == {"value": ["x"]}


answers = st.dictionaries(
    st.sampled_from(["a.a", "a.b", "a.c@x"]), st.sampled_from([1, 1.0, True, "1", None, ["x"]])
)
openings = st.lists(st.tuples(st.sampled_from(["risk", "safety"]), st.just("a.a")), max_size=2).map(tuple)
many = st.lists(st.builds(Round, answers, openings), min_size=1, max_size=3).map(tuple)


@given(many, many)
def test_the_difference_leads_to_what_the_walk_has(
    before: tuple[Round, ...], after: tuple[Round, ...]
) -> None:
    case = Case(client="A.", flowchart="p", created="2026-01-01", saved="2026-01-01", rounds=before)
    made: Any = case
    for event in difference(case, after, "2026-01-02"):
        made = apply(made, event)

    def exact(rounds: tuple[Round, ...]) -> Any:
        return [(sorted((key, repr(value)) for key, value in r.answers.items()), r.opened) for r in rounds]

    assert exact(made.rounds) == exact(after)


def test_nothing_changed_is_no_event_and_one_answer_is_one() -> None:
    case = replay(EVENTS)
    assert difference(case, case.rounds, "2026-05-01") == ()
    after = (case.rounds[0], Round({"a.b": "new"}))
    assert difference(case, after, "2026-05-01") == (
        Answered(on="2026-05-01", round=1, key="a.b", value="new"),
    )
