"""`goldenthread print`: what trainers hand out. A sheet's module is imported when the sheet is printed."""

from __future__ import annotations

import click

from goldenthread.cli import LazyGroup
from goldenthread.cli.common import CONTEXT

SHEETS: dict[str, str] = {
    "booklet": "Print the flowcharts over their pages, each step in words, an index and the references.",
    "worksheet": "Print a flowchart as a paper form that says at each answer where to go on.",
    "handout": "Print one page to hand out.",
    "teaching": "Print a vignette as a teaching case: to be read, written on blind, drawn, revealed, and timed.",
    "formulation": "Print the formulation of a case: what keeps the problem going, as loops that lead back to it.",
    "thread": "Print the thread of a case: from what keeps the problem going to goal, treatment, measure and review.",
    "poster": "Print a drawing over several sheets, with marks to cut along and a map of how they lie.",
}


@click.group("print", cls=LazyGroup, table=SHEETS, package="goldenthread.cli.print", context_settings=CONTEXT)
def command() -> None:
    """Print what trainers hand out, as PDF: the booklet, posters, worksheets, handouts, teaching cases."""
