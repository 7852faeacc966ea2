"""Missing is not safe: every state of every safety fact of the shipped library, from bare facts and from a walk alike.

What may be planned is written here once more, from the safety rules in words, and held against the library.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.advise import Facts, advise, gates, open_alerts
from goldenthread.language import Duration
from goldenthread.plan import read
from goldenthread.walk import Round, Settings, Walk
from small import shipped

PLANNED = ("goals", "interventions", "modalities")
NOT_ASKED, NOT_KNOWN, DECLINED = "not asked", "not_known", "declined"
SCREEN = {
    "suicidal_thoughts": "suicide",
    "self_harm": "self_harm",
    "harm_to_others": "harm_to_others",
    "abuse_now": "abuse",
    "dependant_at_risk": "dependant",
}
ACUTE = {
    "psychosis": "psychosis",
    "mania": "mania",
    "withdrawal": "withdrawal",
    "unstable_medical": "medical",
}
CLEAN = {**dict.fromkeys(SCREEN, False), "unwell_now": ("none_of_these",)}
CASE = {
    "concern": ("panic", "low_mood"),
    "working_diagnosis": ("panic_disorder",),
    "perpetuating": ("avoidance", "safety_behaviours"),
    "age": 30,
}
EMPTY = (NOT_ASKED, NOT_KNOWN, DECLINED)


def model():
    return shipped().model


def facts(states, case=CASE):
    every = {**case, **states}
    known = {name: value for name, value in every.items() if not isinstance(value, str) or value not in EMPTY}
    asked = {name: value for name, value in every.items() if isinstance(value, str) and value in EMPTY[1:]}
    return Facts(known, asked)


def offered(found, kind):
    return {offer.id for offer in advise(model(), found, kind).offers}


def may_plan(states):
    """The rule in words: every risk question asked; acute states known to be none; whatever was reported or not known
    followed up by a step of its own kind that is no emergency, with danger ruled out."""

    def state(name):
        return states.get(name, NOT_ASKED)

    if any(state(name) == NOT_ASKED for name in SCREEN) or state("unwell_now") != ("none_of_these",):
        return False
    kinds, step, danger = state("risk_kind"), state("safety_step"), state("immediate_danger")
    reported = [kind for name, kind in SCREEN.items() if state(name) is not False]
    if danger is True or danger in EMPTY[1:]:
        return False
    if step != NOT_ASKED and (step in (*EMPTY, "emergency", "same_day") or danger is not False):
        return False
    if kinds != NOT_ASKED and (kinds in EMPTY or step in EMPTY or set(kinds) & set(ACUTE.values())):
        return False
    return not reported or (step not in EMPTY and kinds != NOT_ASKED and set(reported) <= set(kinds))


def test_the_clean_screen_lets_something_be_offered():
    """Without this, the tests below would prove nothing."""
    for kind in PLANNED:
        assert offered(facts(CLEAN), kind), kind


def test_every_safety_fact_that_the_obligations_and_alerts_read_is_varied_here():
    read_here = {*SCREEN, "unwell_now", "risk_kind", "safety_step", "immediate_danger"}
    roles = model().roles
    until = {fact.key for o in model().obligations.values() if o.until for fact in o.until.facts}
    assert {key for key in until if key not in roles or roles[key].safety} == read_here
    asked = {
        fact.key for a in model().alerts.values() for c in (a.raise_when, a.cleared_when) for fact in c.facts
    }
    at_review = {"safety_again"}
    assert {key for key in asked if key in roles and roles[key].safety} - at_review <= read_here


STEPS = {
    "risk_kind": [
        NOT_ASKED,
        NOT_KNOWN,
        ("suicide",),
        ("abuse", "self_harm"),
        ("psychosis",),
        tuple(SCREEN.values()),
    ],
    "safety_step": [NOT_ASKED, NOT_KNOWN, "safety_plan", "keep_asking", "emergency", "same_day"],
    "immediate_danger": [NOT_ASKED, DECLINED, True, False],
}
UNWELL = [("none_of_these",), ("none_of_these", "mania"), NOT_ASKED, DECLINED]


@pytest.mark.parametrize("name", SCREEN)
def test_every_state_of_the_screen_and_its_follow_up(name):
    """Free exactly when the rule in words says so: no gate, and no open alert."""
    free = 0
    for state, unwell, kinds, step, danger in itertools.product(
        (False, True, *EMPTY), UNWELL, STEPS["risk_kind"], STEPS["safety_step"], STEPS["immediate_danger"]
    ):
        states = {
            **CLEAN,
            name: state,
            "unwell_now": unwell,
            "risk_kind": kinds,
            "safety_step": step,
            "immediate_danger": danger,
        }
        allowed = may_plan(states)
        free += allowed
        assert bool(gates(model(), facts(states), "goals")) is not allowed, states
    assert free > 5


def test_the_three_banks_that_plan_are_held_by_the_same_gates():
    for states in (
        CLEAN,
        {**CLEAN, "abuse_now": True},
        {**CLEAN, "unwell_now": NOT_ASKED},
        {**CLEAN, "safety_step": "emergency"},
    ):
        assert len({bool(gates(model(), facts(states), kind)) for kind in PLANNED}) == 1


@pytest.mark.parametrize("name", [*SCREEN, "unwell_now", "risk_kind", "safety_step", "immediate_danger"])
def test_one_state_away_from_clean_offers_come_exactly_when_they_may(name):
    role = model().roles[name]
    values = [True, False] if role.answer == "yes_no" else list(role.options)
    if role.answer == "choices":
        values = [tuple(chosen) for n in range(3) for chosen in itertools.combinations(role.options, n)]
    for state in (*values, *EMPTY):
        states = {**CLEAN, name: state}
        for kind in PLANNED:
            assert bool(offered(facts(states), kind)) is may_plan(states), (kind, states)


@pytest.mark.parametrize("state", [*ACUTE, NOT_KNOWN, DECLINED, NOT_ASKED])
def test_in_an_acute_state_nothing_is_ever_offered_whatever_step_is_recorded(state):
    unwell = state if state in EMPTY else (state,)
    for step, danger, kinds in itertools.product(
        model().roles["safety_step"].options,
        (True, False),
        [(ACUTE.get(state, "not_asked"),), tuple(model().roles["risk_kind"].options)],
    ):
        states = {
            **CLEAN,
            "unwell_now": unwell,
            "safety_step": step,
            "immediate_danger": danger,
            "risk_kind": kinds,
        }
        for kind in PLANNED:
            assert not offered(facts(states), kind), states


def raising(alert):
    """Find values of the facts that an alert reads which raise it."""
    ranges = []
    for fact in alert.raise_when.facts:
        if fact.type.kind == "yes_no":
            ranges.append([True, DECLINED])
        elif fact.type.kind == "choice":
            ranges.append([*fact.type.options, DECLINED])
        elif fact.type.kind == "choices":
            ranges.append([*((option,) for option in fact.type.options), DECLINED])
        else:
            ranges.append([1, 3])
    keys = [fact.key for fact in alert.raise_when.facts]
    for values in itertools.product(*ranges):
        states = dict(zip(keys, values, strict=True))
        found = facts(states, {})
        if alert.raise_when.truth(found.known, found.asked) is True:
            yield states


@pytest.mark.parametrize("id_", sorted(shipped().model.alerts))
def test_a_raised_alert_holds_every_plan_until_its_own_step_is_recorded(id_):
    alert = model().alerts[id_]
    raised = list(raising(alert))
    assert raised, "it can be raised"
    for states in raised:
        found = facts({**CLEAN, **states})
        assert alert in open_alerts(model(), found)
        for kind in PLANNED:
            assert not offered(found, kind), (kind, states)
        own_kind = alert.prefill.get("risk_kind", ())
        kinds = tuple(own_kind) or ("suicide",)
        followed = {
            **CLEAN,
            **states,
            "risk_kind": kinds,
            "safety_step": "safety_plan",
            "immediate_danger": False,
        }
        after = facts(followed)
        assert alert not in open_alerts(model(), after), "a step of its kind clears it"
        others = tuple(kind for kind in SCREEN.values() if kind not in kinds)
        about_others = alert in open_alerts(model(), facts({**followed, "risk_kind": others}))
        assert about_others is bool(own_kind), "a step about something else does not, where its kind is known"
        for name in ("safety_step", "risk_kind"):
            for empty in EMPTY:
                assert alert in open_alerts(model(), facts({**followed, name: empty}))
    for kind in PLANNED:
        clean = facts(CLEAN)
        assert not offered(Facts(clean.known, clean.asked, (id_,)), kind), (
            "a walk says that it is open, whatever the facts say now"
        )


def rule_out_facts():
    return sorted(
        {
            f.key
            for kind in PLANNED
            for e in model().advised(kind).values()
            for r in e.rule_out
            for f in r.when.facts
        }
    )


STEPPED = {"safety_step", "risk_kind", "immediate_danger"}
"""Asked only once something was reported: not asked is then as good as never needed, not known is not."""


@given(data=st.data())
@settings(max_examples=120)
def test_forgetting_a_fact_that_rules_out_never_adds_an_offer(data):
    names = rule_out_facts()
    states = {**CLEAN}
    for name in names:
        if name in CLEAN or name in CASE:
            continue
        states[name] = data.draw(values(model().facts[name].type), label=name)
    name = data.draw(st.sampled_from([n for n in names if n in states]))
    empty = data.draw(st.sampled_from(EMPTY[1:] if name in STEPPED else EMPTY))
    kind = data.draw(st.sampled_from(PLANNED))
    assert offered(facts({**states, name: empty}), kind) <= offered(facts(states), kind)


@pytest.mark.parametrize("name", rule_out_facts())
def test_an_entry_whose_rule_out_is_not_known_is_never_offered(name):
    for empty in EMPTY:
        found = facts({**CLEAN, name: empty})
        for kind in PLANNED:
            for offer in advise(model(), found, kind).offers:
                for rule in offer.entry.rule_out:
                    assert rule.when.truth(found.known, found.asked) is False, (offer.id, name, empty)


def values(type_):
    """Draw a value of a type."""
    if type_.kind == "yes_no":
        return st.booleans()
    if type_.kind == "choice":
        return st.sampled_from(sorted(type_.options))
    if type_.kind == "choices":
        return st.lists(st.sampled_from(sorted(type_.options)), unique=True, max_size=3).map(tuple)
    if type_.kind == "duration":
        return st.integers(0, 100).map(lambda n: Duration(n, "week"))
    return st.integers(int(type_.low or 0), int(type_.high or 100))


# The same from a walk

WALKED = {
    "problem.concern": ["panic", "low_mood"],
    "problem.age": 30,
    "safety.unwell_now": ["none_of_these"],
    **{f"safety.{name}": False for name in SCREEN},
    "conceptualization.perpetuating": {"avoidance": "the bus", "safety_behaviours": "the bottle"},
}
NOTHING = {NOT_KNOWN: {"not_known": True}, DECLINED: {"declined": True}, NOT_ASKED: {"later": True}}


def walked(states, steps=()):
    answers = {
        **WALKED,
        **{
            f"safety.{name}": NOTHING.get(state, state) if isinstance(state, str) else state
            for name, state in states.items()
        },
    }
    return Walk.replay(
        shipped().program, "planning", [Round({**answers, **dict(steps)})], settings=Settings(rest_later=True)
    )


def walk_offers(walk, kind):
    return {offer.id for offer in advise(model(), read(walk).facts, kind).offers}


def test_a_walk_with_a_clean_screen_offers_something():
    walk = walked({})
    assert walk.finished, walk.problem
    for kind in ("goals", "interventions"):
        assert walk_offers(walk, kind), kind


@pytest.mark.parametrize("name", [*SCREEN, "unwell_now"])
def test_a_walk_holds_what_bare_facts_hold(name):
    values = (
        [(option,) for option in model().roles["unwell_now"].options]
        if name == "unwell_now"
        else [True, False]
    )
    for state in (*values, *EMPTY):
        walk = walked({name: list(state) if isinstance(state, tuple) else state})
        allowed = may_plan({**CLEAN, name: state})
        for kind in PLANNED:
            assert bool(walk_offers(walk, kind)) is (allowed and bool(walk_offers(walked({}), kind))), (
                kind,
                state,
            )


@pytest.mark.parametrize("name", SCREEN)
@pytest.mark.parametrize("state", [True, NOT_KNOWN, DECLINED])
def test_a_walk_is_free_again_once_the_step_is_recorded_and_not_before(name, state):
    alert = next(
        a
        for a in model().alerts.values()
        if a.prefill.get("risk_kind") == [SCREEN[name]] and name in {f.key for f in a.raise_when.facts}
    )
    steps = {
        f"risk.risk_kind@{alert.id}": [SCREEN[name]],
        f"risk.immediate_danger@{alert.id}": False,
        f"risk.suicide_plan@{alert.id}": False,
        f"risk.safety_step@{alert.id}": "safety_plan",
    }
    # Some things are left out by the answer itself; what is offered has to be what bare facts would offer.
    bare = {
        **CLEAN,
        name: state,
        "risk_kind": (SCREEN[name],),
        "safety_step": "safety_plan",
        "immediate_danger": False,
    }
    assert may_plan(bare)
    walk = walked({name: state}, steps.items())
    assert [raised.cleared for raised in walk.alerts] == [True]
    assert walk_offers(walk, "goals")
    for lacking in steps:
        if lacking.startswith("risk.suicide_plan"):
            continue
        fewer = walked({name: state}, [(k, v) for k, v in steps.items() if k != lacking])
        for kind in PLANNED:
            assert not walk_offers(fewer, kind), lacking
    for end in ("emergency", "same_day"):
        stopped = walked({name: state}, {**steps, f"risk.safety_step@{alert.id}": end}.items())
        assert stopped.end.stop
        for kind in PLANNED:
            assert not walk_offers(stopped, kind)
    danger = walked({name: state}, {**steps, f"risk.immediate_danger@{alert.id}": True}.items())
    for kind in PLANNED:
        assert not walk_offers(danger, kind)


def test_danger_told_in_one_run_is_not_undone_by_a_run_about_something_else():
    """Danger was told about suicide, and no emergency step taken; a later run about self-harm says no danger."""
    steps = {}
    for alert, kind, danger in (("risk_suicide", "suicide", True), ("risk_self_harm", "self_harm", False)):
        steps |= {
            f"risk.risk_kind@{alert}": [kind],
            f"risk.immediate_danger@{alert}": danger,
            f"risk.suicide_plan@{alert}": False,
            f"risk.safety_step@{alert}": "safety_plan",
        }
    walk = walked({"suicidal_thoughts": True, "self_harm": True}, steps.items())
    assert walk.known["immediate_danger@risk_suicide"] is True
    for kind in PLANNED:
        assert not walk_offers(walk, kind), kind
