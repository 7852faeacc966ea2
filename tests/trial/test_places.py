"""What comes between a question and what only decides: a run that an alert opens may tell what is read there."""

from __future__ import annotations

import pytest

from goldenthread.loading import load
from goldenthread.trial.differ import LATER_SETTINGS, Differ
from goldenthread.trial.difference import difference
from goldenthread.walk import Round, compile_library

_ROLES = """\
roles: test
review: {status: draft}
entries:
  low: {label: low mood, about: How it is., answer: yes_no}
  step: {label: a step, about: What is done., answer: yes_no}
"""
_ALERT = """\
alerts: test
review: {status: draft}
entries:
  low_mood:
    {text: Look., raise_when: low, opens: look, cleared_when: step, because: It is so., basis: clinical_consensus}
"""
_LOOK = """\
flowchart: look
title: Look
phase: problem
purpose: It is for a test.
start: now
review: {status: draft}
nodes:
  now: {number: 2.1, ask: Is a step taken?, as: step, next: done}
  done: {end: Done}
"""
_TALK = """\
flowchart: talk
title: Talk
phase: problem
purpose: It is for a test.
root: true
start: a
review: {status: draft}
nodes:
  a: {number: 1.1, ask: Is the mood low?, as: low, next: %s}
  d: {decide: Was a step taken?, next: [{when: step, go: one}, {otherwise: two}]}
  e: {decide: Is it so?, next: [{when: step, go: three}, {otherwise: two}]}
  one: {end: One}
  two: {end: Two}
  three: {end: Three}
"""


def _difference(folder, texts, talks, walks=0):
    programs = []
    for n, talk in enumerate(talks):
        where = folder / str(n)
        where.mkdir()
        for m, text in enumerate((*texts, talk)):
            (where / f"{m}.yaml").write_text(text, encoding="utf-8")
        library, report = load([where], only=True)
        assert not report.errors, report.errors[0].message
        programs.append(compile_library(library))
    return difference(*programs, roots=["talk"], walks=walks)


def _follows(folder, texts, talks):
    return {one.follows for one in _difference(folder, texts, talks).follows}


@pytest.mark.parametrize(("alert", "follows"), [((_ALERT, _LOOK), "outcome"), ((), "nothing")])
def test_what_a_run_in_between_tells_is_not_overlooked(tmp_path, alert, follows):
    talks = [_TALK % "d", _TALK % "e"]
    assert _follows(tmp_path, (_ROLES, *alert), talks) == {follows}


def test_many_that_only_decide_are_seen_through_in_no_time(tmp_path):
    ways = "".join(
        f"  d{n}: {{decide: Which?, next: [{{when: q{n}, go: s{n}}}, {{otherwise: d{n + 1}}}]}}\n"
        f"  s{n}: {{decide: Which?, next: d{n + 1}}}\n"
        for n in range(20)
    )
    asked = "".join(
        f"  q{n}: {{number: 2.{n + 1}, ask: Is it {n}?, answer: yes_no, next: q{n + 1}}}\n" for n in range(20)
    )
    last = "  d20: {decide: Which?, next: [{when: q0, go: one}, {otherwise: two}]}\n"
    nodes = asked + "  q20: {number: 3.1, ask: Is it?, answer: yes_no, next: d0}\n" + ways + last
    talk = _TALK % "q0" + nodes
    edited = talk.replace("when: q3, go: s3", "when: not q3, go: s3")
    assert _follows(tmp_path, (_ROLES,), [talk, edited]) == {"nothing"}


_BEHIND = """\
  d: {decide: Was a step taken?, next: [{when: step, go: one}, {otherwise: two}]}
  e: {decide: Is it so?, next: [{when: not step, go: two}, {unknown: two}, {otherwise: one}]}
  f: {decide: Is it so?, next: [{when: step, go: one}, {otherwise: d}]}
"""


@pytest.mark.parametrize("ways", [("d", "e"), ("f", "e"), ("d", "f")])
def test_what_decides_behind_an_alert_is_looked_through(tmp_path, unwalked, ways):
    talk = _TALK.replace(_TALK[_TALK.index("  d:") : _TALK.index("  one:")], _BEHIND)
    assert _follows(tmp_path, (_ROLES, _ALERT, _LOOK), [talk % way for way in ways]) == {"nothing"}


@pytest.mark.parametrize(
    ("decides", "follows"),
    [
        ("[{when: low, go: one}, {otherwise: one}]", "nothing"),
        ("[{when: low and not low, go: two}, {otherwise: one}]", "nothing"),
        ("[{when: step, go: two}, {otherwise: one}]", "outcome"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_only_decides_and_is_new_or_lost_shows_where_it_is_come_to(
    tmp_path, unwalked, decides, follows, turned
):
    talks = [_TALK % "one", _TALK % "g" + f"  g: {{decide: Which?, next: {decides}}}\n"]
    assert _follows(tmp_path, (_ROLES, _ALERT, _LOOK), talks[::-1] if turned else talks) == {follows}


def test_a_round_that_closes_at_once_hears_nothing_out(tmp_path):
    """What was raised is heard out before what decides whether the round closes, and not where nothing does."""
    at_once = "[{when: low, go: a, again: true}, {otherwise: two}]"
    before = _TALK % "g" + f"  g: {{decide: Again?, next: {at_once}}}\n"
    for n, (alert, follows) in enumerate([((_ALERT, _LOOK), "outcome"), ((), "nothing")]):
        folder = tmp_path / str(n)
        folder.mkdir()
        assert _follows(folder, (_ROLES, *alert), [before, _TALK % at_once]) == {follows}


def test_an_answer_is_not_refused_where_no_branch_leads_on(tmp_path):
    way = "[{when: low, go: %s}, {when: not low, go: two}]"
    same = "  f: {decide: Was a step taken?, next: [{when: step, go: one}, {otherwise: two}]}\n"
    found = _difference(tmp_path, (_ROLES,), [_TALK % (way % name) + same for name in ("d", "f")])
    differ = Differ(found.before, found.after, found.renames, ())
    stuck = [Round({"talk.a": {"not_known": True}})]
    for make in (differ.forward, differ.backward):
        assert not differ.changes(make("talk", stuck, LATER_SETTINGS))
