"""Codes of conditions that cannot be read or do not fit their facts: C001 to C006."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, flowchart

_NODES = """\
opening:
  ask: How old is the client?
  answer: number
  between: [0, 120]
  next: place
place:
  ask: Where does it happen?
  answer: choices
  options: {{home: At home, work: At work}}
  next:
    - when: {}
      go: done
    - otherwise: later
later:
  end: Ended
done:
  end: Begun
"""


def _when(condition: str) -> Sample:
    return Sample(flowchart(_NODES.format(condition)))


LANGUAGE = (
    Code(
        "C001",
        "a condition that cannot be read",
        "The condition does not follow the grammar of conditions at the marked place. It is made of names, "
        "numbers, comparisons such as `age >= 18`, `option in fact`, and the words and, or, not. Conditions "
        "do not calculate, and options are written without quotes.",
        _when("opening = 18"),
        _when("opening == 18"),
    ),
    Code(
        "C002",
        "a condition names a fact that there is not",
        "A name in the condition is no node of this flowchart, no role and no value of an instrument. A "
        "node of another flowchart is written `flowchart.node`; the bank reads roles and instruments only. "
        "The help line names the nearest fact.",
        _when("opning >= 18"),
        _when("opening >= 18"),
    ),
    Code(
        "C003",
        "a condition does not fit what can be answered",
        "The comparison makes no sense for this fact: a number is compared with an option, say, or a list "
        "of choices is used as if it were yes or no. Look at what the question is answered by. The help "
        "line shows how such a fact is compared.",
        _when("place == home"),
        _when("home in place"),
    ),
    Code(
        "C004",
        "an option that the question does not have",
        "The word that stands beside the fact is not one of its options, so the comparison could never be "
        "true. Conditions name an option by its id, not by its words. The help line names the nearest "
        "option.",
        _when("hom in place"),
        _when("home in place"),
    ),
    Code(
        "C005",
        "a number that can never be reached",
        "The number lies outside what the question or the instrument allows, or the two limits of a range "
        "stand the wrong way round. The comparison would be the same for every client. Correct the number, "
        "or the limits of the question.",
        _when("opening >= 180"),
        _when("opening >= 18"),
    ),
    Code(
        "C006",
        "a condition that is too long or too deep",
        "A condition has at most 2,000 characters and 50 levels of brackets, because a longer one can be "
        "neither read nor explained. Give parts of it a name of their own under `facts:` at the top of the "
        "flowchart, then write those names.",
        _when("(" * 51 + "opening >= 18" + ")" * 51),
        _when("(opening >= 18)"),
    ),
)
