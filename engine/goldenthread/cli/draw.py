"""`goldenthread draw`: a flowchart, a phase, or everything, as a drawing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw import Format

FORMATS: tuple[Format, ...] = ("svg", "pdf", "png", "dot", "mermaid")
_ENDINGS: dict[str, Format] = {f".{name}": name for name in FORMATS} | {".gv": "dot", ".mmd": "mermaid"}


@click.command("draw", context_settings=CONTEXT)
@click.argument("what", required=False)
@click.option(
    "-o", "--output", metavar="FILE", help="The file to write; its ending says the format. `-` is stdout."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="The format, where the file's ending does not say it.",
)
@click.option(
    "--direction",
    type=click.Choice(["TB", "LR"]),
    default="TB",
    show_default=True,
    help="Top down, or left to right.",
)
@click.option(
    "--path",
    "case",
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="A case, answers or a vignette, whose path is laid over.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    default=0,
    help="Draw the flowcharts visited too, so many levels deep.",
)
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), help="Make a PDF or PNG fit sheets of this size."
)
@click.option("--footer", help="Words for the foot of the drawing; today's date otherwise.")
@click.option("--list", "listing", is_flag=True, help="List what can be drawn.")
@library_options
def command(**options: Any) -> None:
    """Draw a flowchart, a phase, `all` or the `overview`, with the conditions on its arrows.

    WHAT is the id of a flowchart, the name of a phase (`phase:goals`), `all`, or `overview`.

    \b
        goldenthread draw planning -o planning.svg
        goldenthread draw diagnosis_mood -o mood.pdf --paper a4
        goldenthread draw safety -o path.svg --path case.yaml
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    what: str | None,
    output: str | None,
    format_: Format | None,
    direction: Any,
    case: Path | None,
    depth: int,
    paper: Any,
    footer: str | None,
    listing: bool,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    if not listing and what is None:
        raise click.UsageError("say what to draw: a flowchart, a phase, all or overview (--list names them)")
    if not listing and output is None:
        raise click.UsageError(f"say where to write it: -o {what}.svg, or -o - for stdout")
    form = None if listing else _format(output or "", format_)
    if paper and form not in {"pdf", "png"}:
        raise click.UsageError("--paper is for pdf and png")
    library = load_library(libraries, only)
    from goldenthread.cli.files import trail_of, write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.draw import LayoutError, UnknownDrawingError, draw, drawings  # noqa: PLC0415 -- as above

    if listing or what is None or form is None:
        click.echo("\n".join(drawings(library)))
        return
    path = trail_of(library, case) if case is not None else []
    day = dt.date.today().isoformat()  # noqa: DTZ011 -- the day on the wall of whoever prints it
    foot = day if footer is None else footer
    try:
        blob = draw(
            library,
            what,
            format=form,
            path=path,
            direction=direction,
            footer=foot,
            depth=depth,
            paper=paper or "",
        )
    except UnknownDrawingError as error:
        fail(
            f"there is nothing to draw named `{error.name}`",
            error.help or "`goldenthread draw --list` names what there is",
        )
    except LayoutError as error:
        fail(str(error))
    if (
        path
        and what in library.flowcharts
        and not depth
        and not any(key.startswith(f"{what}.") for key in path)
    ):
        click.echo(f"goldenthread: the case does not come through `{what}`: no path is laid over", err=True)
    write_whole(output or "-", blob)


def _format(output: str, named: Format | None) -> Format:
    if named is not None:
        return named
    if output == "-":
        return "svg"
    from goldenthread.cli.files import by_ending  # noqa: PLC0415 -- as above

    return by_ending(output, _ENDINGS)
