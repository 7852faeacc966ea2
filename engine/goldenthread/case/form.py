"""A case and its events as plain data: what the file, a database and JSON hold."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from goldenthread.case import events as happened
from goldenthread.case.errors import CaseError
from goldenthread.case.model import Aside, Case, Decision, Rewording, SessionNote, SignedPlan, plain
from goldenthread.walk import Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.case.events import Event

FORMAT = 2
"""Grows by one with every change that an older version could not read. Earlier formats are still read."""
_ALWAYS = frozenset({"client", "content", "quick", "archived", "rounds", "value"})

EVENTS: Mapping[str, type[Event]] = {
    "began": happened.Began,
    "imported": happened.Imported,
    "answered": happened.Answered,
    "forgotten": happened.Forgotten,
    "opened": happened.Opened,
    "round_begun": happened.RoundBegun,
    "decided": happened.Decided,
    "session_noted": happened.SessionNoted,
    "reworded": happened.Reworded,
    "signed": happened.Signed,
    "archived": happened.Archived,
    "renamed": happened.Renamed,
    "path_chosen": happened.PathChosen,
    "carried_over": happened.CarriedOver,
}
_NAMES = {kind: name for name, kind in EVENTS.items()}


def to_data(case: Case) -> dict[str, Any]:
    """Give a case as data, in the order in which a file holds it; what says nothing is left out."""
    return {"case": FORMAT, **_data(case)}


def from_data(data: Mapping[str, Any]) -> Case:
    """Read a case from data that fits its schema."""
    return Case(**_parts({key: value for key, value in data.items() if key != "case"}))


def event_data(event: Event) -> dict[str, Any]:
    """Give an event as data: `{event: answered, on: …, round: 0, key: …, value: …}`."""
    return {"event": _NAMES[type(event)], **_data(event)}


def event_from(data: Mapping[str, Any]) -> Event:
    """Read an event. Raises CaseError for one that this version does not know."""
    kind = EVENTS.get(data.get("event", ""))
    if kind is None:
        help_ = "it was written by a newer version of Golden Thread; update this one"
        raise CaseError(f"an event `{data.get('event')}` is not known here", help_)
    try:
        return kind(**_parts({key: value for key, value in data.items() if key != "event"}))
    except TypeError as error:
        raise CaseError(f"an event `{data['event']}` is damaged: {error}") from None


_ORDER = ("client", "flowchart", "content", "created", "saved", "quick", "archived")


def _data(thing: Any) -> dict[str, Any]:
    """Give the fields of a dataclass, those of `_ORDER` first; empty ones only where they must be there."""
    names = [field.name for field in fields(thing)]
    names.sort(key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    made = {}
    for name in names:
        value = getattr(thing, name)
        if name in _WRITERS:
            value = _WRITERS[name](value)
        if name in _ALWAYS or (value is not None and value not in ("", [], {})):
            made[name] = value
    return made


def _parts(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _READERS[key](value) if key in _READERS else value for key, value in data.items()}


def _rounds_data(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    made = []
    for round_ in rounds:
        data: dict[str, Any] = {"begun": round_.begun} if round_.begun else {}
        data["answers"] = _grouped(round_.answers)
        if round_.opened:
            data["opened"] = [{"flowchart": flowchart, "at": at} for flowchart, at in round_.opened]
        made.append(data)
    return made


def _rounds(data: Iterable[Mapping[str, Any]]) -> tuple[Round, ...]:
    return tuple(
        Round(
            _ungrouped(part["answers"]),
            tuple((o["flowchart"], o["at"]) for o in part.get("opened", ())),
            part.get("begun", ""),
        )
        for part in data
    )


def _grouped(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Put the answers of one question for several items under `each`, unless one has no item."""
    made: dict[str, Any] = {}
    for key, value in answers.items():
        name, _, item = key.partition("@")
        if item and name not in answers:
            made.setdefault(name, {"each": {}})["each"][item] = plain(value)
        else:
            made[key] = plain(value)
    return made


def _ungrouped(answers: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in answers.items():
        if isinstance(value, dict) and value.keys() == {"each"} and isinstance(value["each"], dict):
            made |= {f"{key}@{item}": inner for item, inner in value["each"].items()}
        else:
            made[key] = value
    return made


def _aside_data(aside: Iterable[Aside]) -> list[dict[str, Any]]:
    made = []
    for one in aside:
        kept: dict[str, Any] = {"opened": one.opened} if one.opened else {"answer": plain(one.answer)}
        made.append({"round": one.round, "question": one.question, **kept})
    return made


def _list(kind: type[Any]) -> Any:
    return lambda parts: tuple(kind(**_parts(part)) for part in parts)


_WRITERS: Mapping[str, Any] = {
    "rounds": _rounds_data,
    "aside": _aside_data,
    "decisions": lambda found: [_data(one) for one in found],
    "sessions": lambda found: [_data(one) for one in found],
    "signed": lambda found: [_data(one) for one in found],
    "wording": lambda found: {name: _data(one) for name, one in found.items()},
    "case": to_data,
    "decision": _data,
    "plan": _data,
    "openings": lambda count: count or None,
    "note": lambda note: note if isinstance(note, str) else _data(note),
    "value": plain,
    "facts": plain,
    "ratings": plain,
    "present": list,
    "goals": list,
    "interventions": list,
    "fields": list,
}
_READERS: Mapping[str, Any] = {
    "rounds": _rounds,
    "aside": _list(Aside),
    "decisions": _list(Decision),
    "sessions": _list(SessionNote),
    "signed": _list(SignedPlan),
    "wording": lambda found: {name: Rewording(**_parts(one)) for name, one in found.items()},
    "case": from_data,
    "decision": lambda data: Decision(**_parts(data)),
    "plan": lambda data: SignedPlan(**_parts(data)),
    "note": lambda data: data if isinstance(data, str) else SessionNote(**_parts(data)),
    "present": tuple,
    "goals": tuple,
    "interventions": tuple,
    "fields": tuple,
}
