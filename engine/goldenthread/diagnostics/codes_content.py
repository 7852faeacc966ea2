"""Codes of entries whose parts do not agree with each other: K001 to K010."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, bank, flowchart

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
_TALK = flowchart(
    "opening:\n  number: 1.1\n  ask: Are there attacks?\n  as: attacks\n  next: done\ndone:\n  end: Begun\n",
    head="root: true\n",
)
_SOUND = _GOAL.format("target").replace(
    "Fewer attacks.", "At most {target} attacks a week within {weeks} weeks, not {baseline}."
)


def _goal(to: str) -> Sample:
    return Sample(bank("goals", _GOAL.format(to)), beside=_ROLES)


def _with(old: str, new: str) -> Sample:
    return Sample(bank("goals", _SOUND.replace(old, new)), beside=(_ROLES, _TALK))


_MOOD = """\
mood3:
  name: Mood in three items
  short: MOOD-3
  about: Mood.
  timeframe: the last week
  items: 3
  item_between: [0, 3]
  {}scales:
    total:
      between: [0, 9]
      better: lower
      bands:
        - {{id: low, label: low, from: {}}}
        - {{id: raised, label: raised, from: {}}}
  licence: {{status: public_domain, ship_wording: {}}}
  sources: [{{ref: a_book, at: page 1, says: It measures mood.}}]
"""
_BOOK = bank("references", "a_book: {type: book, title: A book, issued: 2020, confirmed: not_seen}\n")
_WORDING = "wording: [How low were you?, How tired were you?, How hopeless were you?]\n  "


def _mood(first: int = 0, second: int = 5, *, wording: str = "", ship: str = "allowed") -> Sample:
    return Sample(bank("instruments", _MOOD.format(wording, first, second, ship)), beside=_BOOK)


_FACTOR = bank(
    "factors",
    "avoidance:\n  name: Avoidance\n  p: perpetuating\n  about: Staying away.\n  maintains: Nothing new is learned.\n"
    "  target: Going there.\n  ask: What is avoided?\n  say: Staying away\n  interventions: []\n"
    "  suggest:\n    - {when: attacks, because: Attacks make people stay away., basis: clinical_consensus}\n",
)


def _targets(target: str) -> Sample:
    text = bank("goals", _SOUND.replace("[problem]", f"[{target}]"))
    return Sample(text, beside=(_FACTOR, _ROLES, _TALK))


def _asked(name: str) -> Sample:
    text = _TALK.replace("Are there attacks?", "Tell me about {" + name + "}.")
    return Sample(text, beside=_ROLES)


def _age(answer: str) -> Sample:
    role = f"age:\n  label: the age\n  about: Age in years.\n  answer: {answer}\n"
    return Sample(bank("roles", role), beside=_TALK.replace("as: attacks", "as: age"))


def _danger(prefilled: str) -> Sample:
    alert = (
        "danger:\n  text: Look at safety now.\n  raise_when: attacks\n  opens: first_talk\n"
        f"  cleared_when: known(attacks)\n  prefill: {{opening: {prefilled}}}\n  because: Safety comes first.\n"
        "  basis: clinical_consensus\n"
    )
    return Sample(bank("alerts", alert), beside=(_ROLES, _TALK))


def _rests(source: str) -> Sample:
    """Give a factor that rests on a work with a later one in its place."""
    works = "a_book: {type: book, title: A book, issued: 2001, confirmed: seen, superseded_by: a_new_book}\n"
    works += "a_new_book: {type: book, title: A new book, issued: 2020, confirmed: seen}\n"
    text = _FACTOR.replace("p: perpetuating", "p: protective")
    for key in ("maintains", "target", "interventions"):
        text = "\n".join(line for line in text.splitlines() if not line.strip().startswith(f"{key}:")) + "\n"
    text = text.replace("basis: clinical_consensus}", f"sources: [{source}]}}")
    return Sample(text, beside=(bank("references", works), _ROLES, _TALK))


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
    Code(
        "K002",
        "a blank of a goal that is not described or not used",
        "What stands in {braces} in a goal's `text` and `say` is a blank, and each is described under `blanks:` "
        "so that somebody can fill it. This one is not described, or it is described and stands nowhere. "
        "Correct the name, or add what is missing.",
        _with("{weeks} weeks, {client}", "{weks} weeks, {client}"),
        _with("", ""),
    ),
    Code(
        "K003",
        "the two texts of a goal do not have the same blanks",
        "`text` is what the plan says and `say` is what the client reads, and both are the same goal. One of "
        "them lacks a blank that the other has, so the client would agree to something else. Write the blank "
        "into both.",
        _with(", not {baseline}", ""),
        _with("", ""),
        level="warning",
    ),
    Code(
        "K004",
        "a text names something that nothing can fill",
        "What stands in {braces} in a text is filled with what was answered: a role, `flowchart.node`, "
        "`client` or `item`. There is nothing of this name, so the reader would see a gap. Correct the name.",
        _asked("atacks"),
        _asked("attacks"),
    ),
    Code(
        "K005",
        "the numbers of an instrument do not hold together",
        "Bands stand in order from the lowest score up, the first begins at the lowest score, and all lie "
        "within the range of their scale. Items that are named must exist. Hold the numbers against the "
        "published scoring of the instrument.",
        _mood(5, 0),
        _mood(),
    ),
    Code(
        "K006",
        "the words of an instrument may not ship",
        "The wording of many questionnaires is under copyright, and the licence that is stated here does not "
        "allow it to be passed on. Take `wording` out: the questionnaire is then filled in on paper and its "
        "scores are entered. Where the licence does allow it, write `ship_wording: allowed`.",
        _mood(wording=_WORDING, ship="never"),
        _mood(ship="never"),
    ),
    Code(
        "K007",
        "a thread that can never be whole",
        "The thread runs from a factor to a goal that acts on it, and from the goal to a treatment that holds "
        "one of its interventions. No goal acts on this factor, or no treatment serves this goal. Add the "
        "factor to a goal's `targets`, or one of the goal's interventions to a modality.",
        _targets("problem"),
        _targets("avoidance"),
        level="warning",
    ),
    Code(
        "K008",
        "a role is answered in another way than the plan reads it",
        "Some roles are read by the engine itself, which counts on the kind of answer: the age is a number, "
        "the working diagnosis a list of choices. This one is answered in another way. Correct `answer:`, or "
        "give a role of your own another id.",
        _age("text"),
        _age("number"),
    ),
    Code(
        "K009",
        "an answer put forward that its question cannot take",
        "Under `prefill:` an alert puts answers forward for the questions of the flowchart that it opens. This "
        "one is not what the question asks for, or names an option that it does not have. Write it as a "
        "clinician would answer it.",
        _danger("perhaps"),
        _danger("true"),
    ),
    Code(
        "K010",
        "claims rest on a work that a later one has superseded",
        "A reference says under `superseded_by` which later work stands in its place, and claims still cite the "
        "earlier one. It is reported once a work, at the first place that cites it. Hold each claim against the "
        "later work and cite that; where the earlier one is to stay, say why under `kept:` of the source.",
        _rests("{ref: a_book, at: page 1, says: People stay away.}"),
        _rests("{ref: a_book, at: page 1, says: People stay away., kept: The new book leaves this out.}"),
        level="warning",
    ),
)
