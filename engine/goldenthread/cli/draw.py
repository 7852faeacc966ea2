"""`goldenthread draw`: flowcharts, phases, routes and threads, as drawings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library, note
from goldenthread.cli.opened import hold_to_one, open_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw import Format
    from goldenthread.model import Library

FORMATS: tuple[Format, ...] = ("svg", "pdf", "png", "dot", "mermaid")
PAPERS = ("a4", "letter", "a3", "tabloid")
_ENDINGS: dict[str, Format] = {f".{name}": name for name in FORMATS} | {".gv": "dot", ".mmd": "mermaid"}


class Day(click.ParamType[str]):
    """A day, or none."""

    name = "DATE|none"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a day; none is the empty text."""
        if value == "none":
            return ""
        try:
            return dt.date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"{value} is neither a day as in 2026-03-02 nor `none`", param, ctx)


class _Choice(NamedTuple):
    """What is to be drawn, as one name."""

    what: str
    by: str
    """The option that named it."""


@click.command("draw", context_settings=CONTEXT)
@click.argument("what", required=False)
@click.option(
    "-o", "--output", metavar="FILE", help="The file to write; its ending says the format. `-` is stdout."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="The format, where the file's ending does not say it.",
)
@click.option("--around", metavar="NODE", help="Draw what is near a node, named by its number or full name.")
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="With --around: how many steps before and after the node.",
)
@click.option("--to", metavar="NODE", help="Draw only the routes that reach a node.")
@click.option("--factor", metavar="ID", help="Draw the thread from a factor to goals and treatments.")
@open_option
@click.option(
    "--direction",
    type=click.Choice(["TB", "LR"], case_sensitive=False),
    help="Top down, or left to right.  [default: top down; threads left to right]",
)
@click.option(
    "--path",
    "case",
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="A case, answers or a vignette (a file, or a shipped one's id): its path is laid over, the rest faded.",
)
@click.option(
    "--paper",
    type=click.Choice(PAPERS, case_sensitive=False),
    help="Make a PDF or PNG fit a sheet of this size.",
)
@click.option("--landscape", is_flag=True, help="With --paper: the sheet on its side, whatever fits better.")
@click.option("--today", type=Day(), help="The date at the foot; `none` leaves it out.  [default: this day]")
@click.option("--footer", default="", help="More words for the foot of the drawing.")
@click.option("--list", "listing", is_flag=True, help="List what can be drawn.")
@library_options
def command(**options: Any) -> None:
    """Draw a flowchart, a phase, `all` or the `overview`, with the conditions on its arrows.

    WHAT is the id of a flowchart, the name of a phase (`phase:goals`), `all`, or `overview`. No letter on paper
    is smaller than 8 points: what does not fit on its paper has a larger page, and is said.

    \b
        goldenthread draw planning -o planning.svg
        goldenthread draw conceptualization --open all -o open.pdf
        goldenthread draw --to 3.7 -o routes.svg
        goldenthread draw --factor avoidance -o thread.pdf --paper a3
        goldenthread draw safety -o path.svg --path case.yaml
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(  # noqa: PLR0913 -- one an option
    *,
    what: str | None,
    output: str | None,
    format_: Format | None,
    around: str | None,
    to: str | None,
    factor: str | None,
    listing: bool,
    libraries: Sequence[Path],
    only: bool,
    **options: Any,
) -> None:
    if listing:
        _list(load_library(libraries, only))
        return
    choice = _chosen(what, around, to, factor)
    if output is None:
        raise click.UsageError(
            f"say where to write it: -o {choice.what.replace(':', '_')}.svg, or -o - for stdout"
        )
    form = _format(output, format_)
    if options["paper"] and form not in {"pdf", "png"}:
        raise click.UsageError("--paper is for pdf and png")
    if options["landscape"] and not options["paper"]:
        raise click.UsageError("--landscape says how a sheet lies: name it with --paper")
    if options["case"] and choice.by == "--factor":
        raise click.UsageError("--path is laid over flowcharts, and --factor draws none")
    library = load_library(libraries, only)
    hold_to_one(options["depth"], choice.what, library.flowcharts)
    _draw(library, choice, output, form, **options)


def _draw(  # noqa: PLR0913 -- as above
    library: Library,
    choice: _Choice,
    output: str,
    form: Format,
    *,
    case: Path | None,
    today: str | None,
    footer: str,
    direction: Any,
    paper: Any,
    **options: Any,
) -> None:
    from goldenthread.cli.files import trail_of, write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.draw import LayoutError, UnknownDrawingError, draw  # noqa: PLC0415 -- as above
    from goldenthread.plan.phrases import day  # noqa: PLC0415 -- as above

    path = trail_of(library, case) if case is not None else []
    on = dt.date.today().isoformat() if today is None else today  # noqa: DTZ011 -- the day on the wall
    foot = " · ".join(filter(None, (day(on), footer)))
    said: list[str] = []
    try:
        blob = draw(
            library,
            choice.what,
            format=form,
            path=path,
            footer=foot,
            direction=direction or "",
            paper=paper or "",
            tell=said.append,
            **options,
        )
    except UnknownDrawingError as error:
        name = error.name.partition(":")[2] if choice.by else error.name
        other = f"`goldenthread {_LOOK_UP[choice.by]}` names what there is"
        fail(f"there is nothing to draw named `{name}`", error.help or other)
    except LayoutError as error:
        fail(str(error))
    what = choice.what
    if path and what in library.flowcharts and not any(key.startswith(f"{what}.") for key in path):
        said.append(f"the case does not come through `{what}`: no path is laid over")
    for line in said:
        note(line)
    write_whole(output, blob)


_LOOK_UP = {"": "draw --list", "--around": "draw --list", "--to": "draw --list", "--factor": "bank factors"}


def _chosen(what: str | None, around: str | None, to: str | None, factor: str | None) -> _Choice:
    found = [_Choice(what, "")] if what else []
    for option, value in (("around", around), ("to", to), ("factor", factor)):
        if value:
            found.append(_Choice(f"{option}:{value}", f"--{option}"))
    if not found:
        raise click.UsageError(
            "say what to draw: a flowchart, a phase, all or overview (--list names them), or --around, --to, --factor"
        )
    if len(found) > 1:
        names = " and ".join(one.by or one.what for one in found)
        raise click.UsageError(f"{names}: name one thing to draw")
    return found[0]


def _list(library: Library) -> None:
    from goldenthread.draw import drawings  # noqa: PLC0415 -- as above

    click.echo("\n".join(drawings(library)))


def _format(output: str, named: Format | None) -> Format:
    if named is not None:
        return named
    if output == "-":
        return "svg"
    from goldenthread.cli.files import by_ending  # noqa: PLC0415 -- as above

    return by_ending(output, _ENDINGS)
