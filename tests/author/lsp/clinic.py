"""A small library of an author's own, and the view that an editor has of it and of the shipped one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goldenthread.author.lsp.atlas import Atlas, sheet
from goldenthread.author.lsp.view import View
from goldenthread.loading import Workspace
from goldenthread.trial import read_vignettes

if TYPE_CHECKING:
    from pathlib import Path

SLEEP, WORRY = "flowcharts/sleep.yaml", "flowcharts/worry.yaml"
ROLES, GOALS, CASE = "goalbank/roles/own.yaml", "goalbank/goals/own.yaml", "flowcharts/vignettes/clock.yaml"
CLINIC = {
    SLEEP: """\
flowchart: sleep_clinic
number: 40
title: Waking at night
phase: problem
purpose: Find out what wakes the client.
root: true
start: wakes
facts:
  bad: wakes and then == clock
review: {status: draft}

nodes:
  wakes:
    number: 40.1
    ask: Does the client wake at night? 😴
    as: night_waking
    next:
      - when: wakes # 😴 and on
        go: then
      - unknown: then
      - otherwise: done

  then:
    number: 40.2
    ask: What does {client} do then, with {night_waking}?
    answer: choice
    options:
      clock: look at the clock
      up: {label: get up}
    next:
      - when: bad or (known(night_waking) and sleep_clinic.then == up)
        go: worry
      - otherwise: done

  worry:
    number: 40.3
    visit: worry_clinic
    next: done

  done:
    end: It is known
""",
    WORRY: """\
flowchart: worry_clinic
number: 41
title: Worry at night
phase: problem
purpose: Find out what the client worries about.
start: score
review: {status: draft}

nodes:
  score:
    number: 41.1
    measure: gad7
    next:
      - when: >-
          gad7.band in [moderate, severe] and sleep_clinic.then == clock and avoidance in perpetuating and depressive
          in groups(working_diagnosis) and known(working_diagnosis) and count(working_diagnosis) >= 1
        go: much
      - unknown: much
      - otherwise: little

  much:
    end: Much

  little:
    end: Little
""",
    ROLES: """\
roles: own
review: {status: draft}
entries:
  night_waking:
    label: waking at night
    about: Whether the client wakes at night.
    answer: yes_no
    yes: the client wakes at night
    no: the client sleeps through
""",
    GOALS: """\
goals: own
review: {status: draft}
entries:
  leave_the_clock:
    name: Leave the clock alone
    domain: self_care_health
    diagnoses: [insomnia]
    text: Within {weeks} weeks, {client} looks at the clock on no more than {times} nights a week, from {baseline} now.
    say: Within {weeks} weeks I look at it on no more than {times} nights a week. Now it is {baseline}.
    blanks:
      weeks: {number: 6, between: [2, 12]}
      times: {number: 1, between: [0, 7]}
      baseline: {number: 5, ask: "On how many nights now?"}
    measure: {count: nights with a look at the clock, per: week, from: baseline, to: times}
    time: weeks
    better: less
    targets: [sleep_effort]
    objectives:
      - Put the clock out of sight
    interventions: [stimulus_control]
    suggest:
      - when: night_waking and insomnia in working_diagnosis
        because: The clock keeps a person awake.
        basis: clinical_consensus
""",
    CASE: """\
vignette: clock
about: Wakes at three, and looks at the clock.
review: {status: draft}
flowchart: sleep_clinic
answers:
  sleep_clinic.wakes: true
  sleep_clinic.then: clock
  worry_clinic.score: {total: 3, date: 2026-03-02}
expect:
  passes: [sleep_clinic.then, worry_clinic.score]
  ends: sleep_clinic.done
""",
}


TINY = {
    "flowcharts/tiny.yaml": """\
flowchart: tiny
number: 1
title: Tiny
phase: problem
purpose: Ask.
root: true
start: first
review: {status: draft}

nodes:
  first:
    number: 1.1
    ask: How many?
    answer: number
    between: [0, 10]
    next:
      - when: first >= 5
        go: many
      - otherwise: few

  many:
    end: Many

  few:
    end: Few
""",
    "flowcharts/vignettes/one.yaml": """\
vignette: one
about: One of them.
review: {status: draft}
flowchart: tiny
answers:
  tiny.first: 6
expect:
  ends: tiny.many
""",
}
SMALL_FAULTS = {
    "none": ("flowcharts/tiny.yaml", "", ""),
    "a number": ("flowcharts/tiny.yaml", "    number: 1.1\n", ""),
    "unreachable": ("flowcharts/tiny.yaml", "go: many", "go: few"),
    "unproven": ("flowcharts/tiny.yaml", "when: first >= 5", "when: first >= 5 and first < 3"),
    "a name": ("flowcharts/vignettes/one.yaml", "tiny.many", "tiny.manny"),
    "a form": ("flowcharts/vignettes/one.yaml", "about: One", "abut: One"),
    "an answer": ("flowcharts/vignettes/one.yaml", "first: 6", "frst: 6"),
}
"""Faults in a library by itself: in the shipped one, a proof would take long."""


def lay(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a library into a folder."""
    for name, text in (CLINIC if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def view_of(space: Workspace) -> View:
    """Give the view of a library as it lies on the disk."""
    library, _ = space.load()
    read_vignettes(space.vignettes(), space.read)
    read = {name: (tree, text) for name, (tree, _, text) in space.parsed.items()}
    sheets = {name: sheet(name, tree, text) for name, (tree, text) in read.items() if tree and text}
    return View(library, Atlas(sheets))


@cache
def shipped_view() -> View:
    """Give the view of the shipped library."""
    return view_of(Workspace())
