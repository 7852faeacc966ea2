"""A small library that is sound, as files, for the tests that plant a fault in it."""

from __future__ import annotations

SMALL = {
    "flowcharts/talk.yaml": """\
flowchart: talk
number: 1
title: First talk
phase: problem
purpose: Begin.
root: true
start: reason
review: {status: draft}
facts:
  pressing: mood_score >= 8 or attacks
nodes:
  reason:
    number: 1.9
    ask: What brings you here?
    as: reason
    next: attacks
  attacks:
    number: 1.10
    ask: Are there attacks?
    as: attacks
    next: mood_score
  mood_score:
    number: 1.11a
    ask: How bad is it, from 0 to 10?
    answer: number
    between: [0, 10]
    next:
      - when: pressing
        go: score
      - otherwise: end_calm
  score:
    measure: phq2
    next: factors
  factors:
    ask: What keeps it going?
    as: perpetuating
    next: end_pressing
  end_calm:
    end: Nothing is pressing
  end_pressing:
    end: Something is pressing
""",
    "goalbank/roles/roles.yaml": """\
roles: roles
review: {status: draft}
entries:
  reason:
    label: the reason for coming
    about: Why the client comes now.
    answer: text
  attacks:
    label: attacks of panic
    about: Sudden fear.
    answer: yes_no
  perpetuating:
    label: what keeps it going
    about: The perpetuating factors.
    answer: choices
    from: perpetuating_factors
""",
    "goalbank/factors/factors.yaml": """\
factors: factors
review: {status: draft}
entries:
  avoidance:
    name: Avoidance
    p: perpetuating
    about: The client stays away from what is feared.
    maintains: Nothing new is learned.
    target: Going where the fear is.
    ask: What do you stay away from?
    say: Staying away
    interventions: [exposure]
    suggest:
      - when: attacks
        because: After attacks people stay away.
        basis: clinical_consensus
""",
    "goalbank/interventions/interventions.yaml": """\
interventions: interventions
review: {status: draft}
entries:
  exposure:
    name: Exposure
    say: Going there
    about: Going where the fear is, in steps.
    targets: [avoidance]
    suggest:
      - when: avoidance in perpetuating
        because: It undoes avoidance.
        sources: [{ref: smith2010, at: p. 3, says: Exposure works.}]
""",
    "goalbank/instruments/instruments.yaml": """\
instruments: instruments
review: {status: draft}
entries:
  phq2:
    name: Patient Health Questionnaire 2
    short: PHQ-2
    about: Two questions on mood.
    timeframe: two weeks
    items: 2
    item_between: [0, 3]
    scales:
      total:
        between: [0, 6]
        better: lower
        bands:
          - {id: low, label: low, from: 0}
          - {id: raised, label: raised, from: 3}
    licence: {status: public_domain, ship_wording: allowed}
    sources: [{ref: smith2010, at: table 1, says: The cut-off is 3.}]
""",
    "goalbank/alerts/alerts.yaml": """\
alerts: alerts
review: {status: draft}
entries:
  danger:
    text: Look at safety now.
    raise_when: phq2.total >= 5
    opens: talk
    cleared_when: known(reason)
    because: Safety comes first.
    basis: clinical_consensus
""",
    "goalbank/obligations/obligations.yaml": """\
obligations: obligations
review: {status: draft}
entries:
  safety_first:
    text: No goal before the reason is known.
    hold: [goals]
    until: known(reason)
    because: Safety comes first.
    basis: clinical_consensus
""",
    "goalbank/references/references.yaml": """\
references: references
review: {status: draft}
entries:
  smith2010:
    type: book
    title: Exposure
    author: [{family: Smith}]
    issued: 2010
    confirmed: not_seen
""",
}


def changed(path: str, old: str, new: str, files: dict[str, str] | None = None) -> dict[str, str]:
    """Give the library with one piece of text changed, which must stand there once."""
    files = dict(SMALL if files is None else files)
    assert files[path].count(old) == 1, (path, old)
    files[path] = files[path].replace(old, new)
    return files


def bank(kind: str, entries: str) -> str:
    """Give the text of a bank file around entries."""
    indented = "".join(f"  {line}\n" if line else "\n" for line in entries.strip("\n").split("\n"))
    return f"{kind}: over\nreview: {{status: draft}}\nentries:\n{indented}"
