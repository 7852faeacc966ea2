"""Cases put into a store as if they had been walked, without walking them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from goldenthread.walk import rounds_from

if TYPE_CHECKING:
    from goldenthread.case import Event
    from goldenthread.web.desk import Desk

VIGNETTES = Path(__file__).parents[2] / "flowcharts" / "vignettes"


def vignette(name: str) -> dict[str, Any]:
    """Give a shipped vignette as it is written."""
    return deepcopy(_read(name))


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((VIGNETTES / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


class Walked(NamedTuple):
    """What walking a case left in the store: its events, and where it stands."""

    events: tuple[Event, ...]
    standing: Any


_WALKED: dict[tuple[str, ...], Walked] = {}
"""By the content, the day, the vignette, the code and the question: hundreds of tests begin at the same places."""


def kept(
    desk: Desk, name: str, code: str = "Wren", until: str = "", change: Callable[[str], str] | None = None
) -> str:
    """Keep the answers of a vignette as a case, to the end or to a question; give its id.

    `change` makes other words of every text that the client or the clinician has written.
    """
    if change is not None:
        return _walked(desk, name, code, until, change)
    which = (desk.guide.model.digest, desk.today.isoformat(), name, code, until)
    if which not in _WALKED:
        case_id = _walked(desk, name, code, until)
        events = tuple(entry.event for entry in desk.store.history(case_id))
        _WALKED[which] = Walked(events, desk.store.standing(case_id))
        return case_id
    events, standing = _WALKED[which]
    case_id = desk.store.begin(events)
    if standing is not None:
        desk.store.keep_standing(case_id, str(len(events)), standing)
    return case_id


def _walked(desk: Desk, name: str, code: str, until: str, change: Callable[[str], str] | None = None) -> str:
    written = vignette(name)
    rounds = rounds_from(written, desk.guide.program)
    case_id = desk.begin(code, quick=bool(written.get("quick")))
    sitting = desk.sit(case_id)
    walk = sitting.walk
    opened = {opening["at"] for opening in written.get("opened", ())}
    while (at := walk.walk.at) and at != until:
        if at in opened:
            opened.remove(at)
            walk = walk.open("risk")
            continue
        given = rounds[walk.walk.round].answers
        if walk.walk.round and at not in given:
            break
        raw = given.get(at, {"later": True})
        step = walk.walk.step
        if change is not None and step is not None:
            raw = _changed(raw, step.type.kind if step.type else "", change)
        walk = walk.answer(plain(raw))
        assert walk.problem is None, (at, walk.problem)
    desk.keep(sitting, walk)
    return case_id


def _changed(raw: Any, kind: str, change: Callable[[str], str]) -> Any:
    if kind == "text" and isinstance(raw, str):
        return {"value": change(raw), "note": change("a note"), "source": change("a source")}
    if kind == "choices" and isinstance(raw, Mapping) and not {"later", "not_known", "declined"} & set(raw):
        return {option: change(text) if isinstance(text, str) else text for option, text in raw.items()}
    if kind == "goals" and isinstance(raw, list):
        own = {"own": change("To sing again, twice a week"), "for": ["problem"], "measure": change("a count")}
        return [*({**goal, "blanks": _blanks(goal, change)} for goal in raw[:2]), own]
    return raw


def _blanks(goal: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    return {name: change(text) if isinstance(text, str) else text for name, text in goal["blanks"].items()}


def plain(raw: Any) -> Any:
    """Give an answer as a form could send it: a date that YAML has read becomes the text of it again."""
    if isinstance(raw, Mapping):
        return {key: plain(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [plain(value) for value in raw]
    return raw if isinstance(raw, str | int | float | bool) or raw is None else str(raw)


def dated(answers: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Give answers as the page would have kept them on a day, with who said so."""
    made = {}
    for key, raw in answers.items():
        whole = isinstance(raw, dict) and ("value" in raw or "total" in raw or "date" in raw)
        made[key] = raw if whole or raw is True else {"value": raw, "date": day, "source": "record"}
    return made
