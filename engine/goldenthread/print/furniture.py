"""What stands on every page: the running head, and the foot with version, content, day, and that it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread import __version__
from goldenthread.plan.phrases import day
from goldenthread.print.content import Furniture, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.model import Flowchart, Library

_HEAD = 80
DRAFT = "Draft: not reviewed by a clinician"


def furniture(library: Library, title: str, date: str, shown: Iterable[Flowchart]) -> Furniture:
    """Give the furniture of a publication; `date` is the day of printing (2026-03-02), and may be empty."""
    draft = any(flowchart.review.status == "draft" for flowchart in shown)
    parts = [f"Golden Thread {__version__}", f"content {library.digest}" if library.digest else "", day(date)]
    return Furniture(
        shortened(title, _HEAD), " · ".join(part for part in parts if part), DRAFT if draft else ""
    )
