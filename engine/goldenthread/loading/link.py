"""Conditions are bound to facts, and every id is held against what it names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from goldenthread.diagnostics import did_you_mean
from goldenthread.language import Condition, Fact
from goldenthread.loading.facts import BANK_LISTS, YES_NO, in_doubt
from goldenthread.loading.scope import BankScope, FlowchartScope
from goldenthread.model import (
    ADVISED,
    Advisable,
    Alert,
    Diagnosis,
    Entry,
    Flowchart,
    Goal,
    Instrument,
    Node,
    Obligation,
    Reference,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from goldenthread.diagnostics import Report, Span
    from goldenthread.language import ConditionError, Scope
    from goldenthread.language.ast import Expression
    from goldenthread.model import Library, Rule, Source
    from goldenthread.source import Places


def link(
    library: Library,
    report: Report,
    broken: set[str],
    places: Places,
    conditions: Callable[[str], Expression],
) -> None:
    """Bind every condition and check every reference; put what is wrong into the report.

    `conditions` parses a condition, or gives what came of the same text before.
    """
    _Linker(library, report, broken, places, conditions).run()


class _Linker:
    def __init__(
        self,
        library: Library,
        report: Report,
        broken: set[str],
        places: Places,
        conditions: Callable[[str], Expression],
    ) -> None:
        self.library, self.report, self.broken, self.places = library, report, broken, places
        self.parse = conditions
        self.scope = BankScope(library.facts, frozenset(library.flowcharts))

    @cached_property
    def _widened(self) -> set[str]:
        """The facts that may have more options than are known: what adds them cannot be made."""
        broken = self.broken
        asked = {node.key for node in self.library.nodes() if {node.flowchart, node.role} & broken}
        return {*broken, *asked}

    @cached_property
    def lists(self) -> dict[str, tuple[Collection[str], str]]:
        """What the lists of ids in an entry name."""
        perpetuating = self.library.advised("perpetuating_factors")
        return {
            "interventions": (self.library.interventions, "an intervention"),
            "targets": ({*perpetuating, "problem"}, "a perpetuating factor"),
            "perpetuating": (perpetuating, "a perpetuating factor"),
            "instruments": (self.library.instruments, "an instrument"),
            "diagnoses": (self.library.diagnoses, "a diagnosis"),
        }

    def run(self) -> None:
        for flowchart in self.library.flowcharts.values():
            self._flowchart(flowchart)
        for entry in self.library.entries():
            self._entry(entry)

    def at(self, thing: Entry | Flowchart | Node, *steps: str, on_key: bool = False) -> Span:
        """Give the place of something that stands below a thing."""
        added = () if isinstance(thing, Node) else thing.added
        return self.places.find((thing.span, *added), *steps, on_key=on_key) or thing.span

    def bind(self, condition: Condition, scope: Scope) -> None:
        for error in condition.bind(scope, self.parse):
            if self._follows(error, condition, scope):
                continue
            span = condition.span.within(error.start, error.end) if condition.exact else condition.span
            note = "" if condition.exact else f"in the condition `{_short(condition.text)}`"
            self.report.error(error.code, span, error.message, error.help, note)

    def _follows(self, error: ConditionError, condition: Condition, scope: Scope) -> bool:
        """Say whether an error follows from another, which is reported where it stands."""
        if error.code not in {"C002", "C004"}:
            return False
        name = condition.text[error.start : error.end].removeprefix("previous.")
        if name.partition(".")[0] in self.broken or error.of in self._widened:
            return True
        own = f"{scope.flowchart}.{name}" if isinstance(scope, FlowchartScope) else name
        return in_doubt(name, self.library) or in_doubt(own, self.library)

    def known(
        self, id_: str, names: Collection[str], what: str, thing: Entry | Flowchart | Node, *steps: str
    ) -> bool:
        """Say whether an id that stands in a thing names something; report it where it does not."""
        if id_ in names:
            return True
        if id_ not in self.broken:
            self._unknown(id_, names, what, self.at(thing, *steps))
        return False

    def _unknown(self, id_: str, names: Iterable[str], what: str, span: Span) -> None:
        found, help_ = self.library.find(id_), did_you_mean(id_, names)
        if found is None:
            bare = what.removeprefix("a ").removeprefix("an ")
            self.report.error("R001", span, f"there is no {bare} `{id_}`", help_)
            return
        kind = found.kind if isinstance(found, Entry) else "flowcharts"
        self.report.error("R003", span, f"`{id_}` is one of the {kind}, not {what}", help_)

    def sources(self, sources: Iterable[Source]) -> None:
        references = self.library.references
        for source in sources:
            if source.ref not in references and source.ref not in self.broken:
                self._unknown(source.ref, references, "a reference", source.span)

    # Flowcharts

    def _flowchart(self, flowchart: Flowchart) -> None:
        derived: dict[str, Fact] = {}
        for name, condition in flowchart.facts.items():
            # A derived fact reads those written above it, so none can read itself.
            scope = FlowchartScope(flowchart.id, self.library.facts, dict(derived))
            self.bind(condition, scope)
            if condition.bound:
                key = f"{flowchart.id}.{name}"
                derived[name] = Fact(key, YES_NO, "", definition=condition.expression, scope=scope)
        scope = FlowchartScope(flowchart.id, self.library.facts, derived)
        if flowchart.start not in flowchart.nodes:
            message = f"`{flowchart.id}` begins at `{flowchart.start}`, and there is no such node"
            help_ = did_you_mean(flowchart.start, flowchart.nodes)
            self.report.error("R001", self.at(flowchart, "start"), message, help_)
        for node in flowchart.nodes.values():
            self._node(node, flowchart, scope)

    def _node(self, node: Node, flowchart: Flowchart, scope: Scope) -> None:
        library = self.library
        self.sources(node.sources)
        for edge in node.edges:
            if edge.go not in flowchart.nodes:
                message = f"`{node.id}` leads to `{edge.go}`, and there is no such node in `{flowchart.id}`"
                self.report.error("R001", edge.span, message, did_you_mean(edge.go, flowchart.nodes))
            if edge.when is not None:
                self.bind(edge.when, scope)
        for option in node.options.values():
            if option.when is not None:
                self.bind(option.when, scope)
        if node.role and self.known(node.role, library.roles, "a role", node, "as"):
            self._role_of(node, library.roles[node.role])
        if node.measure:
            self.known(node.measure, library.instruments, "an instrument", node, "measure")
        if node.visit:
            self.known(node.visit, library.flowcharts, "a flowchart", node, "visit")
        if node.each:
            self._each(node, scope)
        if not node.role:
            self._options_from(node)

    def _each(self, node: Node, scope: Scope) -> None:
        fact = scope.find(node.each)
        if fact is not None and fact.type.kind in {"choices", "goals"}:
            return
        own = f"{node.flowchart}.{node.each}"
        if node.each.partition(".")[0] in self.broken or any(
            in_doubt(name, self.library) for name in (node.each, own)
        ):
            return
        names = [id_ for id_, role in self.library.roles.items() if role.answer in {"choices", "goals"}]
        message = f"`each: {node.each}` names no list of choices"
        self.report.error("R001", self.at(node, "each"), message, did_you_mean(node.each, names))

    def _role_of(self, node: Node, role: Role) -> None:
        if node.answer and node.answer != role.answer:
            message = f"the role `{role.id}` is answered by {role.answer}, and `{node.id}` says {node.answer}"
            help_ = "leave `answer` out: the role says it"
            self.report.error("R006", self.at(node, "answer"), message, help_)
        for key, there in (("options", node.options), ("from", node.options_from)):
            if there:
                message = f"the role `{role.id}` already says the options of `{node.id}`"
                help_ = f"leave `{key}` out here, or write it at the role"
                self.report.error("R006", self.at(node, key, on_key=True), message, help_)

    def _options_from(self, asked: Node | Role) -> None:
        source, roles = asked.options_from, self.library.roles
        if not source:
            if asked.answer in {"choice", "choices"} and not asked.options:
                message = f"`{asked.id}` is answered by {asked.answer} and has no options"
                self.report.error("F002", self.at(asked, "answer"), message, "write `options:` or `from:`")
            return
        if source in BANK_LISTS or source in self.broken:
            return
        span = self.at(asked, "from")
        if source not in roles:
            message = f"`from: {source}` names no bank and no role"
            self.report.error("R001", span, message, did_you_mean(source, [*BANK_LISTS, *roles]))
        elif isinstance(asked, Role) and self._comes_back(asked):
            message = f"`{asked.id}` takes its options from itself, by way of `{source}`"
            self.report.error("R001", span, message, "name a bank, or write `options:`")

    def _comes_back(self, role: Role) -> bool:
        """Say whether a role is the first of a circle of roles that take their options from each other."""
        roles = self.library.roles
        circle, source = {role.id}, role.options_from
        while source in roles and source not in circle:
            circle.add(source)
            source = roles[source].options_from
        return source == role.id and next(id_ for id_ in roles if id_ in circle) == role.id

    # The bank

    def _entry(self, entry: Entry) -> None:
        self.sources(entry.sources)
        match entry:
            case Advisable():
                self._advisable(entry)
            case Role():
                self._options_from(entry)
                for option in entry.options.values():
                    if option.when is not None:
                        self.bind(option.when, self.scope)
            case Alert():
                self._alert(entry)
            case Obligation():
                self._obligation(entry)
            case Instrument():
                for scale in entry.scales.values():
                    self.sources(scale.sources)
                    for cutoff in scale.cutoffs:
                        self.sources(cutoff.sources)
            case Reference() if entry.superseded_by:
                self._superseded(entry)

    def _superseded(self, work: Reference) -> None:
        references = self.library.references
        if not self.known(work.superseded_by, references, "a reference", work, "superseded_by"):
            return
        circle, later = [work.id], work.superseded_by
        while later in references and later not in circle:
            circle.append(later)
            later = references[later].superseded_by
        # Each work of a circle is looked at; the circle is one cause, and named once.
        if later == work.id and next(id_ for id_ in references if id_ in circle) == work.id:
            way = " and ".join(f"`{id_}`" for id_ in circle[1:])
            message = f"`{work.id}` is superseded by itself" + (f", by way of {way}" if way else "")
            span = self.at(work, "superseded_by")
            self.report.error("R009", span, message, "take `superseded_by` out of the latest of them")

    def _advisable(self, entry: Advisable) -> None:
        for offer in entry.suggest:
            self.bind(offer.when, self.scope)
            self.sources(offer.sources)
        self._rules((*entry.rule_out, *entry.caution))
        for name, (names, what) in self.lists.items():
            for id_ in getattr(entry, name, ()):
                self.known(id_, names, what, entry, name, id_)
        if isinstance(entry, Diagnosis):
            self._rules((*entry.speaks_for, *entry.speaks_against))
        if isinstance(entry, Goal):
            self._goal(entry)

    def _rules(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            self.bind(rule.when, self.scope)
            self.sources(rule.sources)

    def _goal(self, goal: Goal) -> None:
        measure = goal.measure
        named: tuple[tuple[str, tuple[str, ...]], ...] = (
            (measure.start, ("measure", "from")),
            (measure.target, ("measure", "to")),
            (goal.time, ("time",)),
        )
        for name, steps in named:
            if name and name not in goal.blanks:
                message = f"`{goal.id}` is measured by the blank `{name}`, which it does not have"
                self.report.error("K001", self.at(goal, *steps), message, did_you_mean(name, goal.blanks))
        for name, blank in goal.blanks.items():
            if blank.fact and self.scope.find(blank.fact) is None and not self._doubtful(blank.fact):
                message = f"the blank `{name}` of `{goal.id}` is filled by `{blank.fact}`, which is no fact"
                help_ = did_you_mean(blank.fact, self.scope.names())
                self.report.error("C002", self.at(goal, "blanks", name, "fact"), message, help_)
        instrument, _, scale = measure.instrument.partition(".")
        if instrument and self.known(
            instrument, self.library.instruments, "an instrument", goal, "measure", "instrument"
        ):
            scales = self.library.instruments[instrument].scales
            if scale and scale not in scales:
                span = self.at(goal, "measure", "instrument")
                message = f"`{instrument}` has no scale `{scale}`"
                self.report.error("R001", span, message, did_you_mean(scale, scales))

    def _doubtful(self, name: str) -> bool:
        return name.partition(".")[0] in self.broken or in_doubt(name, self.library)

    def _alert(self, alert: Alert) -> None:
        self.bind(alert.raise_when, self.scope)
        self.bind(alert.cleared_when, self.scope)
        if not self.known(alert.opens, self.library.flowcharts, "a flowchart", alert, "opens"):
            return
        nodes = self.library.flowcharts[alert.opens].nodes
        for id_ in alert.prefill:
            if id_ not in nodes:
                message = f"`prefill` names `{id_}`, and there is no such node in `{alert.opens}`"
                span = self.at(alert, "prefill", id_, on_key=True)
                self.report.error("R001", span, message, did_you_mean(id_, nodes))

    def _obligation(self, obligation: Obligation) -> None:
        for condition in obligation.conditions.values():
            self.bind(condition, self.scope)
        if obligation.hold and obligation.until is None:
            message = f"`{obligation.id}` holds something and does not say until when"
            self.report.error("F002", self.at(obligation, "hold", on_key=True), message, "write `until:`")
        for key, id_ in obligation.route.items():
            self.known(id_, self.library.flowcharts, "a flowchart", obligation, "route", key)
        if obligation.leads is not None:
            self.known(obligation.leads.to, self.library.flowcharts, "a flowchart", obligation, "leads", "to")
        if obligation.never is not None and obligation.never.reach:
            self.known(
                obligation.never.reach, self.library.flowcharts, "a flowchart", obligation, "never", "reach"
            )
        offered = {*ADVISED, *(id_ for kind in ADVISED for id_ in self.library.advised(kind))}
        for id_ in obligation.never.offer if obligation.never else ():
            self.known(id_, offered, "a bank or an entry", obligation, "never", "offer", id_)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
