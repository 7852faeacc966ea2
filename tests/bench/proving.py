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
    """Write flowcharts of forty nodes that visit each other as a tree, below one root."""
    charts = max(nodes // A_CHART, 1)
    (folder / "flowcharts").mkdir(parents=True)
    (folder / "goalbank" / "roles").mkdir(parents=True)
    for chart in range(charts):
        text = "\n".join(_chart(chart, charts)) + "\n"
        (folder / "flowcharts" / f"chart_{chart}.yaml").write_text(text, encoding="utf-8")
    roles = ["roles: roles", "review: {status: draft}", "entries:"]
    for chart in range(charts):
        roles += [
            f"  role_{chart}: {{label: what {chart} is about, about: It is told once., answer: yes_no}}"
        ]
    (folder / "goalbank" / "roles" / "roles.yaml").write_text("\n".join(roles) + "\n", encoding="utf-8")


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
