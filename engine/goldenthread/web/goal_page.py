"""Choosing goals: the ranked list, the sentences with their blanks, the letters of SMART as they come."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from goldenthread.plan import LETTERS, Smart, alike, fill, filled_blanks, of_own_words, personal
from goldenthread.plan.smart import of_bank_goal, short_of_reliable
from goldenthread.walk import chosen_goals
from goldenthread.web import controls, goal_fields
from goldenthread.web.options import options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.model import Blank, Goal
    from goldenthread.plan import Personal
    from goldenthread.session import Question
    from goldenthread.web.controls import Fields
    from goldenthread.web.desk import Desk, Sitting

ACTIONS = ("choose", "remove", "own_goal", "check")
_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a goal's sentence: words, or a blank to be filled."""

    text: str = ""
    name: str = ""
    value: str = ""
    ask: str = ""
    hint: str = ""
    number: bool = False
    between: tuple[float, float] | None = None
    choose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of SMART: lit, or what it lacks."""

    letter: str
    name: str
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Editor:
    """One chosen goal while its sentence is filled."""

    name: str
    title: str
    own: bool
    slots: tuple[Slot, ...] = ()
    below: tuple[Slot, ...] = ()
    """Blanks that stand in no sentence: the baseline of a measure, say."""
    words: str = ""
    letters: tuple[Letter, ...] = ()
    vague: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    for_: frozenset[str] = frozenset()
    measure: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    """Fields that nobody is asked for here, and that stay as they are."""
    objectives: tuple[str, ...] = ()
    alike: bool = False
    read: str = field(default="")


def form(desk: Desk, sitting: Sitting, asked: Question, fields: Fields) -> dict[str, Any]:
    """Give the editors of what is chosen, the factors a goal can be for, and the ranked list."""
    names = goal_fields.chosen(fields)
    reading = sitting.walk.reading
    factors = [(f, reading.option("perpetuating", f)) for f in reading.value("perpetuating") or ()]
    others = [goal for id_, stood in desk.cases() if stood and id_ != sitting.case_id for goal in stood.goals]
    listed = options(desk, sitting, asked, {"answer": ()})
    return {
        "editors": [
            _flagged(editor(desk, sitting, name, fields), name, fields, desk, others) for name in names
        ],
        "factors": [*factors, ("problem", "the presenting problem")],
        "near": [row for row in listed.near if row.option.id not in names],
        "far": [row for row in listed.far if row.option.id not in names],
        "shut": [row for row in listed.shut if row.option.id not in names],
        "full": bool(asked.at_most) and len(names) >= asked.at_most,
        "at_most": asked.at_most,
        "bank": "goals",
    }


def _flagged(made: Editor, name: str, fields: Fields, desk: Desk, others: Sequence[Personal]) -> Editor:
    """Say where a goal reads like one that was written for somebody else."""
    read = goal_fields.from_fields({**fields, "goal": [name]})
    goals = chosen_goals(read) if read else ()
    return replace(made, alike=any(alike(personal(goal, desk.guide.model), others) for goal in goals))


def act(desk: Desk, sitting: Sitting, action: str, fields: Fields) -> dict[str, list[str]]:
    """Choose a goal, take one away, add one in own words; `check` only looks again."""
    made = {name: list(texts) for name, texts in fields.items()}
    verb, _, name = action.partition(":")
    chosen = goal_fields.chosen(fields)
    if verb == "choose" and name in desk.guide.model.goals and name not in chosen:
        made["goal"] = [*chosen, name]
        targets = desk.guide.model.goals[name].targets
        factors = sitting.walk.reading.value("perpetuating") or ()
        found = [target for target in targets if target in factors]
        made[f"for_{name}"] = found or (["problem"] if "problem" in targets else [])
    elif verb == "own_goal":
        own = goal_fields.next_own(fields)
        made["goal"] = [*chosen, own]
        # What the client said that they want is where the first begins.
        wanted = sitting.walk.reading.value("own_goal")
        if wanted and not any(goal_fields.is_own(other) for other in chosen):
            made[f"words_{own}"] = [str(wanted)]
    elif verb == "remove":
        made["goal"] = [other for other in chosen if other != name]
    return made


def editor(desk: Desk, sitting: Sitting, name: str, fields: Fields) -> Editor:
    """Give the editor of one chosen goal."""
    if goal_fields.is_own(name):
        return _own(name, fields)
    goal = desk.guide.model.goals.get(name)
    if goal is None:
        return Editor(name, name, own=False, flags=("This goal is no longer in the bank.",))
    one = {**fields, "goal": [name]}
    given: Mapping[str, Any] = (chosen_goals(goal_fields.from_fields(one))[0].blanks) or {}
    reading = sitting.walk.reading
    values, unfilled = filled_blanks(goal, given, reading)
    for_ = frozenset(fields.get(f"for_{name}", ()))
    slots = tuple(_slots(goal, given, values))
    inside = {slot.name for slot in slots}
    flags = []
    instrument = desk.guide.model.instruments.get(goal.measure.instrument.partition(".")[0])
    if instrument is not None:
        short = short_of_reliable(instrument, values.get(goal.measure.start), values.get(goal.measure.target))
        flags = [f"The target falls short: {short}."] if short else []
    client = sitting.walk.client or "the client"
    return Editor(
        name=name,
        title=goal.name,
        own=False,
        slots=slots,
        below=tuple(_slot(goal, n, given, values) for n in goal.blanks if n not in inside),
        letters=_letters(of_bank_goal(goal, values, unfilled, sorted(for_))),
        flags=tuple(flags),
        for_=for_,
        kept=_unasked(name, fields),
        objectives=goal.objectives,
        read=fill(goal.text, values, client),
    )


def _own(name: str, fields: Fields) -> Editor:
    words = controls.first(fields, f"words_{name}")
    measure = controls.first(fields, f"measure_{name}") or "rating 0 to 10"
    for_ = frozenset(fields.get(f"for_{name}", ()))
    smart = of_own_words(words, sorted(for_), measure)
    return Editor(
        name=name,
        title="In own words",
        own=True,
        words=words,
        letters=_letters(smart),
        vague=smart.vague if "S" in smart.lacks else (),
        for_=for_,
        measure=measure,
        kept=_unasked(name, fields),
    )


def _unasked(name: str, fields: Fields) -> tuple[tuple[str, str], ...]:
    return tuple((f, text) for f in (f"by_{name}", f"domain_{name}") for text in fields.get(f, ()))


def _letters(smart: Smart) -> tuple[Letter, ...]:
    return tuple(Letter(letter, name, smart.lacks.get(letter, "")) for letter, name in LETTERS.items())


def _slots(goal: Goal, given: Mapping[str, Any], values: Mapping[str, Any]) -> list[Slot]:
    made: list[Slot] = []
    seen: set[str] = set()
    end = 0
    for match in _BLANK.finditer(goal.text):
        made.append(Slot(text=goal.text[end : match.start()]))
        name, end = match[1], match.end()
        if name in goal.blanks and name not in seen:
            made.append(_slot(goal, name, given, values))
            seen.add(name)
        else:
            made.append(Slot(text="the client" if name == "client" else f"[{name.replace('_', ' ')}]"))
    return [*made, Slot(text=goal.text[end:])]


def _slot(goal: Goal, name: str, given: Mapping[str, Any], values: Mapping[str, Any]) -> Slot:
    blank = goal.blanks[name]
    value = given.get(name, values.get(name))
    hint = f"for example {blank.number:g}" if value is None and blank.number is not None else ""
    return Slot(
        name=name,
        value=_shown(value),
        ask=_ask(name, blank),
        hint=hint,
        number=blank.number is not None or blank.between is not None,
        between=blank.between,
        choose=blank.choose,
    )


def _ask(name: str, blank: Blank) -> str:
    if blank.ask:
        return blank.ask
    return f"How many {blank.unit}?" if blank.unit else f"{name.replace('_', ' ').capitalize()}?"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
