"""Every walk through a small library, driven answer by answer, and what was seen on the way."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Facts, gates
from goldenthread.walk import Settings, Walk, allowed_options
from goldenthread.walk import run as running
from goldenthread.walk.program import exclusive_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.walk import Program, Step, Trace
    from goldenthread.walk.state import State

Seen = set[tuple[Any, ...]]
MOST_OPENED = 1
MOST_RAISED = 12
"""An alert that its own flowchart raises again can be raised without end."""


class TooManyError(Exception):
    """There are more walks than are worth walking."""


class EveryWalk:
    """Walks everything from a flowchart: each answer, not known, later, opened by hand, a second round."""

    def __init__(self, program: Program, root: str, *, rounds: int, most: int) -> None:
        self.program, self.root, self.rounds, self.most = program, root, rounds, most
        self.seen: Seen = set()
        self.count = 0
        self._begun: set[Any] = set()
        self._hand = [
            id_ for id_, f in program.library.flowcharts.items() if f.opened_by_hand and id_ != root
        ]

    def run(self) -> Seen:
        """Walk them all."""
        branch, push = running._branch, running._push

        def watched(step: Step, known: Any, asked: Any) -> Any:
            found = branch(step, known, asked)
            self._at_branch(step, known, asked, found)
            return found

        def entered(program: Program, state: State, flowchart: str, item: str, back: Step | None) -> None:
            push(program, state, flowchart, item, back)
            if back is not None and back.node.visit == flowchart and not _by_itself(item, state):
                self._at_visit(back.key, state)

        running._branch, running._push = watched, entered
        keeps = any(step.carry == "keep" for step in self.program.steps.values())
        try:
            # What is kept from an earlier round may also be answered anew.
            for afresh in (False, True) if keeps else (False,):
                self._begun.clear()
                self._walk(Walk.start(self.program, self.root, settings=Settings(afresh=afresh)))
        finally:
            running._branch, running._push = branch, push
        return self.seen

    def _at_visit(self, visit: str, state: State) -> None:
        """Note which obligations are broken as a visit begins its flowchart."""
        for obligation in self.program.library.obligations.values():
            never = obligation.never
            if never is not None and never.reach == self.program.steps[visit].node.visit:
                truth = never.while_.truth(state.known, state.asked)
                self.seen |= {("reached while", obligation.id, visit)} if truth is not False else set()

    def _at_branch(self, step: Step, known: Any, asked: Any, found: Any) -> None:
        """Note what a node's branches see, as it takes one of them."""
        key = step.key
        self.seen.add(("passed", key))
        if found is None:
            self.seen.add(("stuck", key))
        for n, (truth, edge, _) in enumerate(step.branches):
            if found is not None and edge is found[0]:
                self.seen.add(("taken", key, n))
            elif truth(known, asked) is True:
                self.seen.add(("shadowed", key, n))
            for fact in edge.when.facts if edge.when else ():
                if fact.key in known or fact.key in asked:
                    self.seen.add(("before", key, fact.key))

    def _walk(self, walk: Walk) -> None:
        waiting = [walk]
        while waiting:
            walk = waiting.pop()
            self.count += 1
            self.seen |= {("come", frame.back.key) for frame in walk.state.frames if frame.back is not None}
            self._note_alerts(walk)
            if self.count > self.most or len(walk.state.raised) > MOST_RAISED:
                raise TooManyError
            if walk.round or not walk.at:
                self._note_trail(walk)
            if walk.round >= self.rounds or (walk.round and not self._new(walk)):
                continue
            if not walk.at:
                self._complete(walk)
                if walk.finished and walk.round + 1 < self.rounds:
                    waiting.append(walk.begin_round())
                continue
            self._at_question(walk)
            waiting += self._further(walk)

    def _new(self, walk: Walk) -> bool:
        """Say whether a walk in a later round stands as none did that was walked before: its past is the same."""
        state = walk.state
        earlier = tuple(sorted((k, str(v)) for r in walk.rounds[: walk.round] for k, v in r.answers.items()))
        carried = earlier if any(step.carry == "keep" for step in self.program.steps.values()) else ()
        told = tuple(sorted((key, str(value)) for key, value in state.known.items()))
        scores = tuple((k, tuple(str(s.totals) for s in v)) for k, v in state.scores.items())
        now = walk.rounds[walk.round] if walk.round < len(walk.rounds) else None
        here = (tuple((k, str(v)) for k, v in now.answers.items()), now.opened) if now else ()
        name = (walk.at, walk.round, told, scores, carried, here)
        if name in self._begun:
            return False
        self._begun.add(name)
        return True

    def _further(self, walk: Walk) -> Iterator[Walk]:
        opened = walk.rounds[walk.round].opened
        for flowchart in self._hand:
            under_way = any(frame.chart.id == flowchart for frame in walk.state.frames)
            if len(opened) < MOST_OPENED and not under_way:
                yield walk.open(flowchart)
        for raw in self._raws(walk):
            further = walk.answer(raw)
            if further.problem is not None and "no branch" in further.problem.message:
                # The question stands for the clinician; a file of answers goes on to where no branch leads on.
                yield walk.write(raw)
            elif further.problem is None or further.problem.key != walk.at:
                yield further

    def _raws(self, walk: Walk) -> Iterator[Any]:
        yield {"not_known": True}
        yield {"later": True}
        step = walk.step
        if step.node.verb == "tell":
            yield True
        elif step.node.verb == "measure":
            yield from _scores()
        else:
            yield from _values(walk)

    def _at_question(self, walk: Walk) -> None:
        step = walk.step
        self.seen.add(("come", step.key))
        # What an opened run forgot may have been put back when that had ended.
        told = [t for t in walk.trail if t.round == walk.round and t.how in {"answered", "kept"}]
        last = next((t.key for t in reversed(told) if step.role and t.step.role == step.role), "")
        self.seen |= {("twice", step.role, last, step.key)} if last and step.role in walk.known else set()
        if step.type is not None and step.type.kind in {"choice", "choices"}:
            allowed = allowed_options(step.node, self.program.library)
            on_offer = (
                allowed(walk.known, walk.asked) if allowed is not None else frozenset(step.type.options)
            )
            for option in (self.program.library.roles.get(step.role) or step.node).options.values():
                facts = option.when.facts if option.when is not None else ()
                told = [f.key for f in facts if f.key in walk.known or f.key in walk.asked]
                self.seen |= {("offered after", step.key, option.id, key) for key in told}
            alone = exclusive_options(self.program.library.roles.get(step.role) or step.node)
            together = max(len(on_offer - alone), min(len(on_offer), 1))
            self.seen.add(("few", step.key, together))
            self.seen |= {("on offer", step.key, option) for option in on_offer}

    def _note_trail(self, walk: Walk) -> None:
        """Note what was passed, and which role was asked for again after which question told it last."""
        last: dict[tuple[int, str], str] = {}
        begun, passed = _begun(walk.trail), set[tuple[int, str, str]]()
        for n, trace in enumerate(walk.trail):
            self.seen.add(("passed", trace.key))
            role = trace.step.role
            forgetting = [*begun.get(n, ()), *([trace.step.node.visit] if trace.step.node.each else [])]
            for key in (key for run in forgetting for key in self.program.charts[run].fills):
                last.pop((trace.round, key), None)
            if not role or trace.step.node.verb != "ask":
                continue
            # Where a flowchart is run again within its own run, its questions are answered already.
            name = (trace.round, trace.key, trace.item)
            if (trace.round, role) in last and name not in passed:
                self.seen.add(("twice", role, last[trace.round, role], trace.key))
            passed.add(name)
            if trace.how in {"answered", "kept"}:
                last[trace.round, role] = trace.key

    def _note_alerts(self, walk: Walk) -> None:
        """Note the alerts raised so far, in this round and in those closed, and which of them were cleared."""
        self.seen |= {("raised", raised.alert.id) for raised in walk.alerts_so_far}
        self.seen |= {("cleared", raised.alert.id) for raised in walk.alerts_so_far if raised.cleared}

    def _complete(self, walk: Walk) -> None:
        """Note what a walk that has ended, or stands for want of a branch, comes to."""
        library = self.program.library
        self._keep_to(walk.known, walk.asked)
        untils = [(o.id, o.until) for o in library.obligations.values() if o.until is not None]
        self.seen |= {("met", id_) for id_, until in untils if until.truth(walk.known, walk.asked) is True}
        if not library.modalities:
            return
        raised = tuple(raised.alert.id for raised in walk.alerts if not raised.cleared)
        stopped = walk.end.end if walk.end is not None and walk.end.stop else ""
        facts = Facts(walk.known, walk.asked, raised, {}, stopped)
        for entry in library.modalities.values():
            truths = [rule.when.truth(facts.known, facts.asked) for rule in entry.rule_out]
            self.seen |= {("ruled out", entry.id, n) for n, truth in enumerate(truths) if truth is True}
            for_it = any(rule.when.truth(facts.known, facts.asked) is True for rule in entry.suggest)
            if for_it and all(t is False for t in truths) and not gates(library, facts, "modalities"):
                self.seen.add(("offered", entry.id))
                for obligation in library.obligations.values():
                    never = obligation.never
                    if never is not None and never.while_.truth(facts.known, facts.asked) is not False:
                        self.seen.add(("offered while", obligation.id, entry.id))

    def _keep_to(self, known: Any, asked: Any) -> None:
        """Note where an obligation calls for an alert, and none is true."""
        library = self.program.library
        for obligation in library.obligations.values():
            leads = obligation.leads
            if leads is None:
                continue
            alerts = [alert for alert in library.alerts.values() if alert.opens == leads.to]
            if any(alert.raise_when.truth(known, asked) is True for alert in alerts):
                continue
            item = "mood.item_2"
            calls = known.get(item, 0) > 0 or item in asked
            if leads.when is not None:
                truth = leads.when.truth(known, asked)
                heard = all(fact.key in known or fact.key in asked for fact in leads.when.facts)
                calls = truth is True or (truth is None and heard)
            if calls:
                self.seen.add(("not led", obligation.id))


def _begun(trail: Sequence[Trace]) -> dict[int, list[str]]:
    """Give, by the place in a trail, which flowcharts begin there to run for an item, or opened by themselves."""
    begun: dict[int, list[str]] = {}
    ran: set[tuple[int, str, str]] = set()
    for n, trace in enumerate(trail):
        run = (trace.round, trace.step.node.flowchart, trace.item)
        if not trace.item or run in ran:
            continue
        ran.add(run)
        first = n
        # What it has visited before it passed a node of its own was run within it.
        while first and trail[first - 1].depth > trace.depth and trail[first - 1].round == trace.round:
            first -= 1
        begun.setdefault(first, []).append(run[1])
    return begun


def _by_itself(item: str, state: State) -> bool:
    """Say whether a flowchart was opened by hand or by an alert, not by the visit where it goes back to."""
    return item in state.raised or item.startswith("opened_")


def _scores() -> Iterator[Any]:
    for first in (0, 1):
        for second in (0, 1):
            yield {"items": [first, second]}
    for total in (0, 1, 2):
        for risk in (0, 1, {"not_known": True}):
            yield {"total": total, "item_2": risk}


MOST_OWN = 2
"""How many options in own words are given at once."""


def _values(walk: Walk) -> Iterator[Any]:
    type_, node = walk.step.type, walk.node
    match type_.kind:
        case "yes_no":
            yield from (True, False)
        case "text":
            yield "words"
        case "date":
            yield "2026-01-05"
        case "number":
            yield from (0, 0.5, 1, 1.5, 2)
        case "duration":
            yield from ("3 days", "1 weeks", "10 days", "2 weeks", "3 weeks")
        case "choice":
            yield from type_.options
        case "goals":
            yield from ([], ["goal"], ["goal", {"own": "one"}], [{"own": "one"}, {"own": "two"}])
        case "choices":
            role = walk.program.library.roles.get(node.role) or node
            chosen = walk.known.get(role.options_from, ()) if role.options_from else ()
            own = (
                [{"own": str(n)} for n in range(MOST_OWN)]
                if role.other
                else [o for o in chosen if o.startswith("own_")]
            )
            options: list[Any] = [*type_.options, *own]
            for count in range(len(options) + 1):
                yield from (list(some) for some in combinations(options, count))
