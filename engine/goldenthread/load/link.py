"""Conditions are bound to facts, and every id is held against what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.diagnostics import did_you_mean
from goldenthread.language import Condition, Fact
from goldenthread.load.facts import BANK_LISTS, YES_NO
from goldenthread.load.scope import BankScope, FlowchartScope
from goldenthread.model import Advisable, Alert, Diagnosis, Goal, Library, Obligation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.diagnostics import Report, Span
    from goldenthread.language import Scope
    from goldenthread.model import Entry, Flowchart, Node, Role, Source


def link(library: Library, report: Report, broken: set[str]) -> None:
    """Bind every condition and check every reference; put what is wrong into the report."""
    _Linker(library, report, broken).run()


class _Linker:
    def __init__(self, library: Library, report: Report, broken: set[str]) -> None:
        self.library, self.report, self.broken = library, report, broken
        self.scope = BankScope(library.facts, frozenset(library.flowcharts))

    def run(self) -> None:
        for flowchart in self.library.flowcharts.values():
            self._flowchart(flowchart)
        for entry in self.library.entries():
            self._entry(entry)

    def bind(self, condition: Condition, scope: Scope) -> None:
        for error in condition.bind(scope):
            span = condition.span.within(error.start, error.end) if condition.exact else condition.span
            if error.code == "C002" and self._cascade(condition.text[error.start : error.end]):
                continue
            note = "" if condition.exact else f"in the condition `{_short(condition.text)}`"
            self.report.error(error.code, span, error.message, error.help, note)

    def _cascade(self, name: str) -> bool:
        return name.partition(".")[0] in self.broken

    def known(self, id_: str, names: Iterable[str], span: Span, what: str) -> bool:
        names = list(names)
        if id_ in names or id_ in self.broken:
            return id_ in names
        found = self.library.find(id_)
        if found is not None:
            kind = getattr(found, "kind", "flowcharts")
            self.report.error("R003", span, f"`{id_}` is one of the {kind}, not {what}", did_you_mean(id_, names))
        else:
            self.report.error("R001", span, f"there is no {what.removeprefix('a ').removeprefix('an ')} `{id_}`", did_you_mean(id_, names))
        return False

    def sources(self, sources: Iterable[Source]) -> None:
        for source in sources:
            self.known(source.ref, self.library.references, source.span, "a reference")

    # Flowcharts

    def _flowchart(self, flowchart: Flowchart) -> None:
        derived: dict[str, Fact] = {}
        for name, condition in flowchart.facts.items():
            # A derived fact reads those written above it, so none can read itself.
            scope = FlowchartScope(flowchart.id, self.library.facts, dict(derived))
            self.bind(condition, scope)
            if condition.bound:
                derived[name] = Fact(f"{flowchart.id}.{name}", YES_NO, "", definition=condition.expression, scope=scope)
        scope = FlowchartScope(flowchart.id, self.library.facts, derived)
        if flowchart.start not in flowchart.nodes:
            help_ = did_you_mean(flowchart.start, flowchart.nodes)
            self.report.error("R001", flowchart.span, f"`{flowchart.id}` begins at `{flowchart.start}`, and there is no such node", help_)
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
        if node.role and self.known(node.role, library.roles, node.span, "a role"):
            self._role_of(node, library.roles[node.role])
        if node.measure:
            self.known(node.measure, library.instruments, node.span, "an instrument")
        if node.visit:
            self.known(node.visit, library.flowcharts, node.span, "a flowchart")
        if node.each:
            fact = scope.find(node.each)
            if fact is None or fact.type.kind not in {"choices", "goals"}:
                names = [n for n in library.roles if library.roles[n].answer in {"choices", "goals"}]
                self.report.error("R001", node.span, f"`each: {node.each}` names no list of choices", did_you_mean(node.each, names))
        self._options_from(node, node.span)

    def _role_of(self, node: Node, role: Role) -> None:
        if node.answer and node.answer != role.answer:
            message = f"the role `{role.id}` is answered by {role.answer}, and `{node.id}` says {node.answer}"
            self.report.error("R006", node.span, message, "leave `answer` out: the role says it")
        if node.options or node.options_from:
            message = f"the role `{role.id}` already says the options of `{node.id}`"
            self.report.error("R006", node.span, message, "leave them out here, or add them to the role")

    def _options_from(self, asked: Node | Role, span: Span) -> None:
        source = asked.options_from
        if source and source not in BANK_LISTS and source not in self.library.roles and source not in self.broken:
            self.report.error("R001", span, f"`from: {source}` names no bank and no role", did_you_mean(source, [*BANK_LISTS, *self.library.roles]))
        if asked.answer in {"choice", "choices"} and not asked.options and not source:
            self.report.error("F002", span, f"`{asked.id}` is answered by {asked.answer} and has no options", "write `options:` or `from:`")

    # The bank

    def _entry(self, entry: Entry) -> None:
        self.sources(entry.sources)
        if isinstance(entry, Advisable):
            self._advisable(entry)
        match entry.kind:
            case "roles":
                self._options_from(entry, entry.span)  # type: ignore[arg-type] -- the kind says so
            case "alerts":
                self._alert(entry)  # type: ignore[arg-type] -- as above
            case "obligations":
                self._obligation(entry)  # type: ignore[arg-type] -- as above
            case "instruments":
                for scale in entry.scales.values():  # type: ignore[attr-defined] -- as above
                    self.sources(scale.sources)
            case "references":
                later = entry.superseded_by  # type: ignore[attr-defined] -- as above
                if later:
                    self.known(later, self.library.references, entry.span, "a reference")

    def _advisable(self, entry: Advisable) -> None:
        for rule in (*entry.suggest, *entry.rule_out, *entry.caution):
            self.bind(rule.when, self.scope)
            self.sources(rule.sources)
        perpetuating = self.library.advised("perpetuating_factors")
        lists: Mapping[str, tuple[Iterable[str], str]] = {
            "interventions": (self.library.interventions, "an intervention"),
            "targets": ((*perpetuating, "problem"), "a perpetuating factor"),
            "perpetuating": (perpetuating, "a perpetuating factor"),
            "instruments": (self.library.instruments, "an instrument"),
            "diagnoses": (self.library.diagnoses, "a diagnosis"),
        }
        for name, (names, what) in lists.items():
            for id_ in getattr(entry, name, ()):
                self.known(id_, names, entry.span, what)
        if isinstance(entry, Diagnosis):
            for rule in (*entry.speaks_for, *entry.speaks_against):
                self.bind(rule.when, self.scope)
                self.sources(rule.sources)
        if isinstance(entry, Goal):
            self._goal(entry)

    def _goal(self, goal: Goal) -> None:
        for name in (goal.measure.start, goal.measure.target, goal.time):
            if name and name not in goal.blanks:
                self.report.error("K001", goal.span, f"`{goal.id}` is measured by the blank `{name}`, which it does not have", did_you_mean(name, goal.blanks))
        for name, blank in goal.blanks.items():
            if blank.fact and self.scope.find(blank.fact) is None:
                self.report.error("C002", goal.span, f"the blank `{name}` of `{goal.id}` is filled by `{blank.fact}`, which is no fact", did_you_mean(blank.fact, self.scope.names()))
        instrument = goal.measure.instrument.partition(".")[0]
        if instrument:
            self.known(instrument, self.library.instruments, goal.span, "an instrument")

    def _alert(self, alert: Alert) -> None:
        self.bind(alert.raise_when, self.scope)
        self.bind(alert.cleared_when, self.scope)
        if self.known(alert.opens, self.library.flowcharts, alert.span, "a flowchart"):
            nodes = self.library.flowcharts[alert.opens].nodes
            for id_ in alert.prefill:
                if id_ not in nodes:
                    self.report.error("R001", alert.span, f"`prefill` names `{id_}`, and there is no such node in `{alert.opens}`", did_you_mean(id_, nodes))

    def _obligation(self, obligation: Obligation) -> None:
        if obligation.until is not None:
            self.bind(obligation.until, self.scope)
        if obligation.hold and obligation.until is None:
            self.report.error("F002", obligation.span, f"`{obligation.id}` holds something and does not say until when", "write `until:`")
        for id_ in obligation.route.values():
            self.known(id_, self.library.flowcharts, obligation.span, "a flowchart")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "…"
