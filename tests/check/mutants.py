"""The shipped library with one fault sown into it, in as many places as there are for each kind of fault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planted import LIBRARY, PLACES

from goldenthread.check.rule import At
from goldenthread.language import Condition
from goldenthread.model import ADVISED, Edge, Option, Rule
from goldenthread.plan.roles import ENGINE_ROLES, NO_PART_OF_THE_PLAN, OPTIONAL_ROLES
from goldenthread.prove import Replayed, prove
from goldenthread.prove.reading import conditions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Span
    from goldenthread.model import Advisable, Alert, Library, Node, Obligation
    from goldenthread.prove import Proof


@dataclass(frozen=True)
class Mutant:
    """A library with a fault. `code` and `span` say what has to be found, where that is sure from the first."""

    kind: str
    where: str
    library: Library
    code: str = ""
    span: Span | None = None

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return f"{self.kind} {self.where}"


SCOPE = next(iter(LIBRARY.alerts.values())).raise_when.scope
"""Where the bank looks its names up."""


@cache
def proof() -> Proof:
    """Give the proof of the library as it is shipped."""
    return prove(LIBRARY)


def condition(text: str, like: Condition) -> Condition:
    """Give another condition in the place of one."""
    made = Condition(text, like.span)
    assert not made.bind(like.scope), text
    return made


def never(when: Condition) -> Condition:
    """Give a condition that is never true, since it says and denies the same."""
    return condition(f"({when.text}) and not ({when.text})", when)


def with_node(node: Node, *more: Node, library: Library = LIBRARY) -> Library:
    """Give the library with nodes changed or added."""
    for changed in (node, *more):
        chart = library.flowcharts[changed.flowchart]
        nodes = {**chart.nodes, changed.id: changed}
        library = replace(library, flowcharts={**library.flowcharts, chart.id: replace(chart, nodes=nodes)})
    return library


def with_entry(entry: Any) -> Library:
    """Give the library with an entry of the bank changed."""
    return replace(LIBRARY, **{entry.kind: {**LIBRARY.bank(entry.kind), entry.id: entry}})


def with_edge(node: Node, n: int, *edges: Edge) -> Library:
    """Give the library with one edge of a node replaced by others, or by none."""
    return with_node(replace(node, edges=(*node.edges[:n], *edges, *node.edges[n + 1 :])))


NODES = list(LIBRARY.nodes())
WHENS = [(node, n, edge, edge.when) for node in NODES for n, edge in enumerate(node.edges) if edge.when]


def find(thing: Any, *steps: str | int, on_key: bool = False) -> Span:
    """Give a place as a finding has it."""
    return At((thing.span,), steps, on_key).span(PLACES)


# Flowcharts


def impossible_branches() -> Iterator[Mutant]:
    """A `when` that is never true."""
    for node, n, edge, when in WHENS:
        library = with_edge(node, n, replace(edge, when=never(when)))
        yield Mutant("impossible when", f"{node.key} {n}", library, "P002", when.span)


def shadowed_branches() -> Iterator[Mutant]:
    """A `when` written twice; the second leads to where `otherwise` does."""
    for node, n, edge, when in WHENS:
        other = node.edges[-1].go
        again = condition(when.text, when)
        library = with_edge(node, n, edge, replace(edge, when=again, go=other, label=""))
        yield Mutant("doubled when", f"{node.key} {n}", library, "P002", when.span)


def swapped_branches() -> Iterator[Mutant]:
    """Two conditions in the other order."""
    for node in NODES:
        for n, (one, other) in enumerate(pairwise(node.edges)):
            if one.when and other.when:
                edges = (*node.edges[:n], other, one, *node.edges[n + 2 :])
                yield Mutant("swapped whens", f"{node.key} {n}", with_node(replace(node, edges=edges)))


def negated_branches() -> Iterator[Mutant]:
    """A condition turned into its contrary."""
    for node, n, edge, when in WHENS:
        changed = replace(edge, when=condition(f"not ({when.text})", when))
        yield Mutant("negated when", f"{node.key} {n}", with_edge(node, n, changed))


@cache
def _replayed() -> tuple[Replayed, ...]:
    return tuple(Replayed(proof().prover.program, case) for case in proof().cases)


def dropped_ways(kind: str) -> Iterator[Mutant]:
    """`otherwise` or `unknown` taken out. Where answers take it now, and no `otherwise` is left, none lead on then."""
    for node in NODES:
        for n, edge in enumerate(node.edges):
            if edge.kind != kind:
                continue
            left = kind == "unknown" and any(other.kind == "otherwise" for other in node.edges)
            taken = any(replayed.took(edge) for replayed in _replayed())
            sure = taken and not left
            span = find(node, "next", on_key=True)
            yield Mutant(
                f"no {kind}", node.key, with_edge(node, n), "P003" if sure else "", span if sure else None
            )


def led_elsewhere() -> Iterator[Mutant]:
    """An edge that leads further on than it should."""
    charts = proof().prover.routes("planning")[0].charts
    for node in NODES:
        for n, edge in enumerate(node.edges):
            here = f"{node.flowchart}.{edge.go}"
            further = sorted(charts.after(here)) if here in charts.keys and not edge.again else []
            if further:
                target = further[len(node.key) % len(further)].partition(".")[2]
                library = with_edge(node, n, replace(edge, go=target))
                yield Mutant("led elsewhere", f"{node.key} {n} to {target}", library)


def narrowed_options() -> Iterator[Mutant]:
    """An option that is on offer only where what is known is not known."""
    for node in NODES:
        role = LIBRARY.roles.get(node.role)
        asked: Any = role or node
        for option in asked.options.values():
            when = Condition("known(age) and not known(age)", asked.span)
            assert not when.bind(SCOPE)
            options: dict[str, Option] = {**asked.options, option.id: replace(option, when=when)}
            changed = replace(asked, options=options)
            library = with_entry(changed) if role else with_node(changed)
            span = find(asked, "options", option.id, on_key=True)
            yield Mutant("hidden option", f"{node.key} {option.id}", library, "P005", span)


def demanding() -> Iterator[Mutant]:
    """A question that demands more than it can offer."""
    for node in NODES:
        fact = LIBRARY.facts.get(node.key)
        role = LIBRARY.roles.get(node.role)
        if node.verb == "ask" and fact and fact.type.kind == "choices" and not (role or node).other:
            library = with_node(replace(node, at_least=len(fact.type.options) + 1, at_most=0))
            span = find(node, "at_least") if node.at_least else node.span
            yield Mutant("demands too many", node.key, library, "P004", span)


def asked_too_late() -> Iterator[Mutant]:
    """A question moved behind the branches that read it."""
    charts = proof().prover.routes("planning")[0].charts
    for node in NODES:
        if (
            node.verb != "ask"
            or [edge.kind for edge in node.edges] != ["next"]
            or node.key not in charts.keys
        ):
            continue
        chart = LIBRARY.flowcharts[node.flowchart]
        if len(charts.writers(node.role or node.key)) != 1 or chart.start == node.id:
            continue
        readers = [
            other
            for other in chart.nodes.values()
            if other.key in charts.after(node.key)
            and any(e.when and e.when.reads & {node.key, node.role} for e in other.edges)
        ]
        ends = [
            other
            for other in chart.nodes.values()
            if readers
            and other.key in charts.after(readers[-1].key)
            and [edge.kind for edge in other.edges] == ["next"]
            and not charts.after(other.key) & {reader.key for reader in readers}
        ]
        if not ends:
            continue
        last, (way,) = ends[0], node.edges
        around = [
            replace(
                other,
                edges=tuple(replace(e, go=way.go) if e.go == node.id else e for e in other.edges),
            )
            for other in chart.nodes.values()
            if other.id != last.id and any(e.go == node.id for e in other.edges)
        ]
        library = with_node(
            replace(last, edges=(replace(last.edges[0], go=node.id),)),
            replace(node, edges=(replace(way, go=last.edges[0].go),)),
            *around,
        )
        when = next(e.when for e in readers[0].edges if e.when and e.when.reads & {node.key, node.role})
        yield Mutant("asked too late", node.key, library, "P007", when.span)


def asked_twice() -> Iterator[Mutant]:
    """A question that is asked again, for the same role, right after it was asked."""
    program = proof().prover.program
    by_item = {s.node.visit for s in program.steps.values() if s.node.each} | program.opened_by_alerts
    for node in NODES:
        if node.verb != "ask" or not node.role or [edge.kind for edge in node.edges] != ["next"]:
            continue
        if node.flowchart in by_item:
            continue
        again = replace(node, id=f"{node.id}_again", number=f"{node.number}z")
        library = with_node(replace(node, edges=(replace(node.edges[0], go=again.id),)), again)
        facts = {**LIBRARY.facts, again.key: replace(LIBRARY.facts[node.key], key=again.key)}
        askers = {**LIBRARY.askers, node.role: (*LIBRARY.askers.get(node.role, ()), again)}
        library = replace(library, facts=facts, askers=askers)
        yield Mutant("asked twice", node.key, library, "P006", find(node, "as"))


def nothing_reads_it() -> Iterator[Mutant]:
    """A question whose only readers, the branches of one node, read the age instead."""
    printed = ENGINE_ROLES.keys() | OPTIONAL_ROLES.keys() | NO_PART_OF_THE_PLAN
    for node in NODES:
        safe = LIBRARY.flowcharts[node.flowchart].phase == "safety"
        names = {node.key, node.role} - {""}
        readers = [c for c in _conditions() if c.reads & names]
        reading = [other for other in NODES if any(e.when in readers for e in other.edges)]
        if node.verb != "ask" or safe or node.role in printed or len(reading) != 1 or _followed(names):
            continue
        edges = reading[0].edges
        if sum(e.when in readers for e in edges) < len(readers):
            continue
        instead = tuple(
            replace(e, when=condition("known(age)", e.when)) if e.when and e.when in readers else e
            for e in edges
        )
        yield Mutant(
            "nothing reads it", node.key, with_node(replace(reading[0], edges=instead)), "P008", node.span
        )


def _followed(names: set[str]) -> bool:
    """Say whether a role gives others their options, a list of runs, or a blank or a text its words."""
    texts = " ".join([*(f"{n.ask} {n.say} {n.tell} {n.why} {n.decide}" for n in NODES)])
    goals = {blank.fact for goal in LIBRARY.goals.values() for blank in goal.blanks.values()}
    roles = {role.options_from for role in LIBRARY.roles.values()} | {node.each for node in NODES}
    goal_texts = " ".join(f"{goal.text} {goal.say}" for goal in LIBRARY.goals.values())
    return bool(names & (goals | roles)) or any(f"{{{name}}}" in texts + goal_texts for name in names)


def _conditions() -> Iterator[Condition]:
    return conditions_of(LIBRARY)


# The bank


def advised() -> Iterator[Advisable]:
    """Give the entries that are suggested by something."""
    for kind in ADVISED:
        yield from (e for e in LIBRARY.advised(kind).values() if e.suggest and not e.never_offered)


def never_suggested() -> Iterator[Mutant]:
    """An entry none of whose reasons can be true."""
    for entry in advised():
        suggest = tuple(replace(reason, when=never(reason.when)) for reason in entry.suggest)
        span = find(entry, "suggest", on_key=True)
        yield Mutant("never suggested", entry.id, with_entry(replace(entry, suggest=suggest)), "P009", span)


def ruled_out_by_itself() -> Iterator[Mutant]:
    """An entry that what suggests it rules out."""
    for entry in advised():
        own = " or ".join(f"({reason.when.text})" for reason in entry.suggest)
        first = entry.suggest[0]
        if len(own) > 1900:
            continue
        rule = Rule(first.span, condition(own, first.when), "It is against it.")
        span = find(entry, "rule_out", on_key=True)
        changed = replace(entry, rule_out=(*entry.rule_out, rule))
        yield Mutant("ruled out by itself", entry.id, with_entry(changed), "P012", span)


def never_against() -> Iterator[Mutant]:
    """A reason against an entry that is never true."""
    for entry in advised():
        for n, rule in enumerate(entry.rule_out):
            changed = replace(rule, when=never(rule.when))
            rules = (*entry.rule_out[:n], changed, *entry.rule_out[n + 1 :])
            library = with_entry(replace(entry, rule_out=rules))
            yield Mutant("never against", f"{entry.id} {n}", library, "P010", rule.when.span)


def _alerts() -> Iterator[Alert]:
    yield from LIBRARY.alerts.values()


def silent_alerts() -> Iterator[Mutant]:
    """An alert that nothing raises."""
    for alert in _alerts():
        changed = replace(alert, raise_when=never(alert.raise_when))
        yield Mutant("silent alert", alert.id, with_entry(changed), "P011", alert.raise_when.span)


def uncleared_alerts() -> Iterator[Mutant]:
    """An alert that no run clears."""
    for alert in _alerts():
        changed = replace(alert, cleared_when=never(alert.cleared_when))
        yield Mutant("uncleared alert", alert.id, with_entry(changed), "P016", alert.cleared_when.span)


def unmet_obligations() -> Iterator[Mutant]:
    """An obligation that nothing meets."""
    for obligation in LIBRARY.obligations.values():
        if obligation.until is not None:
            changed = replace(obligation, until=never(obligation.until))
            yield Mutant(
                "unmet obligation", obligation.id, with_entry(changed), "P017", obligation.until.span
            )


def missing_alerts() -> Iterator[Mutant]:
    """An alert taken out. An obligation of its own asks for those of the five questions and of the instruments."""
    leads = {o.id: find(o, "leads", on_key=True) for o in LIBRARY.obligations.values() if o.leads}
    for alert in _alerts():
        left = {id_: other for id_, other in LIBRARY.alerts.items() if id_ != alert.id}
        library = replace(LIBRARY, alerts=left)
        reads = alert.raise_when.reads
        owed = (
            leads["risk_items_lead_to_risk"]
            if any(".item_" in key for key in reads)
            else leads["reported_risk_leads_to_risk"]
            if reads & LIBRARY.obligations["reported_risk_leads_to_risk"].leads.when.reads
            else None
        )
        yield Mutant("missing alert", alert.id, library, "P013" if owed else "", owed)


def half_deaf_alerts() -> Iterator[Mutant]:
    """An alert that hears a yes and passes over what is not known."""
    obligation = LIBRARY.obligations
    for alert in _alerts():
        first = alert.raise_when.text.partition(" or (answered(")
        if first[2]:
            changed = replace(alert, raise_when=condition(first[0], alert.raise_when))
            item = ".item_" in first[0]
            owed = obligation["risk_items_lead_to_risk" if item else "reported_risk_leads_to_risk"]
            sure = item or alert.raise_when.reads & owed.leads.when.reads
            span = find(owed, "leads", on_key=True)
            yield Mutant(
                "half deaf alert",
                alert.id,
                with_entry(changed),
                "P013" if sure else "",
                span if sure else None,
            )


def weakened_obligations() -> Iterator[Mutant]:
    """An obligation that waits for less: each part of what it waits for taken out, then all of it."""
    for obligation in LIBRARY.obligations.values():
        if obligation.until is None:
            continue
        parts = _parts(obligation.until)
        for n in range(len(parts)) if len(parts) > 1 else ():
            left = " and ".join(part for m, part in enumerate(parts) if m != n)
            yield _weakened(obligation, left, f"{obligation.id} without {parts[n]}")
        yield _weakened(obligation, "known(age) or not known(age)", f"{obligation.id} without anything")
        hold = tuple(kind for kind in obligation.hold if kind != "goals")
        yield Mutant("weakened", f"{obligation.id} not goals", with_entry(replace(obligation, hold=hold)))


def _weakened(obligation: Obligation, text: str, where: str) -> Mutant:
    assert obligation.until is not None
    changed = replace(obligation, until=condition(text, obligation.until))
    return Mutant("weakened", where, with_entry(changed))


def _parts(until: Condition) -> list[str]:
    """Give the parts that `and` joins, outside of brackets."""
    parts, depth, start = [], 0, 0
    for n, letter in enumerate(until.text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and until.text.startswith(" and ", n):
            parts.append(until.text[start:n])
            start = n + 5
    return [*parts, until.text[start:]]


def unguarded_goals() -> Iterator[Mutant]:
    """The branch before the goals that lets nobody through in danger, passed by or turned round."""
    guard = next(n for n in NODES if n.key == "planning.danger_open")
    before = next(n for n in NODES if any(e.go == guard.id for e in n.edges) and n.flowchart == "planning")
    goals = next(n for n in NODES if n.visit == "goals" and n.flowchart == "planning")
    around = with_edge(before, 0, replace(before.edges[0], go=goals.id))
    span = find(goals, "visit")
    # Without an edge to it the branch would be named instead, so it is left one that is taken as well.
    yield Mutant("unguarded goals", "unknown leads on", _turned(guard, "unknown", goals.id), "P013", span)
    yield Mutant("unguarded goals", "otherwise leads on", _turned(guard, "otherwise", goals.id), "P013", span)
    yield Mutant("unguarded goals", "passed by", around)


def _turned(node: Node, kind: str, go: str) -> Library:
    n = next(n for n, edge in enumerate(node.edges) if edge.kind == kind)
    return with_edge(node, n, replace(node.edges[n], go=go))


KINDS = {
    "impossible": impossible_branches,
    "shadowed": shadowed_branches,
    "swapped": swapped_branches,
    "negated": negated_branches,
    "no otherwise": lambda: dropped_ways("otherwise"),
    "no unknown": lambda: dropped_ways("unknown"),
    "elsewhere": led_elsewhere,
    "options": narrowed_options,
    "demanding": demanding,
    "late": asked_too_late,
    "twice": asked_twice,
    "unread": nothing_reads_it,
    "unsuggested": never_suggested,
    "contradictory": ruled_out_by_itself,
    "against": never_against,
    "silent": silent_alerts,
    "uncleared": uncleared_alerts,
    "unmet": unmet_obligations,
    "missing": missing_alerts,
    "deaf": half_deaf_alerts,
    "weakened": weakened_obligations,
    "unguarded": unguarded_goals,
}
