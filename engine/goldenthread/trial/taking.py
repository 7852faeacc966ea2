"""What a question takes in one library and not in another, or takes to mean something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.prove.formula import FALSE
from goldenthread.prove.place import At
from goldenthread.prove.questions import OWN, Choosing
from goldenthread.score import ScoreError
from goldenthread.walk import Misfit
from goldenthread.walk.program import ASK, MEASURE, exclusive_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.prove.answers import Answer
    from goldenthread.prove.questions import Listed
    from goldenthread.prove.routes import Routes
    from goldenthread.walk import Program, Step


def taken_otherwise(routes: Routes, step: Step, other: Step, there: Program) -> int:
    """Give the literal of an answer here that the other question refuses, or takes to mean something else."""
    if step.kind not in {ASK, MEASURE} or step.key not in routes.visited or other.kind != step.kind:
        return FALSE
    question = routes.question(step.key)
    if isinstance(question, Choosing):
        parts = _refused_choices(routes, question, step, other, there)
    else:
        parts = [literal for literal, answer in _answers(question) if _otherwise(answer, step, other)]
    parts += _hidden(routes, question, step, other, there)
    if other.required and not step.required:
        parts.append(routes.formula.all([routes.visited[step.key], -question.value, -question.nothing]))
    return routes.formula.any(parts)


def _answers(question: Listed) -> list[tuple[int, Answer]]:
    return list(zip(question.literals, question.answers, strict=True))


def _otherwise(answer: Answer, step: Step, other: Step) -> bool:
    """Say whether an answer is refused by the other question, or makes something else known there."""
    try:
        value: Any = other.fit(answer.raw, {})
    except (Misfit, ScoreError):
        return True
    return _known(value, other) != _known(step.fit(answer.raw, {}), step)


def _known(value: Any, step: Step) -> Mapping[str, Any]:
    return dict(value.facts()) if step.kind == MEASURE else {step.role: value}


def _refused_choices(
    routes: Routes, question: Choosing, step: Step, other: Step, there: Program
) -> list[int]:
    """Give the literals of sets of options that the other question does not take."""
    formula = routes.formula
    if other.type is None or other.type.kind != "choices" or step.role != other.role:
        return [question.value]
    asked = there.library.roles.get(other.role) or other.node
    own = {name for name in question.options if name.startswith(OWN)}
    gone = question.options.keys() - other.type.options.keys() - (own if asked.other else set())
    parts = [question.options[name] for name in gone]
    alone = exclusive_options(asked)
    parts += [
        formula.both(question.options[one], literal)
        for one in alone & question.options.keys()
        for name, literal in question.options.items()
        if name != one
    ]
    parts.append(formula.both(question.value, -question.count(other.node.at_least)))
    if other.node.at_most:
        parts.append(question.count(other.node.at_most + 1))
    return parts


def _hidden(
    routes: Routes, question: Listed | Choosing, step: Step, other: Step, there: Program
) -> list[int]:
    """Give the literals of options chosen here that are not on offer there."""
    asked = there.library.roles.get(other.role) or other.node
    formula, parts = routes.formula, []
    for name, literal in question.options.items():
        option = asked.options.get(name)
        if option is not None and option.when is not None:
            parts.append(formula.both(literal, routes.truth(option.when, step.key, after=False)[1]))
        source = asked.options_from
        if source in there.library.roles:
            known, among = At(routes, step.key, after=False).chosen(source, name)
            parts.append(formula.all([literal, known, -among]))
    return parts
