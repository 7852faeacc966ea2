"""One fault planted in the shipped library gives one finding: the right code, file, line, and the right name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from planted import LIBRARY, PLACES, REPORT, Copy, found_at

from goldenthread.diagnostics.printers import as_text
from goldenthread.loading.files import library_files, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from goldenthread.diagnostics import Span
    from goldenthread.model import Edge, Node, Source

Thing = TypeVar("Thing")
NODES = list(LIBRARY.nodes())
EDGES = [(node, edge) for node in NODES for edge in node.edges]
LED_TO = Counter(f"{node.flowchart}.{edge.go}" for node, edge in EDGES)


def some(things: Sequence[Thing], count: int) -> list[Thing]:
    """Give things from all over a list."""
    assert things
    return list(things)[:: max(1, len(things) // count)][:count]


def place(thing: Any, *steps: str | int, on_key: bool = False, part: str = "") -> Span:
    """Give a place in the shipped library, which has to be there."""
    span = PLACES.find([thing.span], *steps, on_key=on_key, part=part)
    assert span is not None
    return span


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


@pytest.fixture
def copy(standing: Copy) -> Copy:
    standing.begin_anew()
    return standing


def only_finding(copy: Copy, code: str, span: Span, help_: str) -> None:
    """Fail unless a library has one finding: this one, at this line, with this in its help."""
    _, report = copy.check()
    found = list(report)
    assert [(d.code, d.span.line, d.span.column) for d in found] == [(code, span.line, span.column)], as_text(
        report
    )
    assert found[0].span.file.endswith(copy.path(span).name)
    assert help_ in found[0].help, found[0].help


def test_the_shipped_library_gives_nothing(copy: Copy) -> None:
    assert not len(REPORT)
    _, report = copy.check()
    assert not len(report), as_text(report)


@pytest.mark.parametrize("edge", some([edge for _, edge in EDGES], 5), ids=lambda edge: edge.go)
def test_an_edge_to_no_node(copy: Copy, edge: Edge) -> None:
    copy.write(edge.span, edge.go + "q")
    only_finding(copy, "R001", edge.span, f"`{edge.go}`")


def lists(bank: Mapping[str, Any], key: str) -> list[tuple[Any, tuple[str, str], str]]:
    """Give the last of the ids under a key, of an entry that has some."""
    entry = next(entry for entry in bank.values() if getattr(entry, key))
    return [(entry, (key, getattr(entry, key)[-1]), getattr(entry, key)[-1])]


IDS = [
    *[(node, ("as",), node.role) for node in some([n for n in NODES if n.role], 5)],
    *[(node, ("measure",), node.measure) for node in some([n for n in NODES if n.measure], 2)],
    *[(node, ("visit",), node.visit) for node in some([n for n in NODES if n.visit], 3)],
    *[(node, ("each",), node.each) for node in some([n for n in NODES if n.each], 2)],
    *[
        (role, ("from",), role.options_from)
        for role in some([r for r in LIBRARY.roles.values() if r.options_from], 2)
    ],
    *[
        (goal, ("targets", goal.targets[0]), goal.targets[0])
        for goal in some(list(LIBRARY.goals.values()), 2)
    ],
    *[
        (goal, ("interventions", goal.interventions[-1]), goal.interventions[-1])
        for goal in some([g for g in LIBRARY.goals.values() if g.interventions], 2)
    ],
    *[
        (modality, ("interventions", modality.interventions[-1]), modality.interventions[-1])
        for modality in some(list(LIBRARY.modalities.values()), 2)
    ],
    *[
        (diagnosis, ("perpetuating", diagnosis.perpetuating[0]), diagnosis.perpetuating[0])
        for diagnosis in some([d for d in LIBRARY.diagnoses.values() if d.perpetuating], 2)
    ],
    *[(alert, ("opens",), alert.opens) for alert in some(list(LIBRARY.alerts.values()), 1)],
    *[
        (o, ("route", key), o.route[key])
        for o in LIBRARY.obligations.values()
        if o.route
        for key in ("to", "through")
    ][:2],
    *lists(LIBRARY.diagnoses, "instruments"),
    *lists(LIBRARY.goals, "diagnoses"),
    *lists(LIBRARY.factors, "interventions"),
    *lists(LIBRARY.interventions, "targets"),
    *lists(LIBRARY.modalities, "targets"),
    *[
        (goal, ("measure", "instrument"), goal.measure.instrument)
        for goal in LIBRARY.goals.values()
        if goal.measure.instrument
    ][:1],
    *[(r, ("superseded_by",), r.superseded_by) for r in LIBRARY.references.values() if r.superseded_by][:1],
]


@pytest.mark.parametrize(
    ("thing", "steps", "right"), IDS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_misspelt_id_is_marked_itself(copy: Copy, thing: Any, steps: tuple[str, ...], right: str) -> None:
    span = place(thing, *steps)
    assert copy.write(span, right + "q") == right
    only_finding(copy, "R001", span, f"`{right}`")


SOURCES = {
    "entry": next(e.sources[0] for e in LIBRARY.entries() if e.sources),
    "suggestion": next(m.suggest[0].sources[0] for m in LIBRARY.modalities.values() if m.suggest[0].sources),
    "caution": next(
        m.caution[0].sources[0] for m in LIBRARY.modalities.values() if m.caution and m.caution[0].sources
    ),
    "for": next(
        d.speaks_for[0].sources[0]
        for d in LIBRARY.diagnoses.values()
        if d.speaks_for and d.speaks_for[0].sources
    ),
    "scale": next(s.sources[0] for i in LIBRARY.instruments.values() for s in i.scales.values() if s.sources),
    "cut-off": next(
        c.sources[0]
        for i in LIBRARY.instruments.values()
        for s in i.scales.values()
        for c in s.cutoffs
        if c.sources
    ),
    "node": next(node.sources[0] for node in NODES if node.sources),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_reference_that_there_is_not(copy: Copy, source: Source) -> None:
    copy.write(source.span, source.ref + "q")
    only_finding(copy, "R001", source.span, f"`{source.ref}`")


def test_an_answer_put_forward_that_its_question_cannot_take(copy: Copy) -> None:
    alert = LIBRARY.alerts["risk_suicide"]
    span = place(alert, "prefill", "risk_kind", "suicide")
    copy.write(span, "suicideq")
    only_finding(copy, "K009", span, "`suicide`")


def test_an_answer_put_forward_for_no_question(copy: Copy) -> None:
    span = place(LIBRARY.alerts["risk_suicide"], "prefill", "risk_kind", on_key=True)
    copy.write(span, "risk_kindq")
    only_finding(copy, "R001", span, "`risk_kind`")


def test_a_blank_filled_by_no_fact(copy: Copy) -> None:
    goal, name = next((g, n) for g in LIBRARY.goals.values() for n, blank in g.blanks.items() if blank.fact)
    span = place(goal, "blanks", name, "fact")
    right = copy.write(span, goal.blanks[name].fact + "q")
    only_finding(copy, "C002", span, f"`{right}`")


def in_conditions(pattern: str) -> list[tuple[Span, str]]:
    """Give the places of what a pattern's first group finds in conditions that stand on one line."""
    return [
        (edge.when.span.within(found.start(1), found.end(1)), found[1])
        for _, edge in EDGES
        if edge.when is not None and edge.when.exact and (found := re.search(pattern, edge.when.text))
    ]


@pytest.mark.parametrize(("span", "option"), some(in_conditions(r"\b(\w+) in (?!\[)"), 5))
def test_an_option_that_there_is_not(copy: Copy, span: Span, option: str) -> None:
    copy.write(span, option + "q")
    only_finding(copy, "C004", span, f"`{option}`")


@pytest.mark.parametrize(("span", "fact"), some(in_conditions(r"^(\w{4,}) (?:>=|<=|==|<|>|in \[)"), 5))
def test_a_fact_that_there_is_not(copy: Copy, span: Span, fact: str) -> None:
    copy.write(span, fact + "q")
    only_finding(copy, "C002", span, f"`{fact}`")


@pytest.mark.parametrize(("span", "condition"), some(in_conditions(r"^(\w+)$"), 4))
def test_a_condition_of_the_wrong_type(copy: Copy, span: Span, condition: str) -> None:
    copy.write(span, f"{condition} >= 3")
    found = copy.findings()
    assert found == [found_at("C003", span)]


GUARDED = [
    (node, edge)
    for node, edge in EDGES
    if edge.kind == "unknown"
    and LED_TO[f"{node.flowchart}.{edge.go}"] > 1
    and any(
        e.when and any(f.safety for f in e.when.facts) and e.when.truth({}, {}) is None for e in node.edges
    )
]


@pytest.mark.parametrize(("node", "edge"), some(GUARDED, 5), ids=lambda value: getattr(value, "id", ""))
def test_a_safety_branch_without_unknown(copy: Copy, node: Node, edge: Edge) -> None:
    copy.drop(edge.span)
    condition = next(e.when for e in node.edges if e.when and any(f.safety for f in e.when.facts))
    line = condition.span.line - (edge.span.line < condition.span.line)
    assert copy.findings() == [found_at("G006", condition.span, line)]


TURNING = [
    (node, edge)
    for node, edge in EDGES
    if edge.kind == "otherwise" and not edge.again and LED_TO[f"{node.flowchart}.{edge.go}"] > 1
]


@pytest.mark.parametrize(("node", "edge"), some(TURNING, 5), ids=lambda value: getattr(value, "id", ""))
def test_a_circle(copy: Copy, node: Node, edge: Edge) -> None:
    copy.write(edge.span, LIBRARY.flowcharts[node.flowchart].start)
    assert copy.findings() == [found_at("G003", edge.span)]


LEADING_ON = [
    (node, edge) for node, edge in EDGES if edge.kind == "next" and LED_TO[f"{node.flowchart}.{edge.go}"] > 1
]


@pytest.mark.parametrize(("node", "edge"), some(LEADING_ON, 4), ids=lambda value: getattr(value, "id", ""))
def test_a_node_that_leads_nowhere(copy: Copy, node: Node, edge: Edge) -> None:
    copy.drop(edge.span)
    assert copy.findings() == [found_at("G002", node.span)]


def node_after(node: Node) -> Node | None:
    """Give the node that a node leads to without a condition, where both have one way on and one way in."""
    if [edge.kind for edge in node.edges] != ["next"]:
        return None
    after = LIBRARY.flowcharts[node.flowchart].nodes[node.edges[0].go]
    alone = LED_TO[after.key] == 1 and [edge.kind for edge in after.edges] == ["next"]
    return after if alone else None


CHAINS = [(node, after) for node in NODES if (after := node_after(node)) and (node_after(after))]


@pytest.mark.parametrize(("node", "lost"), some(CHAINS, 4), ids=lambda value: value.key)
def test_a_node_that_nothing_leads_to_is_named_and_not_what_follows(
    copy: Copy, node: Node, lost: Node
) -> None:
    further = node_after(lost)
    assert further is not None
    copy.write(node.edges[0].span, further.edges[0].go)
    assert copy.findings() == [found_at("G001", lost.span)]


@pytest.mark.parametrize("node", some([n for n in NODES if n.visit], 4), ids=lambda node: node.key)
def test_a_flowchart_that_visits_itself(copy: Copy, node: Node) -> None:
    span = place(node, "visit")
    copy.write(span, node.flowchart)
    only_finding(copy, "G004", span, "take the visit out")


def test_flowcharts_that_visit_each_other(copy: Copy) -> None:
    inner = next(n for n in NODES if n.visit and n.flowchart != "planning")
    span = place(inner, "visit")
    copy.write(span, "planning")
    assert copy.findings() == [found_at("G004", span)]


def test_a_route_around_safety(copy: Copy) -> None:
    visit = next(n for n in NODES if n.visit == "safety" and n.flowchart == "planning")
    edge = next(e for n, e in EDGES if n.flowchart == "planning" and e.go == visit.id)
    after = next(e.go for e in visit.edges)
    copy.write(edge.span, f"\n      - when: known(age)\n        go: {after}\n      - otherwise: {edge.go}")
    (finding,) = copy.check()[1]
    target = next(n for n in NODES if n.key == f"planning.{after}")
    assert (finding.code, finding.span.line) == ("G007", place(target, "visit").line + 3)
    assert finding.note == f"planning.problem → planning.{after}"
    assert "safety" in finding.help


@pytest.mark.parametrize("node", some([n for n in NODES if n.number][5:], 4), ids=lambda node: node.key)
def test_a_number_that_stands_twice(copy: Copy, node: Node) -> None:
    first = next(n for n in NODES if n.number)
    span = place(node, "number")
    copy.write(span, first.number)
    only_finding(copy, "G008", span, "an insertion takes a letter")


BLANKS = [
    (goal, name)
    for goal in some(list(LIBRARY.goals.values()), 6)
    for name in list(goal.blanks)[:1]
    if len(goal.blanks) > 1
]


@pytest.mark.parametrize(("goal", "name"), BLANKS, ids=lambda value: getattr(value, "id", value))
def test_a_blank_that_is_dropped(copy: Copy, goal: Any, name: str) -> None:
    blank = place(goal, "blanks", name, on_key=True)
    following = [place(goal, "blanks", other, on_key=True).line for other in goal.blanks]
    until = next((line - 1 for line in sorted(following) if line > blank.line), blank.line)
    copy.drop(blank, until)
    found = copy.findings()
    assert {code for code, _, _ in found} <= {"K001", "K002"}
    measure = goal.measure
    uses = [measure.start, measure.target, goal.time].count(name)
    assert len(found) == max(uses, 1)


SCALES = [
    (instrument, scale)
    for instrument in LIBRARY.instruments.values()
    for scale in instrument.scales.values()
    if len(scale.bands) > 2
]


@pytest.mark.parametrize(("instrument", "scale"), some(SCALES, 4), ids=lambda value: value.id)
def test_bands_that_are_reversed(copy: Copy, instrument: Any, scale: Any) -> None:
    spans = [place(instrument, "scales", scale.id, "bands", n, "from") for n in range(len(scale.bands))]
    for span, band in zip(spans, reversed(scale.bands), strict=True):
        copy.write(span, f"{band.start:g}")
    found = [finding for finding in copy.findings() if finding[0] != "C005"]
    assert found == [found_at("K005", spans[1])]


def test_a_factor_that_no_goal_acts_on(copy: Copy) -> None:
    aimed = Counter(target for goal in LIBRARY.goals.values() for target in goal.targets)
    factors = LIBRARY.advised("perpetuating_factors")
    rare, count = min(((id_, aimed[id_]) for id_ in factors), key=lambda pair: pair[1])
    assert count
    for goal in LIBRARY.goals.values():
        if rare in goal.targets:
            span = place(goal, "targets", rare)
            copy.write(span, next(t for t in ("problem", *aimed) if t not in goal.targets and aimed[t] > 1))
    assert copy.findings() == [found_at("K007", factors[rare].span)]


def test_a_text_that_names_no_fact(copy: Copy) -> None:
    node, key = next(
        (n, key) for n in NODES for key in ("ask", "say", "why", "tell") if "{item}" in getattr(n, key)
    )
    span = place(node, key, part="{item}")
    copy.write(span, "{itme}")
    only_finding(copy, "K004", span, "`item`")


def test_a_role_that_the_root_no_longer_asks_for(copy: Copy) -> None:
    node = next(n for n in NODES if n.role == "next_step")
    copy.write(place(node, "as", on_key=True), "answer")
    copy.write(place(node, "as").within(4, 4 + len("next_step")), "text")
    codes = [code for code, _, _ in copy.findings()]
    assert codes == ["G009", "G011"]


@pytest.mark.parametrize("role", some(list(LIBRARY.roles.values()), 5), ids=lambda role: role.id)
def test_a_broken_role_is_one_error(copy: Copy, role: Any) -> None:
    span = place(role, "answer")
    copy.write(span, "anything")
    assert copy.findings() == [found_at("F004", span)]


FILES = library_files(shipped())


@pytest.mark.parametrize("path", some(FILES, 11), ids=lambda path: path.name)
def test_a_file_that_cannot_be_read_is_one_error(copy: Copy, path: Path) -> None:
    own = copy.folder / path.relative_to(shipped())
    text = own.read_text(encoding="utf-8")
    own.write_text(text + "]\n", encoding="utf-8")
    assert [(code, name) for code, name, _ in copy.findings()] == [("S004", path.name)]


@pytest.mark.parametrize("path", some(FILES, 4), ids=lambda path: path.name)
def test_a_file_in_another_encoding_is_one_error(copy: Copy, path: Path) -> None:
    own = copy.folder / path.relative_to(shipped())
    own.write_bytes(own.read_bytes() + b"# \xe9\n")
    assert [(code, name) for code, name, _ in copy.findings()] == [("S002", path.name)]
