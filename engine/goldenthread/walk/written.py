"""Answers as a person writes them in a file, and as the walk keys them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.walk.run import Round

if TYPE_CHECKING:
    from goldenthread.walk.program import Program

Steps = tuple[str | int, ...]
"""The keys that lead to a place in a file."""


def keyed(answers: Mapping[str, Any], program: Program) -> dict[str, Any]:
    """Give answers by the walk's keys: `{q: {each: {item: value}}}` becomes `q@item`, earlier names present ones."""
    made: dict[str, Any] = {}
    # Earlier names first, so that an answer under the present name stands.
    for written, value in sorted(
        answers.items(), key=lambda pair: pair[0].partition("@")[0] not in program.renamed
    ):
        key = _renamed(written, program)
        if isinstance(value, Mapping) and set(value) == {"each"} and isinstance(value["each"], Mapping):
            for each, inner in value["each"].items():
                made[f"{key}@{each}"] = inner
        else:
            made[key] = value
    return made


def _renamed(written: str, program: Program) -> str:
    name, at, item = written.partition("@")
    return program.renamed.get(name, name) + at + item


def rounds_from(data: Mapping[str, Any], program: Program) -> tuple[Round, ...]:
    """Give the rounds that an answers file or a vignette holds: its own answers, then those under `rounds`.

    A flowchart opened by hand that there is not is left out, as an answer to no question is never asked for.
    """
    return tuple(
        Round(
            keyed(part.get("answers") or {}, program),
            tuple(
                (o["flowchart"], _renamed(o["at"], program))
                for o in part.get("opened") or ()
                if o["flowchart"] in program.charts
            ),
        )
        for _, part in parts_of(data)
    )


def parts_of(data: Mapping[str, Any]) -> list[tuple[Steps, Mapping[str, Any]]]:
    """Give the rounds as written, each with the keys that lead to it. A case has them all under `rounds`."""
    first: list[tuple[Steps, Mapping[str, Any]]] = [] if "case" in data else [((), data)]
    return [*first, *((("rounds", n), part) for n, part in enumerate(data.get("rounds") or ()))]


def path_of(data: Mapping[str, Any], key: str, round_: int) -> Steps:
    """Give the keys that lead to an answer in a file, by the walk's key: in that round, else the first that has it."""
    name, _, item = key.partition("@")
    parts = parts_of(data)
    for path, part in (*parts[round_ : round_ + 1], *parts):
        answers = part.get("answers") or {}
        if key in answers:
            return (*path, "answers", key)
        if name in answers:
            inner = answers[name]
            each = isinstance(inner, Mapping) and item in (inner.get("each") or {})
            return (*path, "answers", name, *(("each", item) if each else ()))
    return ("answers",)
