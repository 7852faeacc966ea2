"""Codes of flowcharts that cannot be walked as they stand: G001 to G013."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, at_each_place, bank, flowchart

_TALK = """\
opening:
  number: 1.1
  ask: What brings you here?
  answer: text
  next: done
done:
  end: Begun
"""
_ROOT = "root: true\n"


def _chart(nodes: str, *, id_: str = "first_talk", phase: str = "problem", head: str = _ROOT) -> str:
    text = flowchart(nodes, head=head)
    return text.replace("flowchart: first_talk", f"flowchart: {id_}").replace(
        "phase: problem", f"phase: {phase}"
    )


def _talk(old: str = "", new: str = "", *, more: str = "") -> Sample:
    return Sample(_chart(_TALK.replace(old, new) + more))


_PLACE = """\
opening:
  number: 1.1
  ask: Does it happen at home?
  answer: yes_no
  next:
    - when: opening
      go: home
    - otherwise: away
home:
  end: It happens at home
away:
  end: It happens away from home
"""
_VISITING = "opening:\n  visit: {}\n  next: done\ndone:\n  end: Begun\n"
_CLOSING = """\
  next:
    - {when: known(second_talk.opening), go: opening, again: true}
    - otherwise: done"""
_BACK = Sample(_chart(_VISITING.format("second_talk")), beside=_chart(_TALK, id_="second_talk", head=""))
_PLACES = bank(
    "roles",
    "place:\n  label: the places\n  about: Where it happens.\n  answer: choices\n  options: {home: home, work: work}\n"
    "person:\n  label: the people\n  about: With whom it happens.\n  answer: choices\n"
    "  options: {partner: the partner, boss: the boss}\n",
)
_AT_A_PLACE = """\
opening:
  number: 2.1
  ask: What else belongs to it?
  as: {}
  next: done
done:
  end: This place is known
"""
_SAFE = """\
opening:
  number: 1.1
  ask: Is the client in danger now?
  answer: yes_no
  safety: true
  next:
    - when: opening
      go: help
    - otherwise: done
{}help:
  end: Help was called
done:
  end: Begun
"""
_GOALS = _chart(_TALK, id_="goals", phase="goals", head="")
_SCREEN = _chart(_TALK.replace("1.1", "2.1"), id_="screen", phase="safety", head="")
_SCREEN_FIRST = bank(
    "obligations",
    "screen_first:\n  text: No goals before the screen.\n  route: {to: goals, through: screen}\n"
    "  because: Safety comes first.\n  basis: clinical_consensus\n",
)
_TO_GOALS = "opening:\n{}  next: done\ngoing_on:\n  visit: goals\n  next: done\ndone:\n  end: Planned\n"
_REASON = bank("roles", "reason:\n  label: the reason\n  about: Why now.\n  answer: text\n")
_STARTED = Sample(_chart(_TALK.replace("  answer: text\n", "  as: reason\n")), beside=_REASON)

GRAPH = (
    Code(
        "G001",
        "a node that no walk comes to",
        "No edges lead from the start of the flowchart to this node, so it is never asked. Lead an edge to "
        "it from where it belongs, or take it out. What comes only after it is not named as well.",
        _talk(more="feelings:\n  number: 1.2\n  ask: How do you feel?\n  answer: text\n  next: done\n"),
        _talk(
            "next: done",
            "next: feelings",
            more="feelings:\n  number: 1.2\n  ask: How do you feel?\n  answer: text\n  next: done\n",
        ),
    ),
    Code(
        "G002",
        "a node from which no end can be reached",
        "A walk that comes here could never finish. Either the node has no `next:`, or it leads only round a "
        "circle that has no way out. Lead it to a node that says `end:`, or make it an end itself.",
        _talk("  next: done\ndone:\n  end: Begun\n", ""),
        _talk(),
    ),
    Code(
        "G003",
        "a circle that never closes a round",
        "Following these edges leads back to a node of the same round, and a walk could go round for ever. "
        "Lead the edge onward. If it begins a new round, as a review does, write `again: true` at the edge.",
        _talk("next: done", "next:\n    - when: known(opening)\n      go: opening\n    - otherwise: done"),
        _talk(
            "next: done",
            "next:\n    - when: known(opening)\n      go: opening\n      again: true\n    - otherwise: done",
        ),
    ),
    Code(
        "G004",
        "flowcharts that visit each other in a circle",
        "A flowchart runs once a round and then goes back to where it was visited from, so it cannot visit "
        "itself, neither at once nor by way of others. Take one of the visits out. To go through it again "
        "later, begin a new round with `again: true` on an edge.",
        Sample(_chart(_VISITING.format("first_talk"))),
        _BACK,
    ),
    Code(
        "G005",
        "a branch that cannot be followed",
        "A branch is read from the top, and `otherwise` stands last and once. What stands after it is never "
        "read, and an `end` leads nowhere. Put the parts in order.",
        Sample(
            _chart(
                _PLACE.replace("    - otherwise: away\n", "    - otherwise: away\n    - otherwise: home\n")
            )
        ),
        Sample(_chart(_PLACE)),
    ),
    Code(
        "G006",
        "a branch over safety that does not say where unknown goes",
        "The condition reads an answer that bears on safety. When it was not asked or is not known, "
        "`otherwise` would take the same way as a no, and missing is not safe. Add `unknown:` with the node "
        "to go to then.",
        Sample(_chart(_SAFE.format(""))),
        Sample(_chart(_SAFE.format("    - unknown: help\n"))),
    ),
    Code(
        "G007",
        "a route that breaks an obligation",
        "An obligation says that every route to one flowchart passes through another first, and the route in "
        "the note does not. Conditions are not read here: a way that edges allow counts. Visit the flowchart "
        "that is named on each way that leads there.",
        Sample(
            _chart("opening:\n  visit: goals\n  next: done\ndone:\n  end: Planned\n"),
            beside=(_SCREEN.replace("review:", "opened_by_hand: true\nreview:"), _GOALS, _SCREEN_FIRST),
        ),
        Sample(
            _chart(
                "opening:\n  visit: screen\n  next: then\nthen:\n  visit: goals\n  next: done\n"
                "done:\n  end: Planned\n"
            ),
            beside=(_SCREEN, _GOALS, _SCREEN_FIRST),
        ),
    ),
    Code(
        "G008",
        "a number that is missing or stands twice",
        "Questions are referred to by their number, on screen, on paper and in a talk between colleagues. "
        "Each question has one, and no two have the same in the whole library. A question put in between "
        "takes a letter, as in 3.2a.",
        _talk(
            "next: done",
            "next: feelings",
            more="feelings:\n  number: 1.1\n  ask: How do you feel?\n  answer: text\n  next: done\n",
        ),
        _talk(
            "next: done",
            "next: feelings",
            more="feelings:\n  number: 1.1a\n  ask: How do you feel?\n  answer: text\n  next: done\n",
        ),
    ),
    Code(
        "G009",
        "a root flowchart that never asks for what the plan reads",
        "The plan is written from roles such as the main concern, the working diagnosis and the chosen goals. "
        "A root flowchart of the phase `planning` must have a question for each, on some route, or the plan "
        "has gaps. Write `as:` with the role at the question that asks for it. A flowchart that makes no plan "
        "has another phase.",
        Sample(_chart(_TALK, phase="planning")),
        Sample(_chart(_TALK)),
    ),
    Code(
        "G010",
        "a flowchart that nothing opens",
        "No other flowchart visits this one, no alert opens it, and it is no root, so nobody will ever see "
        "it. Visit it where it belongs. If it is walked on its own, write `root: true`; if the clinician may "
        "open it at any question, write `opened_by_hand: true`.",
        Sample(_chart(_TALK, head="")),
        _talk(),
        level="warning",
    ),
    Code(
        "G011",
        "a role that no question fills",
        "Roles are what conditions and the plan read, and an answer fills one where its question says `as:`. "
        "No question says so for this role, so it is never known. Write it at the question that asks for it, "
        "or take the role out.",
        Sample(_chart(_TALK), beside=_REASON),
        _STARTED,
        level="warning",
    ),
    Code(
        "G012",
        "a round that is closed within a flowchart that another opens",
        "A round is closed for the whole walk, and the next one begins where the edge leads: the flowchart that "
        "visited this one would not be gone on with. Lead to an end here, and close the round with `again: true` "
        "in the flowchart that is walked, where it reads this one's outcome.",
        Sample(
            _chart(_TALK.replace("  next: done", _CLOSING), id_="second_talk", head=""),
            beside=_chart(_VISITING.format("second_talk")),
        ),
        Sample(
            _chart(_VISITING.format("second_talk").replace("  next: done", _CLOSING)),
            beside=_chart(_TALK, id_="second_talk", head=""),
        ),
    ),
    Code(
        "G013",
        "a list that is asked for in the run for one of its items",
        "A visit with `each` runs its flowchart once for each item of a list. A question for that list within such a "
        "run would change what is being gone through: items would be dropped, or come in between. Ask for it before "
        "the visit; what turns up in the runs is asked for after it, and run by a second visit. What an alert or the "
        "clinician's hand opens within the run begins with nothing known of what it asks for, the list as well, so "
        "that it asks under a role of its own.",
        Sample(
            _chart(_AT_A_PLACE.format("place"), id_="one_place", head=""),
            beside=(_chart(at_each_place("  next: done\n")), _PLACES),
        ),
        Sample(
            _chart(_AT_A_PLACE.format("person"), id_="one_place", head=""),
            beside=(_chart(at_each_place("  next: done\n")), _PLACES),
        ),
    ),
)
