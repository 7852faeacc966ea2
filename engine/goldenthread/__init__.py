"""Golden Thread: decision guides for psychotherapy treatment planning.

    library, report = goldenthread.load()
    walk = library.start("planning")
    walk = walk.answer("I cannot sleep since June")
    plan = walk.plan()

`load` gives a library and a report of what is wrong with it. `start` gives a walk; answering gives a new walk and
leaves the old one as it is. See `goldenthread.session.Guide` and `goldenthread.session.GuidedWalk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.diagnostics import Report
    from goldenthread.session import Guide

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(paths: Sequence[str | Path] = (), *, only: bool = False) -> tuple[Guide, Report]:
    """Load the shipped library, and those at `paths` over it; with `only`, those at `paths` alone.

    Gives the library and the report of its errors and warnings, each at its file, line and column. A library with
    errors can be read; walking it raises `goldenthread.session.NotSoundError`.
    """
    from goldenthread.session import load as load_guide  # noqa: PLC0415 -- `import goldenthread` stays light

    return load_guide(paths, only=only)
