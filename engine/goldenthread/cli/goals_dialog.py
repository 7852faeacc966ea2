"""Chosen goals made this client's: blanks filled in the sentence, what each is for, the SMART letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.screen import wrap
from goldenthread.cli.typed import numbered, read_answer
from goldenthread.plan import LETTERS, fill, filled_blanks, of_own_words
from goldenthread.walk import Misfit

if TYPE_CHECKING:
    from goldenthread.cli.console import Console
    from goldenthread.model import Blank, Goal
    from goldenthread.session import GuidedWalk, Question


def ask_goals(console: Console, walk: GuidedWalk, question: Question, text: str) -> list[dict[str, Any]]:
    """Turn what was typed into chosen goals, asking for their blanks. Raises Misfit."""
    own = text.strip()
    if own.lower().startswith("own"):
        return [*_kept(question), _own_goal(console, walk, own[3:].lstrip(" :="))]
    view = numbered(question)
    ids = [_goal_id(question, part) for part in text.replace(",", " ").split()] if view or text else []
    return [_bank_goal(console, walk, id_, question) for id_ in dict.fromkeys(ids)]


def _kept(question: Question) -> list[dict[str, Any]]:
    found = question.prefill if isinstance(question.prefill, list) else []
    return [dict(goal) for goal in found if isinstance(goal, dict)]


def _goal_id(question: Question, word: str) -> str:
    from dataclasses import replace  # noqa: PLC0415 -- the same reading as for a choice

    return str(read_answer(replace(question, kind="choice"), word))


def _bank_goal(console: Console, walk: GuidedWalk, id_: str, question: Question) -> dict[str, Any]:
    goal = walk.reading.library.goals[id_]
    before = next((g for g in _kept(question) if g.get("id") == id_), {})
    given: dict[str, Any] = dict(before.get("blanks", {}))
    client = walk.client or "the client"
    console.out("")
    console.out(click.style(wrap(fill(goal.text, _shown(goal, given, walk), client)), bold=True))
    for name, blank in goal.blanks.items():
        answer = _ask_blank(console, walk, goal, name, blank, given)
        if answer is not None:
            given[name] = answer
    values, unfilled = filled_blanks(goal, given, walk.reading)
    console.out(wrap(fill(goal.text, values, client), "  ", "  "))
    for_ = _for(walk, goal)
    _say_letters(console, walk, goal, given, for_)
    if unfilled:
        console.out("  Still open: " + "; ".join(goal.blanks[n].ask or n for n in unfilled))
    chosen: dict[str, Any] = {"id": id_, "blanks": given}
    return {**chosen, "for": list(for_)} if for_ else chosen


def _shown(goal: Goal, given: dict[str, Any], walk: GuidedWalk) -> dict[str, Any]:
    return filled_blanks(goal, given, walk.reading)[0]


def _ask_blank(
    console: Console, walk: GuidedWalk, goal: Goal, name: str, blank: Blank, given: dict[str, Any]
) -> Any:
    current = _shown(goal, given, walk).get(name)
    ask = blank.ask or (
        f"How many {blank.unit}?" if blank.unit else f"{name.replace('_', ' ').capitalize()}?"
    )
    if not blank.ask and current is None:
        current = blank.number
    keeps = (
        f" [Enter: {current:g}]"
        if isinstance(current, int | float)
        else (f" [Enter: {current}]" if current else " [Enter: later]")
    )
    if blank.number is not None and current is None:
        keeps = f" [for example {blank.number:g}; Enter: later]"
    choices = f" ({', '.join(blank.choose)})" if blank.choose else ""
    while True:
        text = console.line(f"  {ask}{choices}{keeps} ")
        if not text or text.lower() == "later":
            return None
        if blank.number is None and blank.between is None:
            return text
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            console.out(click.style("  A number is expected here.", fg="yellow"))
            continue
        return int(value) if value == int(value) else value


def _for(walk: GuidedWalk, goal: Goal) -> tuple[str, ...]:
    factors = walk.reading.value("perpetuating") or ()
    found = tuple(target for target in goal.targets if target in factors)
    return found or (("problem",) if "problem" in goal.targets else ())


def _say_letters(
    console: Console, walk: GuidedWalk, goal: Goal, given: dict[str, Any], for_: tuple[str, ...]
) -> None:
    from goldenthread.plan.smart import of_bank_goal, short_of_reliable  # noqa: PLC0415 -- only goals need it

    values, unfilled = filled_blanks(goal, given, walk.reading)
    smart = of_bank_goal(goal, values, unfilled, for_)
    console.out(f"  SMART: {_letters(smart.has)}")
    for letter, reason in smart.lacks.items():
        console.out(wrap(f"{letter} ({LETTERS[letter]}): {reason}", "      ", "    "))
    instrument = walk.reading.library.instruments.get(goal.measure.instrument.partition(".")[0])
    if instrument is not None:
        short = short_of_reliable(instrument, values.get(goal.measure.start), values.get(goal.measure.target))
        if short:
            console.out(wrap(f"The target falls short: {short}.", "    ", "    "))


def _letters(has: str) -> str:
    return " ".join(
        click.style(letter, fg="green", bold=True) if letter in has else click.style("·", dim=True)
        for letter in LETTERS
    )


def _own_goal(console: Console, walk: GuidedWalk, words: str) -> dict[str, Any]:
    text = words or console.line("  The goal, in the client's words: ")
    if not text:
        raise Misfit("a goal in own words is expected after `own:`")
    factors = walk.reading.value("perpetuating") or ()
    for n, factor in enumerate(factors, 1):
        console.out(f"  {n}  {walk.reading.option('perpetuating', factor)}")
    for_: tuple[str, ...] = ()
    if factors:
        said = console.line("  Which of these is it for? Numbers; 0 for the problem itself; Enter: none yet ")
        for_ = tuple(
            "problem" if n == "0" else factors[int(n) - 1]
            for n in said.replace(",", " ").split()
            if n.isdigit() and int(n) <= len(factors)
        )
    measure = console.line("  How will it be measured? [Enter: a rating from 0 to 10] ") or "rating 0 to 10"
    smart = of_own_words(text, for_, measure)
    console.out(f"  SMART: {_letters(smart.has)}")
    for letter, reason in smart.lacks.items():
        console.out(wrap(f"{letter} ({LETTERS[letter]}): {reason}", "      ", "    "))
    return {"own": text, "for": list(for_), "measure": measure}
