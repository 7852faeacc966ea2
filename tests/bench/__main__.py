"""Runs every measurement and prints a table. Each figure stands beside something run in the same minute."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import cases, drawing, library, lsp, outcome, preview, printing, proving, web
from tests.bench.measure import Pair, command, paired

GOLDENTHREAD = str(Path(sys.executable).parent / "goldenthread")


def _line(what: str, figure: str, goal: str) -> None:
    print(f"{what:<58} {figure:<44} {goal}")


def main() -> None:
    """Measure and print."""
    _line("what", "measured", "to reach")
    bare = command(sys.executable, "-c", "pass")
    pair = paired(command(GOLDENTHREAD, "--help"), bare, runs=15)
    _line(
        "goldenthread --help, beside python -c pass",
        f"{pair.ours * 1000:.0f} ms, {pair.ratio:.1f} times",
        "under 8 times",
    )
    pair = paired(command(GOLDENTHREAD, "walk", stdin=""), bare, runs=9)
    _line(
        "first question of a walk, beside python -c pass",
        f"{pair.ours * 1000:.0f} ms, {pair.ratio:.1f} times",
        "under 40 times",
    )
    found, memory, size = library.bench()
    _line(
        f"10,000 nodes ({size / 1e6:.1f} MB) loaded, beside CSafeLoader",
        f"{found.ours:.2f} s, {found.ratio:.2f} times",
        "under 1 time",
    )
    _line("  peak memory", f"{memory:.0f} MB", "under 200 MB")
    rates = cases.bench()
    for name, value in rates.items():
        goal = "30,000 or more, ahead of every peer" if name == "this engine" else ""
        _line(f"20 questions, 12 rules: {name}", f"{value:,.0f} cases a second", goal)
    with tempfile.TemporaryDirectory() as folder:
        for nodes in (60, 1000):
            pair = drawing.bench(Path(folder), nodes)
            _line(
                f"{nodes} nodes drawn as SVG, beside the bare layout",
                f"{pair.ours:.3f} s, {pair.ratio:.2f} times",
                "within 1.3 times",
            )
    pair, flowcharts = printing.bench()
    _line(
        "the whole booklet printed",
        f"{pair.ours:.1f} s, {pair.ratio:.1f} times {flowcharts} drawings",
        "under 5 s",
    )
    _editor()
    with tempfile.TemporaryDirectory() as folder:
        taken = preview.bench(Path(folder))
    goals = {"drawn": "under 0.5 s", "checked": "under 0.5 s", "proven": "under 2 s"}
    for stage, seconds in taken.items():
        _line(f"from a save to the preview, {stage}", f"{seconds:.2f} s", goals.get(stage, ""))
    _proofs()
    _outcomes()
    _page()


def _editor() -> None:
    typing = lsp.bench()
    _line(
        f"a key in a file of {typing.size / 1000:.0f} KB until its completion, beside a bare request",
        f"{_spread(typing.clock)}; {typing.beside.ratio:.0f} times",
        "within 100 ms",
    )
    if typing.spent is not None:
        _line("  processor time of its answer", _spread(typing.spent), "within 100 ms")
    _line("  a misspelt name marked, after the last key", f"{typing.shown:.2f} s, 0.15 s of it a pause", "")


def _spread(found: lsp.Spread) -> str:
    most = (f"{seconds * 1000:.0f}" for seconds in (found.most, found.slowest))
    return f"{found.median * 1000:.0f} ms; 95 of 100 within {', slowest '.join(most)}"


def _proofs() -> None:
    for what, found, goal in (
        ("the shipped library proven, cold, beside loading it", proving.cold(), "under 2 s"),
        ("  and after one edit, beside linking it again", proving.edited(), "under 0.3 s"),
    ):
        _line(what, f"{found.proven:.2f} s, {found.ratio:.1f} times", goal)
    before: tuple[int, Pair] | None = None
    for nodes, runs in proving.SIZES:
        pair = proving.bench(nodes, runs)
        what = f"  {nodes:,} nodes made up, beside loading them"
        grown = (
            f", grown with the power {proving.growth(before[0], nodes, before[1], pair):.2f}"
            if before
            else ""
        )
        _line(
            what, f"{pair.ours:.2f} s, {pair.ratio:.1f} times{grown}", "under 2 s" if nodes <= 1_000 else ""
        )
        before = (nodes, pair)
    _line("    peak memory of that", f"{proving.memory(proving.SIZES[-1][0]):.0f} MB", "")


def _outcomes() -> None:
    found = outcome.bench()
    share = f"{found.crossed:,} of {found.whole:,} edges and rules"
    pairs = {
        f"{outcome.WALKS} walks made up, beside their bare replay": (found.made, share),
        "  one edit's outcomes found with as many": (found.compared, ""),
        "  a cover chosen from as many": (found.covered, ""),
    }
    for what, (pair, more) in pairs.items():
        _line(what, f"{pair.ours:.2f} s, {pair.ratio:.0f} times", more)


def _page() -> None:
    answered, crowd, first = web.bench()
    pair = answered.beside_trivial
    _line(
        "a page answered, beside two trivial pages of Django",
        f"{pair.ours * 1000:.0f} ms, {pair.ratio:.0f} times",
        "under 50 ms",
    )
    pair = answered.beside_engine
    _line(
        "  beside the bare engine's step",
        f"{pair.ours * 1000:.0f} ms, {pair.beside * 1000:.1f} ms bare",
        "",
    )
    _line(
        f"  {web.CLINICIANS} clinicians at once, {crowd.count} answers",
        f"{crowd.median * 1000:.0f} ms; p99 {crowd.p99 * 1000:.0f} ms",
        "p99 under 250 ms",
    )
    _line("from goldenthread serve to the first page", f"{first:.2f} s", "under 1.5 s")


if __name__ == "__main__":
    main()
