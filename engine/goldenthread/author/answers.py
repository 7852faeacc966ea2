"""Answers and vignettes written as files, in the house form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.author.form import form
from goldenthread.author.scalars import key, one_line
from goldenthread.author.script import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def written(data: Mapping[str, Any], above: str = "") -> str:
    """Write a map as a file, with lines `above`; the first key says what kind of file it is.

    Raises ValueError where that would not be read back as it is.
    """
    text = above + "\n".join(_lines(data, 0)) + "\n"
    formed = form(text.encode(), "answers")
    if formed.found:
        raise ValueError(formed.found[0].message)
    return formed.after


def _lines(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """Give the lines of a map: maps and lists of maps a level deeper, all else in brackets."""
    pad = " " * indent
    for name, value in data.items():
        if isinstance(value, dict) and value and indent < 2:
            yield f"{pad}{key(name)}:"
            yield from _lines(value, indent + 2)
        elif name == "rounds":
            yield f"{pad}{name}:"
            for part in value:
                first, *rest = _lines(part, 4)
                yield f"  - {first.strip()}"
                yield from rest
        else:
            yield f"{pad}{key(name)}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{key(name, flow=True)}: {_flow(inner)}" for name, inner in value.items()) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return one_line(Scalar(value), flow=True)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
