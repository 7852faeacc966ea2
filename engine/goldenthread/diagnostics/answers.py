"""Answers that show a finding, as the file that `goldenthread walk --answers` replays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def as_yaml(answers: Mapping[str, Any]) -> str:
    """Write answers as YAML, one to a line; bare facts (`{facts: …}`) as the file that `advise` reads."""
    return "\n".join(_lines(answers.get("facts", answers), 0)) + "\n"


def replays_with(answers: Mapping[str, Any], file: str) -> str:
    """Give the command that shows what a file of these answers leads to."""
    return f"goldenthread advise {file}" if "facts" in answers else f"goldenthread walk --answers {file}"


def _lines(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in data.items():
        if key == "answers" and value:
            yield f"{pad}answers:"
            yield from _lines(value, indent + 2)
        elif key == "rounds":
            yield f"{pad}rounds:"
            for round_ in value:
                first, *rest = _lines(round_, indent + 4)
                yield f"{pad}  - {first.strip()}"
                yield from rest
        else:
            yield f"{pad}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    """Write a value in one line. A word stands as it is, where no reader of YAML takes it for something else."""
    if isinstance(value, str) and value.isidentifier() and value.lower() not in _TAKEN:
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(str(key))}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


_TAKEN = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
