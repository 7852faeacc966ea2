"""Codes of vignettes: V001 to V005."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, bank, flowchart

_TALK = flowchart(
    "opening:\n  number: 1.1\n  ask: Are there attacks?\n  answer: yes_no\n  next:\n"
    "    - when: opening\n      go: how_often\n    - otherwise: done\n"
    "how_often:\n  number: 1.2\n  ask: How many a week?\n  answer: number\n  between: [0, 99]\n  next: done\n"
    "done:\n  end: Begun\n",
    head="root: true\n",
)
_CASE = """\
vignette: attacks
about: Three attacks a week.
review: {status: draft}
flowchart: first_talk
answers:
  first_talk.opening: true
  first_talk.how_often: 3
expect:
  ends: first_talk.done
"""


def _case(old: str = "", new: str = "") -> Sample:
    return Sample(_CASE.replace(old, new), beside=_TALK)


VIGNETTE = (
    Code(
        "V001",
        "this file is no vignette",
        "A vignette begins with `vignette:` and its id, and this file says that it is something else. Either "
        "it lies in a folder of vignettes by mistake, or its first key is wrong. Move it, or correct the key.",
        Sample(
            bank("roles", "reason:\n  label: the reason\n  about: Why now.\n  answer: text\n"), beside=_TALK
        ),
        _case(),
    ),
    Code(
        "V002",
        "an answer that no question can take",
        "Answers are given by the full name of a question, `flowchart.node`, and have to be what the question "
        "asks for: a number within its limits, options, goals and what they are for by their ids. There is no such "
        "question, or the answer does not fit it. The help line names the nearest right name, or says what can be "
        "answered.",
        _case("first_talk.how_often: 3", "first_talk.how_often: 300"),
        _case(),
    ),
    Code(
        "V003",
        "a vignette does not come out as expected",
        "The case was walked with its answers, and what is written here under `expect:` did not come of it. "
        "Either the content has changed what it offers or asks, which may be a fault, or a clinician decides "
        "that the new outcome is right and changes what is expected.",
        _case("ends: first_talk.done", "never_passes: [first_talk.how_often]"),
        _case(),
    ),
    Code(
        "V004",
        "an answer that is never asked for",
        "The question exists, and with these answers no route comes to it. So this answer changes nothing, "
        "and the case is not the one that its author had in mind. Take it out, or change the answers that "
        "lead there.",
        _case("first_talk.opening: true", "first_talk.opening: false"),
        _case(),
    ),
    Code(
        "V005",
        "an expectation that names what there is not",
        "Under `expect:` nodes stand as `flowchart.node`, and entries of the bank and alerts by their ids. No "
        "node, entry or alert has this name, so the expectation says nothing. The help line names the nearest "
        "right one.",
        _case("ends: first_talk.done", "passes: [first_talk.how_oft]"),
        _case(),
    ),
)
