"""Answers as they are written: a value, why there is none, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

Known = Mapping[str, Any]
Asked = Mapping[str, str]
NOTHING: Asked = {}


class Fit(Protocol):
    """Makes the value of an answer. Raises Misfit, which says what is wrong with it."""

    def __call__(self, raw: Any, known: Known, asked: Asked = NOTHING) -> Any:
        """Take an answer as written, with what is known and what was asked in vain."""


LATER: Mapping[str, Any] = {"later": True}
NOT_KNOWN: Mapping[str, Any] = {"not_known": True}
DECLINED: Mapping[str, Any] = {"declined": True}
OWN = "own_"
"""How the names of what is in the client's own words begin: `own_1`, `own_2`."""
_NO_VALUE = ("later", "not_known", "declined")
_BESIDE = frozenset({"date", "source", "note", "also", "why"})


class Misfit(ValueError):  # noqa: N818 -- it is the answer that does not fit; nothing is in error
    """An answer that its question cannot take; the message says why, `help` what it can."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


def status(raw: Any) -> str:
    """Give `later`, `not_known` or `declined` for an answer without a value, else an empty word."""
    if isinstance(raw, Mapping):
        for word in _NO_VALUE:
            if raw.get(word) is True:
                return word
    return ""


def bare(raw: Any) -> Any:
    """Give the value alone where an answer carries its date, source or note beside it."""
    if isinstance(raw, Mapping) and "value" in raw and set(raw) - {"value"} <= _BESIDE:
        return raw["value"]
    return raw


def beside(raw: Any) -> Mapping[str, Any]:
    """Give what an answer carries beside its value: date, source, note, others' answers."""
    if isinstance(raw, Mapping) and ("value" in raw or status(raw)):
        return {key: raw[key] for key in _BESIDE if key in raw}
    if isinstance(raw, Mapping) and "date" in raw:
        return {"date": raw["date"]}
    return {}


def examples(raw: Any) -> Mapping[str, str]:
    """Give the example that was written for each option, those in own words by `own_1`, `own_2` and so on."""
    raw = bare(raw)
    if isinstance(raw, Mapping):
        return {key: text for key, text in raw.items() if isinstance(text, str)}
    made: dict[str, str] = {}
    own = 0
    for item in raw if isinstance(raw, list | tuple) else ():
        own += bool(in_own_words(item))
        name = f"{OWN}{own}" if in_own_words(item) else option_named(item)
        text = item.get("example") if isinstance(item, Mapping) else None
        if name and isinstance(text, str):
            made[name] = text
    return made


def own_words(raw: Any) -> Mapping[str, str]:
    """Give the client's own options, by `own_1`, `own_2` and so on."""
    raw = bare(raw)
    words = [in_own_words(item) for item in raw] if isinstance(raw, list | tuple) else []
    return {f"{OWN}{n}": text for n, text in enumerate([w for w in words if w], 1)}


def option_named(item: Any) -> str:
    """Give the option of `{option: avoidance, example: …}`, or of a plain word; nothing where it is neither."""
    named = item.get("option") if isinstance(item, Mapping) else item
    return named if isinstance(named, str) else ""


def in_own_words(item: Any) -> str:
    """Give the words of `{own: words}`; nothing where it is not that."""
    if isinstance(item, Mapping) and isinstance(item.get("own"), str):
        return str(item["own"]).strip()
    return ""


def shortened(raw: Any) -> str:
    """Give the beginning of what was written, to name it by."""
    text = str(raw)
    return text if len(text) <= 40 else text[:37] + "…"
