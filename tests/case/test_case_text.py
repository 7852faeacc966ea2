"""Every word of a client comes back as it was written, or is refused before anything is written."""

from __future__ import annotations

import dataclasses
import json
import string
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from goldenthread.case import (
    Aside,
    Case,
    CaseError,
    Decision,
    Rewording,
    SessionNote,
    SignedPlan,
    digest,
    from_data,
    text,
    to_data,
)
from goldenthread.case.form import FORMAT
from goldenthread.loading.files import schemas
from goldenthread.walk import Round

TRAPS = [
    *(
        "yes",
        "no",
        "on",
        "off",
        "Yes",
        "NO",
        "true",
        "null",
        "~",
        "",
        " ",
        "-",
        "?",
        ":",
        "=",
        "<<",
        "*a",
        "&a",
        "!a",
    ),
    *(
        "1e5",
        "1E5",
        "1.",
        ".5",
        "-0",
        "007",
        "0x1F",
        "0o14",
        "1_000",
        "12:30",
        "1:2:3",
        ".inf",
        "-.INF",
        ".nan",
    ),
    *(
        "2026-01-31",
        "2026-01-31T10:00:00Z",
        "# no comment",
        "a # b",
        "a: b",
        "a:",
        "- a",
        "{a}",
        "[a]",
        "%",
        "@",
        "`",
    ),
    *("'", '"', "it's", '"quoted"', "back\\slash", "---", "...", "--- a", "a\n---\nb", "|", ">", "| a"),
    *(
        "a\nb",
        "a\n\nb\n",
        "\na",
        "a\n\n",
        "\n",
        "a \nb",
        "a\n b",
        " a\nb",
        "a\r\nb",
        "a\rb",
        "\r",
        "a\tb",
        "\ta",
    ),
    *(
        "a\u2028b",
        "a\u2029b",
        "a\x85b",
        "\ufeffa",
        "a\xa0b",
        "é",
        "e\u0301",
        "漢字",
        "שלום",
        "👩‍👩‍👧",
        "\U0010fffd",
    ),
    *(
        "word " * 60,
        "x" * 300,
        "key: " * 50,
        " leading",
        "trailing ",
        "two  blanks",
        "a  \n  b",
        "\u200b",
        "\ufffe",
    ),
]
words = st.one_of(
    st.sampled_from(TRAPS),
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t\x85\u2028 ")),
    st.lists(st.sampled_from(TRAPS), max_size=4).map("\n".join),
)
ids = st.text(string.ascii_lowercase, min_size=1, max_size=6)
keys = st.tuples(ids, ids, st.none() | ids).map(lambda k: f"{k[0]}.{k[1]}" + (f"@{k[2]}" if k[2] else ""))
# A number of more digits than a file has room for is another test's business.
floats = st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: len(repr(number)) <= 16)
numbers = st.integers(-(10**15), 10**15) | floats | st.integers(-9999, 9999).map(lambda n: n / 100)
scalars = words | numbers | st.booleans() | st.none()
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(words.filter(lambda w: w != "each"), inner, max_size=3)
    ),
    max_leaves=8,
)
days = st.dates().map(lambda day: day.isoformat())
opened = st.lists(st.tuples(ids, keys), max_size=2).map(tuple)
rounds = st.builds(Round, st.dictionaries(keys, values, max_size=5), opened, st.just("") | days)
count = st.integers(0, 3)
decisions = st.builds(
    Decision,
    round=count,
    kind=ids,
    id=ids,
    verdict=st.sampled_from(["accepted", "adapted", "declined", "later"]),
    on=days,
    reason=words,
    facts=st.dictionaries(words, values, max_size=3),
)
notes = st.builds(
    SessionNote,
    round=count,
    date=days,
    mode=st.sampled_from(["in_person", "missed"]),
    present=st.lists(words.filter(bool), max_size=2).map(tuple),
    goals=st.lists(ids, max_size=2).map(tuple),
    interventions=st.lists(ids, max_size=2).map(tuple),
    response=words,
    ratings=st.dictionaries(ids, st.integers(0, 10), max_size=3),
    safety=st.sampled_from(["not_asked", "no_change", "changed"]),
    safety_note=words,
    next_step=words,
    note=words,
    openings=count,
)
rewordings = st.builds(
    Rewording,
    round=count,
    on=days,
    text=words.filter(bool),
    over=st.text("0123456789abcdef", min_size=16, max_size=16),
)


@st.composite
def signed_plans(draw: st.DrawFn) -> SignedPlan:
    said = draw(words.filter(bool))
    return SignedPlan(
        version=draw(st.integers(1, 3)),
        round=draw(count),
        on=draw(days),
        by=draw(words),
        digest=digest(said),
        content=draw(st.text(string.hexdigits, max_size=16)),
        fields=draw(st.lists(ids, max_size=3).map(tuple)),
        text=said,
        markdown=draw(words),
    )


asides = st.builds(Aside, round=count, question=keys, answer=values)
asides |= st.builds(Aside, round=count, question=keys, opened=ids)
cases = st.builds(
    Case,
    client=words.filter(lambda name: 0 < len(name) <= 200),
    flowchart=ids,
    created=days,
    saved=days,
    content=st.text(string.hexdigits, max_size=16),
    quick=st.booleans(),
    rounds=st.lists(rounds, min_size=1, max_size=3).map(tuple),
    decisions=st.lists(decisions, max_size=2).map(tuple),
    sessions=st.lists(notes, max_size=2).map(tuple),
    archived=st.booleans(),
    wording=st.dictionaries(ids, rewordings, max_size=2),
    signed=st.lists(signed_plans(), max_size=2).map(tuple),
    aside=st.lists(asides, max_size=2).map(tuple),
)


def case_with(**changed: Any) -> Case:
    given_ = {"client": "A.", "flowchart": "planning", "created": "2026-01-31", "saved": "2026-01-31"}
    return Case(**{**given_, **changed})


def answering(value: Any) -> Case:
    return case_with(rounds=(Round({"problem.own_words": value}),))


def back(case: Case) -> Case:
    return text.read(text.write(case).encode(), "case.yaml")


@pytest.mark.parametrize("word", TRAPS)
def test_a_trap_of_yaml_comes_back_as_the_same_word(word: str) -> None:
    assert back(answering(word)).rounds[0].answers["problem.own_words"] == word


@given(words)
def test_any_word_comes_back(word: str) -> None:
    assert (
        back(answering({"value": word, "note": word})).rounds[0].answers["problem.own_words"]["note"] == word
    )


@given(cases)
@example(case_with(rounds=(Round({"risk.plan": "none", "risk.plan@phq9_item": "some"}),)))
def test_a_whole_case_comes_back(case: Case) -> None:
    again = back(case)
    assert again == case
    assert repr(to_data(again)) == repr(to_data(case)), "1, 1.0 and true are equal, and not the same"


@given(cases)
def test_a_reader_of_yaml_1_1_takes_words_for_words_too(case: Case) -> None:
    # PyYAML's own reader resolves yes, on and dates; what we quote must be words to it as well.
    def strings(data: Any) -> list[str]:
        if isinstance(data, dict):
            return [s for key, value in data.items() for s in (*strings(key), *strings(value))]
        return (
            [s for inner in data for s in strings(inner)]
            if isinstance(data, list)
            else [data]
            if isinstance(data, str)
            else []
        )

    assert strings(yaml.safe_load(text.write(case))) == strings(to_data(case))


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_a_control_character_is_refused_with_the_question_and_never_the_words(char: str) -> None:
    with pytest.raises(CaseError, match=r"problem\.own_words.*control character") as raised:
        text.write(answering(f"secret{char}words"))
    assert f"U+{ord(char):04X}" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.help


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**30])
def test_a_number_that_would_not_come_back_is_refused(value: float) -> None:
    with pytest.raises(CaseError, match="cannot be kept"):
        text.write(answering(value))


@pytest.mark.parametrize("value", [{1, 2}, object(), {1: "a"}, b"bytes"])
def test_what_is_no_plain_data_is_a_programmers_error(value: Any) -> None:
    with pytest.raises(TypeError):
        text.write(answering(value))


@pytest.mark.parametrize("number", [0, -1, 1.0, 0.5, -0.25, 1e16, 1e22, 1e-07, 5e-324, 10**17, True, None])
def test_a_number_comes_back_as_the_same_kind_of_number(number: float) -> None:
    found = back(answering(number)).rounds[0].answers["problem.own_words"]
    assert (found, type(found)) == (number, type(number))


def test_noise_in_the_last_digits_of_a_number_is_left_out() -> None:
    assert back(answering(0.1 + 0.2)).rounds[0].answers["problem.own_words"] == 0.3


def test_too_deep_or_too_large_is_refused_before_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    with pytest.raises(CaseError, match="nested"):
        text.write(answering(deep))
    monkeypatch.setattr("goldenthread.source.text.LARGEST_FILE", 5000)
    text.write(answering("x" * 4000))
    with pytest.raises(CaseError, match="bytes"):
        text.write(answering("x" * 6000))


def test_a_file_is_written_for_people() -> None:
    answers = {
        "problem.own_words": "I can't get up.\n\nNot even for the dog.",
        "measures.phq9": {"items": [0, 1, None, 3], "date": "2026-01-31"},
        "factor_detail.example@avoidance": "stays in",
        "factor_detail.example@rumination": {"later": True},
    }
    written = text.write(case_with(rounds=(Round(answers),)))
    assert written == (
        "case: 2\nclient: A.\nflowchart: planning\ncontent: ''\n"
        "created: '2026-01-31'\nsaved: '2026-01-31'\n"
        "quick: false\narchived: false\nrounds:\n  - answers:\n      problem.own_words: |-\n        I can't get up.\n\n"
        "        Not even for the dog.\n      measures.phq9:\n        items: [0, 1, null, 3]\n"
        "        date: '2026-01-31'\n      factor_detail.example:\n        each:\n"
        "          avoidance: stays in\n"
        "          rumination: {later: true}\n"
    )


WHOLE = text.write(case_with(rounds=(Round({"a.b": "yes"}, (("risk", "a.b"),)),)))
DAMAGE = {
    "a tab": WHOLE.replace("  - answers", "\t- answers"),
    "cut off in the middle": WHOLE[: WHOLE.index("yes") - 1] + "'ye",
    "a key twice": WHOLE + "client: B.\n",
    "an anchor": WHOLE.replace("client: A.", "client: &a A."),
    "a tag": WHOLE.replace("client: A.", "client: !!str A."),
    "no client": WHOLE.replace("client: A.\n", ""),
    "a key nobody knows": WHOLE + "colour: red\n",
    "no date": WHOLE.replace("created: '2026-01-31'", "created: '2026-02-31'"),
    "no rounds": WHOLE[: WHOLE.index("rounds")] + "rounds: []\n",
    "rounds of words": WHOLE[: WHOLE.index("rounds")] + "rounds: [a]\n",
    "a key that is no question": WHOLE.replace("a.b:", "a b c:"),
    "format in words": WHOLE.replace("case: 2", "case: one"),
    "format of nothing": WHOLE.replace("case: 2", "case: 0"),
    "true for a format": WHOLE.replace("case: 2", "case: true"),
    "a verdict nobody knows": WHOLE
    + "decisions:\n  - {round: 0, kind: goals, id: a, verdict: no, on: 2026-01-31}\n",
    "a rating of 11": WHOLE + "sessions:\n  - {round: 0, date: 2026-01-31, ratings: {a: 11}}\n",
    "two documents": WHOLE + "---\ncase: 1\n",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_refused_with_its_place(what: str) -> None:
    assert text.read(WHOLE, "anna.yaml"), "the sound one is read"
    with pytest.raises(CaseError, match=r"anna\.yaml is damaged at line \d+") as raised:
        text.read(DAMAGE[what], "anna.yaml")
    assert raised.value.found
    assert "left as it is" in raised.value.help


@pytest.mark.parametrize("blob", [b"", b"\n", b"words", b"- a", b"\xff\xfe\x00", b"case: 1\x00", b"case: [1"])
def test_what_is_no_case_at_all_is_refused(blob: bytes) -> None:
    with pytest.raises(CaseError):
        text.read(blob, "anna.yaml")


def test_another_kind_of_file_is_named_as_such() -> None:
    with pytest.raises(CaseError, match=r"not a case file.*`flowchart`"):
        text.read("flowchart: main\ncase: 1\n", "main.yaml")


def test_an_earlier_format_is_still_read_and_written_as_the_present_one() -> None:
    first = WHOLE.replace("case: 2", "case: 1").replace("archived: false\n", "")
    found = text.read(first, "anna.yaml")
    assert (found.rounds, found.signed, found.wording, found.archived) == (
        text.read(WHOLE, "anna.yaml").rounds,
        (),
        {},
        False,
    )
    assert text.write(found) == WHOLE


def test_a_newer_format_says_so_and_not_that_it_is_damaged() -> None:
    newer = f"case: {FORMAT + 1}\neverything: {{is: different}}\n"
    with pytest.raises(CaseError, match=rf"newer version.*format {FORMAT + 1}") as raised:
        text.read(newer, "anna.yaml")
    assert "damaged" not in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (Case, ()),
        (Round, ("rounds",)),
        (Decision, ("decisions",)),
        (SessionNote, ("sessions",)),
        (Rewording, ("wording",)),
        (SignedPlan, ("signed",)),
        (Aside, ("aside",)),
    ],
)
def test_schema_and_dataclass_have_the_same_fields(kind: type, place: tuple[str, ...]) -> None:
    schema = json.loads((schemas() / "case.schema.json").read_text(encoding="utf-8"))
    for step in place:
        schema = schema["properties"][step]
        schema = schema.get("items") or schema["additionalProperties"]
    assert set(schema["properties"]) - {"case"} == {field.name for field in dataclasses.fields(kind)}
    assert all("description" in part or "$ref" in part for part in schema["properties"].values())
    required = {
        f.name for f in dataclasses.fields(kind) if f.default is f.default_factory is dataclasses.MISSING
    }
    assert required <= set(schema["required"])


def test_data_of_a_case_begins_with_its_format() -> None:
    assert list(to_data(case_with()))[:7] == [
        "case",
        "client",
        "flowchart",
        "content",
        "created",
        "saved",
        "quick",
    ]
    assert from_data(to_data(case_with())) == case_with()
