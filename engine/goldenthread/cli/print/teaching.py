"""`goldenthread print teaching`: a vignette as a teaching case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library, note
from goldenthread.cli.print.common import faults_in_words, printing_options, today

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("teaching", context_settings=CONTEXT)
@click.argument("vignette", type=click.Path(path_type=Path))
@click.option("--large-print", is_flag=True, help="Set text at 16 points, and nothing under 12.")
@printing_options
@library_options
def command(**options: Any) -> None:
    """Print a vignette as a teaching case: to be read, written on blind, drawn, revealed, and timed.

    VIGNETTE is a file of answers with what is expected of them, or the id of a shipped one, as `goldenthread test`
    lists them. Each part begins a new sheet; the answers and the facilitator's sheet are the last.

    \b
        goldenthread print teaching panic_chef -o lesson.pdf
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(
    *,
    vignette: Path,
    large_print: bool,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.print.cases import walked  # noqa: PLC0415 -- as above
    from goldenthread.print import sheet, teaching  # noqa: PLC0415 -- as above

    walk, data = walked(library, vignette, None)
    if "vignette" not in data:
        fail(
            f"{vignette} is no vignette",
            "name a shipped one, as `goldenthread test` lists them, or a file that begins with `vignette:`",
        )
    with faults_in_words():
        on = sheet(paper, large_print=large_print)
        blob = teaching(library, data, walk, on, date=today(date), tell=note)
    write_whole(output, blob)
