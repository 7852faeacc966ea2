"""Runs a state forward over answers, until one is missing, does not fit, or the walk ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.walk.alerts import clear_alerts, keep_run, raise_alerts, under_way
from goldenthread.walk.answers import LATER, Misfit, bare, status
from goldenthread.walk.program import DECIDE, END, PREVIOUS, TELL, VISIT, Program, Step
from goldenthread.walk.record import record, record_nothing
from goldenthread.walk.state import Frame, Problem, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.model import Edge, Node

_MISSING = object()
MOST_STEPS = 100_000
_MOST_AHEAD = 50
"""How many rounds may close one after the other without an answer of their own: what is kept may close each."""


@dataclass(frozen=True, slots=True)
class Round:
    """The answers of one round, by `flowchart.node` (with `@item`), and the flowcharts opened by hand at a question.

    `begun` is the day on which the round was begun, where that is known; it leads nowhere else in a walk.
    """

    answers: Mapping[str, Any]
    opened: tuple[tuple[str, str], ...] = ()
    begun: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a walk runs: only the quick path, and whether what is not answered is left for later.

    An answers file may leave what is required as well; where `required_waits`, the walk stands there.
    """

    quick: bool = False
    rest_later: bool = False
    required_waits: bool = False
    listens: bool = False
    """Whether a state notes what each node's conditions read that was answered, and what was told at visits."""
    afresh: bool = False
    """Whether what an earlier round was told, and is kept, is asked for all the same."""


def begin(program: Program, root: str) -> State:
    """Give the state before the first answer. Raises KeyError for a flowchart that there is not."""
    chart = program.charts[root]
    return State(chart.start, (Frame(chart, "", None),))


def run(
    program: Program, state: State, rounds: Sequence[Round], settings: Settings, stop_at: str = ""
) -> State:
    """Run forward in place; give the state where the next answer is waited for, or the end."""
    state.problem = None
    while state.at is not None and state.end is None:
        if state.at.plain and state.at.key in rounds[state.round].answers:
            _straight_on(state, rounds, stop_at)
        state.steps += 1
        if state.steps > MOST_STEPS or state.round > len(rounds) + _MOST_AHEAD:
            state.problem = Problem(
                state.at.key,
                "the walk goes round without end here",
                "run `goldenthread check`: a cycle lacks `again: true`",
            )
            return state
        if state.pending and not under_way(state, state.raised[state.pending[0]].alert.opens):
            _open_alert(program, state)
            continue
        step = state.at
        if step.waits:
            if not _answer(program, state, step, rounds, settings, stop_at):
                return state
        elif step.kind == DECIDE:
            _go_on(state, step, "passed", rounds)
        elif step.kind == TELL:
            _go_on(state, step, "told", rounds)
        elif step.kind == VISIT:
            _visit(program, state, step, rounds)
        elif step.kind == END:
            _end(program, state, step)
    return state


def _straight_on(state: State, rounds: Sequence[Round], stop_at: str) -> None:
    """Run along questions that raise nothing and whose answers are plain: most of a replay, and so made short.

    It does what `_answer` and `_go_on` do for such questions, and stops before the first that is not one.
    """
    current = rounds[state.round]
    if state.item or state.pending or current.opened:
        return
    answers, known, asked, used, heard = current.answers, state.known, state.asked, state.used, state.heard
    trail, step, round_, depth = state.trail, state.at, state.round, len(state.frames)
    passed = 0
    while step is not None and step.plain and passed < MOST_STEPS:
        key = step.key
        raw = answers.get(key, _MISSING)
        if raw is _MISSING or raw.__class__ is dict or key == stop_at:
            break
        try:
            known[key] = value = step.fit(raw, known, asked)
        except Misfit:
            break
        if step.role:
            known[step.role] = value
        if asked:
            asked.pop(key, None)
            asked.pop(step.role, None)
        used.add(key)
        passed += 1
        if heard is not None:
            _hear(heard, step, known, asked)
        edge, following = _branch(step, known, asked) or step.leads_on if step.branches else step.leads_on
        trail = ((round_, step, "", "answered", edge, depth), trail)
        step = following
    state.trail, state.at, state.steps = trail, step, state.steps + passed


def _hear(
    heard: set[tuple[str, str]], step: Step, known: Mapping[str, Any], asked: Mapping[str, str]
) -> None:
    """Note what a step's conditions read that was answered."""
    for _, edge, _ in step.branches:
        for key in edge.when.reads if edge.when is not None else ():
            if key in known or key in asked:
                heard.add((step.key, key))


def _branch(step: Step, known: Mapping[str, Any], asked: Mapping[str, str]) -> tuple[Edge, Step] | None:
    """Choose among a step's branches: the first that is true, else the one for unknown, else `otherwise`."""
    unknown = False
    for truth, edge, target in step.branches:
        found = truth(known, asked)
        if found is True:
            return edge, target
        if found is None:
            unknown = True
    return step.unknown if unknown and step.unknown is not None else step.otherwise


def _answer(
    program: Program, state: State, step: Step, rounds: Sequence[Round], settings: Settings, stop_at: str
) -> bool:
    item = state.item
    key = f"{step.key}@{item}" if item else step.key
    current = rounds[state.round]
    for n, (flowchart, at) in enumerate(current.opened, 1) if current.opened else ():
        if n in state.opened or not (at == key or (state.round, n) in state.displaced):
            continue
        if under_way(state, flowchart):
            # What its run has heard so far would be forgotten: it is opened once that has ended.
            state.displaced |= {(state.round, n)}
        else:
            state.opened |= {n}
            _push(program, state, flowchart, f"opened_{n}", step)
            return True
    if key == stop_at and state.round == len(rounds) - 1:
        return False
    raw = current.answers.get(key, _MISSING)
    how = "answered"
    if raw is _MISSING:
        raw, how = _unanswered(state, step, key, rounds, settings)
        if raw is _MISSING:
            return False
    no_value = raw.__class__ is dict and status(raw)
    if no_value:
        if no_value == "later" and step.required and how == "answered":
            state.problem = Problem(
                key, "this cannot be left for later", "answer it, or say that it is not known or declined"
            )
            return False
        record_nothing(state, step, item, no_value)
        how = no_value
    else:
        try:
            value = step.fit(bare(raw) if raw.__class__ is dict else raw, state.known, state.asked)
        except Misfit as misfit:
            state.problem = Problem(key, str(misfit), misfit.help)
            return False
        record(state, step, item, value)
    state.used.add(key)
    if step.alerts and no_value != "later":
        raise_alerts(state, step)
    _go_on(state, step, how, rounds)
    return True


def _unanswered(
    state: State, step: Step, key: str, rounds: Sequence[Round], settings: Settings
) -> tuple[Any, str]:
    if state.round and step.keeps(state.item) and not settings.afresh:
        before = earlier(rounds, state.round, key)
        if before is not None and not status(before):
            return before, "kept"
    if settings.quick and not step.core and not step.required:
        return LATER, "later"
    waits = settings.required_waits and step.required
    if settings.rest_later and not waits and state.round < len(rounds):
        # In a round that nobody has written, the walk stands: it could go round for ever.
        return LATER, "later"
    return _MISSING, ""


def earlier(rounds: Sequence[Round], round_: int, key: str) -> Any:
    """Give the newest answer of an earlier round, or None."""
    for n in range(round_ - 1, -1, -1):
        if key in rounds[n].answers:
            return rounds[n].answers[key]
    return None


def _open_alert(program: Program, state: State) -> None:
    item, *rest = state.pending
    state.pending = tuple(rest)
    raised = state.raised[item]
    if not raised.cleared:
        _push(program, state, raised.alert.opens, item, state.at)


def _push(program: Program, state: State, flowchart: str, item: str, back: Step | None) -> None:
    chart = program.charts[flowchart]
    opened = bool(item) and flowchart in program.opened_by_alerts
    before = {key: state.known[key] for key in chart.fills if key in state.known} if opened else {}
    state.frames = (*state.frames, Frame(chart, item, back, before))
    if item:
        for key in chart.fills:
            state.known.pop(key, None)
            state.asked.pop(key, None)
    state.at = chart.start


def listed(node: Node, known: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the items that a visit runs for, as they are known."""
    items = next((known[name] for name in node.lists if known.get(name)), ())
    return tuple(items[: node.max] if node.max else items)


def _visit(program: Program, state: State, step: Step, rounds: Sequence[Round]) -> None:
    node = step.node
    if not node.each:
        if node.visit in state.done:
            _go_on(state, step, "visited", rounds)
        else:
            _enter(program, state, step, "")
        return
    wanted = listed(node, state.known)
    state.known[f"each {node.visit}"] = wanted
    for item in wanted:
        if f"{node.visit}@{item}" not in state.done:
            _enter(program, state, step, item)
            return
    for key in program.charts[node.visit].fills:
        # What was answered for one item is no fact about the others.
        state.known.pop(key, None)
        state.asked.pop(key, None)
    _go_on(state, step, "visited", rounds)


def _enter(program: Program, state: State, step: Step, item: str) -> None:
    """Begin the flowchart of a visit."""
    _push(program, state, step.node.visit, item, step)
    if state.heard is not None:
        state.entered = ((step.key, state.told), state.entered)


def _end(program: Program, state: State, step: Step) -> None:
    frame = state.frames[-1]
    chart = frame.chart
    name = f"{chart.id}@{frame.item}" if frame.item else chart.id
    state.done[name] = step.node.id
    state.known[f"{chart.id}.outcome"] = step.node.id
    state.trail = ((state.round, step, frame.item, "ended", None, len(state.frames)), state.trail)
    if chart.id in program.opened_by_alerts:
        clear_alerts(state, chart.id)
        keep_run(program, state, frame)
    state.frames = state.frames[:-1]
    if step.node.stop or not state.frames:
        state.end, state.at = step, None
        return
    state.at = frame.back
    if state.at is not None and state.at.kind == VISIT and frame.item == "":
        state.done.setdefault(chart.id, step.node.id)


def _go_on(state: State, step: Step, how: str, rounds: Sequence[Round]) -> None:
    if state.heard is not None:
        _hear(state.heard, step, state.known, state.asked)
    chosen = _branch(step, state.known, state.asked)
    state.trail = (
        (state.round, step, state.item, how, chosen[0] if chosen else None, len(state.frames)),
        state.trail,
    )
    if chosen is None:
        state.at = None
        state.problem = Problem(
            step.key, "no branch leads on from here", "run `goldenthread check`: a branch is missing"
        )
        return
    state.at = chosen[1]
    if chosen[0].again:
        new_round(state, rounds)


def next_round(program: Program, root: str, state: State, rounds: Sequence[Round]) -> None:
    """Begin the round after one that has ended, at the start of the flowchart that is walked."""
    new_round(state, rounds)
    fresh = begin(program, root)
    state.at, state.frames, state.end = fresh.at, fresh.frames, None


def unopened(state: State, rounds: Sequence[Round]) -> frozenset[tuple[int, int]]:
    """Give the openings by hand of the round under way that have not had their turn."""
    count = len(rounds[state.round].opened)
    return frozenset((state.round, n) for n in range(1, count + 1) if n not in state.opened)


def new_round(state: State, rounds: Sequence[Round]) -> None:
    """Close the round: what was known becomes what was known before."""
    state.lost |= unopened(state, rounds)
    before = {f"{PREVIOUS}{key}": value for key, value in state.known.items() if not key.startswith(PREVIOUS)}
    state.round += 1
    state.known, state.asked = before, {}
    state.used, state.done, state.runs = set(), {}, {}
    state.over += tuple(state.raised.values())
    state.raised, state.pending, state.opened = {}, (), frozenset()
    state.frames = state.frames[:1]
