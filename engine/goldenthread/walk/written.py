"""Answers as a person writes them in a file, and as the walk keys them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.walk.run import Round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.walk.program import Program


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
    """Give the rounds that an answers file or a vignette holds: its own answers, then those under `rounds`."""
    parts: Sequence[Mapping[str, Any]] = [data, *data.get("rounds", ())]
    return tuple(
        Round(
            keyed(part.get("answers") or {}, program),
            tuple((str(o["flowchart"]), _renamed(o["at"], program)) for o in part.get("opened", ())),
        )
        for part in parts
    )


def unknown_questions(rounds: Sequence[Round], program: Program) -> list[tuple[str, str]]:
    """Give the keys that name no question, each with the nearest right one (or nothing)."""
    from goldenthread.diagnostics import nearest  # noqa: PLC0415 -- only where something is wrong

    known = [key for key, step in program.steps.items() if step.waits]
    found = []
    for round_ in rounds:
        for key in round_.answers:
            name = key.partition("@")[0]
            if name not in program.steps or not program.steps[name].waits:
                found.append((key, nearest(name, known) or ""))
    return found
