"""A library of ten thousand nodes: loaded, validated and linked, beside the C loader that only parses its YAML."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from tests.bench.measure import Pair, paired, peak_memory

NODES, A_CHART = 10_000, 40
_KINDS = ("yes_no", "number", "choice", "choices", "text")


def write_library(folder: Path, nodes: int = NODES) -> int:
    """Write flowcharts of forty nodes each; a tenth of the conditions read another flowchart. Give the bytes."""
    size = 0
    (folder / "flowcharts").mkdir(parents=True)
    for chart in range(nodes // A_CHART):
        text = chart_text(chart)
        (folder / "flowcharts" / f"chart_{chart}.yaml").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def chart_text(chart: int, nodes: int = A_CHART) -> str:
    """Give the YAML of one flowchart."""
    lines = [
        f"flowchart: chart_{chart}",
        f"number: {chart}",
        f"title: Chart {chart}",
        "phase: diagnosis",
        "purpose: Ask what has to be known before the next step can be taken.",
        "root: true",
        "start: q0",
        "review: {status: draft}",
        "nodes:",
    ]
    for n in range(nodes - 1):
        lines += _node(chart, n, nodes)
    lines += ["  done:", "    end: Everything was asked"]
    return "\n".join(lines) + "\n"


def _node(chart: int, n: int, nodes: int) -> list[str]:
    kind = _KINDS[n % len(_KINDS)]
    lines = [
        f"  q{n}:",
        f"    number: {chart}.{n + 1}",
        f"    ask: How is it with the matter that question {n} of this flowchart is about, in the last two weeks?",
        f"    say: How has it been for you with the matter of question {n}?",
        "    why: What comes next depends on it, and the plan reads it.",
        f"    answer: {kind}",
    ]
    if kind == "number":
        lines.append("    between: [0, 20]")
    if kind in {"choice", "choices"}:
        lines.append("    options: {never: never, sometimes: on some days, often: on most days}")
    following = f"q{n + 1}" if n + 1 < nodes - 1 else "done"
    other = f"chart_{chart - 1}." if n % 10 == 0 and chart else ""
    conditions = {
        "yes_no": f"{other}q{n}",
        "number": f"{other}q{n} >= 10 and not {other}q{n} == 20",
        "choice": f"{other}q{n} in [sometimes, often]",
        "choices": f"any({other}q{n}, [never, often]) and count({other}q{n}) >= 2",
    }
    if kind == "text":
        return [*lines, f"    next: {following}"]
    return [
        *lines,
        "    next:",
        f"      - when: {conditions[kind]}",
        f"        go: {following}",
        f"      - otherwise: {following}",
    ]


def bench() -> tuple[Pair, float, int]:
    """Give the pair of times, our peak memory in MB, and the size of the library in bytes."""
    from goldenthread.loading import load

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_library(folder)
        files = sorted(folder.rglob("*.yaml"))

        def ours() -> None:
            _, report = load([folder], only=True)
            assert not report.errors, report.errors[0].message

        def beside() -> None:
            for path in files:
                yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

        memory = peak_memory(f"from goldenthread.loading import load\nload([{str(folder)!r}], only=True)")
        return paired(ours, beside, runs=5), memory, size
