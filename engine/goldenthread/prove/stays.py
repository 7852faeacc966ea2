"""What stays answered once a flowchart that can be opened again has run, whatever its later runs tell.

A later run answers it again, or what the earlier one told is put back when that has ended: so it is of what the
flowchart alone tells, at a question that cannot be left for later, where no walk ends or begins a round within a run.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from goldenthread.language import ast
from goldenthread.language.types import fact_of
from goldenthread.prove.charts import Charts, edges_of
from goldenthread.walk.program import ASK, END, MEASURE

if TYPE_CHECKING:
    from collections.abc import Collection

    from goldenthread.language import Fact, Scope
    from goldenthread.model import Alert
    from goldenthread.walk import Program, Step


def once_cleared(program: Program, alert: Alert) -> tuple[Fact, ...]:
    """Give the facts that are answered at the end of any round in which a run has cleared an alert."""
    condition = alert.cleared_when
    needed = _needs(condition.expression, condition.scope).values() if condition.bound else ()
    known = {fact.key: fact for fact in needed if _askers(program, alert.opens, fact.key)}
    return tuple((known | {fact.key: fact for fact in once_run(program, alert.opens)}).values())


def once_run(program: Program, chart: str) -> tuple[Fact, ...]:
    """Give the facts that are answered at the end of any round in which a flowchart was run to an end."""
    facts, fills = program.library.facts, program.charts[chart].fills
    return tuple(facts[key] for key in sorted(fills & facts.keys()) if _on_every_route(program, chart, key))


def surely_raised(program: Program, alert: Alert) -> bool:
    """Say whether an alert was raised wherever its condition is true: nothing comes to be known but by an answer.

    What runs of a flowchart tell that can run again is forgotten, put back and put together; of the round before and of
    what a flowchart came to, no question tells.
    """
    again = program.opened_by_alerts | _by_item(program)
    if alert.raise_when.truth({}, {}) is True:
        # It is raised by an answer, and nothing needs one.
        return False
    for key in alert.raise_when.reads:
        tellers = [step for step in program.steps.values() if _tells(step, key)]
        if not tellers or any(step.node.flowchart in again for step in tellers):
            return False
    return True


def _tells(step: Step, key: str) -> bool:
    return key in {step.key, step.role} or (step.kind == MEASURE and key.startswith(f"{step.node.measure}."))


def _by_item(program: Program) -> frozenset[str]:
    return frozenset(step.node.visit for step in program.steps.values() if step.node.each)


def _on_every_route(program: Program, chart: str, key: str) -> bool:
    asked = _askers(program, chart, key)
    waiting, seen = [program.charts[chart].start], set[str]()
    while asked and waiting:
        step = waiting.pop()
        if step.kind == END:
            return False
        if step.key not in seen and step.key not in asked:
            seen.add(step.key)
            waiting += [target for _, target in edges_of(step)]
    return bool(asked)


def _askers(program: Program, chart: str, key: str) -> Collection[str]:
    """Give the questions of a flowchart by which a fact stays answered; nothing where it may be forgotten again."""
    tellers = [step for step in program.steps.values() if key in {step.key, step.role}]
    required = {step.key for step in tellers if step.kind == ASK and step.required}
    told_there = all(step.kind == ASK and step.node.flowchart == chart for step in tellers)
    return required if required and told_there and _always_ends(program, chart) else ()


def _always_ends(program: Program, chart: str) -> bool:
    """Say whether every run comes to an end of its own, and forgets nothing that was told before it."""
    charts = Charts(program, chart)
    steps = [program.steps[key] for key in charts.keys]
    stops = any(step.node.stop and step.node.flowchart != chart for step in steps)
    stands = any(step.kind != END and step.otherwise is None for step in steps)
    return not (chart in _by_item(program) or stops or stands or charts.again)


def _needs(expression: ast.Expression, scope: Scope, *, true: bool = True) -> dict[str, Fact]:
    """Give the facts, by key, that are known wherever an expression is true, or known to be false."""
    match expression:
        case ast.Not(inner=inner):
            return _needs(inner, scope, true=not true)
        case ast.And(parts=parts) | ast.Or(parts=parts):
            found = [_needs(part, scope, true=true) for part in parts]
            if isinstance(expression, ast.And) == true:
                return {key: fact for needs in found for key, fact in needs.items()}
            return reduce(lambda one, other: {key: one[key] for key in one if key in other}, found)
        case ast.Call(condition=inner) if inner is not None:
            return {}
    fact = fact_of(expression, scope)
    if fact is None:
        return {}
    asks = expression.function if isinstance(expression, ast.Call) else ""
    if fact.definition is not None and fact.scope is not None:
        return {} if asks in _ASKING else _needs(fact.definition, fact.scope, true=true)
    # What was only asked, in vain, is not put back after a later run that does not ask it.
    return {fact.key: fact} if asks not in _ASKING or (asks == "known" and true) else {}


_ASKING = {"known", "answered"}
