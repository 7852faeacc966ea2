"""Random walks through the shipped library: nothing crashes or hangs, nothing held is offered, nothing is lost."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from answering import answers
from goldenthread.session import GuidedWalk
from goldenthread.walk import Settings, UnderWayError, Walk
from small import shipped_program

UNFILLED = re.compile(r"\{[a-z][a-z0-9_.]*\}")
TODAY = dt.date(2026, 1, 5)
MOST_QUESTIONS = 400
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""A state costs a plan to look at; to make a failing walk small would cost thousands."""
ROOTS = [chart.id for chart in shipped_program().library.flowcharts.values()]


def random_walk(data, root="planning", length=60, quick=False):
    """Step through a flowchart with random answers; now and then open risk by hand."""
    quiet = data.draw(st.sampled_from([True, True, False]))
    walk = Walk.start(shipped_program(), root, settings=Settings(quick=quick))
    for _ in range(length):
        if not walk.at:
            break
        if data.draw(st.integers(0, 40)) == 40:
            with suppress(UnderWayError):
                walk = walk.open("risk")
            continue
        before = walk
        walk = walk.answer(data.draw(answers(walk, quiet=quiet)))
        if walk.problem is not None and walk.at == before.at:
            assert walk.rounds == before.rounds, "what does not fit is not kept"
            assert walk.problem.message
        else:
            assert walk.problem is None or walk.problem.key != before.at
    return walk


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=SLOW)
def test_replay_equals_stepping(data, stands):
    walk = random_walk(data, quick=data.draw(st.booleans()))
    again = Walk.replay(walk.program, walk.root, walk.rounds, settings=walk.settings)
    assert stands(again) == stands(walk)


@pytest.mark.parametrize("root", ROOTS)
@given(data=st.data())
@settings(max_examples=12, suppress_health_check=SLOW)
def test_every_flowchart_ends_or_asks(root, data):
    """Left alone, or answered at random without misfits, a walk comes to its end within a bound."""
    program = shipped_program()
    left = Walk.start(program, root, settings=Settings(rest_later=True))
    assert left.finished, left.problem
    quiet = data.draw(st.booleans())
    walk = Walk.start(program, root)
    for _ in range(MOST_QUESTIONS):
        if not walk.at or walk.round > 1:
            break
        walk = walk.answer(data.draw(answers(walk, misfits=False, quiet=quiet)))
        assert walk.at or walk.finished, walk.problem
        if walk.problem is not None:
            assert "cannot be left for later" in walk.problem.message or walk.problem.key == walk.at
            walk = walk.not_known()
            assert walk.problem is None, walk.problem
    assert walk.finished or walk.round > 1, f"still asking at {walk.at}"


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=SLOW)
def test_revising_an_answer_and_revising_it_back_is_identity(data, stands):
    walk = random_walk(data)
    passed = [key for key in walk.questions_passed() if key in walk.rounds[walk.round].answers]
    assume(passed)
    key = data.draw(st.sampled_from(passed))
    old = walk.raw(key)
    standing = walk.go_to(key)
    assume(standing.at == key)
    changed = walk.revise(key, data.draw(answers(standing)))
    if changed.problem is not None and changed.problem.key == key:
        assert stands(changed) == stands(walk)
        return
    back = changed.revise(key, old)
    assert stands(back) == stands(walk)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=SLOW)
def test_going_back_and_on_again_is_identity(data, stands):
    walk = random_walk(data)
    before = stands(walk)
    standing = walk
    for _ in range(data.draw(st.integers(1, 5))):
        standing = standing.back()
    assert stands(standing.onward()) == before
    assert stands(walk) == before


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=SLOW, phases=UNSHRUNK)
def test_questions_plans_and_reasons_can_be_had_at_any_state(data):
    walk = random_walk(data, length=data.draw(st.integers(0, 110)), quick=data.draw(st.booleans()))
    guided = GuidedWalk(walk, data.draw(st.sampled_from(["", "M. K."])), TODAY)
    look(guided)
    look(guided.begin_round() if guided.finished else guided.back())


def look(guided):
    """Read everything that a state shows, and hold it to what may never be."""
    shown = guided.question
    assert (shown is None) == (not guided.walk.at)
    assert guided.why_ask()
    plan = guided.plan()
    for place, text in texts(plan):
        assert "None" not in text.split(), (place, text)
        assert not UNFILLED.search(text), (place, text)
    kinds = ("diagnoses", "factors", "goals", "interventions", "modalities")
    open_alerts = [raised for raised in guided.walk.alerts if not raised.cleared]
    for kind in kinds:
        advice = guided.advice(kind)
        groups = [{x.entry.id for x in group} for group in (advice.offers, advice.held, advice.left_out)]
        assert sum(map(len, groups)) == len(guided.walk.program.library.advised(kind))
        assert len(set.union(*groups)) == sum(map(len, groups)), "each entry stands in one place"
        if kind in {"goals", "interventions", "modalities"} and open_alerts:
            assert not advice.offers
    if open_alerts and not (guided.walk.end and guided.walk.end.stop):
        assert plan.status == "held"
    if shown is None or guided.walk.step.type is None:
        return
    source = guided.walk.program.library.roles.get(guided.walk.node.role)
    bank = source.options_from if source and not source.listed else ""
    if bank in {"diagnoses", "goals", "modalities", "interventions"}:
        advice = guided.advice(bank)
        offered = {option.id for option in shown.options if option.state == "offered"}
        assert offered == {offer.id for offer in advice.offers}
        assert offered.isdisjoint(x.entry.id for x in (*advice.held, *advice.left_out))
    ids = [option.id for option in shown.options]
    assert len(ids) == len(set(ids))


def texts(thing, place=""):
    """Give every text inside a plan, with its place; advice is not gone into."""
    if isinstance(thing, str):
        yield place, thing
    elif isinstance(thing, tuple | list):
        for n, inner in enumerate(thing):
            yield from texts(inner, f"{place}[{n}]")
    elif is_dataclass(thing) and type(thing).__module__.startswith("goldenthread.plan"):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name), f"{place}.{field.name}")
