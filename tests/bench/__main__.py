"""Runs every measurement and prints a table. Each figure stands beside something run in the same minute."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import cases, drawing, library, proving, web
from tests.bench.measure import command, paired

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
    for nodes, runs, goal in ((1000, 3, "under 2 s"), (10_000, 1, "")):
        pair = proving.bench(nodes, runs)
        _line(
            f"{nodes:,} nodes proven, beside loading them", f"{pair.ours:.2f} s, {pair.ratio:.0f} times", goal
        )
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
    _page()


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
