"""`goldenthread print handout`: one page to hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library, note
from goldenthread.cli.print.common import faults_in_words, printing_options, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LISTS = {
    "factor": "`goldenthread bank factors` lists them",
    "goals": "`goldenthread bank diagnoses` lists them",
    "decision": "name a step that branches by its number or full name; `goldenthread draw` shows them",
}


@click.command("handout", context_settings=CONTEXT)
@click.argument("kind")
@click.argument("name", required=False)
@click.option(
    "--large-print",
    is_flag=True,
    help="Set text at 16 points, and nothing under 12; more pages where needed.",
)
@printing_options
@library_options
def command(**options: Any) -> None:
    """Print one page to hand out.

    KIND is `five-ps`, `smart` or `case-sheet` (to be written on), `mistakes`, `weak-and-strong`, or with the NAME of
    what it is about: `factor` (a factor, and what to do about it), `goals` (those of a diagnosis), `decision` (the
    table of a branch, by its number or name).

    \b
        goldenthread print handout five-ps -o five-ps.pdf
        goldenthread print handout factor avoidance -o avoidance.pdf
        goldenthread print handout goals panic_disorder -o goals.pdf --paper letter
        goldenthread print handout decision 2.12 -o branch.pdf
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    kind: str,
    name: str | None,
    large_print: bool,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    from goldenthread.print import HANDOUTS, UnknownDrawingError, handout, sheet  # noqa: PLC0415 -- `--help` needs none of it

    if kind in HANDOUTS and bool(HANDOUTS[kind].of) != bool(name):
        of = HANDOUTS[kind].of
        raise click.UsageError(f"say which {of}: handout {kind} NAME" if of else f"`{kind}` takes no name")
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- as above

    with faults_in_words():
        try:
            on = sheet(paper, large_print=large_print)
            blob = handout(library, kind, name or "", on, date=today(date), tell=note)
        except UnknownDrawingError as error:
            fail(f"there is no {_of(kind)} `{error.name}`", error.help or _LISTS.get(kind, ""))
    write_whole(output, blob)


def _of(kind: str) -> str:
    """Say what a kind of handout is about; a kind that there is not, is said to be none."""
    from goldenthread.print import HANDOUTS  # noqa: PLC0415 -- as above

    return HANDOUTS[kind].of if kind in HANDOUTS else "handout"
