"""What trainers print and hand out, as PDF: whatever is set here is the graph that is walked."""

from __future__ import annotations

from goldenthread.draw import LayoutError, UnknownDrawingError
from goldenthread.draw.setting import NoFontError
from goldenthread.print.booklet import booklet
from goldenthread.print.casework import formulation, thread
from goldenthread.print.handout import HANDOUTS, handout
from goldenthread.print.paper import PAPERS, Paper, sheet
from goldenthread.print.poster import TooLargeError, TooSmallError, poster
from goldenthread.print.slides import slides
from goldenthread.print.teaching import teaching
from goldenthread.print.worksheet import worksheet

__all__ = [
    "HANDOUTS",
    "PAPERS",
    "LayoutError",
    "NoFontError",
    "Paper",
    "TooLargeError",
    "TooSmallError",
    "UnknownDrawingError",
    "booklet",
    "formulation",
    "handout",
    "poster",
    "sheet",
    "slides",
    "teaching",
    "thread",
    "worksheet",
]
