"""A case is its list of events."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.case import (
    Answered,
    Archived,
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
    Reworded,
    Rewording,
    RoundBegun,
    SessionNote,
    SessionNoted,
    Signed,
    SignedPlan,
    apply,
    difference,
    digest,
    event_data,
    event_from,
    from_data,
    replay,
    text,
    to_data,
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
    Reworded.of("safety", "As agreed.", "Nothing recorded.", on="2026-01-05", round_=0),
    Reworded.of("goals", "One goal.", "No goal.", on="2026-01-05", round_=0),
    Reworded(on="2026-01-06", round=0, field="goals"),
    RoundBegun(on="2026-04-01"),
    Reworded.of("safety", "Asked again.", "Nothing recorded.", on="2026-04-01", round_=1),
    Archived(on="2026-04-01", archived=True),
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
        rounds=(
            Round({"a.b": {"value": ["x"], "date": "2026-01-02"}}, (("risk", "a.b"),)),
            Round({}, begun="2026-04-01"),
        ),
        decisions=(DECISION,),
        sessions=(SessionNote(round=0, date="2026-01-03", response="well"),),
        archived=True,
        wording={
            "safety": Rewording(
                round=1, on="2026-04-01", text="Asked again.", over=digest("Nothing recorded.")[:16]
            )
        },
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
        SessionNoted(on="2026-01-02", note=SessionNote(round=1, date="2026-01-02")),
        Reworded(on="2026-01-02", round=1, field="goals", text="One."),
        Reworded(on="2026-01-02", round=0, field="goals"),
        Signed(
            on="2026-01-02",
            plan=SignedPlan(version=2, round=0, on="2026-01-02", digest=digest("a"), text="a"),
        ),
        Signed(
            on="2026-01-02",
            plan=SignedPlan(version=1, round=1, on="2026-01-02", digest=digest("a"), text="a"),
        ),
        Signed(
            on="2026-01-02",
            plan=SignedPlan(version=1, round=0, on="2026-01-02", digest=digest("a"), text="b"),
        ),
        Signed(
            on="2026-01-02", plan=SignedPlan(version=1, round=0, on="2026-01-02", digest=digest(""), text="")
        ),
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


def signing(case: Case, said: str, on: str = "2026-01-10") -> Case:
    event = Signed.next(case, said, f"# {said}", on=on, by="Dr. B.", fields=("goals", "safety"))
    return apply(case, event_from(json.loads(json.dumps(event_data(event)))))


def test_signings_are_counted_whatever_the_round() -> None:
    case = signing(replay([BEGAN]), "First.")
    assert case.version == 2
    for event in (
        Answered(on="2026-01-11", round=0, key="a.b", value=1),
        RoundBegun(on="2026-04-01"),
    ):
        case = apply(case, event)
    case = signing(signing(case, "Second."), "Third.")
    assert [(plan.version, plan.round, plan.text) for plan in case.signed] == [
        (1, 0, "First."),
        (2, 1, "Second."),
        (3, 1, "Third."),
    ]
    assert all(plan.intact for plan in case.signed)
    assert case.signed[0].markdown == "# First."


def test_a_signed_plan_stays_as_it_was_over_other_content() -> None:
    case = signing(replay([BEGAN]), "As signed.")
    carried = CarriedOver.to(
        dataclasses.replace(case, content="other", rounds=(Round({"a.b": 1}),)), "2026-05-01"
    )
    after = apply(case, carried)
    assert after.signed == case.signed
    assert after.signed[0].content == "abc"


def test_a_signed_text_that_was_changed_by_hand_is_known() -> None:
    case = signing(replay([BEGAN]), "As signed.")
    changed = text.read(text.write(case).replace("text: As signed.", "text: As wished."), "a.yaml")
    assert changed.signed[0].text == "As wished."
    assert not changed.signed[0].intact


def test_a_case_knows_when_its_rounds_were_begun_and_signed() -> None:
    case = signing(replay([BEGAN, RoundBegun(on="2026-04-01")]), "Second.", "2026-04-08")
    case = signing(case, "Again.", "2026-04-09")
    assert [case.begun(n) for n in (0, 1)] == ["2026-01-01", "2026-04-01"]
    assert [case.signed_on(n) for n in (0, 1)] == ["", "2026-04-09"]


def test_a_rewording_says_when_its_ground_has_changed() -> None:
    case = apply(replay([BEGAN]), Reworded.of("goals", "Ours.", "The goals.", on="2026-01-02", round_=0))
    assert case.wording["goals"].text == "Ours."
    assert not case.wording["goals"].stale("The goals.")
    assert case.wording["goals"].stale("The goals, changed.")


def test_a_rewording_of_a_round_that_is_lost_goes_with_it() -> None:
    case = replay(
        [BEGAN, RoundBegun(on="2026-04-01"), Reworded.of("goals", "Ours.", "", on="2026-04-02", round_=1)]
    )
    (event,) = difference(case, case.rounds[:1], "2026-04-03")
    assert apply(case, event).wording == {}


def test_a_note_of_a_change_in_safety_counts_what_had_been_opened() -> None:
    opened = Opened(on="2026-01-02", round=0, flowchart="risk", at="a.b")
    changed = SessionNote(round=0, date="2026-01-03", safety="changed")
    case = replay([BEGAN, opened, SessionNoted(on="2026-01-03", note=changed)])
    assert case.sessions[0].openings == 1
    put_right = dataclasses.replace(changed, note="at the end")
    case = apply(apply(case, opened), SessionNoted(on="2026-01-04", note=put_right, replaces=0))
    assert case.sessions == (dataclasses.replace(put_right, openings=1),), (
        "putting a note right changes no safety"
    )
    calm = SessionNote(round=0, date="2026-01-03", safety="no_change")
    case = apply(case, SessionNoted(on="2026-01-04", note=calm, replaces=0))
    case = apply(case, SessionNoted(on="2026-01-05", note=changed, replaces=0))
    assert case.sessions[0].openings == 2


_said = st.sampled_from(["Ours.", "Theirs.", "yes", "- a", "a: b", "two\nlines"])
_steps = st.one_of(
    st.builds(
        lambda key, value: ("answer", key, value),
        st.sampled_from(["a.b", "a.c@x"]),
        st.sampled_from([1, "x", ["y"]]),
    ),
    st.builds(
        lambda field, said: ("word", field, said), st.sampled_from(["goals", "safety"]), _said | st.just("")
    ),
    st.builds(lambda said: ("sign", said, ""), _said),
    st.builds(lambda put: ("archive", put, ""), st.booleans()),
    st.builds(lambda safety: ("session", safety, ""), st.sampled_from(["not_asked", "no_change", "changed"])),
    st.just(("open", "", "")),
    st.just(("round", "", "")),
)


def _event(case: Case, step: tuple[str, Any, Any]) -> Event | None:
    kind, one, two = step
    on, now = "2026-02-01", len(case.rounds) - 1
    match kind:
        case "answer":
            return Answered(on=on, round=now, key=one, value=two)
        case "word":
            return Reworded.of(one, two, "It.", on=on, round_=now) if two or one in case.wording else None
        case "sign":
            return Signed.next(case, one, "", on=on, by="", fields=())
        case "archive":
            return Archived(on=on, archived=one)
        case "session":
            return SessionNoted(on=on, note=SessionNote(round=now, date=on, safety=one))
        case "open":
            return Opened(on=on, round=now, flowchart="risk", at="a.b")
    return RoundBegun(on=on)


@given(st.lists(_steps, max_size=12))
def test_the_case_its_events_and_its_file_say_the_same(steps: list[tuple[str, Any, Any]]) -> None:
    case, events = replay([BEGAN]), [BEGAN]
    for step in steps:
        event = _event(case, step)
        if event is not None:
            case = apply(case, event)
            events.append(event)
    assert replay(event_from(json.loads(json.dumps(event_data(event)))) for event in events) == case
    assert from_data(json.loads(json.dumps(to_data(case)))) == case
    assert text.read(text.write(case), "a.yaml") == case
    assert [plan.version for plan in case.signed] == list(range(1, case.version))
    assert set(case.wording) <= {"goals", "safety"}
    assert all(one.round == len(case.rounds) - 1 for one in case.wording.values())
