"""`goldenthread print worksheet`: a flowchart as a paper form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, library_options, load_library, note
from goldenthread.cli.print.common import faults_in_words, printing_options, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("worksheet", context_settings=CONTEXT)
@click.argument("flowcharts", nargs=-1, required=True)
@click.option("--large-print", is_flag=True, help="Set text at 16 points, and nothing under 12.")
@printing_options
@library_options
def command(**options: Any) -> None:
    """Print a flowchart as a paper form that says at each answer where to go on.

    FLOWCHARTS are the ids of one or more.

    \b
        goldenthread print worksheet safety -o safety.pdf
        goldenthread print worksheet safety risk -o risk.pdf --paper letter --large-print
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(
    *,
    flowcharts: Sequence[str],
    large_print: bool,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.print import sheet, worksheet  # noqa: PLC0415 -- as above

    with faults_in_words():
        on = sheet(paper, large_print=large_print)
        blob = worksheet(library, flowcharts, on, date=today(date), tell=note)
    write_whole(output, blob)
