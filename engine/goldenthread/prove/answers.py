"""The answers that a question can be given, as few as tell every condition apart.

Two answers are the same to the library when no condition can tell them apart. Of each kind one answer stands here,
made by the question's own fit, so that what it makes known is what the walk would record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.prove.scored import numbers, over_time, scores_of, stem_of
from goldenthread.score import change
from goldenthread.walk import Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goldenthread.language import Type
    from goldenthread.model import Instrument
    from goldenthread.prove.reading import Atom
    from goldenthread.score import Score
    from goldenthread.walk.program import Step

A_DAY = "2026-01-05"
Totals = frozenset[tuple[str, float]]
"""The totals of a score by scale."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as written, and what it makes known. What was known of `left_out` is no answer any more.

    Of a score whose change is read `totals` has its own, and `before` those of the first one, where it is a later one.
    """

    raw: Any
    known: Mapping[str, Any]
    asked: Mapping[str, str] = field(default_factory=dict)
    totals: Totals = frozenset()
    before: Totals | None = None
    left_out: frozenset[str] = frozenset()


def values_of(type_: Type, atoms: Sequence[Atom], step: float | None = None) -> Iterator[Any]:
    """Give raw values of a type, among them one of every kind that the atoms tell apart; not for choices."""
    match type_.kind:
        case "yes_no":
            yield from (True, False)
        case "choice":
            yield from type_.options
        case "number":
            yield from numbers(type_, [cut for atom in atoms for cut in atom.cuts], step)
        case "duration":
            yield from _durations([cut for atom in atoms for cut in atom.cuts])
        case "date":
            yield A_DAY
        case "goals":
            most = max((cut for atom in atoms for cut in atom.cuts), default=1)
            names = list(type_.options)
            for count in range(int(most) + 3):
                made: list[Any] = [*names[:count]]
                yield made + [{"own": f"our own goal {n}"} for n in range(count - len(made))]
        case _:
            yield "words"


def _durations(cuts: Iterable[float]) -> Iterator[str]:
    found = {1.0}
    for cut in cuts:
        whole = float(int(cut))
        found |= {cut, whole - 1, whole, whole + 1, whole + 2}
    yield from (f"{days:g} days" for days in sorted(found) if days >= 0)


def listed(step: Step, instrument: Instrument | None, atoms: Mapping[str, Sequence[Atom]]) -> list[Answer]:
    """Give the answers of a question other than choices. What no condition tells apart stands once."""
    made = _plain(step, atoms) if instrument is None else _scores(step, instrument, atoms)
    kinds: dict[Any, Answer] = {}
    for answer in made:
        kinds.setdefault(_kind(step, answer, atoms), answer)
    return list(kinds.values())


def _kind(step: Step, answer: Answer, atoms: Mapping[str, Sequence[Atom]]) -> Any:
    """Give what tells an answer apart: the truth of every condition that reads it, and what else makes a difference.

    Of an option that is its name; of goals, for each of which a flowchart may run, whether they are none, one or more.
    """
    kind = step.type.kind if step.type is not None else ""
    named = answer.raw if kind == "choice" else min(len(answer.raw), 2) if kind == "goals" else ""
    read = tuple(
        (key, n, atom.truth(answer.known, answer.asked))
        for key in (*answer.known, *answer.asked)
        for n, atom in enumerate(atoms.get(key, ()))
    )
    # What a later score is held against is told apart by its totals.
    held = answer.totals if answer.before is None else answer.before
    return (named, answer.before is None, held, frozenset(read), frozenset(answer.asked), answer.left_out)


def _plain(step: Step, atoms: Mapping[str, Sequence[Atom]]) -> Iterator[Answer]:
    assert step.type is not None  # noqa: S101 -- a question has a type
    keys = [key for key in (step.key, step.role) if key]
    for raw in values_of(step.type, [a for key in keys for a in atoms.get(key, ())], step.node.step):
        try:
            # Which option is on offer depends on the answers before.
            value = raw if step.type.kind == "choice" else step.fit(raw, {})
        except Misfit:
            continue
        yield Answer(raw, dict.fromkeys(keys, value))


def _scores(step: Step, instrument: Instrument, atoms: Mapping[str, Sequence[Atom]]) -> Iterator[Answer]:
    scores = list(scores_of(step, instrument, atoms))
    earlier = _firsts(instrument, scores) if over_time(instrument, atoms) else {}
    for raw, score in scores:
        known = {step.key: score.main, **dict(score.facts())}
        for name, total in score.totals.items():
            stem = stem_of(instrument, name)
            known[f"{stem}.first"] = known[f"{stem}.latest"] = total
        asked = {f"{instrument.id}.item_{number}": "not_known" for number in score.not_known}
        items = {f"{instrument.id}.item_{number}" for number in score.left_out}
        left_out = frozenset(items & atoms.keys())
        totals = _totals(score) if earlier else frozenset[tuple[str, float]]()
        yield Answer(raw, known, asked, totals=totals, left_out=left_out)
        for before, first in earlier.items():
            changed, unsaid = _changed(instrument, first, score)
            left = left_out | (unsaid & atoms.keys())
            yield Answer(raw, {**known, **changed}, asked, totals=totals, before=before, left_out=left)


def _totals(score: Score) -> Totals:
    return frozenset(score.totals.items())


def _firsts(instrument: Instrument, scores: Iterable[tuple[Any, Score]]) -> dict[Totals, Score]:
    """Give a score of each total that a later one can be held against; of several scales, of one at a time."""
    several = len(instrument.scales) > 1
    return {_totals(score): score for _, score in scores if not several or len(score.totals) == 1}


def _changed(instrument: Instrument, first: Score, score: Score) -> tuple[dict[str, Any], frozenset[str]]:
    """Give what a score tells of its change from the first, and what of that it does not tell."""
    known: dict[str, Any] = {}
    unsaid: set[str] = set()
    for name in score.totals.keys() & first.totals.keys():
        stem = stem_of(instrument, name)
        found = change(instrument.scales[name], first.totals[name], score.totals[name])
        known[f"{stem}.first"], known[f"{stem}.change"] = first.totals[name], found.amount
        if found.verdict != "not_established":
            known[f"{stem}.reliable"] = found.verdict
        else:
            unsaid.add(f"{stem}.reliable")
    return known, frozenset(unsaid)
