"""The preview: how long a save takes until it is drawn, checked, tried and proven, in the largest shipped flowchart."""

from __future__ import annotations

import shutil
import statistics
import time
from typing import TYPE_CHECKING

from goldenthread.draw import on_page
from goldenthread.loading import shipped
from goldenthread.preview.snapshot import Builder, Snapshot

if TYPE_CHECKING:
    from pathlib import Path

RUNS = 3


def bench(folder: Path) -> dict[str, float]:
    """Give the seconds from a save to each stage; to the drawing as it stands in the page, too."""
    for name in ("flowcharts", "goalbank"):
        shutil.copytree(shipped() / name, folder / name)
    builder = Builder([folder], only=True)
    *_, now = builder.build(Snapshot())
    largest = max(now.library.flowcharts.values(), key=lambda chart: len(chart.nodes))
    on_page(now.library, largest.id)
    file = folder / "flowcharts" / f"{largest.id}.yaml"
    taken: dict[str, list[float]] = {}
    for run in range(RUNS):
        text = file.read_text(encoding="utf-8").replace("purpose: ", f"purpose: Again {run}. ", 1)
        file.write_text(text, encoding="utf-8")
        begun, drawing = time.perf_counter(), 0.0
        for made in builder.build(now):
            now = made
            if now.stage == "loaded":
                before = time.perf_counter()
                on_page(now.library, largest.id)
                drawing = time.perf_counter() - before
                taken.setdefault("drawn", []).append(time.perf_counter() - begun)
            else:
                taken.setdefault(now.stage, []).append(time.perf_counter() - begun - drawing)
    return {stage: statistics.median(seconds) for stage, seconds in taken.items()}
