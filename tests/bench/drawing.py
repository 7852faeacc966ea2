"""A flowchart drawn, beside the bare call that lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.library import chart_text
from tests.bench.measure import Pair, paired

if TYPE_CHECKING:
    from pathlib import Path


def bench(folder: Path, nodes: int) -> Pair:
    """Give the time of `draw` to SVG, and of the layout of the same DOT alone."""
    from goldenthread.draw import draw
    from goldenthread.draw.layout import to_svg
    from goldenthread.loading import load

    where = folder / f"chart_{nodes}.yaml"
    where.write_text(chart_text(0, nodes), encoding="utf-8")
    library, report = load([where], only=True)
    assert not report.errors, report.errors[0].message
    dot = draw(library, "chart_0", format="dot").decode()
    return paired(lambda: draw(library, "chart_0"), lambda: to_svg(dot), runs=max(5, 1_500 // nodes))
