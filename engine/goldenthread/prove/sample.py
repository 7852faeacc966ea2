"""Walks that answer each question with every kind of answer in turn: what they show needs no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goldenthread.prove.case import Case
from goldenthread.prove.questions import NOT_KNOWN, OWN, Listed
from goldenthread.prove.witness import Replayed
from goldenthread.walk import Misfit, Round
from goldenthread.walk.program import ACKNOWLEDGE

if TYPE_CHECKING:
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Step

_WALKS = 60
_IDLE = 3
"""How many walks in a row may come to nothing new."""
_RUNS = 4
"""How often one question is answered in a walk: an answer may open its own flowchart again, without end."""


def sampled(routes: Routes, show: Callable[[Replayed], bool]) -> None:
    """Show walks from a flowchart, each with other answers, until several in a row have shown nothing new."""
    sample, idle = _Sample(routes), 0
    for _ in range(_WALKS):
        chosen = _Chosen(sample)
        walk = Case(routes.root, (Round(chosen),)).walk(routes.program)
        case = Case(routes.root, (Round(dict(chosen.given)),))
        # What is kept may have closed rounds that nobody answered.
        replayed = Replayed(routes.program, case, replace(walk, rounds=(*case.rounds, *walk.rounds[1:])))
        idle = 0 if show(replayed) else idle + 1
        if idle == _IDLE:
            return


class _Sample:
    """The kinds of answer that each question has left."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        self._kinds: dict[str, list[Any]] = {}
        self._used: dict[str, int] = {}

    def answer(self, name: str) -> Any:
        """Give the next kind of answer; when all were given, the one with which most can follow."""
        if name not in self._kinds:
            self._kinds[name] = self._sorted(self.routes.program.steps[name])
        kinds, used = self._kinds[name], self._used.get(name, 0)
        self._used[name] = used + 1
        return kinds[used if used < len(kinds) else 0]

    def _sorted(self, step: Step) -> list[Any]:
        kinds = sorted(_kinds(self.routes, step), key=lambda kind: -self._following(step, kind[1]))
        return [raw for raw, _ in kinds]

    def _following(self, step: Step, known: Mapping[str, Any]) -> int:
        """Give how many nodes can follow the edge that an answer takes by itself."""
        taken = [target for truth, _, target in step.branches if truth(known, {}) is True]
        if not taken and step.otherwise is not None:
            taken = [step.otherwise[1]]
        return len(self.routes.charts.after(taken[0].key)) if taken else 0


class _Chosen(Mapping[str, Any]):
    """Answers that are chosen when the walk asks for them."""

    def __init__(self, sample: _Sample) -> None:
        self.sample = sample
        self.given: dict[str, Any] = {}
        self.runs: dict[str, int] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self.given:
            name = key.partition("@")[0]
            self.runs[name] = self.runs.get(name, 0) + 1
            step, runs = self.sample.routes.program.steps[name], self.runs[name]
            if step.kind == ACKNOWLEDGE or runs > (_RUNS + _RUNS if step.required else _RUNS):
                raise KeyError(key)
            self.given[key] = dict(NOT_KNOWN) if runs > _RUNS else self.sample.answer(name)
        return self.given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def _kinds(routes: Routes, step: Step) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Give an answer of every kind that a question takes whatever was answered before, with what it makes known."""
    question = routes.question(step.key)
    hidden, chosen_in, _ = routes.charts.narrowing(step.key)
    if not hidden and not chosen_in:
        if isinstance(question, Listed):
            yield from ((a.raw, a.known) for a in question.answers if a.before is None)
        else:
            options = [name for name in question.options if not name.startswith(OWN)]
            for raw in (options[:1], options, options[1:2], options[-1:], []):
                with suppress(Misfit):
                    yield raw, dict.fromkeys((step.key, step.role), step.fit(raw, {}))
    yield dict(NOT_KNOWN), {}
