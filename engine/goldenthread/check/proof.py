"""What a proof found, in words: each claim that fails as one finding, at the smallest place that shows it."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from goldenthread.check.follows import causes
from goldenthread.check.forgotten import forgotten
from goldenthread.check.rule import at, error, warning
from goldenthread.prove.bank import Cleared, Met, Offered, Raised, RuledOut
from goldenthread.prove.claims import (
    AnsweredBefore,
    AskedTwice,
    OfferedAfter,
    OnOffer,
    Reached,
    Shadowed,
    Starved,
    Stuck,
    Taken,
    least,
)
from goldenthread.prove.obligations import NotLed, OfferedWhile, ReachedWhile
from goldenthread.prove.witness import Replayed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import At, Finding
    from goldenthread.diagnostics import Span
    from goldenthread.language import Condition, Fact
    from goldenthread.model import Node
    from goldenthread.prove import Proof, Prover, Verdict
    from goldenthread.prove.claims import Claim
    from goldenthread.walk import Walk


def findings(proof: Proof) -> Iterator[Finding]:
    """Give what is not as it should be. What only follows from something else that is named is not named as well."""
    said: set[object] = set()
    # Of what is named once, that which is shown comes before that which is not decided.
    for verdict in sorted(causes(proof), key=lambda verdict: verdict.done is None):
        lost = forgotten(verdict, proof.prover)
        once = ("forgotten", lost.fact.key) if lost is not None else _once(verdict.claim)
        if once in said:
            continue
        said.add(once)
        if lost is not None:
            yield lost.finding()
        elif verdict.done is None:
            yield _undecided(verdict.claim, proof.prover)
        else:
            yield say(verdict.claim, verdict, proof.prover)


def _once(claim: Claim) -> object:
    """Give what is named once, however many claims fail of it."""
    match claim:
        case AnsweredBefore(fact=fact) | OfferedAfter(fact=fact):
            return ("unasked", fact.key)
        case OfferedWhile(obligation=obligation):
            return ("offered while", obligation.id)
        case AskedTwice(first=first, second=second):
            return ("asked twice", frozenset((first, second)))
    return id(claim)


@singledispatch
def say(claim: object, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- the shape of what is said
    """Say what is wrong where a claim fails."""
    raise TypeError(f"nothing is said of {claim!r}")


def _node(prover: Prover, key: str) -> Node:
    return prover.program.steps[key].node


@say.register(Reached)
def _reached(claim: Reached, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    node = _node(prover, claim.key)
    if node.id == prover.program.library.flowcharts[node.flowchart].start:
        message = f"no answers open the flowchart `{node.flowchart}`, so that none come to `{node.id}`"
        return error("P001", at(node), message, "mend the visit that leads here, or take the flowchart out")
    return error("P001", at(node), f"no answers come to `{node.id}`", "mend what leads here, or take it out")


@say.register(Taken)
def _taken(claim: Taken, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    node, when = _node(prover, claim.key), claim.edge.when
    assert when is not None  # noqa: S101 -- only edges with a condition are claimed
    shown = prover.fewest(prover.decide(Shadowed(claim.key, claim.place, claim.edge)))
    if shown.done is False:
        message = f"no answers make this `when` of `{node.id}` true"
        return error("P002", when.span, message, "mend the condition, or take it out")
    message = f"this `when` of `{node.id}` is never taken: wherever it is true, {_taker(shown, node, prover)} is taken"
    help_ = "put it before the one that takes its place, or take it out"
    return error("P002", when.span, message, help_, shown=shown)


def _taker(shown: Verdict, node: Node, prover: Prover) -> str:
    """Name the edge that is taken in place of another, as answers show it."""
    trail = Replayed(prover.program, shown.case).trail if shown.case is not None else ()
    taken = next((trace.edge for trace in trail if trace.key == node.key and trace.edge is not None), None)
    return f"`{taken.when.text}`" if taken is not None and taken.when is not None else "an earlier one"


@say.register(Stuck)
def _stuck(claim: Stuck, verdict: Verdict, prover: Prover) -> Finding:
    node = _node(prover, claim.key)
    message = f"there are answers with which no branch of `{node.id}` leads on"
    help_, shown = "end the branch with `- otherwise: NODE`, or add a `when` for them", prover.fewest(verdict)
    if shown.case is not None and _open(shown.case.walk(prover.program), node):
        help_ = (
            "what is not known makes no `when` true: add `- unknown: NODE`, or end with `- otherwise: NODE`"
        )
    return error("P003", at(node, "next", on_key=True), message, help_, shown=shown)


def _open(walk: Walk, node: Node) -> bool:
    """Say whether what a node reads is not known where a walk ended at it."""
    whens = [edge.when for edge in node.edges if edge.when is not None]
    return any(when.truth(walk.known, walk.asked) is None for when in whens)


@say.register(Starved)
def _starved(claim: Starved, verdict: Verdict, prover: Prover) -> Finding:
    node, number = _node(prover, claim.key), least(prover.program.steps[claim.key])
    message = f"`{node.id}` demands at least {number}, and there are answers with which it offers fewer"
    help_ = "add an option that is always on offer, or pass the question by"
    where = at(node, "at_least") if node.at_least else at(node)
    return error("P004", where, message, help_, shown=prover.fewest(verdict))


@say.register(OnOffer)
def _on_offer(claim: OnOffer, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    node = _node(prover, claim.key)
    role = prover.program.library.roles.get(node.role)
    message = f"the option `{claim.option}` is never on offer at `{node.id}`"
    where = at(role or node, "options", claim.option, on_key=True)
    return error("P005", where, message, "mend its `when`, or take it out")


@say.register(AskedTwice)
def _asked_twice(claim: AskedTwice, verdict: Verdict, prover: Prover) -> Finding:
    first, second = _node(prover, claim.first), _node(prover, claim.second)
    message = f"`{second.id}` asks for the role `{claim.role}` again, which `{first.key}` has asked on the same route"
    help_ = f"lead past it where the role is known: `- {{when: known({claim.role}), go: NODE}}`"
    return error("P006", at(second, "as"), message, help_, shown=prover.fewest(verdict))


@say.register(AnsweredBefore)
def _answered_before(claim: AnsweredBefore, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    node, fact = _node(prover, claim.key), claim.fact.key
    when = next(edge.when for edge in node.edges if edge.when is not None and fact in edge.when.reads)
    message = (
        f"`{node.id}` reads `{fact.removeprefix(f'{node.flowchart}.')}`, which no route has asked by then"
    )
    return error("P007", when.span, message, _asked_at(claim.fact, prover))


@say.register(OfferedAfter)
def _offered_after(claim: OfferedAfter, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    node, fact = _node(prover, claim.keys[0]), claim.fact.key
    asked = prover.program.library.roles.get(node.role) or node
    when = asked.options[claim.option].when
    assert when is not None  # noqa: S101 -- only options with a condition are claimed
    read = fact.removeprefix(f"{node.flowchart}.")
    message = f"the option `{claim.option}` of `{asked.id}` reads `{read}`, which no route has asked by then"
    return error("P007", when.span, message, _asked_at(claim.fact, prover))


def _asked_at(fact: Fact, prover: Prover) -> str:
    askers = ", ".join(f"`{asker}`" for asker in sorted(prover.askers(fact.key))[:3])
    if not askers:
        return "no question asks for it: ask for it first, or read something else"
    if fact.each:
        return (
            f"it is asked for each item, at {askers}: lead there first, and read it by `any_of` or `all_of`"
        )
    return f"it is asked at {askers}: lead there first, or read something else"


@say.register(Offered)
def _offered(claim: Offered, verdict: Verdict, prover: Prover) -> Finding:
    entry = claim.entry
    if not claim.wanted:
        message = f"`{entry.id}` is listed as never offered, and there are answers that offer it"
        help_ = "add the reason against it that is missing, or take `never_offered` out"
        return error("P015", at(entry, "never_offered"), message, help_, shown=prover.fewest(verdict))
    if not prover.suggested(claim):
        message = f"nothing that suggests `{entry.id}` can come true"
        return error(
            "P009", at(entry, "suggest", on_key=True), message, "mend a condition, or take the entry out"
        )
    if not prover.consistent(claim):
        message = f"whatever suggests `{entry.id}` also rules it out"
        help_ = (
            "mend one of the two; what is listed only for the reason against it says `never_offered: true`"
        )
        return error("P012", at(entry, "rule_out", on_key=True), message, help_)
    return error("P009", at(entry), f"no answers offer `{entry.id}`", "mend its `suggest`, or take it out")


@say.register(RuledOut)
def _ruled_out(claim: RuledOut, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    message = f"no answers make this reason against `{claim.entry.id}` true"
    return error("P010", claim.rule.when.span, message, "mend the condition, or take the reason out")


@say.register(Raised)
def _raised(claim: Raised, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    message = f"no answers raise the alert `{claim.alert.id}`"
    return error("P011", claim.alert.raise_when.span, message, "mend the condition, or take the alert out")


@say.register(Cleared)
def _cleared(claim: Cleared, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    alert = claim.alert
    message = f"no answers clear the alert `{alert.id}` once it is raised"
    help_ = (
        f"it is cleared where this is true at the end of a run of `{alert.opens}`: mend the condition, or ask there "
        "for what it reads"
    )
    return error("P016", alert.cleared_when.span, message, help_)


@say.register(Met)
def _met(claim: Met, verdict: Verdict, prover: Prover) -> Finding:  # noqa: ARG001 -- as above
    held = " and ".join(claim.obligation.hold)
    message = f"no answers meet the obligation `{claim.obligation.id}`: it holds {held} for good"
    return error("P017", claim.until.span, message, "mend the condition, or ask for what it reads")


@say.register(OfferedWhile)
def _offered_while(claim: OfferedWhile, verdict: Verdict, prover: Prover) -> Finding:
    broken, entry = claim.obligation, claim.entry.id
    message = f"the obligation `{broken.id}` is broken: `{entry}` can be offered {_while(claim.condition)}"
    help_ = "hold it back: add a `rule_out`, or mend what holds its bank"
    return error("P013", at(broken), message, help_, broken.text, shown=prover.fewest(verdict))


@say.register(ReachedWhile)
def _reached_while(claim: ReachedWhile, verdict: Verdict, prover: Prover) -> Finding:
    node, broken = _node(prover, claim.visit), claim.obligation
    message = (
        f"the obligation `{broken.id}` is broken: `{node.key}` opens `{node.visit}` {_while(claim.condition)}"
    )
    help_ = "lead another way before it"
    return error("P013", at(node, "visit"), message, help_, broken.text, shown=prover.fewest(verdict))


@say.register(NotLed)
def _not_led(claim: NotLed, verdict: Verdict, prover: Prover) -> Finding:
    broken, words = claim.obligation, claim.condition.say()
    opened = broken.leads.to if broken.leads else ""
    where = (
        f"where {words}, or where that is not known"
        if len(words) <= _SHORT
        else "with all answers that call for it"
    )
    message = f"the obligation `{broken.id}` is broken: no alert opens `{opened}` {where}"
    help_ = f"add an alert that is raised then, with `opens: {opened}`"
    return error(
        "P013", at(broken, "leads", on_key=True), message, help_, broken.text, shown=prover.fewest(verdict)
    )


_SHORT = 80
"""How long a condition in words may be to stand within a message; the obligation's own text says a longer one."""


def _while(condition: Condition) -> str:
    words = condition.say()
    if len(words) > _SHORT:
        return "all the same"
    return f"while {words}" + (", or while that is not known" if condition.truth({}, {}) is None else "")


def _undecided(claim: Claim, prover: Prover) -> Finding:
    """Say that a claim was not decided, at its place; never a guess."""
    thing = (
        getattr(claim, "entry", None) or getattr(claim, "alert", None) or getattr(claim, "obligation", None)
    )
    key = getattr(claim, "key", None) or getattr(claim, "second", None) or getattr(claim, "keys", (None,))[0]
    where: At | Span = at(thing) if thing is not None else at(_node(prover, str(key)))
    if isinstance(claim, Taken) and claim.edge.when is not None:
        where = claim.edge.when.span
    name = thing.id if thing is not None else str(key)
    message = f"not decided of `{name}`: {_QUESTIONS[type(claim)]}"
    return warning("P014", where, message, "look at it by hand, or make what leads there simpler")


_QUESTIONS: dict[type, str] = {
    Reached: "whether answers come to it",
    Taken: "whether answers take this branch",
    Stuck: "whether a branch leads on with all answers",
    Starved: "whether it always offers what it demands",
    OnOffer: "whether each of its options can be on offer",
    AskedTwice: "whether it asks what was asked before on the same route",
    AnsweredBefore: "whether what it reads can have been asked before",
    OfferedAfter: "whether what its options read can have been asked before",
    Offered: "whether answers offer it",
    RuledOut: "whether each reason against it can be true",
    Raised: "whether answers raise it",
    Cleared: "whether answers clear it",
    Met: "whether answers meet it",
    OfferedWhile: "whether it is kept",
    ReachedWhile: "whether it is kept",
    NotLed: "whether it is kept",
}
