"""Every bank is weighed alike: offered, held or left out, with reasons, cautions and what to ask first."""

from __future__ import annotations

import itertools

import pytest

from goldenthread.advise import Facts, Held, LeftOut, Offer, advise, evidence
from goldenthread.language import Duration
from small import MOOD3, REFERENCE, bank, chart, guide

FACT_ROLES = {
    name: {"answer": "yes_no", "yes": f"{name} is so", "no": f"{name} is not so", "label": f"the {name}"}
    for name in ("wish", "bar", "care")
}
ROLES = bank(
    "roles",
    {
        **FACT_ROLES,
        "training": {"answer": "choices", "from": "modalities", "listed": True},
        "preference": {"answer": "choices", "from": "modalities", "listed": True},
        "perpetuating": {"answer": "choices", "from": "perpetuating_factors", "other": True},
        "working_diagnosis": {"answer": "choices", "from": "diagnoses"},
        "concern": {"answer": "choices", "options": {"panic": "panic", "sleep": "sleep"}},
        "weeks_off": {"answer": "number", "between": [0, 100], "label": "the weeks off"},
        "lasting": {"answer": "duration", "label": "how long it lasted"},
    },
)
ASKS = chart("asks", "q: {number: 4.2, ask: Bar?, as: bar, next: done}\ndone: {end: Done}")
RULES = {
    "suggest": "wish",
    "rule_out": [{"when": "bar", "because": "The bar is up."}],
    "caution": [{"when": "care", "because": "Take care."}],
}
KINDS = {
    "diagnoses": ("diagnoses", {}),
    "interventions": ("interventions", {}),
    "modalities": ("modalities", {}),
    "goals": ("goals", {}),
    "factors": ("factors", {}),
    "predisposing_factors": ("factors", {"p": "predisposing"}),
    "precipitating_factors": ("factors", {"p": "precipitating"}),
    "perpetuating_factors": ("factors", {}),
    "protective_factors": ("factors", {"p": "protective"}),
}
STATES = (True, False, None)
TABLE = {
    (True, True): "left out",
    (True, False): "offered",
    (True, None): "held",
    (False, True): "left out",
    (False, False): "left out",
    (False, None): "left out",
    (None, True): "left out",
    (None, False): "held",
    (None, None): "held",
}


def library(kind, entry, **more):
    made = {name: bank(name, entries) for name, entries in {kind: {"it": entry}, **more}.items()}
    return guide(ASKS, ROLES, MOOD3, REFERENCE, *made.values()).model


def facts(**states):
    return Facts({name: value for name, value in states.items() if value is not None})


def state_of(found):
    return {Offer: "offered", Held: "held", LeftOut: "left out"}[type(found)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("wish", "bar"), list(itertools.product(STATES, STATES)))
def test_the_whole_table_for_every_kind(kind, wish, bar):
    bank_name, more = KINDS[kind]
    found = advise(library(bank_name, {**RULES, **more}), facts(wish=wish, bar=bar, care=False), kind).find(
        "it"
    )
    assert state_of(found) == TABLE[wish, bar]
    if isinstance(found, LeftOut):
        assert found.ruled_out is (bar is True and wish is not False)
        assert found.because
    if isinstance(found, Held):
        assert found.suggested is (wish is True)
        assert {ask.fact for ask in found.ask_first} == ({"wish"} if wish is None else {"bar"})
    if isinstance(found, Offer):
        assert found.rank == 1
        assert str(found.because[0]).endswith("Since wish is so.")


@pytest.mark.parametrize("state", ["not_known", "declined"])
@pytest.mark.parametrize("kind", KINDS)
def test_asked_without_an_answer_is_as_unknown_as_not_asked(kind, state):
    bank_name, more = KINDS[kind]
    found = advise(library(bank_name, {**RULES, **more}), Facts({"wish": True}, {"bar": state}), kind).find(
        "it"
    )
    assert state_of(found) == "held"


@pytest.mark.parametrize(("care", "shown"), [(True, True), (None, True), (False, False)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_caution_shows_when_true_or_unknown(kind, care, shown):
    bank_name, more = KINDS[kind]
    found = advise(library(bank_name, {**RULES, **more}), facts(wish=True, bar=False, care=care), kind).find(
        "it"
    )
    said = "Take care." if care else "Not known whether this applies: Take care."
    assert [c.text for c in found.cautions] == ([said] if shown else [])


def test_what_to_ask_first_names_the_question_and_its_number():
    found = advise(library("goals", RULES), facts(wish=True), "goals").find("it")
    assert [str(ask) for ask in found.ask_first] == ["the bar (4.2)"]
    assert found.why == "The bar is up."
    assert "the wish" in str(
        advise(library("goals", RULES), facts(bar=False), "goals").find("it").ask_first[0]
    )


def test_reasons_name_the_clients_own_answers_with_their_values():
    rules = [
        {"when": "weeks_off >= 3", "because": "It has gone on."},
        {"when": "lasting >= 4 weeks and panic in concern", "because": "It is long."},
        {"when": "mood3.total >= 5", "because": "The score is high."},
        {"when": "not bar", "because": "There is no bar."},
    ]
    known = {
        "weeks_off": 5,
        "lasting": Duration(3, "month"),
        "concern": ("panic",),
        "mood3.total": 7,
        "bar": False,
    }
    found = advise(library("modalities", {"suggest": rules}), Facts(known), "modalities").find("it")
    since = [" and ".join(reason.since) for reason in found.because]
    for said, words in zip(
        since,
        (
            ("the weeks off", "at least 3", "5"),
            ("4 weeks", "3 months", "panic"),
            ("MOOD-3", "at least 5", "7"),
            ("bar is not so",),
        ),
        strict=True,
    ):
        assert all(word in said for word in words), said
    assert found.because[0].facts == ("weeks_off",)


def test_why_not_names_the_answers_that_made_every_reason_false():
    entry = {"suggest": ["wish", "weeks_off >= 3"]}
    found = advise(library("modalities", entry), facts(wish=False, weeks_off=1), "modalities").find("it")
    assert "wish is not so" in found.because[0].since
    assert any(
        ("under 3" in said or "not at least 3" in said) and "1" in said for said in found.because[0].since
    )


def test_the_strongest_true_rule_gives_grade_and_every_true_rule_its_reason():
    rules = [
        {"when": "wish", "strength": "conditional", "certainty": "low", "because": "Weak."},
        {"when": "bar", "strength": "strong", "certainty": "high", "because": "Strong."},
        {"when": "care", "strength": "strong", "certainty": "moderate", "because": "Middling."},
    ]
    entry = {"suggest": rules}
    found = advise(library("modalities", entry), facts(wish=True, bar=True, care=False), "modalities").find(
        "it"
    )
    assert (found.strength, found.certainty) == ("strong", "high")
    assert [reason.text for reason in found.because] == ["Weak.", "Strong."]
    weak = advise(library("modalities", entry), facts(wish=True, bar=False, care=False), "modalities").find(
        "it"
    )
    assert (weak.strength, weak.certainty) == ("conditional", "low")


@pytest.mark.parametrize(
    ("strength", "certainty", "letter"),
    [
        ("strong", "high", "A"),
        ("strong", "moderate", "A"),
        ("strong", "low", "B"),
        ("strong", "consensus", "C"),
        ("conditional", "high", "B"),
        ("conditional", "moderate", "B"),
        ("conditional", "low", "C"),
        ("conditional", "consensus", "C"),
    ],
)
def test_evidence_bands(strength, certainty, letter):
    assert evidence(strength, certainty) == letter


def ranked(advice):
    return [(offer.id, offer.rank) for offer in advice.offers]


def several(kind, entries, known, **more):
    made = [bank(kind, entries), *(bank(name, given) for name, given in more.items())]
    return advise(guide(ASKS, ROLES, MOOD3, REFERENCE, *made).model, Facts(known), kind)


def test_modalities_stand_in_bands_and_equals_stay_equal_in_authored_order():
    strong = {"when": "wish", "strength": "strong", "certainty": "high"}
    weak = {"when": "wish"}
    entries = {
        "plain": {"suggest": weak},
        "strong_b": {"suggest": strong},
        "strong_a": {"suggest": strong},
        "wanted": {"suggest": strong},
        "trained": {"suggest": strong},
        "must": {"suggest": {"when": "wish", "first": True}},
        "targeting": {"suggest": strong, "targets": ["avoidance"]},
        "other_problem": {
            "suggest": {"when": "second in working_diagnosis", "strength": "strong", "certainty": "high"}
        },
    }
    known = {
        "wish": True,
        "training": ("trained",),
        "preference": ("wanted",),
        "perpetuating": ("avoidance",),
        "working_diagnosis": ("main_one", "second"),
    }
    advice = several(
        "modalities",
        entries,
        known,
        factors={"avoidance": {"suggest": "wish"}},
        diagnoses={"main_one": {"suggest": "wish"}, "second": {"suggest": "wish"}},
    )
    assert ranked(advice) == [
        ("must", 1),
        ("trained", 2),
        ("wanted", 3),
        ("targeting", 4),
        ("strong_b", 5),
        ("strong_a", 5),
        ("plain", 7),
        ("other_problem", 8),
    ]
    bands = {offer.id: offer.band for offer in advice.offers}
    assert bands["must"].startswith("comes first")
    assert "within training" in bands["trained"]
    assert "outside training" in bands["plain"]
    assert "the client prefers it" in bands["wanted"]
    assert "addresses the main factor" in bands["targeting"]
    assert "for a further problem" in bands["other_problem"]
    assert bands["strong_a"] == bands["strong_b"]


def test_without_a_word_on_training_none_is_held_against_anyone():
    advice = several("modalities", {"one": {"suggest": "wish"}}, {"wish": True})
    assert "train" not in advice.offers[0].band


def test_interventions_follow_the_order_of_the_factors():
    entries = {
        "for_second": {"suggest": "wish", "targets": ["rumination"]},
        "for_none": {"suggest": {"when": "wish", "strength": "strong", "certainty": "high"}},
        "for_first": {"suggest": "wish", "targets": ["rumination", "avoidance"]},
    }
    factors = {"avoidance": {"suggest": "wish"}, "rumination": {"suggest": "wish"}}
    advice = several(
        "interventions", entries, {"wish": True, "perpetuating": ("avoidance", "rumination")}, factors=factors
    )
    assert ranked(advice) == [("for_first", 1), ("for_second", 2), ("for_none", 3)]


def test_diagnoses_tell_for_against_and_not_asked():
    entry = {
        "suggest": {"when": "wish", "strength": "strong"},
        "for": [{"when": "weeks_off >= 3", "because": "Long enough."}],
        "against": [{"when": "bar", "because": "There is a bar."}, {"when": "care", "because": "Care."}],
    }
    advice = several(
        "diagnoses",
        {"against_it": entry, "supported": {"suggest": {"when": "wish", "strength": "strong"}}},
        {"wish": True, "weeks_off": 4, "bar": True},
    )
    assert ranked(advice) == [("supported", 1), ("against_it", 2)]
    found = advice.find("against_it")
    assert found.band == "possible"
    assert advice.find("supported").band == "supported"
    assert [reason.text for reason in found.against] == ["There is a bar."]
    assert [reason.text for reason in found.because][-1] == "Long enough."
    assert [ask.fact for ask in found.not_asked] == ["care"]


def test_factors_by_their_reasons():
    entries = {
        "one_reason": {"suggest": ["wish"]},
        "usual": {"suggest": [{"when": "wish", "strength": "strong"}]},
        "two_reasons": {"suggest": ["wish", "weeks_off > 0"]},
    }
    advice = several("factors", entries, {"wish": True, "weeks_off": 1})
    assert ranked(advice) == [("usual", 1), ("two_reasons", 2), ("one_reason", 3)]
    assert advice.find("two_reasons").band == "possible, 2 reasons"


FACTORS = {name: {"suggest": "wish"} for name in ("avoidance", "rumination", "isolation")}


def goals(entries, factors, **known):
    made = {id_: {"suggest": "wish", **entry} for id_, entry in entries.items()}
    return several("goals", made, {"wish": True, "perpetuating": factors, **known}, factors=FACTORS)


def test_goals_cover_the_factors_in_turn():
    entries = {
        "a_1": {"targets": ["avoidance"]},
        "a_2": {"targets": ["avoidance"]},
        "r_1": {"targets": ["rumination"]},
        "both": {"targets": ["isolation", "rumination"]},
        "problem": {"targets": ["problem"]},
    }
    advice = goals(entries, ("avoidance", "rumination", "isolation"))
    assert ranked(advice) == [("a_1", 1), ("r_1", 2), ("both", 3), ("a_2", 4), ("problem", 5)]
    bands = [offer.band for offer in advice.offers]
    assert bands == [
        "covers avoidance",
        "covers rumination",
        "covers rumination and isolation",
        "a further goal for avoidance",
        "for the problem itself",
    ]


def test_the_order_of_factors_is_the_clients():
    entries = {"for_avoidance": {"targets": ["avoidance"]}, "for_rumination": {"targets": ["rumination"]}}
    assert ranked(goals(entries, ("rumination", "avoidance"))) == [
        ("for_rumination", 1),
        ("for_avoidance", 2),
    ]


@pytest.mark.parametrize("factors", [(), ("avoidance",)])
def test_every_goal_that_must_come_first_does(factors):
    must = {"suggest": {"when": "wish", "first": True}}
    entries = {"plain": {"targets": ["avoidance"]}, "must_1": must, "must_2": must}
    advice = goals(entries, factors)
    assert [offer.id for offer in advice.offers] == ["must_1", "must_2", "plain"]
    assert [offer.band for offer in advice.offers[:2]] == ["comes first", "comes first"]


def test_goals_without_factors_are_for_the_problem_itself_and_equal():
    advice = goals({"one": {}, "two": {}}, ())
    assert ranked(advice) == [("one", 1), ("two", 1)]
    assert {offer.band for offer in advice.offers} == {"for the problem itself"}


def test_a_factor_in_own_words_is_named_by_them():
    library_ = guide(
        ASKS,
        ROLES,
        MOOD3,
        REFERENCE,
        bank("goals", {"one": {"suggest": "wish", "targets": ["avoidance"]}}),
        bank("factors", FACTORS),
    ).model
    known = {"wish": True, "perpetuating": ("own_1", "avoidance")}
    assert (
        advise(library_, Facts(known, own={"perpetuating own_1": "the dog"}), "goals").offers[0].band
        == "covers avoidance"
    )


def test_a_bank_that_suggests_nothing_is_refused():
    with pytest.raises(KeyError):
        advise(library("goals", RULES), Facts(), "roles")


GATED = bank(
    "obligations",
    {"screen": {"text": "Ask first.", "hold": ["goals", "modalities"], "until": "not bar and not care"}},
)
RISK = chart(
    "risk",
    "kind: {ask: Kind?, answer: text, next: done}\ndone: {end: Done}",
    phase="safety",
    opened_by_hand=True,
)
ALERT = bank(
    "alerts", {"alarm": {"text": "Alarm.", "raise_when": "bar", "opens": "risk", "cleared_when": "care"}}
)


@pytest.mark.parametrize("kind", ["goals", "interventions", "modalities", "diagnoses", "factors"])
def test_an_obligation_holds_the_banks_it_names_until_it_is_met(kind):
    model = guide(ASKS, ROLES, MOOD3, REFERENCE, GATED, bank(kind, {"it": {"suggest": "wish"}})).model
    names = kind in {"goals", "modalities"}
    for bar, care in itertools.product(STATES, STATES):
        found = advise(model, facts(wish=True, bar=bar, care=care), kind).find("it")
        met = bar is False and care is False
        assert state_of(found) == ("offered" if met or not names else "held"), (bar, care)
    assert state_of(advise(model, facts(wish=False), kind).find("it")) == "left out"


@pytest.mark.parametrize("kind", ["goals", "interventions", "modalities", "diagnoses", "factors"])
def test_an_alert_holds_every_plan_until_it_is_cleared(kind):
    model = guide(ASKS, ROLES, MOOD3, REFERENCE, RISK, ALERT, bank(kind, {"it": {"suggest": "wish"}})).model
    held = kind in {"goals", "interventions", "modalities"}
    for bar, care in itertools.product(STATES, STATES):
        open_ = bar is True and care is not True
        found = advise(model, facts(wish=True, bar=bar, care=care), kind).find("it")
        assert state_of(found) == ("held" if open_ and held else "offered"), (bar, care)
        walked = Facts({"wish": True}, {}, ("alarm",) if open_ else ())
        assert state_of(advise(model, walked, kind).find("it")) == ("held" if open_ and held else "offered")


def test_a_library_without_the_shipped_alerts_plans_nothing():
    model = guide(
        ASKS, ROLES, MOOD3, REFERENCE, bank("goals", {"it": {"suggest": "wish"}}), protected=False
    ).model
    found = advise(model, facts(wish=True), "goals").find("it")
    assert state_of(found) == "held"
    assert "without the shipped alerts" in found.why
