"""Chosen goals as the fields of a form: which, their blanks, what each is for; and those in own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_OWN = re.compile(r"own_(\d+)\Z")


def to_fields(value: Any) -> dict[str, list[str]]:
    """Give the fields that chosen goals fill."""
    fields: dict[str, list[str]] = {"goal": []}
    own = 0
    given: Sequence[Any] = [value] if isinstance(value, str | Mapping) else value
    for one in given:
        goal: Mapping[str, Any] = {"id": one} if isinstance(one, str) else one
        if "id" in goal:
            name = str(goal["id"])
        else:
            own += 1
            name = f"own_{own}"
            fields[f"words_{name}"] = [str(goal.get("own", ""))]
        fields["goal"].append(name)
        for blank, text in (goal.get("blanks") or {}).items():
            if text is not None:
                fields[f"blank_{name}_{blank}"] = [str(text)]
        for key, field in (("for", "for"), ("by", "by")):
            if goal.get(key):
                found = goal[key]
                fields[f"{field}_{name}"] = [found] if isinstance(found, str) else [str(f) for f in found]
        for key in ("measure", "domain"):
            if goal.get(key):
                fields[f"{key}_{name}"] = [str(goal[key])]
    return fields


def from_fields(fields: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Read chosen goals, in the order in which they were chosen."""
    return [goal for name in chosen(fields) if (goal := _goal(name, fields))]


def chosen(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the names of the goals in a form: ids from the bank, `own_1` and so on for own words."""
    return list(dict.fromkeys(name for name in fields.get("goal", ()) if name))


def is_own(name: str) -> bool:
    """Say whether a name in a form stands for a goal in own words."""
    return _OWN.match(name) is not None


def next_own(fields: Mapping[str, Sequence[str]]) -> str:
    """Give a name for one more goal in own words."""
    numbers = [int(match[1]) for name in chosen(fields) if (match := _OWN.match(name))]
    return f"own_{max(numbers, default=0) + 1}"


def _goal(name: str, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    lists = {key: [f for f in fields.get(f"{key}_{name}", ()) if f] for key in ("for", "by")}
    more: dict[str, Any] = {key: found for key, found in lists.items() if found}
    if is_own(name):
        words = (fields.get(f"words_{name}") or ("",))[0].strip()
        if not words:
            return {}
        for key in ("measure", "domain"):
            text = (fields.get(f"{key}_{name}") or ("",))[0].strip()
            more |= {key: text} if text else {}
        return {"own": words, **more}
    lead = f"blank_{name}_"
    others = tuple(f"blank_{other}_" for other in chosen(fields) if other.startswith(f"{name}_"))
    blanks = {
        field.removeprefix(lead): figure(texts[0].strip())
        for field, texts in fields.items()
        if field.startswith(lead) and not field.startswith(others) and texts and texts[0].strip()
    }
    return {"id": name, "blanks": blanks, **more}


def figure(text: str) -> Any:
    """Take a figure that was typed for the number that it is."""
    if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,15})?", text):
        return text
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value
