"""Codes of entries whose parts do not agree with each other: K001 onwards."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, bank

_GOAL = """\
fewer_attacks:
  domain: symptoms
  text: Within {{weeks}} weeks, {{client}} will have at most {{target}} attacks a week, from {{baseline}} now.
  say: Fewer attacks.
  blanks:
    weeks: {{number: 8, between: [4, 16]}}
    target: {{number: 1, between: [0, 20]}}
    baseline: {{number: 5, between: [0, 50]}}
  measure: {{count: attacks, per: week, from: baseline, to: {}}}
  time: weeks
  targets: [problem]
  objectives: [Keep a diary of attacks.]
  interventions: []
  suggest:
    - when: attacks
      because: Attacks are what the client wants to be rid of.
      basis: clinical_consensus
"""
_ROLES = bank("roles", "attacks:\n  label: attacks of panic\n  about: Sudden fear.\n  answer: yes_no\n")


def _goal(to: str) -> Sample:
    return Sample(bank("goals", _GOAL.format(to)), beside=_ROLES)


CONTENT = (
    Code(
        "K001",
        "a goal is measured by a blank that it does not have",
        "`measure` and `time` name blanks of the goal: the one with the baseline, the one with the target "
        "and the one with the time. The blank that is named here is not among `blanks`. Correct the name, "
        "or add the blank.",
        _goal("goal"),
        _goal("target"),
    ),
)
