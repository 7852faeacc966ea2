"""Codes of what is proven: answers that do what none may, and things that no answers do: P001 to P017."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, at_each_place, bank, flowchart

_ROOT = "root: true\n"
_HOME = """\
opening:
  number: 1.1
  ask: Does it happen at home?
  answer: yes_no
  next:
    - when: opening
      go: home
{}home:
  end: It happens at home
away:
  end: It happens away from home
"""
_NOT_HOME = "    - when: not opening\n      go: away\n"
_UNKNOWN = "    - unknown: away\n"


def _chart(nodes: str, *beside: str, head: str = _ROOT) -> Sample:
    first = nodes.partition(":")[0]
    return Sample(flowchart(nodes, head=head).replace("start: opening", f"start: {first}"), beside=beside)


_PAIN = """\
opening:
  number: 1.1
  ask: How strong is the pain, from 0 to 10?
  answer: number
  between: [0, 10]
  next:
    - when: opening > {}
      go: {}
    - when: opening > {}
      go: {}
    - otherwise: mild
strong:
  end: Strong pain
unbearable:
  end: Unbearable pain
mild:
  end: Mild pain
"""
_PLACES = """\
opening:
  number: 1.1
  ask: Does the client work?
  answer: yes_no
  next:
    - when: {}
      go: places
    - otherwise: elsewhere
places:
  number: 1.2
  ask: Where does it happen?
  answer: choices
  options:
    home: at home
    work: {{label: at work, when: {}}}
  at_least: {}
  next:
    - when: home in places
      go: done
    - otherwise: elsewhere
elsewhere:
  end: Elsewhere
done:
  end: At home
"""
_REASON = bank("roles", "reason:\n  label: the reason\n  about: Why now.\n  answer: text\n")
_ASKED = """\
opening:
  number: 1.1
  ask: Why now?
  as: reason
  next: {}
again:
  number: 1.2
  ask: What is it that brings you now?
  as: reason
  next: note
{}note:
  tell: "Write it down as it was said: {{reason}}."
  next: done
done:
  end: Begun
"""
_PASSED_BY = """\
known:
  decide: Is the reason known?
  next:
    - when: known(reason)
      go: note
    - otherwise: again
"""
_SLEEP = """\
sleep:
  number: 1.1
  ask: Is sleep poor?
  answer: yes_no
  next: {}
"""
_READS = """\
branch:
  decide: Is sleep poor?
  next:
    - when: sleep
      go: diary
    - otherwise: {}
diary:
  tell: A sleep diary helps.
  next: {}
"""
_LAST = "done:\n  end: Begun\n"
_OPENING = "opening:\n  number: 1.1\n  ask: {}\n  as: {}\n  next: done\ndone:\n  end: Begun\n"
_DAYS = bank(
    "roles",
    "outings:\n  label: outings in a week\n  about: How often the client goes out.\n  answer: number\n  between: "
    "[0, 30]\n",
)
_DAYS_ASKED = flowchart(_OPENING.format("How often do you go out in a week?", "outings"), head=_ROOT)
_OUT = """\
goes_out:
  name: Goes out
  p: protective
  about: The client leaves the house.
  ask: Does the client go out?
  say: Going out
  suggest:
    - {{when: {}, because: Going out helps., basis: clinical_consensus}}
{}"""
_AGAINST = "  rule_out:\n    - {{when: {}, because: It is too little to count., basis: clinical_consensus}}\n"
_ALERT = """\
indoors:
  text: Ask about safety now.
  raise_when: {}
  opens: safety
  cleared_when: {}
  because: Nobody sees this client.
  basis: clinical_consensus
"""
_SAFE = bank(
    "roles", "safe:\n  label: safety at home\n  about: Whether the client is safe.\n  answer: yes_no\n"
)
_SAFETY = (
    flowchart(_OPENING.format("Are you safe at home?", "safe").replace("1.1", "2.1"))
    .replace("flowchart: first_talk", "flowchart: safety")
    .replace("phase: problem", "phase: safety")
)
_HOLDING = """\
out_first:
  text: Nothing is offered before the client goes out.
  hold: [factors]
  until: {}
  because: It comes first.
  basis: clinical_consensus
"""
_OBLIGATION = """\
known_first:
  text: Nothing is offered while the outings are not known.
  never:
    offer: [factors]
    while: not known(outings)
  because: It would be a guess.
  basis: clinical_consensus
"""
_PLACE = bank(
    "roles",
    "place:\n  label: the places\n  about: Where it happens.\n  answer: choices\n  options: {home: home, work: "
    "work, street: the street, shops: the shops, train: the train, school: school, park: the park}\n",
)
_EACH = at_each_place("  max: 7\n  next:\n    - when: {}\n      go: done\n    - otherwise: done\n")
_ONE_PLACE = (
    flowchart(
        "afraid:\n  number: 2.1\n  ask: How afraid is the client there?\n  answer: number\n"
        "  between: [0, 10]\n  next: done\n"
        "done:\n  end: This place is known\n"
    )
    .replace("flowchart: first_talk", "flowchart: one_place")
    .replace("start: opening", "start: afraid")
)


def _factor(suggest: str, rule_out: str = "", more: str = "", *beside: str) -> Sample:
    against = _AGAINST.format(rule_out) if rule_out else ""
    entry = bank("factors", _OUT.format(suggest, against + more))
    return Sample(entry, beside=(_DAYS, _DAYS_ASKED, *beside))


def _alert(raise_when: str, cleared_when: str = "known(safe)") -> Sample:
    alert = bank("alerts", _ALERT.format(raise_when, cleared_when))
    return Sample(alert, beside=(_DAYS, _DAYS_ASKED, _SAFE, _SAFETY))


def _obliged(suggest: str) -> Sample:
    entry = bank("factors", _OUT.format(suggest, ""))
    return Sample(bank("obligations", _OBLIGATION), beside=(entry, _DAYS, _DAYS_ASKED))


def _held(until: str) -> Sample:
    entry = bank("factors", _OUT.format("outings > 3", ""))
    return Sample(bank("obligations", _HOLDING.format(until)), beside=(entry, _DAYS, _DAYS_ASKED))


PROOF = (
    Code(
        "P001",
        "a node that no answers come to",
        "Edges lead to this node, and there are no answers with which one of them is taken: whatever is answered, "
        "something before it leads elsewhere. Mend what leads here, or take the node out. What comes only after it "
        "is not named as well.",
        _chart(
            _HOME.format(_NOT_HOME + _UNKNOWN + "    - otherwise: elsewhere\n")
            + "elsewhere:\n  end: Elsewhere\n"
        ),
        _chart(_HOME.format(_NOT_HOME + _UNKNOWN)),
    ),
    Code(
        "P002",
        "a branch that no answers take",
        "Branches are read from the top, and the first that is true is taken. Either this condition is never true "
        "where it stands, or something above it is true whenever it is; then the answers that are shown make both "
        "true. Put the narrower condition first, mend it, or take it out.",
        _chart(_PAIN.format(5, "strong", 8, "unbearable")),
        _chart(_PAIN.format(8, "unbearable", 5, "strong")),
    ),
    Code(
        "P003",
        "a branch that does not lead on with all answers",
        "A branch may do without `otherwise` where one of its conditions is true whatever was answered. Here it is "
        "not: with the answers that are shown the walk has nowhere to go. What was asked and is not known, or was "
        "left for later, makes a condition neither true nor false. End the branch with `otherwise`, or add what is "
        "missing.",
        _chart(_HOME.format(_NOT_HOME)),
        _chart(_HOME.format(_NOT_HOME + _UNKNOWN)),
    ),
    Code(
        "P004",
        "a question that offers fewer options than it demands",
        "Options with a `when` are on offer only where it is not false, and options that come from another answer "
        "only where they were chosen there. With the answers that are shown, too few are left for what `at_least` "
        "demands, so nothing that is answered fits. Demand fewer, or add an option that is always on offer.",
        _chart(_PLACES.format("known(opening)", "opening", 2)),
        _chart(_PLACES.format("known(opening)", "opening", 1)),
    ),
    Code(
        "P005",
        "an option that is never on offer",
        "The option's `when` is false with all answers that lead to its question, so nobody can ever choose it. "
        "Mend the condition, or take the option out.",
        _chart(_PLACES.format("not opening", "opening", 1)),
        _chart(_PLACES.format("known(opening)", "opening", 1)),
    ),
    Code(
        "P006",
        "a question that asks again for what is known",
        "Two questions fill the same role, and with the answers that are shown the second is asked after the first "
        "was answered: the client hears the same question twice, and the later answer counts. Lead past the second "
        "where the role is known, or give it a role of its own.",
        _chart(_ASKED.format("again", ""), _REASON),
        _chart(_ASKED.format("known", _PASSED_BY), _REASON),
    ),
    Code(
        "P007",
        "a condition that reads what cannot be known there",
        "Questions are asked in the order of the edges, and on no route is the one that this condition reads asked "
        "before the walk comes here, so that it is never known. Ask it earlier, or read something else. What a "
        "flowchart asks once an item is forgotten after each run: what was told for one item is no fact about the "
        "others. `any_of(…)` and `all_of(…)` read it of all of them.",
        _chart(_READS.format("sleep", "sleep") + _SLEEP.format("done") + _LAST),
        _chart(_SLEEP.format("branch") + _READS.format("done", "done") + _LAST),
    ),
    Code(
        "P008",
        "a question whose answer nothing reads",
        "No condition reads this answer, no text names it, and it fills no role that the plan prints: the client's "
        "time is spent, and nothing comes of it. Give the question a role that the plan reads, read it in a "
        "condition, or take it out.",
        _chart(_SLEEP.format("done") + _LAST),
        _chart(_SLEEP.format("branch") + _READS.format("done", "done") + _LAST),
        level="warning",
    ),
    Code(
        "P009",
        "an entry that no answers offer",
        "Whatever is answered, none of the entry's `suggest` comes true, or something holds it back: it is read and "
        "reviewed, and nobody ever sees it offered. Mend its conditions, or take it out.",
        _factor("outings > 4 and outings < 3"),
        _factor("outings > 2 and outings < 5"),
    ),
    Code(
        "P010",
        "a reason against an entry that never comes true",
        "No answers make this condition true, so the entry is never left out because of it. Most often a number or "
        "an option is wrong, and what was meant to protect a client does not. Mend the condition, or take it out.",
        _factor("outings > 2", "outings > 4 and outings < 3"),
        _factor("outings > 2", "outings > 6"),
    ),
    Code(
        "P011",
        "an alert that no answers raise",
        "No answers make its `raise_when` true at the end of a question, so the alert never opens its flowchart. "
        "What was meant to keep a client safe does not. Mend the condition.",
        _alert("outings < 1 and outings > 2"),
        _alert("outings < 1"),
    ),
    Code(
        "P012",
        "an entry that rules itself out",
        "Wherever something suggests this entry, one of its reasons against it is true as well or cannot be known "
        "to be false, so the two contradict each other. Mend one of the two. An entry that is listed only for the "
        "reason against it says `never_offered: true`.",
        _factor("outings > 2", "outings > 1"),
        _factor("outings > 2", "outings > 6"),
    ),
    Code(
        "P013",
        "an obligation that is broken",
        "An obligation says what may never happen, or what an answer must lead to, while its condition is not known "
        "to be false. With the answers that are shown it happens all the same. Mend what offers or leads there; an "
        "obligation is weakened only by those who answer for it.",
        _obliged("not answered(outings) or outings > 2"),
        _obliged("outings > 2"),
    ),
    Code(
        "P014",
        "a question that the proof left open",
        "Neither answers that do it were found, nor was it shown that there are none. How several runs of one "
        "flowchart differ, for several items, is followed exactly only where every kind of walk can be walked; "
        "where there are too many, what rests on it can stay open. Look at it by hand, or write the condition so "
        "that one item decides it.",
        _chart(
            _EACH.format(" and ".join(f"any_of(one_place.afraid == {n})" for n in range(1, 9))),
            _PLACE,
            _ONE_PLACE,
        ),
        _chart(_EACH.format("any_of(one_place.afraid >= 5)"), _PLACE, _ONE_PLACE),
        level="warning",
    ),
    Code(
        "P015",
        "an entry that is said never to be offered, and is",
        "`never_offered: true` says that an entry is in the bank only so that the reason against it is seen when "
        "somebody looks for it. With the answers that are shown it is offered. Add the reason against it that is "
        "missing, or take `never_offered` out.",
        _factor("outings > 2", "outings > 6", "  never_offered: true\n"),
        _factor("outings > 2", "outings > 1", "  never_offered: true\n"),
    ),
    Code(
        "P016",
        "an alert that no answers clear",
        "Answers raise the alert, and whatever is said in the flowchart that it opens, `cleared_when` is not true at "
        "the end of that run. So goals, interventions and modalities stay held for good. Most often the condition "
        "reads what is asked elsewhere, or what raised the alert and does not change. Mend it, or ask for what it "
        "reads in that flowchart.",
        _alert("outings < 1", "outings >= 1"),
        _alert("outings < 1"),
    ),
    Code(
        "P017",
        "an obligation that no answers meet",
        "Whatever is answered, `until` is not true, so that what the obligation holds is never offered. Mend the "
        "condition, or ask for what it reads. Entries that are held by nothing else are not named as well.",
        _held("outings < 1 and outings > 2"),
        _held("outings > 2"),
    ),
)
