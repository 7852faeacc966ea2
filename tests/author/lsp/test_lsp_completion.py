"""What can be typed in a place, of texts that are whole and of such as are being typed."""

from __future__ import annotations

import re

import pytest
from clinic import shipped_view
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.author.lsp.atlas import Atlas, sheet
from goldenthread.author.lsp.completion import MOST, Item, complete
from goldenthread.author.lsp.lookup import hover
from goldenthread.author.lsp.view import View
from goldenthread.source import parse

HEAD = "flowchart: clinic\nstart: a\nnodes:\n  a:\n    ask: How is it?\n    as: concern\n    next: b\n"
NEXT = HEAD.replace("next: b\n", "next:\n      - ")
GOAL = "goals: own\nentries:\n  one:\n"
CASE = "vignette: one\nanswers:\n"


def offered(text: str, view: View | None = None) -> dict[str, Item]:
    """Give what can be typed at the `|` of a text."""
    before, bar, after = text.partition("|")
    assert bar
    found = complete(view or shipped_view(), before + after, len(before))
    return {item.text: item for item in found.items} if found else {}


def first(text: str, count: int = 3) -> list[str]:
    return list(offered(text))[:count]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("|", ["flowchart:", "vignette:", "answers:"]),
        ("goa|", ["goals:"]),
        (HEAD + "    as: perp|", ["perpetuating"]),
        (HEAD + "    measure: phq|", ["phq9"]),
        (HEAD + "    visit: diagnosis_m|", ["diagnosis_mood"]),
        (HEAD + "    from: perpetuating_f|", ["perpetuating_factors"]),
        (HEAD + "    each: targeted|", ["targeted_concern", "problem.targeted_concern"]),
        (HEAD + "    answer: yes|", ["yes_no"]),
        (HEAD + "    core: |", ["true", "false"]),
        (HEAD + "    sources: [{ref: kroenke|", ["kroenke_2001"]),
        (HEAD + "    sources:\n      - ref: kroenke|\n        at: p. 3\n", ["kroenke_2001"]),
        (HEAD + "    sources:\n      - re|", ["ref"]),
        (HEAD + "phase: saf|", ["safety"]),
        (NEXT + "when: |", ["own_hypothesis", "working_diagnosis", "past_mania"]),
        (NEXT + "when: past_m|", ["past_mania"]),
        (NEXT + "when: mood_course == |", ["first", "recurrent", "chronic"]),
        (NEXT + "when: mood_course is |", ["first", "recurrent", "chronic"]),
        (NEXT + "when: mood_course != r|", ["recurrent"]),
        (NEXT + "when: mood_course in [|", ["first", "recurrent", "chronic"]),
        (NEXT + "when: mood_course in [first, |", ["first", "recurrent", "chronic"]),
        (NEXT + "when: mood_course in |", ["[first]", "[recurrent]", "[chronic]"]),
        (NEXT + "when: low_mood in |", ["concern", "targeted_concern", "problem.concern"]),
        (NEXT + "when: depressive in |", ["groups(working_diagnosis)"]),
        (NEXT + "when: any(concern, [low|", ["low_mood"]),
        (NEXT + "when: any(concern, |", ["[low_mood]", "[worry]", "[panic]"]),
        (NEXT + "when: known(mood_d|", ["mood_duration"]),
        (NEXT + "when: count(mood_s|", ["mood_signs", "diagnosis_mood.mood_signs"]),
        (NEXT + "when: mood_duration >= 4 |", ["days", "weeks", "months"]),
        (NEXT + "when: mood_duration |", ["<", "<=", ">"]),
        (NEXT + "when: past_mania |", ["and", "or"]),
        (NEXT + "when: low_mood |", ["in", "and", "or"]),
        (NEXT + "when: past_mania and phq9.ban|", ["phq9.band"]),
        (NEXT + "when: phq9.band >= mod|", ["moderate", "moderately_severe"]),
        (
            NEXT + "when: >-\n          past_mania and\n          mood_course == |",
            ["first", "recurrent", "chronic"],
        ),
        (NEXT + "when: avoi|", ["avoidance in trauma_signs", "avoidance in perpetuating"]),
        (NEXT + "when: past_mania\n        |", ["go", "label", "again"]),
        (NEXT + "oth|", ["otherwise"]),
        (HEAD.replace("next: b\n", "next:\n      |"), ["- when", "- otherwise", "- unknown"]),
        (GOAL + "    targets: [avoidan|", ["avoidance"]),
        (GOAL + "    targets: [prob|", ["problem"]),
        (GOAL + "    targets:\n      - avoidan|", ["avoidance"]),
        (GOAL + "    interventions: [exposure_|", ["exposure_response_prevention"]),
        (GOAL + "    diagnoses: [panic_|", ["panic_disorder"]),
        (GOAL + "    suggest:\n      - strength: |", ["strong", "conditional"]),
        (GOAL + "    measure: {instrument: gad|", ["gad7"]),
        ("diagnoses: own\nentries:\n  one:\n    groups: [bip|", ["bipolar"]),
        ("diagnoses: own\nentries:\n  one:\n    perpetuating: [avoidan|", ["avoidance"]),
        ("diagnoses: own\nentries:\n  one:\n    for:\n      - when: panic_u|", ["panic_unexpected"]),
        ("factors: own\nentries:\n  one:\n    extends: avoidan|", ["avoidance"]),
        ("alerts: own\nentries:\n  one:\n    opens: ris|", ["risk"]),
        ("alerts: own\nentries:\n  one:\n    raise_when: self_h|", ["self_harm"]),
        ("alerts: own\nentries:\n  risk_suicide:\n    opens: risk\n    prefill: {risk_k|", ["risk_kind"]),
        (
            "alerts: own\nentries:\n  risk_suicide:\n    opens: risk\n    prefill: {risk_kind: [sui|",
            ["suicide"],
        ),
        ("obligations: own\nentries:\n  one:\n    route: {to: goal|", ["goal_follow_up", "goals"]),
        ("obligations: own\nentries:\n  one:\n    never: {offer: [g|", ["goals"]),
        ("obligations: own\nentries:\n  one:\n    never:\n      while: self_h|", ["self_harm"]),
        (CASE + "  problem.open|", ["problem.opening_words"]),
        (CASE + "  problem.concern: [pani|", ["panic"]),
        (CASE + "  problem.concern: pani|", ["panic"]),
        (CASE + "  safety.self_harm: |", ["true", "false", "{later: true}"]),
        (CASE + "  conceptualization.perpetuating:\n    avoidan|", ["avoidance"]),
        (CASE + "opened: [{flowchart: ris|", ["risk"]),
        (CASE + "expect:\n  ends: plan_review.|", ["plan_review.done"]),
        (CASE + "expect:\n  alerts: [risk_sui|", ["risk_suicide"]),
        (CASE + "expect:\n  |", ["passes", "never_passes", "ends"]),
        (CASE + "expect:\n  offers:\n    |", ["diagnoses", "factors", "goals"]),
        (CASE + "expect:\n  offers: {goals: {include: [panic_|", ["panic_score_and_life"]),
    ],
)
def test_what_comes_first(text: str, begins: list[str]) -> None:
    found = first(text, len(begins))
    missing = [word for word in begins if word not in found]
    assert not missing, list(offered(text))[:12]


@pytest.mark.parametrize(
    "text",
    [
        "flowchart: clinic # the na|me\n",
        "# yaml-language-server: $schema=x|",
        HEAD + "    why: Because of |",
        "cases: x\n  |",
        "services:\n  web:\n    image: |",
    ],
)
def test_where_nothing_can_be_named_nothing_is_offered(text: str) -> None:
    assert not any(item.sort != "key" for item in offered(text).values())


def test_keys_that_stand_are_not_offered_again_and_those_needed_say_so() -> None:
    found = offered(HEAD + "    |")
    assert not {"ask", "as", "next"} & set(found)
    assert {"number", "why", "options"} <= set(found)
    assert "otherwise" not in offered(NEXT + "when: past_mania\n        |")
    assert offered(NEXT + "when: past_mania\n        |")["go"].detail == "needed"


def test_the_keys_below_the_place_count_too() -> None:
    found = offered("flowchart: x\nnodes:\n  a:\n    |\n    ask: Hm?\n    next: b\n  b:\n    why: other\n")
    assert "ask" not in found
    assert "why" in found


def test_a_key_is_written_with_its_colon_unless_that_stands_there() -> None:
    assert offered(HEAD + "    wh|")["why"].insert == "why: "
    assert offered(HEAD + "    opt|")["options"].insert == "options:"
    assert offered(HEAD + "    wh|: Because\n")["why"].insert == "why"


def test_nodes_are_those_of_the_text_as_it_stands() -> None:
    text = HEAD.replace("start: a", "start: |") + "  later_on:\n    end: There\n"
    whole = text.replace("|", "")
    tree, _, _ = parse(whole, "clinic.yaml")
    assert tree is not None
    held = sheet("clinic.yaml", tree, whole)
    view = View(shipped_view().library, Atlas({**shipped_view().atlas.sheets, "clinic.yaml": held}))
    assert list(offered(text, view)) == ["a", "later_on"]
    led_to = offered(HEAD + "  |", view)
    assert led_to["b"].insert == "b:"
    assert "a" not in led_to


def test_braces_hold_roles_in_questions_and_blanks_in_goals() -> None:
    assert first(HEAD.replace("How is it", "How is {working_d|")) == ["working_diagnosis"]
    view = shipped_view()
    goal = next(goal for goal in view.library.goals.values() if len(goal.blanks) > 2)
    text = f"goals: own\nentries:\n  {goal.id}:\n    text: Within {{|"
    assert set(offered(text)) == {"client", *goal.blanks}


def test_what_is_offered_says_what_it_is() -> None:
    fact = offered(NEXT + "when: mood_cours|")["mood_course"]
    assert fact.detail.startswith("one of several options")
    assert "`recurrent`" in fact.about
    source = offered(HEAD + "    sources: [{ref: kroenke|")["kroenke_2001"]
    assert source.detail == "Kroenke et al. 2001"


def test_no_more_is_offered_than_a_person_can_look_through() -> None:
    found = complete(shipped_view(), NEXT + "when: ", len(NEXT + "when: "))
    assert found is not None
    assert len(found.items) == MOST
    assert not found.whole


def test_letters_in_their_order_or_words_of_what_it_is_called_are_enough() -> None:
    assert "mood_duration" in offered(NEXT + "when: mdur|")
    assert "gad7" in offered(HEAD + "    measure: general|")


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "flowchart: x\n",
                "goals: y\n",
                "nodes:\n",
                "answers:\n",
                "  a:\n",
                "    when: ",
                "      ",
                "ask",
            ),
            *(
                "- ",
                "{",
                "[",
                "]",
                "}",
                ",",
                ": ",
                "#",
                '"',
                "'",
                "|",
                "\n",
                "\r\n",
                "\t",
                ">-\n",
                "\u2028",
                "😴",
            ),
            *("in ", "any(", "(", ")", "== "),
        ]
    ),
    max_size=25,
)


@pytest.mark.hypothesis
@given(PIECES, st.integers(0, 200))
def test_whatever_stands_there_an_answer_comes(pieces: list[str], at: int) -> None:
    text = "".join(pieces)
    offset = min(at, len(text))
    found = complete(shipped_view(), text, offset)
    assert found is None or found.word.start <= offset <= found.word.end <= len(text)
    said = hover(shipped_view(), "x.yaml", text, offset)
    assert said is None or said[1].start <= said[1].end <= len(text)


def test_wherever_one_stands_in_a_shipped_file_an_answer_comes() -> None:
    """At every fifth line, with the rest of the line and of the file cut off: as if it were just being typed."""
    view = shipped_view()
    for name, one in list(view.atlas.sheets.items())[::7]:
        ends = [match.end() for match in re.finditer(r"\n", one.text)]
        for end in ends[::5]:
            for offset in (end, end - 3):
                complete(view, one.text[:offset], offset)
                complete(view, one.text, offset)
        assert name
