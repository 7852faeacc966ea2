"""A vignette step by step: what is asked of the learner, and what is shown after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Held, LeftOut, Offer
from goldenthread.session.explain import entry_named
from goldenthread.session.summary import summary
from goldenthread.walk import bare
from goldenthread.web.entry_rows import capital
from goldenthread.web.shelf import BANKS, Link, Shelf, node_href

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldenthread.advise import Advice
    from goldenthread.session import GuidedWalk
    from goldenthread.session.lesson import Lesson
    from goldenthread.walk import Trace

OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "diagnoses": ("diagnoses", "Which working diagnosis would you think of?", "working_diagnosis"),
    "factors": ("perpetuating_factors", "What most keeps it going?", "perpetuating"),
    "goals": ("goals", "Which goal would you put first?", ""),
    "modalities": ("modalities", "Which treatment would you offer?", "chosen_modality"),
}
"""What is predicted of a whole case: the bank, its list that suggests, the prompt, the role that was chosen."""
FEW = 16
"""So many options can be ticked; of more, a learner writes."""
_FIRST = 3


def prompts(shelf: Shelf, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give what is asked before the first question: the names to choose from, and what was written before."""
    return [
        {
            "id": kind,
            "ask": ask,
            "names": [entry.name for entry in shelf.library.advised(bank).values()],
            "value": kept.get(kind, ""),
        }
        for kind, (bank, ask, _) in OUTCOMES.items()
    ]


def phases(lesson: Lesson, number: int) -> list[dict[str, Any]]:
    """Give the phases of a lesson, each with its first question, and which one is under way."""
    made: list[dict[str, Any]] = []
    for n, asked in enumerate(lesson.questions, 1):
        round_ = f" (round {asked.round + 1})" if asked.round else ""
        name = f"{asked.phase}{round_}"
        if not made or made[-1]["name"] != name:
            made.append({"name": name, "step": n, "now": False})
    for phase in reversed(made):
        if phase["step"] <= number:
            phase["now"] = True
            break
    return made


def step(shelf: Shelf, lesson: Lesson, number: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give a question as it stands before its answer, with what was predicted of it."""
    walk = lesson.at(number)
    asked = walk.question
    options = asked.options if asked is not None else ()
    tickable = asked is not None and asked.kind in {"choice", "choices"} and 0 < len(options) <= FEW
    return {
        "question": asked,
        "number": number,
        "total": len(lesson.questions),
        "phases": phases(lesson, number),
        "options": options if tickable else (),
        "names": [option.label for option in options] if not tickable and len(options) > 1 else [],
        "predicted": kept.get("answer", []),
        "guess": kept.get("next", ""),
        "why_ask": walk.why_ask(),
        "chart": shelf.link("flowcharts", lesson.questions[number - 1].key.partition(".")[0]),
        "alerts": [raised.alert.text for raised in walk.walk.alerts if not raised.cleared],
    }


def revealed(shelf: Shelf, lesson: Lesson, number: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the vignette answered, how that fits what was predicted, and where the walk went then, and why."""
    asked = lesson.questions[number - 1]
    before, after = lesson.at(number), lesson.at(number + 1)
    line = next((line for line in summary(_in_round(lesson, number)) if line.key == asked.key), None)
    raw = bare(lesson.given(number))
    answered = {str(raw).lower()} if isinstance(raw, bool) else set(_ids(raw))
    predicted = list(kept.get("answer", ()))
    question = before.question
    labels = {option.id: option.label for option in question.options} if question is not None else {}
    labels |= {"true": "yes", "false": "no"}
    known = (
        {alert.alert.id for alert in before.walk.alerts} if before.walk.round == after.walk.round else set()
    )
    return {
        "in_this_case": line.said if line is not None else "",
        "offered": [view for view in question.options if view.state == "offered"][:_FIRST]
        if question
        else [],
        "you": [labels.get(one, one) for one in predicted],
        "agreed": bool(predicted) and set(predicted) == answered,
        "partly": bool(set(predicted) & answered) and set(predicted) != answered,
        "ticked": bool(predicted) and all(one in labels for one in predicted),
        "way": list(_way(shelf, lesson.after(number))),
        "raised": [raised.alert.text for raised in after.walk.alerts if raised.alert.id not in known],
        "told": after.question.told if after.question is not None else (),
        "following": _following(shelf, lesson, number, after),
        "end": after.walk.end if number == len(lesson.questions) else None,
    }


def _in_round(lesson: Lesson, number: int) -> GuidedWalk:
    """Give the walk just after a question, standing in the same round."""
    after = lesson.at(number + 1)
    if after.walk.round == lesson.questions[number - 1].round:
        return after
    return lesson.at(number)


def _ids(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        yield from (str(key) for key in raw)
    elif isinstance(raw, list | tuple):
        yield from (str(one.get("id", "")) if isinstance(one, dict) else str(one) for one in raw)
    elif raw is not None:
        yield str(raw)


def _way(shelf: Shelf, traces: Sequence[Trace]) -> Iterator[Link]:
    """Give the steps from a question to the next that have a reason, each with the condition that led on."""
    for trace in traces:
        edge = trace.edge
        if edge is None or edge.kind == "next":
            continue
        words = edge.when.say() if edge.when is not None else edge.say()
        lead = "since " if edge.when is not None else ""
        link = shelf.link("flowcharts", trace.key)
        yield replace(link, note=f"{lead}{words}")


def _following(shelf: Shelf, lesson: Lesson, number: int, after: GuidedWalk) -> Link | None:
    if number >= len(lesson.questions):
        return None
    asked = after.question
    node = shelf.library.node(lesson.questions[number].key.partition("@")[0])
    words = f"{asked.number} {asked.ask}" if asked is not None else ""
    return Link(words, node_href(node.key) if node is not None else "")


def outcome(shelf: Shelf, lesson: Lesson, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Hold what was predicted of a case against what is offered at its end, and what was chosen in it."""
    return [_outcome(shelf, lesson.whole, kind, kept.get(kind, "")) for kind in OUTCOMES]


def _outcome(shelf: Shelf, walk: GuidedWalk, kind: str, predicted: str) -> dict[str, Any]:
    bank, ask, role = OUTCOMES[kind]
    advice = walk.advice(bank)
    chosen = walk.reading.options(role) if role else [_goal_name(shelf, goal) for goal in walk.walk.goals()]
    return {
        "title": BANKS[kind].title,
        "ask": ask,
        "you": predicted,
        "verdict": _verdict(shelf, advice, predicted) if predicted else "",
        "offers": [
            {"link": shelf.link(kind, offer.id), "band": offer.band, "because": offer.because[0].text}
            for offer in advice.offers[:_FIRST]
        ],
        "more": max(len(advice.offers) - _FIRST, 0),
        "held": next((held.why for held in advice.held if held.suggested), "") if not advice.offers else "",
        "chosen": [capital(words) for words in chosen],
    }


def _goal_name(shelf: Shelf, goal: Any) -> str:
    found = shelf.library.goals.get(goal.id)
    return found.name if found is not None else goal.own or goal.id


def _verdict(shelf: Shelf, advice: Advice, words: str) -> str:
    """Say how the guide stands to what was predicted."""
    entry = entry_named(shelf.library, words)
    found = advice.find(entry.id) if entry is not None else None
    match found:
        case Offer(rank=1):
            return "The guide offers it first."
        case Offer():
            return f"The guide offers it in place {found.rank}: {found.because[0].text}"
        case Held():
            asks = ", ".join(str(ask) for ask in found.ask_first[:3])
            return f"The guide holds it: {found.why}" + (f" Ask first: {asks}." if asks else "")
        case LeftOut(because=reasons) if reasons:
            return f"The guide leaves it out: {reasons[0]}"
        case LeftOut():
            return "The guide leaves it out: nothing here suggests it."
    return "The library has nothing of that name, so compare it yourself."
