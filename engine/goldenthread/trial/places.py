"""Where an edit can make a difference, on the routes of one of the two libraries: each place as a literal.

Up to the first difference two walks of the same answers pass the same nodes and know the same. So what an edit changes
shows at a place where the rules of both libraries, read of the same facts, come to something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from goldenthread.advise.rank import OF_THE_PROBLEM
from goldenthread.model import ADVISED
from goldenthread.prove.bank import free_to_offer
from goldenthread.prove.formula import FALSE, TRUE, UNKNOWN
from goldenthread.prove.place import At
from goldenthread.prove.questions import Choosing
from goldenthread.prove.standing import Closing
from goldenthread.trial.parts import paired_rules
from goldenthread.trial.taking import taken_otherwise
from goldenthread.trial.ways import leading_to, parted
from goldenthread.walk.program import ASK, END, MEASURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goldenthread.language import Condition
    from goldenthread.model import Advisable, Alert
    from goldenthread.prove.formula import Formula, Truth
    from goldenthread.prove.routes import Routes
    from goldenthread.trial.content import Edit, Whens
    from goldenthread.trial.ways import Sides
    from goldenthread.walk import Step

    Literal = Callable[[Routes], int]

_ASKING = {ASK, MEASURE}
_ANSWERED = {"options", "between", "at_least", "at_most", "other", "answer", "from", "required"}
"""The parts of a question that say which answers it takes, and nothing else."""
_NO_ROUTE = {"route", "never", "leads", "text"}
"""The parts of an obligation that are proven, and that no walk reads."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where an edit can make a difference; `exact` where it makes none unless some answers come to it so."""

    literal: Literal
    exact: bool = True
    left: str = ""
    """A question that is left for later in so many words, where it is not answered."""


def places(edit: Edit, sides: Sides, id_: str) -> list[Place]:
    """Give where an edit can make a difference; `id_` is what it is about, by its name here."""
    part = edit.part.partition(".")[0].partition(",")[0]
    match edit.thing:
        case "node":
            return list(_of_node(id_, part, sides)) if id_ in sides.here.steps else []
        case "flowchart":
            return list(_of_chart(id_, part, sides))
        case "alerts":
            return list(_of_alert(id_, part, sides))
        case "obligations":
            return [] if part in _NO_ROUTE else [Place(lambda routes: _holding(routes, sides))]
        case "roles":
            asking = [step for step in sides.here.steps.values() if step.role == id_]
            return [place for step in asking for place in _of_question(step, part, sides)]
        case "instruments":
            measuring = [step for step in sides.here.steps.values() if step.node.measure == id_]
            return [place for step in measuring for place in _of_question(step, part, sides)]
        case kind if kind in ADVISED:
            return list(_of_entry(edit, id_, part, sides))
    return [Place(lambda _: TRUE, exact=False)]


def _of_node(key: str, part: str, sides: Sides) -> Iterator[Place]:
    step = sides.here.steps[key]
    if sides.other(key) is None:
        yield from _of_new(step, sides)
    elif part == "next":
        yield Place(lambda routes: parted(routes, step, sides))
    else:
        yield from _of_question(step, part, sides)


def _of_new(step: Step, sides: Sides) -> Iterator[Place]:
    """Give where a node is met that the other library lacks: one that decides, where what leads to it parts."""
    leading = leading_to(step, sides)
    if leading is None:
        yield Place(lambda routes: routes.visited.get(step.key, FALSE))
    for before in leading or ():
        yield Place(partial(parted, step=before, sides=sides))


def _of_question(step: Step, part: str, sides: Sides) -> Iterator[Place]:
    """Give where a question is another; in other parts than the answers that it takes, wherever a node is met."""
    other = sides.other(step.key)
    if other is not None:
        left = step.key if other.required and not step.required else ""
        yield Place(lambda routes: taken_otherwise(routes, step, other, sides.there), left=left)
    if part not in _ANSWERED:
        yield Place(lambda routes: routes.visited.get(step.key, FALSE), exact=False)


def _of_chart(id_: str, part: str, sides: Sides) -> Iterator[Place]:
    """Give where a flowchart is another: in what its derived facts decide, or else wherever it is entered."""
    chart = sides.here.charts.get(id_)
    if chart is None:
        return
    if part != "facts":
        yield Place(lambda routes: routes.visited.get(chart.start.key, FALSE), exact=False)
        return
    for key, step in sides.here.steps.items():
        other = sides.other(key)
        if step.node.flowchart == id_ and other is not None:
            yield from _of_node(key, "next", sides)
            yield from _of_question(step, "options", sides)


def _truth(routes: Routes, condition: Condition | None, place: str) -> Truth:
    return routes.truth(condition, place, after=True) if condition is not None else UNKNOWN


def _differing(formula: Formula, one: Truth, other: Truth) -> int:
    """Give the literal of two truths' not being the same."""
    pairs = [(one[n], other[n]) for n in (0, 1)]
    return formula.any(
        formula.both(a, -b) if sign else formula.both(-a, b) for a, b in pairs for sign in (True, False)
    )


# Alerts and what holds whole banks


def _of_alert(id_: str, part: str, sides: Sides) -> Iterator[Place]:
    here = sides.here.library.alerts.get(id_)
    there = sides.there.library.alerts.get(sides.entry(id_))
    if here is None:
        return
    yield Place(lambda routes: _raised_otherwise(routes, here, there))
    if there is None:
        return
    yield Place(lambda routes: _cleared_otherwise(routes, here, there))
    if part not in {"raise_when", "cleared_when"}:
        yield Place(lambda routes: routes.raised(here), exact=False)


def _raised_otherwise(routes: Routes, here: Alert, there: Alert | None) -> int:
    """Give the literal of an answer's raising an alert in one library only."""
    formula, parts = routes.formula, []
    reads = here.raise_when.reads | (there.raise_when.reads if there is not None else frozenset())
    for key in routes.charts.keys:
        step = routes.program.steps[key]
        told = {key, step.role} & reads or any(fact.startswith(f"{step.node.measure}.") for fact in reads)
        if not step.waits or step.kind not in _ASKING or not told:
            continue
        question = routes.question(key)
        given = formula.any((question.value, question.nothing))
        truths = [_truth(routes, alert.raise_when if alert else None, key)[0] for alert in (here, there)]
        apart = _differing(formula, (truths[0], FALSE), (truths[1], FALSE))
        parts.append(formula.both(given, apart))
    return formula.any(parts)


def _cleared_otherwise(routes: Routes, here: Alert, there: Alert) -> int:
    formula, parts = routes.formula, []
    for key in routes.charts.keys:
        if routes.program.steps[key].kind == END and routes.charts.chart_of(key) == here.opens:
            one, other = (_truth(routes, alert.cleared_when, key)[0] for alert in (here, there))
            parts.append(formula.both(routes.visited[key], _differing(formula, (one, FALSE), (other, FALSE))))
    return formula.both(routes.raised(here), formula.any(parts))


def _holding(routes: Routes, sides: Sides) -> int:
    """Give the literal of a bank's being held by the obligations of one library only."""
    return routes.formula.both(
        routes.rests,
        routes.formula.any(_held_apart(routes, sides, kind) for kind in ADVISED),
    )


def _held_apart(routes: Routes, sides: Sides, kind: str) -> int:
    standing = Closing(routes)
    free = [
        routes.formula.all(
            standing.truth(one.until)[0]
            for one in program.library.obligations.values()
            if kind in one.hold and one.until is not None
        )
        for program in (sides.here, sides.there)
    ]
    return _differing(routes.formula, (free[0], FALSE), (free[1], FALSE))


# Entries of the bank


def _of_entry(edit: Edit, id_: str, part: str, sides: Sides) -> Iterator[Place]:
    kind = edit.thing
    here = sides.here.library.advised(kind).get(id_)
    there = sides.there.library.advised(kind).get(sides.entry(id_))
    if here is None:
        return
    yield Place(lambda routes: _standing_otherwise(routes, kind, here, there))
    if there is None or part == "rule_out":
        return
    if part == "caution":
        yield Place(lambda routes: _cautioned_otherwise(routes, kind, here, there))
        return
    # Where the edited reason is the only one, what an offer is graded by is surely another.
    whens = edit.conditions
    other = [rule.when for rule in (*here.suggest, *there.suggest) if rule.when not in whens]

    def offered(routes: Routes) -> int:
        both = _offered_on_both(routes, kind, here, there)
        return routes.formula.both(both, _reasoned(routes, whens))

    def alone(routes: Routes) -> int:
        standing = Closing(routes)
        return routes.formula.all([offered(routes), *(-standing.truth(when)[0] for when in other)])

    def further(routes: Routes) -> int:
        return routes.formula.both(offered(routes), _of_a_further_problem(routes, whens))

    yield from (Place(literal, exact=False) for literal in (further, alone, offered))


def _of_a_further_problem(routes: Routes, whens: Whens) -> int:
    """Give the literal of an option that a reason names being chosen after another, which is the main problem."""
    parts = []
    for fact, option in (named for when in whens if when is not None for named in when.options):
        for source, active in At(routes).sources(fact.key) if fact.key in OF_THE_PROBLEM else ():
            names = list(source.options) if isinstance(source, Choosing) else []
            if isinstance(source, Choosing) and option in names:
                before = routes.formula.any(source.options[name] for name in names[: names.index(option)])
                parts.append(routes.formula.all([active, source.options[option], before]))
    return routes.formula.any(parts)


def _reasoned(routes: Routes, whens: Whens) -> int:
    """Give the literal of an edited reason's coming to something else, or of its being true where it is the same."""
    standing = Closing(routes)
    one, other = whens
    if one is None and other is None:
        return TRUE
    truths = [standing.truth(when)[0] if when is not None else FALSE for when in whens]
    same = one is not None and other is not None and one.text == other.text
    if any(when is not None and not when.reads.isdisjoint(OF_THE_PROBLEM) for when in whens):
        # It is graded by whether it is a reason for the main problem, too.
        return routes.formula.any(truths)
    return truths[0] if same else _differing(routes.formula, (truths[0], FALSE), (truths[1], FALSE))


def _states(routes: Routes, entry: Advisable | None) -> tuple[int, int]:
    """Give the literals of an entry's being offered, and of its being held, if nothing holds its bank."""
    if entry is None:
        return FALSE, FALSE
    formula, standing = routes.formula, Closing(routes)
    for_ = [standing.truth(rule.when) for rule in entry.suggest]
    against = [standing.truth(rule.when) for rule in entry.rule_out]
    suggested = formula.any(true for true, _ in for_)
    free = formula.all(false for _, false in against)
    ruled_out = formula.any(true for true, _ in against)
    # Of other banks, what nothing suggests yet is shown nowhere.
    may = suggested
    if entry.kind in {"diagnoses", "factors"}:
        may = formula.any([suggested, *(formula.all([-true, -false]) for true, false in for_)])
    offered = formula.both(suggested, free)
    return offered, formula.all([may, -ruled_out, -offered])


def _standing_otherwise(routes: Routes, kind: str, here: Advisable, there: Advisable | None) -> int:
    """Give the literal of an entry's being offered, held or left out in one library, and not in the other."""
    formula = routes.formula
    one, other = _states(routes, here), _states(routes, there)
    open_ = formula.both(free_to_offer(Closing(routes), kind), _differing(formula, one, other))
    shown = [formula.any(states) for states in (one, other)]
    shut = _differing(formula, (shown[0], FALSE), (shown[1], FALSE))
    return formula.both(routes.rests, formula.any((open_, shut)))


def _offered_on_both(routes: Routes, kind: str, here: Advisable, there: Advisable) -> int:
    offered = [_states(routes, entry)[0] for entry in (here, there)]
    return routes.formula.all([routes.rests, free_to_offer(Closing(routes), kind), *offered])


def _cautioned_otherwise(routes: Routes, kind: str, here: Advisable, there: Advisable) -> int:
    """Give the literal of a caution's being shown in one library only, with an entry that both offer."""
    formula, standing = routes.formula, Closing(routes)
    unsaid: Truth = (FALSE, TRUE)
    apart = []
    for pair in paired_rules(here.caution, there.caution):
        one, other = (standing.truth(rule.when) if rule is not None else unsaid for rule in pair)
        apart.append(_differing(formula, one, other))
    return formula.both(_offered_on_both(routes, kind, here, there), formula.any(apart))
