"""Proofs: of made-up libraries of realistic shape, and of the shipped one, cold and after one edit."""

from __future__ import annotations

import math
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Pair, paired, peak_memory

if TYPE_CHECKING:
    from goldenthread.model import Library

SIZES = ((1_000, 5), (4_000, 2), (10_000, 1))
"""How many nodes, and how often that is measured."""
A_CHART = 40
FOREIGN = 10
"""Every tenth condition reads a fact of another flowchart."""
_KINDS = ("yes_no", "number", "choice", "choices", "text")


def write_library(folder: Path, nodes: int) -> None:
    """Write flowcharts of forty nodes that visit each other as a tree, below one root, and what a library has beside.

    Six alerts open a flowchart about danger; the bank has an entry for every ten nodes, each with a reason for it and
    one against, and is held until danger was asked about.
    """
    charts = max(nodes // A_CHART, 1)
    texts = {f"chart_{chart}": "\n".join(_chart(chart, charts)) + "\n" for chart in range(charts)}
    texts |= {"screen": _SCREEN, "obligations": _HELD, "roles": "\n".join(_roles(charts)) + "\n"}
    texts |= {"alerts": "\n".join(_alerts(charts)) + "\n", "bank": "\n".join(_bank(charts, nodes)) + "\n"}
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


_SCREEN = """\
flowchart: screen
title: Screen
phase: problem
purpose: Ask about danger.
opened_by_hand: true
start: now
review: {status: draft}
nodes:
  now: {ask: Is there danger?, as: danger, next: [{when: danger, go: step}, {otherwise: fine}]}
  step: {ask: What is done about it?, as: step, next: fine}
  fine: {end: It was looked at}
"""
_HELD = """\
obligations: held
review: {status: draft}
entries:
  asked_about:
    text: Nothing is offered before danger was asked about.
    hold: [interventions]
    until: answered(danger) and (known(step) or not danger)
    because: It comes first.
    basis: clinical_consensus
"""
_BASIS = "because: It is so., basis: clinical_consensus"


def _roles(charts: int) -> list[str]:
    about = "about: It is told once."
    return [
        "roles: roles",
        "review: {status: draft}",
        "entries:",
        *(f"  role_{n}: {{label: what {n} is about, {about}, answer: yes_no}}" for n in range(charts)),
        f"  danger: {{label: danger, {about}, answer: yes_no}}",
        f"  step: {{label: a step, {about}, answer: choice, options: {{plan: a plan, today: help today}}}}",
    ]


def _alerts(charts: int) -> list[str]:
    lines = ["alerts: alerts", "review: {status: draft}", "entries:"]
    for n in sorted({n * charts // 6 for n in range(6)}):
        raised = f"raise_when: role_{n} or (answered(role_{n}) and not known(role_{n}))"
        opens = "opens: screen, cleared_when: known(step)"
        lines.append(f"  alert_{n}: {{text: Look at it., {raised}, {opens}, {_BASIS}}}")
    return lines


def _bank(charts: int, nodes: int) -> list[str]:
    lines = ["interventions: bank", "about: What can be done.", "review: {status: draft}", "entries:"]
    for n in range(nodes // 10):
        here, turn = n % charts, n // charts
        second = f"{'not ' * (turn % 2)}role_{(3 * here + turn + 1) % charts}"
        against = f"role_{(7 * here + 3) % charts} and not role_{(5 * here + turn + 2) % charts}"
        lines += [
            f"  help_{n}: ",
            f"    name: Help {n}",
            f"    say: Help {n}",
            "    about: It helps.",
            "    targets: [problem]",
            f"    suggest: [{{when: 'role_{here} and {second}', strength: strong, certainty: consensus, {_BASIS}}}]",
            f"    rule_out: [{{when: '{against}', {_BASIS}}}]",
        ]
    return lines


def _chart(chart: int, charts: int) -> list[str]:
    below = [n for n in range(chart * 4 + 1, chart * 4 + 5) if n < charts]
    lines = [
        f"flowchart: chart_{chart}",
        f"title: Chart {chart}",
        "phase: diagnosis",
        "purpose: Ask what has to be known before the next step can be taken.",
        *(["root: true"] if chart == 0 else []),
        "start: q0",
        "review: {status: draft}",
        "nodes:",
    ]
    asked = A_CHART - 2 - len(below)
    names = [f"q{n}" for n in range(asked)]
    # Visits stand between the questions, one every few of them.
    for n, other in enumerate(below):
        names.insert((n + 1) * asked // (len(below) + 1) + n, f"v{other}")
    for place, name in enumerate(names):
        following = [*names[place + 1 :], "good"]
        lines += _node(chart, name, following[0], following[min(3, len(following) - 1)])
    return [*lines, "  good: {end: It is so}", "  bad: {end: It is not so}"]


def _node(chart: int, name: str, following: str, further: str) -> list[str]:
    if name.startswith("v"):
        other = name.removeprefix("v")
        branch = f"[{{when: chart_{other}.outcome == good, go: {following}}}, {{otherwise: {following}}}]"
        return [f"  {name}: {{visit: chart_{other}, next: {branch}}}"]
    n = int(name.removeprefix("q"))
    kind = _KINDS[n % len(_KINDS)]
    lines = [f"  {name}:", f"    ask: How is it with the matter of question {n}?"]
    lines += [f"    as: role_{chart}"] if n == 0 else [f"    answer: {kind}"]
    if kind == "number" and n:
        lines.append("    between: [0, 20]")
    if kind in {"choice", "choices"} and n:
        lines.append("    options: {never: never, sometimes: on some days, often: on most days}")
    conditions = {
        "yes_no": name,
        "number": f"{name} >= 10 and not {name} == 20",
        "choice": f"{name} in [sometimes, often]",
        "choices": f"any({name}, [never, often]) and count({name}) >= 2",
    }
    when = f"role_{max(chart - 1, 0) // 4}" if n % FOREIGN == 3 else conditions.get(kind, "")
    if not when:
        return [*lines, f"    next: {following}"]
    other = "bad" if n % 7 == 6 else further
    return [
        *lines,
        "    next:",
        f"      - {{when: '{when}', go: {other}}}",
        f"      - otherwise: {following}",
    ]


def bench(nodes: int, runs: int = 3) -> Pair:
    """Give the time of proving a library of so many nodes, beside the time of loading it."""
    from goldenthread.loading import load
    from goldenthread.prove import prove

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_library(folder, nodes)
        library: Library = load([folder], only=True)[0]

        def ours() -> None:
            assert all(verdict.done is not None for verdict in prove(library).verdicts)

        def beside() -> None:
            _, report = load([folder], only=True)
            assert not report.errors, report.errors[0].message

        return paired(ours, beside, runs=runs)


def growth(few: int, many: int, took: Pair, longer: Pair) -> float:
    """Give the power of the number of nodes with which the time of a proof has grown."""
    return math.log(longer.ours / took.ours) / math.log(many / few)


def memory(nodes: int) -> float:
    """Give the peak memory in MB of a process that loads and proves so many nodes."""
    with tempfile.TemporaryDirectory() as name:
        write_library(Path(name), nodes)
        imports = "from goldenthread.loading import load; from goldenthread.prove import prove"
        code = f"{imports}\nprove(load([{name!r}], only=True)[0])"
        return peak_memory(code)


@dataclass(frozen=True, slots=True)
class Proven:
    """Seconds of the processor: to load, and to check and prove."""

    loaded: float
    proven: float
    nodes: int

    @property
    def ratio(self) -> float:
        """How many times as long as loading the same library takes the proof."""
        return self.proven / self.loaded


def cold() -> Proven:
    """Prove the shipped library, with nothing known of it."""
    from goldenthread.check import apply_rules, prove_library
    from goldenthread.loading import load

    begun = time.process_time()
    library, report = load()
    loaded = time.process_time()
    apply_rules(library, report)
    prove_library(library, report)
    return Proven(loaded - begun, time.process_time() - loaded, len(list(library.nodes())))


def edited() -> Proven:
    """Prove it again after one edit: what an editor or the preview does on a save."""
    from goldenthread.check import apply_rules, prove_library
    from goldenthread.loading import Workspace, shipped

    workspace = Workspace()
    library, report = workspace.load()
    proof = prove_library(library, report)
    path = shipped() / "flowcharts" / "risk.yaml"
    text = path.read_text(encoding="utf-8").replace("What is the risk about?", "What is it about?")
    begun = time.process_time()
    library, report = workspace.load({path: text})
    loaded = time.process_time()
    apply_rules(library, report)
    prove_library(library, report, proof.cases)
    return Proven(loaded - begun, time.process_time() - loaded, len(list(library.nodes())))
