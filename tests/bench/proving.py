"""Proofs: of the shipped library, cold and after one edit, and of made-up libraries of a realistic shape."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.check import apply_rules, prove_library
from goldenthread.loading import Workspace, load, shipped

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (1_000, 10_000)
_NODES = 40


@dataclass(frozen=True, slots=True)
class Proven:
    """Seconds: to load, and to check and prove."""

    loaded: float
    proven: float
    nodes: int

    @property
    def ratio(self) -> float:
        """How many times as long as loading the same library takes the proof."""
        return self.proven / self.loaded


def cold() -> Proven:
    """Prove the shipped library, with nothing known of it."""
    begun = time.perf_counter()
    library, report = load()
    loaded = time.perf_counter()
    apply_rules(library, report)
    prove_library(library, report)
    return Proven(loaded - begun, time.perf_counter() - loaded, len(list(library.nodes())))


def edited() -> Proven:
    """Prove it again after one edit: what an editor or the preview does on a save."""
    workspace = Workspace()
    library, report = workspace.load()
    proof = prove_library(library, report)
    path = shipped() / "flowcharts" / "risk.yaml"
    text = path.read_text(encoding="utf-8").replace("What is the risk about?", "What is it about?")
    begun = time.perf_counter()
    library, report = workspace.load({path: text})
    loaded = time.perf_counter()
    apply_rules(library, report)
    prove_library(library, report, proof.cases)
    return Proven(loaded - begun, time.perf_counter() - loaded, len(list(library.nodes())))


def made_up(folder: Path, nodes: int) -> Proven:
    """Prove a made-up library of so many nodes."""
    write(folder, nodes)
    begun = time.perf_counter()
    library, report = load([folder], only=True)
    loaded = time.perf_counter()
    assert not report.errors, report.errors[0].message
    apply_rules(library, report)
    proof = prove_library(library, report)
    taken = time.perf_counter() - loaded
    assert all(verdict.done is not None for verdict in proof.verdicts)
    return Proven(loaded - begun, taken, len(list(library.nodes())))


def write(folder: Path, nodes: int, seed: int = 1) -> None:
    """Write flowcharts of up to 40 nodes, visited as a tree; a tenth of what they read was asked in another."""
    chance = random.Random(seed)
    count = max(1, nodes // _NODES)
    width = next(n for n in range(1, count + 1) if n * n >= count)
    groups = [list(range(n, min(n + width, count))) for n in range(0, count, width)]
    _visits(folder / "root.yaml", "root", [f"group_{n}" for n in range(len(groups))], root=True)
    for n, group in enumerate(groups):
        _visits(folder / f"group_{n}.yaml", f"group_{n}", [f"chart_{m}" for m in group])
    for n in range(count):
        (folder / f"chart_{n}.yaml").write_text(_chart(chance, n), encoding="utf-8")


def _head(id_: str, start: str, *, root: bool = False) -> list[str]:
    lines = [
        f"flowchart: {id_}",
        f"title: {id_}",
        "phase: problem",
        "purpose: To be proven.",
        f"start: {start}",
    ]
    return [*lines, *(["root: true"] if root else []), "review: {status: draft}", "nodes:"]


def _visits(path: Path, id_: str, charts: list[str], *, root: bool = False) -> None:
    lines = _head(id_, "v0", root=root)
    for n, chart in enumerate(charts):
        following = f"v{n + 1}" if n + 1 < len(charts) else "done"
        lines += [f"  v{n}:", f"    visit: {chart}", f"    next: {following}"]
    path.write_text("\n".join([*lines, "  done:", "    end: Done", ""]), encoding="utf-8")


_ANSWERS = (
    ("yes_no", [], "{fact}"),
    ("choice", ["    options: {a: A, b: B, c: C}"], "{fact} == b"),
    ("number", ["    between: [0, 10]"], "{fact} >= 7"),
    ("choices", ["    options: {a: A, b: B, c: C, d: D}"], "any({fact}, [b, c])"),
)


def _chart(chance: random.Random, number: int) -> str:
    lines = _head(f"chart_{number}", "q0")
    last = _NODES - 2
    for n in range(last + 1):
        kind, more, condition = _ANSWERS[n % len(_ANSWERS)]
        following = [f"q{m}" for m in range(n + 1, min(n + 4, last + 1))] or ["done"]
        lines += [f"  q{n}:", f"    ask: What about {n} of {number}?", f"    answer: {kind}", *more]
        foreign = number and chance.random() < 0.1
        read = _ANSWERS[0][2].format(fact=f"chart_{chance.randrange(number)}.q0") if foreign else ""
        read = read or condition.format(fact=f"q{n}")
        if n % 2 and len(following) > 1:
            lines += [
                "    next:",
                f"      - when: {read}",
                f"        go: {following[-1]}",
                f"      - otherwise: {following[0]}",
            ]
        else:
            lines.append(f"    next: {following[0]}")
    return "\n".join([*lines, "  done:", "    end: Done", ""])
