"""Answers as a person writes them in a file, and as the walk keys them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.walk.run import Round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.walk.program import Program


def keyed(answers: Mapping[str, Any], program: Program) -> dict[str, Any]:
    """Give answers by the walk's keys: `{q: {each: {item: value}}}` becomes `q@item`; earlier names become present ones."""
    made: dict[str, Any] = {}
    for written, value in answers.items():
        name, at, item = written.partition("@")
        key = program.renamed.get(name, name) + at + item
        if isinstance(value, Mapping) and set(value) == {"each"} and isinstance(value["each"], Mapping):
            for each, inner in value["each"].items():
                made[f"{key}@{each}"] = inner
        else:
            made[key] = value
    return made


def written(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give answers as a file holds them: those of one question for several items under `each`."""
    made: dict[str, Any] = {}
    for key, value in answers.items():
        name, _, item = key.partition("@")
        if item:
            made.setdefault(name, {}).setdefault("each", {})[item] = value
        elif name in made:
            made[key] = value
        else:
            made[name] = value
    return made


def rounds_from(data: Mapping[str, Any], program: Program) -> tuple[Round, ...]:
    """Give the rounds that an answers file, a vignette or a case holds."""
    parts: Sequence[Mapping[str, Any]] = [data, *data.get("rounds", ())]
    return tuple(
        Round(
            keyed(part.get("answers") or {}, program),
            tuple((str(o["flowchart"]), program.renamed.get(o["at"], o["at"])) for o in part.get("opened", ())),
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
