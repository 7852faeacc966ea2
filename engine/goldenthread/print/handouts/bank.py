"""Handouts from the bank: one factor and what to do about it; the goals of one diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw import UnknownDrawingError
from goldenthread.plan.phrases import cap, codes, full, quoted
from goldenthread.print.content import Heading, Pairs, Para, Points, Room, Run
from goldenthread.session.entries import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.model import Diagnosis, Factor, Goal, Intervention, Library, Source
    from goldenthread.print.content import Block, Words

_P = {
    "predisposing": "What makes people vulnerable",
    "precipitating": "What sets a problem off",
    "perpetuating": "What keeps a problem going",
    "protective": "What helps and protects",
}
_INTERVENTIONS, _SOURCES = 4, 5
_LINE, _LONG = "______", "______________"
"""Lines to write a figure on, and words."""


def factor(library: Library, id_: str) -> Iterator[Block]:
    """Give a factor: how it keeps the problem going, how to ask, and what to do. Raises UnknownDrawingError."""
    found = library.factors.get(id_)
    if found is None:
        raise UnknownDrawingError(id_, library.factors)
    yield Heading(cap(found.name))
    yield Para((Run(f"{_P.get(found.p, found.p)}. ", "bold"), Run(full(found.about))), "lead")
    if found.maintains:
        yield Heading("How it keeps the problem going", 2, listed=False)
        yield Para(found.maintains)
    if found.implies:
        yield Heading("What it means for the work", 2, listed=False)
        yield Para(found.implies)
    if found.ask:
        yield Heading("How to ask", 2, listed=False)
        yield Para(quoted(found.ask), "say")
    yield from _doing(library, found)
    yield from _minding(found)
    yield from _sources(library, _all_sources(found))
    yield Heading("With this client", 2, listed=False)
    loop = " What sets it off, what it brings at once, what it costs later:" if found.maintains else ""
    yield Para(f"An example, in the client’s words.{loop}", "quiet")
    yield Room(3)


def _doing(library: Library, found: Factor) -> Iterator[Block]:
    interventions = [
        library.interventions[id_] for id_ in found.interventions if id_ in library.interventions
    ]
    goals = [goal.name for goal in library.goals.values() if found.id in goal.targets]
    if not (found.target or interventions):
        return
    yield Heading("What to do about it", 2, listed=False)
    if found.target:
        yield Para((Run("What treatment aims at: ", "bold"), Run(found.target)))
    rows = tuple((cap(each.name), (_told(each),)) for each in interventions[:_INTERVENTIONS])
    if rows:
        yield Pairs(rows)
    rest = [each.name for each in interventions[_INTERVENTIONS:]]
    if rest:
        yield Para((Run("Also: ", "bold"), Run(f"{', '.join(rest)}.")))
    if goals:
        shown = goals[:6]
        more = f" and {len(goals) - len(shown)} more" if len(goals) > len(shown) else ""
        yield Para((Run("Goals of the bank that work on it: ", "bold"), Run(f"{'; '.join(shown)}{more}.")))


def _told(intervention: Intervention) -> Words:
    runs = [Run(full(intervention.about))]
    if intervention.when_not:
        runs.append(Run(f" When not: {full(intervention.when_not)}", "quiet"))
    return tuple(runs)


def _minding(found: Factor) -> Iterator[Block]:
    rules = [f"{cap(rule.when.say())}: {rule.because}" for rule in (*found.rule_out, *found.caution)]
    if rules:
        yield Heading("Mind", 2, listed=False)
        yield Points(tuple(rules))


def _all_sources(found: Factor) -> list[Source]:
    return [*found.sources, *(source for rule in found.suggest for source in rule.sources)]


def _sources(library: Library, sources: Iterable[Source]) -> Iterator[Block]:
    lines = list(dict.fromkeys(said(library, source) for source in sources))
    if lines:
        more = f" And {len(lines) - _SOURCES} more: goldenthread sources." if len(lines) > _SOURCES else ""
        yield Para(f"Rests on: {' · '.join(lines[:_SOURCES])}{more}", "quiet")
    else:
        yield Para("Rests on: clinical consensus.", "quiet")


def goals(library: Library, id_: str, most: int = 0) -> Iterator[Block]:
    """Give the goals of one diagnosis, `most` of them where they are too many for a page.

    Raises UnknownDrawingError.
    """
    found = library.diagnoses.get(id_)
    if found is None:
        raise UnknownDrawingError(id_, library.diagnoses)
    own = [goal for goal in library.goals.values() if id_ in goal.diagnoses]
    yield Heading(f"Goals: {found.name}")
    yield Para((Run(f"{codes(found.codes)}. ", "bold"), Run(full(found.about))))
    if not own:
        yield from _no_goals(found)
        return
    yield Para(
        "Fill in the blanks with the client, in the client’s words. A goal whose blanks are empty is nobody’s goal.",
        "quiet",
    )
    shown = own[:most] if most else own
    for n, goal in enumerate(shown, 1):
        yield from _goal(library, n, goal)
    if len(shown) < len(own):
        names = "; ".join(goal.name for goal in own[len(shown) :])
        yield Para(f"This is a part: {len(shown)} of {len(own)} goals. The others: {names}.", "quiet")


def count_goals(library: Library, id_: str) -> int:
    """Count the goals of a diagnosis."""
    return sum(id_ in goal.diagnoses for goal in library.goals.values())


def _goal(library: Library, n: int, goal: Goal) -> Iterator[Block]:
    yield Heading(f"{n}  {goal.name}", 2, listed=False)
    yield Para(_with_lines(goal))
    targets = [library.factors[id_].name for id_ in goal.targets if id_ in library.factors]
    parts = [
        ("Measure", _measured(library, goal)),
        ("For", ", ".join(targets) or "the presenting problem"),
        ("Reached when", goal.discharge),
    ]
    runs: list[Run] = []
    for name, text in parts:
        if text:
            runs += [Run(f"{'  ' if runs else ''}{name}: ", "bold"), Run(full(text))]
    yield Para(tuple(runs), "quiet")


def _with_lines(goal: Goal) -> str:
    """Give a goal's sentence with a line for each blank; what the bank puts forward stands beside its line."""
    text = goal.text.replace("{client}", "the client")
    for name, blank in goal.blanks.items():
        hint = f" (often {blank.number:g})" if blank.number else f" ({name.replace('_', ' ')})"
        if name in {goal.measure.start, goal.measure.target} and not blank.number:
            hint = ""
        line = _LONG if blank.number is None and hint else _LINE
        text = text.replace(f"{{{name}}}", f"{line}{hint}")
    return cap(text)


def _measured(library: Library, goal: Goal) -> str:
    measure = goal.measure
    instrument = library.instruments.get(measure.instrument)
    what = (f"the {instrument.short}" if instrument else "") or measure.count or measure.rating
    if measure.rating and not instrument and not measure.count:
        what = f"a rating from 0 to 10, {measure.rating}"
    per = f" per {measure.per}" if measure.per else ""
    return f"{what}{per}, from {_LINE} to {_LINE}" if what else ""


def _no_goals(found: Diagnosis) -> Iterator[Block]:
    yield Heading("No goals are offered here", 2, listed=False)
    if found.route == "refer":
        yield Para(
            f"The guide recognises it and refers: {full(found.refer_to or 'to a service that treats it')}"
        )
    else:
        yield Para("The guide recognises it, and does not support planning for it yet.")
    yield Para(
        "A plan made for a neighbouring diagnosis may not fit. What happens instead, and who sees to it:",
        "quiet",
    )
    yield Room(6)
