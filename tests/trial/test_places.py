"""What comes between a question and what only decides: a run that an alert opens may tell what is read there."""

from __future__ import annotations

import pytest

from goldenthread.loading import load
from goldenthread.trial.difference import difference
from goldenthread.walk import compile_library

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


def _follows(folder, texts, talks):
    programs = []
    for n, talk in enumerate(talks):
        where = folder / str(n)
        where.mkdir()
        for m, text in enumerate((*texts, talk)):
            (where / f"{m}.yaml").write_text(text, encoding="utf-8")
        library, report = load([where], only=True)
        assert not report.errors, report.errors[0].message
        programs.append(compile_library(library))
    found = difference(*programs, walks=0)
    return {one.follows for one in found.follows}


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
