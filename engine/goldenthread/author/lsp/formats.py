"""What the JSON Schemas say of a place: its keys, and the few words that may stand there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from goldenthread.loading import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from goldenthread.author.lsp.shape import Step

Schema = dict[str, Any]
_HOLDING = {"properties", "additionalProperties", "items"}


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a map may have: what it is for, whether it is needed, whether it holds a map or a list."""

    name: str
    about: str
    needed: bool
    holds: bool


def keys_at(kind: str, path: Sequence[Step], present: Collection[str] = ()) -> dict[str, Key]:
    """Give the keys that a map may have beside those `present`: a branch with `when` has no `otherwise`."""
    forms = [one for one in _at(kind, tuple(path)) if "properties" in one]
    fitting = [one for one in forms if one["properties"].keys() >= set(present)]
    found: dict[str, Key] = {}
    for one in fitting or forms:
        for name, inner in one["properties"].items():
            if name not in found and name not in present:
                found[name] = _key(name, inner, kind, needed=name in one.get("required", ()))
    return found


def _key(name: str, inner: Schema, kind: str, *, needed: bool) -> Key:
    forms = list(_forms(inner, kind))
    holds = bool(forms) and all(_HOLDING & set(form) for form in forms)
    said = [one["description"] for one in (inner, *forms) if "description" in one]
    return Key(name, said[0] if said else "", needed, holds)


def first_keys(kind: str, path: Sequence[Step]) -> dict[str, Key]:
    """Give the keys with which an item of a list begins: the first that each of its forms needs."""
    found: dict[str, Key] = {}
    for one in _at(kind, tuple(path)):
        name = next(iter(one.get("required", ())), "")
        if name in one.get("properties", {}):
            found.setdefault(name, _key(name, one["properties"][name], kind, needed=True))
    return found


def words_at(kind: str, path: Sequence[Step]) -> dict[str, str]:
    """Give the words that may stand in a place where only some may, with what is said of the place."""
    found: dict[str, str] = {}
    for one in _at(kind, tuple(path)):
        words = [*one.get("enum", ()), *([one["const"]] if "const" in one else ())]
        if one.get("type") == "boolean":
            words = [True, False]
        for word in words:
            found[str(word).lower() if isinstance(word, bool) else str(word)] = one.get("description", "")
    return found


def key_words_at(kind: str, path: Sequence[Step]) -> list[str]:
    """Give the words that may be keys of a map where only some may: the kinds under `offers`."""
    return [word for one in _at(kind, tuple(path)) for word in one.get("propertyNames", {}).get("enum", ())]


def about(kind: str, path: Sequence[Step]) -> str:
    """Give what is said of a key."""
    if not path or isinstance(path[-1], int):
        return ""
    found = keys_at(kind, path[:-1]).get(str(path[-1]))
    return found.about if found else ""


def is_list(kind: str, path: Sequence[Step]) -> bool:
    """Say whether a list may stand in a place."""
    return any("items" in one for one in _at(kind, tuple(path)))


@lru_cache(2000)
def _at(kind: str, path: tuple[Step, ...]) -> tuple[Schema, ...]:
    """Give every form that the value at the end of a path may have."""
    try:
        forms = tuple(_forms(schema(kind), kind))
    except OSError:
        return ()
    for step in path:
        forms = tuple(form for one in forms for inner in _under(one, step) for form in _forms(inner, kind))
    return forms


def _under(one: Schema, step: Step) -> Iterator[Schema]:
    if isinstance(step, int):
        inner = one.get("items")
    else:
        inner = one.get("properties", {}).get(step) or one.get("additionalProperties")
    if isinstance(inner, dict):
        yield inner


def _forms(one: Schema, kind: str) -> Iterator[Schema]:
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        for form in _forms(schema(kind)["$defs"][name], kind):
            yield {**form, **({"description": one["description"]} if "description" in one else {})}
        return
    yield one
    for way in ("oneOf", "anyOf", "allOf"):
        for inner in one.get(way, ()):
            yield from _forms(inner, kind)


def top(text: str, key: str) -> str:
    """Give the value of a key at the left of a text."""
    for line in text.splitlines():
        if line.startswith(f"{key}:"):
            return line.partition(":")[2].partition(" #")[0].strip().strip("\"'")
    return ""
