"""The note of one session as plain text: a draft for the record, to be edited before it goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export.document import Para
from goldenthread.export.text import body
from goldenthread.plan.phrases import bare, clean, day, full, goal_name, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.case import SessionNote
    from goldenthread.plan import Plan

MODES = {
    "in_person": "in the room",
    "video": "by video",
    "telephone": "by telephone",
    "home_visit": "at the client's home",
    "written": "in writing",
    "other": "in another form",
}
_SAFETY = {
    "not_asked": "A change in safety was not asked about.",
    "no_change": "A change in safety was asked about: none.",
    "changed": "There is a change in safety",
}


def session_note_text(note: SessionNote, plan: Plan, interventions: Mapping[str, str]) -> str:
    """Give a session as text. `plan` names its goals, `interventions` (id to name) what was done.

    What was left out of the note is left out here; only what was not asked about safety is said.
    """
    lines = (body([Para(line)]) for line in _lines(note, plan, interventions))
    return "\n".join(line for line in lines if line) + "\n"


def _lines(note: SessionNote, plan: Plan, interventions: Mapping[str, str]) -> Iterator[str]:
    names = {goal.id: goal_name(n, goal) for n, goal in enumerate(plan.goals, 1)}
    if not note.held:
        yield f"The session of {day(note.date)} was missed."
    else:
        yield f"Session of {day(note.date)}, {MODES[note.mode]}."
    if note.present:
        yield full(f"Present: {joined(note.present)}")
    if note.goals:
        yield full(f"Worked on: {joined(_name(id_, names) for id_ in note.goals)}")
    if note.interventions:
        yield full(f"Done: {joined(_name(id_, interventions) for id_ in note.interventions)}")
    if note.response:
        yield f"In the client's words: {quoted(note.response)}"
    if note.ratings:
        rated = "; ".join(f"{_name(id_, names)} {value}" for id_, value in note.ratings.items())
        yield full(f"How far each goal is reached in the client's eyes, 0 to 10: {rated}")
    if note.safety == "changed":
        yield full(f"{_SAFETY['changed']}: {clean(note.safety_note) or 'what changed is not written down'}")
    elif note.held or note.safety != "not_asked":
        yield " ".join([_SAFETY[note.safety], full(note.safety_note)]).strip()
    if note.next_step:
        yield full(f"Next step: {bare(note.next_step)}")
    yield from (full(line) for line in note.note.splitlines() if line.strip())


def _name(id_: str, names: Mapping[str, str]) -> str:
    return names.get(id_, id_.replace("_", " "))
