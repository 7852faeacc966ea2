"""The whole booklet of the shipped library, beside each of its flowcharts drawn as PDF on a sheet of its own."""

from __future__ import annotations

from tests.bench.measure import Pair, paired


def bench() -> tuple[Pair, int]:
    """Give the time of the booklet, and of the bare drawings; and how many flowcharts there are."""
    from goldenthread.draw import draw
    from goldenthread.loading import load
    from goldenthread.print import booklet, sheet

    library, report = load()
    assert not report.errors, report.errors[0].message

    def drawings() -> None:
        for name in library.flowcharts:
            draw(library, name, format="pdf")

    return paired(lambda: booklet(library, sheet()), drawings, runs=3), len(library.flowcharts)
