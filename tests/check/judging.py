"""Holds what a proof found in a library against walks: those of its witnesses, and many at random."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planted import REPORT

from goldenthread.advise import Facts, advise, facts_from
from goldenthread.check import apply_rules, prove_library
from goldenthread.diagnostics import Report
from goldenthread.diagnostics.answers import as_yaml
from goldenthread.plan import read
from goldenthread.prove import Replayed
from goldenthread.prove.case import Case
from goldenthread.session import Guide
from goldenthread.source import parse
from goldenthread.walk import Walk, allowed_options
from goldenthread.walk.run import Round, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Instrument, Library
    from goldenthread.prove import Proof
    from goldenthread.walk import Program, Step

NOT_KNOWN = {"not_known": True}


@dataclass(frozen=True)
class Judged:
    """What a check of a library came to: its findings, and the proof where there was one."""

    found: list[Diagnostic]
    proof: Proof | None

    @property
    def codes(self) -> set[str]:
        """The codes found."""
        return {d.code for d in self.found}


def judge(library: Library) -> Judged:
    """Check a library as `goldenthread check` does."""
    report = Report(texts=REPORT.texts)
    apply_rules(library, report)
    proof = None if report.errors else prove_library(library, report)
    return Judged(list(report), proof)


# Witnesses


def shows(finding: Diagnostic, library: Library, answers: Mapping[str, Any]) -> bool:
    """Say whether answers, or bare facts, show what a finding says, by walking them and by nothing else."""
    if "facts" in answers:
        tree, _, _ = parse(as_yaml(answers).encode(), "facts.yaml")
        facts, wrong = facts_from(library, tree.data, tree)
        assert not wrong, wrong
        return _breaks(finding, library, facts)
    walk = Guide(replace(library, protected=True), Report()).from_answers(answers).walk
    return _SHOWN[finding.code](finding, library, walk)


def _stuck(finding: Diagnostic, library: Library, walk: Walk) -> bool:
    """Say whether the walk ends without an end, at the node that is named."""
    return not walk.at and not walk.finished and f"`{_node(walk.problem.key)}`" in finding.message


def _starved(finding: Diagnostic, library: Library, walk: Walk) -> bool:
    for trace in walk.trail:
        node = trace.step.node
        if node.verb == "ask" and f"`{node.id}`" in finding.message and node.span.line <= finding.span.line:
            allowed = allowed_options(node, library)
            there = walk.go_to(trace.key + (f"@{trace.item}" if trace.item else ""))
            offered = allowed(there.known, there.asked) if allowed else library.facts[node.key].type.options
            return len(offered) < max(node.at_least, 1)
    return False


def _shadowed(finding: Diagnostic, library: Library, walk: Walk) -> bool:
    """Say whether the walk passes by a condition that is true there, by another edge."""
    for trace in walk.trail:
        for edge in trace.step.node.edges:
            if edge.when is not None and edge.when.span == finding.span and trace.edge is not edge:
                return edge.when.truth(walk.known, walk.asked) is True
    return False


def _twice(finding: Diagnostic, library: Library, walk: Walk) -> bool:
    """Say whether a role is answered, and asked for again in the same round."""
    role = re.search(r"for the role `(\w+)`", finding.message)[1]
    asked = [t for t in walk.trail if t.step.role == role]
    return any(
        one.how in {"answered", "kept"} and one.round == other.round
        for one in asked
        for other in asked
        if one.key != other.key
    )


def _broken(finding: Diagnostic, library: Library, walk: Walk) -> bool:
    opens = re.search(r"`([\w.]+)` opens `(\w+)`", finding.message)
    if opens is None:
        return _breaks(finding, library, read(walk).facts)
    never = _obligation(finding, library).never
    n = next((n for n, t in enumerate(walk.trail) if t.step.node.flowchart == opens[2]), None)
    if n is None:
        return False
    there = walk.go_to(walk.trail[n].key)
    return there.at == walk.trail[n].key and never.while_.truth(there.known, there.asked) is not False


def _obligation(finding: Diagnostic, library: Library) -> Any:
    return library.obligations[re.search(r"obligation `(\w+)`", finding.message)[1]]


def _breaks(finding: Diagnostic, library: Library, facts: Facts) -> bool:
    """Say whether facts offer the entry that is named, as advice says, and break the obligation that is named."""
    named = re.findall(r"`(\w+)`", finding.message)
    library = replace(library, protected=True)
    if finding.code == "P013" and "no alert opens" in finding.message:
        leads = _obligation(finding, library).leads
        alerts = [alert for alert in library.alerts.values() if alert.opens == leads.to]
        heard = facts.known.keys() | facts.asked.keys()
        items = [(f"{i.id}.item_{r.item}", r.above) for i in library.instruments.values() for r in i.risk]
        truth = leads.when.truth(facts.known, facts.asked) if leads.when else None
        calls = (
            truth is True or (truth is None and leads.when.reads <= heard)
            if leads.when
            else any(key in heard and facts.known.get(key, above + 1) > above for key, above in items)
        )
        return calls and not any(a.raise_when.truth(facts.known, facts.asked) is True for a in alerts)
    entry = library.find(named[1] if finding.code == "P013" else named[0])
    offered = {said.entry.id for said in advise(library, facts, entry.kind).offers}
    if finding.code == "P013":
        while_ = _obligation(finding, library).never.while_
        return entry.id in offered and while_.truth(facts.known, facts.asked) is not False
    return entry.id in offered


_SHOWN = {
    "P002": _shadowed,
    "P003": _stuck,
    "P004": _starved,
    "P006": _twice,
    "P013": _broken,
    "P015": lambda finding, library, walk: _breaks(finding, library, read(walk).facts),
}
WITNESSED = frozenset(_SHOWN) - {"P002"}
"""Codes of what some answers do: each finding of theirs has to show them."""


def _node(key: str) -> str:
    return key.partition("@")[0].partition(".")[2]


def read_back(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give answers as they come back out of the file that they are written into."""
    tree, found, _ = parse(as_yaml(answers).encode(), "answers.yaml")
    assert tree is not None, found
    return {"facts": dict(tree.data)} if "facts" in answers else dict(tree.data)


def without_each(answers: Mapping[str, Any], library: Library) -> list[dict[str, Any]]:
    """Give the answers with one of them taken away, each in turn, but for what has to be answered."""
    if "facts" in answers:
        return []
    rounds = [answers, *answers.get("rounds", [])]
    made = []
    for n, round_ in enumerate(rounds):
        for key in round_.get("answers", {}):
            node = library.node(key.partition("@")[0])
            if node is not None and node.required:
                continue
            left = {**round_, "answers": {k: v for k, v in round_["answers"].items() if k != key}}
            if n == 0:
                made.append(left)
            else:
                made.append({**answers, "rounds": [*rounds[1:n], left, *rounds[n + 1 :]]})
    return made


# Walks at random


def random_case(program: Program, rng: Random, root: str = "planning") -> Case:
    """Walk a flowchart with random answers, calm ones more often than not where safety is asked about."""
    walk = Walk.start(program, root, settings=Settings())
    quiet = rng.random() < 0.7
    for _ in range(150):
        if not walk.at or walk.problem is not None:
            break
        raw = _answer(walk, rng, quiet=quiet)
        there = walk.answer(raw)
        walk = there if there.at != walk.at else walk.later() if rng.random() < 0.5 else walk.not_known()
        if walk.at == there.at and walk.problem is not None:
            walk = walk.not_known()
    rounds = tuple(Round(r.answers, r.opened) for r in walk.rounds)
    return Case(root, rounds)


def _answer(walk: Walk, rng: Random, *, quiet: bool) -> Any:
    step: Step = walk.state.at
    library, node = walk.program.library, step.node
    if rng.random() < 0.08:
        return dict(rng.choice([NOT_KNOWN, {"later": True}]))
    if node.verb == "tell":
        return True
    if node.verb == "measure":
        return _score(library.instruments[node.measure], rng)
    role = library.roles.get(step.role)
    safe = quiet and (node.safety or (role is not None and role.safety))
    match step.type.kind:
        case "yes_no":
            return False if safe else rng.random() < 0.5
        case "number":
            return rng.randint(int(step.type.low or 0), int(step.type.high or 100))
        case "duration":
            return f"{rng.randint(0, 60)} {rng.choice(['days', 'weeks', 'months'])}"
        case "date":
            return "2026-01-05"
        case "goals":
            return [{"own": "see my friends", "for": ["problem"]}]
        case "text":
            return "so"
    return _chosen(walk, rng, safe=safe)


def _score(instrument: Instrument, rng: Random) -> dict[str, int]:
    scale = instrument.scales.get("total") or next(iter(instrument.scales.values()))
    low, high = (int(x) for x in scale.between)
    return {"total": rng.randint(low, high), **{f"item_{risk.item}": 0 for risk in instrument.risk}}


def _chosen(walk: Walk, rng: Random, *, safe: bool) -> Any:
    step, library = walk.state.at, walk.program.library
    node, allowed = step.node, allowed_options(step.node, library)
    options = sorted(allowed(walk.known, walk.asked) if allowed else step.type.options)
    if not options:
        return dict(NOT_KNOWN)
    if step.type.kind == "choice":
        return rng.choice(options)
    declared = (library.roles.get(step.role) or node).options
    alone = [option for option in options if option in declared and declared[option].exclusive]
    if alone and (safe or rng.random() < 0.3):
        return [rng.choice(alone)]
    several = [option for option in options if option not in alone]
    most = min(node.at_most or 3, len(several))
    return (
        rng.sample(several, max(node.at_least, rng.randint(0, most))) if most >= node.at_least else alone[:1]
    )


def contradicted(proof: Proof, cases: list[Case]) -> list[str]:
    """Give the claims of which walks show what the proof says that no answers do."""
    denied = [verdict.claim for verdict in proof.verdicts if verdict.done is False]
    found = []
    for case in cases:
        replayed = Replayed(proof.prover.program, case)
        found += [repr(claim)[:120] for claim in denied if claim.seen(replayed)]
    return found


def outcome(program: Program, case: Case) -> object:
    """Give what can be seen of a case: what was asked and told in its order, what was raised, what is offered.

    A flowchart's ends are seen only by what conditions read of them, but for the one at which the whole walk ends.
    """
    walk = case.walk(program)
    facts = read(walk).facts
    offers = tuple(
        (kind, *sorted(said.entry.id for said in advise(program.library, facts, kind).offers))
        for kind in ("diagnoses", "factors", "interventions", "modalities", "goals")
    )
    seen = (t for t in walk.trail if t.step.node.verb in {"ask", "measure", "tell"})
    trail = tuple((t.key, t.item, t.round) for t in seen)
    alerts = tuple(raised.alert.id for raised in walk.alerts)
    return trail, alerts, offers, walk.at, walk.end and walk.end.key
