"""`goldenthread print booklet`: the flowcharts over their pages, and each step in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, library_options, load_library, note
from goldenthread.cli.print.common import faults_in_words, printing_options, today
from goldenthread.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("booklet", context_settings=CONTEXT)
@click.argument("flowcharts", nargs=-1)
@click.option("--large-print", is_flag=True, help="Set text at 16 points, and nothing under 12.")
@click.option("--no-questions", is_flag=True, help="Print the drawings alone, without the steps in words.")
@printing_options
@library_options
def command(**options: Any) -> None:
    """Print the flowcharts over their pages, each step in words, an index and the references.

    FLOWCHARTS are the ids of those to print; all of them where none is named.

    \b
        goldenthread print booklet -o booklet.pdf
        goldenthread print booklet safety risk -o risk.pdf --large-print
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    flowcharts: Sequence[str],
    large_print: bool,
    no_questions: bool,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.print import booklet, sheet  # noqa: PLC0415 -- as above

    with faults_in_words():
        blob = booklet(
            library,
            sheet(paper, large_print=large_print),
            only=flowcharts,
            told=not no_questions,
            date=today(date),
            progress=progress,
            tell=note,
        )
    write_whole(output, blob)
