"""`goldenthread print poster`: a drawing over several sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, library_options, load_library, note
from goldenthread.cli.opened import hold_to_one, open_option
from goldenthread.cli.print.common import faults_in_words, printing_options, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SHEETS = re.compile(r"([1-9]\d?)\s*[xX×]\s*([1-9]\d?)\Z")


@click.command("poster", context_settings=CONTEXT)
@click.argument("what")
@click.option(
    "--sheets", metavar="AxD", help="So many sheets across and down, as `2x3`: as large as they hold."
)
@click.option(
    "--scale",
    type=click.FloatRange(min=1),
    metavar="PERCENT",
    help="How large, in percent of the drawing's own size (100 otherwise), on as many sheets as it takes.",
)
@open_option
@printing_options
@library_options
def command(**options: Any) -> None:
    """Print a drawing over several sheets, with marks to cut along and a map of how they lie.

    WHAT is the id of a flowchart, the name of a phase (`phase:goals`), `all`, or `overview`.

    \b
        goldenthread print poster risk -o risk.pdf --sheets 2x2
        goldenthread print poster all -o wall.pdf --paper a3
        goldenthread print poster planning --open 1 -o guide.pdf --paper a3
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    what: str,
    sheets: str | None,
    scale: float | None,
    depth: int,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    if sheets and scale:
        raise click.UsageError("--sheets and --scale each say how large it is: give one of them")
    found = _SHEETS.match(sheets) if sheets else None
    if sheets and found is None:
        raise click.UsageError(f"--sheets {sheets}: say so many across and down, as 2x3")
    across, down = (int(found[1]), int(found[2])) if found else (0, 0)
    library = load_library(libraries, only)
    hold_to_one(depth, what, library.flowcharts)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.print import poster, sheet  # noqa: PLC0415 -- as above

    with faults_in_words():
        blob = poster(
            library,
            what,
            sheet(paper),
            across=across,
            down=down,
            scale=(scale or 100) / 100,
            depth=depth,
            date=today(date),
            tell=note,
        )
    write_whole(output, blob)
