"""Names in written answers, held against the library: questions, options, goals and what they are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean, nearest
from goldenthread.walk import OWN, option_named, parts_of, status
from goldenthread.walk.program import renamed_options

if TYPE_CHECKING:
    from goldenthread.walk import Program, Step
    from goldenthread.walk.written import Steps

PROBLEM = "problem"
_TARGETS = "perpetuating"


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A name that there is not: the keys that lead to it, what is wrong, and the nearest right name."""

    path: Steps
    message: str
    help: str
    on_key: bool = False


def misnamed(data: Mapping[str, Any], program: Program) -> Iterator[Misnamed]:
    """Give every name in the answers of a file that names nothing: an answers file, a vignette or a case."""
    names = _Names(program)
    for path, part in parts_of(data):
        for n, opened in enumerate(part.get("opened") or ()):
            yield from names.in_opened(opened, (*path, "opened", n))
        for written, raw in (part.get("answers") or {}).items():
            yield from names.in_answer(written, raw, (*path, "answers", written))


class _Names:
    def __init__(self, program: Program) -> None:
        self.program, self.library = program, program.library
        self.questions = [key for key, step in program.steps.items() if step.waits]

    def in_opened(self, opened: Mapping[str, str], path: Steps) -> Iterator[Misnamed]:
        flowchart = opened["flowchart"]
        if flowchart not in self.program.charts:
            message, help_ = (
                f"there is no flowchart `{flowchart}`",
                did_you_mean(flowchart, self.program.charts),
            )
            yield Misnamed((*path, "flowchart"), message, help_)
        step = self._step(opened["at"])
        if step is None:
            yield self._no_question(opened["at"], (*path, "at"))
        elif step.node.flowchart == flowchart:
            message = f"`{step.key}` is a question of `{flowchart}` itself, which is under way there"
            yield Misnamed((*path, "at"), message, "open it at a question outside it, or leave this out")

    def in_answer(self, written: str, raw: Any, path: Steps) -> Iterator[Misnamed]:
        step = self._step(written)
        if step is None:
            yield self._no_question(written, path, on_key=True)
        elif isinstance(raw, Mapping) and set(raw) == {"each"} and isinstance(raw["each"], Mapping):
            for item, inner in raw["each"].items():
                yield from self._in_value(step, inner, (*path, "each", item))
        else:
            yield from self._in_value(step, raw, path)

    def _step(self, written: str) -> Step | None:
        name = written.partition("@")[0]
        step = self.program.steps.get(self.program.renamed.get(name, name))
        return step if step is not None and step.waits else None

    def _no_question(self, written: str, path: Steps, *, on_key: bool = False) -> Misnamed:
        name = written.partition("@")[0]
        near = nearest(name, self.questions)
        help_ = f"did you mean `{near}`?" if near else "`goldenthread facts` lists every question"
        return Misnamed(path, f"no question is called `{name}`", help_, on_key)

    def _in_value(self, step: Step, raw: Any, path: Steps) -> Iterator[Misnamed]:
        if status(raw):
            return
        if isinstance(raw, Mapping) and "value" in raw:
            raw, path = raw["value"], (*path, "value")
        kind = step.type.kind if step.type else ""
        if kind in {"choice", "choices"}:
            yield from self._options(step, raw, path)
        elif kind == "goals":
            for n, goal in enumerate(raw if isinstance(raw, list) else ()):
                yield from self._goal(step, goal, (*path, n))

    def _options(self, step: Step, raw: Any, path: Steps) -> Iterator[Misnamed]:
        asked = self.library.roles.get(step.role) or step.node
        names = {**(step.type.options if step.type else {}), **renamed_options(asked, self.library)}
        what = f"is not an option of `{step.key}`"
        if isinstance(raw, str):
            yield from _wrong([(path, raw)], names, what)
        elif isinstance(raw, Mapping):
            yield from _wrong([((*path, option), option) for option in raw], names, what, on_key=True)
        elif isinstance(raw, list):
            found = [
                ((*path, n, "option") if isinstance(item, Mapping) else (*path, n), option_named(item))
                for n, item in enumerate(raw)
                if option_named(item)
            ]
            yield from _wrong(found, names, what)

    def _goal(self, step: Step, raw: Any, path: Steps) -> Iterator[Misnamed]:
        given: Any = {"id": raw} if isinstance(raw, str) else raw
        if not isinstance(given, Mapping):
            return
        if "id" in given:
            at = path if isinstance(raw, str) else (*path, "id")
            names = {**(step.type.options if step.type else {}), **self._earlier("goals")}
            yield from _wrong([(at, given["id"])], names, "is no goal of the bank")
        targets = self.library.facts.get(_TARGETS)
        if targets is not None:
            names = {**targets.type.options, **self._earlier("factors"), PROBLEM: ""}
            yield from _wrong(_listed(given, "for", path), names, "is nothing that a goal can be for")
        treat = [*self.library.interventions, *self.library.modalities]
        treat += [*self._earlier("interventions"), *self._earlier("modalities")]
        yield from _wrong(_listed(given, "by", path), treat, "is no intervention and no treatment")
        goal, blanks = self.library.goals.get(str(given.get("id"))), given.get("blanks")
        if goal is not None and isinstance(blanks, Mapping):
            found = [((*path, "blanks", name), name) for name in blanks]
            yield from _wrong(found, goal.blanks, f"is no blank of `{goal.id}`", on_key=True)

    def _earlier(self, kind: str) -> dict[str, str]:
        return {old: entry.id for entry in self.library.bank(kind).values() for old in entry.was}


def _listed(given: Mapping[str, Any], key: str, path: Steps) -> list[tuple[Steps, Any]]:
    held = given.get(key)
    if isinstance(held, list):
        return [((*path, key, n), name) for n, name in enumerate(held)]
    return [((*path, key), held)]


def _wrong(
    found: Iterable[tuple[Steps, Any]], names: Iterable[str], what: str, *, on_key: bool = False
) -> Iterator[Misnamed]:
    """Give the names among those found that are none of the right ones, nor the client's own words."""
    right = set(names)
    for path, name in found:
        if isinstance(name, str) and name not in right and not name.startswith(OWN):
            yield Misnamed(path, f"`{name}` {what}", did_you_mean(name, right), on_key)
