"""The names in a written answer: options, goals and what they are for, the items of what is asked once an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Part = tuple[str, str, str, Any, str | int, bool]
    """What a name is, of which fact, the name, the map or list that holds it, its key there, whether it is the key."""

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_STATES = {"later", "not_known", "declined"}
_BESIDE = {"value", "date", "source", "note"}
_GOAL = {"for": "target", "by": "interventions|modalities"}


def in_answer(fact: str, holder: Any, key: str | int) -> Iterator[Part]:
    """Give the names in the answer that a map or list holds under a key."""
    value = holder[key]
    if isinstance(value, dict):
        yield from _map(fact, value)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            if isinstance(item, str):
                yield from _one(fact, value, n)
            elif isinstance(item, dict):
                yield from _item(fact, item)
    else:
        yield from _one(fact, holder, key)


def _map(fact: str, value: dict[str, Any]) -> Iterator[Part]:
    if _STATES & set(value):
        return
    if set(value) == {"each"} and isinstance(value["each"], dict):
        for item in value["each"]:
            yield "item", fact, item, value["each"], item, True
            yield from in_answer(fact, value["each"], item)
    elif "value" in value and set(value) <= _BESIDE:
        yield from in_answer(fact, value, "value")
    else:
        for option in value:
            if _is_id(option):
                yield "option", fact, option, value, option, True


def _item(fact: str, item: dict[str, Any]) -> Iterator[Part]:
    """Give the names in an item of a list: an option with its example, or a goal."""
    if _is_id(item.get("option")):
        yield "option", fact, item["option"], item, "option", False
    if _is_id(item.get("id")):
        yield "goals", "", item["id"], item, "id", False
    for key, kind in _GOAL.items():
        held = item.get(key)
        if isinstance(held, list):
            yield from ((kind, "", id_, held, n, False) for n, id_ in enumerate(held) if _is_id(id_))
        elif isinstance(held, str) and _is_id(held):
            yield kind, "", held, item, key, False
    blanks = item.get("blanks")
    if isinstance(blanks, dict) and _is_id(item.get("id")):
        yield from (("blank", item["id"], name, blanks, name, True) for name in blanks)


def _one(fact: str, holder: Any, key: str | int) -> Iterator[Part]:
    if _is_id(holder[key]):
        yield "option", fact, holder[key], holder, key, False


def _is_id(word: object) -> bool:
    return isinstance(word, str) and _ID.match(word) is not None
